"""What a clock takes up when it looks by itself: the first of what is due that nobody else has."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflows.store import firings, messages
from workflows.store.firings import Claimed
from workflows.store.models import Message


def claim_first(session: Session, *, now: datetime) -> Claimed | None:
    due = firings.due_ids(session, now=now, limit=100)
    claimed = (firings.claim(session, firing_id=one, now=now) for one in due)
    return next((one for one in claimed if one is not None), None)


def deliver_first(session: Session, *, now: datetime) -> Message | None:
    due = messages.due_ids(session, now=now, limit=100)
    claimed = (messages.claim(session, message_id=one, now=now) for one in due)
    return next((one for one in claimed if one is not None), None)
