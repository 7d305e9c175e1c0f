"""Drawing: what is drawn is kept by itself and judged at once, and two windows never overwrite each other."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys import rules
from tests.journeys.canvas import SELECTED, Canvas
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.studio_world import APPROVER, OWNER
from tests.journeys.test_studio import CLAUSE, DEADLINE, RUNS_FROM, begin
from tests.journeys.visitor import Visitor

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
    expect(first.problems).to_have_text(["The step after “Referral received”: The step has no name."])
    expect(owner.page.locator(".app-modeller__mark")).to_have_text("1!")
    first.saved()

    second.press("Show all")
    second.choose("decide")
    second.say("Name", "Decide")
    expect(second.at.main.locator("[data-modeller-said]")).to_contain_text("You changed this since you opened it")
    assert all("409" in wrong for wrong in owner.watch.wrongs), owner.watch.wrongs
    owner.watch.wrongs.clear()  # that it is refused is what this journey shows
    second.press("Open it as it is now")
    second = Canvas(second.at)
    expect(second.drawn("name_mediator")).not_to_contain_text("Name the mediator")
    expect(second.drawn("decide")).to_contain_text("Decide in writing")

    first.press("Undo")
    expect(first.problems).to_have_count(0)
    expect(first.drawn("name_mediator")).to_contain_text("Name the mediator")
    first.saved()
    third = Canvas(owner.open(address))
    expect(third.drawn("decide")).to_contain_text("Decide in writing")
    third.press("Show all")
    words_are_kept(third)
    a_choice_asks_for_its_name(third)
    names_are_as_long_as_pages_show(third)
    arrow_is_drawn(third)
    third.saved()


def words_are_kept(canvas: Canvas) -> None:
    """What is typed on the drawing, and then in a box of the panel that gets the focus without a press, stays."""
    canvas.draw("step", ("decide", "answer_decision"), 0.46)
    canvas.at.page.keyboard.type("Explain it")
    canvas.say("What the person is asked to do", "Talk to the doctor.")
    expect(canvas.drawn("explain_it")).to_contain_text("Explain it")
    expect(canvas.panel.get_by_label("What the person is asked to do")).to_have_value("Talk to the doctor.")


def a_choice_asks_for_its_name(canvas: Canvas) -> None:
    """As a step does: what is typed after it is put down is its name."""
    canvas.draw("choice", ("answer_decision", "decision_answered"), 0.3)
    name(canvas, "Stuck?")
    expect(canvas.drawn("stuck")).to_be_attached()
    expect(canvas.panel.get_by_label("Name", exact=True)).to_have_value("Stuck?")


def names_are_as_long_as_pages_show(canvas: Canvas) -> None:
    """What is typed beyond that is not taken, neither on the drawing nor in the panel."""
    canvas.choose("decide")
    expect(canvas.panel.get_by_label("Name", exact=True)).to_have_attribute("maxlength", "200")
    canvas.at.page.mouse.dblclick(*canvas.middle("decide"))
    canvas.at.page.keyboard.press("Control+A")
    canvas.at.page.keyboard.insert_text("Long" * 75)
    canvas.at.page.keyboard.press("Enter")
    expect(canvas.panel.get_by_label("Name", exact=True)).to_have_value("Long" * 50)
    canvas.press("Undo")


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


@pytest.mark.slow
def test_what_is_drawn_has_room_in_one_lane_and_a_deadline_ends_a_step_by_one_press(
    studio: Site, somebody: Callable[[Site], Person]
) -> None:
    owner = begin(somebody(studio)(OWNER), "Room")
    canvas = Canvas(owner.follow(re.compile(r"^Draw\s*: Mediation")))
    it_can_be_read(canvas)
    canvas.press("Show all")
    room_is_made(canvas)
    nothing_slides(canvas)
    a_miss_is_told(canvas)
    a_deadline_ends_a_step(canvas)
    menus_speak_our_words(canvas)


@pytest.mark.slow
def test_what_is_added_after_a_step_comes_between_and_arrows_go_round_what_stands_in_their_way(
    studio: Site, somebody: Callable[[Site], Person]
) -> None:
    owner = begin(somebody(studio)(OWNER), "Between")
    canvas = Canvas(owner.follow(re.compile(r"^Draw\s*: Mediation")))
    canvas.press("Show all")
    before = canvas.picture
    for element, follows in (
        ("decide", "answer_decision"),
        ("name_mediator", "book_mediation"),
        ("recommend_on_pay", "decide_on_pay"),
        ("time_up_to_appeal", "note_late_appeal"),
        ("time_up_to_ask_late", "decision_stands"),
    ):
        canvas.choose(element)
        canvas.deed("Add a step after it")
        canvas.at.page.keyboard.press("Escape")  # it asks for its name
        assert canvas.lying_over_each_other == [], element
        assert canvas.arrows_through_steps == [], element
        canvas.say("Name", "Between")
        expect(canvas.drawn(f"between_to_{follows}")).to_be_attached()
        expect(canvas.drawn(f"{element}_to_between")).to_have_count(0)
        canvas.say("What the person is asked to do", "Look at it once more.")
        canvas.saved()
        expect(canvas.problems).to_have_count(0)
        for _ in range(3):
            canvas.press("Undo")
        assert canvas.picture == before, element
    a_gateway_branches(canvas)
    arrows_go_round(canvas)


@pytest.mark.slow
def test_choices_are_fresh_and_honest_and_whoever_may_not_draw_only_looks(
    studio: Site, somebody: Callable[[Site], Person]
) -> None:
    as_ = somebody(studio)
    owner = begin(as_(OWNER), "Choices")
    draft = owner.page.url
    canvas = Canvas(owner.follow(re.compile(r"^Draw\s*: Mediation")))
    address = owner.page.url
    a_step_in_no_lane_is_given_to_somebody(canvas)
    a_new_deadline_can_be_chosen_at_once(canvas, owner.window().open(f"{draft}/policy/new-deadline"))
    looked = Canvas(as_(APPROVER).open(address))
    looked.at.sees("You can look at this drawing. Only those who may edit the processes can change it.")
    looked.press("Show all")
    looked.choose("decide")
    looked.at.page.mouse.dblclick(*looked.middle("decide"))
    expect(looked.at.page.locator(".djs-palette, .djs-context-pad .entry, .djs-direct-editing-parent")).to_have_count(0)
    looked.choose("name_mediator")
    expect(looked.panel.get_by_label("Name", exact=True)).to_be_disabled()


def it_can_be_read(canvas: Canvas) -> None:
    """It opens in letters that can be read, with its start or what the address names; one press shows all of it."""
    address = canvas.at.page.url
    for size in (rules.TELEPHONE, rules.DESK):
        canvas.at.page.set_viewport_size(size)
        for named, seen in (("", "mediation_opens"), ("?element=request_late_appeal", "request_late_appeal")):
            canvas.at.open(address + named)
            opened = Canvas(canvas.at)
            if named:
                expect(opened.drawn(seen)).to_have_class(SELECTED)
            assert opened.scale >= 0.7
            assert opened.shows(seen), (size, seen)
        canvas.press_on_the_map("mediation_opens")
        assert canvas.shows("mediation_opens")
    canvas.press("Show all")
    frame, lane = canvas.frame, canvas.box("lane_mediator")
    assert frame["x"] <= lane["x"]
    assert lane["x"] + lane["width"] <= frame["x"] + frame["width"]


def room_is_made(canvas: Canvas) -> None:
    """On a short arrow the drawing moves apart; over a neighbour and between lanes a step finds its place."""
    canvas.draw("step", ("book_mediation", "record_mediation"))
    name(canvas, "Between")
    expect(canvas.drawn("between_to_record_mediation")).to_be_attached()
    assert canvas.lying_over_each_other == []
    canvas.press("Show all")
    x, y = canvas.middle("name_mediator")
    canvas.tool("step")
    canvas.put(x + 12, y - canvas.box("name_mediator")["height"] * 0.7)
    name(canvas, "Beside")
    assert canvas.lying_over_each_other == []
    lane = canvas.box("lane_medical_director")
    canvas.tool("step")
    canvas.put(lane["x"] + lane["width"] * 0.8, lane["y"] + lane["height"])
    name(canvas, "On the border")
    expect(canvas.done_by).to_have_text(re.compile("Mediator|Medical Director"))
    step = canvas.box("on_the_border")
    assert step["y"] >= lane["y"] + lane["height"] or step["y"] + step["height"] <= lane["y"] + lane["height"]
    canvas.press("Undo")
    canvas.press("Undo")


def a_gateway_branches(canvas: Canvas) -> None:
    """What is added after a gateway is one more way."""
    canvas.choose("about_pay")
    canvas.deed("Add a step after it")
    name(canvas, "Third way")
    expect(canvas.drawn("about_pay_to_third_way")).to_be_attached()
    assert canvas.lying_over_each_other == []
    canvas.press("Undo")
    canvas.press("Undo")


def arrows_go_round(canvas: Canvas) -> None:
    """An arrow that is drawn over steps, and one into whose way a step is moved."""
    for source, target in (("book_mediation", "agreement_reached"), ("decide_on_pay", "late_appeal_answered")):
        canvas.lead(source, target)
        assert canvas.arrows_through_steps == []
        canvas.press("Undo")
    canvas.carry("recommend_on_pay", between=("answer_decision", "decision_answered"))
    assert canvas.arrows_through_steps == []
    canvas.press("Undo")


def name(canvas: Canvas, words: str) -> None:
    """What was put down asks for its name at once."""
    canvas.at.page.keyboard.type(words)
    canvas.at.page.keyboard.press("Enter")


def nothing_slides(canvas: Canvas) -> None:
    """A tool is taken at the edge of the canvas: the drawing stays where it is."""
    before = canvas.middle("decide")
    canvas.tool("step")
    frame = canvas.frame
    canvas.at.page.mouse.move(frame["x"] + 12, frame["y"] + 200, steps=3)
    canvas.at.page.wait_for_function("() => new Promise((done) => { setTimeout(() => done(true), 150); })")
    assert canvas.middle("decide") == before
    canvas.at.page.keyboard.press("Escape")


def a_miss_is_told(canvas: Canvas) -> None:
    """What cannot be put down says why, in plain words."""
    frame = canvas.frame
    canvas.tool("step")
    canvas.put(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] - 60)
    expect(canvas.at.page.get_by_text("Put it inside the process: on a lane, or on an arrow.")).to_be_visible()
    canvas.at.page.keyboard.press("Escape")


def a_deadline_ends_a_step(canvas: Canvas) -> None:
    """The menu at a step offers it as the list does; one press of Undo takes all of it away."""
    canvas.choose("decide")
    canvas.deed("Add a deadline that ends it")
    expect(canvas.drawn("time_is_up_to_time_is_up_2")).to_be_attached()
    assert canvas.lying_over_each_other == []
    over = canvas.panel.get_by_label("When which deadline is over?")
    expect(over.locator("option:checked")).to_have_text("Choose")
    over.select_option(label="Mediation meeting")
    canvas.saved()
    expect(canvas.problems.filter(has_text="Time is up")).to_have_count(0)
    canvas.press("Undo")
    canvas.press("Undo")
    expect(canvas.drawn("time_is_up")).to_have_count(0)
    expect(canvas.drawn("time_is_up_2")).to_have_count(0)
    canvas.choose("decide")
    canvas.panel.get_by_role("button", name="Add a deadline that ends it").click()
    expect(canvas.drawn("time_is_up_to_time_is_up_2")).to_be_attached()
    canvas.press("Undo")


def menus_speak_our_words(canvas: Canvas) -> None:
    """A step may become what our checker knows, and nothing else; what leads on does not end there."""
    canvas.choose("decide")
    assert canvas.deeds == {
        "Add a step after it",
        "Add a choice after it",
        "Add a deadline that ends it",
        "Add a note",
        "Turn it into something else",
        "Remove it",
        "Draw an arrow from here",
    }
    canvas.deed("Turn it into something else")
    expect(canvas.at.page.locator(".djs-popup .entry")).to_have_text(
        [
            "Work of the system",
            "Waits for a message",
            "A decision table",
            "A value that is worked out",
            "A stage drawn by itself",
        ]
    )
    canvas.at.page.keyboard.press("Escape")
    canvas.choose("about_pay")
    assert "Add an end after it" in canvas.deeds


UNLANED = """async () => {
  const form = document.querySelector('[data-modeller-form]');
  const body = new FormData(form);
  const { text } = JSON.parse(document.querySelector('[data-modeller-given]').textContent);
  body.set('text', text.replace(/<(\\w+:)?flowNodeRef>decide<[^>]*>/, ''));
  return (await fetch(form.action, { method: 'POST', body })).status;
}"""
"""Keeps the diagram as another editor might have drawn it: a step lies in a lane that does not name it."""


def a_step_in_no_lane_is_given_to_somebody(canvas: Canvas) -> None:
    """Nobody gets it yet, and that is what the panel says; the role of the lane that it lies in can be chosen, too."""
    assert canvas.at.page.evaluate(UNLANED) == 200
    canvas.at.open(canvas.at.page.url)
    expect(canvas.problems).to_have_text([re.compile("The step is in no lane")])
    canvas.press("Show all")
    canvas.choose("decide")
    expect(canvas.done_by).to_have_text("Nobody yet: choose")
    canvas.pick("Who does this?", "Mediator")
    expect(canvas.problems).to_have_count(0)
    expect(canvas.done_by).to_have_text("Mediator")


def a_new_deadline_can_be_chosen_at_once(canvas: Canvas, policy: Visitor) -> None:
    """It is added in another window; whoever comes back finds it in the list."""
    form = policy.main
    form.get_by_role("textbox", name="What it is called").fill(DEADLINE)
    form.get_by_role("combobox", name="Which day?").select_option(label=RUNS_FROM)
    form.get_by_role("textbox", name="How long?").fill("10")
    form.get_by_role("group", name="In what?").get_by_role("radio", name="Working days").check()
    form.get_by_role("combobox", name="Which clause words it?").fill(CLAUSE)
    policy.press("Add this deadline").sees(f"Added the deadline “{DEADLINE}”.")
    canvas.at.page.bring_to_front()
    canvas.at.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(canvas.panel.get_by_label("Deadline", exact=True).locator("option", has_text=DEADLINE)).to_be_attached()
    canvas.pick("Deadline", DEADLINE)
    canvas.saved()
