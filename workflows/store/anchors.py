"""Anchors of the histories, and the histories themselves as they are checked: row by row, whatever their length."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.store.models import Anchor, Case, Event
from workflows.store.tables import table_of

AT_ONCE = 500
"""How many rows are fetched at a time."""


class EventRow(NamedTuple):
    """An event with what the row of its case says of the whole history; `number` is None for a case without events."""

    case_id: int
    reference: str
    event_count: int
    event_head: str
    number: int | None
    at: datetime
    kind: str
    who_id: int | None
    on_behalf_of_id: int | None
    clause: str
    release_id: int
    details: Mapping[str, Any]
    previous: str
    hash: str


class AnchorRow(NamedTuple):
    """An anchor as it stands in its table."""

    number: int
    day: date
    made_at: datetime
    heads: Mapping[str, Any]
    previous: str
    hash: str


class Head(NamedTuple):
    """How many events a case has, and the hash of the last."""

    case_id: int
    events: int
    head: str


def histories(session: Session, *, trust_id: int) -> Iterator[EventRow]:
    """Every event of the trust's cases, by case and number. One statement: all of it is of the same instant."""
    case, event = table_of(Case).c, table_of(Event).c
    wanted = (
        select(
            case.id,
            case.reference,
            case.event_count,
            case.event_head,
            event.number,
            event.at,
            event.kind,
            event.who_id,
            event.on_behalf_of_id,
            event.clause,
            event.release_id,
            event.details,
            event.previous,
            event.hash,
        )
        .select_from(table_of(Case).outerjoin(table_of(Event), event.case_id == case.id))
        .where(case.trust_id == trust_id)
        .order_by(case.id, event.number)
    )
    rows = session.connection().execute(wanted, execution_options={"yield_per": AT_ONCE})
    yield from (EventRow._make(row) for row in rows)


def heads(session: Session, *, trust_id: int) -> Iterator[Head]:
    """The head of each of the trust's cases."""
    case = table_of(Case).c
    wanted = select(case.id, case.event_count, case.event_head).where(case.trust_id == trust_id).order_by(case.id)
    rows = session.connection().execute(wanted, execution_options={"yield_per": AT_ONCE})
    yield from (Head._make(row) for row in rows)


def chain(session: Session, *, trust_id: int, after: int = 0) -> Iterator[AnchorRow]:
    """The trust's anchors from a number on, in their order."""
    anchor = table_of(Anchor).c
    wanted = (
        select(anchor.number, anchor.day, anchor.made_at, anchor.heads, anchor.previous, anchor.hash)
        .where(anchor.trust_id == trust_id, anchor.number > after)
        .order_by(anchor.number)
    )
    rows = session.connection().execute(wanted, execution_options={"yield_per": AT_ONCE})
    yield from (AnchorRow._make(row) for row in rows)


def newest(session: Session, *, trust_id: int) -> Anchor | None:
    """The trust's last anchor."""
    return session.scalar(select(Anchor).where(Anchor.trust_id == trust_id).order_by(Anchor.number.desc()).limit(1))


def add(session: Session, *, anchor: Anchor) -> None:
    """Keep an anchor. A number that another transaction has taken is a race."""
    session.add(anchor)
    session.flush()
