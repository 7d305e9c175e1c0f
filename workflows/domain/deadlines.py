"""Deadlines: from a rule of the policy and a start date to a due date, the reasons for it, and what time then does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from workflows.domain.calendars import ONE_DAY, Calendar, at_hour, end_of_day, in_full, in_words
from workflows.domain.errors import Broken
from workflows.domain.lengths import Length, NotALength
from workflows.domain.roles import Role

__all__ = [
    "CHANGERS", "HOLDERS", "HOUR_OF_REMINDERS", "Change", "DeadlineRule", "Effect", "Kind", "Length", "NotALength",
    "Planned", "Reckoning", "Rung", "Strength", "check_change", "plan_firings", "reckon",
]  # fmt: skip

NATIONAL = "national"
NATIONAL_TERMS = "TCS-"
"""How the ids of clauses of the national terms and conditions begin."""
HOLDERS = "holders"
"""On a ladder: whoever holds the step that the deadline is drawn on."""
HOUR_OF_REMINDERS = 7
CHANGERS = frozenset({Role.MEDICAL_DIRECTORATE, Role.AMD, Role.MEDICAL_DIRECTOR})
"""Who extends and pauses deadlines of cases that are theirs to watch, but not of their own plan."""


class Kind(StrEnum):
    """How the due date follows from the start date."""

    AFTER = "after"
    BEFORE = "before"
    WINDOW = "window"
    RECURRING = "recurring"
    MINIMUM_NOTICE = "minimum_notice"
    FIXED_DATE = "fixed_date"


class Strength(StrEnum):
    """How strongly the policy words it."""

    MUST = "must"
    NORMALLY = "normally"


class Effect(StrEnum):
    """What happens when the due date passes: a right lapses, the work is late and stays to be done, or is escalated; or
    the day simply comes, with what is drawn for it: nobody is late."""

    LAPSE = "lapse"
    LATE = "late"
    ESCALATE = "escalate"
    COME = "come"


@dataclass(frozen=True)
class Rung:
    """A step of the ladder: at an offset from the due date, remind or escalate to holders or to roles."""

    at: Length
    do: Literal["remind", "escalate"]
    to: tuple[str, ...]


@dataclass(frozen=True)
class DeadlineRule:
    """A deadline as the policy states it. `start` is the key of the fact whose date starts it.

    A window opens `length` and closes `until` before its start date. A fixed date has no length: the start fact is
    the date itself. `start_words` tell where it starts, with {date}.
    """

    key: str
    title: str
    clause: str
    kind: Kind
    start: str
    length: Length | None
    until: Length | None
    strength: Strength
    effect: Effect
    ladder: tuple[Rung, ...] = ()
    source: str = NATIONAL
    """ "national", or the key of the trust's policy that says so itself."""
    verified: bool = True
    """False for a national rule that nobody has read again in its source."""
    start_words: str = "The starting date is {date}."
    processes: tuple[str, ...] = ()
    """The processes whose cases keep it; empty: every process that draws it on a step or a timer."""
    met_by: str = ""
    """The fact that meets it, for one that binds the case as a whole; "": the end of the last step drawn with it."""

    @property
    def cited(self) -> str:
        """The clause to cite: a national default is not shown with the clause of another trust that words it."""
        return self.clause if self.source != NATIONAL or self.clause.startswith(NATIONAL_TERMS) else ""


@dataclass(frozen=True)
class Change:
    """An extension, whose `to_on` is the new due date, or a pause from `from_on` until `to_on`.

    `to_on` of a pause is the day on which the clock runs again; None while it is stopped. `by` is a name, `on` the
    day on which the change was made.
    """

    kind: str
    from_on: date | None
    to_on: date | None
    reason: str
    by: str
    on: date


