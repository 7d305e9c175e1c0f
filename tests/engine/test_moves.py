"""Moving a process: what waits, how it is moved, and what happens when a move fails."""

import pytest

from tests.engine.trial import (
    Trial,
    begin,
    drawn,
    flow,
    move,
    open_elements,
    path,
    release_of,
    restored,
    sketch,
    wait_for,
)
from workflows.engine.diagrams import Diagrams
from workflows.engine.expressions import ExpressionFailed
from workflows.engine.gateways import NoWayOut
from workflows.engine.process import (
    GoesRound,
    NothingToWaitFor,
    NotWaiting,
    Process,
    ProcessSpoilt,
    StepBudgetSpent,
    Waiting,
)


def test_a_waiting_step_says_where_it_stands() -> None:
    process = begin(drawn("review"), Trial())
    step, slow, late = process.waiting()
    assert step == Waiting(task=step.task, element="propose", process="review", kind="step", name="Propose a plan")
    assert (slow.kind, slow.element, slow.deadline) == ("timer", "proposal_slow", "remind")
    assert (late.kind, late.element, late.deadline) == ("timer", "proposal_late", "propose")
    assert len(step.task) == 32


def test_a_step_keeps_its_address_while_others_come_and_go() -> None:
    diagrams, trial = drawn("branches"), Trial()
    process = begin(diagrams, trial)
    doctor = wait_for(process, "doctor")
    move(process, "manager")
    assert wait_for(restored(process, diagrams, trial), "doctor") == doctor


def test_a_step_is_completed_once() -> None:
    process = begin(release_of(sketch(path("ask", "answer"))), Trial())
    task = wait_for(process, "ask").task
    process.complete(task)
    process.settle()
    with pytest.raises(NotWaiting):
        process.complete(task)
    assert open_elements(process) == ["answer"]
    process.dump()  # a refusal spoils nothing


@pytest.mark.parametrize("task", ["", "nonsense", "0" * 32, "0" * 32 + ":ask"])
def test_what_does_not_wait_cannot_be_moved(task: str) -> None:
    process = begin(drawn("waits"), Trial())
    for verb in (process.complete, process.fire, process.receive):
        with pytest.raises(NotWaiting):
            verb(task)


def test_each_kind_of_wait_has_its_own_verb() -> None:
    process = begin(drawn("waits"), Trial())
    message = wait_for(process, "children").task
    for verb in (process.complete, process.fire):
        with pytest.raises(NotWaiting):
            verb(message)
    move(process, "children")
    timer = wait_for(process, "window").task
    for verb in (process.complete, process.receive):
        with pytest.raises(NotWaiting):
            verb(timer)


def test_trap_8_a_failed_move_cannot_be_stored() -> None:
    diagrams, trial = (
        release_of(sketch(path("ask", '<serviceTask id="work" accord:action="notify"/>', "then"))),
        Trial(),
    )
    process = begin(diagrams, trial)
    before, task = process.dump(), wait_for(process, "ask").task
    trial.fails_at = "work"
    process.complete(task)
    with pytest.raises(ConnectionError):
        process.settle()
    with pytest.raises(ProcessSpoilt):
        process.dump()
    with pytest.raises(ProcessSpoilt):
        process.settle()
    trial.fails_at = ""
    again = Process.load(before, diagrams, trial)
    again.complete(task)
    again.settle()
    assert open_elements(again) == ["then"]


def deciding(*conditions: str, default: str = "", kind: str = "exclusiveGateway") -> Diagrams:
    ends = [f"end_{number}" for number in range(len(conditions))]
    nodes = f'<startEvent id="s"/><userTask id="ask"/><{kind} id="which" default="{default}"/>'
    nodes += "".join(f'<endEvent id="{end}"/>' for end in ends)
    flows = "".join(flow("which", end, text) for end, text in zip(ends, conditions, strict=True))
    return release_of(sketch(nodes + flow("s", "ask") + flow("ask", "which") + flows))


def test_a_condition_that_cannot_be_worked_out_names_its_gateway() -> None:
    process = begin(deciding("case.days > 28", "case.days &lt;= 28"), Trial())
    with pytest.raises(ExpressionFailed, match=r"case\.days has no value yet") as fault:
        move(process, "ask")
    assert fault.value.element == "which"
    with pytest.raises(ProcessSpoilt):
        process.dump()


@pytest.mark.parametrize("kind", ["exclusiveGateway", "inclusiveGateway"])
def test_a_gateway_where_nothing_holds_is_named(kind: str) -> None:
    process = begin(deciding("case.a == 1", "case.a == 2", kind=kind), Trial())
    with pytest.raises(NoWayOut, match="None of the conditions") as fault:
        move(process, "ask")
    assert fault.value.element == "which"


def test_a_diagram_that_goes_round_without_a_person_is_stopped() -> None:
    nodes = '<startEvent id="s"/><serviceTask id="work" accord:action="notify"/><endEvent id="e"/>'
    nodes += '<exclusiveGateway id="again" default="again-work"/>'
    flows = flow("s", "work") + flow("work", "again") + flow("again", "work") + flow("again", "e", "case.done == True")
    process = Process.start(release_of(sketch(nodes + flows)), "sketch", Trial())
    with pytest.raises(StepBudgetSpent) as fault:
        process.settle(budget=100)
    assert fault.value.element in {"work", "again"}
    with pytest.raises(ProcessSpoilt):
        process.dump()


def test_a_diagram_that_leads_from_a_step_to_itself_alone_says_so() -> None:
    nodes = '<startEvent id="s"/><receiveTask id="wait" messageRef="news"/><endEvent id="e"/>'
    text = sketch(nodes + flow("s", "wait") + flow("wait", "wait")).replace(
        "</definitions>", '<message id="news" name="news"/></definitions>'
    )
    with pytest.raises(GoesRound, match="a circle that has no way out"):
        begin(release_of(text), Trial())


def test_a_join_that_can_never_be_met_is_a_fault_not_a_case_that_sleeps_for_ever() -> None:
    nodes = '<startEvent id="s"/><exclusiveGateway id="g" default="g-a"/><userTask id="a"/><userTask id="b"/>'
    nodes += '<parallelGateway id="join"/><endEvent id="e"/>'
    flows = (
        flow("s", "g")
        + flow("g", "a")
        + flow("g", "b", "case.b == True")
        + flow("a", "join")
        + flow("b", "join")
        + flow("join", "e")
    )
    process = begin(release_of(sketch(nodes + flows)), Trial())
    with pytest.raises(NothingToWaitFor) as fault:
        move(process, "a")
    assert fault.value.element == "join"
