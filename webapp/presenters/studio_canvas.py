"""What the canvas is given of a diagram, for the script that draws it."""

from dataclasses import asdict
from typing import Any

from flask import url_for

from webapp.presenters.studio_soundness import anchor
from workflows.domain.errors import NotAllowed
from workflows.domain.studio import LONGEST_DOCUMENTATION, LONGEST_HINT, LONGEST_LABEL, LONGEST_NAME
from workflows.domain.vocabulary import OUTCOMES
from workflows.studio.drafts import DraftClosed, Stale
from workflows.studio.drawing import CanvasPage, Ways
from workflows.studio.offering import LISTS, Offer

LONGEST = {
    "name": LONGEST_NAME,
    "documentation": LONGEST_DOCUMENTATION,
    "label": LONGEST_LABEL,
    "hint": LONGEST_HINT,
}
"""Characters in what is said of an element or a question, by where it is kept."""
AFTERWARDS = "Whether every case can end is looked at once this is mended."


def given(page: CanvasPage) -> dict[str, Any]:
    """The text of the diagram, what its elements may name, what is wrong with it, and whether it may be changed."""
    return {
        "text": page.file.text,
        "offer": offered(page.offer),
        "problems": [asdict(problem) for problem in page.problems],
        "edits": page.may_edit,
        "ways": url_for("studio_canvas.ways", draft_id=page.draft_id, process=page.line.key),
        "choices": url_for("studio_canvas.choices", draft_id=page.draft_id, process=page.line.key),
    }


def offered(offer: Offer) -> dict[str, Any]:
    """What the elements of a diagram may name, and how long their words may be."""
    return {**asdict(offer), "outcomes": list(OUTCOMES.items()), "list_types": sorted(LISTS), "longest": LONGEST}


def opens(refusal: NotAllowed) -> str:
    """What a button says that opens the diagram as it is now; empty where that would show nothing new."""
    return "Open it as it is now" if isinstance(refusal, Stale | DraftClosed) else ""


def ways(one: Ways) -> dict[str, Any]:
    """What goes wrong on some way, each with where the way is shown, and how much was looked at."""
    shown = url_for("studio_soundness.show", draft_id=one.draft_id)
    faults = one.found.faults if one.found else ()
    return {
        "problems": [
            {"element": fault.element, "sentence": fault.sentence, "href": f"{shown}#{anchor(fault)}"}
            for fault in faults
        ],
        "said": one.found.looked_at if one.found else AFTERWARDS,
    }
