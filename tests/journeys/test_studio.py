"""A process is changed by its owner, approved by a second person, published, and running disputes are moved to it; then
the old release is published again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys import crafted
from tests.journeys.canvas import Canvas
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.people import CPFT
from tests.journeys.pictures import take
from tests.journeys.studio_world import APPROVER, OWNER
from tests.journeys.test_dispute import LIST
from tests.journeys.visitor import COMPLETE, Visitor

DRAFT, NOTE = "Explain decisions", "Doctors did not understand decisions that only came by letter."
EXPLAIN, TALK = "Explain the decision", "Talk about the answer"
WHEN, OFFER = "On what date did you explain it?", "Do you offer a talk once they have answered?"
ASIDE = "was_a_talk_offered_to_talk_about_the_answer"
ONWARD = "was_a_talk_offered_to_decision_answered"
ROUND = "talk_about_the_answer_to_was_a_talk_offered"
DRAW = re.compile(r"^Draw\s*: Mediation")
DIRECTOR = CPFT["medical_director"]


@pytest.mark.slow
def test_a_step_is_drawn_checked_approved_published_and_done_and_the_old_release_comes_back(
    studio: Site, somebody: Callable[[Site], Person]
) -> None:
    as_ = somebody(studio)
    owner = begin(as_(OWNER), DRAFT)
    draft = owner.page.url
    draw(owner)
    caught(owner, draft)
    mend(owner, draft)
    rehearse(owner)
    submit(owner, draft)
    approve(as_(APPROVER))
    publish(owner, draft)
    see_what_it_means(owner)
    move_and_put_back(owner)
    move(owner)
    do_the_new_step(as_(DIRECTOR))
    owner.again().sees("It cannot be undone any more.")
    go_back(owner, as_(APPROVER))


def begin(owner: Visitor, name: str) -> Visitor:
    """A draft of what is published."""
    owner.open("/").follow("Studio").sees("What new cases start on", "Release 1")
    owner.follow("Begin a draft").main.get_by_role("textbox", name="What is this draft about?").fill(name)
    owner.press("Begin this draft").reads(name)
    owner.sees("Nothing is changed yet")
    return owner


def draw(owner: Visitor) -> None:
    """After the decision comes a step with two questions and a deadline, and where a talk was offered, a talk; the
    owner leads it back to where it came from."""
    owner.follow(DRAW)
    canvas = Canvas(owner)
    canvas.press("Show all")
    canvas.draw("step", ("decide", "answer_decision"), 0.46)
    canvas.say("Name", EXPLAIN)
    canvas.say("What the person is asked to do", "Talk to the doctor about your decision before they answer it.")
    canvas.pick("Deadline", "Mediation meeting")
    canvas.ask(WHEN, "a date")
    canvas.ask(OFFER, "yes or no")
    canvas.draw("choice", ("answer_decision", "decision_answered"), 0.3)
    canvas.say("Name", "Was a talk offered?")
    canvas.draw("step", ("was_a_talk_offered", "decision_answered"), 0.45, beside="decide")
    canvas.say("Name", TALK)
    canvas.say("What the person is asked to do", "Meet the doctor and talk about the answer.")
    canvas.lead("was_a_talk_offered", "talk_about_the_answer")
    canvas.lead("talk_about_the_answer", "was_a_talk_offered")
    expect(canvas.problems).to_have_count(3)
    canvas.choose("explain_the_decision")
    take(owner, "canvas", owner.page.locator(".app-modeller__board"))
    canvas.mend(ASIDE, f"Was a talk offered? → {TALK}")
    canvas.pick("This is known", OFFER)
    canvas.pick("Which answer", "Yes")
    canvas.mend(ONWARD, "Was a talk offered? → Accepted, or appealed")
    canvas.panel.get_by_label("The way when no other condition holds").check()
    canvas.saved()
    expect(canvas.problems).to_have_text([re.compile(f"it goes round “{TALK}”, and no answer leads out.")])
    expect(canvas.mark("talk_about_the_answer")).to_have_text("1!")


def caught(owner: Visitor, draft: str) -> None:
    """Every single thing on the canvas is right; but whoever was offered a talk would be talked to for ever."""
    owner.follow("Show the way there").sees(
        "One thing goes wrong.", f"it goes round “{TALK}”, and no answer leads out"
    )
    way = owner.main.get_by_role("list").filter(has_text="The case begins").get_by_role("listitem")
    said = [" ".join(line.split()).removeprefix("Somebody does: ") for line in way.all_inner_texts()]
    assert said[-3:] == ["Decide in writing", f"{EXPLAIN} {OFFER} Yes", "Accept the decision or appeal"]
    owner.page.locator("[data-shown]").wait_for()
    take(owner, "soundness", owner.main.get_by_role("region", name=re.compile("^Where it goes wrong in Mediation")))
    owner.open(draft).sees(f"it goes round “{TALK}”, and no answer leads out")
    assert not owner.main.get_by_role("button", name="Submit for approval").count()


def mend(owner: Visitor, draft: str) -> None:
    """The talk leads to the end instead."""
    owner.follow(DRAW)
    canvas = Canvas(owner)
    canvas.press("Show all")
    canvas.choose(ROUND)
    canvas.remove()
    canvas.lead("talk_about_the_answer", "decision_answered")
    canvas.saved()
    expect(canvas.problems).to_have_count(0)
    owner.open(draft).sees("No fault was found.", "No fault is found in any file of this draft.")
    owner.follow("Can every case end?").sees("Whatever people answer, every case can come to its end.")


def rehearse(owner: Visitor) -> None:
    """The draft runs in an invented trust: one plays its people, moves its clock, and sees what goes out."""
    owner.follow("Explain decisions").follow("Rehearse it")
    owner.choose("Which process do you want to rehearse?", "Mediation")
    owner.press("Go on").sees("Change these examples as you like.")
    owner.press("Begin the rehearsal").sees("Choose how to go on")
    owner.follow(re.compile("^Do this as Dr Ada Example"))
    owner.answer("choose_route", route="refer", talk_declined_reason="We have talked.")
    owner.press(COMPLETE).sees("Dr Ada Example has completed “Choose how to go on”.", "Refer the dispute to mediation")
    owner.press("Past the next deadline").sees("1 deadline came to its day", "E-mails that would have gone out")
    take(owner, "rehearsal")


def submit(owner: Visitor, draft: str) -> None:
    """Not without a word about what changes, and why."""
    owner.open(draft).follow("Submit for approval").press("Submit for approval")
    assert len(owner.problems()) == 1
    owner.main.get_by_role("textbox", name="What changes, and why?").fill(NOTE)
    owner.press("Submit for approval").sees("The draft is submitted", f"It waits for {APPROVER}", NOTE)
    take(owner, "draft")


def approve(approver: Visitor) -> None:
    """Whoever approves reads what changes in words before they do."""
    approver.open("/studio").sees("Somebody asks for your approval")
    approver.follow(DRAFT).follow("What it changes").sees(NOTE, EXPLAIN, WHEN, OFFER, TALK, "Was a talk offered?")
    approver.page.locator("[data-shown]").first.wait_for()
    take(approver, "changes")
    approver.follow("Back to the draft").follow("Decide")
    approver.main.get_by_role("radio", name="Approve it").check()
    approver.press("Send your decision").sees("The draft is approved.")
    assert not approver.main.get_by_role("button", name="Publish", exact=True).count(), "that is the owner's"


def publish(owner: Visitor, draft: str) -> None:
    """New cases start on it, and no running one has moved."""
    owner.open(draft).sees("It is approved as it stands.")
    owner.follow("Publish").press("Publish it now").sees("It is published: new cases start on it from now on.")
    owner.open("/studio").sees("Release 2", NOTE)


def see_what_it_means(owner: Visitor) -> None:
    """Two disputes can move. The third is past the step whose answer it would need."""
    owner.follow("Release 2").follow("What it means for running cases")
    owner.sees("Of 6 running cases, 5 can move to it and 1 cannot.")
    stuck = owner.main.get_by_role("row").filter(has_text="Accept the decision or appeal")
    expect(stuck).to_contain_text("Cannot move")
    expect(stuck).to_contain_text(f"It would never be asked for “{OFFER}”")
    expect(stuck.get_by_role("checkbox")).to_have_count(0)
    take(owner, "impact")


def move_and_put_back(owner: Visitor) -> None:
    """One dispute, watched until it is done, and put back."""
    here = owner.page.url
    owner.main.get_by_role("row").filter(has_text="Name the mediator").get_by_role("checkbox").check()
    owner.main.get_by_role("textbox", name="Why are they moved?").fill("To try it")
    owner.press("Move the chosen cases").sees("1 of 1 case moved.")
    owner.press("Undo the whole batch").sees("Undone", "put back")
    owner.open(here).sees("5 can move to it")


def move(owner: Visitor) -> None:
    """All that can; the page tells by itself how far it is."""
    owner.main.get_by_role("textbox", name="Why are they moved?").fill("Decisions are to be explained now.")
    owner.press("Move all 5 that can").sees("Decisions are to be explained now.", "5 of 5 cases moved.")
    take(owner, "moves")


def do_the_new_step(director: Visitor) -> None:
    """The dispute that waited for a decision comes to the new step, with its form and its deadline."""
    decided = "It is needed on Fridays."
    director.do(
        "decide", also=lambda: crafted.rule(director, LIST, "As the manager wants it"), decision_reasons=decided
    )
    director.open("/").follow(EXPLAIN, within=director.main)
    director.reads(EXPLAIN)
    director.sees("Talk to the doctor about your decision before they answer it.", re.compile(r"Due\s+\w+ \d+ \w+"))
    director.press(COMPLETE)
    assert len(director.problems()) == 2, "both questions must be answered"
    director.fill_date(director.main.get_by_role("group", name=WHEN), director.today())
    director.main.get_by_role("group", name=OFFER).get_by_role("radio", name="Yes").check()
    director.press(COMPLETE).sees(f"You have completed “{EXPLAIN}”")


def go_back(owner: Visitor, approver: Visitor) -> None:
    """What was published first is published again, by the same way through two people."""
    owner.open("/studio/releases/1").follow("Publish release 1 again")
    owner.main.get_by_role("textbox", name="Why is it published again?").fill("The talks took too long.")
    owner.press("Submit for approval").sees("The draft is submitted for approval.")
    draft = owner.page.url
    approver.open("/studio").follow("Release 1 again").follow("Decide")
    approver.main.get_by_role("radio", name="Approve it").check()
    approver.press("Send your decision")
    owner.open(draft).follow("Publish").press("Publish it now")
    owner.open("/studio").sees("Release 3", "The talks took too long.")
    owner.open("/studio/impact/3").sees("Of 6 running cases, 6 can move to it and 0 cannot.")
