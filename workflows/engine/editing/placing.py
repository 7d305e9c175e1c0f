"""Brings the picture in line with the process after an edit: what is new gets room, what went leaves, lines follow.

What did not change keeps its place and its line. New steps stand right of what leads to them, in a free row of their
lane; whatever is in the way moves to the right, and a lane without a free row grows.
"""

from collections.abc import Iterator
from dataclasses import replace

from workflows.engine.editing.diagram import CannotChange, Diagram
from workflows.engine.editing.laying_out import HEIGHT, ROW, lay_out, name_beside
from workflows.engine.editing.picture import Box, Picture, size_of
from workflows.engine.editing.routing import Around, Effort, route
from workflows.engine.editing.source import Node

MOST_DRAWN = 500
"""Elements, flows and lanes that are still redrawn; the checker refuses a diagram of more."""
GAP, CLEAR, EDGE = 50.0, 15.0, 10.0
"""Pixels between a step and the next; at least free around a step; at least between it and the edge of its lane."""


class Placing:
    """The picture of one diagram, brought in line once the edit is done: note the state before it, then `finish`."""

    def __init__(self, diagram: Diagram) -> None:
        """Raises CannotChange for what is too much to draw."""
        check_drawable(diagram)
        self.diagram = diagram
        self.picture = Picture(diagram)
        self.faulty = {diagram.flows[key] for key in self.picture.faulty_lines()}
        self.misplaced = {diagram.nodes[key] for key in self.picture.misplaced()}
        self.bands = self.picture.bands()
        self.ends = {flow: self._ends(flow) for flow in diagram.flows.values()}

    def _ends(self, flow: Node) -> tuple[Node | None, Node | None]:
        """What a flow joins: the elements themselves, whose ids an edit may change."""
        nodes = self.diagram.nodes
        return nodes.get(flow.get("sourceRef") or ""), nodes.get(flow.get("targetRef") or "")

    def finish(self) -> None:
        """Draw what the edit changed."""
        picture = self.picture = Picture(self.diagram)
        lanes = {lane.get("id") or "" for lane in self.diagram.lanes}
        if not picture.boxes() or (lanes and not picture.bands()):
            lay_out(self.diagram, picture)
        else:
            self._clear(lanes)
            self._add_bands(lanes)
            for key in [key for key in self.diagram.order() if picture.box(key) is None]:
                self._place(key)
            self._fit()
            self._mend_places()
            self._fit()
        self._draw_lines()

    # ------------------------------------------------------------------------------------------------ what is gone

    def _clear(self, lanes: set[str]) -> None:
        """Take off the picture what is no longer in the process."""
        known = {*self.diagram.nodes, *self.diagram.flows}
        drawn = {*self.picture.shapes, *self.picture.edges}
        every = {each.get("id") for each in self.diagram.source.root.iter() if each.get("id")}
        for key in sorted(drawn - every - known):
            band = self.bands.get(key)
            self.picture.forget(key)
            if band is not None and key not in lanes:
                self._close_up(band)

    def _close_up(self, band: Box) -> None:
        """Let what stood below a lane that is gone move up."""
        self.picture.make_room(below=band.bottom - 1, by=-band.height)

    # ------------------------------------------------------------------------------------------------ what is new

    def _add_bands(self, lanes: set[str]) -> None:
        bands = self.picture.bands()
        for key in [lane.get("id") or "" for lane in self.diagram.lanes]:
            if key in bands or not lanes:
                continue
            last = max(bands.values(), key=lambda band: band.bottom)
            pool = self.picture.pool()
            if around := self.picture.box(pool):
                self.picture.set_box(pool, replace(around, height=last.bottom + HEIGHT - around.y))
            self.picture.set_box(key, Box(last.x, last.bottom, last.width, HEIGHT))
            bands = self.picture.bands()

    def _place(self, key: str) -> None:
        """Draw a new element."""
        node = self.diagram.nodes[key]
        host = self.picture.box(node.get("attachedToRef") or "")
        if host is not None:
            self._on_the_edge(key, host)
            return
        width, height = size_of(self.diagram.kind(key))
        sources = [flow.get("sourceRef") or "" for flow in self.diagram.into(key)]
        before = next((each for each in sources if self.picture.box(each)), "")
        behind = [flow.get("targetRef") or "" for flow in self.diagram.out_of(key)]
        boxes = [box for each in behind if (box := self.picture.box(each))]
        came = self.picture.box(before)
        if came is None:
            first = min((box.x for box in boxes), default=240.0)
            at, wish = first, boxes[0].middle[1] if boxes else 0.0
            if boxes:
                self.picture.make_room(right_of=first, by=width + GAP)
        else:
            at, wish = came.right + GAP, came.middle[1]
            if self.diagram.nodes[before].get("attachedToRef"):  # below the step on whose edge the event sits
                at, wish = came.middle[0] - width / 2, came.middle[1] + ROW
            self._widen(came.right, at + width + GAP, boxes)
        aside = bool(came) and self._has_a_straight_way(before, key)
        cut = came.right if came else at if boxes else None
        self._settle(key, Box(at, wish - height / 2, width, height), None if aside else cut)

    def _widen(self, cut: float, wanted: float, following: list[Box]) -> None:
        """Make room for a column between an element and those that follow the new one."""
        near = min((box.x for box in following if box.x >= cut), default=wanted)
        if near < wanted:
            self.picture.make_room(right_of=cut, by=wanted - near)

    def _has_a_straight_way(self, before: str, key: str) -> bool:
        """Whether the way straight on from an element is another's: then the new one stands aside."""
        source = self.picture.box(before)
        if source is None or self.diagram.nodes[before].get("attachedToRef"):
            return True
        for flow in self.diagram.out_of(before):
            box = self.picture.box(flow.get("targetRef") or "")
            ahead = flow.get("targetRef") != key and box is not None and box.x >= source.right
            if ahead and box is not None and abs(box.middle[1] - source.middle[1]) < 5:
                return True
        return False

    def _settle(self, key: str, wish: Box, cut: float | None) -> None:
        """Draw an element in a free row of its lane near a wished place. With `cut`, it is the next on a straight way,
        and what stands there moves right."""
        band = self.picture.band_of(key)
        boxes = self.picture.boxes()
        boxes.pop(key, None)
        others = [box for each, box in boxes.items() if self.diagram.nodes[each].get("attachedToRef") != key]
        straight = band is None or band.holds(wish.wider(EDGE).moved(0, 0)) or _within(band, wish)
        if cut is not None and straight:
            there = [box for box in others if box.overlaps(_room(wish))]
            if all(box.x >= cut for box in there):
                if there:
                    self.picture.make_room(right_of=cut, by=wish.right + GAP - min(box.x for box in there))
                self._put(key, wish)
                return
        for y in self._rows(band, wish, aside=cut is None and straight):
            box = replace(wish, y=y - wish.height / 2)
            if not any(other.overlaps(_room(box)) for other in others):
                self._put(key, box)
                return
        if band is not None:
            self.picture.make_room(below=band.bottom, by=ROW)
            self._put(key, replace(wish, y=band.bottom + ROW - HEIGHT / 2 - wish.height / 2))

    def _rows(self, band: Box | None, wish: Box, *, aside: bool) -> Iterator[float]:
        """The middles of the rows to try, the nearest first; with `aside`, none that is level with the wish."""
        y = wish.middle[1]
        if band is None:
            yield from (y + ROW * step for step in ((1, 2, 3, 4, 5, 6, 7, 8, 9) if aside else range(10)))
            yield from (y - ROW * step for step in range(1, 200))
            return
        nodes = self.diagram.nodes
        steps = [box for key, box in self.picture.boxes().items() if not nodes[key].get("attachedToRef")]
        in_band = {box.middle[1] for box in steps if _within(band, box)}
        rows = {band.y + HEIGHT / 2 + ROW * step for step in range(int((band.height - HEIGHT) // ROW) + 1)}
        fits = [
            row
            for row in {y, *in_band, *rows}
            if band.y + EDGE <= row - wish.height / 2 and row + wish.height / 2 <= band.bottom - EDGE
        ]
        apart = [row for row in fits if not aside or abs(row - y) >= 40]
        yield from sorted(apart, key=lambda row: (abs(row - y), -row))

    def _put(self, key: str, box: Box) -> None:
        old = self.picture.box(key)
        if old is None:
            self.picture.set_box(key, box)
            name_beside(self.diagram, self.picture, key)
        else:
            self.picture.move(key, box.x - old.x, box.y - old.y)

    def _on_the_edge(self, key: str, host: Box) -> None:
        """An event on the lower edge of its step, else on the upper, where no other is."""
        width, height = size_of("Event")
        taken = [
            box
            for each in self.diagram.attached_to(self.diagram.nodes[key].get("attachedToRef") or "")
            if (box := self.picture.box(each))
        ]
        places = [
            Box(host.x + across, edge - height / 2, width, height)
            for edge in (host.bottom, host.y)
            for across in (host.width - 48, 12.0, host.width / 2 - 18)
        ]
        free = (place for place in places if not any(place.overlaps(other) for other in taken))
        self._put(key, next(free, places[0].moved(-6.0 * len(taken), 0)))

    def _mend_places(self) -> None:
        """Move what the edit left outside its lane or on top of another."""
        nodes = self.diagram.nodes
        for key in sorted(key for key in self.picture.misplaced() if nodes[key] not in self.misplaced):
            box, host = self.picture.box(key), self.diagram.nodes[key].get("attachedToRef")
            if box is None or host or key not in self.picture.misplaced():
                continue
            band = self.picture.band_of(key)
            y = band.y + HEIGHT / 2 if band and not _within(band, box) else box.middle[1]
            self._settle(key, replace(box, y=y - box.height / 2), None)

    def _fit(self) -> None:
        """Let lanes and the pool reach around what stands in them."""
        right = max((box.right for box in self.picture.boxes().values()), default=0.0) + 40
        bands = self.picture.bands()
        for key in [*bands, self.picture.pool()]:
            box = self.picture.box(key)
            if box is not None and box.right < right:
                self.picture.set_box(key, replace(box, width=right - box.x))

    # ------------------------------------------------------------------------------------------------------- lines

    def _draw_lines(self) -> None:
        """Draw the lines of new flows, of those with other ends, and of those that no longer fit."""
        picture, boxes = self.picture, self.picture.boxes()
        flows = self.diagram.flows
        ends = {key: (flow.get("sourceRef") or "", flow.get("targetRef") or "") for key, flow in flows.items()}
        changed = {key for key, flow in flows.items() if self.ends.get(flow) != self._ends(flow)}
        faulty = {key for key in picture.faulty_lines() if flows[key] not in self.faulty}
        wanted = faulty | changed | {key for key in flows if not picture.line(key)}
        wanted = {key for key in wanted if all(end in boxes for end in ends[key])}
        around = Around([*boxes.values()], (picture.line(key) for key in flows if key not in wanted))
        effort = Effort.among(len(boxes) + len(flows))
        for key in [key for key in flows if key in wanted]:
            source, target = ends[key]
            line = route(boxes[source], boxes[target], around, effort)
            around.add(line)
            picture.set_line(key, line)
            self._name_line(key)

    def _name_line(self, key: str) -> None:
        """Where the name of a flow stands: beside the beginning of its line."""
        name = self.diagram.flows[key].get("name")
        if not name:
            return
        (x, y), (to_x, to_y) = self.picture.line(key)[:2]
        width = min(90.0, 7.0 * len(name) + 10)
        if y == to_y:
            self.picture.label(key, Box(x + 4 if to_x > x else x - 4 - width, y - 18, width, 14))
        else:
            self.picture.label(key, Box(x + 6, y + 8 if to_y > y else y - 22, width, 14))


def drawable(diagram: Diagram) -> bool:
    """Whether the picture can follow an edit in reasonable time."""
    return len(diagram.nodes) + len(diagram.flows) + len(diagram.lanes) <= MOST_DRAWN


def check_drawable(diagram: Diagram) -> None:
    """Raises CannotChange for what is too much to draw."""
    if not drawable(diagram):
        raise CannotChange(
            f"The diagram has more than {MOST_DRAWN} elements, too many to be redrawn. Split it into diagrams that "
            "call each other."
        )


def _room(box: Box) -> Box:
    """A box with the space that it needs around it."""
    return box.wider(CLEAR)


def _within(band: Box, box: Box) -> bool:
    """Whether a box stands between the upper and the lower edge of a band."""
    return band.y <= box.y and box.bottom <= band.bottom
