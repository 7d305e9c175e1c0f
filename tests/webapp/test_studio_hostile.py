"""Hostile files sent to the studio by whoever may change processes: kept or refused, and every page still opens.

What the files do to the checker, and what they take, is shown in tests/hostile.
"""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.factories import World
from tests.hostile.diagrams import DIAGRAMS
from tests.hostile.letters import LETTERS
from tests.hostile.policies import POLICIES
from tests.hostile.tables import TABLES
from tests.webapp.apps import Store
from tests.webapp.studio_cast import Cast
from tests.webapp.visitor import Visitor

DRAWN = (
    "a step that leads to itself", "gateways that go round", "60,000 roles", "60,000 clauses", "40,000 titles",
    "processes that call the next twenty times each", "3,000 shapes without a place", "a label that runs backwards",
    "400 steps of one id", "5,000 lanes", "a NUL", "20,000 deep", "one byte too many",
)  # fmt: skip
RULES = ("a cell that calls", "a cell of 100 KB", "400 cells that are wrong", "a column that burns", "tables in tables")
SAID = (
    "lists in lists", "a number of 5,000 digits", "a deadline with a key of the web", "a length of 10**12 days",
    "a title that runs backwards", "the last day", "2,000 deadlines",
)  # fmt: skip
WRITTEN = (
    "a file that is read",
    "900 KB",
    "marks upon marks",
    "a place that fills the memory",
    "a condition that burns",
)
PAGES = ("", "/changes", "/rehearsal/replay", "/submit")
NOT_EVEN_READ, BROKEN = 400, 500


@pytest.fixture
def cast(app: Flask, store: Store, world: World) -> Cast:
    return Cast(app, store, world.bth)


def sent(visitor: Visitor, draft: str, way: str, text: str | bytes) -> Iterator[tuple[str, int]]:
    """Post a text, then open all that shows it: the pages that broke, and a post that did not even come to be read."""
    visitor.open(draft)
    boxes = {"csrf_token": visitor.page.token, "text": text, "version": "0", "read": "0"}
    posted = visitor.client.post(f"{draft}{way}", data=boxes).status_code
    addresses = [(way, BROKEN if posted == NOT_EVEN_READ and "\0" not in str(text) else posted)]
    shown = [page for page in (way, *PAGES) if not page.endswith(("/check", "/drawing"))]
    addresses += [(page, visitor.client.get(f"{draft}{page}").status_code) for page in shown]
    yield from ((page, status) for page, status in addresses if status >= BROKEN)


ATTACKS = [
    *((f"/diagrams/{process}", DIAGRAMS[name].text) for name in DRAWN for process in ("mediation",)),
    *(("/tables/spa_minimum/drawing", TABLES[name].text) for name in RULES),
    *(("/policy/text/blackpool", POLICIES[name].text) for name in SAID),
    *(("/letters/mediation_invitation", LETTERS[name].text) for name in WRITTEN),
]


@pytest.mark.slow
def test_no_page_of_the_studio_breaks_whatever_was_sent_to_it(cast: Cast) -> None:
    visitor, broken = cast.at(cast.owner), {}
    for number, (way, text) in enumerate(ATTACKS):
        found = list(sent(visitor, f"/studio/drafts/{cast.draft()}", way, text))
        if found:
            broken[number, way] = found
    assert broken == {}
