"""Edits of ways: a choice, its ways, their conditions and the default; ends; where a flow leads; timers."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.engine.editing.diagram import TYPE, XSI, B, CannotChange, Diagram, Edited
from workflows.engine.editing.placing import Placing
from workflows.engine.editing.removing import check_removal, prune, reachable, simplify
from workflows.engine.editing.source import Node, put
from workflows.engine.editing.steps import NewStep, into_lane_beside, new_step, place
from workflows.engine.expressions import read

CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway"})
WAITING = frozenset({"userTask", "receiveTask", "callActivity"})
GATHERS = frozenset({"parallelGateway", "inclusiveGateway"})
"""Gateways that wait for all their ways: alternatives have to meet before them."""


@dataclass(frozen=True)
class Way:
    """A way of a choice. It leads to `to`, an element that is there; or to a new `step`, and from it back to where the
    others go; or to a new end called `end`; or, with none of the three, straight on."""

    condition: str
    name: str = ""
    to: str = ""
    step: NewStep | None = None
    end: str = ""


def add_choice(
    text: str, *, after: str = "", on: str = "", question: str, ways: Sequence[Way], otherwise: str
) -> Edited:
    """Add a choice behind a step or on a flow. Who meets no condition goes on as before: `otherwise` names that way.

    Raises CannotChange, and Refused where a condition cannot be read.
    """
    diagram = Diagram(text)
    placing = Placing(diagram)
    if not ways:
        raise CannotChange("Say at least one answer that leads another way.")
    flow = diagram.flow(place(diagram, after=after, on=on))
    source, target = flow.get("sourceRef") or "", flow.get("targetRef") or ""
    gateway = diagram.new_id(question or f"after_{source}", "choice")
    diagram.add("exclusiveGateway", gateway, " ".join(question.split()), behind=source)
    into_lane_beside(diagram, gateway, "", source, target)
    diagram.redirect(flow, target=gateway)
    straight = diagram.connect(gateway, target, name=otherwise)
    diagram.nodes[gateway].set("default", straight)
    for way in ways:
        _lead(diagram, gateway, way, target)
    placing.finish()
    return Edited(
        diagram.source.text(), f"Added the choice {diagram.called(gateway)}{_after(diagram, source)}.", gateway
    )


def add_way(text: str, gateway: str, way: Way) -> Edited:
    """Add a way to a choice that is there. A new step leads to where the default way goes."""
    diagram = Diagram(text)
    placing = Placing(diagram)
    check_choice(diagram, gateway)
    default = diagram.nodes[gateway].get("default") or ""
    ways = diagram.out_of(gateway)
    if not default:
        default = ways[0].get("id") or ""
        diagram.set_condition(ways[0], "")
        diagram.nodes[gateway].set("default", default)
    _lead(diagram, gateway, way, diagram.flow(default).get("targetRef") or "")
    placing.finish()
    return Edited(
        diagram.source.text(),
        f"Added a way{f' “{way.name}”' if way.name else ''} to {diagram.called(gateway)}.",
        gateway,
    )


def check_choice(diagram: Diagram, gateway: str) -> None:
    """Raises CannotChange for what is no choice: a gateway where ways only come together is none."""
    ways = diagram.out_of(gateway)
    if diagram.kind(gateway) not in CHOICES or (len(ways) < 2 and not any(_condition(way) for way in ways)):
        raise CannotChange(f"{diagram.called(gateway)} is no choice.", element=gateway)


def is_choice(text: str, gateway: str) -> bool:
    """Whether ways part at an element by what somebody has answered."""
    try:
        check_choice(Diagram(text), gateway)
    except CannotChange:
        return False
    return True


def _condition(way: Node) -> str:
    drawn = way.find(f"{B}conditionExpression")
    return (drawn.text or "").strip() if drawn is not None else ""


def _lead(diagram: Diagram, gateway: str, way: Way, onward: str) -> None:
    """Draw one way out of a choice."""
    condition = sound(way.condition)
    if way.step is not None:
        key = new_step(diagram, way.step, behind=gateway)
        into_lane_beside(diagram, key, way.step.role, gateway)
        diagram.connect(gateway, key, name=way.name, condition=condition)
        diagram.connect(key, meeting(diagram, onward))
        return
    if way.end:
        diagram.connect(gateway, _new_end(diagram, way.end, gateway), name=way.name, condition=condition)
        return
    target = meeting(diagram, _target(diagram, way.to or onward))
    if any(flow.get("targetRef") == target for flow in diagram.out_of(gateway)):
        raise CannotChange(f"A way leads to {diagram.called(target)} already.", element=gateway)
    diagram.connect(gateway, target, name=way.name, condition=condition)


def meeting(diagram: Diagram, target: str) -> str:
    """Where one more way to an element ends. A gateway that waits for all its ways gets one before it that does not."""
    if diagram.kind(target) not in GATHERS or len(ways := diagram.into(target)) == 0:
        return target
    if diagram.kind(target) == "inclusiveGateway" and len(ways) == 1:
        return target
    straight = next((flow for flow in ways if diagram.kind(flow.get("sourceRef") or "") == "exclusiveGateway"), ways[0])
    before = straight.get("sourceRef") or ""
    if diagram.kind(before) == "exclusiveGateway" and len(diagram.out_of(before)) == 1:
        return before
    gateway = diagram.new_id(f"before_{target}")
    diagram.add("exclusiveGateway", gateway, "", behind=before)
    into_lane_beside(diagram, gateway, "", target)
    diagram.redirect(straight, target=gateway)
    diagram.connect(gateway, target)
    return gateway


def _target(diagram: Diagram, key: str) -> str:
    kind = diagram.kind(key)
    if kind in ("startEvent", "boundaryEvent"):
        raise CannotChange(f"No way can lead to {diagram.called(key)}.", element=key)
    return key


def _new_end(diagram: Diagram, name: str, behind: str) -> str:
    key = diagram.new_id(name, "end")
    diagram.add("endEvent", key, " ".join(name.split()), behind=behind)
    into_lane_beside(diagram, key, "", behind)
    return key


def lead_to(text: str, flow: str, *, to: str = "", end: str = "") -> Edited:
    """Let a flow lead to another element, or to a new end; what only it led to goes. Raises CannotChange."""
    diagram = Diagram(text)
    placing, reached = Placing(diagram), reachable(diagram)
    way = diagram.flow(flow)
    source, old = way.get("sourceRef") or "", way.get("targetRef") or ""
    target = _new_end(diagram, end, source) if end else meeting(diagram, _target(diagram, to))
    if target != old and any(each.get("targetRef") == target for each in diagram.out_of(source)):
        raise CannotChange(f"A way leads to {diagram.called(target)} already.", element=flow)
    key = diagram.redirect(way, target=target)
    name = diagram.called(target)
    prune(diagram, reached)
    if old in diagram.nodes:
        simplify(diagram, old)
    placing.finish()
    return Edited(diagram.source.text(), f"Led the way after {diagram.called(source)} to {name}.", key)


def set_condition(text: str, flow: str, condition: str, name: str | None = None) -> Edited:
    """Change when a way is taken, and what it is called. Raises CannotChange, and Refused for an unreadable one."""
    diagram = Diagram(text)
    way = diagram.flow(flow)
    source = way.get("sourceRef") or ""
    if diagram.kind(source) not in CHOICES or len(diagram.out_of(source)) < 2:
        raise CannotChange("Only a way out of a choice has a condition. Add a choice first.", element=flow)
    if diagram.nodes[source].get("default") == flow:
        raise CannotChange(
            "This way is taken when no condition of the others holds. Make another way the default first.", element=flow
        )
    diagram.set_condition(way, sound(condition))
    if name is not None:
        _name(way, name)
    return Edited(
        diagram.source.text(), f"Changed when the case goes to {diagram.called(way.get('targetRef') or '')}.", flow
    )


def set_default(text: str, flow: str, condition: str = "") -> Edited:
    """Make a way the one that is taken when no condition holds. The one that was gets `condition`; without one, of two
    ways, the opposite of what the new default had."""
    diagram = Diagram(text)
    way = diagram.flow(flow)
    check_default(diagram, flow)
    gateway = diagram.node(way.get("sourceRef") or "")
    key, drawn = gateway.get("id") or "", _condition(way)
    old = diagram.flows.get(gateway.get("default") or "")
    if old is not None:
        opposite = opposite_of(drawn) if drawn and len(diagram.out_of(key)) == 2 else ""
        diagram.set_condition(old, sound(condition) if condition else opposite)
    diagram.set_condition(way, "")
    gateway.set("default", flow)
    target = diagram.called(way.get("targetRef") or "")
    return Edited(diagram.source.text(), f"Made the way to {target} the one that is taken otherwise.", flow)


def check_default(diagram: Diagram, flow: str) -> None:
    """Raises CannotChange for a way that cannot become the one that is taken otherwise."""
    gateway = diagram.node(diagram.flow(flow).get("sourceRef") or "")
    if diagram.kind(gateway.get("id") or "") not in CHOICES:
        raise CannotChange("Only a way out of a choice can be its default.", element=flow)
    if gateway.get("default") == flow:
        raise CannotChange("This way is the default already.", element=flow)


def opposite_of(condition: str) -> str:
    """`not (...)`, without a second one around the first."""
    inner = condition.removeprefix("not (").removesuffix(")")
    doubled = (
        condition == f"not ({inner})" and inner.count("(") == inner.count(")") and ")" not in inner.partition("(")[0]
    )
    return inner if doubled else f"not ({condition})"


def sound(condition: str) -> str:
    """A condition that the evaluator can read. Raises Refused with its sentence, and CannotChange for an empty one."""
    if not condition.strip():
        raise CannotChange("Say when the case goes this way.")
    return read(condition).text


def _name(way: Node, name: str) -> None:
    if name.strip():
        way.set("name", " ".join(name.split()))
    else:
        way.attrib.pop("name", "")


def _after(diagram: Diagram, source: str) -> str:
    return f" after {diagram.called(source)}"


def add_timer(
    text: str, step: str, deadline: str, *, name: str = "Time is up", to: str = "", end: str = "", shown: str = ""
) -> Edited:
    """Let a deadline end a step: the case goes to an element that is there, or to a new end. `shown`: the deadline's
    title. Raises CannotChange."""
    diagram = Diagram(text)
    placing = Placing(diagram)
    check_limit(diagram, step)
    key = diagram.new_id(f"{deadline}_of_{step}")
    event = diagram.add(
        "boundaryEvent", key, " ".join(name.split()), behind=step, attachedToRef=step, cancelActivity="true"
    )
    into_lane_beside(diagram, key, "", step)
    diagram.connect(key, from_there(diagram, step, to=to, end=end or "Time is up"))
    set_timer(diagram, event, deadline)
    placing.finish()
    return Edited(diagram.source.text(), f"Let the deadline “{shown or deadline}” end {diagram.called(step)}.", step)


def from_there(diagram: Diagram, source: str, *, to: str = "", end: str = "", onward: str = "") -> str:
    """Where a way leads: to an element that is there, to a new end, or `onward`."""
    if to or not end:
        return meeting(diagram, _target(diagram, to or onward))
    return _new_end(diagram, end, source)


def set_timer(diagram: Diagram, event: Node, deadline: str) -> None:
    """Let an event wait for the day of a deadline. Raises CannotChange."""
    if not deadline.replace("_", "").isalnum():
        raise CannotChange("Choose a deadline of the policy.")
    diagram.source.declare("xsi", XSI)
    definition = diagram.make(event, "timerEventDefinition", id=diagram.new_id(f"{event.get('id')}_timer"))
    put(event, definition, len(event))
    date = diagram.make(definition, "timeDate")
    date.set(TYPE, f"{event.prefix}:tFormalExpression" if event.prefix else "tFormalExpression")
    date.text = f'due("{deadline}")'
    put(definition, date, 0)


def check_limit(diagram: Diagram, step: str) -> None:
    """Raises CannotChange for what no deadline can end."""
    if diagram.kind(step) not in WAITING:
        raise CannotChange(f"{diagram.called(step)} takes no time, so no deadline can end it.", element=step)


def remove_timer(text: str, event: str) -> Edited:
    """Remove a deadline's event from the edge of a step, with what only it led to."""
    diagram = Diagram(text)
    placing, reached = Placing(diagram), reachable(diagram)
    if diagram.kind(event) != "boundaryEvent":
        raise CannotChange(f"{diagram.called(event)} is no event on the edge of a step.", element=event)
    check_removal(diagram, event)
    host = diagram.nodes[event].get("attachedToRef") or ""
    name, step = diagram.called(event), diagram.called(host)
    diagram.drop(event)
    prune(diagram, reached)
    placing.finish()
    return Edited(diagram.source.text(), f"Removed {name} from {step}.", host)
