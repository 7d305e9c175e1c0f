"""Every page of the demonstration as every persona: all are there, all are sound, and each kind passes axe."""

import re
from collections.abc import Callable, Iterator

import pytest

from tests.journeys.live import Site
from tests.journeys.test_two_trusts import kind_of
from tests.journeys.visitor import Visitor
from workflows.seeding.cast import BLACKPOOL, CUMBRIA, Company

PLACES = ("/", "/cases", "/cases?status=any", "/teams", "/cases/start", "/demonstration/notices")
LINK = re.compile(r'<a (?![^>]* download)[^>]*href="(/[^"#]*)')
"""What is downloaded is no page."""
SECTION = re.compile(r"<h2[^>]*>\s*([^<]+)")
STEP = re.compile(r"<h1[^>]*>\s*([^<]+)")
AT_MOST = 80
"""How many pages each persona asks for."""
KINDS = {
    *("/", "/cases", "/cases/start", "/cases/_", "/steps/_", "/deadlines/_", "/plans/_"),
    *("/teams", "/teams/_", "/team-plans/_", "/demonstration/notices", "/account", "/disputes"),
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
    for part in company.parts:
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
        at.open("/").press("Sign out")
    assert come_to >= KINDS, KINDS - come_to


def pages_of(at: Visitor) -> Iterator[tuple[str, str]]:
    """Whatever the persona is led to from the places that everybody knows, each page asked for once."""
    new, found = list(PLACES), dict.fromkeys(PLACES, "the menu")
    while new and len(found) < AT_MOST:
        address = new.pop(0)
        answer = at.get(address)
        html = answer.text()
        assert answer.status == 200, f"{found[address]} leads to {address}, which answers {answer.status}"
        more = [link.replace("&amp;", "&") for link in LINK.findall(html)]
        new += [link for link in dict.fromkeys(more) if link not in found]
        found = dict.fromkeys(more, address) | found
        yield address, html
