"""A case to try diagrams on: facts in a dict, service work and decisions noted, nothing stored."""

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from workflows.engine.diagrams import Diagrams, read_release
from workflows.engine.drawings import Node
from workflows.engine.expressions import FUNCTIONS
from workflows.engine.process import Process, Waiting

HERE = Path(__file__).parent
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
COMPLETED = 64
"""The engine's state of a finished task."""
ACCORD = "https://accord.example/bpmn/1.0"


class Trial:
    """What surrounds a process in a test."""

    def __init__(self, facts: Mapping[str, Any] | None = None, policy: Mapping[str, Any] | None = None) -> None:
        self.case: dict[str, Any] = dict(facts or {})
        self.policy: Mapping[str, Any] = policy or {}
        self.functions: Mapping[str, Callable[..., Any]] = {
            **FUNCTIONS,
            "due": lambda name: self.case.get(f"due_{name}"),
        }
        self.acted: list[str] = []
        self.decisions: list[dict[str, Any]] = []
        self.fails_at = ""

    def act(self, node: Node) -> None:
        if node.id == self.fails_at:
            raise ConnectionError("the database went away")
        self.acted.append(node.id)

    def decided(self, node: Node, outputs: dict[str, Any]) -> None:
        self.decisions.append({"element": node.id, **outputs})
        self.case.update(outputs)


def drawn(*names: str) -> Diagrams:
    """The diagrams of tests/engine/diagrams with these names."""
    folder = HERE / "diagrams"
    paths = [path for path in sorted(folder.iterdir()) if path.stem in names]
    return read_release({path.name: path.read_text(encoding="utf-8") for path in paths})


def sketch(body: str, *, process: str = "sketch", outside: str = "", executable: str = "true") -> str:
    """A diagram from the inside of its process."""
    return (
        f'<definitions xmlns="{BPMN}" xmlns:accord="{ACCORD}" targetNamespace="https://accord.example">'
        f'<process id="{process}" isExecutable="{executable}">{body}</process>{outside}</definitions>'
    )


def path(*elements: str) -> str:
    """Elements in a row, with a start before them, an end after them and flows between them.

    An element is an id of a user task, or XML with an id.
    """
    row = ['<startEvent id="begin"/>', *elements, '<endEvent id="end"/>']
    xml = [each if each.startswith("<") else f'<userTask id="{each}" name="{each}"/>' for each in row]
    ids = [each.partition('id="')[2].partition('"')[0] for each in xml]
    return "".join(xml) + "".join(flow(source, target) for source, target in pairwise(ids))


def flow(source: str, target: str, condition: str = "") -> str:
    """A sequence flow."""
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'


def release_of(*texts: str, tables: str = "") -> Diagrams:
    """Sketches, and a file of decision tables, as a release."""
    files = {f"{number}.bpmn": text for number, text in enumerate(texts)}
    return read_release({**files, "tables.dmn": tables} if tables else files)


def begin(diagrams: Diagrams, trial: Trial, process: str = "") -> Process:
    """A process at its first steps: that of the first diagram, if none is named."""
    started = Process.start(diagrams, process or next(iter(diagrams.specs)), trial)
    started.settle()
    return started


def restored(process: Process, diagrams: Diagrams, trial: Trial) -> Process:
    """The process stored and loaded again, with a check that nothing got lost on the way."""
    state = process.dump()
    again = Process.load(state, diagrams, trial)
    assert again.dump() == state
    assert again.waiting() == process.waiting()
    assert again.finished == process.finished
    return again


def open_elements(process: Process) -> list[str]:
    """The ids of what a process waits for, with the item of a for-each step."""
    return [f"{wait.element}/{wait.item}" if wait.item else wait.element for wait in process.waiting()]


def wait_for(process: Process, element: str) -> Waiting:
    """The wait at an element, as `open_elements` writes it."""
    return next(wait for wait, key in zip(process.waiting(), open_elements(process), strict=True) if key == element)


def move(process: Process, element: str) -> None:
    """Complete, fire or receive what waits at an element, and settle."""
    wait = wait_for(process, element)
    {"step": process.complete, "timer": process.fire, "message": process.receive}[wait.kind](wait.task)
    process.settle()


def anonymous(state: bytes) -> Any:
    """A state without the ids of its tasks, which differ from run to run."""
    held = json.loads(state)
    known: dict[str, str] = {"": ""}
    for flow_state in held["flows"]:
        for place, key in list(enumerate(flow_state["ids"]))[1::2]:
            flow_state["ids"][place] = known.setdefault(key, f"task {len(known)}")
        flow_state["at"] = known[flow_state["at"]]
    return held


def been_through(process: Process) -> set[str]:
    """The elements that a process has completed since it was started or loaded."""
    flows = (process._workflow, *process._workflow.subprocesses.values())
    return {str(task.task_spec.bpmn_id) for each in flows for task in each.tasks.values() if task._state == COMPLETED}
