"""One running diagram in our words: what it waits for, and how it is moved on.

    process = Process.load(state, diagrams, surroundings)
    process.complete(task)
    process.settle()
    state = process.dump()

After an exception in a move the process is spoilt and cannot be stored: the engine leaves the completed step behind and
the rest undone. The caller's transaction rolls back, and the case stands where it stood.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from workflows.domain.errors import NotFound, Unsound
from workflows.engine import codec
from workflows.engine.codec import ALIVE, ENGINE_VERSION, NewerState, StateUnfit
from workflows.engine.diagrams import Diagrams
from workflows.engine.gateways import AnyOf, OneOf
from workflows.engine.specs import Evaluator, Step, Surroundings
from workflows.engine.waits import Awaited, Due, EventGateway, release

__all__ = ["ENGINE_VERSION", "NewerState", "Process", "StateUnfit", "Surroundings", "Waiting"]

CHOOSING = (OneOf, AnyOf, EventGateway)
"""Gateways that make what follows them themselves, when they know which it is."""
WAITED_FOR = frozenset({TaskState.READY, TaskState.WAITING})
"""States of tasks that a process may wait for; the rest are done."""
BUDGET = 200
"""Steps that a diagram may take by itself in one move; real ones take fewer than twenty."""

Kind = Literal["step", "message", "timer"]
KINDS: dict[type, Kind] = {Due: "timer", Awaited: "message"}


class NotWaiting(NotFound):
    """The case no longer waits for this."""


class StepBudgetSpent(Unsound):
    """The diagram took {budget} steps by itself without coming to anybody: it goes round in a circle."""


class NothingToWaitFor(Unsound):
    """The case can never go on: here it waits for paths of the diagram that no longer arrive."""


class GoesRound(Unsound):
    """The diagram cannot be run: it goes round in a circle that has no way out."""


class EngineFailed(Unsound):
    """The diagram could not go on. {reason}"""


class ProcessSpoilt(Unsound):
    """The case could not be moved on, so nothing of the move is stored."""


@dataclass(frozen=True)
class Waiting:
    """Something that a case waits for.

    task      its address, for `complete`, `fire` and `receive`; it stays the same until the wait is over
    element   the id in the diagram; process: the diagram that it is drawn in, which for a called stage is its own
    caller    where that is a called stage: the id of the element that calls it, in the calling diagram; else ""
    name      the element's name in words
    item      in a for-each step the member of the list, as text; else ""
    deadline  of a timer: the name inside due("...")
    message   of a message: the name of the message
    """

    task: str
    element: str
    process: str
    kind: Kind
    name: str
    item: str = ""
    deadline: str = ""
    message: str = ""
    caller: str = ""


class Process:
    """A running diagram. It belongs to one thread; its diagrams may be shared by all."""

    def __init__(self, workflow: BpmnWorkflow) -> None:
        """Use `start` or `load`."""
        self._workflow: Any = workflow
        self._spoilt = False

    @classmethod
    def start(cls, diagrams: Diagrams, process: str, surroundings: Surroundings) -> "Process":
        """A process at its very beginning; `settle` takes it to its first steps. Raises NoDiagram,
        GoesRound."""
        spec = diagrams.spec(process)
        with _foreseen():
            return cls(BpmnWorkflow(spec, diagrams.specs, script_engine=Evaluator(surroundings)))

    @classmethod
    def load(cls, state: bytes, diagrams: Diagrams, surroundings: Surroundings) -> "Process":
        """A stored process. Raises NewerState, StateUnfit and GoesRound."""
        with _foreseen():
            return cls(codec.load(state, diagrams, Evaluator(surroundings)))

    def dump(self) -> bytes:
        """The state to store. Raises ProcessSpoilt after a move that failed."""
        if self._spoilt:
            raise ProcessSpoilt
        return codec.dump(self._workflow)

    @property
    def finished(self) -> bool:
        """Whether the diagram has come to its end: nothing in it is left alive."""
        return not any(task._state & ALIVE for flow in self._flows() for task in _alive(flow))

    def waiting(self) -> list[Waiting]:
        """All that the process waits for, the case's own diagram first, then called stages; each in drawn order."""
        return [wait for flow in self._flows() for task in _alive(flow) for wait in _waits(task)]

    def complete(self, task: str) -> None:
        """Complete a person's step. Raises NotWaiting, and then nothing has happened."""
        step = self._find(task)
        if not isinstance(step.task_spec, Step) or step._state != TaskState.READY:
            raise NotWaiting
        with self._moving():
            _run(step)

    def fire(self, task: str) -> None:
        """Let a drawn timer run out, whatever the time. Raises NotWaiting."""
        self._release(task, Due)

    def receive(self, task: str) -> None:
        """Give a waiting task its message. Raises NotWaiting."""
        self._release(task, Awaited)

    def settle(self, budget: int = BUDGET) -> None:
        """Let the engine take its own steps until only people, messages and timers are waited for.

        Raises StepBudgetSpent, NothingToWaitFor, ExpressionFailed and other Unsound that name the element, and
        whatever service work raises.
        """
        taken = 0
        with self._moving():
            while ready := self._ready():
                for task in ready:
                    if task._state != TaskState.READY:
                        continue  # another of them has cancelled it
                    taken += 1
                    if taken > budget:
                        raise StepBudgetSpent(budget=budget, element=_element(task))
                    _run(task)
            self._workflow.bpmn_events.clear()  # thrown and caught by nobody; they would be stored for ever
            self._check_not_stuck()

    def _release(self, task: str, kind: type) -> None:
        address, _, element = task.partition(":")
        found = self._find(address)
        spec = found.task_spec
        if element:
            spec = spec.outputs_by_id().get(element) if isinstance(spec, EventGateway) else None
        if found._state != TaskState.WAITING or type(getattr(spec, "event_definition", None)) is not kind:
            raise NotWaiting
        with self._moving():
            if element:
                found.task_spec.choose(found, spec.name)
            else:
                release(found)

    def _find(self, address: str) -> Any:
        try:
            key = UUID(hex=address)
        except ValueError:
            raise NotWaiting from None
        for flow in self._flows():
            if key in flow.tasks:
                return flow.tasks[key]
        raise NotWaiting

    def _flows(self) -> list[Any]:
        """The case's own diagram, unless it has ended, and the called ones that run, callers first."""
        called = sorted((flow for flow in self._workflow.subprocesses.values() if not flow.completed), key=_depth)
        return [] if self._workflow.completed else [self._workflow, *called]

    def _ready(self) -> list[Any]:
        """Tasks that the engine can do now: those of the innermost diagram that has any."""
        for flow in reversed(self._flows()):
            ready = [task for task in _alive(flow) if task._state == TaskState.READY and not task.task_spec.manual]
            if ready:
                return ready
        return []

    def _check_not_stuck(self) -> None:
        left = [task for flow in self._flows() for task in _alive(flow) if task._state & ALIVE]
        if left and not any(True for task in left for _ in _waits(task)):
            raise NothingToWaitFor(element=_element(left[-1]))

    @contextmanager
    def _moving(self) -> Iterator[None]:
        if self._spoilt:
            raise ProcessSpoilt
        self._spoilt = True
        try:
            with _foreseen():
                yield
        except SpiffWorkflowException as error:
            spec = getattr(error, "task_spec", None)
            element = getattr(spec, "bpmn_id", None) or getattr(spec, "name", None) or ""
            reason = str(error).strip().rstrip(".") + "."
            raise EngineFailed(reason=reason, element=element) from error
        self._spoilt = False


