"""What two people changed in one diagram is put together part by part, or it is said why it cannot be."""

from collections.abc import Callable, Mapping
from itertools import permutations

import pytest

from tests.factories import shipped_files
from workflows.engine.check import check
from workflows.engine.drawings import read
from workflows.engine.editing.branches import add_timer
from workflows.engine.editing.diagram import CannotChange
from workflows.engine.editing.fields import DrawnField, add_field
from workflows.engine.editing.merging import merged
from workflows.engine.editing.removing import remove_step
from workflows.engine.editing.steps import NewStep, add_step, assign, document, rename
from workflows.engine.editing.together import add_beside

FILE = "processes/mediation.bpmn"
BASE = shipped_files()[FILE]


def new(name: str, role: str = "mediator") -> NewStep:
    return NewStep(name=name, role=role, documentation="Do it.")


EDITS: Mapping[str, Callable[[str], str]] = {
    "a step after the booking": lambda text: add_step(text, new("Say what you hope for"), after="book_mediation").text,
    "a step of a role without a lane": lambda text: add_step(text, new("Thank", "amd"), after="record_mediation").text,
    "a step at the same time": lambda text: add_beside(text, "name_mediator", new("Read the file", "amd")).text,
    "another name": lambda text: rename(text, "decide", "Write the decision").text,
    "other words": lambda text: document(text, "record_mediation", "Say what was agreed.").text,
    "another role": lambda text: assign(text, "recommend_on_pay", "amd").text,
    "a question more": lambda text: (
        add_field(text, "name_mediator", DrawnField(key="why", type="text", label="Why them?")).text
    ),
}


@pytest.mark.parametrize(("ours", "theirs"), [*permutations(EDITS, 2)])
def test_changes_of_different_parts_are_all_there_whoever_brings_them_together(ours: str, theirs: str) -> None:
    mine, others = EDITS[ours](BASE), EDITS[theirs](BASE)
    found = merged(BASE, mine, others)
    assert check({**shipped_files(), FILE: found}) == []
    drawn, again = read(found), read(EDITS[ours](others))
    assert (drawn.nodes.keys(), set(drawn.lanes)) == (again.nodes.keys(), set(again.lanes))
    assert {flow.id: (flow.source, flow.target, flow.condition) for flow in drawn.flows} == {
        flow.id: (flow.source, flow.target, flow.condition) for flow in again.flows
    }
    for key, node in drawn.nodes.items():
        same = ("name", "documentation", "lane", "fields", "default")
        assert [getattr(node, name) for name in same] == [getattr(again.nodes[key], name) for name in same]


@pytest.mark.parametrize("edit", EDITS)
def test_where_one_side_changed_nothing_it_is_as_the_other_side_has_it(edit: str) -> None:
    changed = EDITS[edit](BASE)
    assert merged(BASE, BASE, changed) == changed
    assert merged(BASE, changed, changed) == changed
    found, wanted = read(merged(BASE, changed, BASE)), read(changed)
    assert {key: node.name for key, node in found.nodes.items()} == {key: one.name for key, one in wanted.nodes.items()}


def test_the_picture_of_the_other_side_stays_and_what_is_new_stands_free_in_it() -> None:
    mine = add_step(BASE, new("Say what you hope for"), after="book_mediation").text
    others = add_step(BASE, new("Thank everybody"), after="record_mediation").text
    found = merged(BASE, mine, others)
    assert all(f'bpmnElement="{key}"' in found for key in ("say_what_you_hope_for", "thank_everybody"))
    assert found.count("<bpmndi:BPMNShape ") == others.count("<bpmndi:BPMNShape ") + 1


@pytest.mark.parametrize(
    ("ours", "theirs", "because"),
    [
        (
            lambda text: rename(text, "record_mediation", "Record it").text,
            lambda text: document(text, "record_mediation", "Say it.").text,
            "Both changed “Record the mediation”.",
        ),
        (
            lambda text: assign(text, "record_mediation", "amd").text,
            lambda text: assign(text, "record_mediation", "medical_director").text,
            "Both changed who does “Record the mediation”.",
        ),
        (
            lambda text: add_step(text, new("Say what you hope for"), after="book_mediation").text,
            lambda text: add_step(text, new("Thank everybody"), after="book_mediation").text,
            "Both changed what comes after “Book the mediation meeting”.",
        ),
        (
            lambda text: text.replace('case.mediation_result == "agreed"', "case.mediation_result != None"),
            lambda text: text.replace('case.mediation_result == "agreed"', 'case.mediation_result != "no"'),
            "Both changed the way from “Agreement?” to “Agreed”.",
        ),
        (
            lambda text: remove_step(text, "book_mediation").text,
            lambda text: add_timer(text, "book_mediation", "mediation_meeting", end="Too late").text,
            "One of them took out what the other one leads to or goes on from.",
        ),
        (
            lambda text: rename(text, "book_mediation", "Book it").text,
            lambda text: remove_step(text, "book_mediation").text,
            "Both changed “Book the mediation meeting”.",
        ),
    ],
)
def test_where_both_changed_the_same_it_says_what_that_is(
    ours: Callable[[str], str], theirs: Callable[[str], str], because: str
) -> None:
    with pytest.raises(CannotChange) as refused:
        merged(BASE, ours(BASE), theirs(BASE))
    assert refused.value.sentence == because
