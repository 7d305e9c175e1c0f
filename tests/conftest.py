"""What every room of tests has: an empty database of either kind, the two trusts, and the whole demonstration."""

import os
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.databases import database_url, engine, once, session
from tests.demonstration import fill_demonstration
from tests.factories import World, build_world

__all__ = ["database_url", "engine", "session", "world"]


WALKED = ("tests/cases/", "tests/rehearsal/", "tests/studio/")
"""Rooms whose tests walk diagrams and verbs: in `make test` on SQLite, with what is exhaustive on PostgreSQL too. What
the databases do differently is shown on both in `make test`: the store, races, whole cases, and all in tests.faults."""
ON_BOTH = ("test_races", "test_sign_off", "test_mediation", "test_hearing", "test_publishing")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sorts out the walks on PostgreSQL whose claim is tested on SQLite."""
    there = {item.nodeid for item in items}
    for item in items:
        walked = item.nodeid.startswith(WALKED) and not any(f"/{one}.py" in item.nodeid for one in ON_BOTH)
        if walked and "postgres" in item.nodeid and item.nodeid.replace("postgres", "sqlite") in there:
            item.add_marker(pytest.mark.exhaustive)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def whole_demonstration(templates: Path) -> Path:
    """The whole demonstration as of NOW, told once a run: whoever wants it takes a copy."""
    return once(templates, "whole", partial(fill_demonstration, whole=True))


@pytest.fixture
def world(session: Session) -> World:
    """Two trusts with a team each, committed."""
    built = build_world(session)
    session.commit()
    return built
