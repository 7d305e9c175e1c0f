"""Verbs on signed-in browsers: begin, go on, end. Their times are real ones, even in a demonstration whose clock moves.

Where several visitors of a demonstration are one person, nobody ends the browser of another.
"""

import secrets
from datetime import datetime, timedelta

from workflows.domain.errors import NotFound
from workflows.store import Session, visits
from workflows.store import acts as act_rows

IDLE = timedelta(hours=12)
"""A day at work: a browser that nobody uses for longer is signed out."""
NOTED_EVERY = timedelta(minutes=1)
"""How exactly it is kept when a browser was used last: a page that is only read writes nothing."""
KEPT_FOR = timedelta(days=90)
LONGEST_NAME = 200


class NoSuchBrowser(NotFound):
    """This browser is not signed in any more."""


def begin(session: Session, *, account_id: int, browser: str, now: datetime) -> str:
    """Sign a browser in; returns the token that its cookie is to carry."""
    token = secrets.token_urlsafe(32)
    kept = "".join(sign for sign in browser if sign.isprintable())[:LONGEST_NAME]
    visits.add(session, account_id=account_id, token=token, browser=kept, now=now, ends_at=now + IDLE)
    return token


def go_on(session: Session, *, visit_id: int, now: datetime) -> None:
    """The browser is in use."""
    visits.seen(session, visit_id=visit_id, now=now, ends_at=now + IDLE)


def sign_out(session: Session, *, account_id: int, visit_id: int, now: datetime) -> bool:
    """Sign this browser out: a copy of its cookie is dead from now on. Says whether it was signed in."""
    return visits.end(session, account_id=account_id, visit_id=visit_id, now=now)


def end_one(session: Session, *, by: int, trust_id: int, account_id: int, visit_id: int, now: datetime) -> None:
    """Sign another browser of one's own out. Raises NoSuchBrowser."""
    if not visits.end(session, account_id=account_id, visit_id=visit_id, now=now):
        raise NoSuchBrowser
    _note(session, trust_id, by, now)


def end_others(session: Session, *, by: int, trust_id: int, account_id: int, visit_id: int, now: datetime) -> None:
    """Sign all browsers of one's own out but this one."""
    visits.end_all(session, account_id=account_id, now=now, but=visit_id)
    _note(session, trust_id, by, now)


def prune(session: Session, *, now: datetime) -> int:
    """Forget browsers that were signed out long ago; returns how many."""
    return visits.prune(session, before=now - KEPT_FOR)


def _note(session: Session, trust_id: int, by: int, now: datetime) -> None:
    act_rows.record(session, trust_id=trust_id, who_id=by, kind="sessions_ended", details={"person": by}, now=now)
