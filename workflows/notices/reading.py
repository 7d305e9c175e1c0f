"""Verbs on notices: a person has read what they were told."""

from collections.abc import Iterable
from datetime import datetime

from workflows.store import Session
from workflows.store import notices as notice_rows


def mark_read(session: Session, *, person_id: int, notice_ids: Iterable[int], now: datetime) -> None:
    """The person has opened these notices; those of others are passed over, and the first opening counts."""
    notice_rows.mark_read(session, person_id=person_id, notice_ids=notice_ids, now=now)
