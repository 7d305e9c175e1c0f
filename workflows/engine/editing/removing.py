"""Taking out: a step, a way of a choice, an event on the edge of a step, and what nothing else leads to."""

from collections.abc import Collection, Mapping

from workflows.domain.wording import listed
from workflows.engine.check.paths import walk
from workflows.engine.editing.diagram import B, CannotChange, Diagram, Edited
from workflows.engine.editing.placing import Placing
from workflows.engine.editing.steps import RACE, is_race

SPLITS = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway", RACE})


def remove_step(text: str, element: str) -> Edited:
    """Remove a step, an event or a gateway: what led to it leads to what followed. Raises CannotChange."""
    diagram = Diagram(text)
    placing, reached = Placing(diagram), reachable(diagram)
    check_removal(diagram, element)
    name = diagram.called(element)
    if raced := _raced(diagram, element):
        made = remove_way(text, raced)
        return Edited(made.text, f"Removed {name}.", made.element)
    take_step_out(diagram, element)
    lost = prune(diagram, reached)
    placing.finish()
    return Edited(diagram.source.text(), f"Removed {name}{_with(lost)}.", "")


def check_removal(diagram: Diagram, element: str) -> None:
    """Raises CannotChange for an element that cannot be removed. What is waited for goes with the way to it."""
    if raced := _raced(diagram, element):
        check_way_removal(diagram, raced)
        return
    name, kind = diagram.called(element), diagram.kind(element)
    ways = [target for target in diagram.targets(element) if target != element]
    if kind == "startEvent":
        raise CannotChange("A case needs its beginning, so the start cannot be removed.", element=element)
    if kind == "endEvent":
        ends = [key for key in diagram.nodes if diagram.kind(key) == "endEvent"]
        if len(ends) == 1:
            raise CannotChange("A case needs an end, so the only one cannot be removed.", element=element)
    if len(ways) > 1 and kind != "boundaryEvent":
        raise CannotChange(
            f"Several ways leave {name}. Remove the ways that are not wanted first, so that it is clear where the case "
            "goes.",
            element=element,
        )
    joined = [] if kind == "boundaryEvent" else ways
    for source in () if joined else diagram.sources(element):
        if len(diagram.out_of(source)) == 1:
            raise CannotChange(
                f"Nothing would follow {diagram.called(source)} without {name}. Lead it elsewhere first.",
                element=source,
            )
    before = (*diagram.sources(element), diagram.nodes[element].get("attachedToRef") or "")
    led = {one: [*(each for each in diagram.onward.get(one, ()) if each != element), *joined] for one in before}
    _check_ends(diagram, {**diagram.onward, **led, element: []})


def _raced(diagram: Diagram, element: str) -> str:
    """The way to an element that is waited for among others, "" for any other element."""
    ways = (flow for flow in diagram.into(element) if is_race(diagram, flow.get("sourceRef") or ""))
    return next((flow.get("id") or "" for flow in ways), "")


def take_step_out(diagram: Diagram, element: str) -> None:
    """Remove an element and join its ways. A way that would only double another goes, and so does one at whose side
    everything else is done at the same time."""
    targets = [flow.get("targetRef") or "" for flow in diagram.out_of(element)]
    target = next((each for each in targets if each != element), "")
    idle = diagram.kind(target) == "parallelGateway" if target in diagram.nodes else False
    if target and diagram.kind(element) != "boundaryEvent":
        for flow in diagram.into(element):
            source = flow.get("sourceRef") or ""
            doubled = any(each.get("targetRef") == target for each in diagram.out_of(source))
            idle_way = idle and diagram.kind(source) == "parallelGateway" and len(diagram.out_of(source)) > 1
            if source not in (element, target) and not doubled and not idle_way:
                diagram.redirect(flow, target=target)
    sources = [flow.get("sourceRef") or "" for flow in diagram.into(element)]
    diagram.drop(element)
    for beside in (*sources, *([target] if idle else [])):
        if beside in diagram.nodes:
            simplify(diagram, beside)