@dataclass(frozen=True)
class Reckoning:
    """A due date with its reasons. `due_at` is the end of `due_on` in Europe/London, in UTC.

    For a minimum notice `due_on` is the first day on which the change may take effect, and `due_at` its beginning.
    While the clock is stopped (`stopped_on`), the due date is where it stood, and nothing is late.
    """

    opens_on: date | None
    due_on: date
    due_at: datetime
    lines: tuple[str, ...]
    starts_on: date
    stopped_on: date | None = None

    def is_past(self, at: datetime) -> bool:
        """Whether something done at this instant is late. The last instant of the due day is in time."""
        return self.stopped_on is None and at >= self.due_at


@dataclass(frozen=True)
class Planned:
    """Something that the clock has to do: the due date itself (rung 0), or a rung of the ladder, counted from 1."""

    kind: Literal["due", "remind", "escalate"]
    rung: int
    at: datetime


class NotLater(Broken):
    """The new date must be later than {due}, the date on which it is due now."""


class NoReason(Broken):
    """A change of a deadline needs a reason."""


class AlreadyStopped(Broken):
    """The clock of this deadline has been stopped since {since}. Start it again first."""


class PauseTooLate(Broken):
    """The due date, {due}, has passed, so there is no time left to stop. Extend it instead."""


class PauseBackwards(Broken):
    """A pause cannot end before it begins."""


def reckon(
    rule: DeadlineRule, start: date, start_source: str, calendar: Calendar, changes: Sequence[Change] = ()
) -> Reckoning:
    """The due date of a rule that started on a civil day, with a plain sentence for each step of the way.

    `start_source` says where the start date comes from ("the step Hold the meeting, completed by Dr Shah"); it may be
    empty. `changes` are in the order in which they were made; none of them brings a due date forward.
    """
    opens_on, due_on = _first_dates(rule, start, calendar)
    lines = [rule.start_words.format(date=in_words(start))]
    if start_source:
        lines.append(f"That date comes from {start_source}.")
    lines += _why(rule, start, opens_on, due_on, calendar)
    stopped_on = None
    for change in changes:
        if change.kind == "pause" and change.to_on is None and (change.from_on or change.on) <= due_on:
            stopped_on = change.from_on or change.on
        due_on, line = _changed(rule, change, due_on, calendar)
        lines.append(line)
    lines.append(_last_line(rule, due_on, stopped=stopped_on is not None))
    due_at = end_of_day(due_on - ONE_DAY if rule.kind is Kind.MINIMUM_NOTICE else due_on)
    return Reckoning(opens_on, due_on, due_at, tuple(lines), start, stopped_on)


def _first_dates(rule: DeadlineRule, start: date, calendar: Calendar) -> tuple[date | None, date]:
    if rule.length is None:
        return None, start
    if rule.kind is Kind.WINDOW:
        closing = rule.until or Length(0, "day")
        return (-rule.length).after(start, calendar), (-closing).after(start, calendar)
    length = -rule.length if rule.kind is Kind.BEFORE else rule.length
    return None, length.after(start, calendar)


def _why(rule: DeadlineRule, start: date, opens_on: date | None, due_on: date, calendar: Calendar) -> Iterable[str]:
    due, ground = in_words(due_on), _ground(rule)
    if rule.kind is Kind.FIXED_DATE:
        yield f"That date itself is the deadline ({ground})."
    elif opens_on is not None:
        yield (
            f"The time for it is {rule.length} to {rule.until} before then: "
            f"from {in_words(opens_on)} to {due} ({ground})."
        )
    elif rule.kind is Kind.BEFORE:
        yield f"{rule.length} before then is {due} ({ground})."
    elif rule.kind is Kind.MINIMUM_NOTICE:
        yield f"At least {rule.length} of notice from then run to {due} ({ground})."
    else:
        yield f"{rule.length} from then is {due} ({ground})."
    yield from _notes(rule, start, due_on, calendar)


def _notes(rule: DeadlineRule, start: date, due_on: date, calendar: Calendar) -> Iterable[str]:
    """What a reader who counts along would stumble over."""
    if rule.length is None:
        return
    if rule.length.unit == "working day":
        skipped = calendar.holidays_between(*sorted((start, due_on)))
        closed = f", and the bank holidays of {', '.join(in_words(day) for day in skipped)}" if skipped else ""
        yield f"Saturdays and Sundays{closed or ' and bank holidays'} are not counted."
    if rule.length.unit in ("month", "year") and due_on.day != start.day:
        yield f"That month has no day {start.day}, so its last day counts."


