"""Whether every case of a draft can come to its end."""

from flask import Blueprint, Response, render_template

from webapp import door
from webapp.guards import guard, studio
from webapp.presenters import studio_soundness as in_words
from workflows.studio import soundness_page

screen = Blueprint("studio_soundness", __name__)


@guard(studio())
@screen.get("/studio/drafts/<int:draft_id>/soundness")
def show(draft_id: int) -> str:
    """Every process, with what goes wrong in it and how it comes about."""
    page = soundness_page.soundness_page(door.session(), viewer=door.viewer(), draft_id=draft_id)
    return render_template("studio/soundness.html", page=page, words=in_words)


@guard(studio())
@screen.get("/studio/drafts/<int:draft_id>/soundness/<process>.bpmn")
def diagram(draft_id: int, process: str) -> Response:
    """A drawing of a draft, as BPMN XML."""
    text = soundness_page.diagram(door.session(), viewer=door.viewer(), draft_id=draft_id, process=process)
    return Response(text, mimetype="application/xml")
