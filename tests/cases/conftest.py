"""Walks of both trusts on the shipped diagrams, each on an empty database of either kind."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.cases.walk import Walk
from tests.factories import World, add_person, add_post, build_world, shipped_files
from workflows.store import engines
from workflows.store.models import Person

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For a walk that shows what diagrams and verbs do, not what a database does."""


@pytest.fixture
def trusts(engine: Engine) -> Iterator[World]:
    """Both trusts with the shipped release, committed; their rows may be read after the session has gone."""
    with Session(engine, expire_on_commit=False) as opened:
        engines.begin_write(opened)
        built = build_world(opened, files=shipped_files())
        opened.commit()
        opened.expunge_all()
        yield built


@pytest.fixture
def cpft(engine: Engine, trusts: World) -> Walk:
    """Cumbria: two signatories."""
    return Walk(engine, trusts.cpft)


@pytest.fixture
def bth(engine: Engine, trusts: World) -> Walk:
    """Blackpool: three signatories, preparation material, a meeting window."""
    return Walk(engine, trusts.bth)


@pytest.fixture
def owner(engine: Engine, cpft: Walk) -> Person:
    """Somebody who owns the processes of Cumbria."""
    with Session(engine, expire_on_commit=False) as session:
        person = add_person(session, trust=cpft.house.trust, name="Bridget Fell")
        add_post(session, person=person, role="process_owner", care_group=cpft.house.care_group, team=cpft.house.team)
        session.commit()
        session.expunge_all()
    return person
