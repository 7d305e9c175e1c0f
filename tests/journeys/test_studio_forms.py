"""Forms of the studio in a browser with scripts: lines come and go, places are put in where the cursor is, and nothing
that was typed on the way to a new deadline is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.canvas import Canvas
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.studio_world import OWNER
from tests.journeys.test_studio import CLAUSE, DRAW, NEW_DEADLINE, begin
from tests.journeys.visitor import Visitor

RENAMED = "Decide, and write it down"


@pytest.mark.slow
def test_lines_places_and_what_was_typed_beside_them(studio: Site, somebody: Callable[[Site], Person]) -> None:
    owner = begin(somebody(studio)(OWNER), "Forms")
    draft = owner.page.url
    reminders_come_and_go(owner.open(f"{draft}/policy/deadlines/evidence"))
    a_letter_reads_as_it_is_written(owner.open(f"{draft}/letters/mediation_decision"))
    a_drawing_waits_until_it_is_saved(owner.open(draft))


def reminders_come_and_go(owner: Visitor) -> None:
    """No page comes between; what is saved is what stands there."""
    address, lines = owner.page.url, owner.main.get_by_role("group", name=re.compile(r"^Reminder \d"))
    owner.main.get_by_label("Its own, line by line below").check()
    lines.first.get_by_label("How many?").fill("30")
    lines.first.get_by_label("Whom?", exact=True).select_option("whoever has to act")
    owner.main.get_by_role("button", name="Add a reminder").click()
    second = owner.main.get_by_role("group", name="Reminder 2")
    expect(second.get_by_label("How many?")).to_be_focused()
    owner.page.keyboard.type("7")
    second.get_by_label("Whom?", exact=True).select_option("Mediator")
    lines.first.get_by_role("button", name="Remove").click()
    expect(lines).to_have_count(1)
    owner.press("Save").sees("Changed the deadline")
    owner.open(address)
    expect(lines).to_have_count(1)
    expect(lines.get_by_label("How many?")).to_have_value("7")


def a_letter_reads_as_it_is_written(owner: Visitor) -> None:
    """A place goes in at the cursor; how it reads stands beside it, with what is wrong; its line leads there."""
    box, reads = owner.main.get_by_label("The letter"), owner.main.get_by_role("region", name="How it reads")
    box.press("ControlOrMeta+End")
    owner.page.keyboard.type("\n\nThen {nobody} knows: ")
    owner.main.get_by_text("Words of every letter").click()
    owner.main.get_by_role("button", name="Insert the reference of the case").click()
    expect(box).to_be_focused()
    assert box.input_value().endswith("Then {nobody} knows: {reference}")
    expect(reads).to_contain_text("Then [nobody] knows: [the reference of the case]")
    expect(reads.locator(".app-letter__here")).to_contain_text("{nobody} stands for nothing.")
    box.press("ControlOrMeta+Home")
    owner.main.get_by_role("button", name="Line").click()
    assert str(owner.page.evaluate("document.getSelection().toString()")).startswith("Then {nobody} knows")
    owner.press("Save").sees("The letter is kept")


def a_drawing_waits_until_it_is_saved(owner: Visitor) -> None:
    """What was typed in the panel right before goes along, and the new deadline is saved with it."""
    canvas = Canvas(owner.follow(DRAW))
    canvas.press("Show all")
    canvas.choose("decide")
    canvas.panel.get_by_label("Name", exact=True).fill(RENAMED)
    owner.follow(NEW_DEADLINE).sees("The drawing is saved as you left it.")
    form = owner.main
    form.get_by_role("textbox", name="What it is called").fill("Explaining it")
    form.get_by_role("combobox", name="Which day?").select_option("mediation_outcome_date")
    form.get_by_role("textbox", name="How long?").fill("10")
    form.get_by_role("combobox", name="Which clause words it?").fill(CLAUSE)
    owner.press("Add this deadline").sees("Added the deadline “Explaining it”.")
    canvas = Canvas(owner)
    expect(canvas.panel.get_by_label("Name", exact=True)).to_have_value(RENAMED)
    expect(owner.main.locator("[data-modeller-said]")).to_contain_text("Saved at")
    line = owner.page.url.replace("/diagrams/", "/list/")
    expect(owner.open(line).main.locator("#line-decide")).to_contain_text("By when Explaining it")
