"""Clock time to PAs: a stretch is parted at midnight and at the window's edges, and each part valued by the contract.

Times are civil times as a timetable says them; the two nights on which the clock changes count like any other.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from workflows.domain.arithmetic.terms import MINUTES_IN_HOUR, WEEKDAYS, Terms, minutes
from workflows.domain.arithmetic.working import PA, Working, plainly

WEEK = WEEKDAYS
MIDNIGHT = 24 * MINUTES_IN_HOUR
LONGEST_DAY = 13
"""Hours without a break: more would leave less than eleven hours of rest in a day."""
AGREED, OWN_CHOICE, NOT_SAID = "agreed", "own_choice", ""
PREMIUM = (NOT_SAID, AGREED, OWN_CHOICE)
"""What a line says of its premium time: agreed between doctor and trust, the doctor's own choice, or nothing."""


@dataclass(frozen=True)
class Piece:
    """A part of a stretch that lies in one day and in one kind of time. Minutes from midnight."""

    day: str
    """Of the week; "" for a weekday that is not fixed."""
    start: int
    end: int
    premium: bool
    holiday: bool = False

    @property
    def hours(self) -> Fraction:
        """How long it is."""
        return Fraction(self.end - self.start, MINUTES_IN_HOUR)

    @property
    def when(self) -> str:
        """ "Monday 20:00 to 24:00"."""
        day = self.day.capitalize() if self.day else "A weekday"
        return f"{day}{', a public holiday,' if self.holiday else ''} {_clock(self.start)} to {_clock(self.end)}"


def pieces(
    day: str, start: str, end: str, terms: Terms, *, holidays: Collection[date] = (), on: date | None = None
) -> tuple[Piece, ...]:
    """A stretch parted at midnight and at the edges of the plain window (BTH-3.2.8).

    `start` and `end` are "HH:MM"; an end that is not after the start lies in the next day, so equal times are a whole
    day. `on` is the date of its first day where it has one: then that day's weekday counts, and `holidays` are known.
    """
    begins, ends = minutes(start), minutes(end)
    if ends > begins:
        return tuple(_of_day(_Day.of(day, on, holidays), begins, ends, terms))
    tomorrow = _Day.of(following(day), on + timedelta(days=1) if on else None, holidays)
    return (*_of_day(_Day.of(day, on, holidays), begins, MIDNIGHT, terms), *_of_day(tomorrow, 0, ends, terms))


def following(day: str) -> str:
    """The next day of the week; a weekday that is not fixed is followed by another."""
    return WEEK[(WEEK.index(day) + 1) % len(WEEK)] if day else ""


@dataclass(frozen=True)
class _Day:
    name: str
    holiday: bool

    @classmethod
    def of(cls, name: str, on: date | None, holidays: Collection[date]) -> "_Day":
        return cls(WEEK[on.weekday()], on in holidays) if on else cls(name, False)


def _of_day(day: _Day, start: int, end: int, terms: Terms) -> Iterator[Piece]:
    plain = not day.holiday and (not day.name or day.name in terms.plain_days)
    opens, closes = terms.plain_window if plain else (MIDNIGHT, MIDNIGHT)
    for begins, ends, premium in ((0, opens, True), (opens, closes, False), (closes, MIDNIGHT, True)):
        low, high = max(start, begins), min(end, ends)
        if low < high:
            yield Piece(day.name, low, high, premium, day.holiday)


def hours_per_pa(premium: bool, said: str, terms: Terms) -> Fraction:
    """How many hours make a PA: of premium time fewer, unless it is the doctor's own choice (BTH-3.4.3-c) or, where
    the policy wants agreement, nobody has agreed to it (BTH-3.4.3-b)."""
    counts = said == AGREED or (said == NOT_SAID and not terms.premium_needs_agreement)
    return terms.premium_hours_per_pa if premium and counts else terms.plain_hours_per_pa


def valued(piece: Piece, said: str, terms: Terms) -> Working:
    """The PAs of a piece, as a line of working."""
    rate = hours_per_pa(piece.premium, said, terms)
    kind = "plain"
    if piece.premium:
        kind = {AGREED: "premium", OWN_CHOICE: "premium by own choice"}.get(
            said, "premium that nobody has agreed" if terms.premium_needs_agreement else "premium"
        )
    words = f"{piece.when}: {plainly(piece.hours)} h {kind} at {plainly(rate)} h a PA"
    return Working(words, piece.hours / rate, PA)


def pas_of(
    day: str,
    start: str,
    end: str,
    premium: str,
    terms: Terms,
    *,
    holidays: Collection[date] = (),
    on: date | None = None,
) -> tuple[Working, ...]:
    """The value of a stretch, line by line; their sum is its PAs. `premium` is one of PREMIUM."""
    parts = pieces(day, start, end, terms, holidays=holidays, on=on)
    return tuple(valued(piece, premium, terms) for piece in parts)


def _clock(minute: int) -> str:
    return f"{minute // MINUTES_IN_HOUR:02}:{minute % MINUTES_IN_HOUR:02}"
