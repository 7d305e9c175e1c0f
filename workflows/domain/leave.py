"""Who enters leave of a doctor, and who approves professional and study leave."""

from datetime import date, timedelta

from workflows.domain.roles import Role

ANNUAL = "annual"
"""The key of annual leave in plan.parts.LEAVE_KINDS; all other kinds are professional and study leave (BTH-3.2.15)."""
MAY_ENTER = frozenset({Role.CLINICAL_MANAGER, Role.MEDICAL_DIRECTORATE})
"""Who enters a doctor's leave, beside the doctor."""
MAY_GRANT = frozenset({Role.CLINICAL_MANAGER, Role.AMD})
"""Who approves professional and study leave on the needs of the service (BTH-3.4.12.2-b)."""


def leave_year(starts: date, today: date) -> tuple[date, date]:
    """First and last day of the year of leave: the one from the plan's first day, or the anniversary of it that runs
    today."""
    years = max(today.year - starts.year, 0)
    first = _on(starts, starts.year + years)
    if first > today and years:
        first = _on(starts, starts.year + years - 1)
    return first, _on(starts, first.year + 1) - timedelta(days=1)


def _on(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # the 29th of February
        return date(year, 3, 1)
