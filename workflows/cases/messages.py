"""Delivering the outbox between cases, one message a transaction."""

from datetime import datetime, timedelta

from workflows.domain.vocabulary import PROCESSES
from workflows.engine import openings, releases, runner
from workflows.engine.moves import NOBODY
from workflows.store import Session
from workflows.store import cases as case_rows
from workflows.store import messages as message_rows
from workflows.store import people as people_rows
from workflows.store.models import Message

LOOK_AGAIN = timedelta(hours=1)
"""A message that nobody waits for yet is taken by the move that comes to wait for it; this only makes sure."""

KEPT_UNTIL_AWAITED = frozenset({"dispute_closed"})
"""Answers that may come before their case waits for them. The others only say "look again"."""


def waiting_messages(session: Session, *, now: datetime, limit: int = 50) -> list[int]:
    """Messages that can be delivered now, first due first: the ids of at most `limit`."""
    return message_rows.due_ids(session, now=now, limit=limit)


def deliver(session: Session, *, message_id: int, now: datetime) -> bool:
    """Deliver one message, or leave it to whoever has it already. Returns whether it was delivered here.

    A message whose process this trust's release does not have yet waits in the outbox until one does; so does the
    start of a doctor's plan while another case of theirs is open.
    """
    message = message_rows.claim(session, message_id=message_id, now=now)
    if message is None:
        return False
    done = start(session, message, now) if message.kind == "start" else tell(session, message, now)
    if not done:
        message_rows.postpone(session, message_id=message.id, until=now + LOOK_AGAIN)
    return done


def start(session: Session, message: Message, now: datetime) -> bool:
    """Start the case that a message asks for, once its diagram is published and no other case of the doctor's plan
    is open: of two drafts at a time, each from the plan in force, the later would undo the earlier."""
    loaded = releases.published(session, trust_id=message.trust_id)
    if message.name not in loaded.diagrams.drawings and message.name in PROCESSES:
        return False
    if message.name == "individual_planning" and under_way(session, message):
        return False
    openings.open_case(
        session,
        trust_id=message.trust_id,
        process=message.name,
        facts=message.facts,
        now=now,
        parent_id=message.sender_id,
    )
    return True


def under_way(session: Session, message: Message) -> bool:
    """Whether the doctor whom a new case would be about has one open already."""
    people_rows.lock_trust(session, trust_id=message.trust_id)
    running = case_rows.open_like(
        session,
        trust_id=message.trust_id,
        process=message.name,
        year=message.facts["year"],
        subject_id=message.facts["subject"],
        care_group_id=None,
    )
    return running is not None


def tell(session: Session, message: Message, now: datetime) -> bool:
    """Tell a case something. One that does not wait for it keeps an answer for later and forgets a poke."""
    case = case_rows.by_id(session, case_id=message.receiver_id) if message.receiver_id else None
    if case is None or case.status == "closed":
        return True
    move = runner.open_move(session, case=case, now=now, by=NOBODY)
    taken = runner.receive(move, name=message.name, facts=message.facts)
    return taken or message.name not in KEPT_UNTIL_AWAITED
