"""Two trusts in one installation: nobody of one finds anything of the other, by lists, by address, by sending forms."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.visitor import Visitor

OURS = ("CPFT", "Cumbria", "Penrith")
INSIDERS = ("Carol Lamb", "Dr Robert Graham", "Dr Sana Ahmed", "Dr Colm Byrne")
"""Cumbria's office, manager and doctors, whose pages together show something of every kind."""
STRANGERS = ("Denise Bury", "Dr Rachel Ashworth", "Dr Helen Unsworth", "Dr Owen Quayle", "Gail Dewhurst")
"""Blackpool's office, Medical Director, manager, a doctor and finance."""
KINDS = ("/cases/_", "/steps/_", "/deadlines/_", "/plans/_", "/teams/_", "/team-plans/_", "/cases/_/diagrams/_")
ADDRESS = re.compile(r'(?:href|data-source|data-diagram|action)="(/[^"#?]+)')


def kind_of(address: str) -> str:
    """/cases/CPFT-2026-0001/diagrams/sign_off.bpmn is one of the kind /cases/_/diagrams/_."""
    plain = re.sub(r"/[a-z_]+\.bpmn$", "/_", address)
    return re.sub(r"/(?:[A-Z]+-\d+-\d+|\d+)(?=/|$)", "/_", plain)


def addresses_of(at: Visitor) -> set[str]:
    """The cases, steps, deadlines, plans, teams and drawings that somebody is led to from their lists."""
    found: set[str] = set()
    new = {"/", "/cases", "/cases?status=closed", "/teams"}
    for _ in range(3):
        texts = [at.get(address).text() for address in sorted(new)]
        new = {one for text in texts for one in ADDRESS.findall(text) if kind_of(one) in KINDS} - found
        found |= new
    return found


@pytest.mark.slow
def test_a_user_of_the_second_trust_finds_nothing_of_the_first(
    demonstration: Site, somebody: Callable[[Site], Person]
) -> None:
    as_ = somebody(demonstration)
    theirs = set().union(*(addresses_of(as_(insider)) for insider in INSIDERS))
    assert {kind_of(address) for address in theirs} == set(KINDS), "the insiders must show something of every kind"
    for stranger in STRANGERS:
        at = as_(stranger)
        for address in ("/", "/cases?status=any", "/cases?status=any&q=CPFT", "/teams", "/demonstration/notices"):
            text = at.open(address).page.locator("body").inner_text()
            assert not [word for word in OURS if word in text], f"{stranger} reads {address}"
        found = {address: at.get(address).status for address in sorted(theirs)}
        assert set(found.values()) == {404}, f"{stranger}: {[one for one in found.items() if one[1] != 404]}"


@pytest.mark.slow
def test_a_form_sent_to_a_step_of_another_trust_is_refused_and_changes_nothing(
    demonstration: Site, somebody: Callable[[Site], Person]
) -> None:
    as_ = somebody(demonstration)
    insider, stranger = as_("Dr Robert Graham"), as_("Dr Helen Unsworth")
    step = next(one for one in sorted(addresses_of(insider)) if one.startswith("/steps/"))
    before = insider.get(step).text()
    token = stranger.open("/").page.locator("input[name=csrf_token]").first.input_value()
    for address, press in ((step, "complete"), (step, "save"), (f"{step}/claim", ""), (f"{step}/release", "")):
        sent = stranger.page.request.post(
            f"{demonstration.url}{address}",
            form={"csrf_token": token, "press": press, "draft_version": "0"},
            headers={"Referer": demonstration.url},
        )
        assert sent.status == 404, f"{address} {press}: {sent.status}"
    assert without_token(insider.get(step).text()) == without_token(before)


def test_pages_of_another_trust_say_no_more_than_that_there_is_no_such_page(
    demonstration: Site, somebody: Callable[[Site], Person]
) -> None:
    as_ = somebody(demonstration)
    case = next(one for one in sorted(addresses_of(as_("Carol Lamb"))) if kind_of(one) == "/cases/_")
    stranger = as_("Denise Bury")
    nowhere = "/cases/CPFT-2026-9999"
    names = (case.rpartition("/")[2], nowhere.rpartition("/")[2])
    there = stranger.open(case, status=404).shown()
    assert there.replace(*names) == stranger.open(nowhere, status=404).shown().replace(*names)


def without_token(html: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", html)
