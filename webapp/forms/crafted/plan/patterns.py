"""How often a line of the plan happens, in plain boxes: a kind of pattern, and the figure that goes with it."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from webapp.forms.base import Boxes
from webapp.forms.crafted.cells import Cell, SelectCell
from webapp.forms.fields import Select, Text, day_in
from webapp.forms.rows import Row
from workflows.domain.calendars import in_words as day_in_words

Json = Any
EVERY_WEEK, WEEKS, MONTHS, YEAR, DATES = "", "weeks", "months", "year", "dates"
BOXES: Boxes = {
    "often": Select(
        "How often",
        widget=SelectCell(),
        offered=(
            (EVERY_WEEK, "Every week"),
            (WEEKS, "Every so many weeks"),
            (MONTHS, "In certain weeks of the month"),
            (YEAR, "So many times a year"),
            (DATES, "On certain dates"),
        ),
    ),
    "which": Text(
        "If not every week: which, or how many",
        description="Such as 4, or 2 of 4; 1 and 3; 14; or 1/4/2027, 1/10/2027.",
        widget=Cell(),
    ),
}
NUMBERS = re.compile(r"\d+")
PAIR = 2
BETWEEN_DATES = re.compile(r"[,;\n]+|\band\b")


def pattern(row: Row) -> Json:
    """The pattern as the plan's JSON has it; what cannot be read is no pattern, which the domain then says."""
    kind, typed = row["often"].data or EVERY_WEEK, row["which"].data or ""
    if kind == EVERY_WEEK:
        return {}
    return READ[kind](typed) if kind in READ else {"unknown": kind}


def boxes_of(given: Mapping[str, Json]) -> dict[str, str]:
    """What the boxes show of a pattern."""
    if "per_year" in given:
        return {"often": YEAR, "which": str(given["per_year"])}
    if "month_weeks" in given:
        return {"often": MONTHS, "which": ", ".join(str(number) for number in given["month_weeks"])}
    if "dates" in given:
        return {"often": DATES, "which": ", ".join(_day(day) for day in given["dates"])}
    if "week" in given:
        return {"often": WEEKS, "which": f"{given['week']} of {given['every_weeks']}"}
    return {"often": WEEKS, "which": str(given["every_weeks"])} if given else {}


def _day(day: str) -> str:
    found = day_in(day)
    return day_in_words(found) if found else day


def _weeks(typed: str) -> Json:
    numbers = [int(number) for number in NUMBERS.findall(typed)]
    if len(numbers) == 1:
        return {"every_weeks": numbers[0]}
    return dict(zip(("week", "every_weeks"), numbers, strict=True)) if len(numbers) == PAIR else {"every_weeks": None}


def _months(typed: str) -> Json:
    return {"month_weeks": [int(number) for number in NUMBERS.findall(typed)]}


def _year(typed: str) -> Json:
    return {"per_year": int(typed) if typed.isdecimal() else typed}


def _dates(typed: str) -> Json:
    days = [(one, day_in(one)) for one in BETWEEN_DATES.split(typed) if one.strip()]
    return {"dates": [day.isoformat() if day else one for one, day in days]}


READ: Mapping[str, Callable[[str], Json]] = MappingProxyType(
    {WEEKS: _weeks, MONTHS: _months, YEAR: _year, DATES: _dates}
)
