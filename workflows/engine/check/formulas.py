"""The expressions of a drawing: conditions, scripts, lists and completion rules, each with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from workflows.engine.drawings import Drawing, Flow, Node
from workflows.engine.expressions import Expression, Refused, read, read_script


@dataclass(frozen=True)
class Formula:
    """An expression with the place where it is drawn. `where` says what it is for, to begin a sentence with."""

    drawn: Node | Flow
    where: str
    expression: Expression
    sets: str = ""
    """The name that a line of a script sets."""


@dataclass(frozen=True)
class Formulas:
    """All expressions of a drawing, and those that could not be read."""

    drawing: Drawing

    @cached_property
    def _read(self) -> tuple[tuple[Formula, ...], tuple[tuple[Node | Flow, str], ...]]:
        sound, refused = [], []
        for drawn, where, text, script in _texts(self.drawing):
            try:
                lines = read_script(text) if script else [("", read(text))]
                sound += [Formula(drawn, where, expression, name) for name, expression in lines]
            except Refused as fault:
                refused.append((drawn, f"{where}: {fault.sentence}"))
        return tuple(sound), tuple(refused)

    @cached_property
    def by_place(self) -> Mapping[str, tuple[Formula, ...]]:
        """Those that could be read, by the id of the element or the flow."""
        places: dict[str, tuple[Formula, ...]] = {}
        for formula in self.sound:
            places[formula.drawn.id] = (*places.get(formula.drawn.id, ()), formula)
        return places

    @property
    def sound(self) -> tuple[Formula, ...]:
        """Those that could be read."""
        return self._read[0]

    @property
    def refused(self) -> tuple[tuple[Node | Flow, str], ...]:
        """The places of those that could not, with a sentence."""
        return self._read[1]


def _texts(drawing: Drawing) -> Iterator[tuple[Node | Flow, str, str, bool]]:
    """Place, purpose, text, and whether it is a script."""
    for flow in drawing.flows:
        if flow.condition:
            yield flow, "The condition", flow.condition, False
    for node in drawing.nodes.values():
        if node.for_each:
            yield node, "The list of those who each get this", node.for_each, False
        if node.until:
            yield node, "The rule by which it is over before all have answered", node.until, False
        if node.type == "scriptTask" and node.script:
            yield node, "What is worked out", node.script, True
