"""The clock: time as a way in. It does what is due, each thing in its own transaction, and delivers the outbox.

Any number of clocks may run: a firing is claimed in the transaction that does it, so it happens once. A failure is kept
as an incident and tried again, later each time; it never stops the others.
"""

import logging
import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler

from workflows import cases, deadlines, front_door
from workflows.domain.calendars import civil_day
from workflows.domain.errors import Broken, Unsound
from workflows.store import Session
from workflows.store import demonstration as demonstration_rows
from workflows.store import firings as firing_rows
from workflows.store import heartbeats as heartbeat_rows
from workflows.store import incidents as incident_rows
from workflows.store import messages as message_rows

log = logging.getLogger(__name__)

Sessions = Callable[[], Session]
"""Makes a session of its own for each use; closing it gives its connection back."""

CADENCE_SECONDS = 1
AT_ONCE = 200
"""How many things one look takes up before it looks again."""
BACK_OFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
ROUNDS = 200
"""How often "move forward" goes back to the outbox before it gives up: cases that start cases that start cases."""


@dataclass
class Tally:
    """What a look at the clock did: how many of each kind; how late it was with the first of what was due, in
    milliseconds, None when nothing was due."""

    done: Counter[str] = field(default_factory=Counter)
    lateness_ms: int | None = None

    def __bool__(self) -> bool:
        return bool(self.done)


def now(session: Session, *, demonstration: bool) -> datetime:
    """The instant: the real one, or in a demonstration as far ahead of it as visitors have moved its clock."""
    real = datetime.now(UTC)
    return real + timedelta(seconds=demonstration_rows.seconds_ahead(session)) if demonstration else real


def tick(
    sessions: Sessions, *, at: datetime, since: datetime | None = None, alive: Callable[[], None] = lambda: None
) -> Tally:
    """Do all that is due at an instant, in order of time, then deliver what has been sent between cases.

    since: the instant of the look before. Where a new civil day has begun, steps pass first to those who hold their
    roles today. alive: called between the batches of a long look, so that nobody takes the clock for silent.
    """
    tally = Tally()
    if since is not None and civil_day(since) < civil_day(at):
        rehold(sessions, tally, at, alive)
    oldest = next_due(sessions, at)
    if oldest is not None:
        tally.lateness_ms = int((at - oldest).total_seconds() * 1000)
    mine = True
    while mine and (due := look(sessions, lambda session: deadlines.due_firings(session, now=at, limit=AT_ONCE))):
        # What another clock is just doing still looks due until it commits: leave it alone and come back next time.
        mine = sum(fire(sessions, tally, firing_id, at) for firing_id in due) > 0
        alive()
    deliver(sessions, tally, at, alive)
    return tally


def fire(sessions: Sessions, tally: Tally, firing_id: int, at: datetime) -> bool:
    """Do one firing, and say whether it was ours to do. A failure postpones it, so that the look comes to an end."""
    try:
        with sessions() as session:
            done = front_door.perform(session, fire_and_settle, firing_id=firing_id, now=at)
    except Exception as fault:  # noqa: BLE001 - the tick must go on with what is due elsewhere
        with sessions() as session:
            front_door.perform(session, put_off_firing, firing_id=firing_id, fault=fault, now=at)
        done = "failed"
    if done:
        tally.done[done] += 1
    return done is not None


def rehold(sessions: Sessions, tally: Tally, at: datetime, alive: Callable[[], None]) -> None:
    """Let steps pass to today's holders of their roles, case by case. One that fails stays as it is until tomorrow."""
    for number, case_id in enumerate(look(sessions, cases.cases_that_wait), start=1):
        if number % AT_ONCE == 0:
            alive()
        try:
            with sessions() as session:
                passed = front_door.perform(session, cases.rehold, case_id=case_id, now=at)
        except Exception:
            log.exception("The steps of case %d could not pass to today's holders", case_id)
        else:
            tally.done.update({"passed_on": passed} if passed else {})


def deliver(sessions: Sessions, tally: Tally, at: datetime, alive: Callable[[], None] = lambda: None) -> None:
    """Deliver the outbox, and what its deliveries send in turn."""
    for _ in range(ROUNDS):
        waiting = look(sessions, lambda session: cases.waiting_messages(session, now=at, limit=AT_ONCE))
        if not waiting:
            return
        for message_id in waiting:
            deliver_one(sessions, tally, message_id, at)
        alive()


def deliver_one(sessions: Sessions, tally: Tally, message_id: int, at: datetime) -> None:
    """Deliver one message. A failure postpones it."""
    try:
        with sessions() as session:
            done = front_door.perform(session, deliver_and_settle, message_id=message_id, now=at)
        tally.done["delivered" if done else "kept"] += 1
    except Exception as fault:  # noqa: BLE001 - the tick must go on with what is due elsewhere
        with sessions() as session:
            front_door.perform(session, put_off_message, message_id=message_id, fault=fault, now=at)
        tally.done["failed"] += 1


def fire_and_settle(session: Session, *, firing_id: int, now: datetime) -> str | None:
    """Do one firing; if it failed before, that is settled now."""
    done = deadlines.fire(session, firing_id=firing_id, now=now)
    row = firing_rows.by_id(session, firing_id=firing_id) if done else None
    if row is not None and row.attempts:
        incident_rows.settle(session, key=f"firing:{firing_id}")
    return done


