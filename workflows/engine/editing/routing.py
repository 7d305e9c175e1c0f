"""Lines between boxes: level and upright only, around whatever is in the way, with few bends, apart from other lines.

The shortest way is searched on a grid of the lines that run beside the boxes. Only so many places are looked at for one
line, and for all lines of an edit; beyond that a plain line is drawn.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from workflows.engine.editing.picture import Box, Point

BESIDE = 22.0
ROOMY, TIGHT = (10.0, 15.0), (4.0, 8.0)
"""How far a line stays from boxes, and how far it runs straight out of them; and where it is tight."""
BEND, BACKWARDS, UPRIGHT, ALONG, NAMED = 45.0, 60.0, 18.0, 4.0, 60.0
"""What a bend costs in pixels, leaving to the left, leaving up or down, a pixel on another line, coming from below to
an event, whose name stands there."""
PLACES_OF_A_LINE, WORK_OF_AN_EDIT = 20_000, 6_000_000
Direction = tuple[int, int]
RIGHT, LEFT, DOWN, UP = (1, 0), (-1, 0), (0, 1), (0, -1)


@dataclass
class Effort:
    """How many places may still be looked at: each costs more, the more is drawn."""

    left: int

    @classmethod
    def among(cls, drawn: int) -> "Effort":
        """What an edit may spend in a picture of so many boxes and lines."""
        return cls(WORK_OF_AN_EDIT // (drawn + 1))


@dataclass(frozen=True)
class End:
    """A place on the border of a box, and the direction in which a line leaves it there."""

    at: Point
    out: Direction
    cost: float
    length: float

    @property
    def stub(self) -> Point:
        return self.at[0] + self.length * self.out[0], self.at[1] + self.length * self.out[1]


class _Walls:
    """Every box with a margin around it. Which of them a level or upright line can meet is worked out once an edit."""

    def __init__(self, boxes: Sequence[Box], margin: float) -> None:
        self._boxes = boxes  # kept, so that none of their ids becomes another's
        self._of = {id(box): box.wider(margin) for box in boxes}
        self._met: dict[tuple[bool, float], list[Box]] = {}

    def met(self, one: Point, other: Point) -> list[Box]:
        """The walls that a level or upright line through two places can meet at all."""
        level = one[1] == other[1]
        key = (level, one[1] if level else one[0])
        if key not in self._met:
            at = key[1]
            self._met[key] = [
                wall for wall in self._of.values()
                if (wall.y <= at <= wall.bottom if level else wall.x <= at <= wall.right)
            ]  # fmt: skip
        return self._met[key]

    def stop(self, one: Point, other: Point, but: Sequence[Box]) -> bool:
        """Whether the line goes through a wall other than those around some boxes."""
        own = [self._of[id(box)] for box in but]
        return any(wall.crossed(one, other) for wall in self.met(one, other) if not any(wall is each for each in own))


class Around:
    """What a new line has to go around or to keep apart from: every box of a picture, and the lines drawn so far."""

    def __init__(self, boxes: Sequence[Box], lines: Iterable[Sequence[Point]] = ()) -> None:
        self.columns = {each for box in boxes for each in (box.x - BESIDE, box.right + BESIDE)}
        self.rows = {each for box in boxes for each in (box.y - BESIDE, box.bottom + BESIDE)}
        self.walls = {margin: _Walls(boxes, margin) for margin, _ in (ROOMY, TIGHT)}
        self.level: dict[float, list[tuple[float, float]]] = defaultdict(list)
        self.upright: dict[float, list[tuple[float, float]]] = defaultdict(list)
        for line in lines:
            self.add(line)

    def add(self, line: Sequence[Point]) -> None:
        """One more line is drawn."""
        for one, other in pairwise(line):
            if one[1] == other[1]:
                self.level[one[1]].append(_sorted(one[0], other[0]))
            elif one[0] == other[0]:
                self.upright[one[0]].append(_sorted(one[1], other[1]))


def route(source: Box, target: Box, around: Around, effort: Effort) -> list[Point]:
    """The points of a line from one of the boxes around to another; `effort` is spent."""
    if straight := _straight(source, target, around.walls[ROOMY[0]]):
        return straight
    for margin, length in (ROOMY, TIGHT):
        walls, own = around.walls[margin], (source, target)
        starts = [end for end in _ends(source, length, leaving=True) if not walls.stop(end.at, end.stub, own)]
        ends = [end for end in _ends(target, length, leaving=False) if not walls.stop(end.at, end.stub, own)]
        if starts and ends and (found := _Search(around, walls).way(starts, ends, effort)):
            return _smooth(found)
    return _smooth(_plain(source, target))


def _straight(source: Box, target: Box, walls: _Walls) -> list[Point]:
    """The level line between two neighbours, which needs no search."""
    y = source.middle[1]
    if abs(y - target.middle[1]) > 0.5 or target.x - source.right < ROOMY[1]:
        return []
    one, other = (source.right, y), (target.x, y)
    return [one, other] if not walls.stop(one, other, (source, target)) else []


def _ends(box: Box, length: float, *, leaving: bool) -> list[End]:
    x, y = box.middle
    named_below = NAMED if box.height < 40 and not leaving else 0.0
    ahead, behind = (0.0, BACKWARDS) if leaving else (BACKWARDS, 0.0)
    return [
        End((box.right, y), RIGHT, ahead, length),
        End((box.x, y), LEFT, behind, length),
        End((x, box.bottom), DOWN, UPRIGHT + named_below, length),
        End((x, box.y), UP, UPRIGHT, length),
    ]


def _plain(source: Box, target: Box) -> list[Point]:
    """A line without a search: out to the right, in from the left, or down and back below both."""
    one, other = (source.right, source.middle[1]), (target.x, target.middle[1])
    if other[0] > one[0]:
        between = (one[0] + other[0]) / 2
        return [one, (between, one[1]), (between, other[1]), other]
    below = max(source.bottom, target.bottom) + BESIDE
    return [
        (source.middle[0], source.bottom),
        (source.middle[0], below),
        (target.middle[0], below),
        (target.middle[0], target.bottom),
    ]


def _smooth(points: Sequence[Point]) -> list[Point]:
    """Without points that lie on the way between their neighbours."""
    kept = [points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
            kept.append(here)
    return [*kept, points[-1]]


class _Search:
    """One search, for one line."""

    def __init__(self, around: Around, walls: _Walls) -> None:
        self.around, self.walls = around, walls

    def way(self, starts: Sequence[End], ends: Sequence[End], effort: Effort) -> list[Point] | None:
        """The cheapest way from one of the starts to one of the ends; None where none was found."""
        self._grid([*starts, *ends])
        goals = {(end.stub, (-end.out[0], -end.out[1])): end for end in ends}
        targets = [end.stub for end in ends]
        queue: list[tuple[float, float, int, Point, Direction]] = []
        came: dict[tuple[Point, Direction], tuple[Point, Direction] | End] = {}
        best: dict[tuple[Point, Direction], float] = {}
        for start in starts:
            state = (start.stub, start.out)
            best[state], came[state] = start.cost + self._along(start.at, start.stub), start
            heappush(queue, (best[state] + _least(start.stub, targets), best[state], -effort.left, *state))
        last = effort.left - min(PLACES_OF_A_LINE, effort.left)
        while queue and effort.left > last:
            _, cost, _, point, direction = heappop(queue)
            state, effort.left = (point, direction), effort.left - 1
            if cost > best[state]:
                continue
            if state in goals:
                return _traced(came, state, goals[state])
            for following, heading in self._next(point, direction):
                price = cost + self._price(point, following) + (BEND if heading != direction else 0)
                goal = goals.get((following, heading))
                price += goal.cost + self._along(following, goal.at) if goal else 0
                if price < best.get((following, heading), float("inf")):
                    best[following, heading], came[following, heading] = price, state
                    heappush(queue, (price + _least(following, targets), price, -effort.left, following, heading))
        return None

    def _grid(self, ends: Sequence[End]) -> None:
        self.xs = sorted(self.around.columns.union(end.stub[0] for end in ends))
        self.ys = sorted(self.around.rows.union(end.stub[1] for end in ends))
        self.column = {x: place for place, x in enumerate(self.xs)}
        self.row = {y: place for place, y in enumerate(self.ys)}

    def _next(self, point: Point, direction: Direction) -> Iterator[tuple[Point, Direction]]:
        """The neighbouring places that can be reached without turning back or crossing a wall."""
        column, row = self.column[point[0]], self.row[point[1]]
        for heading in (RIGHT, LEFT, DOWN, UP):
            if heading == (-direction[0], -direction[1]):
                continue
            at = column + heading[0], row + heading[1]
            if 0 <= at[0] < len(self.xs) and 0 <= at[1] < len(self.ys):
                following = self.xs[at[0]], self.ys[at[1]]
                if not any(wall.crossed(point, following) for wall in self.walls.met(point, following)):
                    yield following, heading

    def _price(self, one: Point, other: Point) -> float:
        return abs(one[0] - other[0]) + abs(one[1] - other[1]) + self._along(one, other)

    def _along(self, one: Point, other: Point) -> float:
        """What it costs to run along a line that is drawn already."""
        if one[1] == other[1]:
            others, (low, high) = self.around.level.get(one[1], []), _sorted(one[0], other[0])
        else:
            others, (low, high) = self.around.upright.get(one[0], []), _sorted(one[1], other[1])
        return sum(ALONG * max(0.0, min(high, top) - max(low, bottom)) for bottom, top in others)


def _traced(
    came: dict[tuple[Point, Direction], tuple[Point, Direction] | End], state: tuple[Point, Direction], end: End
) -> list[Point]:
    points = [end.at, state[0]]
    before = came[state]
    while not isinstance(before, End):
        points.append(before[0])
        before = came[before]
    return [*points, before.at][::-1]


def _least(point: Point, targets: Sequence[Point]) -> float:
    return min(abs(point[0] - x) + abs(point[1] - y) for x, y in targets)


def _sorted(one: float, other: float) -> tuple[float, float]:
    return (one, other) if one <= other else (other, one)
