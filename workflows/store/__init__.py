"""The only folder that knows SQLAlchemy: tables, queries by noun, migrations. Nothing in here commits."""

from sqlalchemy.orm import Session

__all__ = ["Session"]
