"""What is done at the same time as a step: the case waits for both, and nothing is left over once it is taken out."""

from pathlib import Path

import pytest

from tests.engine.editing.drawn import SHIPPED, faults_of_the_picture
from tests.factories import shipped_files
from workflows.engine.check import check
from workflows.engine.drawings import Drawing, read
from workflows.engine.editing.diagram import CannotChange
from workflows.engine.editing.removing import remove_step, remove_way
from workflows.engine.editing.steps import NewStep
from workflows.engine.editing.together import add_beside
from workflows.engine.soundness import explore

MEDIATION, PATH = shipped_files()["processes/mediation.bpmn"], "processes/mediation.bpmn"
TELL = NewStep("Tell the team", "clinical_manager", "Say what is being decided.")
ASK = NewStep("Ask the doctor", "practitioner", "Ask what they wish.")


def between(drawing: Drawing, step: str) -> tuple[list[str], list[str]]:
    """Where a step is come to from, and where it leads."""
    return [flow.source for flow in drawing.incoming[step]], [flow.target for flow in drawing.outgoing[step]]


def test_a_step_is_added_at_the_same_time_as_another_and_the_case_waits_for_both() -> None:
    made = add_beside(MEDIATION, "decide", TELL)
    assert made.said == "Added the step “Tell the team” at the same time as “Decide in writing”."
    drawing = read(made.text)
    [split], [join] = between(drawing, "tell_the_team")
    assert between(drawing, "decide") == ([split], [join])
    assert {drawing.nodes[each].type for each in (split, join)} == {"parallelGateway"}
    assert between(drawing, split)[0] == [flow.source for flow in read(MEDIATION).incoming["decide"]]
    assert between(drawing, join)[1] == ["answer_decision"]
    files = {**shipped_files(), PATH: made.text}
    assert check(files, [PATH]) == []
    assert explore(files, "disagreement").sound
    assert list(faults_of_the_picture(made.text)) == []


def test_a_third_step_joins_the_two_whichever_of_them_it_is_added_to() -> None:
    two = add_beside(MEDIATION, "decide", TELL).text
    [split], [join] = between(read(two), "decide")
    for beside in ("decide", "tell_the_team", split):
        three = read(add_beside(two, beside, ASK).text)
        assert between(three, "ask_the_doctor") == ([split], [join])
        assert len(three.nodes) == len(read(two).nodes) + 1


def test_taking_out_one_of_two_leaves_the_other_as_it_was() -> None:
    two = add_beside(MEDIATION, "decide", TELL).text
    [way] = [flow.id for flow in read(two).incoming["tell_the_team"]]
    for taken_out in (remove_step(two, "tell_the_team"), remove_way(two, way)):
        drawing, before = read(taken_out.text), read(MEDIATION)
        assert drawing.nodes.keys() == before.nodes.keys()
        assert between(drawing, "decide") == between(before, "decide")


@pytest.mark.parametrize(
    ("beside", "why"),
    [
        ("answer_decision", "can be ended early"),
        ("agreement_reached", "takes no time"),
        ("mediation_agreed", "takes no time"),
        ("nobody", "no element"),
    ],
)
def test_where_nothing_can_be_done_at_the_same_time_it_is_said_why(beside: str, why: str) -> None:
    with pytest.raises(CannotChange, match=why):
        add_beside(MEDIATION, beside, TELL)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_done_beside_any_step_that_ships_passes_the_check(path: Path) -> None:
    files = shipped_files()
    name = f"processes/{path.name}"
    text = files[name]
    for key, node in read(text).nodes.items():
        try:
            made = add_beside(text, key, TELL) if node.type == "userTask" else None
        except CannotChange:
            continue
        if made:
            assert check({**files, name: made.text}, [name]) == [], key
