"""A timetable as a file holds it: `{"contract": ..., "weeks_in_attendance": ..., "activities": [...]}`; see README."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from workflows.domain.arithmetic.given import Given, exact
from workflows.domain.arithmetic.patterns import KINDS, LONGEST_CYCLE, MONTH_WEEKS, MOST_A_YEAR, Pattern
from workflows.domain.arithmetic.terms import Terms, terms
from workflows.domain.arithmetic.times import AGREED, OWN_CHOICE, PREMIUM, WEEK
from workflows.domain.arithmetic.timetable import NO_PAS
from workflows.domain.fields import Json
from workflows.domain.people import CONTRACT_KINDS
from workflows.domain.plan import CATEGORIES

FIELDS = ("contract", "on", "weeks_in_attendance", "public_holidays", "activities")
LINE = ("title", "category", "day", "start", "end", "hours_per_week", "hours", "own_choice", "premium", "pattern")
DAYS: Mapping[str, str] = {**{name: name for name in WEEK}, **{name[:3]: name for name in WEEK}, "": ""}
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
MOST_LINES = 200
HOURS_IN_WEEK = Fraction(168)


@dataclass(frozen=True)
class FileLine:
    """A line of the file; what `arithmetic.timetable.Line` asks for, and how the file calls it."""

    title: str
    category: str
    day: str
    start: str
    end: str
    hours: str
    pattern: Pattern
    premium: str
    written: str
    """The category as the file writes it: "DCC"."""


@dataclass(frozen=True)
class TimetableFile:
    """What the file says. Public holidays count for lines with dates."""

    terms: Terms
    lines: tuple[FileLine, ...]
    holidays: tuple[date, ...]


def read_timetable(content: Json, values: Mapping[str, Any], today: date) -> TimetableFile:
    """Read the file under the contracts of a policy. Raises BadValues with a sentence for each field
    ("activities.2.start", counted from 0)."""
    given = Given.of(content)
    given.only(FIELDS)
    contracts = [key for key in CONTRACT_KINDS if key in values.get("contracts", {})]
    contract = given.choice("contract", contracts)
    on = given.day("on", default=today)
    held = terms(values, contract, on)
    weeks = given.number(
        "weeks_in_attendance", least=Fraction(1), most=held.weeks_in_year, default=held.weeks_in_attendance
    )
    if "activities" not in given.values:
        given.wrong("activities", "A list of activities is needed here.")
    lines = tuple(_line(row) for row in given.rows("activities", most=MOST_LINES))
    holidays = given.dates("public_holidays")
    given.done()
    return TimetableFile(replace(held, weeks_in_attendance=weeks), lines, holidays)


def _line(row: Given) -> FileLine:
    row.only(LINE)
    category = row.choice("category", (*CATEGORIES, *NO_PAS))
    pattern = _pattern(row.part("pattern"))
    start, end = _clock(row, "start"), _clock(row, "end")
    hours = _hours(row, pattern)
    day = DAYS[row.choice("day", DAYS, default="")]
    if start and end and not day and "dates" not in pattern:
        row.wrong("day", "A line with times needs its day of the week, or dates.")
    if bool(start) != bool(end):
        row.wrong("end" if start else "start", "A line with times needs both a start and an end.")
    elif start and hours:
        row.wrong("hours" if "hours" in row.values else "hours_per_week", "Give either times or hours, not both.")
    elif not start and not hours:
        row.wrong("start", "A line needs a start and an end, or its hours.")
    _fitting(row, day, pattern.get("dates", ()))
    written = str(row.values.get("category", category))
    return FileLine(row.text("title"), category, day, start, end, hours, pattern, _premium(row), written)


def _clock(row: Given, key: str) -> str:
    text = row.text(key)
    if text and not CLOCK.fullmatch(text):
        row.wrong(key, f"Write the time as 08:30, from 00:00 to 23:59; “{text[:20]}” is none.")
        return ""
    return text


def _hours(row: Given, pattern: Pattern) -> str:
    """Hours a week, or each time, exactly; "" where there are none."""
    weekly = row.values.get("hours_per_week") is not None
    if weekly and row.values.get("hours") is not None:
        row.wrong("hours", "Give either hours_per_week or hours (each time), not both.")
    if weekly and pattern not in ({}, {"every_weeks": 1}):
        row.wrong("hours_per_week", "With a pattern other than every week, give hours: those of each time.")
    key = "hours_per_week" if weekly else "hours"
    return str(row.number(key, most=HOURS_IN_WEEK)) if row.values.get(key) is not None else ""


def _premium(row: Given) -> str:
    """Premium time counts as agreed unless the file says that it is the doctor's own choice, or premium = ""."""
    own = row.yes_no("own_choice")
    said = row.choice("premium", PREMIUM, default=OWN_CHOICE if own else AGREED)
    if own and said != OWN_CHOICE:
        row.wrong("premium", "own_choice is true, so premium can only be own_choice.")
    return said


def _pattern(part: Given) -> Pattern:
    """The pattern with plain whole numbers."""
    part.only((*KINDS, "week"))
    kinds = [kind for kind in KINDS if kind in part.values]
    if len(kinds) > 1:
        part.wrong(kinds[1], f"Give one of {', '.join(KINDS)}.")
    if "week" in part.values and "every_weeks" not in part.values:
        part.wrong("week", "Which week it is can only be said together with every_weeks.")
    if not kinds:
        return {}
    if kinds[0] == "every_weeks":
        return _cycle(part)
    if kinds[0] == "per_year":
        return {"per_year": part.whole("per_year", least=0, most=MOST_A_YEAR)}
    if kinds[0] == "month_weeks":
        return {"month_weeks": _month_weeks(part)}
    return {"dates": [day.isoformat() for day in part.dates("dates")]}


def _cycle(part: Given) -> Pattern:
    every = part.whole("every_weeks", least=1, most=LONGEST_CYCLE)
    return {
        "every_weeks": every,
        **({"week": part.whole("week", least=1, most=every)} if "week" in part.values else {}),
    }


def _month_weeks(part: Given) -> Sequence[int]:
    values = part.values["month_weeks"]
    numbers = [exact(value) for value in values] if isinstance(values, list) else []
    if not numbers or len(set(numbers)) < len(numbers) or not all(number in MONTH_WEEKS for number in numbers):
        part.wrong("month_weeks", "List the weeks of the month, each once: from 1 to 5, as in [1, 3].")
        return [1]
    return [int(number) for number in numbers if number is not None]


def _fitting(row: Given, day: str, dates: Sequence[str]) -> None:
    """Dates fall on the line's day of the week, where it has one."""
    for number, each in enumerate(dates):
        name = WEEK[date.fromisoformat(each).weekday()]
        if day and name != day:
            row.wrong(
                f"pattern.dates.{number}", f"{each} is a {name.capitalize()}, and the line is of a {day.capitalize()}."
            )
