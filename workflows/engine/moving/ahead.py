"""What lies ahead of a case in other diagrams: whether it will know all that they read there.

A case that starts on the new diagrams is asked everything in order. One that comes to them half-way was asked what the
old ones asked; what the new ones ask only behind it, and read ahead of it, it would never know.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workflows.domain.calculations import CALCULATIONS
from workflows.engine.check import supply
from workflows.engine.check.paths import family
from workflows.engine.check.supply import NAME, NOTHING, Keys
from workflows.engine.drawings import Drawing, Flow, Node
from workflows.engine.moving.rows import Fault, Living, Stand
from workflows.engine.moving.sides import Side

PAST = "It can move once it has gone past {at}, or if the new diagrams ask for it again on the way there."
WAITS = frozenset({"parallelGateway", "inclusiveGateway"})
"""Where a branch waits for others: it knows what it brought, not what they will bring."""


class Read(NamedTuple):
    """What is read at a place: facts that must have a value, those that may, and names of scripts; and what it sets."""

    needed: Keys
    facts: Keys
    names: Keys
    sets: str = ""


class End(NamedTuple):
    """What a case knows when a stage ends: for certain, and at most."""

    certain: Keys
    possible: Keys


def never_asked(stands: Sequence[Stand], from_: Side, to: Side) -> Fault | None:
    """The first thing that is read ahead, and that the case would not know."""
    certain, possible = _so_far(stands, from_)
    usual = _so_far(stands, to)
    unasked = (usual.certain - certain) | (usual.possible - possible)
    ends: dict[int, End] = {}
    """What a case knows at the end of a called stage, by the number of its process."""
    for number in reversed(range(len(stands))):  # the innermost first: its caller goes on with what it brings
        stand = stands[number]
        inner = {stands[one].call: end for one, end in ends.items() if stands[one].caller == number}
        way = Way(to, to.books.drawings[stand.process], inner, unasked)
        starts = frozenset(one.element for one in stand.alive if one.element in way.drawing.nodes)
        if fault := way.walk(starts, certain, possible, stand.names):
            return fault
        ends[number] = way.at_its_end(certain, possible)
    return None


def _so_far(stands: Sequence[Stand], side: Side) -> End:
    """What diagrams have made certain of a case that stands there, and what they may have asked. Facts are the whole
    case's, and stay."""
    certain: Keys = supply.certain_of_start(stands[0].process)
    possible: Keys = supply.of_start(stands[0].process)
    for stand in stands:
        drawing = side.books.drawings[stand.process]
        sure, maybe = side.ways.inside(drawing), side.may_know(stand.process)
        for living in stand.alive:
            if living.element in drawing.nodes:
                certain |= _sure(living, drawing, sure, side)
                possible |= maybe.get(living.element, NOTHING) | supply.may(drawing.nodes[living.element], side.books)
    return End(_facts(certain), possible)


def _sure(living: Living, drawing: Drawing, sure: Mapping[str, Keys], side: Side) -> Keys:
    if drawing.nodes[living.element].type not in WAITS:
        return sure.get(living.element, NOTHING)
    source = drawing.nodes.get(living.came_from)
    return sure.get(source.id, NOTHING) | side.ways.gained(source) if source else NOTHING


def _facts(keys: Keys) -> Keys:
    return frozenset(key for key in keys if not key.startswith(NAME))


