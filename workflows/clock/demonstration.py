"""The demonstration's own clock, which visitors move forward; elsewhere time is the real one."""

from datetime import UTC, datetime, timedelta

from workflows import cases, front_door
from workflows.clock.beginning import begin_plans
from workflows.clock.looking import Sessions, Tally
from workflows.clock.ticking import deliver, next_due, tick
from workflows.domain.calendars import at_hour
from workflows.store import Session
from workflows.store import demonstration as demonstration_rows


def now(session: Session, *, demonstration: bool) -> datetime:
    """The instant: the real one, or in a demonstration as far ahead of it as visitors have moved its clock."""
    real = datetime.now(UTC)
    return real + timedelta(seconds=demonstration_rows.seconds_ahead(session)) if demonstration else real


def move_forward(sessions: Sessions, *, until: datetime) -> Tally:
    """Move the demonstration's clock to an instant: what falls due on the way happens in order, each at its own time.

    An instant in the past moves nothing. What fails on the way is tried again only along with other things, and by
    the clock that runs: its every repetition would make a long move endless.
    """
    with sessions() as session:
        at = now(session, demonstration=True)
    tally = pass_time(sessions, at=at, until=until)
    with sessions() as session:
        front_door.perform(session, set_ahead, until=until)
    return tally


def pass_time(sessions: Sessions, *, at: datetime, until: datetime) -> Tally:
    """Let time go by from one instant to another: what falls due on the way happens in order, each at its own time."""
    tally = Tally()
    begin_plans(sessions, tally, at)
    deliver(sessions, tally, at)
    while (due := next_instant(sessions, at, until)) is not None:
        at = max(at, due)
        begin_plans(sessions, tally, at)
        tally.done += tick(sessions, at=at).done
    return tally


def next_instant(sessions: Sessions, at: datetime, until: datetime) -> datetime | None:
    """When time next has something to do: what falls due, or the first day of an agreed plan, as it begins."""
    due = next_due(sessions, until, untried=True)
    with sessions() as session:
        day = cases.next_first_day_of_a_plan(session, after=at)
    begins = at_hour(day, 0) if day else None
    return min((one for one in (due, begins) if one is not None and one <= until), default=None)


def set_ahead(session: Session, *, until: datetime) -> None:
    """Set the demonstration's clock on to an instant; never back."""
    seconds = int((until - datetime.now(UTC)).total_seconds())
    if seconds > 0:
        demonstration_rows.move_to(session, seconds_ahead=seconds)
