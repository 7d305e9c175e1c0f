"""Whoever keeps a trust's people, and both trusts with their shipped policies."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from tests.factories import House, World, build_world, shipped_files


@dataclass(frozen=True)
class By:
    """Who asks."""

    person_id: int | None
    trust_id: int


@pytest.fixture
def world(session: Session) -> World:
    """Both trusts with their shipped policies, committed."""
    built = build_world(session, files=shipped_files())
    session.commit()
    return built


@pytest.fixture
def cpft(world: World) -> House:
    """Cumbria."""
    return world.cpft


@pytest.fixture
def office(cpft: House) -> By:
    """Somebody of Cumbria's Medical Directorate."""
    return By(cpft.directorate.id, cpft.trust.id)
