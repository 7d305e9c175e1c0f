"""Lists of people: uploaded and checked, looked over, imported; and the list to take away."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.guards import guard, holds
from webapp.presenters import people_files as in_words
from webapp.screens.people import READERS
from webapp.screens.people_asking import done
from workflows import people as verbs
from workflows.domain.errors import NotAllowed
from workflows.inbox import people

screen = Blueprint("people_import", __name__)


@guard(holds(*READERS))
@screen.get("/people/import")
def form() -> str:
    """The columns of a list, and where to choose the file."""
    return _draw()


@guard(holds(*READERS))
@screen.post("/people/import")
def check() -> ResponseReturnValue:
    """Check a list: nothing is imported yet. What is wrong is told line by line."""
    sent = request.files.get("list")
    if sent is None or not sent.filename:
        return _draw(sentence="Choose a file first."), 422
    try:
        checked = door.perform(verbs.check_file, by=door.actor(), name=sent.filename, data=sent.read(), now=door.now())
    except NotAllowed as unreadable:
        return _draw(sentence=unreadable.sentence), 422
    if checked.file_id is None:
        return render_template("people/problems.html", found=checked.comparison, words=in_words), 422
    return redirect(url_for("people_import.preview", file_id=checked.file_id), 303)


@guard(holds(*READERS))
@screen.get("/people/import/<int:file_id>")
def preview(file_id: int) -> ResponseReturnValue:
    """What importing the list would do, beside what is recorded now."""
    checked = verbs.look_again(door.session(), by=door.actor(), file_id=file_id, now=door.now())
    if checked.comparison.problems:
        return render_template("people/problems.html", found=checked.comparison, words=in_words), 409
    return render_template("people/preview.html", found=checked.comparison, file_id=file_id, words=in_words)


@guard(holds(*READERS))
@screen.post("/people/import/<int:file_id>")
def confirm(file_id: int) -> ResponseReturnValue:
    """Import the list, all of it or nothing. Steps that wait pass on with the posts."""
    try:
        imported = door.perform(verbs.import_file, by=door.actor(), file_id=file_id, now=door.now())
    except NotAllowed as refused:
        flash(door.said(refused), "important")
        return redirect(url_for("people_import.form"), 303)
    return done(f"The list is imported: {in_words.counted(imported.counts)}.", url_for("people.index"), imported.area)


@guard(holds(*READERS))
@screen.post("/people/export")
def export() -> Response:
    """Everybody of the trust as a file that imports again unchanged. That it was taken out is on record."""
    text = door.perform(verbs.export, by=door.actor(), now=door.now())
    name = f"people-{door.today().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(f"\ufeff{text}", mimetype="text/csv", headers=headers)


def _draw(sentence: str = "") -> str:
    titles = people.titles(door.session(), viewer=door.viewer())
    return render_template("people/import.html", columns=in_words.columns(titles), sentence=sentence)
