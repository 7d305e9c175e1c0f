"""Tables by themselves, for what every request asks or writes: rows cost a fraction of what objects do."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Table
from sqlalchemy.orm import Session, make_transient, make_transient_to_detached

from workflows.store.later import ready
from workflows.store.models import Base

Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def table_of(model: type[Base]) -> Table:
    """The table of a model."""
    return cast(Table, model.__table__)


def as_read(session: Session, row: Base) -> None:
    """Let the session hold an object as if it had just read it: else it would look at each further question for what
    has changed in it, though that is written already."""
    session.expunge(row)
    make_transient(row)
    make_transient_to_detached(row)
    session.add(row)


def run(session: Session, statement: Executable, values: Values) -> CursorResult[Any]:
    """A statement on tables in the session's transaction. What the session holds unsaved comes first, as ever."""
    return ready(session).execute(statement, values)
