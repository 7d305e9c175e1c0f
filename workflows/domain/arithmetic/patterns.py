"""How often something is done: every week, every few weeks, on a weekday of the month, so often a year, or on dates."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.times import WEEK
from workflows.domain.arithmetic.working import TIMES, Working, counted, plainly

Pattern = Mapping[str, Any]
"""{} for every week; {"every_weeks": n} with "week": m for the m-th of n; {"month_weeks": [1, 3]} for the first and
third such weekday of each month; {"per_year": n}; {"dates": ["2027-04-01"]}."""

KINDS = ("every_weeks", "month_weeks", "per_year", "dates")
LONGEST_CYCLE = 52
MONTH_WEEKS = range(1, 6)
MOST_A_YEAR = 1_000
MONTHS = 12
DAYS_IN_WEEK = 7
FIFTH = 5
FIFTHS_A_YEAR = Fraction(1671, 400)
"""How often a year a weekday comes a fifth time in its month, over the 400 years after which the calendar repeats."""


def times_a_year(pattern: Pattern, terms: Terms) -> Working:
    """How often a year something is done, with the words for it.

    What goes by weeks or months stops while the doctor is away: it counts for the weeks in attendance alone. What is
    agreed as a number a year or as dates is done that often (BTH-3.2.17).
    """
    attendance, year = terms.weeks_in_attendance, terms.weeks_in_year
    weeks = f"{plainly(attendance)} weeks in attendance"
    if "per_year" in pattern:
        times = Fraction(str(pattern["per_year"]))
        return Working(f"{plainly(times)} times a year, as agreed", times, TIMES)
    if "dates" in pattern:
        number = Fraction(len(pattern["dates"]))
        return Working(counted(number, "agreed date"), number, TIMES)
    if "month_weeks" in pattern:
        each = (FIFTHS_A_YEAR if number == FIFTH else Fraction(MONTHS) for number in pattern["month_weeks"])
        times = sum(each, Fraction(0))
        words = f"{plainly(times)} times in a year of months, in {weeks} of {plainly(year)}"
        return Working(words, times * attendance / year, TIMES)
    every = int(pattern.get("every_weeks", 1))
    words = f"every week of {weeks}" if every == 1 else f"every {every} weeks of {weeks}"
    return Working(words, attendance / every, TIMES)


def occurrences(pattern: Pattern, day: str, year_starts: date) -> tuple[date, ...]:
    """The dates of a year, for the year view: from `year_starts` to the day before it comes round again.

    `day` is "monday" to "sunday"; a line with no fixed day ("") has dates only where they are agreed. Week 1 of a cycle
    of weeks is the seven days from `year_starts`. Weeks away are not taken out, as nobody knows yet which they are: so
    times `weeks_in_attendance` over `weeks_in_year` the number of dates is that of `times_a_year`

    - by weeks: over 52 times n weeks, where n is the length of the cycle;
    - by weekdays of the month: the first to the fourth in every year, the fifth over the calendar's 400 years;

    while what is agreed as a number a year (spread evenly here) or as dates has that very number.
    """
    ends = _anniversary(year_starts)
    if "dates" in pattern:
        agreed = (date.fromisoformat(str(each)) for each in pattern["dates"])
        return tuple(sorted(each for each in agreed if year_starts <= each < ends))
    if not day:
        return ()
    days = _weekly(day, year_starts, ends)
    if "per_year" in pattern:
        number = int(Fraction(str(pattern["per_year"])))
        return tuple(days[place * len(days) // number] for place in range(number))
    if "month_weeks" in pattern:
        wanted = {int(number) for number in pattern["month_weeks"]}
        return tuple(each for each in days if (each.day - 1) // DAYS_IN_WEEK + 1 in wanted)
    every, week = int(pattern.get("every_weeks", 1)), int(pattern.get("week", 1))
    return tuple(each for each in days if ((each - year_starts).days // DAYS_IN_WEEK - week + 1) % every == 0)


def _weekly(day: str, starts: date, ends: date) -> list[date]:
    first = starts + timedelta(days=(WEEK.index(day) - starts.weekday()) % DAYS_IN_WEEK)
    return [first + timedelta(days=passed) for passed in range(0, (ends - first).days, DAYS_IN_WEEK)]


def _anniversary(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February
        return date(day.year + 1, 3, 1)
