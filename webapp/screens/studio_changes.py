"""What a draft changes, compared with a release: in words, and on the two pictures."""

from flask import Blueprint, Response, render_template, request

from webapp import door
from webapp.guards import guard, studio
from webapp.presenters import studio as of_studio
from webapp.presenters import studio_changes as in_words
from workflows.studio import comparing

screen = Blueprint("studio_changes", __name__)


@guard(studio())
@screen.get("/studio/drafts/<int:draft_id>/changes")
def show(draft_id: int) -> str:
    """Everything that the draft changes."""
    page = comparing.changes(door.session(), viewer=door.viewer(), draft_id=draft_id, against=_against())
    return render_template("studio/changes.html", page=page, words=in_words, of_studio=of_studio)


@guard(studio())
@screen.get("/studio/drafts/<int:draft_id>/changes/<side>/<process>.bpmn")
def diagram(draft_id: int, side: str, process: str) -> Response:
    """A diagram as it was or as it is, as BPMN XML for the picture. Plain text: no browser draws or runs it."""
    found = comparing.diagram(
        door.session(), viewer=door.viewer(), draft_id=draft_id, side=side, process=process, against=_against()
    )
    return Response(found, mimetype="text/plain")


def _against() -> str:
    return request.args.get("against", "")
