"""Moving a process: people's steps, for-each, timers, messages, stages, and what happens when a move fails."""

import pytest
import time_machine

from tests.engine.trial import (
    HERE,
    Trial,
    anonymous,
    been_through,
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
from workflows.engine.process import NothingToWaitFor, NotWaiting, Process, ProcessSpoilt, StepBudgetSpent, Waiting


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


# ------------------------------------------------------------------------------------------------------------ for-each
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


# -------------------------------------------------------------------------------------------------------------- timers
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


# -------------------------------------------------------------------------------------------------------------- stages
def stages(sign_answer: str = "sign") -> tuple[Diagrams, Trial, Process]:
    diagrams, trial = drawn("whole", "stage", "substage"), Trial({"signatories": [4], "sign_answer": sign_answer})
    return diagrams, trial, begin(diagrams, trial, "whole")


def test_steps_of_a_called_stage_say_which_diagram_they_are_drawn_in() -> None:
    _, _, process = stages()
    assert wait_for(process, "signature/4").process == "substage"
    assert wait_for(process, "sign_late").process == "whole"
    assert (wait_for(process, "signature/4").caller, wait_for(process, "sign_late").caller) == ("sign_each", "")


def test_a_timer_on_a_call_ends_the_stage_and_those_that_it_calls() -> None:
    diagrams, trial, process = stages()
    process = restored(process, diagrams, trial)
    move(process, "sign_late")
    assert open_elements(process) == ["chase"]
    assert len(anonymous(process.dump())["flows"]) == 1


def test_section_8_a_terminating_end_ends_its_own_diagram_only() -> None:
    diagrams, trial, process = stages()
    move(process, "signature/4")
    assert open_elements(process) == ["sign_late", "check", "publish"]
    process = restored(process, diagrams, trial)
    move(process, "publish")
    assert process.finished
    assert "closed" in been_through(process)


def test_section_8_a_terminating_end_ends_the_stages_that_run_beside_it() -> None:
    nodes = '<startEvent id="s"/><parallelGateway id="fork"/><callActivity id="call" calledElement="substage"/>'
    nodes += '<userTask id="give_up"/><endEvent id="e"/><endEvent id="over"><terminateEventDefinition/></endEvent>'
    flows = (
        flow("s", "fork") + flow("fork", "call") + flow("call", "e") + flow("fork", "give_up") + flow("give_up", "over")
    )
    stage = (HERE / "diagrams" / "substage.bpmn").read_text(encoding="utf-8")
    diagrams, trial = release_of(sketch(nodes + flows), stage), Trial({"signatories": [4, 7]})
    process = restored(begin(diagrams, trial), diagrams, trial)
    assert open_elements(process) == ["give_up", "signature/4", "signature/7"]
    move(process, "give_up")
    assert open_elements(process) == []
    assert restored(process, diagrams, trial).finished
    assert len(anonymous(process.dump())["flows"]) == 1


def test_section_8_an_error_end_is_caught_on_the_edge_of_the_call() -> None:
    _, _, process = stages("refuse")
    move(process, "signature/4")
    assert open_elements(process) == ["talk"]


def test_section_8_an_escalation_is_caught_and_the_stage_goes_on() -> None:
    _, _, process = stages("tell")
    move(process, "signature/4")
    assert open_elements(process) == ["sign_late", "note", "check", "publish"]


def test_a_called_stage_neither_reads_nor_changes_the_names_of_its_caller() -> None:
    _, _, process = stages()
    assert [flow_state["data"] for flow_state in anonymous(process.dump())["flows"][:2]] == [
        {"outcome": "outer"},
        {"outcome": "inner"},
    ]
    inner = sketch(path('<scriptTask id="look"><script>seen = secret</script></scriptTask>'), process="inner")
    outer = sketch(
        path(
            '<scriptTask id="mark"><script>secret = 1</script></scriptTask>',
            '<callActivity id="c" calledElement="inner"/>',
        )
    )
    with pytest.raises(ExpressionFailed, match="Nothing has set the name “secret”") as fault:
        begin(release_of(outer, inner), Trial())
    assert fault.value.element == "look"


# --------------------------------------------------------------------------------------------------- names for routing
def test_trap_4_and_5_parallel_branches_do_not_undo_each_others_names() -> None:
    fork = '<startEvent id="s"/><parallelGateway id="fork"/><parallelGateway id="join"/><endEvent id="e"/>'
    tasks = (
        '<scriptTask id="set"><script>status = "set"</script></scriptTask><userTask id="a"/><userTask id="b"/>'
        '<scriptTask id="change"><script>status = "changed"\nlisted = [3]</script></scriptTask><userTask id="last"/>'
    )
    flows = flow("s", "set") + flow("set", "fork") + flow("fork", "a") + flow("fork", "b") + flow("a", "change")
    flows += flow("change", "join") + flow("b", "join") + flow("join", "last") + flow("last", "e")
    diagrams, trial = release_of(sketch(fork + tasks + flows)), Trial()
    process = begin(diagrams, trial)
    move(process, "a")
    process = restored(process, diagrams, trial)
    move(process, "b")
    assert anonymous(process.dump())["flows"][0]["data"] == {"status": "changed", "listed": [3]}


def test_trap_6_a_shorter_list_replaces_a_longer_one() -> None:
    scripts = [
        f'<scriptTask id="s{n}"><script>listed = {value}</script></scriptTask>'
        for n, value in enumerate(["[1, 2, 3]", "[3]"])
    ]
    process = begin(release_of(sketch(path(*scripts, "ask"))), Trial())
    assert anonymous(process.dump())["flows"][0]["data"] == {"listed": [3]}


def test_trap_4_a_kept_name_is_a_copy_that_later_facts_do_not_change() -> None:
    trial = Trial({"rows": [{"typename": "datetime"}]})
    process = begin(
        release_of(sketch(path('<scriptTask id="keep"><script>kept = case.rows</script></scriptTask>', "ask"))), trial
    )
    trial.case["rows"][0]["typename"] = "changed"
    assert anonymous(process.dump())["flows"][0]["data"] == {"kept": [{"typename": "datetime"}]}


def test_a_script_keeps_all_of_its_names_or_none() -> None:
    script = '<scriptTask id="keep"><script>a = 1\nb = case.missing + 1</script></scriptTask>'
    process = Process.start(release_of(sketch(path(script))), "sketch", Trial())
    with pytest.raises(ExpressionFailed, match=r"case\.missing") as fault:
        process.settle()
    assert fault.value.element == "keep"
    assert process._workflow.data == {}


def test_a_script_cannot_keep_what_is_large() -> None:
    script = '<scriptTask id="keep"><script>a = case.text</script></scriptTask>'
    with pytest.raises(ExpressionFailed, match="must be small"):
        begin(release_of(sketch(path(script))), Trial({"text": "x" * 3000}))


# ------------------------------------------------------------------------------------------------------ failing moves
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
