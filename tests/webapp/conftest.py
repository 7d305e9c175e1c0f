"""The web's own: an application on a SQLite file with both trusts, every person a persona, time standing still."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache, ChainableUndefined
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from config import Settings
from tests.cases.walk import Walk
from tests.databases import empty_sqlite, hurried
from tests.factories import NOW, House, World, add_account, build_world, shipped_files
from tests.webapp.visitor import Visitor
from webapp.create_app import create_app
from workflows.engine import releases
from workflows.people import passwords
from workflows.store import engines
from workflows.store.models import Person

KEY = "a key for tests alone, of more than 32 characters"


class Loud(ChainableUndefined):
    """The NHS templates ask for what may not be there; what is then printed is a misspelt name of ours."""

    def _boom(self) -> str:
        self._fail_with_undefined_error()

    __str__ = _boom
    __html__ = _boom


class CompiledOnce(BytecodeCache):
    """Each test has an application of its own; what it compiles of the templates is the same each time."""

    def __init__(self) -> None:
        self.kept: dict[str, CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.code


COMPILED = CompiledOnce()


class BuiltOnce(Rule):
    """A rule of the site's map. What makes its addresses is a function that Werkzeug writes and compiles anew for each
    application: here it is kept by what the rule says."""

    kept: ClassVar[dict[tuple[str, bool], Any]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Any:
        key = (self.rule, append_unknown)
        if key not in self.kept:
            self.kept[key] = super()._compile_builder(append_unknown)
        return self.kept[key]


Flask.url_rule_class = BuiltOnce


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


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The store is tested on both databases; what the web adds does not depend on it."""
    releases.forget()
    return empty_sqlite(tmp_path)


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


Store = Callable[[], AbstractContextManager[Session]]


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
    return new_app(database_url)


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


def new_app(database_url: str, *, demonstration: bool = True, proxies: int = 0) -> Flask:
    """An application as tests want it: it lets faults through, and a misspelt name in a template is one."""
    settings = Settings(database_url=database_url, secret_key=KEY, demonstration=demonstration, proxies=proxies)
    app = create_app(settings, undefined=Loud, bytecode_cache=COMPILED)
    app.testing = True
    with app.app_context():
        hurried(app.extensions["sqlalchemy"].engine)
    return app
