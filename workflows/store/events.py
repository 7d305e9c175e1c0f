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


def releases_of_steps(session: Session, *, case_id: int) -> dict[int, int]:
    """Of each step of a case that somebody has completed, by its id, the id of the release that the case followed."""
    wanted = select(Event.details, Event.release_id).where(Event.case_id == case_id, Event.kind == "step_completed")
    return {details["step"]: release_id for details, release_id in session.execute(wanted.order_by(Event.number))}
