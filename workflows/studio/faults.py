"""All that stops a set of files from being published: what the checker finds, then what the soundness check finds."""

from collections.abc import Mapping

from workflows.engine.check import Problem
from workflows.studio.problems import problems


def faults(files: Mapping[str, str]) -> list[Problem]:
    """What has to be mended first. What cannot be read is not explored: the checker's problems come alone."""
    return problems(files)