def deliver_and_settle(session: Session, *, message_id: int, now: datetime) -> bool:
    """Deliver one message; if it failed before, that is settled now, even where the message goes on waiting."""
    done = cases.deliver(session, message_id=message_id, now=now)
    row = message_rows.by_id(session, message_id=message_id)
    if row is not None and row.attempts:
        incident_rows.settle(session, key=f"message:{message_id}")
    return done


def look(sessions: Sessions, read: Callable[[Session], list[int]]) -> list[int]:
    """Read without a claim, and let the connection go."""
    with sessions() as session:
        return read(session)


def sentence(fault: Exception) -> str:
    """A failure as an incident tells it. What was not foreseen goes to the log with its trace."""
    if isinstance(fault, Broken):
        return fault.sentence
    log.error("A move of the clock failed", exc_info=fault)
    return f"Something that nobody foresaw went wrong ({type(fault).__name__}). It will be tried again."


def element_of(fault: Exception, otherwise: str) -> str:
    """Where in the diagram it went wrong, if the fault knows."""
    return (fault.element if isinstance(fault, Unsound) else "") or otherwise


def put_off_firing(session: Session, *, firing_id: int, fault: Exception, now: datetime) -> None:
    """Try a failed firing again later, and keep an incident."""
    row = firing_rows.by_id(session, firing_id=firing_id)
    if row is None or row.status != "waiting":
        return
    firing_rows.postpone(session, firing_id=firing_id, until=now + back_off(row.attempts))
    front_door.note_incident(
        session,
        trust_id=row.trust_id,
        case_id=row.deadline.case_id,
        key=f"firing:{firing_id}",
        element=element_of(fault, row.deadline.name),
        sentence=sentence(fault),
        now=now,
    )


def put_off_message(session: Session, *, message_id: int, fault: Exception, now: datetime) -> None:
    """Try a failed delivery again later, and keep an incident with the case that sent it."""
    row = message_rows.by_id(session, message_id=message_id)
    if row is None or row.status != "waiting":
        return
    message_rows.postpone(session, message_id=message_id, until=now + back_off(row.attempts))
    front_door.note_incident(
        session,
        trust_id=row.trust_id,
        case_id=row.receiver_id or row.sender_id,
        key=f"message:{message_id}",
        element=element_of(fault, row.name),
        sentence=sentence(fault),
        now=now,
    )


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts."""
    return BACK_OFF[min(attempts, len(BACK_OFF) - 1)]


def move_forward(sessions: Sessions, *, until: datetime) -> Tally:
    """Move the demonstration's clock to an instant: what falls due on the way happens in order, each at its own time.

    An instant in the past moves nothing. What fails on the way is tried again only along with other things, and by
    the clock that runs: its every repetition would make a long move endless.
    """
    tally = Tally()
    with sessions() as session:
        at = now(session, demonstration=True)
    deliver(sessions, tally, at)
    while (due := next_due(sessions, until, untried=True)) is not None:
        at = max(at, due)
        tally.done += tick(sessions, at=at).done
    with sessions() as session:
        front_door.perform(session, set_ahead, until=until)
    return tally


def next_due(sessions: Sessions, until: datetime, *, untried: bool = False) -> datetime | None:
    """When time next has something to do, up to an instant; only what has not failed yet, if `untried`."""
    with sessions() as session:
        due = firing_rows.next_due_at(session, untried=untried)
    return due if due is not None and due <= until else None


def set_ahead(session: Session, *, until: datetime) -> None:
    """Set the demonstration's clock on to an instant; never back."""
    seconds = int((until - datetime.now(UTC)).total_seconds())
    if seconds > 0:
        demonstration_rows.move_to(session, seconds_ahead=seconds)


def run(sessions: Sessions, *, demonstration: bool) -> None:
    """Run a clock until it is told to stop: look once a second, and leave a sign of life for /healthz."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    scheduler = BlockingScheduler(timezone=UTC)
    before = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)

    def alive(lateness_ms: int | None = None) -> None:
        with sessions() as session:
            front_door.perform(session, sign_of_life, clock=name, lateness_ms=lateness_ms)

    def beat() -> None:
        nonlocal before
        started = time.monotonic()
        try:
            with sessions() as session:
                at = now(session, demonstration=demonstration)
            tally = tick(sessions, at=at, since=before, alive=alive)
            before = at
            alive(tally.lateness_ms)
        except Exception:
            log.exception("The clock could not look; it looks again in a second")
            return
        if tally:
            log.info("Clock: %s in %.2f s", dict(tally.done), time.monotonic() - started)

    def stop(_number: int, _frame: FrameType | None) -> None:
        scheduler.shutdown(wait=False)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    scheduler.add_job(
        beat, "interval", seconds=CADENCE_SECONDS, max_instances=1, coalesce=True, next_run_time=datetime.now(UTC)
    )
    scheduler.start()


def sign_of_life(session: Session, *, clock: str, lateness_ms: int | None) -> None:
    """This clock is alive at this real instant. What it said last of its lateness stays while nothing is due."""
    heartbeat_rows.beat(session, clock=clock, now=datetime.now(UTC), lateness_ms=lateness_ms)
