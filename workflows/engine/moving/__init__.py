"""May a running case go on with other diagrams, and its state against them.

    pair = between(from_, to)
    pair.verdict(state)     Stays(), CanMove() or CannotMove(because, element)
    pair.moved(state)       the state as the other diagrams have it, the ids of all that waits kept

What may move depends on the shape of a state alone: where it stands, never whose it is. So each shape is judged once
for a pair of releases, and judged sound only if its moved state has been loaded and waits for the very same things.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from threading import Lock
from types import MappingProxyType
from typing import Any, TypeVar

import orjson

from workflows.domain.errors import Unsound
from workflows.domain.fields import Json
from workflows.domain.letters import ENDING
from workflows.engine.check.facts import Ways
from workflows.engine.check.library import library
from workflows.engine.codec import StateUnfit
from workflows.engine.diagrams import load
from workflows.engine.drawings import Node
from workflows.engine.moving.ahead import never_asked
from workflows.engine.moving.joins import stands_still
from workflows.engine.moving.meeting import Meeting, Met
from workflows.engine.moving.rows import Fault, Stand, carried, flows_of, misfit
from workflows.engine.moving.sides import Side
from workflows.engine.process import Process

__all__ = ["CanMove", "CannotMove", "Met", "Pair", "Side", "Stays", "Verdict", "between", "side", "stages"]

K = TypeVar("K")
V = TypeVar("V")

KEPT = 32
SHAPES = 20_000
"""How many shapes a pair remembers: a team's votes alone have hundreds."""


@dataclass(frozen=True)
class Stays:
    """The case runs on this release, or on one with the same content, already."""


@dataclass(frozen=True)
class CanMove:
    """The case can go on with the other diagrams. `meets`: what differs there, ahead of where it stands."""

    meets: tuple[Met, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class CannotMove:
    """It cannot: a sentence in plain words, and the id of the element at which it fails."""

    because: str
    element: str = ""


Verdict = Stays | CanMove | CannotMove
STAYS = Stays()
UNPROVEN = (
    "What the case waits for could not be found again in the new diagrams, so work might be lost. It can stay"
    " where it is until it is closed, or be tried again once it waits for something else."
)


class Nowhere:
    """What surrounds a process that is loaded only to see whether it can be."""

    case: Mapping[str, Any] = MappingProxyType({})
    policy: Mapping[str, Any] = MappingProxyType({})
    functions: Mapping[str, Any] = MappingProxyType({})

    def act(self, node: Node) -> None:
        """Nothing is done."""

    def decided(self, node: Node, outputs: dict[str, Json]) -> None:
        """Nothing is decided."""


@dataclass
class Pair:
    """Two releases, and what has been found of the way from one to the other."""

    from_: Side
    to: Side
    shapes: dict[Any, Verdict] = field(default_factory=dict, repr=False)

    @cached_property
    def meeting(self) -> Meeting:
        """What differs between them."""
        return Meeting(self.from_, self.to)

    def verdict(self, state: bytes) -> Verdict:
        """Whether the case may move."""
        if self.from_.diagrams.content_hash == self.to.diagrams.content_hash:
            return STAYS
        held = orjson.loads(state)
        key = shape(held)
        if key not in self.shapes:
            if len(self.shapes) >= SHAPES:
                self.shapes.clear()
            self.shapes[key] = self._judged(state, held)
        return self.shapes[key]

    def moved(self, state: bytes) -> bytes:
        """The state against the other diagrams. For a case that may move."""
        return orjson.dumps(carried(orjson.loads(state), self.to.diagrams))

    def _judged(self, state: bytes, held: dict[str, Any]) -> Verdict:
        stands = flows_of(held)
        fault = (
            misfit(stands, self.from_, self.to)
            or never_asked(stands, self.from_, self.to)
            or stands_still(stands, self.to)
            or self._unproven(state, stands)
        )
        return CannotMove(fault.because, fault.element) if fault else CanMove(self.meeting.ahead(stands))

    def _unproven(self, state: bytes, stands: list[Stand]) -> Fault | None:
        """Load the moved state: it must wait for what it waited for, and come out as it went in."""
        try:
            before = Process.load(state, self.from_.diagrams, Nowhere()).waiting()
            after = Process.load(self.moved(state), self.to.diagrams, Nowhere())
            same = {one.task: one.element for one in after.waiting()} == {one.task: one.element for one in before}
            again = Process.load(after.dump(), self.to.diagrams, Nowhere())
            if same and again.waiting() == after.waiting():
                return None
            element = ""
        except (StateUnfit, Unsound) as fault:
            element = fault.element
        element = element or next((one.element for stand in stands for one in stand.alive), "")
        return Fault(UNPROVEN, element)


def stages(state: bytes) -> frozenset[str]:
    """The processes in which a case stands: its own, and the stages that are in flight."""
    return frozenset(flow["process"] for flow in orjson.loads(state)["flows"])


def shape(held: Mapping[str, Any]) -> Any:
    """Where a state stands, without the ids of its tasks and what is kept in them: states alike in it move alike."""
    return (
        tuple(held["names"]),
        tuple(
            (
                flow["process"],
                tuple(flow["rows"]),
                tuple(flow["ids"][::2]),
                tuple(flow.get("extra", ())),
                tuple(sorted(flow.get("data", ()))),
                called_from(held["flows"], flow["at"]),
            )
            for flow in held["flows"]
        ),
    )


def called_from(flows: list[dict[str, Any]], at: str) -> tuple[int, int]:
    """Which flow, and which of its places, calls a flow; (-1, -1) for the case's own."""
    for number, flow in enumerate(flows):
        if at in flow["ids"]:
            return number, flow["ids"][flow["ids"].index(at) - 1]
    return -1, -1


_sides: OrderedDict[str, Side] = OrderedDict()
_pairs: OrderedDict[tuple[str, str], Pair] = OrderedDict()
_lock = Lock()


def side(files: Mapping[str, str], content_hash: str) -> Side:
    """A release as a move needs it, read once for its content. Raises Unsound where its diagrams cannot be read."""
    found = _sides.get(content_hash)
    if found is None:
        books = library(files, {})
        letters = {PurePosixPath(path).stem: text for path, text in files.items() if path.endswith(ENDING)}
        found = Side(load(files, content_hash), books, Ways(books), letters)
    _keep(_sides, content_hash, found)
    return found


def between(from_: Side, to: Side) -> Pair:
    """The way from one release to another; what was found of it is kept by their contents."""
    key = (from_.diagrams.content_hash, to.diagrams.content_hash)
    pair = _pairs.get(key) or Pair(from_, to)
    _keep(_pairs, key, pair)
    return pair


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    with _lock:
        kept[key] = value
        kept.move_to_end(key)
        while len(kept) > KEPT:
            kept.popitem(last=False)
