"""A running process as bytes and back: rows of tasks, never the specification, never anything that can be derived.

The format, as JSON:
    engine, format   who wrote it; a newer one is refused
    names            the names of task specifications that the rows use, each once
    flows            one for each running process, the case's own first:
        at           the id of the task that called it, "" for the first
        process      its diagram
        rows         three numbers a task, parents before children: how many rows back its parent stands (0 for the
                     root), its place in names, its state
        ids          id and place of each task that still lives: what steps, timers and calls are addressed by
        inside       place -> internal data of tasks that still live
        extra        places of tasks that are no output of their parent's specification (for-each)
        data         names that scripts set

Left out, because nothing asks for them again: finished calls, finished tasks but for a few (see `_kept`; the others'
children stand under the nearest that is kept), tasks that are only predicted (they are predicted anew when their turn
comes), and the ids, times and data of finished tasks.
"""

from typing import Any
from uuid import UUID

import orjson
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.domain.errors import Unsound
from workflows.engine.diagrams import Diagrams
from workflows.engine.specs import Evaluator

ENGINE = "SpiffWorkflow"
VERSION = (3, 2, 0)
ENGINE_VERSION = f"{ENGINE} {'.'.join(map(str, VERSION))}"
FORMAT = 1

ALIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED


class NewerState(Unsound):
    """The case was stored by a newer version of the system ({written}) than this one ({ours}), and cannot be read."""


class StateUnfit(Unsound):
    """The stored case does not fit its diagrams. {reason}"""


def dump(workflow: Any) -> bytes:
    """The state as bytes."""
    names: dict[str, int] = {}
    flows = [_flow(workflow, "", names)]
    flows += [_flow(flow, key.hex, names) for key, flow in workflow.subprocesses.items() if not flow.completed]
    return orjson.dumps({"engine": ENGINE_VERSION, "format": FORMAT, "names": list(names), "flows": flows})


def _flow(workflow: Any, at: str, names: dict[str, int]) -> dict[str, Any]:
    rows: list[int] = []
    ids: list[Any] = []
    inside: dict[str, Any] = {}
    extra: list[int] = []
    kept, tasks, place = _kept(workflow), workflow.tasks, 0
    stack = [(workflow.task_tree, 0)]
    while stack:
        task, parent = stack.pop()
        if task.id in kept:
            state, name = task._state, task.task_spec.name
            rows += (place - parent, names.setdefault(name, len(names)), state)
            if state & ALIVE:
                ids += (place, task.id.hex)
                if task.internal_data:
                    inside[str(place)] = task.internal_data
            if task.triggered:
                extra.append(place)
            parent = place
            place += 1
        children = [tasks[child] for child in task._children]
        if len(children) > 1:
            children.sort(key=_triggered)
        stack.extend([(child, parent) for child in reversed(children)])
    flow: dict[str, Any] = {"at": at, "process": workflow.spec.name, "rows": rows, "ids": ids}
    more = {"inside": inside, "extra": extra, "data": workflow.data}
    return flow | {key: value for key, value in more.items() if value}


def _kept(workflow: Any) -> set[Any]:
    """The ids of the tasks that anything will ask for again: without the rest a case of many rounds stays small.

    They are those that live, the task that each came from (joins count arrivals by it), and around a step with boundary
    events the split before it and all that the split began: the join after it looks at their states.
    """
    tasks, kept = workflow.tasks, {workflow.task_tree.id}
    for task in tasks.values():
        if not task._state & ALIVE:
            continue
        kept |= {task.id, task._parent}
        split = task.parent if task.task_spec.foresees else None
        if isinstance(task.task_spec, BoundaryEventJoin):
            split = task.parent.parent
            kept.add(split.id)
        if split is not None:
            kept.update(child for child in split._children if tasks[child]._state >= TaskState.WAITING)
    return kept


def _triggered(task: Any) -> bool:
    """Outputs first, then for-each steps: the order in which they came to be depends on when the case was stored."""
    return bool(task.triggered)


def load(state: bytes, diagrams: Diagrams, evaluator: Evaluator) -> BpmnWorkflow:
    """The running process that `dump` stored.

    Raises NewerState for one written by a newer version, StateUnfit for one that its diagrams do not fit.
    """
    held = _opened(state)
    try:
        spec = diagrams.specs[held["flows"][0]["process"]]
        workflow = BpmnWorkflow(spec, diagrams.specs, script_engine=evaluator, deserializing=True)
        counter = _fill(workflow, held["flows"][0], held["names"], 0)
        for flow in held["flows"][1:]:
            key = UUID(hex=flow["at"])
            caller = workflow.get_task_from_id(key)
            called = BpmnSubWorkflow(diagrams.specs[flow["process"]], key, workflow, deserializing=True)
            workflow.subprocesses[key] = called
            counter = _fill(called, flow, held["names"], counter)
            called.completed_event.connect(caller.task_spec._on_subworkflow_completed, caller)
    except KeyError as error:
        raise StateUnfit(reason=f"It stands at {error}, which is not there.", element=str(error.args[0])) from error
    except (LookupError, TypeError, ValueError, AttributeError, SpiffWorkflowException) as error:
        raise StateUnfit(reason="It is damaged.") from error
    return workflow


def _opened(state: bytes) -> dict[str, Any]:
    try:
        held: dict[str, Any] = orjson.loads(state)
        written, format_number = held["engine"], held["format"]
        engine, _, version = written.partition(" ")
        number = tuple(int(part) for part in version.split("."))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise StateUnfit(reason="It is not a state that this system wrote.") from error
    if engine != ENGINE or number > VERSION or format_number > FORMAT:
        raise NewerState(written=f"{written}, format {format_number}", ours=f"{ENGINE_VERSION}, format {FORMAT}")
    return held


def _fill(workflow: Any, flow: dict[str, Any], names: list[str], counter: int) -> int:
    """Put the tasks of one flow back. Finished ones get numbers for ids: nothing asks for them any more."""
    specs, tasks = workflow.spec.task_specs, workflow.tasks
    made: list[Any] = []
    ids = dict(zip(flow["ids"][::2], flow["ids"][1::2], strict=True))
    rows = iter(flow["rows"])
    for place, (back, name, state) in enumerate(zip(rows, rows, rows, strict=True)):
        key: Any = UUID(hex=ids[place]) if place in ids else (counter := counter + 1)
        parent = made[place - back] if back else None
        task = Task.__new__(Task)  # its own constructor would look at the clock and draw an id for each
        task.__dict__ = {
            "id": key,
            "workflow": workflow,
            "_parent": parent.id if parent else None,
            "_children": [],
            "_state": state,
            "triggered": False,
            "task_spec": specs[names[name]],
            "thread_id": 0,
            "data": {},
            "internal_data": {},
            "last_state_change": 0.0,
        }
        if parent:
            parent._children.append(key)
        tasks[key] = task
        made.append(task)
    for place in flow.get("extra", ()):
        made[place].triggered = True
    for place, held in flow.get("inside", {}).items():
        made[int(place)].internal_data = held
    for task in [made[place] for place in ids]:
        if task._state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
            workflow.top_workflow.event_manager.add_task(task)
        if task.task_spec.foresees:
            task.task_spec._predict_hook(task)
    workflow.task_tree, workflow.data = made[0], flow.get("data", {})
    workflow.completed = not ids  # what has nothing left alive has ended
    return counter
