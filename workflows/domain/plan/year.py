"""The year of a job plan: how many PAs fall into each of its weeks and months, by the patterns of its lines."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from workflows.domain.arithmetic.patterns import occurrences, times_a_year
from workflows.domain.arithmetic.terms import Terms
from workflows.domain.fields import YEARS
from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import Activity
from workflows.domain.plan.working_out import Figures

DAYS_IN_WEEK = 7
NONE = Fraction(0)


class Week(NamedTuple):
    """Seven days from `starts`; the last of a year has one or two."""

    starts: date
    pas: Fraction


class Month(NamedTuple):
    """A month of the calendar, as far as it lies in the year. `starts` is its first day in it."""

    starts: date
    pas: Fraction


@dataclass(frozen=True)
class Year:
    """A year as the patterns have it, weeks away not taken out: nobody knows yet which they are."""

    weeks: tuple[Week, ...]
    months: tuple[Month, ...]
    planned: Fraction
    """The PAs of all its weeks."""
    annual: Fraction
    """What counts: without the weeks away in what goes by weeks or months (BTH-3.2.2)."""
    weeks_in_year: Fraction
    weeks_in_attendance: Fraction


def year_of(plan: Plan, figures: Figures, terms: Terms, starts: date) -> Year:
    """The year from `starts`, usually the plan's first day, to the day before it comes round again."""
    weeks = _weeks(starts)
    pas: dict[date, Fraction] = defaultdict(Fraction)
    for line in plan.activities:
        for day, each in _spread(line, figures.lines[line.id].pas_a_year, terms, weeks):
            pas[day] += each
    planned = sum(pas.values(), NONE)
    return Year(
        weeks=tuple(Week(week, _between(pas, week, week + timedelta(days=DAYS_IN_WEEK))) for week in weeks),
        months=tuple(Month(month, _between(pas, month, after)) for month, after in _months(starts)),
        planned=planned,
        annual=figures.overall.pas_a_year,
        weeks_in_year=terms.weeks_in_year,
        weeks_in_attendance=terms.weeks_in_attendance,
    )


def first_day_of(planning_year: str) -> date | None:
    """The first of April with which a planning year such as "2027/28" begins; None for other words."""
    found = re.fullmatch(r"(\d{4})/\d{2}", planning_year)
    return date(int(found[1]), 4, 1) if found and int(found[1]) in YEARS else None


def _spread(line: Activity, pas_a_year: Fraction, terms: Terms, weeks: list[date]) -> Iterator[tuple[date, Fraction]]:
    """The days on which a line falls, each with what it comes to on that day.

    What has no fixed day is spread evenly: over all weeks, at its weekly value where it goes by weeks or months.
    """
    times = times_a_year(line.pattern, terms).value
    if not times:
        return
    days = occurrences(line.pattern, line.day, weeks[0])
    if days:
        yield from ((day, pas_a_year / times) for day in days)
    elif not line.day and "dates" not in line.pattern:
        full = [week for week in weeks if week + timedelta(days=DAYS_IN_WEEK) <= _after(weeks[0])]
        share = len(full) if "per_year" in line.pattern else terms.weeks_in_attendance
        yield from ((week, pas_a_year / share) for week in full)


def _weeks(starts: date) -> list[date]:
    days = (_after(starts) - starts).days
    return [starts + timedelta(days=passed) for passed in range(0, days, DAYS_IN_WEEK)]


def _months(starts: date) -> Iterator[tuple[date, date]]:
    """The first day of each month in the year, and of what comes after it."""
    first, ends = starts, _after(starts)
    while first < ends:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield first, min(following, ends)
        first = following


def _after(starts: date) -> date:
    """The first day that is not in the year any more."""
    try:
        return starts.replace(year=starts.year + 1)
    except ValueError:  # the 29th of February
        return date(starts.year + 1, 3, 1)


def _between(pas: Mapping[date, Fraction], first: date, after: date) -> Fraction:
    return sum((each for day, each in pas.items() if first <= day < after), NONE)
