"""The rows of a state: whether other diagrams draw each thing that lives in it too, and the rows as they have it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from workflows.engine.codec import ALIVE
from workflows.engine.diagrams import Diagrams
from workflows.engine.drawings import Drawing, Node
from workflows.engine.expressions import deadline_of
from workflows.engine.moving.sides import Side

EACH, JOIN = " [each]", ".BoundaryEventJoin"
"""What the engine hangs on the name of a step: for each member's own, and behind the events on its edge."""


class Fault(NamedTuple):
    """Why a case cannot move, and the id of the element."""

    because: str
    element: str


class Living(NamedTuple):
    """A task that lives. `came_from` is the element from which it was reached, "" where that is not a drawn one."""

    element: str
    came_from: str
    each: bool = False


@dataclass(frozen=True)
class Stand:
    """One running process of a case: the case's own, or a called stage. `caller` is the number of the one that calls
    it and `call` the element there; `names` are those that scripts have set."""

    process: str
    alive: tuple[Living, ...]
    names: frozenset[str]
    caller: int = -1
    call: str = ""


def flows_of(held: Mapping[str, Any]) -> list[Stand]:
    """Where a state stands, its own process first."""
    names, calls, stands = held["names"], {}, []
    for number, flow in enumerate(held["flows"]):
        rows = flow["rows"]
        alive = []
        for place, key in zip(flow["ids"][::2], flow["ids"][1::2], strict=True):
            name, parent = names[rows[3 * place + 1]], place - rows[3 * place]
            living = Living(element_of(name), element_of(names[rows[3 * parent + 1]]), name.endswith(EACH))
            calls[key] = number, living.element
            alive.append(living)
        caller, call = calls.get(flow["at"], (-1, ""))
        stands.append(Stand(flow["process"], tuple(alive), frozenset(flow.get("data", ())), caller, call))
    return stands


def element_of(name: str) -> str:
    """The id of the element that a specification of the engine stands for."""
    return name.removesuffix(EACH).removesuffix(JOIN).removesuffix(".BoundaryEventSplit")


def misfit(stands: Sequence[Stand], from_: Side, to: Side) -> Fault | None:
    """The first living thing that the other diagrams draw differently, or not at all."""
    for stand in stands:
        if stand.process not in to.diagrams.drawings:
            title = from_.title(stand.process)
            words = (
                f"The case is in {title}, which is no longer drawn in the new diagrams, so it could not go on there."
            )
            return Fault(f"{words} It can stay where it is until it is closed.", stand.call)
        for living in stand.alive:
            if fault := _misfit(stand, living, from_, to):
                return fault
    return None


def _misfit(stand: Stand, living: Living, from_: Side, to: Side) -> Fault | None:
    old, new = from_.diagrams.drawings[stand.process], to.diagrams.drawings[stand.process]
    was, now = old.nodes.get(living.element), new.nodes.get(living.element)
    if was is None:
        return None  # where branches come to the end of a process: nothing is drawn there
    name = from_.name(stand.process, living.element)
    if now is None:
        return Fault(
            f"The case waits at {name}, which the new diagrams no longer draw, so nobody could finish it there."
            f" {LATER}",
            was.id,
        )
    if differs := next((words for words, of in DIFFERENCES if of(was) != of(now)), ""):
        return Fault(differs.format(name=name), was.id)
    return _edges(stand.process, was.attached_to or was.id, from_, to) or _arrivals(stand, living, name, old, new)


def kind(node: Node) -> tuple[object, ...]:
    """What the engine makes of an element; two that differ in it cannot stand for one another."""
    return node.type, bool(node.for_each), node.events, node.attached_to, node.attached_to and node.interrupting


LATER = "It can move once that is done."
ANOTHER_KIND = (
    "The case waits at {name}, which is something else in the new diagrams, so what is begun could not be finished"
    f" there. {LATER}"
)
ANOTHER_STAGE = (
    "The case is in the stage that {name} calls. The new diagrams call another stage there, in which it has no place."
    " It can move once that stage is over."
)
OTHER_WORD = (
    "The case waits at {name} for word that was asked for. In the new diagrams that waits for something else, so the"
    " word would be lost. It can move once it has come."
)
ANOTHER_DAY = (
    "The case waits at {name} for a day. In the new diagrams that waits for the day of another deadline, which may"
    " never start, and the case might wait for ever. It can move once the day has come."
)
DIFFERENCES: tuple[tuple[str, Callable[[Node], object]], ...] = (
    (ANOTHER_KIND, kind),
    (ANOTHER_STAGE, lambda node: node.called),
    (OTHER_WORD, lambda node: node.message),
    (ANOTHER_DAY, lambda node: deadline_of(node.timer)),
)
"""What must be the same of an element that a case waits at, and what to say where it is not."""


