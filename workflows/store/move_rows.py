"""Running cases on their way to another release: what may move, batches, and what became of each case."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from workflows.store.later import later
from workflows.store.models import Case, Instant, MoveBatch, MoveItem, Release
from workflows.store.tables import run, table_of

AT_ONCE = 1_000
MOST_ATTEMPTS = 5
"""So often a case that fails is tried; then somebody has to say so."""
GOES_ON = ("waiting", "running")
_NEW = insert(table_of(MoveItem)).inline()


class Standing(NamedTuple):
    """A running case: where it stands."""

    id: int
    process: str
    release_id: int
    state: bytes
    reference: str


class Claimed(NamedTuple):
    """A case of a batch that a clock has taken up."""

    id: int
    case_id: int
    attempts: int
    batch_id: int
    to_release_id: int
    by_id: int
    begun: bool


class Outcome(NamedTuple):
    """What became of it, and what it was before, where it was moved: see MoveItem."""

    status: str
    reason: str = ""
    attempts: int = 0
    try_at: datetime | None = None
    from_release_id: int | None = None
    before_state: bytes | None = None
    before: dict[str, Any] | None = None
    version: int | None = None


class Line(NamedTuple):
    """A case as a list shows it."""

    id: int
    reference: str
    title: str
    process: str
    stage: str
    release: int


class ItemLine(NamedTuple):
    """What became of a case of a batch. `moved_on`: something has happened in it since."""

    id: int
    case_id: int
    reference: str
    title: str
    status: str
    reason: str
    attempts: int
    try_at: datetime | None
    moved_on: bool


def running(session: Session, *, trust_id: int, after: int) -> list[Standing]:
    """Some running cases of a trust, by id, from behind that one on."""
    wanted = (
        select(Case.id, Case.process, Case.release_id, Case.state, Case.reference)
        .where(Case.trust_id == trust_id, Case.status == "open", Case.id > after)
        .order_by(Case.id)
        .limit(AT_ONCE)
    )
    return [Standing._make(row) for row in session.execute(wanted)]


def lines(session: Session, *, case_ids: Collection[int]) -> list[Line]:
    """These cases as a list shows them, by id."""
    wanted = (
        select(Case.id, Case.reference, Case.title, Case.process, Case.stage, Release.number)
        .join(Release, Release.id == Case.release_id)
        .where(Case.id.in_(case_ids))
    )
    return [Line._make(row) for row in session.execute(wanted.order_by(Case.id))]


def open_among(session: Session, *, trust_id: int, case_ids: Collection[int]) -> list[int]:
    """Those of some ids that are running cases of the trust."""
    wanted = select(Case.id).where(Case.trust_id == trust_id, Case.status == "open", Case.id.in_(case_ids))
    return list(session.scalars(wanted.order_by(Case.id)))


def add(session: Session, *, batch: MoveBatch, case_ids: Sequence[int]) -> MoveBatch:
    """A new batch with its cases, with its id."""
    session.add(batch)
    session.flush()
    fixed = {"batch_id": batch.id, "status": "waiting", "reason": "", "attempts": 0}
    later(session, _NEW, [{**fixed, "case_id": case_id} for case_id in case_ids])
    session.flush()
    return batch


def by_id(session: Session, *, trust_id: int, batch_id: int) -> MoveBatch | None:
    """A batch of the trust."""
    return session.scalar(select(MoveBatch).where(MoveBatch.id == batch_id, MoveBatch.trust_id == trust_id))


def lock(session: Session, *, batch_id: int) -> MoveBatch | None:
    """A batch as it is now, which nobody else changes before this transaction ends."""
    wanted = select(MoveBatch).where(MoveBatch.id == batch_id).with_for_update()
    return session.scalar(wanted.execution_options(populate_existing=True))


def of_trust(session: Session, *, trust_id: int, limit: int) -> list[MoveBatch]:
    """The trust's newest batches."""
    wanted = select(MoveBatch).where(MoveBatch.trust_id == trust_id)
    return list(session.scalars(wanted.order_by(MoveBatch.id.desc()).limit(limit)))


def counts(session: Session, *, batch_ids: Collection[int]) -> dict[int, Counter[str]]:
    """How many cases of each batch stand how."""
    found: dict[int, Counter[str]] = {batch_id: Counter() for batch_id in batch_ids}
    wanted = select(MoveItem.batch_id, MoveItem.status, func.count()).where(MoveItem.batch_id.in_(batch_ids))
    for batch_id, status, number in session.execute(wanted.group_by(MoveItem.batch_id, MoveItem.status)):
        found[batch_id][status] = number
    return found


def items(session: Session, *, batch_id: int, statuses: Collection[str], limit: int, offset: int = 0) -> list[ItemLine]:
    """Cases of a batch that stand so, in the order in which they are moved."""
    wanted = (
        select(
            *(MoveItem.id, Case.id, Case.reference, Case.title, MoveItem.status, MoveItem.reason),
            *(MoveItem.attempts, MoveItem.try_at, _moved_on()),
        )
        .join(Case, Case.id == MoveItem.case_id)
        .where(MoveItem.batch_id == batch_id, MoveItem.status.in_(statuses))
        .order_by(MoveItem.id)
    )
    return [ItemLine._make(row) for row in session.execute(wanted.limit(limit).offset(offset))]


