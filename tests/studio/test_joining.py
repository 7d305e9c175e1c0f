"""What was added to a drawing or taken out, in the words of people: what comes after what, and not way by way."""

from collections.abc import Callable

import pytest

from tests.factories import shipped_files
from workflows.engine.editing import branches, removing, steps, together
from workflows.engine.editing.branches import Way
from workflows.engine.editing.diagram import Diagram, Edited
from workflows.engine.editing.races import Wait, add_race
from workflows.engine.editing.steps import NewStep
from workflows.studio import comparing
from workflows.studio.comparing import Change, Sign

PATH = "processes/mediation.bpmn"
FILES = shipped_files()
MEDIATION = FILES[PATH]
TELL = NewStep("Tell the team", "clinical_manager", "Say it.")
ASK = NewStep("Ask the doctor", "practitioner", "Ask what they wish.")


def compared(before: str, after: str) -> list[Change]:
    (found,) = comparing.compare({**FILES, PATH: before}, {**FILES, PATH: after}, "cumbria")
    return list(found.changes)


def told(before: str, after: str) -> list[str]:
    """What is said of it; the rest is behind a fold."""
    return [f"{one.sign} {one.what}" for one in compared(before, after) if not one.quiet and one.sign != Sign.MOVED]


BESIDE = together.add_beside(MEDIATION, "decide", TELL).text
TO_PAY = next(
    flow.get("id") or ""
    for flow in Diagram(MEDIATION).out_of("about_pay")
    if flow.get("targetRef") == "recommend_on_pay"
)


def test_a_step_at_the_same_time_is_one_change_and_its_ways_and_gateways_are_folded() -> None:
    assert told(MEDIATION, BESIDE) == ["added Step “Tell the team”, at the same time as “Decide in writing”"]
    folded = {one.what for one in compared(MEDIATION, BESIDE) if one.quiet}
    assert "Split after “About pay progression?”" in folded
    assert any(what.startswith("Way from “Tell the team” to ") for what in folded)
    assert told(BESIDE, together.add_beside(BESIDE, "tell_the_team", ASK).text) == [
        "added Step “Ask the doctor”, at the same time as “Decide in writing” and “Tell the team”"
    ]
    assert told(BESIDE, MEDIATION) == ["removed Step “Tell the team”"]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            lambda text: steps.add_step(text, TELL, after="record_mediation"),
            ["added Step “Tell the team”, after “Record the mediation”"],
        ),
        (
            lambda text: steps.add_step(text, TELL, before="answer_decision"),
            ["added Step “Tell the team”, after “Decide on pay progression” and “Decide in writing”"],
        ),
        (
            lambda text: steps.add_step(text, TELL, on=TO_PAY),
            ["added Step “Tell the team”, after “About pay progression?”, before “Recommend on pay progression”"],
        ),
        (
            lambda text: steps.move_step(text, "decide_on_pay", up=True),
            ["changed Step “Decide on pay progression” comes before “Recommend on pay progression” now"],
        ),
        (lambda text: removing.remove_step(text, "decide_on_pay"), ["removed Step “Decide on pay progression”"]),
        (
            lambda text: branches.lead_to(text, "decide_to_answer_decision", to="decision_stands"),
            ["changed Way from “Decide in writing” to “Decision stands”"],
        ),
        (
            lambda text: branches.add_timer(text, "decide", "sign_off", end="Too late"),
            [
                "added Event on the edge of a step “Time is up”, then “Too late”",
                "added End “Too late”, after “Time is up”",
            ],
        ),
    ],
)
def test_what_the_list_does_in_one_stroke_is_told_as_what_was_done(
    edit: Callable[[str], Edited], said: list[str]
) -> None:
    assert told(MEDIATION, edit(MEDIATION).text) == said


def test_a_wait_for_whichever_comes_first_tells_what_comes_and_what_follows() -> None:
    waits = (
        Wait("Mediation meeting", deadline="mediation_meeting"),
        Wait("Notice was given", message="notice_given", end="Withdrawn"),
    )
    assert told(MEDIATION, add_race(MEDIATION, waits, after="book_mediation").text) == [
        "added Wait for whichever comes first after “Book the mediation meeting”",
        "added Wait “Mediation meeting”, if it comes before “Notice was given”",
        "added Wait “Notice was given”, if it comes before “Mediation meeting”, then “Withdrawn”",
        "added End “Withdrawn”, after “Notice was given”",
    ]


def test_of_a_wait_that_is_new_nobody_is_said_to_do_it() -> None:
    made = branches.add_timer(MEDIATION, "decide", "sign_off", end="Too late")
    timer, end = (one for one in compared(MEDIATION, made.text) if not one.quiet and one.sign == Sign.ADDED)
    assert {detail.what for detail in timer.details} == {"Time", "Stands on"}
    assert end.details == ()


def test_a_choice_tells_its_ways_for_they_say_when_they_are_taken() -> None:
    way = Way('case.mediation_result == "agreed"', "No", step=TELL)
    made = branches.add_choice(
        MEDIATION, after="record_mediation", question="Is it clear?", ways=[way], otherwise="Yes"
    )
    assert told(MEDIATION, made.text) == [
        "added Choice “Is it clear?”, after “Record the mediation”",
        "added Step “Tell the team”, after “Is it clear?”, before “Agreement?”",
        "added Way from “Is it clear?” to “Agreement?”",
        "added Way from “Is it clear?” to “Tell the team”",
    ]


def test_where_ways_part_beside_nothing_new_each_of_them_is_told() -> None:
    """A gateway drawn between steps that were there: only its ways say what became of them."""
    diagram = Diagram(MEDIATION)
    diagram.add("parallelGateway", "both", "", behind="record_mediation")
    diagram.redirect(diagram.out_of("record_mediation")[0], target="both")
    for target in ("agreement_reached", "decide"):
        diagram.connect("both", target)
    said = told(MEDIATION, diagram.source.text())
    assert "added Way from the split after “Record the mediation” to “Decide in writing”" in said
    assert any(line.startswith("added Split after “Record the mediation”") for line in said)