def _ground(rule: DeadlineRule) -> str:
    """Which rule says so: "CPFT-7.5-a: must", or the national rule."""
    if rule.source != NATIONAL:
        return f"{rule.clause}: {rule.strength}"
    words = "national rule" if rule.verified else "national default, not verified"
    return f"{words}{f', {rule.cited}' if rule.cited else ''}: {rule.strength}"


def _changed(rule: DeadlineRule, change: Change, due_on: date, calendar: Calendar) -> tuple[date, str]:
    reason = change.reason.strip().rstrip(".")
    if change.kind == "extension":
        until = max(due_on, change.to_on or due_on)
        return until, f"Extended to {in_words(until)} by {change.by} on {in_words(change.on)}: {reason}."
    since = change.from_on or change.on
    if since > due_on:
        return due_on, f"Stopped on {in_words(since)} by {change.by}, after the due date, which stays: {reason}."
    if change.to_on is None:
        return due_on, f"The clock has been stopped since {in_words(since)} by {change.by}: {reason}."
    gained = _days_gained(rule, since, change.to_on, calendar)
    due_on = gained.after(due_on, calendar)
    return due_on, (
        f"The clock was stopped from {in_words(since)} to {in_words(change.to_on)} by {change.by}: {reason}. "
        f"That adds {gained}: {in_words(due_on)}."
    )


def _days_gained(rule: DeadlineRule, since: date, until: date, calendar: Calendar) -> Length:
    if rule.length is not None and rule.length.unit == "working day":
        return Length(calendar.working_days(since, until), "working day")
    return Length(max((until - since).days, 0), "day")


def _last_line(rule: DeadlineRule, due_on: date, *, stopped: bool) -> str:
    if rule.kind is Kind.MINIMUM_NOTICE:
        return f"It can take effect on {in_full(due_on)} at the earliest."
    if stopped:
        return f"Without more days of pause it would be due by the end of {in_full(due_on)}."
    return f"It is due by the end of {in_full(due_on)}."


def check_change(reckoning: Reckoning, change: Change) -> None:
    """Raise the rule that this new change would break; `reckoning` is where the deadline stands before it."""
    if not change.reason.strip():
        raise NoReason
    if change.kind == "extension" and (change.to_on is None or change.to_on <= reckoning.due_on):
        raise NotLater(due=in_words(reckoning.due_on))
    if change.kind == "pause" and reckoning.stopped_on is not None:
        raise AlreadyStopped(since=in_words(reckoning.stopped_on))
    if change.kind == "pause" and (change.from_on or change.on) > reckoning.due_on:
        raise PauseTooLate(due=in_words(reckoning.due_on))
    if change.kind == "pause" and change.from_on and change.to_on and change.to_on < change.from_on:
        raise PauseBackwards


def plan_firings(rule: DeadlineRule, reckoning: Reckoning) -> list[Planned]:
    """What the clock has to do for a deadline, in order of time; nothing while it is stopped.

    The due date fires at the end of the due day; each rung of the ladder at 07:00 in London, its offset from the due
    day. A reminder that would fall on or before the day on which a deadline of the kind `after` starts is left out: it
    would come with the task itself.
    """
    if reckoning.stopped_on is not None:
        return []
    planned = [Planned("due", 0, reckoning.due_at)]
    for number, rung in enumerate(rule.ladder, start=1):
        day = rung.at.after(reckoning.due_on, Calendar())
        counts_forward = reckoning.starts_on < reckoning.due_on
        if not (rung.do == "remind" and counts_forward and day <= reckoning.starts_on):
            planned.append(Planned(rung.do, number, at_hour(day, HOUR_OF_REMINDERS)))
    return sorted(planned, key=lambda item: (item.at, item.rung))
