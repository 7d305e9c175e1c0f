"""Writing later: rows of which nobody asks anything back are kept until the next question, or the commit.

On PostgreSQL they then take one way to the server and back together, where each alone would take its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from json import dumps
from typing import Any, cast

from sqlalchemy import Connection, Table, UpdateBase, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from workflows.store.models import Base

LATER = "accord_later"
"""Where a session keeps them."""


def later(session: Session, statement: UpdateBase, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement on a table with these parameters before anything else is asked in this transaction.

    Rows of the same statement are sent together, whatever came in between, and tables before those that point at them:
    so each of a transaction's statements makes sense by itself. An insert is an `inline()` one: it gives back no ids.
    A statement with the option `gathers` runs once for all of them, with the list of what they have under that name;
    all else is the same in one transaction.
    """
    if rows:
        session.info.setdefault(LATER, {}).setdefault(statement, []).extend(rows)


def keeps(session: Session, statement: UpdateBase) -> bool:
    """Whether rows of that statement are kept."""
    return statement in session.info.get(LATER, {})


def ready(session: Session) -> Connection:
    """The transaction's connection, once all is written that the session and this room have kept."""
    session.flush()
    send(session)
    return session.connection()


def send(session: Session, *, and_commit: bool = False) -> None:
    """Run now what has been kept, each table in its turn; the commit behind it need not wait for it."""
    kept = session.info.pop(LATER, None)
    if not kept:
        return
    connection = session.connection()
    with _together(connection) as driver:
        for statement in sorted(kept, key=place):
            connection.execute(statement, gathered(connection, statement, kept[statement]))
        if and_commit and driver:
            driver.execute("COMMIT")  # the driver's own, which follows, then finds nothing left to do


def gathered(
    connection: Connection, statement: UpdateBase, rows: Sequence[Mapping[str, Any]]
) -> Sequence[Mapping[str, Any]]:
    """The rows, or the one row that stands for them all."""
    name = statement.get_execution_options().get("gathers")
    if name is None:
        return rows
    values = [row[name] for row in rows]
    return [{**rows[0], name: values if connection.dialect.name == "postgresql" else dumps(values)}]


def place(statement: UpdateBase) -> tuple[bool, int]:
    """Where a statement comes: its table behind those to which it points, and last of all what is written from what
    has been written."""
    return getattr(statement, "select", None) is not None, places()[cast(Table, statement.table)]


@cache
def places() -> Mapping[Table, int]:
    """Of each table, where it comes."""
    return {table: number for number, table in enumerate(Base.metadata.sorted_tables)}


@contextmanager
def _together(connection: Connection) -> Iterator[Any]:
    """The driver's connection where it can take several statements together, else None."""
    if connection.dialect.name != "postgresql":
        yield None
        return
    # Some faults come to light only at the end of the pipeline, where SQLAlchemy does not see them.
    with of_the_driver(connection) as driver, driver.pipeline():
        yield driver


@contextmanager
def of_the_driver(connection: Connection, words: str = "", values: Any = None) -> Iterator[Any]:
    """The driver's connection, for what SQLAlchemy does not see: a fault there is told as it would tell of it. A
    connection that is lost is let go: else rolling back on it would fail as well, and hide what has happened."""
    driver: Any = connection.connection.driver_connection
    fault = connection.dialect.loaded_dbapi.Error
    try:
        yield driver
    except fault as error:
        lost = connection.dialect.is_disconnect(error, driver, None)
        if lost and not connection.invalidated:
            connection.invalidate(error)
        raise DBAPIError.instance(words, values, error, fault, connection_invalidated=lost) from error


def _before_a_question(state: ORMExecuteState) -> None:
    send(state.session)


def _before_commit(session: Session) -> None:
    session.flush()
    send(session, and_commit=not session.in_nested_transaction())


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(LATER, None)


event.listen(Session, "do_orm_execute", _before_a_question)
event.listen(Session, "before_commit", _before_commit)
event.listen(Session, "after_transaction_end", _forget)
