"""Two sets of changes to one diagram put together: part by part, where no part was changed on both sides."""

from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from workflows.engine.drawings import FLOW_NODES
from workflows.engine.editing.diagram import BEFORE_FLOWS, B, CannotChange, Diagram, place_behind, ref_of, refs
from workflows.engine.editing.placing import Placing
from workflows.engine.editing.source import Node, is_element, put, take_out

ENDS = (f"{B}incoming", f"{B}outgoing")
"""What an element says of its flows, which the flows say themselves."""
OF_THE_PROCESS = frozenset({f"{B}documentation", f"{B}extensionElements"})

CHANGED: Mapping[str, str] = {
    "process": "the name of the process, or what it is for",
    "element": "{}",
    "lane": "who does {}",
    "ways": "what comes after {}",
    "flow": "the way from {}",
    "beside": "what stands beside the steps",
}
"""Kinds of parts, as sentences call them."""

Part = tuple[str, str]
"""A kind of part, and the id of what it is about."""
Said = Mapping[Part, str]


def merged(base: str, ours: str, theirs: str) -> str:
    """`theirs` with all that `ours` changed since `base`, and the picture of `theirs` with that drawn into it.

    Raises NotAcceptable, and CannotChange where no rule puts the changes together: both sides changed the same part, or
    one took out what the other leans on.
    """
    was, mine, others = (Diagram(text) for text in (base, ours, theirs))
    changed = list(_to_bring_in(was, mine, others))
    for prefix, uri in mine.source.root.nsmap.items():
        others.source.declare(prefix or "own", uri)
    placing = Placing(others)
    _bring_in(mine, others, changed)
    placing.finish()
    return others.source.text()


def _said(diagram: Diagram) -> Said:
    """All that a diagram says but for its picture. The ways out of an element are said as a whole: two ways that were
    led out of one step, each on a side of its own, are no choice that anybody drew."""
    said = {("process", ""): _letters_of_process(diagram)}
    for each in filter(is_element, diagram.source.root):
        if each.tag != f"{B}process" and not each.tag.endswith("BPMNDiagram"):
            said["beside", each.get("id") or str(each.tag)] = _letters(each)
    for each in filter(is_element, diagram.process):
        kind, key = each.tag.removeprefix(B), each.get("id") or ""
        if kind in FLOW_NODES:
            lane = diagram.lane_of(key)
            said["element", key] = _letters(each)
            said["lane", key] = (lane.get("name") or "") if lane is not None else ""
            said["ways", key] = " ".join(sorted(flow.get("id") or "" for flow in diagram.out_of(key)))
        elif kind == "sequenceFlow":
            said["flow", key] = _letters(each)
        elif kind != "laneSet" and each.tag not in OF_THE_PROCESS:
            said["beside", key] = _letters(each)
    return said


def _letters_of_process(diagram: Diagram) -> str:
    own = [_letters(each) for each in diagram.process if each.tag in OF_THE_PROCESS]
    return "\n".join([str(sorted(diagram.process.attrib.items())), *own])


def _letters(node: Node) -> str:
    """An element as it reads, however it is written."""
    return str(etree.canonicalize(etree.tostring(_copied(node), encoding="unicode"), strip_text=True))


def _copied(node: Node) -> Node:
    """An element on its own, without what its flows say too."""
    copy = deepcopy(node)
    copy.tail = None
    for end in [each for each in copy if each.tag in ENDS]:
        take_out(end)
    return copy


def _to_bring_in(was: Diagram, mine: Diagram, others: Diagram) -> Iterator[Part]:
    """What `mine` changed. Raises CannotChange where `others` changed it too, and otherwise."""
    before, here, there = (_said(diagram) for diagram in (was, mine, others))
    for kind, key in dict.fromkeys([*before, *here]):
        part = (kind, key)
        if here.get(part) in (before.get(part), there.get(part)):
            continue
        if there.get(part) != before.get(part):
            named = _named(was, key) or _named(mine, key)
            raise CannotChange(f"Both changed {CHANGED[kind].format(named)}.", element=key)
        if kind == "beside":
            raise CannotChange("The draft changed notes, or what other tools drew beside the steps.", element=key)
        yield part


