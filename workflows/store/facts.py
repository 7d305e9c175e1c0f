"""What a case knows. Rows are only ever added; the newest of a key counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.store.models import Case, Fact, Json, Step


class KnownFact(NamedTuple):
    """A row of the table, with the step that wrote it: its diagram and element, both empty for an action."""

    id: int
    key: str
    occurrence: int
    item: str
    value: Json
    type: str
    step_id: int | None
    writer_id: int | None
    written_at: datetime
    process: str
    element: str

    @property
    def source(self) -> tuple[str, str, int]:
        """One entry of one step: the rows that a for-each step wrote together share it."""
        return self.process, self.element, self.occurrence


def newest(session: Session, *, case_id: int) -> list[KnownFact]:
    """Of each key, the rows of the newest occurrence: one an item, the item's newest; oldest row first.

    The newest occurrence is that of the newest row: entered again, a step starts its list anew, and a fact that
    another step has written since is that step's.
    """
    written = _of_case(session, case_id)
    last = {row.key: row.source for row in written}
    kept = {(row.key, row.item): row for row in written if row.source == last[row.key]}
    return sorted(kept.values())


def add(session: Session, *, rows: Sequence[Fact]) -> None:
    """Write facts, in this order."""
    session.add_all(rows)


def newest_elsewhere(session: Session, *, trust_id: int, process: str, care_group_id: int, key: str) -> Json:
    """What the last case of a process in a care group had written under a key; None where none has."""
    return session.scalar(
        select(Fact.value)
        .join(Case, Case.id == Fact.case_id)
        .where(
            Case.trust_id == trust_id,
            Case.process == process,
            Case.care_group_id == care_group_id,
            Fact.key == key,
        )
        .order_by(Fact.id.desc())
        .limit(1)
    )


def _of_case(session: Session, case_id: int) -> list[KnownFact]:
    """A case has some dozens of rows: reading them all takes less than asking the database to choose."""
    statement = (
        select(
            Fact.id,
            Fact.key,
            Fact.occurrence,
            Fact.item,
            Fact.value,
            Fact.type,
            Fact.step_id,
            Fact.writer_id,
            Fact.written_at,
            Step.process,
            Step.element,
        )
        .outerjoin(Step, Step.id == Fact.step_id)
        .where(Fact.case_id == case_id)
        .order_by(Fact.id)
    )
    return [
        KnownFact(
            id=row.id,
            key=row.key,
            occurrence=row.occurrence,
            item=row.item,
            value=row.value,
            type=row.type,
            step_id=row.step_id,
            writer_id=row.writer_id,
            written_at=row.written_at,
            process=row.process or "",
            element=row.element or "",
        )
        for row in session.execute(statement)
    ]
