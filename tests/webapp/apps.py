"""Applications as tests want them: quick to make, and made once for all tests whose database has the same address."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import CodeType
from typing import Any, ClassVar

from flask import Flask
from jinja2 import BytecodeCache, ChainableUndefined
from jinja2.bccache import Bucket
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from config import Settings
from tests.databases import hurried
from webapp.create_app import create_app, sessions
from webapp.timing import Timings

Store = Callable[[], AbstractContextManager[Session]]
"""Opens the database in a transaction that is committed."""
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
KEPT: dict[str, Flask] = {}
"""The applications that stay, by the address of their database."""


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


def new_app(database_url: str, *, demonstration: bool = True, proxies: int = 0) -> Flask:
    """An application as tests want it: it lets faults through, and a misspelt name in a template is one."""
    settings = Settings(database_url=database_url, secret_key=KEY, demonstration=demonstration, proxies=proxies)
    app = create_app(settings, undefined=Loud, bytecode_cache=COMPILED)
    app.testing = True
    with app.app_context():
        hurried(app.extensions["sqlalchemy"].engine)
    return app


def kept_app(database_url: str) -> Flask:
    """The demonstration on that database; the next test whose database has this address gets the same application."""
    if database_url not in KEPT:
        KEPT[database_url] = new_app(database_url)
    return KEPT[database_url]


def let_go() -> None:
    """Close what the applications have open and forget what they have counted: their databases become others."""
    for app in KEPT.values():
        vars(app.extensions["timings"]).update(vars(Timings(sessions(app))))
        with app.app_context():
            app.extensions["sqlalchemy"].engine.dispose()
