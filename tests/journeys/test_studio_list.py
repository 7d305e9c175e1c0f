"""A process is changed as a list by the keyboard alone: what the canvas does to steps needs no mouse and no picture."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.live import Site
from tests.journeys.pictures import take
from tests.journeys.studio_world import APPROVER, OWNER
from tests.journeys.test_studio import CLAUSE, DEADLINE, RUNS_FROM
from tests.journeys.test_without import enter, tab_to
from tests.journeys.visitor import Visitor

FURTHEST = 250
"""How many presses of the tab key the list of a large process may ask for."""
EXPLAIN, TALK = "Explain the decision", "Talk about the answer"
OFFER = "Do you offer a talk once they have answered?"
SAID = "Doctors are to be told what was decided."


def keys(at: Visitor, *pressed: str) -> None:
    """Press keys one after the other."""
    for key in pressed:
        at.page.keyboard.press(key)


def fill(at: Visitor, **boxes: str) -> None:
    """Go to box after box, in the page's order, and type; in a list, typing chooses."""
    for label, words in boxes.items():
        tab_to(at, label.replace("_", " "))
        at.page.keyboard.type(words)


def do(at: Visitor, words: str) -> Visitor:
    """Go to a link or button of the list and press it."""
    enter(at, words, FURTHEST)
    return at


def line(at: Visitor, name: str) -> int:
    """The place of a step in the list, from 0."""
    names = at.main.locator(".app-steps__name").all_inner_texts()
    return next(place for place, each in enumerate(names) if name in each)


@pytest.mark.slow
def test_a_process_is_changed_submitted_and_published_by_the_keyboard_alone(
    studio: Site, browsers: Callable[..., Visitor]
) -> None:
    owner = browsers(studio).open("/sign-in")
    enter(owner, f"Sign in as {OWNER}")
    for words in ("Studio", "Begin a draft"):
        enter(owner, words)
    fill(owner, What_is_this_draft_about="By keys alone")
    enter(owner, "Begin this draft")
    draft = owner.page.url
    do(owner, "Steps as a list: Mediation").reads("Mediation, step by step")
    add_the_step(owner)
    ask_two_questions(owner)
    add_the_choice(owner)
    order_and_rename(owner)
    undo_and_redo(owner)
    take(owner, "list", owner.main.locator(".app-steps__line").filter(has_text=EXPLAIN).first)
    plant_catch_and_mend(owner, draft)
    do(owner, "Submit for approval")
    fill(owner, **{"What changes, and why?": SAID})
    enter(owner, "Submit for approval")
    owner.sees(f"It waits for {APPROVER}", SAID)
    approve(browsers(studio).open("/sign-in"))
    enter(owner.open(draft), "Publish")
    enter(owner, "Publish it now")
    owner.sees("It is published: new cases start on it from now on.")


def add_the_step(at: Visitor) -> None:
    """Behind the decision, with a deadline that the policy does not have yet."""
    do(at, "Add a step after “Decide in writing”")
    fill(
        at,
        Name=EXPLAIN,
        **{"What is the person asked to do": "Talk to the doctor about it.", "Who does it": "Mediator"},
    )
    enter(at, "Add this step")
    assert at.page.url.endswith("#line-explain_the_decision"), "one is back at the step that is new"
    do(at, f"Change “{EXPLAIN}”")
    enter(at, "The deadline is not in the list")
    fill(at, What_it_is_called=DEADLINE, **{"Which day?": RUNS_FROM, "How long?": "10"})
    pick(at, "Working days")
    fill(at, **{"Which clause words it?": CLAUSE})
    enter(at, "Add this deadline")
    at.sees(f"Added the deadline “{DEADLINE}”.")
    enter(at, "Save")
    expect(at.main.locator("#line-explain_the_decision")).to_contain_text(f"By when {DEADLINE}")


