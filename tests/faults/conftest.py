"""A PostgreSQL server that may be killed, and migrated databases on it and on SQLite: each a copy of one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import new_engine
from tests.faults.postgres import Killable, killable
from workflows.engine import releases
from workflows.store import migrating


@pytest.fixture(scope="session")
def server() -> Iterator[Killable]:
    """A PostgreSQL server of this worker alone."""
    with killable() as made:
        yield made


@pytest.fixture(scope="session")
def migrated_postgres(server: Killable) -> str:
    """The name of a database of that server, migrated, which nobody uses."""
    migrate(server.new_database("migrated"))
    return "migrated"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file, migrated, which nobody uses."""
    file = tmp_path_factory.mktemp("migrated") / "accord.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def postgres_url(server: Killable, migrated_postgres: str) -> str:
    """The address of a migrated database of that server."""
    releases.forget()
    return server.new_database("accord", like=migrated_postgres)


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The address of a migrated file."""
    releases.forget()
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path)}"


def migrate(url: str) -> None:
    """Bring an empty database to the tables of this version."""
    engine = new_engine(url)
    migrating.upgrade(engine)
    engine.dispose()
