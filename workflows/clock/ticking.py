"""A tick: all that is due at an instant, some dozens in a transaction, and then the post between cases.

Any number of clocks may tick: a firing is claimed in the transaction that does it, so it happens once. A failure is
kept as an incident and tried again, later each time; it never stops the others.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from workflows import cases, deadlines, front_door
from workflows.clock.looking import AT_ONCE, Sessions, Tally, look
from workflows.domain.errors import Broken, Unsound
from workflows.engine import incident_lines
from workflows.store import Session
from workflows.store import firings as firing_rows
from workflows.store import incidents as incident_rows
from workflows.store import messages as message_rows

log = logging.getLogger(__name__)

TOGETHER = 50
"""How many things are done in one transaction: few enough that nobody whose case is among them waits for long."""
BACK_OFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
ROUNDS = 200
"""How often "move forward" goes back to the outbox before it gives up: cases that start cases that start cases."""


def tick(sessions: Sessions, *, at: datetime, alive: Callable[[], None] = lambda: None) -> Tally:
    """Do all that is due at an instant, in order of time, then deliver what has been sent between cases.

    alive: called between the batches of a long look, so that nobody takes the clock for silent.
    """
    tally = Tally()
    oldest = next_due(sessions, at)
    if oldest is not None:
        tally.lateness_ms = int((at - oldest).total_seconds() * 1000)
    while fire_together(sessions, tally, at) or fire_alone(sessions, tally, at):
        alive()
    deliver(sessions, tally, at, alive)
    return tally


def fire_together(sessions: Sessions, tally: Tally, at: datetime) -> bool:
    """Do some of what is due in one transaction; says whether anything was done. If one of them fails, none is done:
    they are left to be done alone, so that its failure is its own."""
    try:
        with sessions() as session:
            done = front_door.perform(session, deadlines.fire_many, now=at, limit=TOGETHER)
    except Exception:
        log.info("One of what is due together failed: each is done alone", exc_info=True)
        return False
    tally.done.update(done)
    return bool(done)


def fire_alone(sessions: Sessions, tally: Tally, at: datetime) -> bool:
    """Do what is due one by one; says whether anything was ours to do. What another clock is just doing still looks due
    until it commits: it is left alone."""
    due = look(sessions, lambda session: deadlines.due_firings(session, now=at, limit=AT_ONCE))
    return sum(fire(sessions, tally, firing_id, at) for firing_id in due) > 0


def fire(sessions: Sessions, tally: Tally, firing_id: int, at: datetime) -> bool:
    """Do one firing, and say whether it was ours to do. A failure postpones it, so that the look comes to an end."""
    try:
        with sessions() as session:
            done = front_door.perform(session, fire_and_settle, firing_id=firing_id, now=at)
    except Exception as fault:  # noqa: BLE001 - the tick must go on with what is due elsewhere
        with sessions() as session:
            front_door.perform(session, put_off, of=partial(tried_firing, firing_id=firing_id), fault=fault, now=at)
        done = "failed"
    if done:
        tally.done[done] += 1
    return done is not None


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
            front_door.perform(session, put_off, of=partial(tried_message, message_id=message_id), fault=fault, now=at)
        tally.done["failed"] += 1


def fire_and_settle(session: Session, *, firing_id: int, now: datetime) -> str | None:
    """Do one firing; if it failed before, that is settled now."""
    done = deadlines.fire(session, firing_id=firing_id, now=now)
    if done:
        settle(session, tried_firing(session, firing_id=firing_id), now)
    return done


def deliver_and_settle(session: Session, *, message_id: int, now: datetime) -> bool:
    """Deliver one message; if it failed before, that is settled now, even where the message goes on waiting."""
    done = cases.deliver(session, message_id=message_id, now=now)
    settle(session, tried_message(session, message_id=message_id), now)
    return done


class Tried(NamedTuple):
    """Something that is tried until it goes through, as the incident of its failure tells of it."""

    key: str
    trust_id: int
    case_id: int | None
    element: str
    attempts: int
    """How often it has failed."""
    waits: bool


def tried_firing(session: Session, *, firing_id: int) -> Tried | None:
    """A firing."""
    row = firing_rows.by_id(session, firing_id=firing_id)
    if row is None:
        return None
    line, waits = row.deadline, row.status == "waiting"
    return Tried(f"firing:{row.id}", row.trust_id, line.case_id, line.name, row.attempts, waits)


def tried_message(session: Session, *, message_id: int) -> Tried | None:
    """A message: what fails is a matter of the case that receives it, or else of the one that sent it."""
    row = message_rows.by_id(session, message_id=message_id)
    if row is None:
        return None
    case_id, waits = row.receiver_id or row.sender_id, row.status == "waiting"
    return Tried(f"message:{row.id}", row.trust_id, case_id, row.name, row.attempts, waits)


def settle(session: Session, tried: Tried | None, now: datetime) -> None:
    """It has gone through: what failed before is settled."""
    if tried is not None and tried.attempts:
        incident_lines.settle(session, case_id=tried.case_id, key=tried.key, element=tried.element, now=now)


def put_off(session: Session, *, of: Callable[[Session], Tried | None], fault: Exception, now: datetime) -> None:
    """Try what has failed again later, and keep an incident."""
    tried = of(session)
    if tried is None or not tried.waits:
        return
    incident_rows.try_later(session, key=tried.key, until=now + back_off(tried.attempts))
    front_door.note_incident(
        session,
        trust_id=tried.trust_id,
        case_id=tried.case_id,
        key=tried.key,
        element=(fault.element if isinstance(fault, Unsound) else "") or tried.element,
        sentence=sentence(fault),
        now=now,
    )


def sentence(fault: Exception) -> str:
    """A failure as an incident tells it. What was not foreseen goes to the log with its trace."""
    if isinstance(fault, Broken):
        return fault.sentence
    log.error("A move of the clock failed", exc_info=fault)
    return f"Something that nobody foresaw went wrong ({type(fault).__name__}). It will be tried again."


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts."""
    return BACK_OFF[min(attempts, len(BACK_OFF) - 1)]


def next_due(sessions: Sessions, until: datetime, *, untried: bool = False) -> datetime | None:
    """When time next has something to do, up to an instant; only what has not failed yet, if `untried`."""
    with sessions() as session:
        due = firing_rows.next_due_at(session, untried=untried)
    return due if due is not None and due <= until else None
