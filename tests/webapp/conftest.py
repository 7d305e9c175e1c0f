"""The web's own: an application on a SQLite file with both trusts, every person a persona, time standing still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.cases.walk import Walk
from tests.databases import empty_sqlite, once
from tests.demonstration import fill_demonstration
from tests.factories import NOW, House, World, add_account, build_world, shipped_files
from tests.webapp.apps import Store, kept_app, let_go
from tests.webapp.demonstration_site import Site
from tests.webapp.studio_cast import begun, of_the_studio
from tests.webapp.visitor import Visitor
from workflows.engine import releases
from workflows.people import passwords
from workflows.store import engines
from workflows.store.models import Person


@pytest.fixture(scope="package", autouse=True)
def light_hashes() -> Iterator[None]:
    """Passwords are hashed in no time; what a hash of the product costs is shown in tests.people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def standstill() -> Iterator[None]:
    """Time stands still at NOW."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this worker's databases stand, one after the other at the same address: one application serves them all."""
    return tmp_path_factory.mktemp("web")


@pytest.fixture
def place(folder: Path) -> Iterator[Path]:
    """That folder, empty."""
    releases.forget()
    yield folder
    let_go()
    for file in folder.iterdir():  # another application of the test may have it open: it stays with what was there
        file.unlink()


@pytest.fixture
def database_url(place: Path) -> str:
    """The store is tested on both databases; what the web adds does not depend on it."""
    return empty_sqlite(place)


@pytest.fixture(scope="session")
def small_demonstration(templates: Path) -> Path:
    """The demonstration as of NOW with its main stories, told once a run."""
    return once(templates, "small", partial(fill_demonstration, whole=False))


@pytest.fixture
def site(place: Path, small_demonstration: Path) -> Site:
    """A copy of it."""
    return Site(small_demonstration, place)


@pytest.fixture
def files() -> dict[str, str]:
    """The release of both trusts: a test module may draw its own."""
    return shipped_files()


@pytest.fixture
def world(standstill: None, session: Session, files: dict[str, str]) -> World:
    """Both trusts with a release, and an account for everybody."""
    built = build_world(session, files=files)
    for house in (built.cpft, built.bth):
        for part in (value for value in vars(house).values() if isinstance(value, Person)):
            add_account(session, person=part, persona=f"Part of {house.trust.name}")
    session.commit()
    return built


@pytest.fixture
def store(engine: Engine, world: World) -> Store:
    """Looking at the database as it is now, and changing it: each time a transaction of its own."""

    @contextmanager
    def opened() -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as session:
            engines.begin_write(session)
            yield session
            session.commit()

    return opened


@pytest.fixture
def app(database_url: str, engine: Engine, world: World) -> Flask:
    """The demonstration on that database."""
    return kept_app(database_url)


@pytest.fixture
def cpft(world: World) -> House:
    """Cumbria."""
    return world.cpft


@pytest.fixture
def walk(engine: Engine, world: World) -> Walk:
    """Cumbria, moved on by verbs."""
    return Walk(engine, world.cpft)


@pytest.fixture
def visit(app: Flask) -> Callable[[Person], Visitor]:
    """Somebody who has signed in."""
    return lambda person: Visitor(app).sign_in(person)


@pytest.fixture
def owner(world: World, store: Store) -> Person:
    """Yvonne Sharples, who owns the processes of CPFT."""
    return of_the_studio(world, store, "Yvonne Sharples", "process_owner")


@pytest.fixture
def draft_id(owner: Person, store: Store) -> int:
    """A draft of hers in which nothing is changed yet."""
    return begun(store, owner)
