"""A PostgreSQL server that may be killed, and empty databases on it and on SQLite."""

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


@pytest.fixture
def postgres_url(server: Killable) -> str:
    """The address of a database of that server, migrated."""
    return migrated(server.new_database("accord"))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a new file, migrated."""
    return migrated(f"sqlite:///{tmp_path / 'accord.sqlite3'}")


def migrated(url: str) -> str:
    """Bring an empty database to the tables of this version."""
    releases.forget()
    engine = new_engine(url)
    migrating.upgrade(engine)
    engine.dispose()
    return url