def remove_way(text: str, flow: str) -> Edited:
    """Remove one way out of a gateway, with what only it led to. Raises CannotChange for the last way."""
    diagram = Diagram(text)
    placing, reached = Placing(diagram), reachable(diagram)
    way = diagram.flow(flow)
    source, target = way.get("sourceRef") or "", way.get("targetRef") or ""
    check_way_removal(diagram, flow)
    said = f"the way “{way.get('name')}”" if way.get("name") else f"the way to {diagram.called(target)}"
    name = diagram.called(source)
    diagram.drop_flow(way)
    lost = prune(diagram, reached)
    simplify(diagram, source)
    if target in diagram.nodes:
        simplify(diagram, target)
    placing.finish()
    left = source if source in diagram.nodes else ""
    return Edited(diagram.source.text(), f"Removed {said} after {name}{_with(lost)}.", left)


def check_way_removal(diagram: Diagram, flow: str) -> None:
    """Raises CannotChange for a way that cannot be removed."""
    way = diagram.flow(flow)
    source, target = way.get("sourceRef") or "", way.get("targetRef") or ""
    diagram.node(source)
    if len(diagram.out_of(source)) < 2:
        raise CannotChange(
            f"This is the only way that leaves {diagram.called(source)}, so it cannot be removed.", element=flow
        )
    left = list(diagram.onward[source])
    left.remove(target)
    _check_ends(diagram, {**diagram.onward, source: left})


def simplify(diagram: Diagram, key: str) -> None:
    """A gateway with one way out decides nothing: its condition goes, and with one way in the gateway itself."""
    if diagram.kind(key) not in SPLITS or len(ways := diagram.out_of(key)) != 1:
        if len(diagram.out_of(key)) > 1 and diagram.nodes[key].get("default") is None:
            _choose_default(diagram, key)
        return
    diagram.set_condition(ways[0], "")
    diagram.nodes[key].attrib.pop("default", "")
    target = ways[0].get("targetRef") or ""
    before = diagram.into(key)
    if len(before) == 1 and target != key and before[0].get("sourceRef") not in (key, target):
        take_step_out(diagram, key)


def _choose_default(diagram: Diagram, key: str) -> None:
    """A choice whose default went takes a way without a condition for it, else the last."""
    if diagram.kind(key) in ("parallelGateway", RACE):
        return
    ways = diagram.out_of(key)
    plain = [flow for flow in ways if flow.find(f"{B}conditionExpression") is None]
    chosen = (plain or ways)[-1]
    diagram.set_condition(chosen, "")
    diagram.nodes[key].set("default", chosen.get("id") or "")


def reachable(diagram: Diagram) -> set[str]:
    """What the start leads to."""
    return _reached(diagram, diagram.onward)


def _reached(diagram: Diagram, onward: Mapping[str, Collection[str]]) -> set[str]:
    return walk((key for key in diagram.nodes if diagram.kind(key) == "startEvent"), onward) & diagram.nodes.keys()


def _check_ends(diagram: Diagram, onward: Mapping[str, Collection[str]]) -> None:
    """Raises CannotChange where the start would lead to no end."""
    if not any(diagram.kind(key) == "endEvent" for key in _reached(diagram, onward)):
        raise CannotChange("Without this the case would never come to an end. Lead another way to an end first.")


def prune(diagram: Diagram, reached: set[str]) -> list[str]:
    """Remove what could be reached before and cannot be now; hands back their names. Raises CannotChange where no end
    would be left."""
    lost = [key for key in diagram.order() if key in reached - reachable(diagram)]
    names = [diagram.called(key) for key in lost if diagram.kind(key) != "endEvent"]
    beside: set[str] = set()
    for key in lost:
        if key in diagram.nodes:
            beside |= {flow.get("targetRef") or "" for flow in diagram.out_of(key)}
            diagram.drop(key)
    for key in sorted(beside):
        if key in diagram.nodes:
            simplify(diagram, key)
    _check_ends(diagram, diagram.onward)
    return names


def _with(names: list[str]) -> str:
    if not names:
        return ""
    shown = names if len(names) <= 3 else [*names[:2], f"{len(names) - 2} more"]
    return f", and {listed(shown)}, which only it led to"
