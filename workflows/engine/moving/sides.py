"""One of the two releases between which a case may move."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from workflows.engine.called import called
from workflows.engine.check import supply
from workflows.engine.check.facts import Ways
from workflows.engine.check.formulas import Formulas
from workflows.engine.check.library import Library
from workflows.engine.check.paths import walk
from workflows.engine.check.supply import NOTHING, Keys
from workflows.engine.diagrams import Diagrams
from workflows.engine.drawings import Drawing, Node

NO_STAGES: Mapping[str, Keys] = MappingProxyType({})


@dataclass
class Side:
    """A release: its diagrams as they run, its files as the checker reads them, and what is certain where."""

    diagrams: Diagrams
    books: Library = field(repr=False)
    ways: Ways = field(repr=False)
    letters: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The words of its letters by their keys."""

    def name(self, process: str, element: str) -> str:
        """What sentences call an element; “its id” where it is not drawn."""
        drawing = self.diagrams.drawings.get(process)
        return called(drawing, element) if drawing else f"“{element}”"

    def title(self, process: str) -> str:
        """What a process is called, in quotation marks."""
        drawing = self.diagrams.drawings.get(process)
        return f"“{drawing.name if drawing and drawing.name else process}”"

    def supplies(self, node: Node) -> Keys:
        """The facts that an element may write, or a stage that it calls."""
        called = walk([node.called], self.books.calls) if node.called else ()
        stages = [self.books.drawings[each] for each in called if each in self.books.drawings]
        return supply.may(node, self.books).union(
            *(supply.may(each, self.books) for stage in stages for each in stage.nodes.values())
        )

    def may_know(self, process: str) -> dict[str, Keys]:
        """Of each element of a process: what a case may know when it comes there."""
        if process not in self._may:
            self._may[process] = {}  # while it is worked out: a process that calls itself knows nothing more
            drawing = self.books.drawings[process]
            starts = {drawing.start: self._at_entry(process)} if drawing.start else {}
            self._may[process] = self.spread(drawing, starts)
        return self._may[process]

    def spread(
        self, drawing: Drawing, starts: dict[str, Keys], inner: Mapping[str, Keys] = NO_STAGES
    ) -> dict[str, Keys]:
        """What a case may know at each element that it can reach from some of them, with what it may know there.

        inner: of the elements whose stage is in flight, all that the case may know at its end.
        """
        known, waiting = dict(starts), list(starts)
        while waiting:
            here = waiting.pop()
            brought = known[here] | (inner[here] if here in inner else self.supplies(drawing.nodes[here]))
            onward = [(flow.target, brought) for flow in drawing.outgoing.get(here, ())]
            onward += [(event, known[here]) for event, host in drawing.attached.items() if host == here]
            for target, keys in onward:
                if target in drawing.nodes and not (target in known and keys <= known[target]):
                    known[target] = known.get(target, NOTHING) | keys
                    waiting.append(target)
        return known

    def formulas(self, drawing: Drawing) -> Formulas:
        """The expressions of a drawing, read once."""
        if drawing.process not in self._formulas:
            self._formulas[drawing.process] = Formulas(drawing)
        return self._formulas[drawing.process]

    def _at_entry(self, process: str) -> Keys:
        keys = supply.of_start(process)
        for caller in self.books.callers.get(process, ()):
            there = self.may_know(caller)
            calls = [node.id for node in self.books.drawings[caller].nodes.values() if node.called == process]
            keys = keys.union(*(there.get(call, NOTHING) for call in calls))
        return keys

    @cached_property
    def _may(self) -> dict[str, dict[str, Keys]]:
        return {}

    @cached_property
    def _formulas(self) -> dict[str, Formulas]:
        return {}
