"""Whatever a process owner was brought to take in, every page of the studio shows it as the text that it is."""

import re
from collections.abc import Iterator
from html import escape

import pytest
from flask import Flask

from tests.factories import NOW, World, shipped_files
from tests.webapp.apps import Store
from tests.webapp.page import Page
from tests.webapp.studio_cast import STEP, Cast, save
from tests.webapp.visitor import Visitor
from workflows.cases import Actor
from workflows.domain.releases import content_hash
from workflows.engine.check import check
from workflows.studio import drafts

ATTACK = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
WRITTEN = escape(ATTACK)
RAW = ("<script>alert", "<img src=x", "onerror=alert(1)>", 'href="javascript:')
NUMBER = re.compile(r"/\d+")
AT_MOST = 25


def hostile(files: dict[str, str], more: str = "") -> dict[str, str]:
    """The files that ship with script wherever words may stand."""
    changed = dict(files)
    for old in ("Name the mediator", "Who mediates?", "A room, or “online”.", "We do not agree", "Agreement?"):
        assert old in changed[STEP]
        changed[STEP] = changed[STEP].replace(old, WRITTEN + more)
    changed[STEP] = changed[STEP].replace(
        "<bpmn:documentation>", f"<bpmn:documentation>{WRITTEN} javascript:alert(1) ", 3
    )
    changed[STEP] = changed[STEP].replace('id="mediation" name="Mediation"', f'id="mediation" name="{WRITTEN}{more}"')
    table = "decisions/spa_minimum.dmn"
    changed[table] = changed[table].replace("Whose policy", WRITTEN).replace("How much time", WRITTEN)
    letter = "letters/mediation_invitation.md"
    changed[letter] = re.sub(r"^title: .*", "title: " + ATTACK.replace("{{7*7}}", ""), changed[letter])
    return changed


@pytest.fixture
def files() -> dict[str, str]:
    """What both trusts have published is hostile already."""
    return hostile(shipped_files())


@pytest.fixture
def cast(app: Flask, store: Store, world: World) -> Cast:
    found = Cast(app, store, world.bth)
    with store() as session:
        session.merge(world.bth.release).content_hash = content_hash(hostile(shipped_files()))
    return found


def a_draft(cast: Cast) -> int:
    """A draft with script in its name, in what was done to it, and in every file of it."""
    with cast.store() as session:
        owner = Actor(person_id=cast.owner.id, trust_id=cast.owner.trust_id)
        draft_id = drafts.begin(session, by=owner, name=ATTACK, now=NOW)
        text = hostile(shipped_files(), "!")[STEP].replace('name="Agreed"', f'name="{WRITTEN}"')
        save(
            session, owner, draft_id, text.replace("</bpmn:process>", "<bpmn:task id='x'/></bpmn:process>"), said=ATTACK
        )
    return draft_id


def led_to(visitor: Visitor, *first: str) -> Iterator[tuple[str, Page]]:
    """Every kind of page of the studio to which somebody is led, each once."""
    waiting, kinds = list(first), set[str]()
    while waiting and len(kinds) < AT_MOST:
        address = waiting.pop(0)
        kind = NUMBER.sub("/_", address.partition("?")[0])
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = visitor.client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        if answer.mimetype != "text/html":
            continue
        page = visitor.open(address)
        yield address, page
        links = [link.get("href", "").partition("#")[0] for link in page.root.iter("a")]
        waiting += [link for link in links if link.startswith(("/studio", "/processes")) and of_ours(link)]


def of_ours(link: str) -> bool:
    """Of all processes, tables and letters, the hostile ones stand for the others."""
    last = link.rpartition("/")[2].partition("?")[0]
    named = {path.rpartition("/")[2].partition(".")[0] for path in shipped_files()} - {"mediation", "spa_minimum"}
    return last.partition(".")[0] not in named - {"mediation_invitation"}


@pytest.mark.slow
def test_script_in_words_is_shown_as_words_on_every_page_of_the_studio(cast: Cast) -> None:
    assert check(hostile(shipped_files()), [STEP]) == []
    draft_id = a_draft(cast)
    draft = f"/studio/drafts/{draft_id}"
    shown = []
    first = (
        draft,
        f"{draft}/list/mediation",
        f"{draft}/diagrams/mediation",
        f"{draft}/changes",
        f"{draft}/soundness",
        "/studio/releases/1/processes/mediation",
        "/studio",
    )
    for address, page in led_to(cast.at(cast.owner), *first, "/processes/mediation?period=all"):
        assert [raw for raw in RAW if raw in page.html.replace("{{7*7}}", "")] == [], address
        assert "49" not in page.text.partition("onerror=alert(1)>")[2][:4], address
        if "alert(1)" in page.html:
            shown.append(NUMBER.sub("/_", address.partition("?")[0]))
    assert {NUMBER.sub("/_", address.partition("?")[0]) for address in first} <= set(shown), shown
