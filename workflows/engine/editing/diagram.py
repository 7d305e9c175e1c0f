"""The process of a BPMN text under change: its steps and flows, and the handful of strokes that edits are made of."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workflows.domain.errors import Unsound
from workflows.engine.called import Named, called
from workflows.engine.drawings import Drawing, read
from workflows.engine.editing.glance import A, B, Glance, ref_of, refs
from workflows.engine.editing.source import Node, Source, is_element, make, put, take_out
from workflows.engine.reading_order import reading_order
from workflows.engine.xml import ACCORD

__all__ = ["XSI", "A", "B", "CannotChange", "Diagram", "Edited", "ref_of", "refs", "slug"]

XSI = "http://www.w3.org/2001/XMLSchema-instance"
TYPE = f"{{{XSI}}}type"
BEFORE_FLOWS = ("documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef")
MAX_ID, LONGEST_ID = 60, 95
OF_THE_ENGINE = frozenset({"Start", "End", "Root"})


class CannotChange(Unsound):
    """{fault}"""

    def __init__(self, fault: str, *, element: str = "") -> None:
        super().__init__(fault=fault, element=element)


@dataclass(frozen=True)
class Edited:
    """What an edit made: the new text, what was done as a sentence in the past tense, and the element that it was done
    to: an id, for whoever shows it next ("" for the whole process)."""

    text: str
    said: str
    element: str = ""


class Diagram:
    """One text under change. Read it with `Diagram(text)`, change it, and write it with `text()`."""

    def __init__(self, text: str) -> None:
        """Raises NotAcceptable where the text cannot be read or has no process."""
        self.before: Drawing = read(text)
        self.source = Source(text)
        self.source.declare("accord", ACCORD)
        processes = [each for each in self.source.root if each.tag == f"{B}process"]
        self.process = next((each for each in processes if each.get("id") == self.before.process), processes[0])

    @property
    def nodes(self) -> Mapping[str, Node]:
        """The steps, events and gateways by id, in the order of the file."""
        return self._known.nodes

    @property
    def flows(self) -> Mapping[str, Node]:
        """The sequence flows by id, in the order of the file."""
        return self._known.flows

    @cached_property
    def _known(self) -> "Glance":
        return Glance.of(self.process)

    def renew(self) -> None:
        """Look at the process anew, after strokes that were made on its elements themselves."""
        self.__dict__.pop("_ids", None)
        self._changed()

    def _changed(self) -> None:
        """Let go of what was found out about the process: something was put in or taken out."""
        for known in ("_known", "onward"):
            self.__dict__.pop(known, None)

    def node(self, key: str) -> Node:
        """A step, event or gateway. Raises CannotChange where there is none."""
        if key not in self.nodes:
            raise CannotChange(f"There is no element “{key[:80]}” in this process any more.", element=key)
        return self.nodes[key]

    def flow(self, key: str) -> Node:
        """A flow. Raises CannotChange where there is none."""
        if key not in self.flows:
            raise CannotChange(f"There is no way “{key[:80]}” in this process any more.", element=key)
        return self.flows[key]

    def out_of(self, key: str) -> list[Node]:
        """The flows that leave an element."""
        return self._known.ways_out.get(key, [])

    def into(self, key: str) -> list[Node]:
        """The flows that reach an element."""
        return self._known.ways_in.get(key, [])

    def attached_to(self, key: str) -> list[str]:
        """The events on the edge of an element."""
        return self._known.attached.get(key, [])

    def kind(self, key: str) -> str:
        """BPMN's name for what an element is."""
        return str(self.node(key).tag).removeprefix(B)

    def called(self, key: str) -> str:
        """An element as sentences name it: “Name”, and without one by what stands beside it."""
        self.node(key)
        return called(self, key)

    def named(self, key: str) -> Named | None:
        """What sentences need of an element; None where there is none."""
        node = self.nodes.get(key)
        if node is None:
            return None
        timed = node.find(f"{B}timerEventDefinition") is not None
        return Named(self.kind(key), node.get("name") or "", node.get("attachedToRef") or "", timed)

    def sources(self, key: str) -> list[str]:
        """Where the flows come from that reach an element."""
        return [flow.get("sourceRef") or "" for flow in self.into(key)]

    def targets(self, key: str) -> list[str]:
        """Where the flows lead that leave an element."""
        return [flow.get("targetRef") or "" for flow in self.out_of(key)]

    @cached_property
    def onward(self) -> Mapping[str, tuple[str, ...]]:
        """Where each element leads: along its ways, and over the events on its edge."""
        return {key: (*self.targets(key), *self.attached_to(key)) for key in self.nodes}

    def order(self) -> tuple[str, ...]:
        """The elements in the order in which a person would read the drawing aloud, as it stands now."""
        nodes = self.nodes
        start = next((key for key in nodes if self.kind(key) == "startEvent"), "")
        edges = frozenset(key for keys in self._known.attached.values() for key in keys)
        known = {key: [each for each in keys if each in nodes] for key, keys in self.onward.items()}
        return reading_order(tuple(nodes), start, known, edges)

    # ------------------------------------------------------------------------------------------------------- names

    @cached_property
    def _ids(self) -> set[str]:
        return {each.get("id") or "" for each in self.source.root.iter() if is_element(each)}

    def new_id(self, name: str, otherwise: str = "step", limit: int = MAX_ID) -> str:
        """An id that is a name, and that nothing in the file has yet."""
        stem = slug(name, limit) or otherwise
        key, number = stem, 2
        while key in self._ids or key in OF_THE_ENGINE:
            key, number = f"{stem}_{number}", number + 1
        self._ids.add(key)
        return key

    # ------------------------------------------------------------------------------------------------------- lanes

    @property
    def lanes(self) -> list[Node]:
        """The lanes from top to bottom."""
        return list(self.process.iter(f"{B}lane"))

    def lane_of(self, key: str) -> Node | None:
        """The lane that an element stands in."""
        return self._known.homes.get(key)

    def lane_id(self, key: str) -> str:
        """The id of the lane that an element stands in, or ""."""
        lane = self.lane_of(key)
        return (lane.get("id") or "") if lane is not None else ""

    def into_lane(self, key: str, role: str) -> None:
        """Put an element into the lane of a role, which is made where there is none. An emptied lane goes."""
        made = [each for each in self.lanes if each.get("name") == role]
        lane = made[0] if made else self._new_lane(role)
        old = self.lane_of(key)
        if old is lane:
            return
        self.out_of_lanes(key)
        self._refer(lane, key)
        if old is not None and not refs(old) and len(self.lanes) > 1:
            take_out(old)

    def out_of_lanes(self, key: str) -> None:
        """Take an element out of the lane that it stands in."""
        for lane in self.lanes:
            for ref in refs(lane):
                if ref_of(ref) == key:
                    take_out(ref)
        self._changed()

    def _new_lane(self, role: str) -> Node:
        holder = self.process.find(f"{B}laneSet")
        if holder is None:
            holder = self.make(self.process, "laneSet", id=self.new_id(f"{self.process.get('id')}_lanes"))
            put(self.process, holder, place_behind(self.process, ("documentation", "extensionElements")))
            lane = self._lane_in(holder, role)
            for key, node in self.nodes.items():  # whoever has lanes has every element in one
                if not node.get("attachedToRef"):
                    self._refer(lane, key)
            return lane
        return self._lane_in(holder, role)

    def _lane_in(self, holder: Node, role: str) -> Node:
        lane = self.make(holder, "lane", id=self.new_id(f"lane_{role}"), name=role)
        put(holder, lane, len(holder))
        return lane

    def _refer(self, lane: Node, key: str) -> None:
        ref = self.make(lane, "flowNodeRef")
        ref.text = key
        put(lane, ref, len(lane))
        self._changed()

    # ----------------------------------------------------------------------------------------------------- strokes

    def make(self, parent: Node, kind: str, **attributes: str) -> Node:
        """A new element of BPMN, not yet put anywhere."""
        return make(parent, f"{B}{kind}", **attributes)

    def add(self, kind: str, key: str, name: str, *, behind: str = "", **attributes: str) -> Node:
        """A new step, event or gateway, in the file behind another."""
        named = {"name": name} if name else {}
        node = self.make(self.process, kind, id=key, **named, **attributes)
        children = list(self.process)
        after = self.nodes.get(behind) if behind else None
        if after is not None:
            place = children.index(after) + 1
        else:
            flows = [at for at, each in enumerate(children) if each.tag == f"{B}sequenceFlow"]
            place = flows[0] if flows else len(children)
        put(self.process, node, place)
        self._changed()
        return node

    def connect(self, source: str, target: str, *, name: str = "", condition: str = "") -> str:
        """A new flow; hands back its id."""
        key = self.new_id(f"{source}_to_{target}", "way", LONGEST_ID)
        named = {"name": name} if name else {}
        flow = self.make(self.process, "sequenceFlow", id=key, **named, sourceRef=source, targetRef=target)
        children = list(self.process)
        flows = [at for at, each in enumerate(children) if each.tag == f"{B}sequenceFlow"]
        put(self.process, flow, flows[-1] + 1 if flows else place_behind(self.process, None))
        self._changed()
        self.set_condition(flow, condition)
        self._note(self.node(source), "outgoing", key)
        self._note(self.node(target), "incoming", key)
        return key

    def redirect(self, flow: Node, *, source: str = "", target: str = "") -> str:
        """Let a flow begin or end elsewhere. A flow that is called by its ends is called anew; hands back its id."""
        key, old = flow.get("id") or "", (flow.get("sourceRef") or "", flow.get("targetRef") or "")
        new = (source or old[0], target or old[1])
        flow.set("sourceRef", new[0])
        flow.set("targetRef", new[1])
        self._changed()
        for before, after, side in ((old[0], new[0], "outgoing"), (old[1], new[1], "incoming")):
            if before != after:
                self._forget(self.nodes.get(before), side, key)
                self._note(self.node(after), side, key)
        if re.fullmatch(re.escape(f"{old[0]}_to_{old[1]}") + r"(_\d+)?", key) and old != new:
            self._ids.discard(key)
            self._rename_flow(flow, self.new_id(f"{new[0]}_to_{new[1]}", "way", LONGEST_ID))
        return flow.get("id") or ""

    def _rename_flow(self, flow: Node, new: str) -> None:
        """Give a flow another id: at its two ends, and in the picture."""
        old = flow.get("id") or ""
        flow.set("id", new)
        for end in (flow.get("sourceRef") or "", flow.get("targetRef") or ""):
            for ref in self.nodes[end].iterchildren(f"{B}incoming", f"{B}outgoing") if end in self.nodes else ():
                if ref_of(ref) == old:
                    ref.text = new
        source = self.nodes.get(flow.get("sourceRef") or "")
        if source is not None and source.get("default") == old:
            source.set("default", new)
        for edge in self._drawn.get(old, ()):
            edge.set("bpmnElement", new)
            if edge.get("id") in (f"{old}_edge", f"{old}_di"):
                edge.set("id", (edge.get("id") or "").replace(old, new, 1))
        if old in self._drawn:
            self._drawn[new] = self._drawn.pop(old)
        self._changed()

    @cached_property
    def _drawn(self) -> dict[str, list[Node]]:
        """The parts of the picture, by the element that they show."""
        found: dict[str, list[Node]] = {}
        for each in self.source.root.iter("{*}BPMNEdge"):
            found.setdefault(each.get("bpmnElement") or "", []).append(each)
        return found

    def rename(self, old: str, new: str) -> None:
        """Give an element or a flow another id, wherever it is spoken of."""
        for each in self.source.root.iter():
            if not is_element(each):
                continue
            for name, value in each.attrib.items():
                if value == old and name in REFERENCES:
                    each.set(name, new)
                elif name == "id" and value in (f"{old}_edge", f"{old}_shape", f"{old}_di"):
                    each.set("id", value.replace(old, new, 1))
            if each.tag.removeprefix(B) in ("incoming", "outgoing", "flowNodeRef") and ref_of(each) == old:
                each.text = new
        self._ids.add(new)
        self.__dict__.pop("_drawn", None)
        self._changed()

    def drop_flow(self, flow: Node) -> None:
        """Remove a flow, and the gateway's word that it is the default."""
        key = flow.get("id") or ""
        for end, side in ((flow.get("sourceRef"), "outgoing"), (flow.get("targetRef"), "incoming")):
            self._forget(self.nodes.get(end or ""), side, key)
        source = self.nodes.get(flow.get("sourceRef") or "")
        if source is not None and source.get("default") == key:
            del source.attrib["default"]
        take_out(flow)
        self._changed()

    def drop(self, key: str) -> None:
        """Remove an element with its flows and the events on its edge. A lane that it leaves empty goes too."""
        for event in self.attached_to(key):
            self.drop(event)
        for flow in dict.fromkeys([*self.out_of(key), *self.into(key)]):
            self.drop_flow(flow)
        lane = self.lane_of(key)
        self.out_of_lanes(key)
        if lane is not None and not refs(lane) and len(self.lanes) > 1:
            take_out(lane)
        for note in [*self.process.iter(f"{B}association")]:
            if key in (note.get("sourceRef"), note.get("targetRef")):
                take_out(note)
        take_out(self.node(key))
        self._changed()

    def set_condition(self, flow: Node, condition: str) -> None:
        """Write the condition of a flow; an empty one is removed."""
        old = flow.find(f"{B}conditionExpression")
        if old is not None and not condition:
            take_out(old)
        elif old is not None:
            old.text = condition
        elif condition:
            self.source.declare("xsi", XSI)
            new = self.make(flow, "conditionExpression")
            prefix = flow.prefix
            new.set(TYPE, f"{prefix}:tFormalExpression" if prefix else "tFormalExpression")
            new.text = condition
            put(flow, new, len(flow))

    def document(self, node: Node, text: str) -> None:
        """Write the documentation of an element; an empty one is removed."""
        old = node.find(f"{B}documentation")
        if old is not None and not text:
            take_out(old)
        elif text:
            new = old if old is not None else self.make(node, "documentation")
            for child in list(new):
                new.remove(child)
            new.text = text
            if old is None:
                put(node, new, 0)

    def extensions(self, node: Node) -> Node | None:
        """The place for what BPMN does not know, if there is one."""
        return node.find(f"{B}extensionElements")

    def make_extensions(self, node: Node) -> Node:
        """Make that place."""
        made = self.make(node, "extensionElements")
        put(node, made, place_behind(node, ("documentation",)))
        return made

    def _note(self, node: Node, side: str, key: str) -> None:
        ref = self.make(node, side)
        ref.text = key
        put(node, ref, place_behind(node, (*BEFORE_FLOWS, "incoming", *(("outgoing",) if side == "outgoing" else ()))))

    def _forget(self, node: Node | None, side: str, key: str) -> None:
        for ref in list(node.iterchildren(f"{B}{side}")) if node is not None else ():
            if ref_of(ref) == key:
                take_out(ref)


REFERENCES = frozenset({"id", "sourceRef", "targetRef", "default", "attachedToRef", "bpmnElement"})


def place_behind(node: Node, kinds: tuple[str, ...] | None) -> int:
    """The place behind the last child of some kinds; None: behind all."""
    """The place behind the last child of some kinds (None: behind all)."""
    if kinds is None:
        return len(node)
    tags = {f"{B}{kind}" for kind in kinds}
    return max((place + 1 for place, child in enumerate(node) if child.tag in tags), default=0)


def slug(name: str, limit: int = MAX_ID) -> str:
    """`sign_plan` for “Sign plan!”: plain letters, digits and underscores, beginning with a letter; "" for none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")[:limit].rstrip("_")
