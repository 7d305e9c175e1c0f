"""Stored states: what they hold, what is refused, and that those of today can be read for as long as cases run."""

import json
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.engine.trial import Trial, anonymous, begin, drawn, move, open_elements, path, release_of, restored, sketch
from workflows.engine.codec import FORMAT
from workflows.engine.process import ENGINE_VERSION, NewerState, Process, StateUnfit

STATES = Path(__file__).parent / "states"


def changed(state: bytes, **parts: Any) -> bytes:
    return orjson.dumps({**orjson.loads(state), **parts})


def test_a_state_says_which_engine_wrote_it() -> None:
    held = json.loads(begin(drawn("review"), Trial()).dump())
    assert (held["engine"], held["format"]) == ("SpiffWorkflow 3.2.0", 1) == (ENGINE_VERSION, FORMAT)


@pytest.mark.parametrize(
    "parts",
    [
        {"engine": "SpiffWorkflow 3.2.1"},
        {"engine": "SpiffWorkflow 3.10.0"},
        {"engine": "SpiffWorkflow 4.0.0"},
        {"engine": "OtherEngine 1.0.0"},
        {"format": FORMAT + 1},
    ],
)
def test_a_newer_state_is_refused(parts: dict[str, Any]) -> None:
    diagrams, trial = drawn("review"), Trial()
    with pytest.raises(NewerState, match="newer version"):
        Process.load(changed(begin(diagrams, trial).dump(), **parts), diagrams, trial)


@pytest.mark.parametrize("engine", ["SpiffWorkflow 3.1.2", "SpiffWorkflow 3.2.0"])
def test_an_older_state_of_the_same_format_is_read(engine: str) -> None:
    diagrams, trial = drawn("review"), Trial()
    state = changed(begin(diagrams, trial).dump(), engine=engine)
    assert "propose" in open_elements(Process.load(state, diagrams, trial))


@pytest.mark.parametrize(
    "state", [b"", b"{}", b"[]", b"null", b"nonsense", b'{"engine": 1, "format": 1}', b'{"engine": "x y"}']
)
def test_what_is_no_state_is_refused(state: bytes) -> None:
    with pytest.raises(StateUnfit):
        Process.load(state, drawn("review"), Trial())


def test_a_state_that_stands_at_an_element_that_is_not_drawn_is_refused_by_name() -> None:
    state = begin(release_of(sketch(path("ask", "answer"))), Trial()).dump()
    with pytest.raises(StateUnfit, match="ask") as fault:
        Process.load(state, release_of(sketch(path("answer"))), Trial())
    assert fault.value.element == "ask"


@pytest.mark.parametrize("part", ["names", "flows"])
def test_a_damaged_state_is_refused(part: str) -> None:
    state = begin(drawn("review"), Trial()).dump()
    with pytest.raises(StateUnfit):
        Process.load(changed(state, **{part: []}), drawn("review"), Trial())


def test_the_specification_is_never_stored_nor_is_what_the_case_knows() -> None:
    diagrams = drawn("panel")
    state = begin(diagrams, Trial({"members": [4, 7], "grounds": "confidential"})).dump()
    assert b"confidential" not in state
    assert b"Vote" not in state
    assert b"count(" not in state


def test_trap_1_a_state_survives_a_store_that_sorts_its_keys() -> None:
    diagrams, trial = drawn("whole", "stage", "substage"), Trial({"signatories": [4, 7]})
    process = begin(diagrams, trial, "whole")
    state = process.dump()
    shuffled = json.dumps(json.loads(state), sort_keys=True).encode()
    assert Process.load(shuffled, diagrams, trial).dump() == state


def test_trap_2_and_3_names_hold_any_json_and_come_back_as_they_were() -> None:
    rows = [{"typename": "datetime", "value": 1.5, "deep": [None, True, "é"]}]
    script = '<scriptTask id="keep"><script>kept = case.rows</script></scriptTask>'
    diagrams, trial = release_of(sketch(path(script, "ask"))), Trial({"rows": rows})
    process = restored(begin(diagrams, trial), diagrams, trial)
    assert anonymous(process.dump())["flows"][0]["data"] == {"kept": rows}


def test_trap_9_thrown_events_are_not_stored() -> None:
    trial = Trial({"signatories": [4], "sign_answer": "tell"})
    process = begin(drawn("stage", "substage"), trial, "stage")
    move(process, "signature/4")  # the escalation is thrown, and nobody catches it
    assert process._workflow.bpmn_events == []
    move(process, "publish")
    assert process.finished
    assert process._workflow.bpmn_events == []


def test_a_finished_stage_leaves_nothing_behind() -> None:
    diagrams, trial = drawn("whole", "stage", "substage"), Trial({"signatories": [4, 7], "sign_answer": "sign"})
    process = begin(diagrams, trial, "whole")
    assert len(anonymous(process.dump())["flows"]) == 3
    for element in ("signature/4", "signature/7", "publish"):
        process = restored(process, diagrams, trial)
        move(process, element)
    assert len(anonymous(process.dump())["flows"]) == 1


def test_a_case_may_go_round_for_ever_and_its_state_does_not_grow() -> None:
    """The library's own joins give up after some 190 rounds: their recursion follows the whole history."""
    diagrams, trial = drawn("review"), Trial({"answer": "refuse"}, {"limits": {"rounds": 1000}})
    process = begin(diagrams, trial)
    move(process, "proposal_slow")
    sizes = []
    for _ in range(300):
        move(process, "propose")
        move(process, "answer")
        process = restored(process, diagrams, trial)
        sizes.append(len(process.dump()))
    assert max(sizes[20:]) <= sizes[20] + 10
    assert open_elements(process) == ["propose", "proposal_slow", "proposal_late", "chase"]
    trial.case["answer"] = "agree"
    for element in ("propose", "answer", "chase"):
        assert not process.finished
        move(process, element)
    assert process.finished


SAMPLES = {
    "review_reminded": (["review"], ["propose", "chase", "proposal_late"]),
    "panel_half_voted": (["panel"], ["vote/7", "vote/9", "vote_late"]),
    "branches_one_side_done": (["branches"], ["manager_checks"]),
    "whole_in_stage": (["stage", "substage", "whole"], ["sign_late", "signature/7"]),
    "waits_for_the_first": (["waits"], ["reply", "reply_late", "reply_very_late"]),
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_states_stored_by_the_first_release_are_read_and_go_on_to_their_end(sample: str) -> None:
    """Never store these files anew: they stand for cases that are running somewhere."""
    files, waiting = SAMPLES[sample]
    diagrams = drawn(*files)
    trial = Trial({"answer": "agree", "members": [4, 7, 9], "signatories": [4, 7], "sign_answer": "sign"})
    state = (STATES / f"{sample}.json").read_bytes()
    process = Process.load(state, diagrams, trial)
    assert open_elements(process) == waiting
    assert process.dump() == state
    while not process.finished:
        move(process, open_elements(process)[0])
        process = restored(process, diagrams, trial)
