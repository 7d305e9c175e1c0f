"""Every page of the demonstration as every persona: all are there, all are sound, and each kind passes axe."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.journeys.live import Site
from tests.journeys.test_two_trusts import kind_of
from tests.journeys.visitor import Visitor
from workflows.seeding.cast import BLACKPOOL, CUMBRIA, Company

PLACES = ("/", "/cases", "/cases?status=any", "/teams", "/cases/start", "/demonstration/notices")
LINK = re.compile(r'<a (?![^>]* download)[^>]*href="(/[^"#]*)')
"""What is downloaded is no page."""
DOWNLOAD = re.compile(r'<a (?=[^>]* download)[^>]*href="(/(?:letters|cases|disputes)/[^"#]*)')
FILES = {"/letters/_.pdf": b"%PDF", "/cases/_/bundle.pdf": b"%PDF", "/disputes/export.xlsx": b"PK"}
"""What disputes give to take away, by how it begins."""
SECTION = re.compile(r"<h2[^>]*>\s*([^<]+)")
STEP = re.compile(r"<h1[^>]*>\s*([^<]+)")
AT_MOST = 20
"""How many pages each persona asks for, of each kind about as many."""
KINDS = {
    *("/", "/cases", "/cases/start", "/cases/_", "/steps/_", "/deadlines/_", "/plans/_", "/glossary"),
    *("/teams", "/teams/_", "/team-plans/_", "/demonstration/notices", "/account"),
    *("/disputes", "/disputes/times", "/disputes/status", "/disputes/calendar"),
    *("/rotas", "/rotas/_", "/rotas/diaries/_"),
    *("/cases/_/panel", "/panel-register", "/panel-register/_", "/panel-register/fairness"),
}
"""The kinds of page that the personas of a trust together must have come to."""


@pytest.mark.slow
@pytest.mark.parametrize("company", [CUMBRIA, BLACKPOOL], ids=lambda company: company.key)
def test_every_persona_finds_every_page_that_they_are_led_to_sound(
    company: Company, demonstration: Site, browsers: Callable[..., Visitor]
) -> None:
    at = browsers(demonstration)
    come_to: set[str] = set()
    looked_at: set[tuple[str, ...]] = set()
    for part in (*company.parts, *(one for one in company.staff if one.listed)):
        at.sign_in(part.name)
        for address, html in pages_of(at):
            assert len(STEP.findall(html)) == 1, address
            kind = kind_of(address.partition("?")[0])
            heading = STEP.findall(html)[0].strip() if kind == "/steps/_" else ""
            looks_like = (kind, heading, *sorted({each.strip() for each in SECTION.findall(html)}))
            if looks_like not in looked_at:
                at.open(address)
            looked_at.add(looks_like)
            come_to.add(kind)
            take_files(at, html)
        at.open("/").press("Sign out")
    assert come_to >= KINDS, KINDS - come_to


def pages_of(at: Visitor) -> Iterator[tuple[str, str]]:
    """Whatever the persona is led to from the places that everybody knows, each page asked for once: next is always one
    of the kind of which the fewest were."""
    led = dict.fromkeys(PLACES, "the menu")
    asked: Counter[str] = Counter()
    new = list(PLACES)
    while new and asked.total() < AT_MOST:
        address = min(new, key=lambda one: asked[kind_of(one.partition("?")[0])])
        new.remove(address)
        asked[kind_of(address.partition("?")[0])] += 1
        answer = at.get(address)
        html = answer.text()
        assert answer.status == 200, f"{led[address]} leads to {address}, which answers {answer.status}"
        more = [link.replace("&amp;", "&") for link in LINK.findall(html)]
        new += [link for link in dict.fromkeys(more) if link not in led]
        led = dict.fromkeys(more, address) | led
        yield address, html


def take_files(at: Visitor, html: str) -> None:
    """The first file of each kind that a page of a dispute offers."""
    first = {kind_of(re.sub(r"\d+(?=\.pdf)", "0", link)): link for link in reversed(DOWNLOAD.findall(html))}
    offered = {kind.replace("/0.pdf", "/_.pdf"): link for kind, link in first.items()}
    for kind in offered.keys() & FILES.keys():
        answer = at.get(offered[kind].replace("&amp;", "&"))
        assert answer.status == 200, offered[kind]
        assert answer.body().startswith(FILES[kind]), offered[kind]
