"""Which version the tables are, and which one this code expects; how large the database is."""

from functools import cache
from pathlib import Path

from sqlalchemy import column, func, inspect, select, table, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

REVISIONS = Path(__file__).parent / "migrations" / "versions"
_VERSION = table("alembic_version", column("version_num"))


@cache
def expected() -> str:
    """The newest revision of this code. Its files are named for their revisions, so Alembic need not be loaded."""
    return max(file.stem for file in REVISIONS.glob("[0-9]*.py"))


def of_tables(session: Session) -> str:
    """The revision that the database was brought to; "" where it has no tables yet, or was made without migrations."""
    if not inspect(session.connection()).has_table(_VERSION.name):
        return ""
    return session.scalar(select(_VERSION.c.version_num)) or ""


def size(session: Session) -> int | None:
    """How many bytes the database takes; None where it does not say."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    asked = text(pages) if sqlite else select(func.pg_database_size(func.current_database()))
    try:
        found = session.scalar(asked)
    except SQLAlchemyError:
        return None
    return None if found is None else int(found)
