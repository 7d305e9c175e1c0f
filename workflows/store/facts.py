"""What a case knows. Rows are only ever added; the newest of a key counts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.store.models import Fact, Json, Step


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


class Known(NamedTuple):
    """What expressions see: `case.x` is `newest["x"]`, `case.all.x` is `all["x"]`."""

    newest: dict[str, Json]
    all: dict[str, list[Json]]


def newest(session: Session, *, case_id: int) -> list[KnownFact]:
    """Of each key, the rows of the newest occurrence: one an item, the item's newest; oldest row first.

    The newest occurrence is that of the newest row: entered again, a step starts its list anew, and a fact that
    another step has written since is that step's.
    """
    written = _of_case(session, case_id)
    last = {row.key: row.source for row in written}
    kept = {(row.key, row.item): row for row in written if row.source == last[row.key]}
    return sorted(kept.values())


def known(rows: Iterable[KnownFact]) -> Known:
    """The values of such rows by key; lists are ordered by item, numbers by size."""
    ordered = list(rows)
    by_item = sorted(ordered, key=lambda row: (len(row.item), row.item))
    lists: dict[str, list[Json]] = {row.key: [] for row in ordered}
    for row in by_item:
        lists[row.key].append(row.value)
    return Known({row.key: row.value for row in ordered}, lists)


def history(session: Session, *, case_id: int, key: str) -> list[KnownFact]:
    """All that was ever written under a key, oldest first."""
    return [row for row in _of_case(session, case_id) if row.key == key]


def add(session: Session, *, rows: Sequence[Fact]) -> None:
    """Write facts, in this order."""
    session.add_all(rows)


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
