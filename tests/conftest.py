"""What every room of tests has: an empty database of either kind, and the two trusts."""

import pytest
from sqlalchemy.orm import Session

from tests.databases import database_url, engine, session
from tests.factories import World, build_world

__all__ = ["database_url", "engine", "session", "world"]


@pytest.fixture
def world(session: Session) -> World:
    """Two trusts with a team each, committed."""
    built = build_world(session)
    session.commit()
    return built
