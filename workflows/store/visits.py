"""Signed-in browsers: a row each, from signing in to signing out. The cookie's token is kept as its SHA-256 alone."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from workflows.store.models import Visit
from workflows.store.resets import hashed


class VisitRow(NamedTuple):
    """A signed-in browser."""

    id: int
    browser: str
    began_at: datetime
    seen_at: datetime


def add(session: Session, *, account_id: int, token: str, browser: str, now: datetime, ends_at: datetime) -> int:
    """A browser has signed in. Returns the visit's id."""
    visit = Visit(
        account_id=account_id,
        token_hash=hashed(token),
        browser=browser,
        began_at=now,
        seen_at=now,
        ends_at=ends_at,
    )
    session.add(visit)
    session.flush()
    return visit.id


def seen(session: Session, *, visit_id: int, now: datetime, ends_at: datetime) -> None:
    """It is still in use, and so goes on."""
    session.execute(
        update(Visit)
        .where(Visit.id == visit_id, Visit.ended_at.is_(None), Visit.seen_at < now)
        .values(seen_at=now, ends_at=ends_at)
    )


def of_account(session: Session, *, account_id: int, now: datetime) -> list[VisitRow]:
    """The account's browsers that are signed in, the last used first."""
    wanted = (
        select(Visit.id, Visit.browser, Visit.began_at, Visit.seen_at)
        .where(Visit.account_id == account_id, Visit.ended_at.is_(None), Visit.ends_at > now)
        .order_by(Visit.seen_at.desc(), Visit.id.desc())
    )
    return [VisitRow._make(row) for row in session.execute(wanted)]


def end(session: Session, *, account_id: int, visit_id: int, now: datetime) -> bool:
    """Sign one browser of the account out; says whether it was signed in."""
    ended = (
        update(Visit)
        .where(Visit.id == visit_id, Visit.account_id == account_id, Visit.ended_at.is_(None))
        .values(ended_at=now)
        .returning(Visit.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalars(ended).one_or_none() is not None


def end_all(session: Session, *, account_id: int, now: datetime, but: int | None = None) -> None:
    """Sign every browser of the account out, but perhaps this one."""
    wanted = update(Visit).where(Visit.account_id == account_id, Visit.ended_at.is_(None))
    session.execute((wanted if but is None else wanted.where(Visit.id != but)).values(ended_at=now))


def prune(session: Session, *, before: datetime) -> int:
    """Delete visits that ended before an instant; returns how many."""
    old = delete(Visit).where((Visit.ends_at < before) | (Visit.ended_at < before)).returning(Visit.id)
    return len(session.scalars(old.execution_options(synchronize_session=False)).all())
