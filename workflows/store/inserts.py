"""Inserting what may be there already: both databases can, each with an insert of its own."""

from typing import cast

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workflows.store.models import Base


def insert_into(session: Session, model: type[Base]) -> postgresql.Insert:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`: the two dialects spell them alike."""
    if session.get_bind().dialect.name == "sqlite":
        return cast(postgresql.Insert, sqlite.insert(model))
    return postgresql.insert(model)
