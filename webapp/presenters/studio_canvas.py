"""What the canvas is given of a diagram, for the script that draws it."""

from dataclasses import asdict
from typing import Any

from workflows.domain.vocabulary import OUTCOMES
from workflows.studio.drawing import CanvasPage
from workflows.studio.offering import LISTS


def given(page: CanvasPage) -> dict[str, Any]:
    """The text of the diagram, what its elements may name, what is wrong with it, and whether it may be changed."""
    return {
        "text": page.file.text,
        "offer": {**asdict(page.offer), "outcomes": list(OUTCOMES.items()), "list_types": sorted(LISTS)},
        "problems": [asdict(problem) for problem in page.problems],
        "edits": page.may_edit,
    }
