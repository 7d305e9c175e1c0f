"""Bringing a diagram that was drawn elsewhere into a draft, and mending it repair by repair."""

from contextlib import closing
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import studio_import as forms
from webapp.forms import studio_list
from webapp.forms.asked import Asked
from webapp.guards import guard, studio
from workflows.domain.errors import NotAllowed, Unsound
from workflows.domain.studio import Permission
from workflows.studio import drafts
from workflows.studio import importing as verbs

screen = Blueprint("studio_import", __name__)
may_edit = studio(Permission.EDIT)
ROOT = "/studio/drafts/<int:draft_id>/import"


@guard(may_edit)
@screen.get(ROOT)
def choose(draft_id: int) -> str:
    """Where to choose the file."""
    return _draw(draft_id)


@guard(may_edit)
@screen.post(ROOT)
def take(draft_id: int) -> ResponseReturnValue:
    """Take the file into the draft, as it is. What is wrong with the file itself is told here."""
    file = request.files.get("diagram")
    if file is None or not file.filename:
        return _draw(draft_id, "Choose a file first."), 422
    with closing(file):
        asked: dict[str, Any] = {"draft_id": draft_id, "name": file.filename, "data": file.read(), **forms.taken()}
    try:
        process = door.perform(verbs.take_in, by=door.actor(), now=door.now(), **asked)
    except NotAllowed as refused:
        return _draw(draft_id, door.said(refused)), 422
    return redirect(url_for("studio_import.show", draft_id=draft_id, process=process), 303)


@guard(studio())
@screen.get(f"{ROOT}/<process>")
def show(draft_id: int, process: str) -> str:
    """What stops a diagram, and what can be done about it."""
    page = verbs.import_page(door.session(), viewer=door.viewer(), draft_id=draft_id, process=process)
    return render_template("studio/import_repairs.html", page=page)


@guard(may_edit)
@screen.route(f"{ROOT}/<process>/<repair>", methods=["GET", "POST"])
def mend(draft_id: int, process: str, repair: str) -> ResponseReturnValue:
    """Answer what a repair asks and see what it would do; then take it."""
    page = verbs.import_page(door.session(), viewer=door.viewer(), draft_id=draft_id, process=process)
    found = next((each.found for each in page.repairs if each.found.key == repair), None)
    if found is None:
        flash("This is mended already.", "success")
        return redirect(url_for("studio_import.show", draft_id=draft_id, process=process), 303)
    form = Asked(forms.fields(found), forms.sent(), given=forms.given(found))
    answers = forms.answers(found, form.values()) if request.method == "POST" else found.suggested
    if request.method == "POST" and form.valid() and request.form.get("press") == "take":
        return _mended(draft_id, process, repair, answers)
    asked: dict[str, Any] = {"draft_id": draft_id, "process": process, "key": repair, "answers": answers}
    would = verbs.preview(door.session(), viewer=door.viewer(), **asked)
    return render_template("studio/import_repair.html", page=page, found=found, form=form, would=would)


def _mended(draft_id: int, process: str, repair: str, answers: dict[str, str]) -> ResponseReturnValue:
    read = studio_list.version()
    asked: dict[str, Any] = {"draft_id": draft_id, "process": process, "key": repair, "answers": answers, "read": read}
    try:
        said = door.perform(verbs.repair, by=door.actor(), now=door.now(), **asked)
    except (NotAllowed, Unsound) as refused:
        flash(door.said(refused), "important")
    else:
        flash(" ".join(said[:3]) + (f" And {len(said) - 3} more." if len(said) > 3 else ""), "success")
    return redirect(url_for("studio_import.show", draft_id=draft_id, process=process), 303)


def _draw(draft_id: int, sentence: str = "") -> str:
    name = drafts.named(door.session(), viewer=door.viewer(), draft_id=draft_id)
    typed = forms.taken()
    return render_template("studio/import.html", draft_id=draft_id, name=name, sentence=sentence, typed=typed)
