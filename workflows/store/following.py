"""Queries on what somebody keeps to follow disputes: their views of the board, and their calendar of its dates."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflows.store.days import still_here
from workflows.store.models import Account, CalendarFeed, Json, Person, SavedView
from workflows.store.resets import hashed

SHORT = 2
"""Words of a name that say nothing on who it is, such as “Dr”."""


class Reader(NamedTuple):
    """Whose calendar reads."""

    person_id: int
    trust_id: int


def views(session: Session, *, person_id: int) -> list[SavedView]:
    """Somebody's views by name."""
    return list(session.scalars(select(SavedView).where(SavedView.person_id == person_id).order_by(SavedView.name)))


def view(session: Session, *, person_id: int, view_id: int) -> SavedView | None:
    """One of somebody's views."""
    return session.scalar(select(SavedView).where(SavedView.id == view_id, SavedView.person_id == person_id))


def add_view(
    session: Session, *, trust_id: int, person_id: int, name: str, asked: Mapping[str, Json], now: datetime
) -> int:
    """A new view; returns its id."""
    row = SavedView(trust_id=trust_id, person_id=person_id, name=name, asked=dict(asked), saved_at=now)
    session.add(row)
    session.flush()
    return row.id


def rename_view(session: Session, *, row: SavedView, name: str) -> None:
    """The same view under another name."""
    row.name = name
    session.flush()


def remove_view(session: Session, *, row: SavedView) -> None:
    """The view is gone."""
    session.delete(row)
    session.flush()


def feed_made_at(session: Session, *, person_id: int) -> datetime | None:
    """Since when somebody's calendar may read; None where it has no address."""
    return session.scalar(select(CalendarFeed.made_at).where(CalendarFeed.person_id == person_id))


def make_feed(session: Session, *, trust_id: int, person_id: int, token: str, now: datetime) -> None:
    """An address for somebody's calendar, in place of the one before."""
    end_feed(session, person_id=person_id)
    session.add(CalendarFeed(trust_id=trust_id, person_id=person_id, token_hash=hashed(token), made_at=now))
    session.flush()


def end_feed(session: Session, *, person_id: int) -> bool:
    """Somebody's calendar reads no more; says whether it did."""
    ended = delete(CalendarFeed).where(CalendarFeed.person_id == person_id).returning(CalendarFeed.id)
    return bool(session.scalars(ended).all())


def reader(session: Session, *, token: str, day: date) -> Reader | None:
    """Whose calendar has that token; None if nobody's does, or they have left or lost their account."""
    wanted = (
        select(Person.id, Person.trust_id)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(CalendarFeed.token_hash == hashed(token), still_here(day))
    )
    row = session.execute(wanted).one_or_none()
    return None if row is None else Reader._make(row)


def forget(session: Session, *, trust_id: int, person_id: int, name: str) -> int:
    """Take out what somebody who is erased has kept, and the views of others that search for them by a word of their
    name. Returns how many."""
    parts = {part for part in name.casefold().split() if len(part) > SHORT}
    found = session.scalars(select(SavedView).where(SavedView.trust_id == trust_id))
    gone = [row for row in found if row.person_id == person_id or not parts.isdisjoint(_words(row))]
    for row in gone:
        session.delete(row)
    return len(gone) + end_feed(session, person_id=person_id)


def _words(row: SavedView) -> set[str]:
    return set(" ".join([row.name, *map(str, row.asked.values())]).casefold().split())