def _named(diagram: Diagram, key: str) -> str:
    """An element, or a way by what it leads from and to; "" where the diagram has neither."""
    if key in diagram.nodes:
        return diagram.called(key)
    flow = diagram.flows.get(key)
    ends = [flow.get("sourceRef") or "", flow.get("targetRef") or ""] if flow is not None else []
    return " to ".join(diagram.called(end) for end in ends if end in diagram.nodes)


def _bring_in(mine: Diagram, others: Diagram, changed: list[Part]) -> None:
    for kind, key in changed:
        if kind == "process":
            _rewrite(others.process, mine.process, OF_THE_PROCESS)
        elif kind == "element":
            _take_over(others, others.nodes.get(key), mine.nodes.get(key))
    for kind, key in changed:
        if kind == "flow":
            _take_over(others, others.flows.get(key), mine.flows.get(key))
    _give_lanes(mine, others, [key for kind, key in changed if kind == "lane"])
    others.renew()
    _check(others)
    for key, node in others.nodes.items():
        _note_ends(others, key, node)


def _give_lanes(mine: Diagram, others: Diagram, keys: list[str]) -> None:
    """Put elements into the lanes in which they stand on this side, and take out lanes that nobody needs any more."""
    for key in keys:
        lane = mine.lane_of(key)
        if lane is None:
            others.out_of_lanes(key)
        else:
            others.into_lane(key, lane.get("name") or "")
    kept = {lane.get("name") for lane in mine.lanes}
    for lane in [each for each in others.lanes if not refs(each) and each.get("name") not in kept]:
        take_out(lane)


def _take_over(others: Diagram, old: Node | None, new: Node | None) -> None:
    """Let an element or a flow be as on this side."""
    if new is None and old is not None:
        take_out(old)
    elif old is not None and new is not None:
        _rewrite(old, new)
    elif new is not None:
        children = list(others.process)
        flows = [place for place, each in enumerate(children) if each.tag == f"{B}sequenceFlow"]
        behind = flows[-1] + 1 if flows else len(children)
        put(others.process, _copied(new), behind if new.tag == f"{B}sequenceFlow" or not flows else flows[0])
    others.renew()


def _rewrite(old: Node, new: Node, only: frozenset[str] | None = None) -> None:
    """Let an element say what another one says, and stay the one that it is; `only`: of its children these alone."""
    copy = _copied(new)
    for child in [each for each in old if only is None or each.tag in only]:
        take_out(child)
    old.attrib.clear()
    old.attrib.update(copy.attrib)
    if only is None:
        old.tag, old.text = copy.tag, copy.text
    for place, child in enumerate([each for each in copy if only is None or each.tag in only]):
        put(old, child, place)


def _check(diagram: Diagram) -> None:
    """That nothing leans on what the other side took out. Raises CannotChange."""
    leant_on = {flow.get(end) for flow in diagram.flows.values() for end in ("sourceRef", "targetRef")}
    hosts = {node.get("attachedToRef") for node in diagram.nodes.values() if node.get("attachedToRef")}
    defaults = {(key, node.get("default")) for key, node in diagram.nodes.items() if node.get("default")}
    ways = {(flow.get("sourceRef"), key) for key, flow in diagram.flows.items()}
    if not (leant_on | hosts <= diagram.nodes.keys() and defaults <= ways):
        raise CannotChange("One of them took out what the other one leads to or goes on from.")


def _note_ends(diagram: Diagram, key: str, node: Node) -> None:
    """Let an element say which flows reach and leave it, where it does not say so already."""
    ways = [*(("incoming", flow) for flow in diagram.into(key)), *(("outgoing", flow) for flow in diagram.out_of(key))]
    wanted = [(f"{B}{side}", flow.get("id") or "") for side, flow in ways]
    ends = [each for each in node if each.tag in ENDS]
    if sorted((str(each.tag), ref_of(each)) for each in ends) == sorted(wanted):
        return
    for end in ends:
        take_out(end)
    place = place_behind(node, BEFORE_FLOWS)
    for number, (side, flow) in enumerate(wanted):
        ref = diagram.make(node, side.removeprefix(B))
        ref.text = flow
        put(node, ref, place + number)
