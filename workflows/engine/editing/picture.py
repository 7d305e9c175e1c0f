"""The picture of a diagram: a box for each step, a line for each flow, a band for each lane; in pixels, y downwards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workflows.engine.editing.diagram import Diagram
from workflows.engine.editing.source import Node, make, put, take_out

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
SHAPE, EDGE, LABEL, PLANE = (f"{{{DI}}}BPMN{name}" for name in ("Shape", "Edge", "Label", "Plane"))
BOUNDS, WAYPOINT = f"{{{DC}}}Bounds", f"{{{DD}}}waypoint"
SIZES: Mapping[str, tuple[float, float]] = {"Event": (36, 36), "Gateway": (50, 50)}
STEP = (120.0, 80.0)
Point = tuple[float, float]
TOUCHES = 4.0
"""How far from the border of a box a line may end and still be taken to touch it."""


@dataclass(frozen=True)
class Box:
    """A rectangle: its left upper corner, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, right: float, down: float) -> "Box":
        return replace(self, x=self.x + right, y=self.y + down)

    def wider(self, by: float) -> "Box":
        """The same with a margin around it."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def overlaps(self, other: "Box") -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: "Box") -> bool:
        return self.x <= other.x and other.right <= self.right and self.y <= other.y and other.bottom <= self.bottom

    def touched(self, point: Point) -> bool:
        """Whether a point is on the border or within."""
        x, y = point
        return self.x - TOUCHES <= x <= self.right + TOUCHES and self.y - TOUCHES <= y <= self.bottom + TOUCHES

    def crossed(self, one: Point, other: Point) -> bool:
        """Whether a level or upright line goes through the inside."""
        (x, y), (to_x, to_y) = one, other
        left, right = (x, to_x) if x < to_x else (to_x, x)
        if left >= self.x + self.width - 1 or right <= self.x + 0.5:
            return False
        top, bottom = (y, to_y) if y < to_y else (to_y, y)
        return top < self.y + self.height - 1 and self.y + 0.5 < bottom


class Picture:
    """The picture of one diagram. What is asked for by an id is the box or line of that element."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        root = diagram.source.root
        planes = list(root.iter(PLANE))
        self.plane: Node | None = planes[0] if planes else None
        drawn = list(self.plane) if self.plane is not None else []
        self.shapes = {each.get("bpmnElement") or "": each for each in drawn if each.tag == SHAPE}
        self.edges = {each.get("bpmnElement") or "": each for each in drawn if each.tag == EDGE}

    # -------------------------------------------------------------------------------------------------------- boxes

    def box(self, key: str) -> Box | None:
        """Where an element stands; None where it is not drawn."""
        shape = self.shapes.get(key)
        bounds = shape.find(BOUNDS) if shape is not None else None
        return _box(bounds) if bounds is not None else None

    def boxes(self) -> dict[str, Box]:
        """The steps, events and gateways that are drawn."""
        return {key: box for key in self.diagram.nodes if (box := self.box(key)) is not None}

    def pool(self) -> str:
        """The id of the participant around the process, or ""."""
        process = self.diagram.process.get("id")
        found = (
            each.get("id") or ""
            for each in self.diagram.source.root.iter("{*}participant")
            if each.get("processRef") == process
        )
        return next(found, "")

    def bands(self) -> dict[str, Box]:
        """The boxes of the lanes that are drawn, by the lane's id."""
        keys = (lane.get("id") or "" for lane in self.diagram.lanes)
        return {key: box for key in keys if (box := self.box(key)) is not None}

    def lanes(self) -> tuple[str, ...]:
        """The names of the lanes from the top of the picture; as the file has them where not all are drawn."""
        bands, lanes = self.bands(), self.diagram.lanes
        if len(bands) == len(lanes):
            lanes.sort(key=lambda lane: bands[lane.get("id") or ""].y)
        return tuple(lane.get("name") or "" for lane in lanes)

    def band_of(self, key: str) -> Box | None:
        """The band in which an element stands by right: that of its lane; None where there are no lanes."""
        lane = self.diagram.lane_of(key)
        return self.box(lane.get("id") or "") if lane is not None else None

    def set_box(self, key: str, box: Box) -> None:
        """Draw an element in a place. Its label goes along."""
        shape, old = self.shapes.get(key), self.box(key)
        if shape is None or old is None:
            self._draw(key, box)
            return
        self._bound(shape, box)
        for label in shape.iterchildren(LABEL):
            for bounds in label.iterchildren(BOUNDS):
                _write(bounds, _box(bounds).moved(box.x - old.x, box.y - old.y))

    def move(self, key: str, right: float, down: float) -> None:
        """Move an element, with the events on its edge."""
        for each in (key, *self.diagram.attached_to(key)):
            box = self.box(each)
            if box is not None and (right or down):
                self.set_box(each, box.moved(right, down))

    def _draw(self, key: str, box: Box) -> None:
        plane = self._plane()
        shape = make(plane, SHAPE, id=self.diagram.new_id(f"{key}_shape"), bpmnElement=key)
        if key in {lane.get("id") for lane in self.diagram.lanes} or key == self.pool():
            shape.set("isHorizontal", "true")
        elif key in self.diagram.nodes and self.diagram.kind(key) == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        shapes = [at for at, each in enumerate(plane) if each.tag == SHAPE]
        put(plane, shape, shapes[-1] + 1 if shapes else 0)
        self.shapes[key] = shape
        self._bound(shape, box)

    def _bound(self, shape: Node, box: Box) -> None:
        bounds = shape.find(BOUNDS)
        if bounds is None:
            bounds = make(shape, BOUNDS)
            put(shape, bounds, 0)
        _write(bounds, box)

    def _plane(self) -> Node:
        if self.plane is not None:
            return self.plane
        source, process = self.diagram.source, self.diagram.process
        for prefix, uri in (("bpmndi", DI), ("dc", DC), ("di", DD)):
            source.declare(prefix, uri)
        drawn = make(source.root, f"{{{DI}}}BPMNDiagram", id=self.diagram.new_id(f"{process.get('id')}_diagram"))
        put(source.root, drawn, len(source.root))
        whole = next((each.get("id") for each in source.root.iterchildren("{*}collaboration")), process.get("id"))
        self.plane = make(drawn, PLANE, id=self.diagram.new_id(f"{process.get('id')}_plane"), bpmnElement=whole or "")
        put(drawn, self.plane, 0)
        return self.plane

    def label(self, key: str, box: Box) -> None:
        """Say where the name of an event, a gateway or a flow stands."""
        holder = self.shapes.get(key, self.edges.get(key))
        if holder is None:
            return
        label = holder.find(LABEL)
        if label is None:
            label = make(holder, LABEL)
            put(holder, label, len(holder))
        self._bound(label, box)

    # -------------------------------------------------------------------------------------------------------- lines

    def line(self, key: str) -> list[Point]:
        """The points of a flow; none where it is not drawn."""
        edge = self.edges.get(key)
        return [_point(each) for each in edge.iterchildren(WAYPOINT)] if edge is not None else []

    def set_line(self, key: str, points: Sequence[Point]) -> None:
        """Draw a flow along some points."""
        edge = self.edges.get(key)
        if edge is None:
            plane = self._plane()
            edge = make(plane, EDGE, id=self.diagram.new_id(f"{key}_edge"), bpmnElement=key)
            put(plane, edge, len(plane))
            self.edges[key] = edge
        for old in list(edge.iterchildren(WAYPOINT)):
            take_out(old)
        for place, (x, y) in enumerate(points):
            put(edge, make(edge, WAYPOINT, x=_number(x), y=_number(y)), place)

    def forget(self, key: str) -> None:
        """Take an element or a flow off the picture."""
        for drawn in (self.shapes, self.edges):
            if key in drawn:
                take_out(drawn.pop(key))

    # --------------------------------------------------------------------------------------------------------- room

    def make_room(self, *, right_of: float = float("inf"), below: float = float("inf"), by: float) -> None:
        """Move everything that begins right of a line, or below one, out of the way; lanes around it grow."""
        across, down = (by, 0.0) if right_of != float("inf") else (0.0, by)
        moved, bands = set(), {*self.bands(), self.pool()}
        for key in list(self.shapes):
            box, host = self.box(key), self._host(key)
            if box is None:
                continue
            around = key in bands
            stand = host or box
            if stand.x >= right_of or stand.y >= below:
                self.set_box(key, box.moved(across, down))
                moved.add(key)
            elif around and (box.right >= right_of or box.bottom >= below):
                self.set_box(key, replace(box, width=box.width + across, height=box.height + down))
        for key, edge in self.edges.items():
            flow = self.diagram.flows.get(key)
            ends = (flow.get("sourceRef") in moved, flow.get("targetRef") in moved) if flow is not None else None
            points = list(edge.iterchildren(WAYPOINT))
            for place, point in enumerate([*points, *edge.iter(BOUNDS)]):
                x, y = _point(point)
                goes = x >= right_of or y >= below
                if ends and place in (0, len(points) - 1):  # both ends of a line stay with their boxes
                    goes = ends[0 if place == 0 else 1]
                if goes:
                    point.set("x", _number(x + across))
                    point.set("y", _number(y + down))

    def _host(self, key: str) -> Box | None:
        node = self.diagram.nodes.get(key)
        host = node.get("attachedToRef") if node is not None else None
        return self.box(host) if host else None

    # ------------------------------------------------------------------------------------------------------- faults

    def faulty_lines(self) -> set[str]:
        """The flows whose lines are missing, end beside their boxes, are askew, or go through the box of another."""
        boxes = self.boxes()
        return {key for key, flow in self.diagram.flows.items() if self._faulty(flow, self.line(key), boxes)}

    def _faulty(self, flow: Node, line: Sequence[Point], boxes: Mapping[str, Box]) -> bool:
        ends = (flow.get("sourceRef") or "", flow.get("targetRef") or "")
        if len(line) < 2 or not all(end in boxes for end in ends):
            return True
        if not (boxes[ends[0]].touched(line[0]) and boxes[ends[1]].touched(line[-1])):
            return True
        if any(abs(a[0] - b[0]) > 1 and abs(a[1] - b[1]) > 1 for a, b in pairwise(line)):
            return True
        if inside(boxes[ends[0]], line[1]) or inside(boxes[ends[1]], line[-2]):
            return True
        others = [box for key, box in boxes.items() if key not in ends]
        return any(box.crossed(a, b) for a, b in pairwise(line) for box in others)

    def misplaced(self) -> set[str]:
        """The elements that stand outside their lane, or on top of others."""
        boxes, found = self.boxes(), set()
        for key, box in boxes.items():
            band = self.band_of(key)
            on_an_edge = self.diagram.nodes[key].get("attachedToRef")
            if (band is not None and not on_an_edge and not band.holds(box)) or any(
                box.overlaps(other) for other in self.others(key, boxes)
            ):
                found.add(key)
        return found

    def others(self, key: str, boxes: Mapping[str, Box]) -> Iterator[Box]:
        """The boxes of all elements but one, what it sits on, and what sits on it."""
        node = self.diagram.nodes[key]
        own = {key, node.get("attachedToRef"), *self.diagram.attached_to(key)}
        return (box for each, box in boxes.items() if each not in own)


def inside(box: Box, point: Point) -> bool:
    """Whether a point is well within a box."""
    return box.x + 2 < point[0] < box.right - 2 and box.y + 2 < point[1] < box.bottom - 2


def size_of(kind: str) -> tuple[float, float]:
    """How large an element of a kind is drawn."""
    return next((size for ending, size in SIZES.items() if kind.endswith(ending)), STEP)


def _box(bounds: Node) -> Box:
    return Box(*(_float(bounds, name) for name in ("x", "y", "width", "height")))


def _point(node: Node) -> Point:
    return _float(node, "x"), _float(node, "y")


def _float(node: Node, name: str) -> float:
    try:
        value = float(node.get(name) or 0)
    except ValueError:
        return 0.0
    return value if -1e6 < value < 1e6 else 0.0


def _write(bounds: Node, box: Box) -> None:
    for name, value in (("x", box.x), ("y", box.y), ("width", box.width), ("height", box.height)):
        if bounds.get(name) != _number(value):
            bounds.set(name, _number(value))


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.1f}"
