"""Job plans of the demonstration, as doctors would enter them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

SPA = Decimal("2.5")
WORK = ("Ward round", "Outpatient clinic", "Urgent assessments", "Home visits")
"""What a team's doctors do, where it says nothing else."""
WEEK = (
    ("monday", "09:00", "13:00", 0, Decimal(1)),
    ("monday", "14:00", "18:00", 1, Decimal(1)),
    ("tuesday", "09:00", "13:00", 1, Decimal(1)),
    ("tuesday", "14:00", "18:00", 2, Decimal(1)),
    ("wednesday", "09:00", "13:00", 0, Decimal(1)),
    ("thursday", "09:00", "13:00", 1, Decimal(1)),
    ("thursday", "14:00", "18:00", -1, Decimal(1)),
    ("wednesday", "14:00", "18:00", 3, Decimal(1)),
    ("friday", "09:00", "13:00", 0, Decimal(1)),
)
"""Direct clinical care, taken from the top until the contract's PAs are reached: which of the team's work it is."""
MEETING = "Multidisciplinary meeting and letters"

NOT_APPLICABLE = {
    "research": "No research this year",
    "additional_nhs": "No additional role",
    "external": "No external duties",
    "academic": "No academic sessions",
    "managerial": "No managerial role",
    "on_call": "Not on the rota",
}
RESTS = {"evidence": "Diary of the last two months", "need": "Agreed in the team plan"}
"""What a line rests on, where the trust's policy asks."""
SPA_RESTS = {
    "details": "Two audits, the year’s appraisal, one teaching session a month",
    "evidence": "Diary of the last two months; appraisal folder",
    "need": "Safe and measured care",
    "agreed": True,
}


def plan_of(
    place: str,
    pas: Decimal,
    *,
    work: tuple[str, ...] = WORK,
    effective_from: date | None = None,
    extra: str = "",
    leave_out: tuple[str, ...] = (),
    asks: bool = False,
    bare: tuple[str, ...] = (),
) -> dict[str, Any]:
    """A plan of so many PAs a week at a place, as `Plan.from_json` reads it.

    extra: the name of one more activity of half a PA. leave_out: categories about which nothing is said. asks: say what
    each line rests on, but for those in `bare`.
    """
    spa = min(SPA, pas / 4)
    wanted, lines = pas - spa, []
    for number, (day, start, end, which, most) in enumerate(WEEK, start=1):
        worth = min(most, wanted)
        if worth > 0:
            lines.append(line(f"dcc-{number}", (*work, MEETING)[which], (day, start, end), place, worth))
            wanted -= worth
    if wanted > 0:
        lines.append(line("dcc-admin", "Results and letters", ("", "", ""), place, wanted))
    lines.append(line("spa-core", "Appraisal, audit and teaching", ("friday", "14:00", "18:00"), place, spa))
    if extra:
        lines.append(line("dcc-extra", extra, ("friday", "13:00", "15:00"), place, Decimal("0.5")))
    return {
        "activities": [{**one, **rests(one, bare)} for one in lines] if asks else lines,
        "not_applicable": {key: reason for key, reason in NOT_APPLICABLE.items() if key not in leave_out},
        "effective_from": effective_from.isoformat() if effective_from else None,
        "base": place,
        "notes": "",
    }


def rests(one: Mapping[str, Any], bare: tuple[str, ...]) -> Mapping[str, Any]:
    """What a line rests on."""
    if one["id"] in bare:
        return {}
    return SPA_RESTS if one["category"] == "spa" else RESTS


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
