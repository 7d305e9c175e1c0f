"""Tables by themselves, for what every request asks or writes: rows cost a fraction of what objects do."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Table
from sqlalchemy.orm import Session

from workflows.store.later import send
from workflows.store.models import Base

Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def table_of(model: type[Base]) -> Table:
    """The table of a model."""
    return cast(Table, model.__table__)


def run(session: Session, statement: Executable, values: Values) -> CursorResult[Any]:
    """A statement on tables in the session's transaction. What the session holds unsaved comes first, as ever."""
    session.flush()
    send(session)
    return session.connection().execute(statement, values)
