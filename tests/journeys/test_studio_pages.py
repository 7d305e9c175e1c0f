"""Every page of the studio can be read by everybody, as whoever changes a process and as whoever approves it."""

import re
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

import pytest

from config import Settings
from tests.engine.editing.samples import CAMUNDA
from tests.journeys.canvas import Canvas
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.studio_world import APPROVER, OWNER
from tests.journeys.test_studio import DRAW, NOTE, begin
from tests.journeys.visitor import Visitor
from webapp.create_app import create_app

LINK = re.compile(r'<a (?![^>]* download)[^>]*href="(/(?:studio|processes)\b[^"#?]*)')
"""What is downloaded is no page."""
PAGES = create_app(Settings("sqlite://", "a key for addresses alone, of 40 characters", demonstration=True)).url_map
NO_PAGES = re.compile(r"\.(diagram|ways|choices)$|^studio_export\.(draft|release)$")
LATER = {
    *("studio.publish_again", "studio_deciding.publish", "studio_moves.show"),
    *("studio_rehearsal.show", "studio_rehearsal.act", "studio_drafts.update", "studio_deadlines.remove"),
}
"""What there is once a draft was approved, is rehearsed, was overtaken by another, or has a deadline of its own."""


@pytest.mark.slow
def test_every_page_of_the_studio_can_be_read_on_every_screen(studio: Site, somebody: Callable[[Site], Person]) -> None:
    as_ = somebody(studio)
    owner = begin(as_(OWNER), "All of it")
    draft = owner.page.url
    rename(owner, "")
    owner.open(draft).follow("Import a diagram")
    owner.main.get_by_label("Diagram").set_input_files(
        {"name": "leave.bpmn", "mimeType": "application/xml", "buffer": CAMUNDA.encode()}
    )
    owner.press("Import this diagram")
    came_to = walk(owner, draft, owner.page.url)
    came_to |= walk(owner, f"{draft}/list/additional_pa", seen=came_to)  # it waits for whichever comes first

    rename(begin(owner, "A name"), "Name a mediator")
    owner.open("/studio").follow("A name").follow("Submit for approval")
    came_to.add(page_of(owner.page.url))
    owner.main.get_by_role("textbox", name="What changes, and why?").fill(NOTE)
    submitted = owner.press("Submit for approval").page.url
    came_to |= walk(owner, submitted, seen=came_to) | walk(as_(APPROVER), submitted)

    pages = {page.endpoint for page in PAGES.iter_rules() if "GET" in (page.methods or ())}
    there = {one for one in pages if one.startswith(("studio", "processes"))}
    assert {one for one in there if not NO_PAGES.search(one)} - came_to <= LATER


def rename(owner: Visitor, name: str) -> None:
    """Give a step of mediation another name on the canvas; without any it is a fault that every page shows."""
    canvas = Canvas(owner.follow(DRAW))
    canvas.press("Show all")
    canvas.choose("name_mediator")
    canvas.say("Name", name)
    canvas.saved()


def walk(visitor: Visitor, *begin: str, seen: Collection[str] = ()) -> set[str]:
    """From the pages at these addresses on, open one of each kind to which links of the studio lead, but for those that
    were seen; the kinds."""
    came_to: set[str] = set()
    new = list(begin)
    while new:
        visitor.open(new[0])
        came_to.add(page_of(new.pop(0)))
        links = {page_of(link): link for link in LINK.findall(visitor.page.content())}
        known = came_to | {page_of(each) for each in new} | set(seen)
        new += [link for kind, link in links.items() if kind not in known]
    return came_to


def page_of(address: str) -> str:
    """The page that is at an address, by the name that the application has for it."""
    return str(PAGES.bind("localhost").match(urlsplit(address).path)[0])