def ask_two_questions(at: Visitor) -> None:
    """A date and a yes or no, both of which must be answered."""
    do(at, f"Questions of “{EXPLAIN}”").sees("It asks nothing yet")
    for question, kind in (("On what date did you explain it?", "a date"), (OFFER, "yes or no")):
        enter(at, "Add a question")
        fill(at, **{"What kind of answer?": kind})
        enter(at, "Continue")
        fill(at, Question=question)
        pick(at, "Yes, always")
        enter(at, "Save")
    at.sees("A date, must be answered", "Yes or no, must be answered")
    enter(at, "Mediation")


def pick(at: Visitor, words: str) -> None:
    """In the next list of options, go to one by the arrows; in a list that opens, by typing it."""
    for _ in range(8):
        keys(at, "Tab")
        kind = at.page.evaluate("document.activeElement.type")
        if kind == "select-one":
            at.page.keyboard.type(words)
            return
        if kind == "radio":
            break
    named = "document.activeElement.labels[0].innerText.trim()"
    for _ in range(20):
        if str(at.page.evaluate(named)).startswith(words):
            keys(at, "Space")
            return
        keys(at, "ArrowDown")
    raise AssertionError(f"no option “{words}”; now at {at.page.evaluate(named)}")


def add_the_choice(at: Visitor) -> None:
    """Whoever was offered a talk comes to it, the others go on; the condition is picked, not typed."""
    do(at, "Add a choice after “Accept the decision or appeal”")
    fill(at, **{"Which answer decides?": OFFER})
    enter(at, "Continue")
    fill(at, **{"What is decided here?": "Was a talk offered?"})
    pick(at, "is")
    pick(at, "Yes")
    fill(at, **{"What are these cases called?": "offered"})
    pick(at, "A new step")
    fill(
        at,
        **{
            "Name of the new step": "Talk",
            "What is the person asked to do?": "Meet the doctor.",
            "Who does it?": "Mediator",
            "What are the other cases called?": "not offered",
        },
    )
    enter(at, "Add this")
    at.sees(f"offered: if “{OFFER}” is yes")


def order_and_rename(at: Visitor) -> None:
    """The new step comes before the decision and behind it again; the talk gets its name."""
    before = line(at, "Decide in writing")
    assert line(at, EXPLAIN) > before
    do(at, f"Move up “{EXPLAIN}”")
    assert line(at, EXPLAIN) <= before
    do(at, f"Move down “{EXPLAIN}”")
    assert line(at, EXPLAIN) > before
    do(at, "Change “Talk”")
    tab_to(at, "Name")
    keys(at, "Control+a")
    at.page.keyboard.type(TALK)
    enter(at, "Save")
    at.sees(TALK)


def undo_and_redo(at: Visitor) -> None:
    """The last change is taken back, and done again."""
    do(at, "Undo")
    expect(at.main.locator(".app-steps__name").filter(has_text=TALK)).to_have_count(0)
    do(at, "Do again")
    expect(at.main.locator(".app-steps__name").filter(has_text=TALK)).to_have_count(1)


def plant_catch_and_mend(at: Visitor, draft: str) -> None:
    """Whoever was offered a talk would be talked to for ever: every line is right, and the whole is not."""
    lead_elsewhere(at, "Was a talk offered?")
    enter(at.open(draft), "Can every case end?")
    at.sees("One thing goes wrong.", f"it goes round “{TALK}”, and no answer leads out")
    do(at, "Steps as a list: Mediation")
    lead_elsewhere(at, "Accepted, or appealed")
    at.open(draft).sees("No fault is found in any file of this draft.")


def approve(at: Visitor) -> None:
    """The second person reads it and says yes, by keys as well."""
    enter(at, f"Sign in as {APPROVER}")
    for words in ("Studio", "By keys alone", "Decide"):
        enter(at, words)
    tab_to(at, "Approve it")
    keys(at, "Space")
    enter(at, "Send your decision")
    at.sees("The draft is approved.")


def lead_elsewhere(at: Visitor, name: str) -> None:
    """The way out of the talk leads to another line."""
    target = f"{line(at, name) + 1}. {name}"
    do(at, f"Lead elsewhere from “{TALK}”")
    fill(at, **{"Where does the case go then?": target})
    enter(at, "Save")
    at.sees(f"Led the way after “{TALK}” to “{name}”.")
