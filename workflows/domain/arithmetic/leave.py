"""Leave in days of the doctor's own working week (BTH 3.4.12): entitlement, cost, fair spread, professional leave."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from workflows.domain.arithmetic.patterns import occurrences, times_a_year
from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.times import WEEK
from workflows.domain.arithmetic.timetable import Line, Valued, value
from workflows.domain.arithmetic.working import DAYS, PA, WEEKS, Figure, Working, counted, plainly
from workflows.domain.errors import NotAllowed
from workflows.domain.people import check_period, in_words

NONE = Fraction(0)
YEARS_OF_QUOTA = 3
ON_CALL = "on_call"


class NotScheduled(NotAllowed):
    """No work is scheduled on {day}, so no leave can be taken on it (BTH 3.4.12.1)."""


def normal_week(lines: Iterable[Line]) -> tuple[str, ...]:
    """The days of the doctor's normal working week, from Monday on: those with scheduled work, turns on call aside."""
    days = {line.day for line in lines if line.category != ON_CALL}
    return tuple(day for day in WEEK if day in days)


def entitlement(working_days: int, terms: Terms, *, days: Fraction | None = None) -> Figure:
    """Days of annual leave a year: n/5 of the entitlement on a five-day week (BTH-3.4.12.1-c), so 2/5 of 30 are 12.

    working_days: of the doctor's normal week. days: on a five-day week, where it is not the policy's.
    """
    whole = terms.annual_leave_days if days is None else days
    share = Fraction(working_days) / terms.working_days_a_week
    words = f"{working_days}/{plainly(terms.working_days_a_week)} × {counted(whole, 'day')}"
    return Figure(whole * share, DAYS, (Working(words, whole * share, DAYS),))


def cost_of_week(working_days: Collection[str]) -> Figure:
    """Days that a week's leave costs: as many as the normal working week has (BTH-3.4.12.1-a). Keys of the days."""
    named = ", ".join(day.capitalize() for day in WEEK if day in working_days)
    value_ = Fraction(len(set(working_days)))
    return Figure(value_, DAYS, (Working(f"Working days of the week: {named or 'none'}", value_, DAYS),))


def cost(first: date, last: date, working_days: Collection[str], holidays: Collection[date] = ()) -> Figure:
    """Days that leave from `first` to `last` costs: its working days, without public holidays.

    Raises NotScheduled where there is none in it: leave cannot be taken on a day without work (BTH-3.4.12.1-b);
    EndsBeforeItBegins.
    """
    check_period(first, last)
    period = f"from {in_words(first)} to {in_words(last)}"
    days = [day for day in every_day(first, last) if WEEK[day.weekday()] in working_days]
    free = [day for day in days if day in holidays]
    number, off = Fraction(len(days)), Fraction(-len(free))
    if not number + off:
        raise NotScheduled(day=in_words(first) if first == last else f"any day {period}")
    lines = [Working(f"Working days {period}", number, DAYS)]
    if free:
        named = ", ".join(in_words(day) for day in free)
        lines.append(Working(f"Public holidays among them cost nothing: {named}", off, DAYS))
    return Figure(number + off, DAYS, tuple(lines))


def weeks_away(single_days: int, working_days: int, terms: Terms, *, days: Fraction | None = None) -> Figure:
    """Weeks that leave booked in single days keeps a doctor away: the days over those of the working week. The note
    flags more than the entitlement in weeks (30 days are six), which is unfair on colleagues (BTH-3.4.12.1-d).

    working_days: of the doctor's normal week, 1 at least. days: entitlement on a five-day week, as in `entitlement`.
    """
    allowed = (terms.annual_leave_days if days is None else days) / terms.working_days_a_week
    away = Fraction(single_days, working_days)
    lines = (
        Working(f"{counted(Fraction(single_days), 'day')} of leave at {working_days} a week", away, WEEKS),
        Working("The entitlement in weeks", allowed, WEEKS),
    )
    note = ""
    if away > allowed:
        note = f"Booked so, leave keeps the doctor away for {plainly(away)} weeks instead of {plainly(allowed)}."
    return Figure(away, WEEKS, lines, note)


