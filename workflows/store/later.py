"""Writing later: rows of which nobody asks anything back are kept until the next question, or the commit.

On PostgreSQL they then take one way to the server and back together, where each alone would take its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Executable, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

LATER = "accord_later"
"""Where a session keeps them."""


def later(session: Session, statement: Executable, values: Any) -> None:
    """Run a statement on tables before anything else is asked in this transaction; `values` as `execute` takes them.

    An insert is an `inline()` one: it gives back no ids.
    """
    session.info.setdefault(LATER, []).append((statement, values))


def send(session: Session, *, and_commit: bool = False) -> None:
    """Run now what has been kept, in its order; the commit behind it need not wait for it."""
    kept = session.info.pop(LATER, None)
    if not kept:
        return
    connection = session.connection()
    with _together(connection) as driver:
        for statement, values in kept:
            connection.execute(statement, values)
        if and_commit and driver:
            driver.execute("COMMIT")  # the driver's own, which follows, then finds nothing left to do


@contextmanager
def _together(connection: Connection) -> Iterator[Any]:
    """The driver's connection where it can take several statements together, else None."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "postgresql":
        yield None
        return
    fault = connection.dialect.loaded_dbapi.Error
    try:
        with driver.pipeline():
            yield driver
    except fault as error:
        # Some faults come to light only at the end of the pipeline, where SQLAlchemy does not see them.
        raise DBAPIError.instance("", None, error, fault) from error


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
