"""History: rows are added, never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflows.store.later import later
from workflows.store.models import Event
from workflows.store.tables import table_of


class NewEvent(TypedDict):
    """A line of history, as workflows.domain.events hashes it."""

    case_id: int
    number: int
    at: datetime
    kind: str
    who_id: int | None
    on_behalf_of_id: int | None
    clause: str
    release_id: int
    details: dict[str, Any]
    previous: str
    hash: str


_APPEND = insert(table_of(Event)).inline()


def append_many(session: Session, *, rows: Sequence[NewEvent]) -> None:
    """Add lines. A number that another transaction has taken is a race."""
    if rows:
        later(session, _APPEND, rows)


def steps_assigned(session: Session, *, case_id: int) -> frozenset[int]:
    """The ids of the case's steps that the directorate has given to somebody."""
    wanted = select(Event.details).where(Event.case_id == case_id, Event.kind == "step_assigned")
    return frozenset(details["step"] for details in session.scalars(wanted))


def releases_followed(session: Session, *, case_id: int) -> list[tuple[datetime, int]]:
    """The releases that a case has followed, each with the instant from which on, in their order."""
    kinds = ("case_opened", "case_moved", "case_moved_back")
    wanted = select(Event.at, Event.release_id).where(Event.case_id == case_id, Event.kind.in_(kinds))
    return [(at, release_id) for at, release_id in session.execute(wanted.order_by(Event.number))]
