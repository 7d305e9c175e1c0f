"""Rows that crafted screens collect: who took part, what the team plan asks for, which points are in dispute."""

import re
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from workflows.domain.errors import BadValues
from workflows.domain.fields import LONG_TEXT_LIMIT, Json
from workflows.domain.teamwork import key_of

MOST_ROWS = 200
PLAIN_NUMBER = re.compile(r"\d{1,6}(\.\d{1,3})?")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "attendance": ("group", "person", "present", "reason"),
    "requirements": ("requirement", "trust_objective", "lead"),
    "disputed": ("element", "current", "practitioner", "practitioner_pas", "manager", "manager_pas", "reason"),
    "outcomes": ("element", "outcome", "value", "pas", "reason"),
    "combined_sessions": ("team", "with_team", "staff_numbers", "interaction"),
    "teaching_sessions": ("session", "workload", "share", "funding", "adjustment"),
    "service_needs": ("service", "pas"),
}
"""The columns of each kind of rows; every cell is a text, but for `present`, which is yes or no."""

NEEDED: Mapping[str, Mapping[str, str]] = {
    "attendance": {"group": "say which group"},
    "requirements": {
        "requirement": "say what the service or team needs",
        "trust_objective": "name the trust objective that it serves",
    },
    "disputed": {"element": "name the part of the plan", "reason": "say why it is in dispute"},
    "outcomes": {"element": "name the point", "outcome": "choose what is to stand"},
    "combined_sessions": {
        "team": "choose a team",
        "with_team": "choose the team with which it meets",
        "staff_numbers": "say how many staff the teams have",
        "interaction": "say how the teams work together",
    },
    "teaching_sessions": {"session": "name the session"},
    "service_needs": {"service": "name the service"},
}
OPTIONAL = frozenset({"combined_sessions", "teaching_sessions", "service_needs"})
"""Rows of which there may be none."""


def check_rows(kind: str, rows: object, groups: Mapping[str, str]) -> list[dict[str, Json]]:
    """The rows of `kind`, cleaned: empty rows are left out. Raises BadValues with a sentence for each fault.

    groups: for attendance, the groups that must each have a row (CPFT-7.4.1-a), key to title. Keys of the problems are
    "attendance.0.reason", counted from 0, or the kind alone.
    """
    if not isinstance(rows, Sequence) or isinstance(rows, str) or len(rows) > MOST_ROWS:
        raise BadValues({kind: f"There must be at most {MOST_ROWS} rows."})
    problems: dict[str, str] = {}
    cleaned = [clean(kind, number, row, problems) for number, row in enumerate(rows)]
    kept = [row for row in cleaned if any(value not in ("", False) for value in row.values())]
    if not kept and kind not in OPTIONAL:
        problems[kind] = "Add at least one row."
    if kind == "attendance":
        missing = [title for key, title in groups.items() if key not in {row["group"] for row in kept}]
        if missing:
            problems[kind] = f"Record who came, or why nobody did, for: {', '.join(missing)}."
    if problems:
        raise BadValues(problems)
    return kept


def clean(kind: str, number: int, row: object, problems: dict[str, str]) -> dict[str, Json]:
    """One row with the columns of its kind; faults go into `problems`."""
    given: Mapping[str, Any] = row if isinstance(row, Mapping) else {}
    cells: dict[str, Json] = {}
    for column in COLUMNS[kind]:
        value = given.get(column, False if column == "present" else "")
        cells[column] = bool(value) if column == "present" else str(value or "").strip()
        if len(str(value)) > LONG_TEXT_LIMIT or "\0" in str(value):
            problems[f"{kind}.{number}.{column}"] = f"Row {number + 1}: this is too long, or holds an unusable sign."
    if not any(value not in ("", False) for value in cells.values()):
        return cells
    for column, words in NEEDED[kind].items():
        if not cells[column]:
            problems[f"{kind}.{number}.{column}"] = f"Row {number + 1}: {words}."
    if kind == "attendance" and not cells["present"] and not cells["reason"]:
        problems[f"{kind}.{number}.reason"] = f"Row {number + 1}: say why {cells['person'] or 'nobody'} was absent."
    return cells


