"""What our elements do when the engine reaches them: steps for each person, service work, decisions, scripts, calls.

Nothing of a case lives in the engine's task data: facts are the runner's, and the names that scripts set for routing
are kept once for each running process, so that parallel branches and called processes have nothing to merge or leak.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from SpiffWorkflow.bpmn.specs.defaults import CallActivity, UserTask
from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.operators import Operator
from SpiffWorkflow.util.task import TaskState

from workflows.domain.errors import Unsound
from workflows.domain.fields import Json
from workflows.engine.decisions import Column, Table
from workflows.engine.drawings import Node
from workflows.engine.expressions import Expression, ExpressionFailed, FactMissing, keep

Task = Any
"""An engine task; its types stay in this folder."""


class Surroundings(Protocol):
    """What a running process needs from whoever runs it."""

    @property
    def case(self) -> Mapping[str, Json]:
        """Newest values of the case's facts; under "all" a mapping of facts to lists by item."""

    @property
    def policy(self) -> Mapping[str, Json]:
        """What diagrams read as `policy.x`."""

    @property
    def functions(self) -> Mapping[str, Callable[..., Json]]:
        """Every function that an expression may call, `due` with them."""

    def act(self, node: Node) -> None:
        """Do the service work that an element names."""

    def decided(self, node: Node, outputs: dict[str, Json]) -> None:
        """Take what a decision table gave."""


class Evaluator:
    """Stands where SpiffWorkflow wants its script engine, and runs nothing: our elements never ask it to.

    It is its own environment, because some parts of the library go straight to that.
    """

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings

    @property
    def environment(self) -> "Evaluator":
        """Itself: there is no other environment to be reached."""
        return self

    def _refuse(self, *args: object, **kwargs: object) -> None:  # noqa: ARG002 - however it is called
        raise CodeReached

    evaluate = execute = call_service = validate = _refuse


class CodeReached(Unsound):
    """The diagram would have run code, which is never done."""


def surroundings_of(task: Task) -> Surroundings:
    """What surrounds the process that a task belongs to."""
    evaluator: Evaluator = task.workflow.script_engine
    return evaluator.surroundings


def work_out(task: Task, expression: Expression) -> Json:
    """The value of an expression where a task stands. Raises ExpressionFailed that names the element."""
    around = surroundings_of(task)
    try:
        return expression.evaluate(around.case, around.policy, task.workflow.data, around.functions)
    except Unsound as fault:
        fault.element = fault.element or task.task_spec.bpmn_id or task.task_spec.name
        raise


class Condition(Operator):
    """The condition of a flow; `place` says how far down its file the flow stands."""

    def __init__(self, expression: Expression, place: int = 0) -> None:
        super().__init__(expression)
        self.expression, self.place = expression, place

    def _matches(self, task: Task) -> bool:
        return bool(work_out(task, self.expression))


class Step(UserTask):
    """A step that a person completes."""


class Each(Step):
    """One person's own step out of a for-each."""

    def _on_complete_hook(self, my_task: Task) -> None:
        super()._on_complete_hook(my_task)
        my_task.parent.task_spec.one_done(my_task.parent)


class ForEach(BpmnSpecMixin):
    """A step for each member of a list. The items are ids or names, kept in the tasks' internal data alone."""

    each: str
    """The name of the specification of a member's own step."""
    items: Expression
    until: Expression | None = None

    def _update_hook(self, my_task: Task) -> bool:
        super()._update_hook(my_task)
        listed = self._listed(my_task)
        spec = my_task.workflow.spec.task_specs[self.each]
        if listed:
            my_task._set_state(TaskState.STARTED)
        for item in listed:
            child = my_task._add_child(spec, TaskState.WAITING)
            child.triggered = True  # not one of the outputs: the engine leaves it where it is
            child.internal_data["item"] = item
            spec._update(child)
        return not listed

    def _listed(self, task: Task) -> list[Json]:
        listed = work_out(task, self.items)
        if not isinstance(listed, list) or not all(type(one) in {int, str} for one in listed):
            self._fail("It does not give a list of people or names.")
        seen: set[str] = set()
        for one in listed:
            if str(one) in seen:
                self._fail(f"It lists {one} twice.")
            seen.add(str(one))
        return list(listed)

    def _fail(self, reason: str) -> None:
        raise ExpressionFailed(text=self.items.text, reason=reason, element=self.bpmn_id)

    def one_done(self, my_task: Task) -> None:
        """Go on when all are done, or when the drawn condition says that the rest are not needed."""
        others = [each for each in my_task.children if each.triggered and not each.has_state(TaskState.FINISHED_MASK)]
        if others and not (self.until is not None and work_out(my_task, self.until)):
            return
        for each in others:
            each.cancel()
        my_task._set_state(TaskState.READY)


class Work(BpmnSpecMixin):
    """Service work, done by a named action of ours."""

    drawn: Node

    def _run_hook(self, my_task: Task) -> bool:
        surroundings_of(my_task).act(self.drawn)
        return True


class Decide(BpmnSpecMixin):
    """A decision table."""

    drawn: Node
    table: Table

    def _run_hook(self, my_task: Task) -> bool:
        around = surroundings_of(my_task)
        around.decided(self.drawn, self.table.decide([self._input(my_task, each) for each in self.table.inputs]))
        return True

    def _input(self, task: Task, column: Column) -> Json:
        """A column that looks at a fact that is not there has no value itself, and matches `-` alone."""
        try:
            return work_out(task, column.expression)
        except FactMissing:
            return None


class Script(BpmnSpecMixin):
    """Lines `name = expression`, kept for routing. Either all of them are kept or none."""

    lines: tuple[tuple[str, Expression], ...]

    def _run_hook(self, my_task: Task) -> bool:
        around, kept = surroundings_of(my_task), dict(my_task.workflow.data)
        for name, expression in self.lines:
            kept[name] = keep(name, expression.evaluate(around.case, around.policy, kept, around.functions))
        my_task.workflow.data.update(kept)
        return True


class Call(CallActivity):
    """A stage drawn as a diagram of its own. It shares the facts of the case and nothing else."""

    def copy_data(self, my_task: Task, subworkflow: Any) -> None:
        """Nothing goes in."""

    def update_data(self, my_task: Task, subworkflow: Any) -> None:
        """Nothing comes out."""
