"""What a case will meet after a move that it would not meet where it is: what differs ahead of it, nearest first.

What lies ahead is what a case may come to, by any answers. So nothing that differs is left out, and some of what is
named here a case may pass by.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from workflows.engine.decisions import Table
from workflows.engine.drawings import Drawing, Node
from workflows.engine.expressions import deadline_of
from workflows.engine.moving.rows import Stand
from workflows.engine.moving.sides import Side

Places = Mapping[str, str]
"""What differs in one process: the kind of difference by element."""


class Met(NamedTuple):
    """An element ahead that differs, with BPMN's word for its kind and its name.

    `how`: added, removed or changed; deadline, letter, table or values (of the policy) where it is drawn as it was, and
    what it names says otherwise; ways where others lead on from it.
    """

    how: str
    type: str
    name: str
    process: str
    element: str


@dataclass
class Meeting:
    """What differs between two releases, found once for each process, and what of it lies ahead of a case."""

    from_: Side
    to: Side
    found: dict[str, Places] = field(default_factory=dict, repr=False)

    def ahead(self, stands: Sequence[Stand]) -> tuple[Met, ...]:
        """All that a case at these places may still meet. What it no longer comes to stands at the end."""
        coming = (
            Met(how, node.type, node.name, process, node.id)
            for process, node in reached(stands, self.to)
            if (how := self._places(process).get(node.id))
        )
        gone = (
            Met("removed", node.type, node.name, process, node.id)
            for process, node in reached(stands, self.from_)
            if node.id not in self._drawn(process)
        )
        return (*coming, *gone)

    def _drawn(self, process: str) -> Mapping[str, Node]:
        drawing = self.to.books.drawings.get(process)
        return drawing.nodes if drawing else {}

    def _places(self, process: str) -> Places:
        if process not in self.found:
            self.found[process] = dict(self._differing(process))
        return self.found[process]

    def _differing(self, process: str) -> Iterator[tuple[str, str]]:
        new, old = self.to.books.drawings[process], self.from_.books.drawings.get(process)
        for key, node in new.nodes.items():
            was = old.nodes.get(key) if old else None
            if old is None or was is None:
                yield key, "added"
            elif how := self._how(old, was, new, node):
                yield key, how

    def _how(self, old: Drawing, was: Node, new: Drawing, node: Node) -> str:
        """How an element differs that both draw; "" where it does not."""
        if replace(was, line=0, default="") != replace(node, line=0, default=""):
            return "changed"
        before, after = _ways(old, was), _ways(new, node)
        both = {target for target, *_ in before | after} <= old.nodes.keys() & new.nodes.keys()
        if both and before != after:  # a new place, or one taken out, is told of itself
            return "ways"
        for how, named in NAMED.items():
            if named(self.from_, old, was) != named(self.to, new, node):
                return how
        return ""


def _ways(drawing: Drawing, node: Node) -> set[tuple[str, str, bool]]:
    flows = drawing.outgoing.get(node.id, ())
    return {(flow.target, flow.condition, flow.id == node.default) for flow in flows}


def reached(stands: Sequence[Stand], side: Side) -> list[tuple[str, Node]]:
    """Every element that a case at these places may come to, with its process: where it stands first, then onward; the
    stages that it calls with them."""
    found: dict[tuple[str, str], Node] = {}
    in_flight = {(stands[one.caller].process, one.call) for one in stands if one.caller >= 0}
    for stand in reversed(stands):  # the innermost first: its caller goes on after it
        waiting = [(stand.process, living.element) for living in stand.alive]
        for place in waiting:
            drawing = side.books.drawings.get(place[0])
            if place in found or drawing is None or place[1] not in drawing.nodes:
                continue
            node = found[place] = drawing.nodes[place[1]]
            waiting += ((place[0], flow.target) for flow in drawing.outgoing.get(place[1], ()))
            waiting += ((place[0], event) for event, host in drawing.attached.items() if host == place[1])
            stage = side.books.drawings.get(node.called)
            if stage and place not in in_flight:
                waiting.append((stage.process, stage.start))
    return [(process, node) for (process, _), node in found.items()]


def _deadline(side: Side, _: Drawing, node: Node) -> object:
    keys = {node.deadline, deadline_of(node.timer)} - {""}
    return [
        replace(policy.deadlines[key], source="", verified=True)
        for policy in side.books.own_policies
        for key in sorted(keys & policy.deadlines.keys())
    ]


def _table(side: Side, _: Drawing, node: Node) -> object:
    return _told(side.books.tables[node.decision].table) if node.decision in side.books.tables else None


def _told(table: Table) -> object:
    inputs = [column.expression.text for column in table.inputs]
    return table.hit_policy, inputs, table.outputs, [(rule.cells, rule.values) for rule in table.rules]


def _values(side: Side, drawing: Drawing, node: Node) -> object:
    """What the policy says where the element, or a way on from it, looks."""
    places = (node.id, *(flow.id for flow in drawing.outgoing.get(node.id, ())))
    read = (one.expression for place in places for one in side.formulas(drawing).by_place.get(place, ()))
    paths = sorted({path for one in read for path in one.policy_paths})
    return [_at(policy.values, path) for policy in side.books.own_policies for path in paths]


def _at(values: Any, path: str) -> object:
    for key in path.split("."):
        values = values.get(key) if isinstance(values, Mapping) else None
    return values


NAMED = {
    "deadline": _deadline,
    "letter": lambda side, _, node: side.letters.get(node.letter),
    "table": _table,
    "values": _values,
}
"""What an element names, as the release says it."""
