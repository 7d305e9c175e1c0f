"""Gateways: where paths part and come together.

The engine's own joins take a path that arrived in an earlier round for one that has arrived in this one, and so go on
too early the second time round a loop; ours count the tokens that wait, and use each of them once.
"""

from collections import Counter
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import ExclusiveGateway, InclusiveGateway, ParallelGateway
from SpiffWorkflow.util.task import TaskState

from workflows.domain.errors import Unsound


class NoWayOut(Unsound):
    """None of the conditions of the flows that leave here holds, and none of the flows is the default."""


class OneOf(ExclusiveGateway):
    """Goes on by the first flow whose condition holds, else by the default."""

    def _run_hook(self, my_task: Any) -> bool:
        holding = (
            name for condition, name in self.cond_task_specs if condition is not None and condition._matches(my_task)
        )
        chosen = next(holding, self.default_task_spec)
        if chosen is None:
            raise NoWayOut(element=self.bpmn_id)
        my_task._sync_children([self._wf_spec.task_specs[chosen]], TaskState.FUTURE)
        return True


class AllOf(ParallelGateway):
    """Waits for one arrival by each flow that leads here, then goes on by all that lead away."""

    def _update_hook(self, my_task: Any) -> bool:
        missing: Counter[str] = Counter(self._inputs)
        missing[my_task.parent.task_spec.name] -= 1
        used = []
        for task in _waiting_at(self, my_task):
            source = task.parent.task_spec.name
            if missing[source] > 0:
                missing[source] -= 1
                used.append(task)
        if any(count > 0 for count in missing.values()):
            my_task._set_state(TaskState.WAITING)
            return False
        for task in used:
            task.cancel()
        return True

    def _run_hook(self, my_task: Any) -> bool:  # noqa: ARG002 - there is no data to merge
        return True


class AnyOf(InclusiveGateway):
    """Waits until nothing that is under way could still come here, then goes on by every flow whose condition holds."""

    def _update_hook(self, my_task: Any) -> bool:
        others = _waiting_at(self, my_task)
        if any(_reaches(task.task_spec, self) for task in _under_way(my_task) if task.task_spec is not self):
            my_task._set_state(TaskState.WAITING)
            return False
        for task in others:
            task.cancel()
        return True

    def _run_hook(self, my_task: Any) -> bool:
        matches, defaults = self._get_matching_outputs(my_task)
        if not matches and not defaults:
            raise NoWayOut(element=self.bpmn_id)
        my_task._sync_children(matches or defaults, TaskState.FUTURE)
        return True


def _waiting_at(join: Any, my_task: Any) -> list[Any]:
    """The other arrivals at a join that have not been used yet."""
    tasks = my_task.workflow.tasks.values()
    return [
        task for task in tasks if task.task_spec is join and task._state == TaskState.WAITING and task is not my_task
    ]


def _under_way(my_task: Any) -> list[Any]:
    """Tasks of the same diagram that live, or are just about to: their parent is done, and they have yet to hear it."""
    return [
        task
        for task in my_task.workflow.tasks.values()
        if task is not my_task
        and task._state < TaskState.COMPLETED
        and (task._state >= TaskState.WAITING or task.parent._state == TaskState.COMPLETED)
    ]


def _reaches(spec: Any, join: Any) -> bool:
    """Whether the flows lead from one element to another."""
    seen, todo, specs = {spec.name}, [spec], join._wf_spec.task_specs
    while todo:
        for name in todo.pop()._outputs:
            if name == join.name:
                return True
            if name not in seen:
                seen.add(name)
                todo.append(specs[name])
    return False
