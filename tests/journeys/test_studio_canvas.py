"""Drawing: what is drawn is kept by itself and judged at once, and two windows never overwrite each other."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys import rules
from tests.journeys.canvas import Canvas
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.studio_world import OWNER
from tests.journeys.test_studio import begin

COVERING = """(mark) => {
  const box = mark.getBoundingClientRect();
  const points = [[0.1, 0.1], [0.9, 0.1], [0.5, 0.5], [0.1, 0.9], [0.9, 0.9]];
  return points.map(([x, y]) => document.elementFromPoint(box.x + box.width * x, box.y + box.height * y))
    .filter((on) => !mark.contains(on)).map((on) => on?.outerHTML.slice(0, 90) ?? 'outside the window');
}"""
"""What lies over a mark, or where it is cut off."""


@pytest.mark.slow
def test_what_is_drawn_is_kept_judged_and_undone_and_a_second_window_is_told_who_was_first(
    studio: Site, somebody: Callable[[Site], Person]
) -> None:
    owner = begin(somebody(studio)(OWNER), "Names")
    first = Canvas(owner.follow(re.compile(r"^Draw\s*: Mediation")))
    address = owner.page.url
    second = Canvas(owner.window().open(address))
    mark_is_whole(first)

    first.press("Show all")
    expect(first.drawn("lane_medical_director")).to_contain_text("Medical Director")
    first.choose("name_mediator")
    first.say("Name", "")
    expect(first.problems).to_have_text(["name_mediator: The step has no name."])
    expect(owner.page.locator(".app-modeller__mark")).to_have_text("1!")
    first.saved()

    second.press("Show all")
    second.choose("decide")
    second.say("Name", "Decide")
    expect(second.at.main.locator("[data-modeller-said]")).to_contain_text("You changed this since you opened it")
    assert all("409" in wrong for wrong in owner.watch.wrongs), owner.watch.wrongs
    owner.watch.wrongs.clear()  # that it is refused is what this journey shows

    first.press("Undo")
    expect(first.problems).to_have_count(0)
    expect(first.drawn("name_mediator")).to_contain_text("Name the mediator")
    first.saved()
    third = Canvas(owner.open(address))
    expect(third.drawn("decide")).to_contain_text("Decide in writing")
    third.press("Show all")
    words_are_kept(third)
    arrow_is_drawn(third)
    third.saved()


def words_are_kept(canvas: Canvas) -> None:
    """What is typed on the drawing, and then in a box of the panel that gets the focus without a press, stays."""
    canvas.draw("step", ("decide", "answer_decision"), 0.46)
    canvas.at.page.keyboard.type("Explain it")
    canvas.say("What the person is asked to do", "Talk to the doctor.")
    expect(canvas.drawn("explain_it")).to_contain_text("Explain it")
    expect(canvas.panel.get_by_label("What the person is asked to do")).to_have_value("Talk to the doctor.")


def arrow_is_drawn(canvas: Canvas) -> None:
    """An arrow is drawn though something opens under the pointer while the button is pressed over its source."""
    canvas.tool("connect")
    canvas.at.page.mouse.move(*canvas.middle("name_mediator"), steps=4)
    canvas.at.page.mouse.down()
    canvas.drawn("name_mediator").locator(".djs-hit").first.dispatch_event("mouseout")
    canvas.at.page.mouse.up()
    canvas.put(*canvas.middle("explain_it"))
    expect(canvas.drawn("name_mediator_to_explain_it")).to_be_attached()


def mark_is_whole(canvas: Canvas) -> None:
    """The mark of bpmn.io may not be covered or cut off."""
    mark = canvas.at.page.locator(".bjs-powered-by")
    for size in (rules.TELEPHONE, rules.DESK):
        canvas.at.page.set_viewport_size(size)
        mark.scroll_into_view_if_needed()
        assert mark.evaluate(COVERING) == [], size
