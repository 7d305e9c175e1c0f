"""Drawn timers and messages: only the one that is meant is released, and no clock is looked at."""

import time_machine

from tests.engine.trial import (
    Trial,
    been_through,
    begin,
    drawn,
    flow,
    move,
    open_elements,
    release_of,
    restored,
    sketch,
)
from workflows.engine.diagrams import Diagrams


def test_section_4_no_drawn_timer_ever_looks_at_the_clock() -> None:
    diagrams, trial = drawn("review"), Trial()
    process = begin(diagrams, trial)
    with time_machine.travel("2999-12-31"):
        process = restored(process, diagrams, trial)
        process.settle()
        assert open_elements(process) == ["propose", "proposal_slow", "proposal_late"]


def test_section_4_a_timer_that_does_not_interrupt_leaves_the_step() -> None:
    process = begin(drawn("review"), Trial())
    move(process, "proposal_slow")
    assert open_elements(process) == ["propose", "chase", "proposal_late"]


def test_section_4_a_timer_that_interrupts_ends_the_step_and_the_other_timers() -> None:
    trial = Trial()
    process = begin(drawn("review"), trial)
    move(process, "proposal_late")
    assert process.finished
    assert trial.decisions == [{"element": "who_decides", "decider": "clinical_manager"}]


def test_section_4_a_completed_step_takes_its_timers_with_it() -> None:
    process = begin(drawn("review"), Trial())
    move(process, "propose")
    assert open_elements(process) == ["answer"]


def two_alike(element: str, kind: str) -> Diagrams:
    branches = "".join(f'<{element} id="wait_{side}" {kind}' for side in "ab")
    flows = flow("s", "fork") + "".join(
        flow("fork", f"wait_{side}") + flow(f"wait_{side}", f"end_{side}") for side in "ab"
    )
    nodes = '<startEvent id="s"/><parallelGateway id="fork"/><endEvent id="end_a"/><endEvent id="end_b"/>'
    return release_of(sketch(nodes + branches + flows, outside='<message id="m" name="cases_closed"/>'))


def test_section_4_of_two_timers_of_the_same_name_only_the_one_meant_fires() -> None:
    definition = (
        '><timerEventDefinition><timeDate>due("reply")</timeDate></timerEventDefinition></intermediateCatchEvent>'
    )
    process = begin(two_alike("intermediateCatchEvent", definition), Trial())
    move(process, "wait_b")
    assert open_elements(process) == ["wait_a"]


def test_section_8_of_two_waits_for_the_same_message_only_the_one_meant_is_released() -> None:
    process = begin(two_alike("receiveTask", 'messageRef="m"/>'), Trial())
    assert {wait.message for wait in process.waiting()} == {"cases_closed"}
    move(process, "wait_a")
    assert open_elements(process) == ["wait_b"]


def test_section_4_behind_a_gateway_of_events_each_timer_is_its_own() -> None:
    diagrams, trial = drawn("waits"), Trial()
    for chosen, end in (("reply", "replied"), ("reply_late", "unheard"), ("reply_very_late", "given_up")):
        process = begin(diagrams, trial)
        for element in ("children", "window", "word"):
            move(process, element)
        process = restored(process, diagrams, trial)
        assert open_elements(process) == ["reply", "reply_late", "reply_very_late"]
        move(process, chosen)
        assert process.finished
        assert end in been_through(process)
