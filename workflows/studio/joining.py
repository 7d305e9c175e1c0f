"""How what was added to a drawing or taken out is joined to the rest: people read of a step that it comes after
another, and not of the ways and gateways that this takes."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from workflows.engine.called import several
from workflows.engine.check.paths import walk
from workflows.engine.drawings import Drawing, Flow

Onward = Callable[[str], list[str]]
ALL_WAYS = frozenset({"parallelGateway", "eventBasedGateway"})
"""Gateways whose ways say nothing of themselves."""
GATHERING = frozenset({"exclusiveGateway", "inclusiveGateway"})


@dataclass(frozen=True)
class Joining:
    """Of two drawings of one process. `quiet`: elements and ways of either that are told with something else; `same`:
    ways of the first and of the second by which the case comes to the same place, over what one of them has alone;
    `places`: by element that was added, where it stands in words; `swapped`: pairs of steps that changed places, the
    one first that comes first now."""

    quiet: frozenset[str] = frozenset()
    same: frozenset[tuple[str, str]] = frozenset()
    places: Mapping[str, str] = field(default_factory=dict)
    swapped: tuple[tuple[str, str], ...] = ()


def joining(old: Drawing, new: Drawing) -> Joining:
    """Of a process that is new as a whole nothing is told with something else."""
    if not old.nodes:
        return Joining()
    forth, back = _OneSide(new, old), _OneSide(old, new)
    carried, gone = forth.carried(), back.carried()
    same = {*carried.items(), *((was, now) for now, was in gone.items())}
    swapped = tuple(_swapped(old, new))
    turned = {flow.id for side in (old, new) for flow in side.flows for pair in swapped if _touches(flow, pair)}
    quiet = {*(key for pair in same for key in pair), *forth.quiet(), *back.quiet(), *turned}
    places = {key: forth.place(key, carried) for key in forth.own if key not in quiet}
    return Joining(frozenset(quiet), frozenset(same), places, swapped)


def _swapped(old: Drawing, new: Drawing) -> Iterator[tuple[str, str]]:
    """Steps that follow each other on a straight way, and stand the other way round now."""
    for flow in old.flows:
        first, second = flow.source, flow.target
        turned = old.targets(first) == [second] and new.targets(second) == [first]
        if turned and old.targets(second) == new.targets(first) and _led(old, first) == _led(new, second):
            yield second, first


def _led(drawing: Drawing, key: str) -> list[tuple[str, str, str]]:
    """What leads to an element, and when."""
    return sorted((flow.source, *_said(flow)) for flow in drawing.incoming.get(key, ()))


def _touches(flow: Flow, pair: tuple[str, str]) -> bool:
    return flow.source in pair or flow.target in pair


class _OneSide:
    """What one of two drawings has alone."""

    def __init__(self, here: Drawing, there: Drawing) -> None:
        self.here, self.there = here, there
        self.own: Set[str] = here.nodes.keys() - there.nodes.keys()
        self.within = {key: [target for target in here.targets(key) if target in self.own] for key in self.own}
        self.gateways = frozenset(self._gateways())

    def carried(self) -> dict[str, str]:
        """Ways of the other drawing that lead over what this one has alone: with the first part of each."""
        known = {(flow.source, flow.target) for flow in self.here.flows}
        return {
            flow.id: first.id
            for flow in self.there.flows
            if (flow.source, flow.target) not in known
            for first in self.here.outgoing.get(flow.source, ())
            if first.target in self.own and _said(first) == _said(flow) and flow.target in self._beyond(first.target)
        }

    def quiet(self) -> Iterator[str]:
        """What is told with an element: gateways that only hold it beside another, and ways that say nothing."""
        yield from self.gateways
        apart = {key for key in self.own - self.gateways if self.here.nodes[key].type in ALL_WAYS}
        for flow in self.here.flows:
            ends = {flow.source, flow.target}
            if ends & self.own and (not ends & apart or ends <= self.own) and not any(_said(flow)):
                yield flow.id

    def _gateways(self) -> Iterator[str]:
        """Gateways without a name, at which all ways are taken or come together, beside something else of its own."""
        beside = {
            key: [*self.within[key], *(each for each in self.here.sources(key) if each in self.own)] for key in self.own
        }
        for key in self.own:
            node = self.here.nodes[key]
            plain = node.type == "parallelGateway" or (node.type in GATHERING and len(self.here.targets(key)) < 2)
            near = (self.here.nodes[each].type for each in walk([key], beside))
            if plain and not node.name and any("Gateway" not in kind for kind in near):
                yield key

    def _beyond(self, key: str) -> set[str]:
        """What an element leads to over nothing but what this drawing has alone."""
        return {target for each in walk([key], self.within) for target in self.here.targets(each)}

    def place(self, key: str, carried: Mapping[str, str]) -> str:
        """ "after “Hold the meeting”", "at the same time as “Decide”"; what follows it where that is not clear."""
        ways_in = self.here.sources(key)
        kind, others = self._others(ways_in[0], key) if len(ways_in) == 1 else ("", [])
        if kind == "parallelGateway":
            return f"at the same time as {several(self.here, others)}"
        before = list(self._seen(ways_in, self.here.sources))
        named = bool(self.here.nodes[key].name)  # what has no name is called by what stands before it
        parts = [f"after {several(self.here, before)}"] if before and named else []
        if kind:
            parts = [f"if it comes before {several(self.here, others)}"]
        after = list(self._seen(self.here.targets(key), self.here.targets))
        on_its_way = self._between(key, carried)
        if after and not on_its_way:
            parts.append(f"then {several(self.here, after)}")
        elif after and not kind and any(len(self.here.targets(each)) > 1 for each in before):
            parts.append(f"before {several(self.here, after)}")
        return ", ".join(parts)

    def _others(self, split: str, key: str) -> tuple[str, list[str]]:
        """What is done or waited for at the same time as an element, with the kind of the gateway that leads there."""
        kind = self.here.nodes[split].type if split in self.here.nodes else ""
        others = [target for target in self.here.targets(split) if target != key] if kind in ALL_WAYS else []
        return (kind, others) if others else ("", [])

    def _seen(self, keys: list[str], onward: Onward) -> Iterator[str]:
        """Elements, and in place of a gateway that is told with another one what is beyond it."""
        hidden = {key: onward(key) for key in self.gateways}
        yield from dict.fromkeys(key for key in [*keys, *walk(keys, hidden)] if key not in self.gateways)

    def _between(self, key: str, carried: Mapping[str, str]) -> bool:
        """Whether it stands on a way that was there before."""
        flows = {flow.id: flow for flow in self.here.flows}
        was = {flow.id: flow for flow in self.there.flows}
        return any(
            key in walk([flows[first].target], self.within) and was[flow].target in self._beyond(key)
            for flow, first in carried.items()
        )


def _said(flow: Flow) -> tuple[str, str]:
    return flow.name, flow.condition