def _edges(process: str, host: str, from_: Side, to: Side) -> Fault | None:
    """The events on the edge of a step belong to it while somebody is at it: none may come, go or change."""
    before, after = (_events(side.diagrams.drawings[process], host) for side in (from_, to))
    if before == after:
        return None
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            side = from_ if key not in after else to
            event, name = side.diagrams.drawings[process].nodes[key], to.name(process, host)
            return Fault(_edge_words(event, side.name(process, key), name, key in before, key in after), host)
    return None


def _edge_words(event: Node, what: str, step: str, was: bool, now: bool) -> str:
    """What became of an event that belongs to a step, why that holds up a case at the step, and until when."""
    if not event.attached_to:
        change = (
            f"also waits for {what}" if now and not was else f"no longer waits for {what}" if was and not now else ""
        )
        change = f"{step} {change or f'waits for {what} in another way'}"
    else:
        when = "its time is up" if "timer" in event.events else "word comes" if "message" in event.events else ""
        follows = "ends" if event.interrupting else "starts something beside it"
        held = f"{step} {{}} {follows} {f'when {when} ' if when else ''}({what})"
        change = held.format("also" if not was else "no longer")
        if was and now:
            change = f"it is different what happens when {when or 'that happens'} at {step} ({what})"
    because = "This case is there already, and what has begun goes on as it began."
    return f"In the new diagrams {change}. {because} It can move once {step} is done; a case before it can move now."


def _events(drawing: Drawing, host: str) -> dict[str, tuple[object, ...]]:
    held = [drawing.nodes[event] for event, on in drawing.attached.items() if on == host]
    if host in drawing.nodes and drawing.nodes[host].type == "eventBasedGateway":
        held = [drawing.nodes[flow.target] for flow in drawing.outgoing.get(host, ()) if flow.target in drawing.nodes]
    return {node.id: (*kind(node), deadline_of(node.timer), node.message) for node in held}


def _arrivals(stand: Stand, living: Living, name: str, old: Drawing, new: Drawing) -> Fault | None:
    """A gateway that counts who has arrived knows them in both, and waits for somebody in both."""
    if old.nodes[living.element].type != "parallelGateway":
        return None
    came_from = (living.came_from, living.came_from in old.attached.values())
    edged = set(new.attached.values())  # the engine counts what has events on its edge by another name
    wanted = {(flow.source, flow.source in edged) for flow in new.incoming.get(living.element, ())}
    if came_from not in wanted:
        return Fault(
            f"A branch of the case has come to {name} by a way that the new diagrams no longer draw, so that they would"
            " wait for it for ever. It can move once the other branches have come there too.",
            living.element,
        )
    if {source for source, _ in wanted} <= {one.came_from for one in stand.alive if one.element == living.element}:
        return Fault(
            f"A branch of the case waits at {name} for others. The new diagrams wait for nobody else there, so nothing"
            " would let it go on. It can move once the others have come there too.",
            living.element,
        )
    return None


def carried(held: dict[str, Any], diagrams: Diagrams) -> dict[str, Any]:
    """A state with the rows that other diagrams have; what stood under a finished row that they lack is hung under the
    nearest that is left."""
    names: dict[str, int] = {}
    flows = [_carried(flow, held["names"], diagrams.specs[flow["process"]].task_specs, names) for flow in held["flows"]]
    return {**held, "names": list(names), "flows": flows}


def _carried(
    flow: dict[str, Any], old: Sequence[str], specs: Mapping[str, Any], names: dict[str, int]
) -> dict[str, Any]:
    stays: list[int] = []
    """Of each row its new place: its own, or that of the one under which its children come to hang."""
    rows: list[int] = []
    it, count = iter(flow["rows"]), 0
    for place, (back, name, state) in enumerate(zip(it, it, it, strict=True)):
        parent = stays[place - back] if back else 0
        if state & ALIVE or old[name] in specs:
            rows += (count - parent, names.setdefault(old[name], len(names)), state)
            stays.append(count)
            count += 1
        else:
            stays.append(parent)
    moved = {**flow, "rows": rows, "ids": list(flow["ids"])}
    moved["ids"][::2] = [stays[place] for place in flow["ids"][::2]]
    if "inside" in flow:
        moved["inside"] = {str(stays[int(place)]): inside for place, inside in flow["inside"].items()}
    if "extra" in flow:
        moved["extra"] = [stays[place] for place in flow["extra"]]
    return moved
