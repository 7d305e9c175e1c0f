"""A diagram of a draft on the canvas."""

from dataclasses import asdict

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms.studio_boxes import version
from webapp.guards import guard, studio
from webapp.presenters import studio_canvas as in_words
from webapp.presenters import words
from workflows.domain.errors import NotAllowed
from workflows.domain.studio import Permission
from workflows.studio import drawing

screen = Blueprint("studio_canvas", __name__)


@guard(studio())
@screen.get("/studio/drafts/<int:draft_id>/diagrams/<process>")
def draw(draft_id: int, process: str) -> str:
    """The canvas, for whoever may read the draft; changes are for those who may make them."""
    page = drawing.canvas_page(door.session(), viewer=door.viewer(), draft_id=draft_id, process=process)
    return render_template("studio/canvas.html", page=page, given=in_words.given(page))


@guard(studio(Permission.EDIT))
@screen.post("/studio/drafts/<int:draft_id>/diagrams/<process>")
def save(draft_id: int, process: str) -> ResponseReturnValue:
    """Keep what was drawn; JSON with the file's new version, when, and what the checker says. 409 with a sentence where
    it is not kept, and what a button says that opens it as it is now."""
    text, read = request.form.get("text", ""), version()
    now, by = door.now(), door.actor()
    try:
        saved = door.perform(
            drawing.save_drawing, by=by, draft_id=draft_id, process=process, text=text, read=read, now=now
        )
    except NotAllowed as refusal:
        return {"sentence": door.said(refusal), "opens": in_words.opens(refusal)}, 409
    return {"version": saved.version, "at": words.hour(now), "problems": [asdict(one) for one in saved.problems]}


@guard(studio())
@screen.get("/studio/drafts/<int:draft_id>/diagrams/<process>/ways")
def ways(draft_id: int, process: str) -> ResponseReturnValue:
    """Whether every case can end, as JSON: asked for after each save, which so never waits for it."""
    found = drawing.ways(door.session(), viewer=door.viewer(), draft_id=draft_id, process=process)
    return in_words.ways(found)


@guard(studio())
@screen.get("/studio/drafts/<int:draft_id>/diagrams/<process>/choices")
def choices(draft_id: int, process: str) -> ResponseReturnValue:
    """What its elements may name by now, as JSON: asked for when somebody comes back to the window."""
    offer = drawing.choices(door.session(), viewer=door.viewer(), draft_id=draft_id, process=process)
    return in_words.offered(offer)
