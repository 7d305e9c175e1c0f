"""Job plans of the demonstration, as doctors would enter them."""

from datetime import date
from decimal import Decimal
from typing import Any

SPA = Decimal("2.5")
WEEK = (
    ("monday", "09:00", "13:00", "Ward round", Decimal(1)),
    ("monday", "14:00", "18:00", "Outpatient clinic", Decimal(1)),
    ("tuesday", "09:00", "13:00", "Outpatient clinic", Decimal(1)),
    ("tuesday", "14:00", "18:00", "Urgent assessments", Decimal(1)),
    ("wednesday", "09:00", "13:00", "Ward round", Decimal(1)),
    ("thursday", "09:00", "13:00", "Outpatient clinic", Decimal(1)),
    ("thursday", "14:00", "18:00", "Multidisciplinary meeting and letters", Decimal(1)),
    ("wednesday", "14:00", "18:00", "Home visits", Decimal(1)),
    ("friday", "09:00", "13:00", "Ward round", Decimal(1)),
)
"""Direct clinical care, taken from the top until the contract's PAs are reached."""

NOT_APPLICABLE = {
    "research": "No research this year",
    "additional_nhs": "No additional role",
    "external": "No external duties",
    "academic": "No academic sessions",
    "managerial": "No managerial role",
}


RESTS = {
    "details": "Two audits, the year's appraisal, one teaching session a month",
    "evidence": "Diary of the last two months; appraisal folder",
    "need": "Safe and measured care",
    "agreed": True,
}
"""What supporting activities rest on."""


def plan_of(
    place: str,
    pas: Decimal,
    *,
    effective_from: date | None = None,
    extra: str = "",
    leave_out: tuple[str, ...] = (),
) -> dict[str, Any]:
    """A plan of so many PAs a week at a place, as `Plan.from_json` reads it.

    extra: the name of one more activity of half a PA. leave_out: categories about which nothing is said.
    """
    spa = min(SPA, pas / 4)
    wanted, lines = pas - spa, []
    for number, (day, start, end, title, most) in enumerate(WEEK, start=1):
        worth = min(most, wanted)
        if worth > 0:
            lines.append(line(f"dcc-{number}", title, (day, start, end), place, worth))
            wanted -= worth
    if wanted > 0:
        lines.append(line("dcc-admin", "Results and letters", ("", "", ""), place, wanted))
    lines.append({**line("spa-core", "Appraisal, audit and teaching", ("friday", "14:00", "18:00"), place, spa), **RESTS})
    if extra:
        lines.append(line("dcc-extra", extra, ("friday", "13:00", "15:00"), place, Decimal("0.5")))
    reasons = {**NOT_APPLICABLE, "on_call": "Not on the rota"}
    return {
        "activities": lines,
        "not_applicable": {key: reason for key, reason in reasons.items() if key not in leave_out},
        "effective_from": effective_from.isoformat() if effective_from else None,
        "base": place,
        "notes": "",
    }


def line(key: str, title: str, when: tuple[str, str, str], place: str, pas: Decimal) -> dict[str, Any]:
    """One activity: `when` is its day, start and end; its key begins with its category."""
    day, start, end = when
    return {
        "id": key,
        "category": key.partition("-")[0],
        "title": title,
        "day": day,
        "start": start,
        "end": end,
        "place": place,
        "pas": f"{pas.normalize():f}",
    }
