"""One diagram under the checker's lamp: its XML and our reading of it, side by side."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from workflows.engine.called import several
from workflows.engine.check.formulas import Formulas
from workflows.engine.check.library import Library
from workflows.engine.check.problems import Problem
from workflows.engine.drawings import FLOW_NODES, Drawing, Flow, Node
from workflows.engine.xml import BPMN, Element

MAX_LINES_OF_A_TAG = 100
B = f"{{{BPMN}}}"


@dataclass(frozen=True)
class Sheet:
    """A file that could be read. `process` is the element that the drawing was read from."""

    path: str
    text: str
    root: Element
    process: Element
    drawing: Drawing

    def at(self, element: Element, sentence: str) -> Problem:
        """A problem where an element of the XML stands, named by the nearest one that is drawn: what an event waits for
        is none, though it may have an id."""
        named: Element | None = element
        while named is not None and (not named.get("id", "") or named.tag.endswith("EventDefinition")):
            named = named.getparent()
        key = named.get("id", "") if named is not None else ""
        return Problem(self.path, self.line(element.tag.removeprefix(B), element.sourceline), key, sentence)

    def of(self, drawn: Node | Flow, sentence: str) -> Problem:
        """A problem of a step, an event, a gateway or a flow."""
        kind = drawn.type if isinstance(drawn, Node) else "sequenceFlow"
        return Problem(self.path, self.line(kind, drawn.line), drawn.id, sentence)

    def because(self, drawn: Node | Flow, sentence: str) -> Problem:
        """The same, of what may be so only because of another fault."""
        return replace(self.of(drawn, sentence), follows=True)

    def once(self, drawn: Sequence[Node | Flow], sentence: str) -> Problem:
        """A problem of several elements that has one cause, told at the first of them, with the others named."""
        places = list(dict.fromkeys(one.source if isinstance(one, Flow) else one.id for one in drawn))[1:]
        also = f" So it is at {several(self.drawing, places)}." if places else ""
        return replace(self.of(drawn[0], f"{sentence}{also}"), also=tuple(one.id for one in drawn[1:]))

    def whole(self, sentence: str) -> Problem:
        """A problem of the process as such."""
        return Problem(self.path, self.line("process", self.drawing.line), self.drawing.process, sentence)

    def line(self, kind: str, last: int) -> int:
        """The line on which a tag begins. The parser gives the one on which it ends, after its attributes."""
        begins = re.compile(rf"<([\w.-]+:)?{re.escape(kind.rpartition('}')[2])}\b")
        above = range(last, max(last - MAX_LINES_OF_A_TAG, 0), -1)
        return next((line for line in above if line <= len(self._lines) and begins.search(self._lines[line - 1])), last)

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def formulas(self) -> Formulas:
        """The expressions of the drawing."""
        return Formulas(self.drawing)

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """The XML behind each node of the drawing, by id; of two with one id the last, as in the drawing."""
        return {child.get("id", ""): child for kind, child in self.parts if kind in FLOW_NODES}

    @cached_property
    def parts(self) -> list[tuple[str, Element]]:
        """What stands in the process: the plain names of BPMN with their elements, in the order of the file."""
        return [(child.tag.removeprefix(B), child) for child in self.process]


Rule = Callable[[Sheet, Library], Iterator[Problem]]
