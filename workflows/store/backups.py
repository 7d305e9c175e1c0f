"""Every row of every table, as lines of JSON that either database can take back."""

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import Column, LargeBinary, Numeric, Table, func, insert, inspect, literal_column, select, text
from sqlalchemy.orm import Session

from workflows.store.models import Base, Document, Letter
from workflows.store.models.base import Instant

ROWS_AT_ONCE = 500
FILES_AT_ONCE = 4
"""A document may have ten megabytes."""
FILES = frozenset({Document.__tablename__, Letter.__tablename__})
BYTES_AT_ONCE = 4 * 1024 * 1024


def tables() -> list[str]:
    """The names of the tables, those that others point to first."""
    return [table.name for table in Base.metadata.sorted_tables]


def begin_snapshot(session: Session) -> None:
    """From here on the session sees all tables as they are at this instant, whatever others write meanwhile."""
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    # SQLite keeps the picture of the first read.
    session.execute(select(literal_column("1")).select_from(_table("trust")).limit(1))


def rows(session: Session, *, table: str) -> Iterator[bytes]:
    """The rows of a table by their key, each as a line of JSON. Bytes are base64, decimals and times are texts."""
    of, many = _table(table), FILES_AT_ONCE if table in FILES else ROWS_AT_ONCE
    names = [column.name for column in of.columns]
    wanted = select(of).order_by(*of.primary_key.columns)
    for row in session.connection().execute(wanted, execution_options={"yield_per": many}):
        yield orjson.dumps(dict(zip(names, map(_said, row), strict=True)), option=orjson.OPT_APPEND_NEWLINE)


def filled(session: Session) -> str:
    """The name of a table that has rows; "" where none has."""
    for table in reversed(Base.metadata.sorted_tables):
        if session.execute(select(literal_column("1")).select_from(table).limit(1)).first():
            return str(table.name)
    return ""


def has_tables(session: Session) -> bool:
    """Whether the database has any of our tables."""
    present = set(inspect(session.connection()).get_table_names())
    return not present.isdisjoint(Base.metadata.tables)


def put_back(session: Session, *, table: str, lines: Iterable[bytes]) -> int:
    """Write rows from their lines; returns how many. Raises ValueError or KeyError for a line that is no row."""
    of, written = _table(table), 0
    readers = {column.name: _reader(column) for column in of.columns}
    for chunk in _chunks(lines):
        found = [_row(orjson.loads(line), readers) for line in chunk]
        session.connection().execute(insert(of).inline(), found)
        written += len(found)
    return written


def count_on(session: Session) -> None:
    """Let new rows be numbered after those that were put back. SQLite does so by itself."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        numbered = table.autoincrement_column
        if numbered is None:
            continue
        sequence = func.pg_get_serial_sequence(f'"{table.name}"', numbered.name)
        if session.scalar(select(sequence)) is None:
            continue
        newest = func.max(numbered)
        session.execute(select(func.setval(sequence, func.coalesce(newest, 1), newest.is_not(None))).select_from(table))


def count(session: Session, *, table: str) -> int:
    """How many rows a table has."""
    return session.scalars(select(func.count()).select_from(_table(table))).one()


def check_references(session: Session) -> bool:
    """Whether every row that another one names is there. PostgreSQL has seen to it by itself."""
    if session.get_bind().dialect.name != "sqlite":
        return True
    return session.execute(text("PRAGMA foreign_key_check")).first() is None


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _said(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _row(said: Any, readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    if not isinstance(said, dict) or said.keys() != readers.keys():
        raise ValueError("This line has other columns than its table.")
    return {name: None if said[name] is None else read(said[name]) for name, read in readers.items()}


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, LargeBinary):
        return base64.b64decode
    if isinstance(column.type, Instant):
        return datetime.fromisoformat
    if isinstance(column.type, Numeric):
        return Decimal
    if column.type.python_type is date:
        return date.fromisoformat
    return lambda value: value


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line)
        if len(chunk) >= ROWS_AT_ONCE or size >= BYTES_AT_ONCE:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
