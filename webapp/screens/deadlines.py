"""Why a deadline falls on its date, and changing that date."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms.deadlines import SURE, ChangeForm
from webapp.guards import guard, signed_in
from webapp.presenters import changing_dates
from webapp.presenters import deadlines as in_words
from workflows import deadlines as verbs
from workflows.domain.errors import Broken, NotFound
from workflows.inbox import deadlines

screen = Blueprint("deadlines", __name__)


@guard(signed_in)
@screen.get("/deadlines/<int:deadline_id>")
def show(deadline_id: int) -> str:
    """The date, line by line; its reminders; what its passing means."""
    page = deadlines.deadline_page(door.session(), viewer=door.viewer(), deadline_id=deadline_id, now=door.now())
    return render_template("deadlines/show.html", page=page, words=in_words, changing=changing_dates)


@guard(signed_in)
@screen.route("/deadlines/<int:deadline_id>/<verb>", methods=["GET", "POST"])
def change(deadline_id: int, verb: str) -> ResponseReturnValue:
    """What a change brings, in words, before it is made."""
    if verb not in deadlines.VERBS:
        abort(404)
    form = ChangeForm(verb, request.form if request.method == "POST" else None)
    if request.method == "GET":
        return _draw(deadline_id, verb, form)
    if not form.valid():
        return _draw(deadline_id, verb, form), 422
    if verb == "extend" and SURE not in request.form:
        return _draw(deadline_id, verb, form, sure=True)
    try:
        door.perform(getattr(verbs, verb), actor=door.actor(), deadline_id=deadline_id, **form.values(), now=door.now())
    except NotFound:
        raise
    except Broken as broken:
        return _draw(deadline_id, verb, form, door.said(broken)), 409
    flash(changing_dates.DONE[verb], "success")
    return redirect(url_for("deadlines.show", deadline_id=deadline_id), 303)


def _draw(deadline_id: int, verb: deadlines.Verb, form: ChangeForm, sentence: str = "", *, sure: bool = False) -> str:
    to_on = form.values().get("to_on")
    found = deadlines.consequences(
        door.session(), viewer=door.viewer(), deadline_id=deadline_id, verb=verb, to_on=to_on, now=door.now()
    )
    if sure and found.days <= 0:
        sure, sentence = False, changing_dates.not_later(found)
    shown = {"found": found, "form": form, "words": changing_dates, "sentence": sentence, "sure": sure}
    return render_template("deadlines/change.html", **shown)
