"""Without a mouse, and without JavaScript: everything can be done all the same."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys import crafted, drawn
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.people import CPFT, DOCTORS
from tests.journeys.visitor import COMPLETE, Visitor

WITHOUT_A_MOUSE, WITHOUT_SCRIPTS = DOCTORS[5:7]
FURTHEST = 120
"""How many presses of the tab key a page may ask for."""
FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels && one.labels.length ? one.labels[0].textContent : one.getAttribute('aria-label');
  return (label || one.textContent || '').replace(/\\s+/g, ' ').trim();
}"""


def tab_to(at: Visitor, words: str, furthest: int = FURTHEST) -> None:
    """Press the tab key until the focus is on what is called so; each stop on the way must be visible."""
    passed = []
    for _ in range(furthest):
        at.page.keyboard.press("Tab")
        said = str(at.page.evaluate(FOCUSED))
        if said.startswith(words):
            return
        passed.append(said[:40])
    raise AssertionError(f"No way to “{words}” by the tab key; passed {passed}")


def enter(at: Visitor, words: str, furthest: int = FURTHEST) -> None:
    """Go to a link or a button and press the enter key; it leads to another page."""
    tab_to(at, words, furthest)
    with at.arriving():
        at.page.keyboard.press("Enter")


@pytest.mark.slow
def test_a_step_is_found_filled_and_sent_and_the_diagram_moved_by_the_keyboard_alone(
    planned: Site, browsers: Callable[..., Visitor]
) -> None:
    doctor = browsers(planned).open("/sign-in")
    enter(doctor, f"Sign in as {WITHOUT_A_MOUSE}")
    doctor.page.keyboard.press("Tab")
    assert doctor.page.evaluate(FOCUSED) == "Skip to main content"
    enter(doctor, drawn.name("prepare_review"))
    for key in ("effect_on_service", "effect_on_team"):
        tab_to(doctor, drawn.question("prepare_review", key).label)
        doctor.page.keyboard.type("A little")
    enter(doctor, COMPLETE)
    doctor.sees("You have completed")
    enter(doctor, "Follow the case")
    move_the_diagram(doctor)


def move_the_diagram(at: Visitor) -> None:
    """Into the drawing by the tab key, closer by +, to the side by an arrow, and out of it again."""
    region = at.main.get_by_role("region", name=re.compile("^Diagram:"))
    region.locator("svg").first.wait_for()
    tab_to(at, "Diagram:")
    view = at.page.locator("[data-diagram] .viewport")
    for key in ("+", "ArrowRight", "0"):
        before = view.get_attribute("transform") or ""
        at.page.keyboard.press(key)
        expect(view).not_to_have_attribute("transform", before)
    at.page.keyboard.press("Tab")
    expect(region).not_to_be_focused()


@pytest.mark.slow
def test_a_plan_is_drafted_and_a_case_read_without_javascript(
    planned: Site, browsers: Callable[..., Visitor], somebody: Callable[[Site], Person]
) -> None:
    doctor = browsers(planned, java_script_enabled=False).sign_in(WITHOUT_SCRIPTS)
    doctor.do("prepare_review", effect_on_service="None", effect_on_team="None")
    doctor.take("draft_plan")
    clinics = crafted.lines(doctor, "dcc")
    for number in range(3):
        add_by_form(doctor, "dcc")
        crafted.fill_line(clinics.nth(number), **{**crafted.TEACHING, "title": f"Clinic {number}", "pas": "5"})
    doctor.press(re.compile("^Remove"), within=clinics.nth(1))
    expect(clinics).to_have_count(2)
    assert [row.get_by_role("textbox", name="What").input_value() for row in clinics.all()] == ["Clinic 0", "Clinic 2"]
    doctor.press("Work out the totals").sees("As contracted")
    doctor.complete("draft_plan")
    doctor.follow("Follow the case").sees("Where it is", "Read the meeting pack", CPFT["manager"], "History")
    expect(doctor.main.get_by_role("listitem").filter(has_text="Draft the plan").first).to_be_visible()
    expect(doctor.page.locator("[data-diagrams]")).to_be_hidden()


def add_by_form(at: Visitor, category: str) -> None:
    """The button sends the form, and the page comes back with one line more."""
    at.press(re.compile("^Add a line"), within=crafted.kind(at, category))
