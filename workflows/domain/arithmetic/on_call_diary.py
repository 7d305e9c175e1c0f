"""The diary of on-call work: what doctors enter, what of it counts, and what an average weekday and weekend come to.

BTH 3.2.3, 3.4.13.2 and Appendix 4, Step 1. The averages are those of the whole team; nobody's share is worked out here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import NamedTuple

from workflows.domain.arithmetic.on_call import Work
from workflows.domain.arithmetic.times import LONGEST_DAY, WEEK
from workflows.domain.arithmetic.working import HOURS, Working, plainly
from workflows.domain.errors import NotAllowed

DEFAULT_WEEKS = 10
"""How long a diary is kept where the specialty agrees nothing else (BTH 3.4.13.2)."""
A_WEEK, A_DAY = timedelta(weeks=1), timedelta(days=1)
SATURDAY = 5


class DiaryTooShort(NotAllowed):
    """A diary needs at least one whole week, or there is no average of weekdays and weekends."""


class CapacityWorkOnCall(NotAllowed):
    """{work} overlaps with on-call time ({on_call}). Nobody may do capacity work while on call, and the trust may not
    ask for it (BTH 3.4.17): choose another time. There is no exception to this."""


class Slot(NamedTuple):
    """A time of the week: one of WEEK, and "HH:MM" twice; an end that is not after the start is the next day's."""

    day: str
    start: str
    end: str
    title: str = ""


@dataclass(frozen=True)
class Entry:
    """Work done on call: from when to when; an end that is not after the start is the next day's."""

    day: date
    start: time
    end: time
    predictable: bool
    in_pa: bool = False
    """Whether it fell inside a programmed activity that is timetabled already."""

    @property
    def began(self) -> datetime:
        """When it began, on the clock of the wall."""
        return datetime.combine(self.day, self.start)

    @property
    def ended(self) -> datetime:
        """When it ended."""
        return datetime.combine(self.day if self.end > self.start else self.day + A_DAY, self.end)

    @property
    def hours(self) -> Fraction:
        """How long it took."""
        return _hours(self.ended - self.began)

    @property
    def implausible(self) -> bool:
        """Whether it looks like a slip: no more than that is worked without a break as a rule."""
        return self.hours > LONGEST_DAY

    def overlaps(self, other: "Entry") -> bool:
        """Whether the two have any time in common."""
        return self.began < other.ended and other.began < self.ended


@dataclass(frozen=True)
class Averages:
    """What a diary comes to for the whole team, on an average weekday and an average weekend."""

    predictable: Work
    unpredictable: Work
    in_pa: Fraction
    """Hours inside a timetabled PA: left out of both (BTH 3.2.3)."""
    non_emergency: Fraction
    """Hours of programmed work in a specialty that routinely handles emergencies: no emergency work (BTH 3.2.3)."""
    weekdays: int
    weekends: Fraction
    working: tuple[Working, ...]

    @property
    def together(self) -> Work:
        """Predictable and unpredictable work."""
        return self.predictable + self.unpredictable


class Regular(NamedTuple):
    """Predictable work that came back at the same time of the week: it belongs in the timetable (BTH 3.2.3)."""

    slot: Slot
    times: int
    weeks: int


def last_day(first: date, weeks: int = DEFAULT_WEEKS) -> date:
    """The last day of a diary of so many weeks. Raises DiaryTooShort."""
    if weeks < 1:
        raise DiaryTooShort
    return first + weeks * A_WEEK - A_DAY


def averages(entries: Iterable[Entry], first: date, last: date, *, routine_emergencies: bool = False) -> Averages:
    """The averages of a diary kept from the first day to the last, both included, by whoever entered what.

    Work is split at midnight, so that Friday's night counts to the weekend from then on. routine_emergencies: the
    specialty by its nature deals with emergencies as a routine: its programmed work is no emergency work (BTH 3.2.3).
    Raises DiaryTooShort.
    """
    weekdays, weekends = _counted(first, last)
    sums: Counter[tuple[str, bool]] = Counter()
    for entry in entries:
        for at_weekend, hours in _pieces(entry):
            sums[_kind(entry, routine_emergencies=routine_emergencies), at_weekend] += hours  # type: ignore[assignment]
    predictable, lines = _average("predictable", sums, weekdays, weekends)
    unpredictable, more = _average("unpredictable", sums, weekdays, weekends)
    left_out = {kind: Fraction(sums[kind, False] + sums[kind, True]) for kind in ("in_pa", "non_emergency")}
    return Averages(predictable, unpredictable, **left_out, weekdays=weekdays, weekends=weekends, working=lines + more)