def check_combined(rows: Sequence[Mapping[str, Json]], teams: Collection[int]) -> list[dict[str, Json]]:
    """The rows of teams that hold one session together, with ids as numbers (CPFT-7.4-d). `teams` are those of the care
    group. Raises BadValues."""
    problems: dict[str, str] = {}
    read = []
    for number, row in enumerate(rows):
        pair = {part: int(row[part]) if str(row[part]).isdecimal() else 0 for part in ("team", "with_team")}
        problems |= {
            f"combined_sessions.{number}.{part}": f"Row {number + 1}: choose a team of your care group."
            for part, team in pair.items()
            if team not in teams
        }
        if pair["team"] == pair["with_team"]:
            problems[f"combined_sessions.{number}.with_team"] = f"Row {number + 1}: choose another team."
        read.append({**row, **pair})
    if problems:
        raise BadValues(problems)
    return read


def meets_with(rows: Sequence[Mapping[str, Json]], team: int) -> list[int]:
    """The other teams with which a team holds its session, over however many pairs they hang together."""
    together = {team}
    while more := {one for row in rows for one in _pair(row) if together & _pair(row)} - together:
        together |= more
    return sorted(together - {team})


def _pair(row: Mapping[str, Json]) -> set[int]:
    return {row["team"], row["with_team"]}


def check_teaching(rows: Sequence[Mapping[str, Json]], significant: int) -> list[dict[str, Json]]:
    """The clinical sessions in which there is teaching, each with its workload weighted by what the teaching takes
    (BTH-3.4.8.6-b). From `significant` per cent on, its funding and what it changes in the plan must be said. Raises
    BadValues."""
    problems: dict[str, str] = {}
    read = []
    for number, row in enumerate(rows):
        key, name = f"teaching_sessions.{number}", f"Row {number + 1}"
        workload, share = _number(row["workload"]), _number(row["share"])
        if workload is None:
            problems[f"{key}.workload"] = f"{name}: give the workload without teaching as a number, such as 12."
        if share is None or share > 100:
            problems[f"{key}.share"] = f"{name}: give the share of teaching in per cent, from 0 to 100."
        elif share >= significant:
            if not row["funding"]:
                problems[f"{key}.funding"] = f"{name}: say how this teaching is funded."
            if not row["adjustment"]:
                problems[f"{key}.adjustment"] = f"{name}: say what it changes in the team’s plan."
        weighted = Fraction(workload or 0) * (100 - (share or 0)) / 100
        read.append({**row, "weighted": f"{float(weighted):g}"})
    if problems:
        raise BadValues(problems)
    return read


def check_needs(rows: Sequence[Mapping[str, Json]]) -> list[dict[str, Json]]:
    """The services of a team, each once, with the PAs a week that it needs (CPFT-7.4.1-e). Raises BadValues."""
    problems: dict[str, str] = {}
    seen: set[str] = set()
    for number, row in enumerate(rows):
        key, name = f"service_needs.{number}", f"Row {number + 1}"
        if _number(row["pas"]) is None:
            problems[f"{key}.pas"] = f"{name}: give the PAs a week as a number, such as 12.5."
        service = key_of(str(row["service"]))
        if service in seen:
            problems[f"{key}.service"] = f"{name}: this service is named twice."
        seen.add(service)
    if problems:
        raise BadValues(problems)
    return [dict(row) for row in rows]


def _number(text: Json) -> Fraction | None:
    return Fraction(str(text)) if PLAIN_NUMBER.fullmatch(str(text)) else None


def check_reasons(reasons: object, sections: Sequence[str]) -> dict[str, str]:
    """Reasons by section of the plan, empty ones left out. Raises BadValues for a section that there is not."""
    if not isinstance(reasons, Mapping):
        raise BadValues({"return_reasons": "The reasons could not be read. Please enter them again."})
    unknown = [str(key) for key in reasons if key not in sections]
    if unknown:
        raise BadValues({"return_reasons": f"The plan has no section “{unknown[0]}”."})
    kept = {key: str(value or "").strip() for key, value in reasons.items()}
    unusable = [key for key, reason in kept.items() if len(reason) > LONG_TEXT_LIMIT or "\0" in reason]
    if unusable:
        words = "This reason is too long, or holds an unusable sign."
        raise BadValues({f"return_reasons.{key}": words for key in unusable})
    return {key: value for key, value in kept.items() if value}
