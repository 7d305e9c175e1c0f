"""A draft or a release as a zip for other tools, and such a zip brought back."""

from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.guards import guard, studio
from webapp.presenters import studio_export as in_words
from webapp.screens.letters import NOTHING_RUNS
from workflows.domain.errors import NotAllowed
from workflows.domain.studio import Permission
from workflows.studio import drafts, exporting
from workflows.studio.exporting import Export

screen = Blueprint("studio_export", __name__)
may_edit = studio(Permission.EDIT)


@guard(studio())
@screen.get("/studio/drafts/<int:draft_id>/export")
def draft(draft_id: int) -> Response:
    """All files of a draft."""
    return _zip(exporting.export_draft(door.session(), viewer=door.viewer(), draft_id=draft_id))


@guard(studio())
@screen.get("/studio/releases/<int:number>/export")
def release(number: int) -> Response:
    """All files of a release."""
    return _zip(exporting.export_release(door.session(), viewer=door.viewer(), number=number))


@guard(may_edit)
@screen.get("/studio/drafts/<int:draft_id>/import-files")
def choose(draft_id: int) -> str:
    """Where to choose the zip."""
    return _draw(draft_id)


@guard(may_edit)
@screen.post("/studio/drafts/<int:draft_id>/import-files")
def take(draft_id: int) -> ResponseReturnValue:
    """Take its files into the draft, all of them or none."""
    file = request.files.get("archive")
    if file is None or not file.filename:
        return _draw(draft_id, "Choose a file first."), 422
    name, data = file.filename, file.read()
    try:
        taken = door.perform(
            exporting.take_in, by=door.actor(), draft_id=draft_id, name=name, data=data, now=door.now()
        )
    except NotAllowed as refused:
        return _draw(draft_id, door.said(refused)), 422
    flash(in_words.taken(taken), "success")
    return redirect(url_for("studio_drafts.show", draft_id=draft_id), 303)


def _draw(draft_id: int, sentence: str = "") -> str:
    name = drafts.named(door.session(), viewer=door.viewer(), draft_id=draft_id)
    return render_template("studio/import_files.html", draft_id=draft_id, name=name, sentence=sentence)


def _zip(export: Export) -> Response:
    """A zip, to be saved."""
    content = BytesIO(export.content)
    answer = send_file(content, mimetype="application/zip", as_attachment=True, download_name=export.name)
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    return answer
