"""Verbs on the secret address under which somebody's calendar reads the dates of their board."""

import secrets
from datetime import datetime

from workflows.store import Session
from workflows.store import following as rows
from workflows.store import people as people_rows


def make_feed(session: Session, *, person_id: int, trust_id: int, now: datetime) -> str:
    """A new address; returns its token, which is kept nowhere. The address before it is dead from now on."""
    people_rows.lock_trust(session, trust_id=trust_id)
    token = secrets.token_urlsafe(32)
    rows.make_feed(session, trust_id=trust_id, person_id=person_id, token=token, now=now)
    return token


def end_feed(session: Session, *, person_id: int) -> None:
    """No calendar reads any more."""
    rows.end_feed(session, person_id=person_id)
