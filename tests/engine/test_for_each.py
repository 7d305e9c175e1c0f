"""A step for each member of a list."""

import pytest

from tests.engine.trial import Trial, anonymous, begin, drawn, move, open_elements, restored, wait_for
from workflows.engine.expressions import ExpressionFailed
from workflows.engine.process import NotWaiting, Process


def test_each_member_of_a_list_has_a_step_of_their_own() -> None:
    process = begin(drawn("panel"), Trial({"members": [4, 7, "amd"]}))
    assert open_elements(process) == ["vote/4", "vote/7", "vote/amd", "vote_late"]
    assert {wait.name for wait in process.waiting() if wait.kind == "step"} == {"Vote"}


def test_all_members_must_be_done_before_the_case_goes_on() -> None:
    diagrams, trial = drawn("panel"), Trial({"members": [4, 7]})
    process = begin(diagrams, trial)
    move(process, "vote/7")
    process = restored(process, diagrams, trial)
    assert open_elements(process) == ["vote/4", "vote_late"]
    move(process, "vote/4")
    assert open_elements(process) == ["announce"]


def test_the_rest_are_cancelled_when_the_drawn_condition_holds() -> None:
    diagrams, trial = drawn("panel"), Trial({"members": [4, 7, 9]})
    process = restored(begin(diagrams, trial), diagrams, trial)
    late = wait_for(process, "vote/9").task
    trial.case["all"] = {"vote": ["no"]}
    move(process, "vote/4")
    assert open_elements(process) == ["announce"]
    with pytest.raises(NotWaiting):
        process.complete(late)


def test_an_empty_list_passes_straight_through() -> None:
    assert open_elements(begin(drawn("panel"), Trial({"members": []}))) == ["announce"]


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ([4, 7, 4], "It lists 4 twice"),
        ([4, "4"], "It lists 4 twice"),
        (None, "not give a list"),
        ("amd", "not give a list"),
        ([True], "not give a list"),
        ([{"id": 4}], "not give a list"),
        ([[4]], "not give a list"),
    ],
)
def test_a_list_of_anything_but_different_people_or_names_is_refused(members: object, reason: str) -> None:
    process = Process.start(drawn("panel"), "panel", Trial({"members": members}))
    with pytest.raises(ExpressionFailed, match=reason) as fault:
        process.settle()
    assert fault.value.element == "vote"


def test_the_item_of_a_step_is_not_put_into_the_names_that_expressions_see() -> None:
    process = begin(drawn("panel"), Trial({"members": [4, 7]}))
    assert "data" not in anonymous(process.dump())["flows"][0]


def test_a_timer_on_a_for_each_step_ends_all_of_it() -> None:
    diagrams, trial = drawn("panel"), Trial({"members": [4, 7]})
    process = begin(diagrams, trial)
    move(process, "vote/4")
    process = restored(process, diagrams, trial)
    move(process, "vote_late")
    assert open_elements(process) == ["close_vote"]
