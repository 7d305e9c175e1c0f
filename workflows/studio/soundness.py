"""Whether every case of a set of diagrams can come to its end, as problems and for a page of its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from workflows.domain.vocabulary import PROCESSES
from workflows.engine.check import Files, Problem
from workflows.engine.check.library import library, policies_of
from workflows.engine.check.paths import walk
from workflows.engine.check.sheet import Sheet
from workflows.engine.drawings import Drawing
from workflows.engine.soundness import Fault, Soundness, soundness_of
from workflows.engine.xml import as_text, parse

__all__ = ["Fault", "ProcessSoundness", "Soundness", "of_draft", "of_process", "unsound"]


@dataclass(frozen=True)
class ProcessSoundness:
    """What was found in one process of a set: `path` is its file, `title` what people call it. `found` holds its own
    faults alone; `inside` are the titles of the stages that it calls and in which something goes wrong."""

    process: str
    title: str
    path: str
    found: Soundness
    inside: tuple[str, ...] = ()


def of_draft(files: Files) -> list[ProcessSoundness]:
    """Every process of a set of files with what was found in it, those that are called above those that call them, then
    by title; kept by what the files say."""
    books, found = library(files, {}), _explored(files)
    drawings = books.drawings
    faults: dict[str, dict[tuple[str, str], Fault]] = {process: {} for process in found}
    for fault in (fault for one in found.values() for fault in one.faults):
        known = faults[fault.process].setdefault((fault.kind, fault.element), fault)
        faults[fault.process][fault.kind, fault.element] = min(known, fault, key=lambda each: len(each.way))
    each = [
        ProcessSoundness(
            process,
            _title(drawings[process]),
            drawings[process].path,
            replace(one, faults=tuple(faults[process].values())),
            tuple(_title(drawings[stage]) for stage in one.stages if stage != process and faults[stage]),
        )
        for process, one in found.items()
    ]
    return sorted(each, key=lambda one: (len(walk([one.process], books.calls)) if one.found.faults else 0, one.title))


def of_process(files: Files, process: str) -> Soundness | None:
    """What was found in one process of a set, without what goes wrong in its stages; None where no file draws it, or
    a policy cannot be read."""
    found = _explored(files, [process]).get(process)
    return found and replace(found, faults=tuple(fault for fault in found.faults if fault.process == process))


def unsound(files: Files, paths: Collection[str], told: Collection[tuple[str, str]] = ()) -> list[Problem]:
    """What goes wrong in the diagrams at some paths, each with the way to it. Of elements that are `told` of already,
    by file and id, nothing is said: the rules have plainer words."""
    drawings = library(files, {}).drawings
    only = [process for process, drawing in drawings.items() if drawing.path in paths]
    faults = {fault: None for found in _explored(files, only).values() for fault in found.faults}
    return [
        _problem(drawings[fault.process], files, fault)
        for fault in faults
        if (drawings[fault.process].path, fault.element) not in told
    ]


def _explored(files: Files, only: Collection[str] | None = None) -> Mapping[str, Soundness]:
    """Nothing while a policy cannot be read: whatever looks at its values or deadlines would seem to go wrong."""
    return {} if policies_of(files)[1] else soundness_of(files, only)


def _problem(drawing: Drawing, files: Files, fault: Fault) -> Problem:
    """A fault where it stands in its file."""
    text = files[drawing.path]
    root = parse(text)
    line = Sheet(drawing.path, as_text(text), root, root, drawing).of(drawing.nodes[fault.element], "").line
    return Problem(drawing.path, line, fault.element, fault.sentence, tuple(map(str, fault.way)))


def _title(drawing: Drawing) -> str:
    return PROCESSES.get(drawing.process) or drawing.name or drawing.process
