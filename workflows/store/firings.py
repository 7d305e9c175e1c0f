"""What time has to do, each exactly once: planned under a unique key, claimed by one clock.

A claim marks the row inside the claimer's own transaction. PostgreSQL lets other clocks skip the locked row; SQLite
has one writer, and the guard in the same statement turns the second claimer away. Rolled back, the row waits again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Insert, Select, bindparam, exists, func, select, update
from sqlalchemy.orm import Session, aliased, joinedload

from workflows.store.inserts import dialect_of, insert_for
from workflows.store.later import keeps, later, send
from workflows.store.models import Case, Deadline, Firing, Instant
from workflows.store.tables import table_of


@dataclass(frozen=True)
class PlannedFiring:
    """A row to be: `kind` due, remind or escalate; `key` names deadline, kind, rung and due date."""

    trust_id: int
    deadline_id: int
    key: str
    kind: str
    rung: int
    at: datetime


class Claimed(NamedTuple):
    """What a clock has taken up. `overtaken`: a later rung of the same kind is due as well, and speaks for it."""

    id: int
    deadline_id: int
    case_id: int
    kind: str
    rung: int
    at: datetime
    overtaken: bool


_FIRING = table_of(Firing)
_VOID = (
    update(_FIRING)
    .where(_FIRING.c.deadline_id == bindparam("line"), _FIRING.c.status == "waiting")
    .values(status="void")
)

_FIRE = (
    update(_FIRING)
    .where(_FIRING.c.id == bindparam("firing"))
    .values(status="fired", fired_at=bindparam("now", type_=Instant()))
)
_OVERTAKE = update(_FIRING).where(_FIRING.c.id == bindparam("firing")).values(status="overtaken")


def add_planned(session: Session, *, firings: Sequence[PlannedFiring]) -> None:
    """Plan firings. One that has happened or is planned already stays as it is; one that was void waits again."""
    later(session, _plan(dialect_of(session)), [vars(firing) for firing in firings])


@cache
def _plan(dialect: str) -> Insert:
    insert = insert_for(dialect, Firing)
    again = {"status": "waiting", "at": insert.excluded.at, "attempts": 0}
    return insert.on_conflict_do_update(index_elements=["key"], set_=again, where=Firing.status == "void").inline()


def void(session: Session, *, deadline_ids: Iterable[int]) -> None:
    """Nothing that still waits for these deadlines will happen: they are done with, paused or moved. What was planned
    in this very transaction is there by then."""
    if keeps(session, _plan(dialect_of(session))):
        send(session)
    later(session, _VOID, [{"line": deadline_id} for deadline_id in deadline_ids])


def by_id(session: Session, *, firing_id: int) -> Firing | None:
    """One firing with its deadline."""
    return session.scalar(
        select(Firing).where(Firing.id == firing_id).options(joinedload(Firing.deadline, innerjoin=True))
    )


def due_ids(session: Session, *, now: datetime, limit: int) -> list[int]:
    """The firings that are due, first due first: a look without a claim."""
    return list(session.scalars(_due(now).limit(limit)))


def claim(session: Session, *, firing_id: int, now: datetime) -> Claimed | None:
    """Take this firing if it is due and nobody else has it; None if not."""
    chosen = _due(now).where(Firing.id == firing_id)
    taken = session.scalars(
        update(Firing)
        .where(Firing.id == chosen.with_for_update(skip_locked=True).scalar_subquery(), Firing.status == "waiting")
        .values(status="fired", fired_at=now)
        .returning(Firing.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return None if taken is None else _claimed(session, [taken], now)[0]


def claim_many(session: Session, *, now: datetime, limit: int) -> list[Claimed]:
    """Take so many due firings that nobody else has, of cases on which nobody is working; first due first.

    Those that have failed before are left out: each is tried by itself.
    """
    chosen = (
        select(Firing.id)
        .join(Deadline, Deadline.id == Firing.deadline_id)
        .join(Case, Case.id == Deadline.case_id)
        .where(Firing.status == "waiting", Firing.at <= now, Firing.attempts == 0)
        .order_by(Firing.at, Firing.id)
        .limit(limit)
        .with_for_update(of=[Firing, Case], skip_locked=True)
    )
    ids = list(session.scalars(chosen))
    if not ids:
        return []
    found = _claimed(session, ids, now)
    later(session, _FIRE, [{"firing": firing_id, "now": now} for firing_id in ids])
    return found


def overtake(session: Session, *, firing_ids: Iterable[int]) -> None:
    """A later rung has caught up for these."""
    later(session, _OVERTAKE, [{"firing": firing_id} for firing_id in firing_ids])


def next_due_at(session: Session, *, untried: bool = False) -> datetime | None:
    """When time next has something to do, or something that has not failed yet (`untried`); None if nothing waits."""
    wanted = select(func.min(Firing.at)).where(Firing.status == "waiting")
    return session.scalars(wanted.where(Firing.attempts == 0) if untried else wanted).one()


def _due(now: datetime) -> Select[int]:
    return select(Firing.id).where(Firing.status == "waiting", Firing.at <= now).order_by(Firing.at, Firing.id)


def _claimed(session: Session, ids: Sequence[int], now: datetime) -> list[Claimed]:
    later_one = aliased(Firing)
    overtaken = exists().where(
        later_one.deadline_id == Firing.deadline_id,
        later_one.kind == Firing.kind,
        later_one.status == "waiting",
        later_one.at > Firing.at,
        later_one.at <= now,
    )
    taken = (
        select(Firing.id, Firing.deadline_id, Deadline.case_id, Firing.kind, Firing.rung, Firing.at, overtaken)
        .join(Deadline, Deadline.id == Firing.deadline_id)
        .where(Firing.id.in_(ids))
        .order_by(Firing.at, Firing.id)
    )
    return [Claimed._make(row) for row in session.execute(taken)]
