"""Every kind of page of the demonstration, and what each persona is led to: all are there, all are sound, and each kind
passes axe."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from tests.journeys.live import Site
from tests.journeys.test_two_trusts import kind_of
from tests.journeys.visitor import Visitor
from workflows.seeding.cast import BLACKPOOL, CUMBRIA, Company

PLACES = ("/", "/cases", "/cases?status=any", "/teams", "/cases/start", "/demonstration/notices")
LINK = re.compile(r'<a (?![^>]* download)[^>]*href="(/[^"#]*)')
"""What is downloaded is no page."""
DOWNLOAD = re.compile(r'<a (?=[^>]* download)[^>]*href="(/(?:letters|cases|disputes|studio)/[^"#]*)')
FILES = {
    "/letters/_.pdf": b"%PDF",
    "/cases/_/bundle.pdf": b"%PDF",
    "/disputes/export.xlsx": b"PK",
    "/studio/releases/_/export": b"PK",
}
"""What disputes and the studio give to take away, by how it begins."""
SECTION = re.compile(r"<h2[^>]*>\s*([^<]+)")
STEP = re.compile(r"<h1[^>]*>\s*([^<]+)")


class Much(NamedTuple):
    """How much is looked at."""

    at_most: int
    """How many pages each persona asks for: of each kind about as many, and rather what nobody before them has seen."""
    opened: int
    """Of how many pages of a kind with parts that the browser has not seen it sees the rest too."""


SOME, ALL = Much(12, 1), Much(24, 2)
"""In `make test` every persona finds some pages, and the browser sees each kind of page and of step once."""
KINDS = {
    *("/", "/cases", "/cases/start", "/cases/_", "/steps/_", "/deadlines/_", "/plans/_", "/glossary"),
    *("/teams", "/teams/_", "/team-plans/_", "/demonstration/notices", "/account"),
    *("/disputes", "/disputes/times", "/disputes/status", "/disputes/calendar"),
    *("/rotas", "/rotas/_", "/rotas/diaries/_"),
    *("/cases/_/panel", "/panel-register", "/panel-register/_", "/panel-register/fairness"),
    *("/plans/compare", "/plans/_/leave", "/cases/_/positions", "/cases/_/extra", "/extra-activities"),
    *("/privileges", "/reviews"),
}
"""The kinds of page that the personas of a trust together must have come to."""
RARE = {"/cases/_/extra", "/plans/_/leave", "/plans/compare"}
"""Those of them to which few pages lead: some pages of each persona may miss them, all must not."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "much", [pytest.param(SOME, id="some"), pytest.param(ALL, id="all", marks=pytest.mark.exhaustive)]
)
@pytest.mark.parametrize("company", [CUMBRIA, BLACKPOOL], ids=lambda company: company.key)
def test_every_persona_finds_every_page_that_they_are_led_to_sound(
    company: Company, much: Much, demonstration: Site, browsers: Callable[..., Visitor]
) -> None:
    at = browsers(demonstration)
    come_to: set[str] = set()
    opened: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, str, str]] = set()
    asked: Counter[str] = Counter()
    for part in (*company.parts, *(one for one in company.staff if one.listed)):
        at.sign_in(part.name)
        for address, html in pages_of(at, asked, much.at_most):
            assert len(STEP.findall(html)) == 1, address
            kind = kind_at(address)
            heading = STEP.findall(html)[0].strip() if kind == "/steps/_" else ""
            parts = {(kind, heading, each.strip()) for each in SECTION.findall(html)}
            if not opened[kind, heading] or (opened[kind, heading] < much.opened and parts - seen):
                at.open(address)
                opened[kind, heading] += 1
                seen |= parts
            come_to.add(kind)
            take_files(at, html)
        at.open("/").press("Sign out")
    wanted = KINDS if much is ALL else KINDS - RARE
    assert come_to >= wanted, wanted - come_to


def pages_of(at: Visitor, before: Counter[str], at_most: int) -> Iterator[tuple[str, str]]:
    """Whatever the persona is led to from the places that everybody knows, each page asked for once: next is always one
    of the kind of which the fewest were, by this persona and by those before, who are counted in `before`."""
    led = dict.fromkeys(PLACES, "the menu")
    asked: Counter[str] = Counter()
    new = list(PLACES)
    while new and asked.total() < at_most:
        address = min(new, key=lambda one: (asked[kind_at(one)], before[kind_at(one)]))
        new.remove(address)
        asked[kind_at(address)] += 1
        before[kind_at(address)] += 1
        answer = at.get(address)
        html = answer.text()
        assert answer.status == 200, f"{led[address]} leads to {address}, which answers {answer.status}"
        more = [link.replace("&amp;", "&") for link in LINK.findall(html)]
        new += [link for link in dict.fromkeys(more) if link not in led]
        led = dict.fromkeys(more, address) | led
        yield address, html


def kind_at(address: str) -> str:
    """The kind of page that is at an address, whatever stands after its question mark."""
    return kind_of(address.partition("?")[0])


def take_files(at: Visitor, html: str) -> None:
    """The first file of each kind that a page of a dispute or of the studio offers."""
    first = {kind_of(re.sub(r"\d+(?=\.pdf)", "0", link)): link for link in reversed(DOWNLOAD.findall(html))}
    offered = {kind.replace("/0.pdf", "/_.pdf"): link for kind, link in first.items()}
    for kind in offered.keys() & FILES.keys():
        answer = at.get(offered[kind].replace("&amp;", "&"))
        assert answer.status == 200, offered[kind]
        assert answer.body().startswith(FILES[kind]), offered[kind]
