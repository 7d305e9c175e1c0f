"""A timetable's lines in hours and PAs, a week and a year, and their totals."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol

from workflows.domain.arithmetic.patterns import Pattern, times_a_year
from workflows.domain.arithmetic.terms import MINUTES_IN_HOUR, Terms
from workflows.domain.arithmetic.times import pieces, valued
from workflows.domain.arithmetic.working import PA, Working, added, exactly, plainly

NO_PAS: Mapping[str, str] = {
    "private": "private practice is not the trust's time (BTH-3.2.14)",
    "fee_paying": "fee-paying work is not the trust's time (BTH-3.2.13)",
    "travel": "the way between home or private premises and the main base is not working time (BTH-3.4.4-e)",
    "study_leave": "external study leave is leave, no supporting activity (CPFT-7.2.1-d)",
}
"""Kinds of lines that come to no PAs, with the reason. Travel that is working time is direct clinical care."""

NONE = Fraction(0)


class Line(Protocol):
    """What a line of a timetable says."""

    @property
    def category(self) -> str:
        """A category of the plan, or one of NO_PAS."""

    @property
    def day(self) -> str:
        """A day of the week, or "" for none that is fixed."""

    @property
    def start(self) -> str:
        """ "HH:MM", or "" for a line without times."""

    @property
    def end(self) -> str:
        """Likewise. Not after the start: of the next day."""

    @property
    def hours(self) -> str:
        """Of a line without times: exact hours each time, so each week where the pattern says nothing else."""

    @property
    def pattern(self) -> Pattern:
        """How often: see arithmetic.patterns."""

    @property
    def premium(self) -> str:
        """One of times.PREMIUM."""


@dataclass(frozen=True)
class Valued:
    """What a line, or several, come to. A week is the average one in attendance: the year's figure over those weeks."""

    hours_a_week: Fraction = NONE
    hours_a_year: Fraction = NONE
    pas_a_week: Fraction = NONE
    pas_a_year: Fraction = NONE
    out_of_hours_a_week: Fraction = NONE
    """Of the hours a week, those in premium time."""
    working: tuple[Working, ...] = ()

    @classmethod
    def together(cls, parts: Collection["Valued"]) -> "Valued":
        """All of them together; the working is that of none."""
        return cls(
            added(part.hours_a_week for part in parts),
            added(part.hours_a_year for part in parts),
            added(part.pas_a_week for part in parts),
            added(part.pas_a_year for part in parts),
            added(part.out_of_hours_a_week for part in parts),
        )

    def to_json(self) -> dict[str, Any]:
        """Each figure exact and as a decimal."""
        figures = ("hours_a_week", "hours_a_year", "pas_a_week", "pas_a_year")
        return {name: exactly(getattr(self, name)) for name in figures}


@dataclass(frozen=True)
class Total:
    """A timetable's totals: by category, those alone that it has; overall the trust's time, without NO_PAS."""

    by_category: Mapping[str, Valued]
    overall: Valued


@dataclass(frozen=True)
class Amount:
    """What a line comes to the one time that it is done, or all the times of a year."""

    hours: Fraction = NONE
    pas: Fraction = NONE
    out_of_hours: Fraction = NONE
    working: tuple[Working, ...] = ()

    def __add__(self, other: "Amount") -> "Amount":
        """Both, one after the other."""
        return Amount(
            self.hours + other.hours,
            self.pas + other.pas,
            self.out_of_hours + other.out_of_hours,
            (*self.working, *other.working),
        )

    def of_year(self, terms: Terms) -> Valued:
        """Taken for a year's: spread over the weeks in attendance."""
        weeks = terms.weeks_in_attendance
        week = Working(f"A week: over {plainly(weeks)} weeks in attendance", self.pas / weeks, PA)
        late = self.out_of_hours / weeks
        return Valued(self.hours / weeks, self.hours, self.pas / weeks, self.pas, late, (*self.working, week))


def value(line: Line, terms: Terms, holidays: Collection[date] = ()) -> Valued:
    """What a line comes to (BTH-3.2.2, BTH-3.2.8, CPFT-7.4.2-a).

    Agreed dates are valued one by one, with public holidays as premium time; a line that comes every week, month or so
    often a year is valued as its day of the week.
    """
    pattern = dict(line.pattern)
    asked = (line.category, line.day, line.start, line.end, line.hours, line.premium)
    return _value(_Asked(*asked, str(pattern), pattern), terms, frozenset(holidays))


@dataclass(frozen=True)
class _Asked:
    """What counts of a line, so that it is valued once however often a plan is looked at. The pattern goes by its
    text."""

    category: str
    day: str
    start: str
    end: str
    hours: str
    premium: str
    often: str
    pattern: Pattern = field(compare=False)


@lru_cache(maxsize=4_000)
def _value(line: _Asked, terms: Terms, holidays: frozenset[date]) -> Valued:
    if line.start and "dates" in line.pattern:
        days = (date.fromisoformat(str(day)) for day in line.pattern["dates"])
        return sum((_once(line, terms, holidays, day) for day in days), Amount()).of_year(terms)
    times, once = times_a_year(line.pattern, terms), _once(line, terms, holidays, None)
    pas = once.pas * times.value
    year = Working(f"A year: {plainly(times.value)} times ({times.words})", pas, PA)
    late = once.out_of_hours * times.value
    return Amount(once.hours * times.value, pas, late, (*once.working, year)).of_year(terms)


def _once(line: _Asked, terms: Terms, holidays: Collection[date], on: date | None) -> Amount:
    if line.start:
        parts = pieces(line.day, line.start, line.end, terms, holidays=holidays, on=on)
        lines = tuple(valued(part, line.premium, terms) for part in parts)
        hours = Fraction(sum(part.end - part.start for part in parts), MINUTES_IN_HOUR)
        late = Fraction(sum(part.end - part.start for part in parts if part.premium), MINUTES_IN_HOUR)
    else:
        hours, late, rate = Fraction(line.hours or 0), NONE, terms.plain_hours_per_pa
        lines = (Working(f"{plainly(hours)} h without times at {plainly(rate)} h a PA", hours / rate, PA),)
    if line.category in NO_PAS:
        return Amount(hours, NONE, late, (Working(f"No PAs: {NO_PAS[line.category]}", NONE, PA),))
    return Amount(hours, sum((each.value for each in lines), NONE), late, lines)


def total(lines: Iterable[Line], terms: Terms, holidays: Collection[date] = ()) -> Total:
    """The totals of a timetable, whatever the order of its lines."""
    return of_values([(line.category, value(line, terms, holidays)) for line in lines])


def of_values(lines: Iterable[tuple[str, Valued]]) -> Total:
    """The totals of lines that have been valued, each with its category."""
    by_category: dict[str, list[Valued]] = {}
    for category, each in lines:
        by_category.setdefault(category, []).append(each)
    sums = {category: _added(each) for category, each in by_category.items()}
    return Total(sums, _added([each for category, each in sums.items() if category not in NO_PAS]))


def _added(parts: list[Valued]) -> Valued:
    summed = Valued.together(parts)
    words = " + ".join(f"{plainly(part.pas_a_week)} PA" for part in parts) or "nothing"
    return replace(summed, working=(Working(f"A week: {words}", summed.pas_a_week, PA),))
