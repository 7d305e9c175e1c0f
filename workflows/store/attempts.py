"""Attempts that count towards a limit. What is limited is kept as its SHA-256: no list of addresses comes of it."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflows.store.models import Attempt


def hashed(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def since(session: Session, *, key: str, after: datetime) -> list[datetime]:
    """When it was attempted after an instant, the oldest first."""
    wanted = select(Attempt.at).where(Attempt.key == hashed(key), Attempt.at > after).order_by(Attempt.at)
    return list(session.scalars(wanted))


def add(session: Session, *, key: str, now: datetime) -> int:
    """Count an attempt; returns its id."""
    row = Attempt(key=hashed(key), at=now)
    session.add(row)
    session.flush()
    return row.id


def forget(session: Session, *, ids: Iterable[int], key: str) -> None:
    """These do not count, nor does any of the key: it was its owner."""
    session.execute(delete(Attempt).where(Attempt.id.in_(list(ids)) | (Attempt.key == hashed(key))))


def prune(session: Session, *, before: datetime) -> int:
    """Delete attempts from before an instant; returns how many."""
    old = delete(Attempt).where(Attempt.at < before).returning(Attempt.id)
    return len(session.scalars(old.execution_options(synchronize_session=False)).all())
