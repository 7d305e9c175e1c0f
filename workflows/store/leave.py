"""Queries on leave that was taken or is booked."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.store.models import LeaveTaken


def add(session: Session, *, row: LeaveTaken) -> None:
    """Keep it; it has its id then."""
    session.add(row)
    session.flush()


def remove(session: Session, *, row: LeaveTaken) -> None:
    """It has not been taken after all."""
    session.delete(row)
    session.flush()


def by_id(session: Session, *, trust_id: int, leave_id: int) -> LeaveTaken | None:
    """One by its id."""
    return session.scalar(select(LeaveTaken).where(LeaveTaken.trust_id == trust_id, LeaveTaken.id == leave_id))


def of_person(session: Session, *, person_id: int, first: date, last: date) -> list[LeaveTaken]:
    """Somebody's leave of which a day at least lies between these days, in the order of its first days."""
    wanted = (
        select(LeaveTaken)
        .where(LeaveTaken.person_id == person_id, LeaveTaken.starts_on <= last, LeaveTaken.ends_on >= first)
        .order_by(LeaveTaken.starts_on, LeaveTaken.id)
    )
    return list(session.scalars(wanted))
