"""Disputes: what each side wants of an element of the plan, what is to stand in the end, and from when.

An element is a line of the plan by its id, or one of the plan's own parts. PAs are a week's programmed activities, kept
as texts that hold them exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from workflows.domain.calendars import in_full
from workflows.domain.errors import BadValues
from workflows.domain.fields import YEARS, Json
from workflows.domain.plan import CATEGORIES, Activity, Plan, pas_as_text, read_pas
from workflows.domain.rows import check_rows

Row = Mapping[str, Json]

SIDES: Mapping[str, str] = MappingProxyType(
    {
        "current": "as it was before",
        "practitioner": "as the doctor wants it",
        "manager": "as the manager wants it",
        "other": "otherwise",
    }
)
"""What may stand in the end: the values of a row's `outcome`."""
PARTS: Mapping[str, str] = MappingProxyType(
    {"effective_from": "Start of the plan", "base": "Main place of work", "notes": "Notes"}
)
"""What of a plan can be in dispute besides its lines, with its title."""
TEAM_PLAN = "team_plan"
"""The element of a dispute about a team's plan: there is only one."""
EMPTIED = "Settled in a dispute: there is none."
"""Why a category has no line any more."""


def describe(rows: Iterable[Row], proposed: Plan, old: Plan) -> tuple[list[dict[str, Json]], dict[str, Json]]:
    """The rows in dispute, each with its title, its value of today and the PAs of all three; and by id the lines that
    were proposed, or are there today where the proposal leaves them out.

    Where a side names no PAs, those are not in dispute: the line's own count.
    """
    new, before = ({line.id: line for line in plan.activities} for plan in (proposed, old))
    described, lines = [], {}
    for row in rows:
        element = str(row["element"])
        line, was = new.get(element) or before.get(element), before.get(element)
        known: dict[str, Json] = {"title": PARTS.get(element, element), "current_pas": ""}
        if line is not None:
            lines[element] = line.to_json()
            own = pas_as_text(line.pas)
            known = {
                "title": line.title,
                "current_pas": pas_as_text(was.pas) if was else "0",
                "practitioner_pas": row.get("practitioner_pas") or own,
                "manager_pas": row.get("manager_pas") or own,
                "current": row.get("current") or (was.in_words() if was else "Not in the plan"),
            }
        described.append({**row, **known})
    return described, lines


def check_wanted(rows: Sequence[Row], lines: Iterable[str]) -> None:
    """Whether the PAs that the sides want are numbers, and only given for lines. Raises BadValues."""
    problems: dict[str, str] = {}
    known = frozenset(lines)
    for number, row in enumerate(rows):
        for side in ("practitioner_pas", "manager_pas"):
            if row.get(side) and (row["element"] not in known or read_pas(row[side]) is None):
                words = "give the PAs as a number from 0 to 20, such as 1.25; 0 means that the line goes."
                if row["element"] not in known:
                    words = "this part of the plan has no PAs. Leave them empty."
                problems[f"disputed.{number}.{side}"] = f"Row {number + 1}: {words}"
    if problems:
        raise BadValues(problems)


def check_outcomes(rows: object, disputed: Sequence[Row], *, needed: bool) -> list[dict[str, Json]]:
    """What is to stand of each element in dispute, with its value in words and its PAs; empty where nothing is settled
    and nothing needs to be. Raises BadValues with a sentence for each element that is left out or cannot be read."""
    given = [row for row in rows if isinstance(row, Mapping) and row.get("outcome")] if isinstance(rows, list) else []
    if not given and not needed:
        return []
    cleaned = check_rows("outcomes", given, {}) if given else []
    by_element = {row["element"]: row for row in cleaned}
    problems: dict[str, str] = {}
    settled = []
    for number, point in enumerate(disputed):
        row = by_element.pop(point["element"], None)
        if row is None:
            problems[f"outcomes.{number}.outcome"] = f"{point['title']}: say what is to stand."
            continue
        fault = _fault(row, point)
        if fault:
            problems[f"outcomes.{number}.{fault[0]}"] = f"{point['title']}: {fault[1]}"
        settled.append(_settled(row, point))
    if by_element:
        problems["outcomes"] = "Something is named here that is not in dispute. Please look at the points again."
    if problems:
        raise BadValues(problems)
    return settled


def _fault(row: Row, point: Row) -> tuple[str, str] | None:
    """What is wrong with an outcome: its column, and a sentence."""
    if row["outcome"] not in SIDES:
        return "outcome", "choose what is to stand."
    if row["outcome"] != "other":
        return None
    if not row["value"]:
        return "value", "say in words what is to stand."
    if point["current_pas"] != "" and read_pas(row["pas"]) is None:
        return "pas", "give the PAs a week as a number from 0 to 20, such as 1.25."
    if point["element"] == "effective_from" and _day(row["value"]) is None:
        return "value", "give the start as a date, such as 2027-04-01."
    return None


