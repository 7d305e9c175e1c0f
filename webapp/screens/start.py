"""Starting a case by hand: a planning round, an interim plan, a review during the year."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms.start import ASKED, StartForm
from webapp.guards import guard, signed_in
from webapp.presenters import starting as in_words
from workflows import cases
from workflows.domain.errors import NotAllowed
from workflows.inbox import starting

screen = Blueprint("start", __name__)


@guard(signed_in)
@screen.get("/cases/start")
def choose() -> str:
    """What whoever is signed in may start."""
    return render_template("start/choose.html", kinds=in_words.kinds(starting.kinds(door.viewer()), door.titles()))


@guard(signed_in)
@screen.route("/cases/start/<kind>", methods=["GET", "POST"])
def fill(kind: str) -> ResponseReturnValue:
    """The questions of one kind of start; sent, the case is open."""
    if kind not in ASKED:
        abort(404)
    found = starting.startable(door.session(), viewer=door.viewer(), kind=kind, now=door.now())
    form = StartForm(kind, found.offered, request.form if request.method == "POST" else None)
    if request.method == "GET":
        return _draw(kind, form)
    if not form.valid():
        return _draw(kind, form), 422
    process, facts = starting.facts(found, form.values(), door.now())
    try:
        reference = door.perform(cases.start_case, actor=door.actor(), process=process, facts=facts, now=door.now())
    except NotAllowed as refused:
        return _draw(kind, form, door.said(refused)), 409
    return _go_on(kind, reference)


def _go_on(kind: str, reference: str) -> ResponseReturnValue:
    """To the page of the case; or, where the first step is for whoever started it, straight on to that step."""
    first = starting.first_step(door.session(), viewer=door.viewer(), reference=reference)
    if kind not in starting.GOES_ON or first is None:
        flash(f"{in_words.KINDS[kind].title} is under way as {reference}.", "success")
        return redirect(f"/cases/{reference}", 303)
    step_id, shared = first
    if shared:
        door.perform(cases.claim_step, actor=door.actor(), step_id=step_id, now=door.now())
    return redirect(url_for("step.show", step_id=step_id), 303)


def _draw(kind: str, form: StartForm, sentence: str = "") -> str:
    [said] = in_words.kinds([kind], door.titles())
    return render_template("start/fill.html", kind=said, form=form, sentence=sentence)
