"""All that stops a set of files from being published: what the checker finds, else ways of a case that go wrong."""

from collections.abc import Mapping

from workflows.engine.check import Problem
from workflows.engine.check.library import Library, library
from workflows.engine.check.paths import walk
from workflows.studio.problems import problems
from workflows.studio.soundness import unsound


def faults(files: Mapping[str, str]) -> list[Problem]:
    """What has to be mended first, by file and line: what others lean on stands above them, and in each file what may
    only follow from another fault below the others. Ways are explored once the checker finds nothing in the set."""
    found = problems(files) or unsound(files, [path for path in files if path.endswith(".bpmn")])
    books = library(files, {})
    return sorted(found, key=lambda one: (leans(one.file, books), one.file, one.follows, one))


def leans(path: str, books: Library) -> int:
    """How much a file leans on others: a policy, a table, a letter and what cannot be read on nothing, a process on all
    that it calls."""
    drawn = (process for process, paths in books.paths.items() if path in paths)
    return sum(len(walk([process], books.calls)) for process in drawn)