def _settled(row: Row, point: Row) -> dict[str, Json]:
    """An outcome with the value and the PAs that it stands for."""
    side = row["outcome"]
    if side == "other":
        return {**row}
    return {**row, "value": point.get(side, ""), "pas": point.get(f"{side}_pas", "")}


def effect(point: Row, side: str) -> Fraction:
    """By how many PAs a week the plan changes if one side's value stands, or an outcome's; 0 for what has no PAs."""
    if point.get("current_pas", "") == "":
        return Fraction(0)
    return (read_pas(point.get(f"{side}_pas")) or Fraction(0)) - (read_pas(point["current_pas"]) or Fraction(0))


def total_effect(disputed: Sequence[Row], outcomes: Sequence[Row]) -> Fraction:
    """By how many PAs a week the plan changes with these outcomes."""
    pas = {row["element"]: read_pas(row["pas"]) for row in outcomes}
    return sum(
        (
            (pas.get(point["element"]) or Fraction(0)) - (read_pas(point["current_pas"]) or Fraction(0))
            for point in disputed
            if point.get("current_pas", "") != "" and point["element"] in pas
        ),
        Fraction(0),
    )


def wanted(plan: Plan, lines: Mapping[str, Json], disputed: Sequence[Row], side: str) -> Plan:
    """The plan as one side wants it: each point in dispute has that side's PAs and words; 0 PAs take a line out.

    plan: as it was agreed last; lines: those in dispute, by id, as JSON."""
    kept = {line.id: line for line in plan.activities}
    parts: dict[str, Json] = {}
    for row in disputed:
        element, said = str(row["element"]), row.get(side) or ""
        if element in PARTS and said:
            parts[element] = _day(said) if element == "effective_from" else said
        if element not in lines or (said, row[f"{side}_pas"]) == (row["current"], row["current_pas"]):
            continue
        pas = read_pas(row[f"{side}_pas"])
        kept.pop(element, None) if not pas else kept.update({element: _wanted(lines[element], pas, said)})
    return replace(plan, activities=tuple(kept.values()), **parts)


def _wanted(line: Json, pas: Fraction, said: str) -> Activity:
    [activity] = Plan.from_json({"activities": [{**line, "pas": pas_as_text(pas), "by_times": False}]}).activities
    return replace(activity, details=said or activity.details)


def pay_effective(referred_on: date | None, would_apply_on: date | None) -> tuple[date | None, str]:
    """From when a change of pay counts, and why in words (TCS-4-o): from the referral to mediation, or from the earlier
    day on which it would have applied anyway. None where neither is known."""
    if referred_on is None or (would_apply_on is not None and would_apply_on < referred_on):
        if would_apply_on is None:
            return None, ""
        return would_apply_on, f"the change was due on {in_full(would_apply_on)} anyway"
    return referred_on, f"the dispute was referred to mediation on {in_full(referred_on)}"


def settle(plan: Plan, lines: Mapping[str, Json], outcomes: Sequence[Row], *, said_of: str) -> Plan:
    """The plan with what came of a dispute: each element gets what is to stand; 0 PAs take a line out (TCS-4-n).

    plan: as it was agreed last; lines: those in dispute, by id, as JSON; said_of: the dispute, for the lines' details.
    """
    kept = {line.id: line for line in plan.activities}
    parts: dict[str, Json] = {}
    for row in outcomes:
        element = str(row["element"])
        if row["outcome"] == "current":
            continue
        if element in PARTS:
            parts[element] = _day(row["value"]) if element == "effective_from" else row["value"]
        elif element in lines:
            pas = read_pas(row["pas"])
            kept.pop(element, None) if not pas else kept.update({element: _line(lines[element], pas, row, said_of)})
    activities = tuple(kept.values())
    emptied = {line.category for line in plan.activities} - {line.category for line in activities}
    filled = {line.category for line in activities}
    reasons = {key: reason for key, reason in plan.not_applicable.items() if key not in filled}
    reasons |= {category: EMPTIED for category in emptied if category in CATEGORIES}
    return replace(plan, activities=activities, not_applicable=MappingProxyType(reasons), **parts)


def _line(line: Json, pas: Fraction, row: Row, said_of: str) -> Activity:
    """The line as it is to stand: its PAs, and in its details the words that were settled."""
    [activity] = Plan.from_json({"activities": [{**line, "pas": pas_as_text(pas)}]}).activities
    words = f"{said_of}: {row['value']}" if row["value"] else said_of
    details = "\n".join(part for part in (activity.details, words) if part)
    return replace(activity, details=details[:2000], agreed=True)


def _day(value: Json) -> date | None:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    return day if day.year in YEARS else None
