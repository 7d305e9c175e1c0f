"""Steps and their questions as the shipped diagrams word them: journeys find what to press by these words."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from workflows.domain.fields import Field
from workflows.engine import drawings

PROCESSES = Path(__file__).resolve().parents[2] / "bpmn" / "processes"


@cache
def nodes() -> Mapping[str, drawings.Node]:
    """Every step of every process by its id."""
    read = [drawings.read(file.read_text(encoding="utf-8")) for file in sorted(PROCESSES.glob("*.bpmn"))]
    return {key: node for drawing in read for key, node in drawing.nodes.items() if node.type == "userTask"}


def name(element: str) -> str:
    """What the step is called on every screen."""
    return nodes()[element].name


def question(element: str, key: str) -> Field:
    """A drawn field of a step."""
    return next(field for field in nodes()[element].fields if field.key == key)
