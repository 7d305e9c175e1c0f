"""A deadline that the policy does not have: added by its form, on its own or for a step, and taken out again."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.factories import shipped_files
from tests.webapp.apps import Store
from tests.webapp.studio_cast import text_of
from tests.webapp.visitor import Visitor
from webapp.forms.studio_ladders import Ladder, as_written
from workflows.domain.deadlines import Length
from workflows.domain.policy import read_policy
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
TRUST = "policies/cumbria.toml"
STEP = "processes/mediation.bpmn"
NEW = {
    "answer-title": "Explaining the decision",
    "answer-start": "mediation_outcome_date",
    "answer-length": "10",
    "answer-length_unit": "working day",
    "answer-clause": "CPFT-7.8.5-b",
}
ADDED = """
[deadlines.explaining_the_decision]
title = "Explaining the decision"
clause = "CPFT-7.8.5-b"
kind = "after"
start = "mediation_outcome_date"
start_words = "The outcome of mediation was given on {date}."
length = "10 working days"
strength = "must"
effect = "late"
"""


def add(visitor: Visitor, draft_id: int, status: int = 200, query: str = "", **said: str) -> None:
    """Open the form of a new deadline, fill it in and send it."""
    address = f"/studio/drafts/{draft_id}/policy/new-deadline{query}"
    visitor.open(address)
    typed = {f"answer-{box}": words for box, words in said.items()}
    visitor.send(address, {**visitor.page.values("policy-form"), **NEW, **typed}, status)


def test_a_new_deadline_stands_in_the_policy_behind_the_others_and_nothing_else_changes(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor = visit(owner)
    visitor.open(f"/studio/drafts/{draft_id}/policy")
    assert f"/studio/drafts/{draft_id}/policy/new-deadline" in visitor.page.links
    add(visitor, draft_id)
    assert "Added the deadline “Explaining the decision”." in visitor.page.text
    assert "10 working days; must be kept" in visitor.page.text
    assert text_of(store, draft_id, TRUST) == shipped_files()[TRUST] + ADDED
    visitor.open(f"/studio/drafts/{draft_id}")
    assert "No fault is found in any file of this draft." in visitor.page.text
    assert "Added the deadline “Explaining the decision”." in visitor.page.text, "the draft's history tells it"


@pytest.mark.parametrize(
    ("box", "typed", "sentence"),
    [
        ("title", "Mediation meeting", "There is a deadline “Mediation meeting” already."),
        ("title", "mediation_meeting", "There is a deadline “mediation_meeting” already."),
        ("title", "10!", "A deadline needs a name with letters in it"),
        ("length", "minus two", "Write a whole number from 1 to 999"),
        ("length", "0", "Write a whole number from 1 to 999"),
        ("length", "1000", "Write a whole number from 1 to 999"),
        ("length", "", "“How long?” needs an answer"),
        ("start", "", "“Which day?” needs an answer"),
        ("start_words", "On {date} and {day}.", "Write {date} once in this sentence"),
        ("clause", "", "“Which clause words it?” needs an answer"),
        ("clause", "CPFT-7.8.5-z", "There is no clause “CPFT-7.8.5-z”. Did you mean “CPFT-7.8.5-"),
    ],
)
def test_what_no_deadline_can_be_is_said_at_its_box(
    owner: Person, visit: Visit, draft_id: int, store: Store, box: str, typed: str, sentence: str
) -> None:
    visitor = visit(owner)
    add(visitor, draft_id, 422, "", **{box: typed})
    assert sentence in visitor.page.text
    assert any(link.startswith(f"#answer-{box}") for link in visitor.page.links), visitor.page.links
    assert text_of(store, draft_id, TRUST) == shipped_files()[TRUST]


def test_every_part_of_a_deadline_can_be_said(owner: Person, visit: Visit, draft_id: int, store: Store) -> None:
    visitor = visit(owner)
    add(visitor, draft_id)
    address = f"/studio/drafts/{draft_id}/policy/deadlines/explaining_the_decision"
    visitor.open(address)
    said = {
        "title": "Time to explain", "kind": "window", "start": "hearing_booked_for", "length": "3",
        "length_unit": "week", "until": "2", "until_unit": "day", "strength": "normally", "effect": "escalate",
        "clause": "CPFT-7.8.9-b", "reminders": "own",
        "processes": "disagreement", "met_by": "appeal_hearing_date", "start_words": "It is heard on {date}.",
    }  # fmt: skip
    boxes = visitor.page.values("policy-form")
    line = {"number": "1", "side": "after", "do": "escalate", "to_0": "medical_director"}
    lines = {f"ladder-0-{key}": value for key, value in line.items()}
    visitor.send(address, {**boxes, **{f"answer-{key}": value for key, value in said.items()}, **lines})
    text = text_of(store, draft_id, TRUST) or ""
    rule = read_policy("cumbria", {**shipped_files(), TRUST: text}).deadlines["explaining_the_decision"]
    assert (rule.title, rule.kind, rule.start, str(rule.length), str(rule.until)) == (
        "Time to explain", "window", "hearing_booked_for", "3 weeks", "2 days",
    )  # fmt: skip
    assert (rule.strength, rule.effect, rule.clause) == ("normally", "escalate", "CPFT-7.8.9-b")
    assert (rule.processes, rule.met_by) == (("disagreement",), "appeal_hearing_date")
    assert (rule.start_words, [rung.to for rung in rule.ladder]) == ("It is heard on {date}.", [("medical_director",)])
    visitor.open(address)
    visitor.send(address, {**visitor.page.values("policy-form"), "answer-reminders": "usual", "answer-processes": ()})
    again = read_policy("cumbria", {**shipped_files(), TRUST: text_of(store, draft_id, TRUST) or ""})
    assert len(again.deadlines["explaining_the_decision"].ladder) == 3, "the usual ones of what should normally be kept"
    assert again.deadlines["explaining_the_decision"].processes == ()


def test_the_box_for_a_clause_offers_those_of_the_own_policy_and_of_the_national_terms(
    owner: Person, visit: Visit, draft_id: int
) -> None:
    visitor = visit(owner)
    draft = f"/studio/drafts/{draft_id}"
    for page in ("policy/new-deadline", "list/mediation/decide/change", "diagrams/mediation"):
        visitor.open(f"{draft}/{page}")
        offered = {option.get("value", ""): option.text for option in visitor.page.root.iterfind(".//datalist/option")}
        assert offered["TCS-4-c"], "each with what it is about"
        assert {key.split("-")[0] for key in offered} == {"CPFT", "TCS"}
        if page != "diagrams/mediation":
            [box] = (each for each in visitor.page.root.iter("input") if each.get("name") == "answer-clause")
            assert [box.get("list")] == [each.get("id") for each in visitor.page.root.iter("datalist")]


def test_whoever_misses_a_deadline_at_a_step_loses_nothing_of_it_and_comes_back_with_the_new_one_chosen(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, step = visit(owner), f"/studio/drafts/{draft_id}/list/mediation/decide/change"
    visitor.open(step)
    assert "new-deadline" in visitor.page.buttons()
    typed = {**visitor.page.values("list-form"), "answer-name": "Decide, and write", "press": "new-deadline"}
    visitor.send(step, {**typed, "answer-documentation": ""}, 422)
    assert "“What is the person asked to do?” needs an answer." in visitor.page.problems
    assert visitor.page.values("list-form")["answer-name"] == ["Decide, and write"]
    visitor.send(step, typed)
    assert visitor.page.heading == "Add a deadline"
    assert "The step is saved as you left it." in visitor.page.text
    assert 'name="Decide, and write"' in (text_of(store, draft_id, STEP) or "")
    add(visitor, draft_id, query="?to=step&process=mediation&element=decide")
    assert "“Explaining the decision” is chosen below, and not saved yet." in visitor.page.text
    boxes = visitor.page.values("list-form")
    assert (boxes["answer-name"], boxes["answer-deadline"]) == (["Decide, and write"], ["explaining_the_decision"])
    visitor.send(step, boxes)
    assert "not saved yet" not in visitor.page.text
    assert 'accord:deadline="explaining_the_decision"' in (text_of(store, draft_id, STEP) or "")
    visitor.open(f"/studio/drafts/{draft_id}")
    assert "No fault is found in any file of this draft." in visitor.page.text


def test_a_step_that_another_window_has_saved_keeps_what_was_typed_and_makes_no_deadline_yet(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    first, second = visit(owner), visit(owner)
    step = f"/studio/drafts/{draft_id}/list/mediation/decide/change"
    typed = [{**one.open(step).values("list-form"), "press": "new-deadline"} for one in (first, second)]
    first.send(step, {**typed[0], "answer-name": "From the first window"})
    assert first.page.heading == "Add a deadline"
    second.send(step, {**typed[1], "answer-name": "From the second window"}, 409)
    assert "Not saved" in second.page.text
    assert second.page.values("list-form")["answer-name"] == ["From the second window"]
    assert 'name="From the first window"' in (text_of(store, draft_id, STEP) or "")


def test_whoever_has_changed_nothing_at_the_step_is_told_nothing_of_it(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, step = visit(owner), f"/studio/drafts/{draft_id}/list/mediation/decide/change"
    visitor.open(step)
    visitor.send(step, {**visitor.page.values("list-form"), "press": "new-deadline"})
    assert visitor.page.heading == "Add a deadline"
    assert "Changed nothing" not in visitor.page.text
    assert text_of(store, draft_id, STEP) == shipped_files()[STEP]


def test_whoever_misses_the_deadline_that_ends_a_step_comes_back_to_what_was_typed(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, timer = visit(owner), f"/studio/drafts/{draft_id}/list/mediation/decide/time"
    visitor.open(timer)
    typed = {"answer-then": "end", "answer-end": "Too late & gone", "answer-deadline": "", "press": "new-deadline"}
    visitor.send(timer, {**visitor.page.values("list-form"), **typed})
    back = next(link for link in visitor.page.links if "/time?" in link)
    boxes = visitor.open(back).values("list-form")
    assert (boxes["answer-then"], boxes["answer-end"]) == (["end"], ["Too late & gone"]), "by the way back, too"
    query = "?to=time&process=mediation&element=decide&answer-then=end&answer-end=Too+late+%26+gone"
    add(visitor, draft_id, query=query, title="Second talk")
    boxes = visitor.page.values("list-form")
    assert (boxes["answer-deadline"], boxes["answer-end"]) == (["second_talk"], ["Too late & gone"])
    assert (
        "“Second talk” is chosen below, and not saved yet. Press “Add this deadline” to save it." in visitor.page.text
    )
    visitor.send(timer, boxes)
    assert 'name="Too late &amp; gone"' in (text_of(store, draft_id, STEP) or "")
    visitor.open(f"/studio/drafts/{draft_id}")
    assert "No fault is found in any file of this draft." in visitor.page.text


def test_a_deadline_in_use_stays_and_says_where_and_one_that_nothing_uses_goes(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, step = visit(owner), f"/studio/drafts/{draft_id}/list/mediation/decide/change"
    add(visitor, draft_id)
    visitor.open(step)
    visitor.send(step, {**visitor.page.values("list-form"), "answer-deadline": "explaining_the_decision"})
    address = f"/studio/drafts/{draft_id}/policy/deadlines/explaining_the_decision"
    assert f"{address}/remove" in visitor.open(address).links
    visitor.open(f"{address}/remove")
    assert "“Decide in writing” in Mediation" in visitor.page.text
    assert "It cannot be removed yet" in visitor.page.text
    asked = {"csrf_token": visitor.page.token, "version": "1"}
    assert "“Decide in writing” in Mediation" in visitor.send(f"{address}/remove", asked, 422).text
    visitor.open(step)
    visitor.send(step, {**visitor.page.values("list-form"), "answer-deadline": "--none--"})
    visitor.open(f"{address}/remove")
    visitor.send(f"{address}/remove", visitor.page.values("policy-form"))
    assert "Removed the deadline “Explaining the decision”." in visitor.page.text
    assert text_of(store, draft_id, TRUST) == shipped_files()[TRUST]


def test_an_inherited_deadline_is_nobodys_to_take_out(owner: Person, visit: Visit, draft_id: int) -> None:
    visitor, address = visit(owner), f"/studio/drafts/{draft_id}/policy/deadlines/third_objection"
    assert f"{address}/remove" not in visitor.open(address).links
    assert "inherited from “National terms for England”, so this trust cannot take it out." in visitor.page.text
    assert "inherit" not in visitor.page.buttons(), "there is nothing to go back from yet"
    visitor.send(address, {**visitor.page.values("policy-form"), "answer-length": "9"})
    assert "It cannot be taken out, because it is inherited" in visitor.open(address).text
    assert "inherit" in visitor.page.buttons()
    visitor.send(address, {**visitor.page.values("policy-form"), "press": "inherit"})
    visitor.open(f"{address}/remove")
    visitor.send(f"{address}/remove", visitor.page.values("policy-form"), 422)
    assert "“Objection to the third member” is inherited" in visitor.page.text


def test_the_usual_reminders_of_a_strength_have_a_form(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, address = visit(owner), f"/studio/drafts/{draft_id}/policy/reminders/normally"
    visitor.open(address)
    boxes = visitor.page.values("policy-form")
    assert [boxes[f"ladder-0-{key}"] for key in ("number", "side", "to_0")] == [["7"], ["before"], ["holders"]]
    visitor.send(address, {**boxes, "ladder-0-number": "2"})
    policy = read_policy("cumbria", {**shipped_files(), TRUST: text_of(store, draft_id, TRUST) or ""})
    assert policy.deadlines["third_objection"].ladder, "one with reminders of its own keeps them"
    assert text_of(store, draft_id, TRUST) != shipped_files()[TRUST]
    visitor.open(address)
    visitor.send(address, {**visitor.page.values("policy-form"), "press": "inherit"})
    assert text_of(store, draft_id, TRUST) == shipped_files()[TRUST]


REMINDER = {"number": "7", "unit": "day", "side": "before", "do": "remind", "to_0": "holders", "to_1": ""}
EVIDENCE = "policy/deadlines/evidence"


def line(place: int, **said: str) -> dict[str, str]:
    """What stands in the boxes of one reminder."""
    return {f"ladder-{place}-{key}": words for key, words in {**REMINDER, **said}.items()}


def test_reminders_come_and_go_line_by_line_without_a_script(
    owner: Person, visit: Visit, draft_id: int, store: Store
) -> None:
    visitor, address = visit(owner), f"/studio/drafts/{draft_id}/{EVIDENCE}"
    visitor.open(address)
    typed = {"answer-reminders": "own", **line(0), "answer-title": "Typed anew"}
    visitor.send(address, {**visitor.page.values("policy-form"), **typed, "press": "add-ladder"})
    boxes = visitor.page.values("policy-form")
    assert (boxes["ladder-0-number"], boxes["ladder-1-number"]) == (["7"], [""])
    assert boxes["answer-title"] == ["Typed anew"], "what else was typed stays"
    visitor.send(address, {**boxes, **line(1, number="1", side="after", to_1="amd"), "press": "remove-ladder-0"})
    boxes = visitor.page.values("policy-form")
    assert "ladder-0-number" not in boxes
    visitor.send(address, boxes)
    rule = read_policy("cumbria", {**shipped_files(), TRUST: text_of(store, draft_id, TRUST) or ""}).deadlines
    assert [(str(rung.at), rung.do, rung.to) for rung in rule["evidence"].ladder] == [
        ("1 day", "remind", ("holders", "amd"))
    ]


@pytest.mark.parametrize(
    ("boxes", "box", "sentence"),
    [
        (line(0, number="soon"), "ladder-0-number", "Reminder 1: Write a whole number from 1 to 999, such as 7."),
        (line(0, number="0"), "ladder-0-number", "Reminder 1: Write a whole number from 1 to 999, such as 7."),
        (line(0, number="\u0667"), "ladder-0-number", "Reminder 1: Write a whole number from 1 to 999, such as 7."),
        (line(0, side="on"), "ladder-0-number", "Reminder 1: The last day itself needs no number."),
        (line(0, to_0=""), "ladder-0-to_0", "Reminder 1: Choose who gets it, or take this line out."),
        ({**line(0), **line(1)}, "ladder-1-number", "Reminder 2: Another line says the same. Take one of them out."),
        (line(0, number="", to_0=""), "answer-reminders", "Say in a line below when a reminder goes out and to whom"),
        ({**line(0), "answer-reminders": "usual"}, "answer-reminders", "You wrote reminders below: choose “Its own"),
        ({**line(0), "answer-reminders": "none"}, "answer-reminders", "You wrote reminders below: choose “Its own"),
        (
            {key: text for place in range(21) for key, text in line(place, number=str(place + 1)).items()},
            "ladder-20-number",
            "Reminder 21: There can be 20 at most.",
        ),
    ],
)
def test_a_reminder_that_cannot_be_is_told_at_its_box(
    owner: Person, visit: Visit, draft_id: int, store: Store, boxes: dict[str, str], box: str, sentence: str
) -> None:
    visitor, address = visit(owner), f"/studio/drafts/{draft_id}/{EVIDENCE}"
    visitor.open(address)
    typed = {"answer-reminders": "own", **boxes}
    visitor.send(address, {**visitor.page.values("policy-form"), **typed}, 422)
    assert any(problem.startswith(sentence) for problem in visitor.page.problems), visitor.page.problems
    assert f"#{box}" in visitor.page.links
    again = visitor.page.values("policy-form")
    assert {key: again[key] for key in typed} == {key: [words] for key, words in typed.items()}, "nothing is lost"
    assert text_of(store, draft_id, TRUST) == shipped_files()[TRUST]


@pytest.mark.parametrize("name", ["blackpool", "cumbria"])
def test_every_reminder_that_ships_reads_back_from_its_lines(name: str, app: Flask) -> None:
    policy = read_policy(name, shipped_files())
    with app.test_request_context():
        for rule in policy.deadlines.values():
            rungs = Ladder(policy, None, rule.ladder, legend="").rungs()
            assert rungs == as_written(rule.ladder), rule.key
            read = [(Length.parse(one["at"]), one["do"], tuple(one["to"])) for one in rungs]
            assert read == [(rung.at, rung.do, rung.to) for rung in rule.ladder], rule.key
