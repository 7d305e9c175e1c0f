"""Every page of the demonstration as every persona: all are there, all are sound, and each kind passes axe."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.test_two_trusts import kind_of
from tests.journeys.visitor import Visitor
from workflows.seeding.cast import BLACKPOOL, CUMBRIA, Company

PLACES = ("/", "/cases", "/cases?status=any", "/teams", "/cases/start", "/demonstration/notices")
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
AT_MOST = 80
"""How many pages each persona asks for."""
KINDS = {
    *("/", "/cases", "/cases/start", "/cases/_", "/steps/_", "/deadlines/_", "/plans/_"),
    *("/teams", "/teams/_", "/team-plans/_", "/demonstration/notices"),
}
"""The kinds of page that the personas of a trust together must have come to."""


@pytest.mark.slow
@pytest.mark.parametrize("company", [CUMBRIA, BLACKPOOL], ids=lambda company: company.key)
def test_every_persona_finds_every_page_that_they_are_led_to_sound(
    company: Company, demonstration: Site, somebody: Callable[[Site], Person]
) -> None:
    as_ = somebody(demonstration)
    come_to: set[str] = set()
    for part in company.parts:
        opened: Counter[str] = Counter()
        at = as_(part.name)
        for address in links_of(at):
            kind = kind_of(address.partition("?")[0])
            opened[kind] += 1
            if opened[kind] == 1:
                at.open(address)
        come_to |= opened.keys()
    assert come_to >= KINDS, KINDS - come_to


def links_of(at: Visitor) -> Iterator[str]:
    """Whatever the persona is led to from the places that everybody knows, each page asked for once."""
    new, found = list(PLACES), dict.fromkeys(PLACES, "the menu")
    while new and len(found) < AT_MOST:
        address = new.pop(0)
        answer = at.get(address)
        assert answer.status == 200, f"{found[address]} leads to {address}, which answers {answer.status}"
        more = [link.replace("&amp;", "&") for link in LINK.findall(answer.text())]
        new += [link for link in dict.fromkeys(more) if link not in found]
        found = dict.fromkeys(more, address) | found
        yield address