@contextmanager
def _foreseen() -> Iterator[None]:
    """The engine looks ahead to the end of every way; where there is none, it never comes back."""
    try:
        yield
    except RecursionError as error:
        raise GoesRound from error


def _depth(flow: Any) -> int:
    return int(flow.depth)


def _element(task: Any) -> str:
    return str(task.task_spec.bpmn_id or task.task_spec.name)


def _alive(flow: Any) -> Iterator[Any]:
    """The tasks of a diagram that are not predictions, in the order of the tree."""
    tasks, stack = flow.tasks, [flow.task_tree]
    while stack:
        task = stack.pop()
        if task._state >= TaskState.WAITING:
            yield task
            stack.extend([tasks[child] for child in reversed(task._children)])


def _run(task: Any) -> None:
    """Run one task. What follows it is predicted first if it is not there: stored states leave predictions out."""
    spec = task.task_spec
    if spec._outputs and not isinstance(spec, CHOOSING) and all(child.triggered for child in task.children):
        spec._predict_hook(task)
        for child in task.children:
            if child.task_spec.foresees:
                child.task_spec._predict_hook(child)
    try:
        task.run()
    except Unsound as fault:
        fault.element = fault.element or _element(task)
        raise


def _waits(task: Any) -> Iterator[Waiting]:
    spec, state, flow = task.task_spec, task._state, task.workflow
    if state not in WAITED_FOR:
        return
    call = flow.top_workflow.get_task_from_id(flow.parent_task_id) if flow.parent_task_id else None
    place = {"process": flow.spec.name, "caller": call.task_spec.bpmn_id if call else ""}
    if state == TaskState.READY and isinstance(spec, Step):
        item = task.internal_data.get("item", "")
        yield Waiting(task.id.hex, spec.bpmn_id, kind="step", name=spec.bpmn_name, item=str(item), **place)
    elif state == TaskState.WAITING and isinstance(spec, EventGateway):
        for event in spec.outputs:
            yield from _event(f"{task.id.hex}:{event.bpmn_id}", event, place)
    elif state == TaskState.WAITING and hasattr(spec, "event_definition"):
        yield from _event(task.id.hex, spec, place)


def _event(address: str, spec: Any, place: Mapping[str, str]) -> Iterator[Waiting]:
    definition = spec.event_definition
    kind = KINDS.get(type(definition))
    if kind == "timer":
        yield Waiting(address, spec.bpmn_id, kind=kind, name=spec.bpmn_name, deadline=definition.name, **place)
    elif kind == "message":
        yield Waiting(address, spec.bpmn_id, kind=kind, name=spec.bpmn_name, message=definition.name, **place)
