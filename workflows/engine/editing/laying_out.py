"""A picture from nothing: for a process that was never drawn, or whose lanes have no picture.

Each element stands one column right of whatever leads to it, in the band of its lane; those of one column and lane
stand below each other.
"""

from collections.abc import Mapping

from workflows.engine.editing.diagram import Diagram
from workflows.engine.editing.picture import Box, Picture, size_of
from workflows.engine.editing.source import make, put

COLUMN, ROW, HEIGHT = 170.0, 130.0, 170.0
LEFT, TOP, HEADING = 160.0, 80.0, 30.0
INDENT = 90.0


def lay_out(diagram: Diagram, picture: Picture) -> None:
    """Draw every box and band anew; the lines are drawn by whoever asked. Where there are lanes, a pool is put around
    them if there is none, as editors expect it."""
    for key in [*picture.shapes, *picture.edges]:
        picture.forget(key)
    columns, order = _columns(diagram), diagram.order()
    inner = [key for key in order if not diagram.nodes[key].get("attachedToRef")]
    lanes = [lane.get("id") or "" for lane in diagram.lanes] or [""]
    homes = {key: home if (home := diagram.lane_id(key)) in lanes else lanes[0] for key in inner}
    rows = _rows(diagram, inner, homes, columns)
    width = HEADING + INDENT + COLUMN * (max(columns.values(), default=0) + 1)
    if diagram.lanes:
        _draw_pool(diagram, picture, width)
    top = TOP
    for lane in lanes:
        deep = 1 + max((rows[key] for key in inner if homes[key] == lane), default=0)
        height = HEIGHT + ROW * (deep - 1)
        if lane:
            picture.set_box(lane, Box(LEFT + HEADING, top, width, height))
        for key in inner:
            if homes[key] == lane:
                wide, high = size_of(diagram.kind(key))
                x = LEFT + HEADING + INDENT + COLUMN * columns[key] + 60 - wide / 2
                y = top + HEIGHT / 2 + ROW * rows[key] - high / 2
                picture.set_box(key, Box(x, y, wide, high))
        top += height
    if pool := picture.pool() if diagram.lanes else "":
        picture.set_box(pool, Box(LEFT, TOP, width + HEADING, top - TOP))
    _draw_edges_of_steps(diagram, picture)
    for key in picture.boxes():
        name_beside(diagram, picture, key)


def name_beside(diagram: Diagram, picture: Picture, key: str) -> None:
    """Where the name of an event or a gateway stands: below an event, above a gateway, beside one on an edge."""
    box, node = picture.box(key), diagram.nodes[key]
    if box is None or not node.get("name") or size_of(diagram.kind(key)) == size_of("userTask"):
        return
    x, y = box.middle[0] - 45, box.bottom + 6
    if "Gateway" in diagram.kind(key):
        y = box.y - 32
    elif node.get("attachedToRef"):
        x, y = box.right + 4, box.bottom - 8
    picture.label(key, Box(x, y, 90, 28))


def _draw_pool(diagram: Diagram, picture: Picture, width: float) -> None:
    """The pool's box comes first in the file, so that whatever stands in it is drawn on top of it."""
    pool = picture.pool()
    if not pool:
        root, process = diagram.source.root, diagram.process
        key = process.get("id") or "process"
        whole = make(root, "{http://www.omg.org/spec/BPMN/20100524/MODEL}collaboration")
        whole.set("id", diagram.new_id(f"{key}_collaboration"))
        put(root, whole, list(root).index(process))
        one = diagram.make(whole, "participant", id=diagram.new_id(f"{key}_pool"))
        one.set("name", process.get("name") or key)
        one.set("processRef", key)
        put(whole, one, 0)
        pool = one.get("id") or ""
        if picture.plane is not None:
            picture.plane.set("bpmnElement", whole.get("id") or "")
    picture.set_box(pool, Box(LEFT, TOP, width + HEADING, HEIGHT))


def _columns(diagram: Diagram) -> Mapping[str, int]:
    """By element: how many columns it stands from the left. Ways back to what was read earlier do not count."""
    place = {key: number for number, key in enumerate(diagram.order())}
    columns = dict.fromkeys(place, 0)
    onward = [(flow.get("sourceRef") or "", flow.get("targetRef") or "") for flow in diagram.flows.values()]
    onward = [(one, other) for one, other in onward if one in place and other in place and place[one] < place[other]]
    following: dict[str, list[str]] = {}
    for one, other in onward:
        following.setdefault(one, []).append(other)
    for key in place:
        for event in diagram.attached_to(key):
            columns[event] = columns[key]
        for other in following.get(key, ()):
            columns[other] = max(columns[other], columns[key] + 1)
    return columns


def _rows(
    diagram: Diagram, inner: list[str], homes: Mapping[str, str], columns: Mapping[str, int]
) -> Mapping[str, int]:
    """By element: in which row of its lane it stands; if it can, in that of what leads to it."""
    rows: dict[str, int] = {}
    taken: set[tuple[str, int, int]] = set()
    for key in inner:
        sources = [flow.get("sourceRef") or "" for flow in diagram.into(key)]
        wish = next((rows[each] for each in sources if each in rows and homes[each] == homes[key]), 0)
        row = wish
        while (homes[key], columns[key], row) in taken:
            row += 1
        rows[key] = row
        taken.add((homes[key], columns[key], row))
    return rows


def _draw_edges_of_steps(diagram: Diagram, picture: Picture) -> None:
    """The events on the edges of steps: along the lower edge from the right."""
    for key in picture.boxes():
        host = picture.box(key)
        for place, event in enumerate(diagram.attached_to(key)):
            if host is not None:
                picture.set_box(event, Box(host.right - 48 - 40 * place, host.bottom - 18, 36, 36))
