"""A process is changed by its owner, approved by a second person, published, and running disputes are moved to it; then
the old release is published again."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import crafted, drawn
from tests.journeys.canvas import Canvas
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.people import CPFT
from tests.journeys.pictures import take
from tests.journeys.studio_world import APPROVER, OWNER
from tests.journeys.test_dispute import LIST
from tests.journeys.visitor import COMPLETE, MONTHS, Visitor
from workflows.domain.calendars import in_full
from workflows.domain.lengths import Length
from workflows.releases import bank_holidays

DRAFT, NOTE = "Explain decisions", "Doctors did not understand decisions that only came by letter."
EXPLAIN, TALK = "Explain the decision", "Talk about the answer"
DEADLINE, CLAUSE = "Explaining the decision", "CPFT-7.8.5-b"
NEW_DEADLINE = "The deadline is not in the list: add it to the policy"
TIME, RUNS_FROM = Length(10, "working day"), "Day on which the outcome of mediation was given"
WHEN, OFFER = "On what date did you explain it?", "Do you offer a talk once they have answered?"
ASIDE = "was_a_talk_offered_to_talk_about_the_answer"
ONWARD = "was_a_talk_offered_to_decision_answered"
ROUND = "talk_about_the_answer_to_was_a_talk_offered"
REFERRAL = {
    "nature": "The list", "position_reason": "No time", "evidence_kinds": ["diaries"], "evidence_words": "The diary",
    "consequences": "Longer weeks", "ideas": "Every other Friday", "local_resolution": "failed",
}  # fmt: skip
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
    """After the decision comes a step with two questions and a deadline that is new, and where a talk was offered, a
    talk; the owner leads it back to where it came from."""
    owner.follow(DRAW)
    canvas = Canvas(owner)
    canvas.press("Show all")
    canvas.draw("step", ("decide", "answer_decision"), 0.46)
    canvas.say("Name", EXPLAIN)
    canvas.say("What the person is asked to do", "Talk to the doctor about your decision before they answer it.")
    canvas = add_the_deadline(owner)
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


def add_the_deadline(owner: Visitor) -> Canvas:
    """The policy has none for it: the owner adds one there, and comes back to the step, which has it."""
    owner.follow(NEW_DEADLINE).reads("Add a deadline")
    form = owner.main
    form.get_by_role("textbox", name="What it is called").fill(DEADLINE)
    form.get_by_role("combobox", name="Which day?").select_option(label=RUNS_FROM)
    form.get_by_role("textbox", name="How long?").fill(str(TIME.count))
    form.get_by_role("group", name="In what?").get_by_role("radio", name="Working days").check()
    form.get_by_role("combobox", name="Which clause words it?").fill(CLAUSE)
    owner.page.locator("h1").scroll_into_view_if_needed()
    take(owner, "deadline")
    form.get_by_role("textbox", name="What it is called").fill("Mediation meeting")
    owner.press("Add this deadline")
    assert "There is a deadline “Mediation meeting” already." in owner.problems()[0], "a name is given once"
    form.get_by_role("textbox", name="What it is called").fill(DEADLINE)
    owner.press("Add this deadline").sees(f"Added the deadline “{DEADLINE}”.")
    canvas = Canvas(owner)
    canvas.press("Show all")
    expect(canvas.panel.get_by_label("Deadline", exact=True).locator("option:checked")).to_have_text(DEADLINE)
    return canvas


def caught(owner: Visitor, draft: str) -> None:
    """Every single thing on the canvas is right; but whoever was offered a talk would be talked to for ever."""
    owner.follow("Show the way there").sees("One thing goes wrong.", f"it goes round “{TALK}”, and no answer leads out")
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
    """The draft runs in an invented trust: one plays its people, moves its clock, and sees what goes out, on to the
    new step and its day."""
    owner.follow("Explain decisions").follow("Rehearse it")
    owner.choose("Which process do you want to rehearse?", "Mediation")
    owner.press("Go on").sees("Change these examples as you like.")
    owner.press("Begin the rehearsal").sees("Choose how to go on")
    play(owner, "choose_route", route="refer", talk_declined_reason="We have talked.")
    play(owner, "refer", **REFERRAL)
    owner.press("Past the next deadline").sees("1 deadline came to its day", "E-mails that would have gone out")
    play(owner, "name_mediator", mediator_choice="self")
    today = rehearsed_day(owner)
    booked = {"mediation_booked_for": today + timedelta(days=8), "mediation_time": "10am", "mediation_place": "Voreda"}
    play(owner, "book_mediation", **booked)
    heard = {"practitioner_heard": "No time", "manager_heard": "It is needed", "mediation_result": "not_agreed"}
    there = ["Dr Ada Example", "Dr Cleo Example"]
    play(owner, "record_mediation", mediation_meeting_date=today, mediation_present=there, **heard)
    begin_to_play(owner, drawn.name("decide"))
    crafted.rule(owner, "The team plan", "As the manager wants it")
    answer(owner, "decide", decision_reasons="It is needed on Fridays.")
    line = owner.main.get_by_role("row").filter(has_text=CLAUSE)
    expect(line).to_contain_text(due(today))
    take(owner, "rehearsal")
    begin_to_play(owner, EXPLAIN)
    explain(owner, today)
    owner.sees(f"Dr Gwen Example has completed “{EXPLAIN}”", "Accept the decision or appeal")
    expect(line).to_contain_text("Met")


def play(owner: Visitor, element: str, **answers: Any) -> None:
    """Do a step of the rehearsal as whoever has it."""
    begin_to_play(owner, drawn.name(element))
    answer(owner, element, **answers)


def answer(owner: Visitor, element: str, **answers: Any) -> None:
    """Answer the step that is open, and complete it."""
    owner.answer(element, **answers)
    owner.press(COMPLETE).sees(f"has completed “{drawn.name(element)}”")


def begin_to_play(owner: Visitor, step: str) -> None:
    """Open a step that waits in the rehearsal."""
    row = owner.main.get_by_role("row").filter(has_text=step).first
    owner.follow(re.compile("as "), within=row).reads(step)


def rehearsed_day(owner: Visitor) -> date:
    """The day that the clock of the rehearsal shows."""
    found = re.search(r"It is \w+ (\d+) (\w+) (\d+)", owner.shown())
    assert found
    return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))


def explain(mediator: Visitor, on: date) -> None:
    """Answer the new step; both of its questions must be answered."""
    mediator.press(COMPLETE)
    assert len(mediator.problems()) == 2
    mediator.fill_date(mediator.main.get_by_role("group", name=WHEN), on)
    mediator.main.get_by_role("group", name=OFFER).get_by_role("radio", name="Yes").check()
    mediator.press(COMPLETE)


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
    approver.sees(f"Deadline “{DEADLINE}”", f"Length: {TIME}", CLAUSE)
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
    director.sees("Talk to the doctor about your decision before they answer it.", f"Due {due(director.today())}")
    explain(director, director.today())
    director.sees(f"You have completed “{EXPLAIN}”")


def due(day: date) -> str:
    """The last day of the new deadline, where it runs from this one."""
    return in_full(TIME.after(day, bank_holidays(day.year)))


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