def regular(entries: Iterable[Entry], first: date, last: date) -> tuple[Regular, ...]:
    """Predictable work that was done at the same time of the week in at least half of the diary's weeks, and that is
    not timetabled yet: each belongs in the plan as a line with PAs of its own (BTH-3.2.3-a)."""
    weeks = max(1, ((last - first) + A_DAY) // A_WEEK)
    found = {
        (entry.day, entry.start, entry.end) for entry in entries if entry.predictable and not entry.in_pa
    }  # several doctors on one ward round are one line
    times = Counter((day.weekday(), start, end) for day, start, end in found)
    return tuple(
        Regular(Slot(WEEK[day], f"{start:%H:%M}", f"{end:%H:%M}"), often, weeks)
        for (day, start, end), often in sorted(times.items())
        if often >= 2 and 2 * often >= weeks
    )


def hours_outside(entry: Entry, timetabled: Sequence[Slot]) -> Fraction:
    """The hours of an entry that fall inside no timetabled PA: what may count as unpredictable work (BTH-3.2.3-b)."""
    began = _minute(entry.day.weekday(), f"{entry.start:%H:%M}")
    minutes = set(range(began, began + int(entry.hours * 60)))
    for slot in timetabled:
        for first, last in _spans(slot):
            minutes -= {minute for minute in minutes if first <= minute % WEEK_OF_MINUTES < last}
    return Fraction(len(minutes), 60)


def refuse_capacity_work(work: Iterable[Slot], on_call: Iterable[Slot]) -> None:
    """Capacity work is never done on call, whoever asks for it (BTH-3.4.17-a). Raises CapacityWorkOnCall: there is no
    argument that lets it through."""
    duties = list(on_call)
    for line in work:
        for duty in duties:
            if overlap(line, duty):
                raise CapacityWorkOnCall(work=_in_words(line), on_call=_in_words(duty))


def overlap(one: Slot, other: Slot) -> bool:
    """Whether two times of the week have anything in common."""
    return any(a < d and c < b for a, b in _spans(one) for c, d in _spans(other))


WEEK_OF_MINUTES = 7 * 24 * 60


def _spans(slot: Slot) -> Iterator[tuple[int, int]]:
    """A slot as minutes of the week, in two parts where it runs over Sunday's midnight."""
    day = WEEK.index(slot.day)
    first, last = _minute(day, slot.start), _minute(day, slot.end)
    if last <= first:
        last += 24 * 60
    yield first, min(last, WEEK_OF_MINUTES)
    if last > WEEK_OF_MINUTES:
        yield 0, last - WEEK_OF_MINUTES


def _minute(day: int, clock: str) -> int:
    hours, minutes = clock.split(":")
    return day * 24 * 60 + int(hours) * 60 + int(minutes)


def _in_words(slot: Slot) -> str:
    when = f"{slot.day.capitalize()} {slot.start} to {slot.end}"
    return f"{slot.title}, {when}" if slot.title else when


def _kind(entry: Entry, *, routine_emergencies: bool) -> str:
    if entry.in_pa:
        return "in_pa"
    if not entry.predictable:
        return "unpredictable"
    return "non_emergency" if routine_emergencies else "predictable"


def _pieces(entry: Entry) -> Iterator[tuple[bool, Fraction]]:
    """Hours of an entry by whether they lie in a weekend."""
    at, end = entry.began, entry.ended
    while at < end:
        midnight = datetime.combine(at.date() + A_DAY, time())
        until = min(midnight, end)
        yield at.weekday() >= SATURDAY, _hours(until - at)
        at = until


def _hours(length: timedelta) -> Fraction:
    return Fraction(length // timedelta(minutes=1), 60)


def _counted(first: date, last: date) -> tuple[int, Fraction]:
    """How many weekdays and weekends a period has; half a weekend counts as half."""
    days = [first + A_DAY * each for each in range((last - first).days + 1)]
    if len(days) < 7:
        raise DiaryTooShort
    of_weekends = sum(day.weekday() >= SATURDAY for day in days)
    return len(days) - of_weekends, Fraction(of_weekends, 2)


def _average(
    kind: str, sums: Counter[tuple[str, bool]], weekdays: int, weekends: Fraction
) -> tuple[Work, tuple[Working, ...]]:
    of_weekdays, of_weekends = Fraction(sums[kind, False]), Fraction(sums[kind, True])
    work = Work(of_weekdays / weekdays, of_weekends / weekends)
    title = kind.capitalize()
    return work, (
        Working(
            f"{title} work on weekdays: {plainly(of_weekdays)} h over {weekdays} weekdays", work.weekday_hours, HOURS
        ),
        Working(
            f"{title} work at weekends: {plainly(of_weekends)} h over {plainly(weekends)} weekends",
            work.weekend_hours,
            HOURS,
        ),
    )
