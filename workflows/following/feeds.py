"""Verbs on what of the board leaves Accord: a calendar that reads its dates at a secret address, and its workbook."""

import secrets
from datetime import datetime

from workflows.domain.errors import NotFound
from workflows.store import Session
from workflows.store import acts as act_rows
from workflows.store import following as rows
from workflows.store import people as people_rows


class NoAddress(NotFound):
    """There is no address of yours to end."""


def make_feed(session: Session, *, person_id: int, trust_id: int, now: datetime) -> str:
    """A new address; returns its token, which is kept nowhere. The address before it is dead from now on.

    Whoever follows no disputes gains nothing by one: each reading looks anew at what its person follows.
    """
    people_rows.lock_trust(session, trust_id=trust_id)
    token = secrets.token_urlsafe(32)
    rows.make_feed(session, trust_id=trust_id, person_id=person_id, token=token, now=now)
    act_rows.record(session, trust_id=trust_id, who_id=person_id, kind="calendar_made", details={}, now=now)
    return token


def end_feed(session: Session, *, person_id: int, trust_id: int, now: datetime) -> None:
    """No calendar reads any more. Raises NoAddress."""
    if not rows.end_feed(session, person_id=person_id):
        raise NoAddress
    act_rows.record(session, trust_id=trust_id, who_id=person_id, kind="calendar_ended", details={}, now=now)


def note_export(session: Session, *, person_id: int, trust_id: int, disputes: int, now: datetime) -> None:
    """Keep that somebody took the board out, and how much of it."""
    details = {"disputes": disputes}
    act_rows.record(session, trust_id=trust_id, who_id=person_id, kind="disputes_exported", details=details, now=now)
