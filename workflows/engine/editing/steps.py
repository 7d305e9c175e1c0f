"""Edits of steps: add, rename, explain, give to a role, move, remove, and what a step says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.engine.editing.diagram import A, B, CannotChange, Diagram, Edited
from workflows.engine.editing.placing import Placing
from workflows.engine.editing.source import Node

STEP = "userTask"
RACE, ONLY_WAITS = "eventBasedGateway", "Behind this gateway only messages and dates can be waited for."
NO_WAY_IN = frozenset({"startEvent", "boundaryEvent"})
DETAILS: Mapping[str, str] = {
    "screen": "page",
    "deadline": "deadline",
    "clause": "clause",
    "for_each": "list of people",
    "until": "rule for ending early",
    "letter": "letter",
    "roles": "further roles",
}
"""What a step may say about itself in attributes of ours, and how sentences call it."""
WORK: Mapping[str, str] = {
    "action": "work",
    "to": "list of who is told",
    "process": "process that it starts",
    "outcome": "way in which the dispute ends",
    "decision": "decision table",
    "calledElement": "process that it goes through",
}
"""The same of what nobody does by hand: work of the system, decision tables and stages."""
SAYS: Mapping[str, frozenset[str]] = {
    STEP: frozenset(DETAILS),
    "serviceTask": frozenset({"action", "to", "process", "outcome", "letter", "for_each", "clause"}),
    "businessRuleTask": frozenset({"decision", "clause"}),
    "callActivity": frozenset({"calledElement", "clause"}),
}
"""Which of these each kind of element may say; any other may name its clause."""


@dataclass(frozen=True)
class NewStep:
    """A step to add. `kind`: what BPMN calls it; `attributes`: further ones of ours, such as action and to."""

    name: str
    role: str = ""
    documentation: str = ""
    kind: str = STEP
    attributes: Mapping[str, str] = field(default_factory=dict)


def add_step(text: str, step: NewStep, *, after: str = "", before: str = "", on: str = "") -> Edited:
    """Add a step behind an element, before one, or on a flow. Raises CannotChange where that says no single place."""
    diagram = Diagram(text)
    placing = Placing(diagram)
    key = insert(diagram, step, place(diagram, after=after, before=before, on=on), gather=before)
    placing.finish()
    where = f"after {diagram.called(after)}" if after else f"before {diagram.called(before)}" if before else ""
    return Edited(diagram.source.text(), f"Added the step {diagram.called(key)} {where}".strip() + ".", key)


def place(diagram: Diagram, *, after: str = "", before: str = "", on: str = "") -> str:
    """The flow on which something new goes. For a place with several ways in, `before` gathers them first. Raises
    CannotChange."""
    flow = diagram.flow(on) if on else _behind(diagram, after) if after else _ahead_of(diagram, before)
    source = flow.get("sourceRef") or ""
    if is_race(diagram, source):
        raise CannotChange(ONLY_WAITS, element=source)
    return flow.get("id") or ""


def is_race(diagram: Diagram, key: str) -> bool:
    """Whether an element waits for whichever of several comes first."""
    return key in diagram.nodes and diagram.kind(key) == RACE


def _behind(diagram: Diagram, after: str) -> Node:
    diagram.node(after)
    ways = diagram.out_of(after)
    if len(ways) > 1:
        raise CannotChange(f"Several ways leave {diagram.called(after)}. Choose the way to add it to.", element=after)
    if not ways or diagram.kind(after) == "endEvent":
        raise CannotChange(f"Nothing can follow {diagram.called(after)}: the process ends there.", element=after)
    return ways[0]


def _ahead_of(diagram: Diagram, before: str) -> Node:
    diagram.node(before)
    ways = diagram.into(before)
    if diagram.kind(before) in NO_WAY_IN or not ways:
        raise CannotChange(f"Nothing can come before {diagram.called(before)}.", element=before)
    if len(ways) > 1 and diagram.kind(before).endswith("Gateway"):
        raise CannotChange(
            f"Several ways lead to {diagram.called(before)}. Choose the way to add it to.", element=before
        )
    return ways[0]


def insert(diagram: Diagram, step: NewStep, on: str, *, gather: str = "") -> str:
    """Put a step on a flow; hands back its id. `gather`: an element whose other ways in are led to the step as well."""
    flow = diagram.flow(on)
    source, target = flow.get("sourceRef") or "", flow.get("targetRef") or ""
    key = new_step(diagram, step, behind=source)
    into_lane_beside(diagram, key, step.role, source, target)
    for each in diagram.into(target) if gather else [flow]:
        diagram.redirect(each, target=key)
    diagram.connect(key, target)
    return key


def new_step(diagram: Diagram, step: NewStep, *, behind: str = "") -> str:
    """Make the element of a step, in no lane and without flows; hands back its id. Raises CannotChange."""
    if not step.name.strip():
        raise CannotChange("Give the step a name, such as “Check the plan”.")
    key = diagram.new_id(step.name)
    node = diagram.add(step.kind, key, " ".join(step.name.split()), behind=behind)
    for name, value in step.attributes.items():
        node.set(f"{A}{name}" if name != "calledElement" else name, value)
    diagram.document(node, step.documentation.strip())
    return key


def into_lane_beside(diagram: Diagram, key: str, role: str, *neighbours: str) -> None:
    """Put an element into the lane of its role; without one, into that of the first neighbour which has a lane."""
    if role:
        diagram.into_lane(key, role)
        return
    hosts = [diagram.nodes[each].get("attachedToRef") or each for each in neighbours if each in diagram.nodes]
    lanes = [lane for each in hosts if (lane := diagram.lane_of(each)) is not None]
    if lanes:
        diagram.into_lane(key, lanes[0].get("name") or "")


def rename(text: str, element: str, name: str) -> Edited:
    """Give a step, an event, a gateway or a flow another name. Its id stays: cases and expressions know it by that."""
    diagram = Diagram(text)
    node = diagram.flows.get(element)
    drawn = node if node is not None else diagram.node(element)
    old = drawn.get("name") or ""
    new = " ".join(name.split())
    if not new and drawn.tag == f"{B}{STEP}":
        raise CannotChange("A step needs a name.", element=element)
    _set(drawn, "name", new)
    said = (
        f"Renamed “{old}” to “{new}”." if old and new else f"Named it “{new}”." if new else f"Removed the name “{old}”."
    )
    return Edited(diagram.source.text(), said, element)


def document(text: str, element: str, words: str) -> Edited:
    """Change what people are told to do in a step."""
    diagram = Diagram(text)
    diagram.document(diagram.node(element), words.strip())
    return Edited(diagram.source.text(), f"Changed the explanation of {diagram.called(element)}.", element)


def assign(text: str, element: str, role: str, *, shown: str = "") -> Edited:
    """Give a step to a role: it moves to that lane, which is made where there is none. `shown`: its title."""
    diagram = Diagram(text)
    placing = Placing(diagram)
    diagram.node(element)
    if not role:
        raise CannotChange("Choose who does the step.", element=element)
    diagram.into_lane(element, role)
    for event in diagram.attached_to(element):
        if diagram.lane_of(event) is not None:
            diagram.into_lane(event, role)
    placing.finish()
    return Edited(
        diagram.source.text(), f"Gave {diagram.called(element)} to {shown or role.replace('_', ' ')}.", element
    )


def set_detail(text: str, element: str, name: str, value: str, *, shown: str = "") -> Edited:
    """Change one of DETAILS or WORK of an element that SAYS it; an empty value removes it. `shown`: what people call
    the value. Raises CannotChange."""
    diagram = Diagram(text)
    node, new = diagram.node(element), " ".join(value.split())
    if name not in SAYS.get(diagram.kind(element), ("clause",)):
        if name in DETAILS:
            raise CannotChange(f"Only a step of a person has a {DETAILS[name]}.", element=element)
        raise CannotChange(f"{diagram.called(element)} has no {WORK.get(name, f'“{name[:40]}”')}.", element=element)
    _set(node, name if name == "calledElement" else f"{A}{name}", new)
    what = f"the {({**DETAILS, **WORK})[name]} of {diagram.called(element)}"
    return Edited(
        diagram.source.text(), f"Set {what} to “{(shown or new)[:80]}”." if new else f"Removed {what}.", element
    )


def move_step(text: str, element: str, *, up: bool) -> Edited:
    """Let a step change places with the one before it, or behind it, on a straight run. Raises CannotChange."""
    diagram = Diagram(text)
    placing = Placing(diagram)
    earlier, later = neighbours(diagram, element, up=up)
    between = diagram.out_of(earlier)[0]
    onward = diagram.out_of(later)[0]
    for flow in diagram.into(earlier):
        diagram.redirect(flow, target=later)
    diagram.redirect(between, source=later, target=earlier)
    diagram.redirect(onward, source=earlier)
    picture = placing.picture
    one, other = picture.box(earlier), picture.box(later)
    if one and other:
        picture.move(later, one.middle[0] - other.middle[0], 0)
        picture.move(earlier, other.middle[0] - one.middle[0], 0)
        if diagram.lane_of(earlier) is diagram.lane_of(later):
            picture.move(later, 0, one.middle[1] - other.middle[1])
            picture.move(earlier, 0, other.middle[1] - one.middle[1])
    placing.finish()
    where = f"before {diagram.called(earlier)}" if up else f"after {diagram.called(later)}"
    return Edited(diagram.source.text(), f"Moved {diagram.called(element)} {where}.", element)


def neighbours(diagram: Diagram, element: str, *, up: bool) -> tuple[str, str]:
    """The two that change places, the earlier first. Raises CannotChange."""
    diagram.node(element)
    ways = diagram.into(element) if up else diagram.out_of(element)
    end = "sourceRef" if up else "targetRef"
    where = "before" if up else "behind"
    other = ways[0].get(end) or "" if len(ways) == 1 else ""
    pair = (other, element) if up else (element, other)
    fits = (
        bool(other)
        and other != element
        and all(diagram.kind(each) in MOVABLE and len(diagram.out_of(each)) == 1 for each in pair)
        and len(diagram.into(pair[1])) == 1
        and all(source != pair[1] and not is_race(diagram, source) for source in diagram.sources(pair[0]))
    )
    if not fits:
        raise CannotChange(
            f"{diagram.called(element)} cannot change places with what stands {where} it: only two steps that follow "
            "each other, with one way between them, can. Remove it and add it elsewhere, or lead the ways anew.",
            element=element,
        )
    return pair


MOVABLE = frozenset(
    {"userTask", "serviceTask", "businessRuleTask", "scriptTask", "receiveTask", "callActivity", "task"}
    | {"manualTask", "sendTask", "intermediateCatchEvent", "intermediateThrowEvent"}
)


def _set(node: Node, name: str, value: str) -> None:
    if value:
        node.set(name, value)
    elif name in node.attrib:
        del node.attrib[name]
