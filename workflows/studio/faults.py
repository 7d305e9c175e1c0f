"""All that stops a set of files from being published: what the checker finds, else ways of a case that go wrong."""

from collections.abc import Mapping

from workflows.engine.check import Problem
from workflows.studio.problems import problems
from workflows.studio.soundness import unsound


def faults(files: Mapping[str, str]) -> list[Problem]:
    """What has to be mended first, by file and line. Ways are explored once the checker finds nothing in the set."""
    return problems(files) or sorted(unsound(files, [path for path in files if path.endswith(".bpmn")]))
