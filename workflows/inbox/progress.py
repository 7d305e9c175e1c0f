"""Where a case is in its drawing, as an ordered list: what is done, what waits, what is still to come.

The steps of the case say what people did; the rest follows from the drawing. Whatever every way to a reached step leads
through has happened. What was not reached and can no longer be is not needed this time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from workflows.releases import Drawing, Node
from workflows.store.models import Step

State = Literal["done", "current", "upcoming", "not_needed"]

SHOWN = frozenset(
    {
        *("userTask", "manualTask", "callActivity", "receiveTask", "intermediateCatchEvent"),
        *("serviceTask", "businessRuleTask", "sendTask"),
    }
)
PEOPLES = frozenset({"userTask", "manualTask"})
STOPS = PEOPLES | {"callActivity", "receiveTask", "intermediateCatchEvent", "endEvent"}


@dataclass(frozen=True)
class Listed:
    """An element of the list. `kind` is step, stage, wait or automatic; a for-each step counts `done` of `of`;
    `inside` is the list of a called stage. `role` is a role key, empty where no person acts."""

    element: str
    name: str
    kind: str
    state: State
    role: str = ""
    words: str = ""
    clause: str = ""
    done: int = 0
    of: int = 0
    steps: tuple[Step, ...] = ()
    inside: tuple["Listed", ...] = ()


@dataclass(frozen=True)
class Marks:
    """A drawing with the ids of its elements that wait and of those that are done."""

    process: str
    title: str
    waiting: tuple[str, ...]
    done: tuple[str, ...]


@dataclass(frozen=True)
class Position:
    """Where a case of a process stands: its steps, the names of what it waits for, and whether it is closed."""

    process: str
    steps: Sequence[Step]
    waits: frozenset[str]
    closed: bool
    drawing: Callable[[str], Drawing] = field(repr=False)
    worded: Callable[[str], str] = field(repr=False)
    """Gives the words of a drawing in those of the trust."""

    def of(self, process: str, element: str) -> list[Step]:
        """The case's steps at an element of a process."""
        return [step for step in self.steps if step.process == process and step.element == element]

    def entered(self, process: str) -> bool:
        """Whether the case has reached a step of that process, or of a stage that it calls."""
        inside = called_from(process, self.drawing)
        return any(step.process in inside for step in self.steps)

    def open_in(self, process: str) -> bool:
        """Whether the case waits in that process, or in a stage that it calls."""
        inside = called_from(process, self.drawing)
        if any(step.process in inside and step.status == "open" for step in self.steps):
            return True
        nodes = [node for each in inside for node in self.drawing(each).nodes.values()]
        waits = not self.closed and any(is_wait(node) and node.name in self.waits for node in nodes)
        return waits and (process == self.process or self.entered(process))

    def inside(self, call: Node) -> "Position":
        """Where the case stands in the stage that this element calls; a drawing may call a stage in several places."""
        within = called_from(call.called, self.drawing)
        steps = [
            step
            for step in self.steps
            if step.process in within and (step.process != call.called or step.caller == call.id)
        ]
        return replace(self, process=call.called, steps=steps)


def alternatives(drawing: Drawing, element: str) -> set[str]:
    """The names of what else is waited for at the gateway that leads to an element; empty where no race is drawn."""
    before = [flow.source for flow in drawing.incoming.get(element, ())]
    races = [source for source in before if drawing.nodes[source].type == "eventBasedGateway"]
    events = {flow.target for source in races for flow in drawing.outgoing[source]} - {element}
    return {drawing.nodes[event].name for event in events}


def is_wait(node: Node) -> bool:
    """Whether the case waits there for something other than a person."""
    return node.type in {"receiveTask", "intermediateCatchEvent"}


def listed(process: str, position: Position) -> tuple[Listed, ...]:
    """A process of the case as a list in reading order."""
    drawing = position.drawing(process)
    states = states_of(drawing, position)
    return tuple(
        _listed(drawing.nodes[element], states[element], drawing, position)
        for element in drawing.order
        if element in states
    )


def _listed(node: Node, state: State, drawing: Drawing, position: Position) -> Listed:
    steps = tuple(position.of(drawing.process, node.id))
    newest = max((step.occurrence for step in steps), default=0)
    counted = [step for step in steps if step.status != "cancelled" and (node.for_each or step.occurrence == newest)]
    within = listed(node.called, position.inside(node)) if node.called and state != "not_needed" else ()
    return Listed(
        element=node.id,
        name=node.name,
        kind=kind_of(node),
        state=state,
        role=node.lane if node.type in PEOPLES else "",
        words=position.worded(node.documentation),
        clause=node.clause,
        done=sum(step.status == "done" for step in counted),
        of=len(counted),
        steps=steps,
        inside=within,
    )


def kind_of(node: Node) -> str:
    """step, stage, wait, end or automatic."""
    if node.called:
        return "stage"
    if is_wait(node):
        return "wait"
    if node.type == "endEvent":
        return "end"
    return "step" if node.type in PEOPLES else "automatic"


