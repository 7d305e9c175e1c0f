"""Starting a case by hand: a planning round, an interim plan, a review during the year."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms.start import ASKED, StartForm
from webapp.guards import guard, signed_in
from webapp.presenters import starting as in_words
from workflows import cases
from workflows.inbox import starting

screen = Blueprint("start", __name__)


@guard(signed_in)
@screen.get("/cases/start")
def choose() -> str:
    """What whoever is signed in may start."""
    return render_template("start/choose.html", kinds=in_words.kinds(starting.kinds(door.viewer())))


@guard(signed_in)
@screen.route("/cases/start/<kind>", methods=["GET", "POST"])
def fill(kind: str) -> ResponseReturnValue:
    """The questions of one kind of start; sent, the case is open."""
    if kind not in ASKED:
        abort(404)
    found = starting.startable(door.session(), viewer=door.viewer(), kind=kind, now=door.now())
    form = StartForm(kind, found.offered, request.form if request.method == "POST" else None)
    if request.method == "POST" and form.valid():
        process, facts = starting.facts(found, form.values(), door.now())
        reference = door.perform(cases.start_case, actor=door.actor(), process=process, facts=facts, now=door.now())
        flash(f"{in_words.KINDS[kind].title} is under way as {reference}.", "success")
        return redirect(f"/cases/{reference}", 303)
    shown = render_template("start/fill.html", kind=in_words.KINDS[kind], form=form, action=url_for(".fill", kind=kind))
    return shown, 422 if form.problems() else 200
