"""The browser of the journeys, and the sites that they visit. A machine without a browser fails them when
REQUIRE_BROWSER=1, as `make test` says."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.databases import once
from tests.journeys import live
from tests.journeys.chromium import ARGUMENTS, MISSING, find_chromium
from tests.journeys.people import fill_disputed_world, fill_planned_world, fill_small_world
from tests.journeys.rules import Watch, share
from tests.journeys.studio_world import fill_studio_world
from tests.journeys.visitor import Visitor

NewContext = Callable[..., BrowserContext]
Person = Callable[..., Visitor]
OPENED = pytest.StashKey[list[Visitor]]()
A_BUSY_MACHINE = 20_000
"""Milliseconds that a page may take before a journey gives up."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Starts the Chromium that was found, never one that Playwright would download."""
    chromium = find_chromium()
    if chromium is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(MISSING)
    if chromium is None:
        pytest.skip(MISSING)
    expect.set_options(timeout=A_BUSY_MACHINE)
    return {
        **browser_type_launch_args,
        "executable_path": chromium.path,
        "args": list(ARGUMENTS),
        "env": chromium.environment(),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A visitor in England at an ordinary screen; a test of small screens sets its own size."""
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "viewport": {"width": 1280, "height": 900},
    }


# Databases are filled once a run, and copied for each site.


@pytest.fixture(scope="session", autouse=True)
def looks(templates: Path) -> None:
    """A shape of page is looked at closely once a run, by whichever worker comes to it first."""
    share(templates / "looks")


@contextmanager
def site_of(folder: Path, name: str, fill: live.Fill) -> Iterator[live.Site]:
    """A site of its own on a copy of a database."""
    with live.running(live.copy_of(once(folder, name, fill))) as site:
        yield site


@pytest.fixture
def small(templates: Path) -> Iterator[live.Site]:
    """Both trusts with their people; nothing has been started."""
    with site_of(templates, "small", fill_small_world) as site:
        yield site


@pytest.fixture
def disputed(templates: Path) -> Iterator[live.Site]:
    """Both trusts; one doctor of Penrith does not agree to her plan."""
    with site_of(templates, "disputed", fill_disputed_world) as site:
        yield site


@pytest.fixture
def studio(templates: Path) -> Iterator[live.Site]:
    """Both trusts; three disputes of Penrith at different steps of mediation, an owner and an approver of processes."""
    with site_of(templates, "studio", fill_studio_world) as site:
        yield site


@pytest.fixture(scope="session")
def planned(templates: Path) -> Iterator[live.Site]:
    """Both trusts nine days after their teams were planned, shared: each journey has doctors of its own."""
    with site_of(templates, "planned", fill_planned_world) as site:
        yield site


@pytest.fixture(scope="session")
def demonstration(templates: Path) -> Iterator[live.Site]:
    """The demonstration as `make run` shows it, for those who only look: journeys must not change anything in it."""
    with site_of(templates, "demonstration", live.prepare) as site:
        yield site


# People, each with a browser of their own.


@pytest.fixture
def browsers(request: pytest.FixtureRequest, new_context: NewContext) -> Iterator[Callable[..., Visitor]]:
    """Opens watched browsers on a site; at the end nothing may have gone wrong in any of them."""
    watched: list[Watch] = []
    opened: list[Visitor] = request.node.stash.setdefault(OPENED, [])

    def begin(site: live.Site, **settings: Any) -> Visitor:
        watch = Watch(host=urlsplit(site.url).netloc, scripts=settings.get("java_script_enabled", True))
        context = new_context(**settings)
        context.set_default_timeout(A_BUSY_MACHINE)
        watch.over(context)
        watched.append(watch)
        opened.append(Visitor(context.new_page(), site, watch))
        return opened[-1]

    yield begin
    for watch in watched:
        watch.must_be_clean("at the end")


@pytest.fixture
def somebody(browsers: Callable[..., Visitor]) -> Callable[[live.Site], Person]:
    """The people of a site: `as_ = somebody(small)`, then `as_("Dr Amina Osei")` is at their browser, signed in."""

    def people_of(site: live.Site) -> Person:
        signed_in: dict[str, Visitor] = {}

        def person(name: str) -> Visitor:
            if name not in signed_in:
                signed_in[name] = browsers(site).sign_in(name)
            return signed_in[name]

        return person

    return people_of


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A journey that fails shows what its people had in front of them, and what its site had said."""
    report = yield
    if report.failed:
        if report.when == "call":
            for at in item.stash.get(OPENED, []):
                report.sections.append((f"a page at {at.page.url}", at.shown()))
        for name, value in getattr(item, "funcargs", {}).items():
            if isinstance(value, live.Site):
                report.sections.append((f"log of the site “{name}”", value.log))
    return report
