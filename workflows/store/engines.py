"""Preparing a database: the embedded SQLite, or PostgreSQL.

SQLite has one writer. A transaction that means to write says so first (`begin_write`) and waits for its turn: begun by
reading, it would find its picture of the data out of date at the first write and fail with "database is locked".
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session

WRITE = "accord_write"
"""The execution option of a connection whose transaction will write."""

RESTING_SINCE = "accord_resting_since"
RESTED_SECONDS = 5.0
"""A connection that nobody has used for so long is asked whether it is still there."""

PREPARED_STATEMENTS = 500
"""How many statements a connection remembers as prepared."""

LIBPQ_IDLE = LIBPQ_PIPELINE_OFF = 0
"""PQTRANS_IDLE: no transaction is open. PQ_PIPELINE_OFF: no pipeline is."""

BUSY_SECONDS = 30
"""How long a writer waits for the one before it."""


def dumps(value: Any) -> str:
    """JSON as the tables hold it."""
    return orjson.dumps(value).decode()


def loads(value: Any) -> Any:
    """JSON read back. SQLite turns a column that holds a bare number into one."""
    return value if isinstance(value, int | float) else orjson.loads(value)


def options(url: str) -> dict[str, Any]:
    """The arguments of `create_engine` for this address, as `SQLALCHEMY_ENGINE_OPTIONS` takes them."""
    chosen: dict[str, Any] = {"json_serializer": dumps, "json_deserializer": loads}
    if make_url(url).get_backend_name() == "sqlite":
        return chosen | {"connect_args": {"timeout": BUSY_SECONDS}}
    return chosen | {"pool_size": 10, "max_overflow": 10, "pool_recycle": 1800}


def prepare(engine: Engine) -> Engine:
    """Make a new engine follow our rules; call it once, before the first connection. Returns the same engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _keep_prepared)
        engine.dialect.do_rollback = _roll_back  # type: ignore[method-assign]  # this engine's own dialect
        event.listen(engine, "checkin", _note_rest)
        event.listen(engine, "checkout", partial(_ping_rested, engine))
    return engine


def begin_write(session: Session) -> None:
    """Open the transaction of a verb that writes; every front door calls this first, before each try.

    On SQLite it takes the write lock now. What the session has read before is let go, since it may be out of date;
    unsaved changes would be lost with it and are refused.
    """
    if session.get_bind().dialect.name != "sqlite":
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("A transaction that writes has to be opened before the first change.")
    if session.in_transaction():
        session.rollback()
    session.connection(execution_options={WRITE: True})


def _keep_prepared(dbapi_connection: Any, _record: object) -> None:
    # The driver keeps a hundred. Our pages ask more than that, and one pushed out costs two more ways to the server.
    dbapi_connection.prepared_max = PREPARED_STATEMENTS


def _roll_back(dbapi_connection: Any) -> None:
    """Each page that only reads ends so. The driver's own way forgets every prepared statement with it, in case one
    names a table that is taken back; our tables are made by migrations, on connections of their own."""
    below = dbapi_connection.pgconn
    if below.transaction_status == LIBPQ_IDLE:
        return
    if below.pipeline_status != LIBPQ_PIPELINE_OFF or below.exec_(b"ROLLBACK").error_message:
        dbapi_connection.rollback()


def _note_rest(_dbapi_connection: object, record: Any) -> None:
    record.info[RESTING_SINCE] = time.monotonic()


def _ping_rested(engine: Engine, dbapi_connection: Any, record: Any, _proxy: object) -> None:
    """A server that was restarted has closed the connections that rest: the pool replaces them when it is told so.

    Asking before each use, as the pool itself can, would cost every request a way to the server and back.
    """
    rested = time.monotonic() - record.info.get(RESTING_SINCE, time.monotonic())
    if rested < RESTED_SECONDS:
        return
    try:
        engine.dialect.do_ping(dbapi_connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def _open_sqlite(dbapi_connection: Any, _record: object) -> None:
    # The driver's own guesses about when to begin are turned off; _begin_sqlite says it.
    dbapi_connection.isolation_level = None
    run: Callable[[str], object] = dbapi_connection.execute
    run("PRAGMA journal_mode = WAL")
    # A signature that was confirmed on the screen survives a power cut: NORMAL would lose the last ones.
    run("PRAGMA synchronous = FULL")
    run("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