@dataclass(frozen=True)
class Loss:
    """What leave takes from a category: its part of the PAs lost, beside its part of the plan. Both from 0 to 1."""

    category: str
    lost: Fraction
    """PAs."""
    share_lost: Fraction
    share_of_plan: Fraction

    @property
    def working(self) -> Working:
        """As a line of working."""
        shares = f"{plainly(self.share_lost * 100)} per cent of what is lost"
        return Working(f"{self.category}: {shares}, {plainly(self.share_of_plan * 100)} of the plan", self.lost, PA)


def lost_to_leave(
    lines: Sequence[Line],
    leave: Iterable[date],
    terms: Terms,
    year_starts: date,
    valued: Sequence[Valued] | None = None,
    *,
    holidays: Collection[date] = (),
) -> tuple[Loss, ...]:
    """What the days of leave take from each category, for a proportionate use of leave (BTH-3.4.12.1-e).

    A day takes the lines that come on it in the year from `year_starts`. Work with no fixed day can be done on another:
    it is lost where leave takes all working days of a week. Public holidays take nothing, leave or not. valued: what
    each line comes to, where that does not follow from its times.
    """
    away, plan, lost = set(leave) - set(holidays), dict[str, Fraction](), dict[str, Fraction]()
    weeks = _whole_weeks(normal_week(lines), away, holidays, year_starts)
    for line, worth in zip(lines, valued or [value(line, terms) for line in lines], strict=True):
        plan[line.category] = plan.get(line.category, NONE) + worth.pas_a_week
        missed = len(away.intersection(occurrences(line.pattern, line.day, year_starts)))
        takes = worth.pas_a_year / times_a_year(line.pattern, terms).value * missed
        if on_no_fixed_day(line):
            takes = worth.pas_a_week * weeks
        lost[line.category] = lost.get(line.category, NONE) + takes
    return tuple(
        Loss(category, lost[category], _share(lost[category], lost), _share(plan[category], plan)) for category in plan
    )


def on_no_fixed_day(line: Line) -> bool:
    """Whether the work of a line can be done on another day, so that only whole weeks of leave take it."""
    return not line.day and "dates" not in line.pattern


def _whole_weeks(week: Sequence[str], away: Collection[date], holidays: Collection[date], year_starts: date) -> int:
    """The weeks of a year of which leave takes every working day that is no public holiday."""
    found = 0
    for monday in occurrences({}, WEEK[0], year_starts):
        days = {monday + timedelta(days=WEEK.index(day)) for day in week}.difference(holidays)
        found += bool(days) and days.issubset(away)
    return found


def _share(part: Fraction, of: Mapping[str, Fraction]) -> Fraction:
    whole = sum(of.values(), NONE)
    return part / whole if whole else NONE


@dataclass(frozen=True)
class Away:
    """Professional or study leave. It is granted once it is approved on the needs of the service, not before
    (BTH-3.4.12.2-b)."""

    first: date
    last: date
    in_uk: bool = True
    approved_by: str = ""

    @property
    def granted(self) -> bool:
        """Whether it has been approved."""
        return bool(self.approved_by)


def professional_leave(leave: Iterable[Away], terms: Terms) -> Figure:
    """The most days of granted professional and study leave within the United Kingdom in any three years, days off duty
    within it included; the note flags more than the recommended 30 (BTH-3.4.12.2-a)."""
    days = sorted({day for each in leave if each.granted and each.in_uk for day in every_day(each.first, each.last)})
    most, until = 0, date.min
    for last in days:
        since = _years_before(last)
        found = sum(since < day <= last for day in days)
        if found > most:
            most, until = found, last
    limit = terms.professional_leave_days
    words = f"Days in the three years to {in_words(until)}" if days else "No such leave"
    note = (
        f"This is over the recommended {plainly(limit)} days in three years. It is no entitlement."
        if most > limit
        else ""
    )
    return Figure(Fraction(most), DAYS, (Working(words, Fraction(most), DAYS),), note)


def every_day(first: date, last: date) -> Iterator[date]:
    """The days of a period, its last one included."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _years_before(day: date) -> date:
    try:
        return day.replace(year=day.year - YEARS_OF_QUOTA)
    except ValueError:  # the 29th of February
        return date(day.year - YEARS_OF_QUOTA, 2, 28)
