"""Job plans of the demonstration, as doctors would enter them."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

SPA, LEAST_SPA = Decimal("2.5"), Decimal("1.5")
MORE, NOTHING = Decimal("0.5"), Fraction(0)
WEEKS_OF_LEAVE = 6
WORK = ("Ward round", "Outpatient clinic", "Urgent assessments", "Home visits")
"""What a team's doctors do, where it says nothing else."""
WEEK = (
    ("monday", "09:00", 0),
    ("monday", "14:00", 1),
    ("tuesday", "09:00", 1),
    ("tuesday", "14:00", 2),
    ("wednesday", "09:00", 0),
    ("thursday", "09:00", 1),
    ("thursday", "14:00", -1),
    ("wednesday", "14:00", 3),
    ("friday", "09:00", 0),
)
"""Sessions of direct clinical care, of four hours at most, taken from the top until the contract's PAs are reached:
which of the team's work each is."""
HOURS = 4
"""Of a PA in plain time."""
MEETING = "Multidisciplinary meeting and letters"

NOT_APPLICABLE = {
    "research": "No research this year",
    "additional_nhs": "No additional role",
    "external": "No external duties",
    "academic": "No academic sessions",
    "managerial": "No managerial role",
    "on_call": "Not on the rota",
    "rotas": "Not on a rota",
    "outside": "No other work",
    "privileges": "No privileges elsewhere",
    "capacity": "No extra lists",
}
STATEMENTS = {
    "development": "One course, and shadowing the new service for two days",
    "professional_work": "None",
    "private_work": "None",
    "conflict_of_interest": "None",
    "privileges_declared": True,
    "intends_private": False,
    "postgraduate": "Bedside teaching in clinics and on ward rounds",
    "undergraduate": "None",
    "core_active": True,
}
OBJECTIVE = {
    "id": "waits",
    "objective": "First visits within two weeks",
    "kind": "service",
    "specific": "Every urgent referral is seen within two weeks",
    "measurable": "Waiting list at the end of each month",
    "achievable": "One slot of each clinic is kept for urgent referrals",
    "relevant": "Long waits are what patients complain of",
    "serves": "Access: two weeks to a first visit",
    "basis": "Last year’s waits, and what the new slots brought",
    "career": "Established in the post",
}
TYPES = {"Ward round": "ward_round", "Outpatient clinic": "outpatients", MEETING: "patient_meeting"}
"""What type of clinical care it is, where the trust's policy asks."""
RESTS = {"evidence": "Diary of the last two months", "need": "Agreed in the team plan"}
"""What a line rests on, where the trust's policy asks."""
SPA_RESTS = {
    "details": "Two audits, the year’s appraisal, one teaching session a month",
    "evidence": "Diary of the last two months; appraisal folder",
    "need": "Safe and measured care",
    "agreed": True,
}


BESIDE = {
    "notes": "",
    "statements": STATEMENTS,
    "objectives": [OBJECTIVE],
    "resources": [{"id": "secretary", "resource": "A secretary for two days a week", "serves": OBJECTIVE["objective"]}],
}
"""What every plan says beside its lines."""


def plan_of(  # noqa: PLR0913 - a plan has that many sides to vary
    place: str,
    pas: Decimal,
    *,
    work: tuple[str, ...] = WORK,
    effective_from: date | None = None,
    extra: str = "",
    leave_out: tuple[str, ...] = (),
    asks: bool = False,
    bare: tuple[str, ...] = (),
    on_call: Fraction = NOTHING,
) -> dict[str, Any]:
    """A plan of so many PAs a week at a place, as `Plan.from_json` reads it.

    extra: the name of one more activity of half a PA, in place of other clinical care. leave_out: categories about
    which nothing is said. asks: say what each line rests on, but for those in `bare`. on_call: what is left free for
    work on call.
    """
    spa = min(SPA, max(LEAST_SPA, pas / 4))
    free = Decimal(ceil(on_call))
    wanted, lines = pas - spa - free - (MORE if extra else 0), []
    for number, (day, start, which) in enumerate(WEEK, start=1):
        worth = min(Decimal(1), wanted)
        if worth > 0:
            lines.append(line(f"dcc-{number}", (*work, MEETING)[which], (day, start, ends(start, worth)), place, worth))
            wanted -= worth
    if rest := Fraction(wanted + free) - on_call:
        admin = line("dcc-admin", "Results and letters", ("", "", ""), place, wanted + free)
        lines.append({**admin, "pas": str(rest), "hours": "", "by_times": False} if on_call else admin)
    lines.append(line("spa-core", "Appraisal, audit and teaching", ("", "", ""), place, spa))
    if extra:
        lines.append(line("dcc-extra", extra, ("friday", "13:00", "15:00"), place, MORE))
    days = len({one["day"] for one in lines if one["day"]})
    return {
        **BESIDE,
        "activities": [{**one, **rests(one, bare)} for one in lines] if asks else lines,
        "not_applicable": {key: reason for key, reason in NOT_APPLICABLE.items() if key not in leave_out},
        "effective_from": effective_from.isoformat() if effective_from else None,
        "base": place,
        "duties": [{"id": "patients", "kind": "duty", "duty": "Care of the team’s patients", "service": work[0]}],
        "leave": [{"id": "annual", "kind": "annual", "days": days * WEEKS_OF_LEAVE, "approved": True}],
    }


def within_a_year(plan: dict[str, Any], of: date) -> dict[str, Any]:
    """The plan with its objectives due within a year of a day."""
    by = (of + timedelta(days=360)).isoformat()
    return {**plan, "objectives": [{**objective, "time_bound": by} for objective in plan["objectives"]]}


def ends(start: str, pas: Decimal) -> str:
    """When a session of so many PAs in plain time ends."""
    minutes = int(start[:2]) * 60 + int(pas * HOURS * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def rests(one: Mapping[str, Any], bare: tuple[str, ...]) -> Mapping[str, Any]:
    """What a line rests on."""
    if one["id"] in bare:
        return {}
    return SPA_RESTS if one["category"] == "spa" else {**RESTS, "subcategory": TYPES.get(one["title"], "treatment")}


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
        "by_times": True,
        **({} if start else {"hours": f"{(pas * HOURS).normalize():f}"}),
        **({"subcategory": "appraisal", "core": "core", "more": {"flexible": "flexible"}} if key == "spa-core" else {}),
    }
