"""What an editor offers: all that can be done, and nothing that is refused whatever else is said."""

from collections.abc import Callable

import pytest

from tests.factories import shipped_files
from workflows.engine.drawings import read
from workflows.engine.editing import branches, races, removing, steps, together
from workflows.engine.editing.branches import Way
from workflows.engine.editing.diagram import CannotChange, Edited
from workflows.engine.editing.offers import Deed, offers, refusal
from workflows.engine.editing.races import Wait
from workflows.engine.editing.steps import NewStep

SHIPPED = {key: text for key, text in shipped_files().items() if key.endswith(".bpmn")}
STEP = NewStep("Tell the team", "clinical_manager", "Say it.")
WORD = Wait("The plan was approved", message="team_plan_published", end="Approved")
WAY = Way('case.kind == "x"', "Else", end="Stopped")


def taken_out(text: str, key: str) -> Edited:
    timer = key in read(text).attached
    return branches.remove_timer(text, key) if timer else removing.remove_step(text, key)


DONE: dict[Deed, Callable[[str, str], Edited]] = {
    Deed.ADD: lambda text, key: steps.add_step(text, STEP, after=key),
    Deed.TOGETHER: lambda text, key: together.add_beside(text, key, STEP),
    Deed.WAY: lambda text, key: branches.add_way(text, key, WAY),
    Deed.LIMIT: lambda text, key: branches.add_timer(text, key, "sign_off", end="Too late"),
    Deed.WAIT: lambda text, key: races.add_wait(text, key, WORD),
    Deed.UP: lambda text, key: steps.move_step(text, key, up=True),
    Deed.DOWN: lambda text, key: steps.move_step(text, key, up=False),
    Deed.REMOVE: taken_out,
}
DONE_TO_WAYS: dict[Deed, Callable[[str, str], Edited]] = {
    Deed.ADD: lambda text, key: steps.add_step(text, STEP, on=key),
    Deed.OTHERWISE: lambda text, key: branches.set_default(text, key, 'case.kind == "x"'),
    Deed.REMOVE: removing.remove_way,
}


def done(deed: Callable[[str, str], Edited], text: str, key: str) -> str:
    """Why it was refused, "" where it was done."""
    try:
        deed(text, key)
    except CannotChange as refused:
        return refused.sentence
    return ""


@pytest.mark.parametrize("path", ["mediation", "compliance_issue", "additional_pa"])
def test_what_is_offered_in_a_process_that_ships_is_done_and_what_is_not_is_refused_in_the_same_words(
    path: str,
) -> None:
    text = SHIPPED[f"processes/{path}.bpmn"]
    drawing, offered = read(text), offers(text)
    for keys, deeds in ((drawing.nodes, DONE), ([flow.id for flow in drawing.flows], DONE_TO_WAYS)):
        for key in keys:
            said = {deed: why for deed, act in deeds.items() if (why := done(act, text, key))}
            assert offered[key] == deeds.keys() - said.keys(), key
            assert {deed: refusal(text, key, deed) for deed in said} == said


def test_of_a_process_that_is_too_large_to_be_drawn_nothing_is_offered() -> None:
    text = SHIPPED["processes/mediation.bpmn"]
    more = "".join(f'<bpmn:endEvent id="end_{number}"/>' for number in range(500))
    large = text.replace("</bpmn:process>", f"{more}</bpmn:process>")
    assert not any(offers(large).values())
    assert "too many to be redrawn" in refusal(large, "decide", Deed.ADD)


def test_of_ways_that_come_from_nowhere_nothing_is_offered_that_needs_their_beginning() -> None:
    text = SHIPPED["processes/mediation.bpmn"]
    loose = "".join(f'<bpmn:sequenceFlow id="loose_{n}" sourceRef="gone" targetRef="decide"/>' for n in range(2))
    offered = offers(text.replace("</bpmn:process>", f"{loose}</bpmn:process>"))
    assert offered["loose_0"] == {Deed.ADD}
