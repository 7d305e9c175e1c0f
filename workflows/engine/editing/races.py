"""Edits of what is waited for: whichever comes first, the day of a deadline or word that something has happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.engine.editing.branches import from_there, set_timer
from workflows.engine.editing.diagram import B, CannotChange, Diagram, Edited
from workflows.engine.editing.placing import Placing
from workflows.engine.editing.removing import reachable
from workflows.engine.editing.source import Node, put
from workflows.engine.editing.steps import RACE, into_lane_beside, place


@dataclass(frozen=True)
class Wait:
    """What is waited for: the day of a `deadline`, or else a `message`, and what people call it. Where the case goes
    once it has come: to `to`, an element that is there; to a new end called `end`; or, with neither, on as before."""

    name: str
    deadline: str = ""
    message: str = ""
    to: str = ""
    end: str = ""


def add_race(text: str, waits: Sequence[Wait], *, after: str = "", on: str = "") -> Edited:
    """Wait for whichever of several comes first, behind an element or on a flow. Raises CannotChange."""
    diagram = Diagram(text)
    placing = Placing(diagram)
    flow = diagram.flow(place(diagram, after=after, on=on))
    source, onward = flow.get("sourceRef") or "", flow.get("targetRef") or ""
    if len(waits) < 2:
        raise CannotChange("Say at least two things of which whichever comes first is waited for.")
    where = diagram.called(source)
    gateway = diagram.new_id(f"first_after_{source}")
    diagram.add(RACE, gateway, "", behind=source)
    into_lane_beside(diagram, gateway, "", source, onward)
    diagram.redirect(flow, target=gateway)
    for wait in waits:
        _wait(diagram, gateway, wait, onward)
    if onward not in reachable(diagram):
        raise CannotChange(
            f"Let the case go on here with one of them: else nothing leads to {diagram.called(onward)} any more."
        )
    placing.finish()
    names = " or ".join(f"“{wait.name}”" for wait in waits)
    return Edited(diagram.source.text(), f"Added a wait for {names} after {where}, whichever comes first.", gateway)


def add_wait(text: str, gateway: str, wait: Wait) -> Edited:
    """Wait for one thing more. With no place to go to, the case goes where the first of the others leads. Raises
    CannotChange."""
    diagram = Diagram(text)
    placing = Placing(diagram)
    check_race(diagram, gateway)
    onward = diagram.targets(diagram.targets(gateway)[0])
    if not onward:
        raise CannotChange("Say where the case goes then.", element=gateway)
    _wait(diagram, gateway, wait, onward[0])
    placing.finish()
    return Edited(diagram.source.text(), f"Added “{wait.name}” to what is waited for.", gateway)


def check_race(diagram: Diagram, gateway: str) -> None:
    """Raises CannotChange for what does not wait for whichever comes first."""
    if diagram.kind(gateway) != RACE or not diagram.targets(gateway):
        raise CannotChange(f"{diagram.called(gateway)} does not wait for several things.", element=gateway)


def _wait(diagram: Diagram, gateway: str, wait: Wait, onward: str) -> None:
    """One of the events, and the way on from it."""
    others = [diagram.nodes[key] for key in diagram.targets(gateway) if key in diagram.nodes]
    if wait.deadline and any(other.find(f"{B}timerEventDefinition") is not None for other in others):
        raise CannotChange("Only one day can be waited for here: of two the earlier always comes first.")
    key = diagram.new_id(wait.name, "wait")
    event = diagram.add("intermediateCatchEvent", key, " ".join(wait.name.split()), behind=gateway)
    into_lane_beside(diagram, key, "", gateway)
    diagram.connect(gateway, key)
    diagram.connect(key, from_there(diagram, key, to=wait.to, end=wait.end, onward=onward))
    if wait.deadline:
        set_timer(diagram, event, wait.deadline)
        return
    message = _message(diagram, wait.message)
    if any(each.get("messageRef") == message for other in others for each in other):
        raise CannotChange(f"“{wait.name}” is waited for here already.")
    definition = diagram.make(event, "messageEventDefinition", id=diagram.new_id(f"{key}_message"), messageRef=message)
    put(event, definition, len(event))


def _message(diagram: Diagram, name: str) -> str:
    """The id of a message in this file, which is declared where it is not."""
    if not name.replace("_", "").isalnum():
        raise CannotChange("Choose what is waited for.")
    root: Node = diagram.source.root
    for known in root.iterchildren(f"{B}message"):
        if known.get("name") == name and known.get("id"):
            return known.get("id") or ""
    key = diagram.new_id(f"message_{name}")
    put(root, diagram.make(root, "message", id=key, name=name), list(root).index(diagram.process))
    return key