def states_of(drawing: Drawing, position: Position) -> dict[str, State]:
    """The state of each element that the list shows."""
    onward = onward_of(drawing)
    shown = {node.id: node for node in drawing.nodes.values() if node.type in SHOWN and node.name}
    current = {element for element, node in shown.items() if _waits(node, drawing, position)}
    reached = {element for element, node in shown.items() if _was_reached(node, drawing, position)} | current
    if position.closed or (position.entered(drawing.process) and not position.open_in(drawing.process)):
        ends = [node.id for node in drawing.nodes.values() if node.type == "endEvent"]
        reached |= set(ends) if len(ends) == 1 and reached else set()
    ahead = reachable(current or ({drawing.start} if not reached and not position.closed else set()), onward)
    states: dict[str, State] = {}
    for element in shown:
        if element in current:
            states[element] = "current"
        elif element in reached or is_on_every_way(element, reached, drawing.start, onward):
            states[element] = "done"
        else:
            states[element] = "upcoming" if element in ahead else "not_needed"
    return states


def _waits(node: Node, drawing: Drawing, position: Position) -> bool:
    if position.closed:
        return False
    if node.called:
        return position.inside(node).open_in(node.called)
    if is_wait(node):
        return node.name in position.waits
    return any(step.status == "open" for step in position.of(drawing.process, node.id))


def _was_reached(node: Node, drawing: Drawing, position: Position) -> bool:
    if node.called:
        return position.inside(node).entered(node.called)
    return any(step.status == "done" for step in position.of(drawing.process, node.id))


def onward_of(drawing: Drawing) -> Mapping[str, list[str]]:
    """What follows each element: along its arrows, and by the events that sit on it."""
    onward: dict[str, list[str]] = {}
    for flow in drawing.flows:
        onward.setdefault(flow.source, []).append(flow.target)
    for event, element in drawing.attached.items():
        onward.setdefault(element, []).append(event)
    return onward


def reachable(
    starts: Iterable[str],
    onward: Mapping[str, Sequence[str]],
    *,
    without: str = "",
    until: frozenset[str] = frozenset(),
) -> set[str]:
    """What can be reached from these elements, without passing one, going no further than some; they themselves only
    if a loop leads back to them."""
    seen: set[str] = set()
    trail = [following for start in starts for following in onward.get(start, ())]
    while trail:
        element = trail.pop()
        if element in seen or element == without:
            continue
        seen.add(element)
        if element not in until:
            trail.extend(onward.get(element, ()))
    return seen


def is_on_every_way(element: str, reached: set[str], start: str, onward: Mapping[str, Sequence[str]]) -> bool:
    """Whether one of the reached elements cannot be come to without passing this one: then it has happened."""
    around = reachable([start], onward, without=element)
    return any(other not in around for other in reached - {element, start})


def next_after(process: str, element: str, caller: str, position: Position) -> list[tuple[Drawing, Node]]:
    """What comes after an element: the steps, stages and waits to which an arrow leads next, in reading order.

    `caller` is the element that calls the process, where it is a stage: its end leads on to what follows there. The
    end of the case stands for itself. A drawn timer leads somewhere only once its time has passed: it is not followed.
    """
    drawing = position.drawing(process)
    stops = frozenset(node.id for node in drawing.nodes.values() if node.type in STOPS)
    arrows: dict[str, list[str]] = {}
    for flow in drawing.flows:
        arrows.setdefault(flow.source, []).append(flow.target)
    reached = reachable([element], arrows, until=stops) & stops
    found: list[tuple[Drawing, Node]] = []
    for node in (drawing.nodes[each] for each in drawing.order if each in reached):
        if node.type == "endEvent" and process != position.process:
            for calling, call in calls_of(process, position):
                if call == caller:
                    found += next_after(calling, call, "", position)
        else:
            found.append((drawing, node))
    return found


def calls_of(process: str, position: Position) -> list[tuple[str, str]]:
    """Where the case's drawings call a process: (calling process, id of the call activity)."""
    return [
        (caller, node.id)
        for caller in called_from(position.process, position.drawing)
        for node in position.drawing(caller).nodes.values()
        if node.called == process
    ]


def called_from(process: str, drawing: Callable[[str], Drawing]) -> tuple[str, ...]:
    """A process and every stage that it calls, each once, the caller before the called."""
    found = [process]
    for each in found:
        found += dict.fromkeys(
            node.called for node in drawing(each).nodes.values() if node.called and node.called not in found
        )
    return tuple(found)


def marks(position: Position) -> list[Marks]:
    """The drawings that belong to a case, its own first and then each stage that it calls, with what to mark."""
    return [
        Marks(
            process=process,
            title=position.drawing(process).name,
            waiting=tuple(element for element, state in states.items() if state == "current"),
            done=tuple(element for element, state in states.items() if state == "done"),
        )
        for process in called_from(position.process, position.drawing)
        for states in [states_of(position.drawing(process), position)]
    ]
