"""A plan's total beside the contract: whole time, part-time, by the year, and with colleagues' absences covered."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.timetable import NO_PAS
from workflows.domain.arithmetic.working import HOURS, PA, WEEKS, Figure, Working, counted, plainly
from workflows.domain.errors import NotAllowed
from workflows.domain.people import in_words

DAYS_IN_WEEK = 7
ALWAYS = ("dcc", "spa")
"""What a whole-time plan is made up of; emergency work, additional NHS and external duties may be in it (BTH-3.2.9)."""
NONE = Fraction(0)


class NothingRecorded(NotAllowed):
    """Nothing has been recorded between {first} and {last}, so there is no average."""


def expected(share: Fraction, terms: Terms) -> Figure:
    """The PAs a week of a contract: 10 whole time, the pro rata figure part-time (CPFT-7.1-d). `share` of a whole-time
    contract: 1, 3/5, ..."""
    value = terms.full_time_pas * share
    words = f"{plainly(terms.full_time_pas)} PA whole time"
    return Figure(value, PA, (Working(words if share == 1 else f"{words} × {plainly(share)}", value, PA),))


def difference(total: Fraction, contracted: Fraction) -> Figure:
    """How far a plan's standard PAs a week are from the contract's: less than 0 under it. The note is empty only where
    they are the same (CPFT-7.1-d)."""
    gap = total - contracted
    lines = (Working("In the plan", total, PA), Working("By the contract", contracted, PA))
    side = "more" if gap > 0 else "fewer"
    note = f"The plan has {plainly(abs(gap))} PA {side} than the contract." if gap else ""
    return Figure(gap, PA, lines, note)


def lacking(by_category: Mapping[str, Fraction]) -> tuple[str, ...]:
    """What of direct clinical care and supporting activities a whole-time plan has nothing of (BTH-3.2.9)."""
    return tuple(category for category in ALWAYS if not by_category.get(category))


def counting(by_category: Mapping[str, Fraction]) -> Fraction:
    """The PAs that count towards the contract's: without what is not the trust's time."""
    return sum((pas for category, pas in by_category.items() if category not in NO_PAS), NONE)


def weekly(pas_a_year: Fraction, terms: Terms) -> Figure:
    """The weekly average of what was agreed as PAs a year, of a whole plan or of a part of it (BTH-3.2.17)."""
    value = pas_a_year / terms.weeks_in_attendance
    words = f"{plainly(pas_a_year)} PA a year over {plainly(terms.weeks_in_attendance)} weeks in attendance"
    return Figure(value, PA, (Working(words, value, PA),))


def with_prospective_cover(pas: Fraction, terms: Terms) -> Figure:
    """PAs a week in attendance of work that goes on in every week of the year and that colleagues cover for each other:
    what falls into weeks away is done in weeks of attendance, by each for the others."""
    value = pas * terms.weeks_in_year / terms.weeks_in_attendance
    words = (
        f"{plainly(pas)} PA in each of {plainly(terms.weeks_in_year)} weeks, done in "
        f"{plainly(terms.weeks_in_attendance)} weeks in attendance"
    )
    return Figure(value, PA, (Working(words, value, PA),))


def average_administration(recorded: Iterable[tuple[date, Fraction]], first: date, last: date, terms: Terms) -> Figure:
    """PAs a week of patient administration: the average of the hours recorded over a stated period (BTH-3.4.4-b).

    `recorded` are days with hours, the evidence; days outside the period are left out, and days without an entry count
    as none. Raises NothingRecorded.
    """
    entries = [(day, hours) for day, hours in recorded if first <= day <= last]
    if not entries:
        raise NothingRecorded(first=in_words(first), last=in_words(last))
    hours = sum((each for _, each in entries), NONE)
    weeks = Fraction((last - first).days + 1, DAYS_IN_WEEK)
    value = hours / weeks / terms.plain_hours_per_pa
    lines = (
        Working(f"{counted(Fraction(len(entries)), 'entry')} in the diary", hours, HOURS),
        Working(f"From {in_words(first)} to {in_words(last)}", weeks, WEEKS),
        Working(f"A week, at {plainly(terms.plain_hours_per_pa)} h a PA", value, PA),
    )
    return Figure(value, PA, lines)
