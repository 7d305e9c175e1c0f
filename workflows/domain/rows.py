"""Rows that crafted screens collect: who took part, what the team plan asks for, which points are in dispute."""

from collections.abc import Mapping, Sequence
from typing import Any

from workflows.domain.errors import BadValues
from workflows.domain.fields import LONG_TEXT_LIMIT, Json

MOST_ROWS = 200

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "attendance": ("group", "person", "present", "reason"),
    "requirements": ("requirement", "trust_objective", "lead"),
    "disputed": ("element", "current", "practitioner", "manager", "reason"),
}
"""The columns of each kind of rows; every cell is a text, but for `present`, which is yes or no."""

NEEDED: Mapping[str, Mapping[str, str]] = {
    "attendance": {"group": "say which group"},
    "requirements": {
        "requirement": "say what the service or team needs",
        "trust_objective": "name the trust objective that it serves",
    },
    "disputed": {"element": "name the part of the plan", "reason": "say why it is in dispute"},
}


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
    if not kept:
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
