"""Rehearsals of drafts, and where each stands."""

from datetime import datetime

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased, undefer

from workflows.store.models import Case, Event, Fact, Json, Rehearsal, RehearsalState, ReleaseDraft


def add(session: Session, *, rehearsal: Rehearsal) -> Rehearsal:
    """A new one, with its id."""
    session.add(rehearsal)
    session.flush()
    return rehearsal


def of_person(session: Session, *, draft_id: int, by_id: int) -> list[Rehearsal]:
    """Somebody's rehearsals of a draft, the one used last first."""
    wanted = select(Rehearsal).where(Rehearsal.draft_id == draft_id, Rehearsal.by_id == by_id)
    return list(session.scalars(wanted.order_by(Rehearsal.used_at.desc(), Rehearsal.id.desc())))


def by_id(session: Session, *, draft_id: int, by_id: int, rehearsal_id: int) -> Rehearsal | None:
    """One of somebody's rehearsals of a draft."""
    return session.scalar(
        select(Rehearsal).where(Rehearsal.id == rehearsal_id, Rehearsal.draft_id == draft_id, Rehearsal.by_id == by_id)
    )


def states(session: Session, *, rehearsal_id: int) -> list[RehearsalState]:
    """Where it has stood, as far as that is kept, the newest first; without the databases."""
    wanted = select(RehearsalState).where(RehearsalState.rehearsal_id == rehearsal_id)
    return list(session.scalars(wanted.order_by(RehearsalState.number.desc())))


def state(session: Session, *, rehearsal_id: int) -> RehearsalState:
    """Where it stands, with its database."""
    wanted = select(RehearsalState).where(RehearsalState.rehearsal_id == rehearsal_id)
    return session.scalars(
        wanted.order_by(RehearsalState.number.desc()).limit(1).options(undefer(RehearsalState.database))
    ).one()


def move_on(session: Session, *, rehearsal_id: int, version: int, now: datetime) -> bool:
    """Take the next version, if it is still at this one: of two who try, one does."""
    moved = (
        update(Rehearsal)
        .where(Rehearsal.id == rehearsal_id, Rehearsal.version == version)
        .values(version=version + 1, used_at=now)
        .returning(Rehearsal.id)
    )
    return session.scalar(moved) is not None


def keep(session: Session, *, state: RehearsalState, most: int) -> None:
    """Where it stands now; of those before, only so many are kept."""
    session.add(state)
    session.flush()
    session.execute(
        delete(RehearsalState).where(
            RehearsalState.rehearsal_id == state.rehearsal_id, RehearsalState.number <= state.number - most
        )
    )


def replace(session: Session, *, rehearsal_id: int, number: int, database: bytes) -> bool:
    """Keep another database for where it stands, if it still stands there."""
    later = aliased(RehearsalState)
    further = exists().where(later.rehearsal_id == rehearsal_id, later.number > number)
    replaced = (
        update(RehearsalState)
        .where(RehearsalState.rehearsal_id == rehearsal_id, RehearsalState.number == number, ~further)
        .values(database=database)
        .returning(RehearsalState.id)
    )
    return session.scalar(replaced) is not None


def take_back(session: Session, *, rehearsal_id: int) -> None:
    """It stands again where it stood before."""
    newest = select(func.max(RehearsalState.number)).where(RehearsalState.rehearsal_id == rehearsal_id)
    session.execute(
        delete(RehearsalState).where(
            RehearsalState.rehearsal_id == rehearsal_id, RehearsalState.number == newest.scalar_subquery()
        )
    )


def forget_states(session: Session, *, rehearsal_id: int) -> None:
    """Nothing of where it stood is left."""
    session.execute(delete(RehearsalState).where(RehearsalState.rehearsal_id == rehearsal_id))


def erase(session: Session, *, rehearsal_ids: list[int]) -> None:
    """Nothing of them is left."""
    session.execute(delete(RehearsalState).where(RehearsalState.rehearsal_id.in_(rehearsal_ids)))
    session.execute(delete(Rehearsal).where(Rehearsal.id.in_(rehearsal_ids)))


def over(session: Session, *, trust_id: int, before: datetime, closed: frozenset[str]) -> list[int]:
    """Those of a trust that nobody has used since, and those of drafts that are closed."""
    wanted = (
        select(Rehearsal.id)
        .join(ReleaseDraft, ReleaseDraft.id == Rehearsal.draft_id)
        .where(
            ReleaseDraft.trust_id == trust_id,
            (Rehearsal.used_at < before) | ReleaseDraft.status.in_(closed),
        )
    )
    return list(session.scalars(wanted))


def beginning(session: Session) -> tuple[str, dict[str, Json]]:
    """The process of the first case of a database in memory, and what it began with: of each fact what was written
    first."""
    first = played(session)[0][0]
    process = session.scalars(select(Case.process).where(Case.id == first)).one()
    wanted = select(Fact.key, Fact.value).where(Fact.case_id == first).order_by(Fact.id.desc())
    return process, {row.key: row.value for row in session.execute(wanted)}


def played(session: Session) -> list[tuple[int, str]]:
    """The cases of a database in memory, by id and reference, in the order in which they began: all that have a
    history, not what was entered as it had been before."""
    begun = exists().where(Event.case_id == Case.id)
    found = session.execute(select(Case.id, Case.reference).where(begun).order_by(Case.id))
    return [(row.id, row.reference) for row in found]
