"""`accord calculate timetable`: a file's timetable in hours and PAs, with its working."""

from datetime import date
from typing import Any

from workflows.calculating import rules
from workflows.calculating.files import read_json
from workflows.domain.arithmetic.timetable import Valued, of_values, value
from workflows.domain.arithmetic.timetable_file import FileLine, TimetableFile, read_timetable
from workflows.domain.arithmetic.working import exactly


def from_file(data: bytes, policy: str, today: date) -> dict[str, Any]:
    """The result as JSON. Raises NoSuchPolicy; NotReadable, NotAFile or BadValues for a wrong file."""
    held = rules.shipped(policy)
    read = read_timetable(read_json(data), held.values, today)
    lines = [(line, value(line, read.terms, read.holidays)) for line in read.lines]
    totals = of_values([(line.category, each) for line, each in lines])
    written: dict[str, str] = {}
    for line, _ in lines:
        written.setdefault(line.category, line.written)
    return {
        "policy": held.key,
        **_terms(read),
        "totals": {
            "overall": _worked(totals.overall),
            "by_category": {written[key]: _worked(each) for key, each in totals.by_category.items()},
        },
        "activities": [_line(line, each) for line, each in lines],
    }


def _terms(read: TimetableFile) -> dict[str, Any]:
    held = read.terms
    return {
        "contract": held.contract,
        "weeks_in_attendance": exactly(held.weeks_in_attendance),
        "plain_time": f"{held.plain_from} to {held.plain_until}, {', '.join(held.plain_days)}",
        "hours_per_pa": {"plain": exactly(held.plain_hours_per_pa), "premium": exactly(held.premium_hours_per_pa)},
        "verified": held.verified,
    }


def _line(line: FileLine, each: Valued) -> dict[str, Any]:
    title = {"title": line.title} if line.title else {}
    return {**title, "category": line.written, **_worked(each)}


def _worked(each: Valued) -> dict[str, Any]:
    return {**each.to_json(), "working": [line.to_json() for line in each.working]}