@dataclass
class Way:
    """The way on through one process of the new diagrams.

    inner: what stages in flight bring, by calling element. unasked: the facts that a case of the new diagrams would
    know where this one stands, and this one does not.
    """

    side: Side
    drawing: Drawing
    inner: Mapping[str, End]
    unasked: Keys

    def walk(self, starts: Keys, certain: Keys, possible: Keys, names: Keys) -> Fault | None:
        """Follow every way on from where the case stands, and look at all that is read there."""
        set_so_far = certain | {f"{NAME}{name}" for name in names}
        self.known = self._followed(dict.fromkeys(starts, set_so_far))
        brought = {call: end.possible for call, end in self.inner.items()}
        self.may = self.side.spread(self.drawing, dict.fromkeys(starts, possible), brought)
        for place, known in self._places(self.known):
            may = self._possible(place)
            for read in self._reads(place, began=place.id in starts):
                names = frozenset(f"{NAME}{name}" for name in read.names)
                lacks = (((read.needed - known) | (read.facts - may)) & self.unasked) | (names - known)
                if lacks:
                    return self._lacking(min(lacks), place)
                known |= {f"{NAME}{read.sets}"}
            calls = isinstance(place, Node) and place.called and place.id not in self.inner
            if calls and (fault := self._in_stage(place, known, may)):
                return fault
        return None

    def at_its_end(self, certain: Keys, possible: Keys) -> End:
        """What the case knows when the process has come to an end from here; what it knew, where none can be seen."""
        ends = [node for node in self.drawing.nodes.values() if node.type == "endEvent" and "error" not in node.events]
        reached = [_facts(self.known[node.id]) for node in ends if node.id in self.known]
        may = NOTHING.union(*(self.may[node.id] for node in ends if node.id in self.may))
        return End(frozenset.intersection(*reached) if reached else certain, may or possible)

    def _possible(self, place: Node | Flow) -> Keys:
        """What the case may know at a place."""
        if isinstance(place, Node):
            return self.may[place.id]
        inner, source = self.inner.get(place.source), self.drawing.nodes[place.source]
        return self.may[source.id] | (inner.possible if inner else self.side.supplies(source))

    def _in_stage(self, call: Node | Flow, known: Keys, may: Keys) -> Fault | None:
        stage = self.side.books.drawings[self.drawing.nodes[call.id].called]
        way = Way(self.side, stage, {}, self.unasked)
        return way.walk(frozenset({stage.start}), _facts(known), may, NOTHING)

    def _gained(self, node: Node) -> Keys:
        certain = supply.certain(node, self.side.books)
        return certain | self.inner[node.id].certain if node.id in self.inner else self.side.ways.gained(node)

    def _followed(self, starts: Mapping[str, Keys]) -> dict[str, Keys]:
        """What is certain at each element ahead. What is certain where the case stands stays so: facts never go."""
        known, waiting = dict(starts), list(starts)
        while waiting:
            here = waiting.pop()
            for node in self._after(here):
                before = self._before(node, known)
                if node.id not in starts and known.get(node.id) != before:
                    known[node.id] = before
                    waiting.append(node.id)
        return known

    def _after(self, here: str) -> list[Node]:
        targets = [flow.target for flow in self.drawing.outgoing.get(here, ())]
        targets += [event for event, host in self.drawing.attached.items() if host == here]
        return [self.drawing.nodes[target] for target in targets if target in self.drawing.nodes]

    def _before(self, node: Node, known: Mapping[str, Keys]) -> Keys:
        if node.attached_to:
            return known[node.attached_to]
        ways = [
            known[flow.source] | self._gained(self.drawing.nodes[flow.source]) | supply.passing(flow, self.drawing)
            for flow in self.drawing.incoming.get(node.id, ())
            if flow.source in known
        ]
        together = NOTHING.union if node.type == "parallelGateway" else frozenset.intersection
        return together(*ways)

    def _places(self, known: Mapping[str, Keys]) -> Iterator[tuple[Node | Flow, Keys]]:
        for key, keys in known.items():
            yield self.drawing.nodes[key], keys
        for flow in self.drawing.flows:
            if flow.source in known:
                yield flow, known[flow.source] | self._gained(self.drawing.nodes[flow.source])

    def _reads(self, place: Node | Flow, *, began: bool) -> Iterator[Read]:
        """began: the case is there already, and whom a step is for has been worked out."""
        if isinstance(place, Node) and place.decision in self.side.books.tables and place.decision not in CALCULATIONS:
            table = self.side.books.tables[place.decision]
            yield Read(table.needed, table.facts, table.names)
        for formula in self.side.formulas(self.drawing).by_place.get(place.id, ()):
            if not (began and isinstance(place, Node) and formula.expression.text == place.for_each):
                one = formula.expression
                yield Read(one.ordered_facts, one.facts | one.all_facts, one.names, formula.sets)

    def _lacking(self, key: str, place: Node | Flow) -> Fault:
        """Say what is missing, in the words of whoever drew where it is asked."""
        element = place.source if isinstance(place, Flow) else place.id
        at = self.side.name(self.drawing.process, element)
        if key.startswith("due("):
            return Fault(
                f"{at} needs a deadline that the new diagrams start before the place where the case stands, so that it"
                f" would never start for this one. {PAST.format(at=at)}",
                element,
            )
        plain = key.removeprefix(NAME).removeprefix("all.")
        asked = self._where_asked(plain, named=key.startswith(NAME))
        if asked is None:
            return Fault(
                f"It would not know “{plain}”, which {at} needs in the new diagrams. {PAST.format(at=at)}", element
            )
        where, label = asked
        what = f"be asked for “{label}”" if label else f"have “{plain}”"
        return Fault(
            f"It would never {what}: the new diagrams have that in {where}, before the place where the case stands, "
            f"and need it at {at}. {PAST.format(at=at)}",
            element,
        )

    def _where_asked(self, key: str, *, named: bool) -> tuple[str, str] | None:
        """The step, decision or script of the family that supplies it, by name, with the label of its question."""
        members = family(self.drawing.process, self.side.books)
        for process in sorted(members, key=lambda one: one != self.drawing.process):
            for node in self.side.books.drawings[process].nodes.values():
                if named and f"{NAME}{key}" in (supply.names_of(node) if node.type == "scriptTask" else NOTHING):
                    return self.side.name(process, node.id), ""
                if not named and key in supply.may(node, self.side.books):
                    label = next((one.label for one in node.fields if one.key == key), "")
                    return self.side.name(process, node.id), label
        return None
