"""Acts outside cases: rows are added, never changed, each over the hash of the trust's act before it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from workflows.domain.acts import ACTS, UnknownAct, act_hash
from workflows.store.models import Act, Json, Trust
from workflows.store.people import lock_trust
from workflows.store.tables import table_of

AT_ONCE = 500


def record(
    session: Session,
    *,
    trust_id: int,
    who_id: int | None,
    kind: str,
    details: Mapping[str, Json],
    now: datetime,
) -> int:
    """Add a line to the trust's acts, and return its number.

    who_id: None for a command on the server, or time. details: ids and figures alone, for nothing takes them out
    again. Raises UnknownAct for a kind without words. Acts of a trust wait for one another: their numbers have no gaps.
    """
    if kind not in ACTS:
        raise UnknownAct(kind)
    lock_trust(session, trust_id=trust_id)
    last = head(session, trust_id=trust_id)
    number, previous = (last.number + 1, last.hash) if last else (1, "")
    kept = dict(details)
    digest = act_hash(previous=previous, trust=trust_id, number=number, at=now, kind=kind, who=who_id, details=kept)
    act = Act(
        trust_id=trust_id,
        number=number,
        at=now,
        kind=kind,
        who_id=who_id,
        details=kept,
        previous=previous,
        hash=digest,
    )
    session.add(act)
    session.execute(update(Trust).where(Trust.id == trust_id).values(act_count=number))
    session.flush()
    return number


def head(session: Session, *, trust_id: int) -> Act | None:
    """The trust's newest act."""
    return session.scalar(select(Act).where(Act.trust_id == trust_id).order_by(Act.number.desc()).limit(1))


def newest(session: Session, *, trust_id: int, limit: int) -> list[Act]:
    """The trust's acts, newest first."""
    return list(session.scalars(select(Act).where(Act.trust_id == trust_id).order_by(Act.number.desc()).limit(limit)))


def of_kinds(session: Session, *, trust_id: int, kinds: Collection[str], limit: int, offset: int = 0) -> list[Act]:
    """The trust's acts of some kinds, newest first."""
    wanted = select(Act).where(Act.trust_id == trust_id, Act.kind.in_(kinds)).order_by(Act.number.desc())
    return list(session.scalars(wanted.limit(limit).offset(offset)))


def number_of(session: Session, *, trust_id: int, kinds: Collection[str]) -> int:
    """How many acts of these kinds there are."""
    wanted = select(func.count()).select_from(Act).where(Act.trust_id == trust_id, Act.kind.in_(kinds))
    return session.scalars(wanted).one()


def chain(session: Session, *, trust_id: int) -> Iterator[Row[tuple[Json, ...]]]:
    """The trust's acts as rows of their table, from the first on, read a few hundred at a time."""
    acts = table_of(Act)
    wanted = select(acts).where(acts.c.trust_id == trust_id).order_by(acts.c.number)
    yield from session.connection().execute(wanted, execution_options={"yield_per": AT_ONCE})
