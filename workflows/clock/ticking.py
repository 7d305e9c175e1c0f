"""A tick: all that is due at an instant, some dozens in a transaction, and then the post between cases.

Any number of clocks may tick: a firing is claimed in the transaction that does it, so it happens once. A failure is
kept as an incident and tried again, later each time; it never stops the others.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from workflows import cases, deadlines, front_door
from workflows.clock.looking import AT_ONCE, Sessions, Tally, look
from workflows.domain.errors import Broken, Unsound
from workflows.engine import incident_lines
from workflows.store import Session
from workflows.store import firings as firing_rows
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
            front_door.perform(session, put_off_firing, firing_id=firing_id, fault=fault, now=at)
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
            front_door.perform(session, put_off_message, message_id=message_id, fault=fault, now=at)
        tally.done["failed"] += 1


def fire_and_settle(session: Session, *, firing_id: int, now: datetime) -> str | None:
    """Do one firing; if it failed before, that is settled now."""
    done = deadlines.fire(session, firing_id=firing_id, now=now)
    row = firing_rows.by_id(session, firing_id=firing_id) if done else None
    if row is not None and row.attempts:
        line, key = row.deadline, f"firing:{firing_id}"
        incident_lines.settle(session, case_id=line.case_id, key=key, element=line.name, now=now)
    return done


def deliver_and_settle(session: Session, *, message_id: int, now: datetime) -> bool:
    """Deliver one message; if it failed before, that is settled now, even where the message goes on waiting."""
    done = cases.deliver(session, message_id=message_id, now=now)
    row = message_rows.by_id(session, message_id=message_id)
    if row is not None and row.attempts:
        case_id, key = row.receiver_id or row.sender_id, f"message:{message_id}"
        incident_lines.settle(session, case_id=case_id, key=key, element=row.name, now=now)
    return done


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


def next_due(sessions: Sessions, until: datetime, *, untried: bool = False) -> datetime | None:
    """When time next has something to do, up to an instant; only what has not failed yet, if `untried`."""
    with sessions() as session:
        due = firing_rows.next_due_at(session, untried=untried)
    return due if due is not None and due <= until else None
