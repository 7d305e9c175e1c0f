"""Diagrams shared by many cases and threads stay as they are, and no code of a diagram is ever run."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from SpiffWorkflow.bpmn import workflow as engine_workflow
from SpiffWorkflow.bpmn.script_engine import python_engine, python_environment

from tests.engine.trial import Trial, begin, drawn, move, open_elements, restored
from workflows.engine.diagrams import Diagrams
from workflows.engine.process import Process
from workflows.engine.specs import CodeReached, Evaluator

ALL = ("review", "panel", "branches", "whole", "stage", "substage", "waits")
FACTS = {"answer": "agree", "members": [4, 7], "signatories": [4, 7], "sign_answer": "sign", "papers": ["support"]}


def to_the_end(diagrams: Diagrams, process: str) -> list[str]:
    """Go the first way through a process, storing it between all moves; the elements that were met."""
    trial, met = Trial(FACTS, {"limits": {"rounds": 2}}), []
    now = begin(diagrams, trial, process)
    while not now.finished:
        met += open_elements(now)
        move(now, open_elements(now)[0])
        now = restored(now, diagrams, trial)
    return met


def fingerprint(diagrams: Diagrams) -> list[Any]:
    """Everything about the specifications that running could change."""
    return [
        (
            name,
            each.name,
            list(each._inputs),
            list(each._outputs),
            each.completed_event.n_subscribers(),
            dict(each.data),
        )
        for name, spec in sorted(diagrams.specs.items())
        for each in spec.task_specs.values()
    ]


def test_trap_10_running_a_case_leaves_its_diagrams_as_they_were() -> None:
    diagrams = drawn(*ALL)
    before = fingerprint(diagrams)
    for process in ALL:
        to_the_end(diagrams, process)
    assert fingerprint(diagrams) == before


def test_trap_10_threads_share_diagrams_without_meeting() -> None:
    diagrams = drawn(*ALL)
    alone = {process: to_the_end(diagrams, process) for process in ALL}
    with ThreadPoolExecutor(max_workers=8) as pool:
        runs = [(process, pool.submit(to_the_end, diagrams, process)) for _ in range(6) for process in ALL]
        assert all(run.result() == alone[process] for process, run in runs)


@pytest.fixture
def _no_engine_of_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def reached(*args: object, **kwargs: object) -> None:
        raise AssertionError("the library's own script engine was reached")

    monkeypatch.setattr(engine_workflow, "PythonScriptEngine", reached)
    monkeypatch.setattr(python_engine.PythonScriptEngine, "__init__", reached)
    for method in ("evaluate", "execute", "call_service"):
        monkeypatch.setattr(python_engine.PythonScriptEngine, method, reached)
    for method in ("evaluate", "execute"):
        monkeypatch.setattr(python_environment.TaskDataEnvironment, method, reached)


@pytest.mark.usefixtures("_no_engine_of_code")
@pytest.mark.parametrize("process", ALL)
def test_trap_7_the_unsafe_script_engine_is_never_reached_fresh_or_restored(process: str) -> None:
    to_the_end(drawn(*ALL), process)


def test_trap_7_a_restored_process_and_its_stages_have_our_evaluator_and_its_own_environment() -> None:
    diagrams, trial = drawn(*ALL), Trial(FACTS)
    process = Process.load(begin(diagrams, trial, "whole").dump(), diagrams, trial)
    for flow in (process._workflow, *process._workflow.subprocesses.values()):
        engine = flow.script_engine
        assert isinstance(engine, Evaluator)
        assert engine.environment is engine
        assert engine.surroundings is trial


@pytest.mark.parametrize("door", ["evaluate", "execute", "call_service", "validate"])
def test_section_5_neither_the_evaluator_nor_its_environment_runs_what_it_is_handed(door: str) -> None:
    evaluator = Evaluator(Trial())
    for holder in (evaluator, evaluator.environment):
        with pytest.raises(CodeReached):
            getattr(holder, door)(None, "__import__('os').getpid()", external_context={})
