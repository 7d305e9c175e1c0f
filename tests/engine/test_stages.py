"""Called stages, and the names that scripts keep for routing."""

import pytest

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
from workflows.engine.process import Process


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
