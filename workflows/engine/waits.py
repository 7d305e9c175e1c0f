"""What a case waits for besides people: drawn timers and messages, which only the runner releases, one exact task each.

The engine's own timers ask the computer's clock and its own messages go by name; ours do neither.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import ErrorEventDefinition, EscalationEventDefinition
from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.util.task import TaskState


class Held(EventDefinition):
    """An event that nothing inside the engine can bring about."""

    def catches(self, my_task: Any, event: Any) -> bool:  # noqa: ARG002 - the engine's signature
        return False


class Due(Held):
    """A drawn timer, armed with the far future; `name` is that of the deadline whose ledger row fires it."""


class Awaited(Held):
    """A message from another case; `name` is the message's."""


class ErrorEvent(ErrorEventDefinition):
    """An error end, and the boundary event that catches it. It carries no data."""

    def throw(self, my_task: Any) -> None:
        my_task.workflow.top_workflow.catch(BpmnEvent(self, target=my_task.workflow))


class EscalationEvent(EscalationEventDefinition):
    """An escalation, and the boundary event that catches it. It carries no data."""

    def throw(self, my_task: Any) -> None:
        my_task.workflow.top_workflow.catch(BpmnEvent(self, target=my_task.workflow))


def release(task: Any) -> None:
    """Let one waiting timer or message go: this very task, whatever else waits under the same name."""
    task.task_spec.catch(task, None)
    task.task_spec._update(task)


class EventGateway(BpmnSpecMixin):
    """Waits for whichever of the drawn events comes first. The gateway holds the wait; the event drawn behind it
    passes straight through when it is chosen."""

    def _predict_hook(self, my_task: Any) -> None:
        my_task._sync_children(self.outputs, state=TaskState.MAYBE)

    def _update_hook(self, my_task: Any) -> bool:
        super()._update_hook(my_task)
        if my_task.internal_data.get("chosen"):
            return True
        my_task._set_state(TaskState.WAITING)
        return False

    def _run_hook(self, my_task: Any) -> bool:
        chosen = self._wf_spec.task_specs[my_task.internal_data["chosen"]]
        my_task._sync_children([chosen], TaskState.FUTURE)
        for child in my_task.children:
            child.internal_data["event_fired"] = True
        return True

    def outputs_by_id(self) -> dict[str, Any]:
        """The events drawn behind the gateway."""
        return {spec.bpmn_id: spec for spec in self.outputs}

    def choose(self, my_task: Any, element: str) -> None:
        """Take the path of one of the events."""
        my_task.internal_data["chosen"] = element
        self._update(my_task)
