"""Repairs of the way through: its beginning and ends, ways without ids, splits that are not drawn, default ways."""

from collections.abc import Sequence

from workflows.engine.editing.diagram import LONGEST_ID, B, Diagram
from workflows.engine.editing.repairing import Answers, Asked, Offered, Repair, Said
from workflows.engine.editing.source import Node, take_out

CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway"})
GATEWAYS = CHOICES | {"parallelGateway", "eventBasedGateway", "complexGateway"}
ONE, ALL = "one", "all"


def _flows(diagram: Diagram) -> list[Node]:
    """Every flow, those without an id too."""
    return list(diagram.process.iterchildren(f"{B}sequenceFlow"))


def _nameless(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if _without_id(diagram) else None


def _without_id(diagram: Diagram) -> list[Node]:
    """The ways, and the elements, that have none."""
    nameless = [diagram.nodes[""]] if "" in diagram.nodes else []
    return [*nameless, *(flow for flow in _flows(diagram) if not flow.get("id"))]


def _name_flows(diagram: Diagram, _: Answers, __: Offered) -> Said:
    count = 0
    while found := _without_id(diagram):
        for each in found:
            ends = f"{each.get('sourceRef')}_to_{each.get('targetRef')}" if each.get("sourceRef") else ""
            each.set("id", diagram.new_id(ends or each.get("name") or "", "step", LONGEST_ID))
            count += 1
        diagram.renew()
    return [f"Gave an id to what had none ({count}), and would have been left out without one."]


def _twice(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    ends = [(flow.get("sourceRef"), flow.get("targetRef")) for flow in _flows(diagram)]
    return () if len(set(ends)) < len(ends) else None


def _drop_doubles(diagram: Diagram, _: Answers, __: Offered) -> Said:
    seen, said = set(), []
    for flow in _flows(diagram):
        ends = (flow.get("sourceRef") or "", flow.get("targetRef") or "")
        if ends in seen:
            diagram.drop_flow(flow)
            said.append(f"Removed a way from {_called(diagram, ends[0])} that was drawn twice.")
        seen.add(ends)
    return said


def _loose(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if _loose_flows(diagram) else None


def _loose_flows(diagram: Diagram) -> list[Node]:
    ends = ("sourceRef", "targetRef")
    return [flow for flow in _flows(diagram) if any((flow.get(end) or "") not in diagram.nodes for end in ends)]


def _drop_loose(diagram: Diagram, _: Answers, __: Offered) -> Said:
    found = _loose_flows(diagram)
    for flow in found:
        diagram.drop_flow(flow)
    return [f"Removed {len(found)} ways that begin or end outside this process."]


def _starts(diagram: Diagram) -> list[str]:
    return [key for key in diagram.nodes if diagram.kind(key) == "startEvent"]


def _first(diagram: Diagram) -> list[str]:
    """The elements that nothing leads to."""
    return [key for key, node in diagram.nodes.items() if not diagram.into(key) and not node.get("attachedToRef")]


def _no_start(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    if _starts(diagram) or not diagram.nodes:
        return None
    first = _first(diagram) or list(diagram.nodes)
    if len(first) == 1:
        return ()
    return (Asked("first", "What comes first?", tuple((key, diagram.called(key)) for key in first), first[0]),)


def _add_start(diagram: Diagram, answers: Answers, _: Offered) -> Said:
    first = answers.get("first") or next(iter(_first(diagram)), next(iter(diagram.nodes)))
    key = diagram.new_id("begins")
    diagram.add("startEvent", key, "Begins")
    diagram.node(first)
    lane = diagram.lane_of(first)
    if lane is not None:
        diagram.into_lane(key, lane.get("name") or "")
    diagram.connect(key, first)
    return [f"Added a beginning before {diagram.called(first)}."]


def _many_starts(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    starts = _starts(diagram)
    if len(starts) < 2:
        return None
    return (Asked("start", "Which beginning counts?", tuple((key, diagram.called(key)) for key in starts), starts[0]),)


def _keep_one_start(diagram: Diagram, answers: Answers, _: Offered) -> Said:
    """The steps behind the others stay, and are led to from the one that is kept only if they are drawn so."""
    kept = answers.get("start") or _starts(diagram)[0]
    diagram.node(kept)
    said = []
    for key in _starts(diagram):
        if key != kept:
            said.append(f"Removed the beginning {diagram.called(key)}.")
            diagram.drop(key)
    return said


def _ends_open(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if _open_ends(diagram) else None


def _open_ends(diagram: Diagram) -> list[str]:
    return [key for key in diagram.nodes if diagram.kind(key) != "endEvent" and not diagram.out_of(key)]


def _add_ends(diagram: Diagram, _: Answers, __: Offered) -> Said:
    said = []
    for key in _open_ends(diagram):
        end = diagram.new_id(f"{key}_done", "done")
        diagram.add("endEvent", end, "Done", behind=key)
        lane = diagram.lane_of(diagram.nodes[key].get("attachedToRef") or key)
        if lane is not None:
            diagram.into_lane(end, lane.get("name") or "")
        diagram.connect(key, end)
        said.append(f"Added an end after {diagram.called(key)}, which led nowhere.")
    return said


def _split(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    found = _splits(diagram)
    options = ((ONE, "One of them: a choice"), (ALL, "All of them, at the same time"))
    asks = [
        Asked(
            f"split-{key}", f"Which way does the case go after {diagram.called(key)}?", options, ONE if chooses else ALL
        )
        for key, chooses in found.items()
    ]
    return asks or None


def _splits(diagram: Diagram) -> dict[str, bool]:
    """The steps and events that several ways leave; whether any of the ways has a condition."""
    found = {}
    for key in diagram.nodes:
        ways = diagram.out_of(key)
        if len(ways) > 1 and diagram.kind(key) not in GATEWAYS:
            found[key] = any(flow.find(f"{B}conditionExpression") is not None for flow in ways)
    return found


def _draw_splits(diagram: Diagram, answers: Answers, _: Offered) -> Said:
    said = []
    for key, chooses in _splits(diagram).items():
        one = answers.get(f"split-{key}", ONE if chooses else ALL) == ONE
        gateway = diagram.new_id(f"after_{key}")
        default = diagram.nodes[key].get("default")
        diagram.add("exclusiveGateway" if one else "parallelGateway", gateway, "", behind=key)
        lane = diagram.lane_of(key)
        if lane is not None:
            diagram.into_lane(gateway, lane.get("name") or "")
        for flow in list(diagram.out_of(key)):
            renamed = diagram.redirect(flow, source=gateway)
            if default == flow.get("id") or default == renamed:
                diagram.nodes[gateway].set("default", renamed)
            if not one:
                diagram.set_condition(flow, "")
        diagram.nodes[key].attrib.pop("default", "")
        diagram.connect(key, gateway)
        what = "a choice" if one else "a gateway for ways that are gone at the same time"
        said.append(f"Drew {what} after {diagram.called(key)}, which several ways left.")
    return said


def _undecided(diagram: Diagram) -> list[str]:
    found = []
    for key in diagram.nodes:
        ways = [flow.get("id") for flow in diagram.out_of(key)]
        if diagram.kind(key) in CHOICES and len(ways) > 1 and diagram.nodes[key].get("default") not in ways:
            found.append(key)
    return found


def _no_default(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    asks = []
    for key in _undecided(diagram):
        ways = diagram.out_of(key)
        plain = [flow for flow in ways if flow.find(f"{B}conditionExpression") is None]
        options = tuple((flow.get("id") or "", _way(diagram, flow)) for flow in ways)
        suggested = (plain or ways)[-1].get("id") or ""
        asks.append(
            Asked(f"default-{key}", f"Where does the case go from {diagram.called(key)} otherwise?", options, suggested)
        )
    return asks or None


def _set_defaults(diagram: Diagram, answers: Answers, offered: Offered) -> Said:
    suggested = {asked.key: asked.suggested for asked in _no_default(diagram, offered) or ()}
    said = []
    for key in _undecided(diagram):
        way = diagram.flow(answers.get(f"default-{key}") or suggested[f"default-{key}"])
        if way.get("sourceRef") != key:
            continue
        diagram.set_condition(way, "")
        diagram.nodes[key].set("default", way.get("id") or "")
        said.append(f"From {diagram.called(key)} the case goes {_way(diagram, way)} when no condition holds.")
    return said


def _idle(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if _idle_conditions(diagram) or _idle_defaults(diagram) else None


def _idle_conditions(diagram: Diagram) -> list[Node]:
    found = []
    for flow in diagram.flows.values():
        source = flow.get("sourceRef") or ""
        if flow.find(f"{B}conditionExpression") is None or source not in diagram.nodes:
            continue
        ways = diagram.out_of(source)
        default = diagram.nodes[source].get("default") == flow.get("id")
        if default or (len(ways) == 1) or diagram.kind(source) in GATEWAYS - CHOICES:
            found.append(flow)
    return found


def _idle_defaults(diagram: Diagram) -> list[str]:
    return [
        key
        for key, node in diagram.nodes.items()
        if node.get("default") and (len(diagram.out_of(key)) < 2 or diagram.kind(key) in GATEWAYS - CHOICES)
    ]


def _drop_idle(diagram: Diagram, _: Answers, __: Offered) -> Said:
    said = []
    for flow in _idle_conditions(diagram):
        diagram.set_condition(flow, "")
        said.append(f"Removed a condition from the way {_way(diagram, flow)}, which is taken without asking.")
    for key in _idle_defaults(diagram):
        del diagram.nodes[key].attrib["default"]
        said.append(f"Removed the default of {diagram.called(key)}, where there is nothing to choose.")
    return said


def _typed_start(diagram: Diagram, _: Offered) -> Sequence[Asked] | None:
    return () if any(_definitions(diagram, key) for key in _starts(diagram)) else None


def _definitions(diagram: Diagram, key: str) -> list[Node]:
    return [child for child in diagram.nodes[key] if str(child.tag).endswith("EventDefinition")]


def _make_plain(diagram: Diagram, _: Answers, __: Offered) -> Said:
    said = []
    for key in _starts(diagram):
        for definition in _definitions(diagram, key):
            take_out(definition)
            said.append(f"Made {diagram.called(key)} a plain beginning: a person or another case starts the process.")
    return said


def _way(diagram: Diagram, flow: Node) -> str:
    name = flow.get("name")
    return (
        f"“{name}” to {_called(diagram, flow.get('targetRef') or '')}"
        if name
        else f"to {_called(diagram, flow.get('targetRef') or '')}"
    )


def _called(diagram: Diagram, key: str) -> str:
    return diagram.called(key) if key in diagram.nodes else "nowhere"


NAME_WAYS = Repair("flow_ids", "Some ways or steps have no id.", "Give each an id.", _nameless, _name_flows)
REPAIRS = (
    Repair("loose", "Some ways begin or end outside the process.", "Remove them.", _loose, _drop_loose),
    Repair("twice", "Some ways are drawn twice.", "Keep one of each.", _twice, _drop_doubles),
    Repair("start", "The process has no beginning.", "Add one.", _no_start, _add_start),
    Repair("starts", "The process has several beginnings.", "Keep one.", _many_starts, _keep_one_start),
    Repair("plain_start", "The process begins with an event.", "Make it a plain beginning.", _typed_start, _make_plain),
    Repair("ends", "Some steps lead nowhere.", "Add an end after each.", _ends_open, _add_ends),
    Repair("splits", "Several ways leave a step.", "Draw what happens there.", _split, _draw_splits),
    Repair("defaults", "Some choices do not say where the case goes otherwise.", "Say it.", _no_default, _set_defaults),
    Repair("idle", "Some conditions are never asked.", "Remove them.", _idle, _drop_idle),
)  # fmt: skip
