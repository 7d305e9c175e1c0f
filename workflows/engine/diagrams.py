"""The diagrams of a release as the engine runs them, with our own reading of each. Parsed once, shared by all threads.

Specifications are never changed once they are here: everything that runs lives in the case's own process.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin

from workflows.domain.errors import NotFound, Unsound
from workflows.engine.decisions import Table, read_tables
from workflows.engine.diagram_parser import RESERVED_IDS, DiagramParser
from workflows.engine.drawings import Drawing, read_tree
from workflows.engine.expressions import deadline_of
from workflows.engine.xml import parse

KEPT_RELEASES = 64


class DiagramUnfit(Unsound):
    """The diagram {process} cannot be run. {reason}"""


class NoDiagram(NotFound):
    """There is no process called {process} in this release."""


@dataclass(frozen=True)
class Diagrams:
    """The diagrams and decision tables of one release."""

    content_hash: str
    drawings: Mapping[str, Drawing]
    tables: Mapping[str, Table]
    specs: Mapping[str, Any] = field(repr=False)

    def drawing(self, process: str) -> Drawing:
        """A process in our own words. Raises NoDiagram."""
        if process not in self.drawings:
            raise NoDiagram(process=process)
        return self.drawings[process]

    def spec(self, process: str) -> Any:
        """A process in the engine's words, for `workflows.engine.process` alone. Raises NoDiagram."""
        if process not in self.specs:
            raise NoDiagram(process=process)
        return self.specs[process]

    def stages(self, process: str) -> tuple[str, ...]:
        """The process and those that it calls, directly or through others."""
        found = [process]
        for each in found:
            nodes = self.drawing(each).nodes.values()
            found.extend(dict.fromkeys(node.called for node in nodes if node.called and node.called not in found))
        return tuple(found)

    def has_timer(self, process: str, deadline: str) -> bool:
        """Whether the process, or a stage that it calls, draws a timer for a deadline."""
        return any(
            node.timer and deadline_of(node.timer) == deadline
            for stage in self.stages(process)
            for node in self.drawing(stage).nodes.values()
        )


_kept: OrderedDict[str, Diagrams] = OrderedDict()
_lock = Lock()


def load(files: Mapping[str, str], content_hash: str) -> Diagrams:
    """The diagrams among a release's files (path -> text). Raises Unsound that names the element at fault.

    The same content is read once: `content_hash` stands for the files.
    """
    with _lock:
        if content_hash in _kept:
            _kept.move_to_end(content_hash)
            return _kept[content_hash]
    diagrams = read_release(files, content_hash)
    with _lock:
        _kept[content_hash] = diagrams
        while len(_kept) > KEPT_RELEASES:
            _kept.popitem(last=False)
    return diagrams


def read_release(files: Mapping[str, str], content_hash: str = "") -> Diagrams:
    """Read the diagrams without keeping them, as for a draft."""
    tables = {
        table.key: table for path, text in sorted(files.items()) if path.endswith(".dmn") for table in read_tables(text)
    }
    roots = {path: parse(text) for path, text in sorted(files.items()) if path.endswith(".bpmn")}
    drawings: dict[str, Drawing] = {}
    for path, root in roots.items():
        drawing = read_tree(root, path)
        if drawing.process in drawings:
            raise DiagramUnfit(process=drawing.process, reason=f"{drawings[drawing.process].path} is called the same.")
        drawings[drawing.process] = drawing
    returns: set[str] = set()
    for drawing in drawings.values():
        _check_calls(drawing, drawings, (), returns)
        _check_ids(drawing)
    return Diagrams(content_hash, drawings, tables, _specs(roots, drawings, tables))


def _check_ids(drawing: Drawing) -> None:
    for key in RESERVED_IDS & drawing.nodes.keys():
        raise DiagramUnfit(process=drawing.process, reason=f"The engine keeps the id {key} for itself.", element=key)


def _check_calls(
    drawing: Drawing, drawings: Mapping[str, Drawing], path: tuple[tuple[str, str], ...], returns: set[str]
) -> None:
    """A process that comes round to calling itself would never return; one that is not there cannot be called.
    `returns` are those that are known to return, and need no second look."""
    for node in drawing.nodes.values() if drawing.process not in returns else ():
        if node.type != "callActivity":
            continue
        callers = (*path, (drawing.process, node.id))
        if node.called not in drawings:
            reason = f"It calls {node.called or 'nothing'}, which is not there."
            raise DiagramUnfit(process=drawing.process, reason=reason, element=node.id)
        if node.called in {caller for caller, _ in callers}:
            raise DiagramUnfit(process=drawing.process, reason="It comes round to calling itself.", element=node.id)
        _check_calls(drawings[node.called], drawings, callers, returns)
    returns.add(drawing.process)


def _specs(roots: Mapping[str, Any], drawings: Mapping[str, Drawing], tables: Mapping[str, Table]) -> Mapping[str, Any]:
    parser = DiagramParser(drawings, tables)
    process = ""
    try:
        for drawing in drawings.values():
            process = drawing.process
            parser.add(roots[drawing.path], drawing.path)
        specs = {}
        for process in drawings:
            specs[process] = _with_foresight(parser.get_spec(process))
    except ValidationException as error:
        if isinstance(error.__context__, Unsound):
            fault = error.__context__
            fault.element = fault.element or error.id
            raise fault from None
        reason = str(error).strip().rstrip(".") + "."
        raise DiagramUnfit(process=process, reason=reason, element=error.id) from error
    return specs


def _with_foresight(spec: Any) -> Any:
    """Note with each task whether others look at what follows it while it lives: stored states leave predictions out.

    The join around a step with boundary events looks at what follows the step and each of its events.
    """
    for each in spec.task_specs.values():
        each.foresees = any(isinstance(output, BoundaryEventJoin) for output in each.outputs)
    return spec
