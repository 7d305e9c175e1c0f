"""The ledger: what is due in a case, and how its dates were changed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, insert, inspect, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from workflows.store.asking import as_loaded, by_column
from workflows.store.later import later
from workflows.store.models import Case, Deadline, DeadlineChange
from workflows.store.tables import as_read, run, table_of


def get(session: Session, *, trust_id: int, deadline_id: int) -> Deadline | None:
    """The line with its case, the case's stored state and its changes."""
    return session.scalar(
        select(Deadline)
        .where(Deadline.id == deadline_id, Deadline.trust_id == trust_id)
        .options(joinedload(Deadline.case, innerjoin=True).undefer(Case.state), selectinload(Deadline.changes))
    )


MOVED = ("status", "ended_at", "opens_on", "due_on", "due_at", "release_id")
"""What a move changes of a line."""
_DEADLINE = table_of(Deadline)
_SAVE = (
    update(_DEADLINE).where(_DEADLINE.c.id == bindparam("line")).values({key: bindparam(f"new_{key}") for key in MOVED})
)
_OPEN = insert(_DEADLINE).returning(*_DEADLINE.c)


def add(session: Session, *, deadline: Deadline) -> Deadline:
    """Open a line like this; the one that has its id, which its firings name."""
    [row] = run(session, _OPEN, {key: value for key, value in vars(deadline).items() if key in _DEADLINE.c})
    return as_loaded(session, Deadline, by_column(_DEADLINE, row))


def save(session: Session, *, deadlines: Iterable[Deadline]) -> None:
    """Write what a move has changed of its lines."""
    for line in deadlines:
        if not inspect(line).committed_state.keys().isdisjoint(MOVED):
            later(session, _SAVE, [{"line": line.id, **{f"new_{key}": getattr(line, key) for key in MOVED}}])
            as_read(session, line)


def change(session: Session, *, deadline: Deadline, made: DeadlineChange) -> DeadlineChange:
    """Record an extension or a pause under its line; the caller reckons the new dates."""
    deadline.changes.append(made)
    session.flush()
    return made


def take_back(session: Session, *, deadline: Deadline, made: DeadlineChange, by_id: int, now: datetime) -> None:
    """A change no longer counts; its row stays. The caller reckons the dates."""
    made.withdrawn_at, made.withdrawn_by_id = now, by_id
    session.flush()
    session.expire(deadline, ["changes"])


def taken_back(session: Session, *, deadline_id: int) -> list[DeadlineChange]:
    """The changes of a line that no longer count, in the order in which they were made."""
    wanted = select(DeadlineChange).where(
        DeadlineChange.deadline_id == deadline_id, DeadlineChange.withdrawn_at.is_not(None)
    )
    return list(session.scalars(wanted.order_by(DeadlineChange.id)))
