"""Inserting what may be there already: both databases can, each with an insert of its own."""

from typing import cast

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workflows.store.models import Base


def insert_into(session: Session, model: type[Base]) -> postgresql.Insert:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`: the two dialects spell them alike."""
    return insert_for(dialect_of(session), model)


def dialect_of(session: Session) -> str:
    """Which database it is: sqlite or postgresql."""
    return session.get_bind().dialect.name


def insert_for(dialect: str, model: type[Base]) -> postgresql.Insert:
    """The same, for a statement that is made once for each database."""
    return cast(postgresql.Insert, sqlite.insert(model)) if dialect == "sqlite" else postgresql.insert(model)
