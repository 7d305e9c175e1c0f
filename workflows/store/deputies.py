"""Who stands in for whom, from a day to a day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from workflows.store.models import Deputy, Person


class DeputyLine(NamedTuple):
    """A deputy with both names."""

    id: int
    person_id: int
    person: str
    deputy_id: int
    deputy: str
    starts_on: date
    ends_on: date
    reason: str
    recorded_by: str | None


def add(session: Session, *, row: Deputy) -> Deputy:
    """A new one, with its id."""
    session.add(row)
    session.flush()
    return row


def by_id(session: Session, *, trust_id: int, deputy_row_id: int) -> Deputy | None:
    """One of the trust."""
    wanted = select(Deputy).join(Person, Person.id == Deputy.person_id)
    return session.scalar(wanted.where(Deputy.id == deputy_row_id, Person.trust_id == trust_id))


def remove(session: Session, *, row: Deputy) -> None:
    """Take away one that never came to count."""
    session.delete(row)
    session.flush()


def overlapping(session: Session, *, person_id: int, deputy_id: int, first: date, last: date) -> bool:
    """Whether that deputy stands in for that person on one of these days already."""
    wanted = select(Deputy.id).where(
        Deputy.person_id == person_id,
        Deputy.deputy_id == deputy_id,
        Deputy.starts_on <= last,
        Deputy.ends_on >= first,
    )
    return session.scalar(wanted.limit(1)) is not None


def listed(
    session: Session, *, trust_id: int, people: Iterable[int] | None = None, since: date | None = None
) -> list[DeputyLine]:
    """Deputies of the trust, of or for some people only if they are named, the latest first; since: those that count
    on that day or later."""
    away, acting, recorder = aliased(Person), aliased(Person), aliased(Person)
    wanted = (
        select(
            Deputy.id,
            Deputy.person_id,
            away.name,
            Deputy.deputy_id,
            acting.name,
            Deputy.starts_on,
            Deputy.ends_on,
            Deputy.reason,
            recorder.name,
        )
        .join(away, away.id == Deputy.person_id)
        .join(acting, acting.id == Deputy.deputy_id)
        .outerjoin(recorder, recorder.id == Deputy.recorded_by_id)
        .where(away.trust_id == trust_id)
        .order_by(Deputy.starts_on.desc(), Deputy.id.desc())
    )
    if people is not None:
        ids = list(people)
        wanted = wanted.where(or_(Deputy.person_id.in_(ids), Deputy.deputy_id.in_(ids)))
    if since is not None:
        wanted = wanted.where(Deputy.ends_on >= since)
    return [DeputyLine._make(row) for row in session.execute(wanted)]
