"""The only folder that knows SQLAlchemy: tables, queries by noun, migrations. Nothing in here commits."""

from sqlalchemy.orm import Session

from workflows.store.engines import begin_write
from workflows.store.races import LostRace, is_full, is_race

__all__ = ["LostRace", "Session", "begin_write", "is_full", "is_race"]