def moved_on(session: Session, *, batch_id: int, limit: int) -> tuple[int, list[str]]:
    """How many cases of a batch have moved on since they were moved, and the references of some."""
    wanted = (
        select(Case.reference)
        .join(MoveItem, MoveItem.case_id == Case.id)
        .where(MoveItem.batch_id == batch_id, MoveItem.status == "moved", _moved_on())
    )
    total = session.scalars(select(func.count()).select_from(wanted.subquery())).one()
    return total, list(session.scalars(wanted.order_by(Case.id).limit(limit)))


def _moved_on() -> ColumnElement[bool]:
    return and_(MoveItem.status == "moved", MoveItem.version != Case.version)


def due(session: Session, *, now: datetime, limit: int) -> list[int]:
    """The cases that wait to be moved, by the ids of their items: a look without a claim."""
    wanted = select(MoveItem.id).join(MoveBatch, MoveBatch.id == MoveItem.batch_id).where(*_is_due(now))
    return list(session.scalars(wanted.order_by(MoveItem.id).limit(limit)))


def claim(session: Session, *, item_id: int, now: datetime) -> Claimed | None:
    """Take up a case if it still waits and nobody else has it; None if not."""
    row = run(session, _CLAIM, {"item": item_id, "now": now}).first()
    return Claimed._make(row) if row else None


def settle(session: Session, *, item_id: int, outcome: Outcome, now: datetime) -> None:
    """Write down what became of a case."""
    values = {f"new_{key}": value for key, value in outcome._asdict().items()}
    later(session, _SETTLE, [{"item": item_id, "new_at": now, **values}])


def _is_due(now: datetime | BindParameter[datetime]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    again = and_(MoveItem.status == "failed", MoveItem.attempts < MOST_ATTEMPTS, MoveItem.try_at <= now)
    return MoveBatch.status.in_(GOES_ON), or_(MoveItem.status == "waiting", again)


_ITEM = table_of(MoveItem)
_CLAIM = (
    select(
        *(MoveItem.id, MoveItem.case_id, MoveItem.attempts),
        *(MoveBatch.id, MoveBatch.to_release_id, MoveBatch.by_id, MoveBatch.status != "waiting"),
    )
    .join(MoveBatch, MoveBatch.id == MoveItem.batch_id)
    .where(MoveItem.id == bindparam("item"), *_is_due(bindparam("now", type_=Instant())))
    .with_for_update(of=MoveItem, skip_locked=True)
)
_SETTLE = (
    update(_ITEM)
    .where(_ITEM.c.id == bindparam("item"))
    .values({key: bindparam(f"new_{key}") for key in (*Outcome._fields, "at")})
)


def begin(session: Session, *, batch_id: int) -> None:
    """A clock has taken the batch up."""
    session.execute(
        update(MoveBatch).where(MoveBatch.id == batch_id, MoveBatch.status == "waiting").values(status="running")
    )


def finish(session: Session, *, now: datetime) -> int:
    """Batches of which nothing is left to be done are done. Returns how many."""
    left = or_(MoveItem.status == "waiting", and_(MoveItem.status == "failed", MoveItem.attempts < MOST_ATTEMPTS))
    done = session.scalars(
        update(MoveBatch)
        .where(MoveBatch.status.in_(GOES_ON), ~exists().where(MoveItem.batch_id == MoveBatch.id, left))
        .values(status="done", ended_at=now)
        .returning(MoveBatch.id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


def under_way(session: Session) -> list[int]:
    """The batches of which cases are moved."""
    return list(session.scalars(select(MoveBatch.id).where(MoveBatch.status.in_(GOES_ON)).order_by(MoveBatch.id)))


def undoing(session: Session) -> list[int]:
    """The batches that are to be undone."""
    return list(session.scalars(select(MoveBatch.id).where(MoveBatch.status == "undoing").order_by(MoveBatch.id)))


def moved(session: Session, *, batch_id: int, after: int, limit: int) -> list[MoveItem]:
    """Cases of a batch that have been moved, from behind that item on."""
    wanted = select(MoveItem).where(MoveItem.batch_id == batch_id, MoveItem.status == "moved", MoveItem.id > after)
    return list(session.scalars(wanted.order_by(MoveItem.id).limit(limit)))


def try_again(session: Session, *, batch_id: int) -> int:
    """Let those that failed wait again. Returns how many."""
    again = session.scalars(
        update(MoveItem)
        .where(MoveItem.batch_id == batch_id, MoveItem.status == "failed")
        .values(status="waiting", attempts=0, try_at=None)
        .returning(MoveItem.id)
        .execution_options(synchronize_session=False)
    )
    return len(again.all())


def release_numbers(session: Session, *, release_ids: Iterable[int]) -> dict[int, int]:
    """The numbers of releases by their ids."""
    wanted = select(Release.id, Release.number).where(Release.id.in_(release_ids))
    return {row.id: row.number for row in session.execute(wanted)}
