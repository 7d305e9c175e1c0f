"""What a case knows. Rows are only ever added; the newest of a key counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from workflows.store.later import later
from workflows.store.models import Case, Fact, Json, Step
from workflows.store.tables import table_of


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


class NewFact(NamedTuple):
    """A row to be."""

    case_id: int
    key: str
    occurrence: int
    item: str
    value: Json
    type: str
    step_id: int | None
    writer_id: int | None
    written_at: datetime


_FACT, _STEP = table_of(Fact).c, table_of(Step).c
_ADD = insert(table_of(Fact)).inline()
COLUMNS = (
    _FACT.id,
    _FACT.key,
    _FACT.occurrence,
    _FACT.item,
    _FACT.value,
    _FACT.type,
    _FACT.step_id,
    _FACT.writer_id,
    _FACT.written_at,
    func.coalesce(_STEP.process, "").label("process"),
    func.coalesce(_STEP.element, "").label("element"),
)
"""Those of a KnownFact."""


def newest_of(written: Sequence[KnownFact]) -> list[KnownFact]:
    """Of all the rows of a case, oldest first, for each key those of its newest occurrence.

    The newest occurrence is that of the newest row: entered again, a step starts its list anew, and a fact that
    another step has written since is that step's. A case has some dozens of rows: choosing among them here takes less
    than asking the database to.
    """
    last = {row.key: row.source for row in written}
    kept = {(row.key, row.item): row for row in written if row.source == last[row.key]}
    return sorted(kept.values())


def add(session: Session, *, rows: Sequence[NewFact]) -> None:
    """Write facts, in this order."""
    if rows:
        later(session, _ADD, [row._asdict() for row in rows])


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


def of_children(session: Session, *, parent_id: int, process: str, key: str) -> list[Json]:
    """What the cases of a process that a case started have written under a key, of each the newest, by case."""
    newest = (
        select(func.max(Fact.id))
        .join(Case, Case.id == Fact.case_id)
        .where(Case.parent_id == parent_id, Case.process == process, Fact.key == key)
        .group_by(Fact.case_id)
    )
    return list(session.scalars(select(Fact.value).where(Fact.id.in_(newest)).order_by(Fact.case_id)))
