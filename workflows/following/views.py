"""Verbs on somebody's own views of the board."""

from collections.abc import Mapping
from datetime import datetime

from workflows.domain.errors import NotAllowed, NotFound
from workflows.store import Session
from workflows.store import following as rows
from workflows.store import people as people_rows
from workflows.store.models import SavedView

MOST = 20
LONGEST = 60


class NoSuchView(NotFound):
    """You have no such view."""


class NameNeeded(NotAllowed):
    """Give the view a name of at most 60 characters."""


class NameTaken(NotAllowed):
    """You have a view called “{name}” already. Choose another name, or delete that one first."""


class TooManyViews(NotAllowed):
    """You have 20 views, and more would be hard to find. Delete one that you no longer use first."""


def save_view(
    session: Session, *, person_id: int, trust_id: int, name: str, asked: Mapping[str, str], now: datetime
) -> int:
    """Keep these filters under a name; returns the view's id. Raises NameNeeded, NameTaken, TooManyViews."""
    people_rows.lock_trust(session, trust_id=trust_id)
    own = rows.views(session, person_id=person_id)
    if len(own) >= MOST:
        raise TooManyViews
    kept = _name(name, own)
    return rows.add_view(session, trust_id=trust_id, person_id=person_id, name=kept, asked=asked, now=now)


def rename_view(session: Session, *, person_id: int, trust_id: int, view_id: int, name: str) -> None:
    """Call a view otherwise. Raises NoSuchView, NameNeeded, NameTaken."""
    people_rows.lock_trust(session, trust_id=trust_id)
    row = _own(session, person_id, view_id)
    others = [one for one in rows.views(session, person_id=person_id) if one.id != view_id]
    rows.rename_view(session, row=row, name=_name(name, others))


def remove_view(session: Session, *, person_id: int, view_id: int) -> str:
    """Delete a view; returns its name. Raises NoSuchView."""
    row = _own(session, person_id, view_id)
    name = row.name
    rows.remove_view(session, row=row)
    return name


def _own(session: Session, person_id: int, view_id: int) -> SavedView:
    row = rows.view(session, person_id=person_id, view_id=view_id)
    if row is None:
        raise NoSuchView
    return row


def _name(typed: str, others: list[SavedView]) -> str:
    """The name as it is kept: spaces made single."""
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST:
        raise NameNeeded
    if name.casefold() in {one.name.casefold() for one in others}:
        raise NameTaken(name=name)
    return name
