"""What failed in the trust, for its Medical Directorate: the list, and one incident to retry or give up."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp import door, listing
from webapp.forms import incidents as asked
from webapp.guards import guard, holds
from webapp.presenters import incidents as in_words
from workflows.domain.errors import BadValues
from workflows.domain.roles import Role
from workflows.inbox import incidents
from workflows.operations import incidents as verbs

screen = Blueprint("incidents", __name__, url_prefix="/incidents")
directorate = holds(Role.MEDICAL_DIRECTORATE)


@guard(directorate)
@screen.get("")
def index() -> str:
    """Every failure, those that have yet to be dealt with unless the address says otherwise."""
    filters = asked.read(request.args)
    kept = asked.as_args(filters)
    found = incidents.incident_list(door.session(), viewer=door.viewer(), filters=filters, page=listing.page())
    shown = {"found": found, "filters": filters, "words": in_words, "links": listing.links(found, kept)}
    return render_template("incidents/index.html", **shown)


@guard(directorate)
@screen.get("/<int:incident_id>")
def show(incident_id: int) -> str:
    """One failure: what, where and why; what became of it; what can be done."""
    return _draw(incident_id, asked.GiveUpForm())


@guard(directorate)
@screen.post("/<int:incident_id>/retry")
def retry(incident_id: int) -> Response:
    """Have it tried again at the clock's next look."""
    door.perform(verbs.retry, **_who(), incident_id=incident_id, now=door.now())
    flash("It is tried again at the clock’s next look, within a few seconds. Reload this page to see how it went.")
    return redirect(url_for("incidents.show", incident_id=incident_id), 303)


@guard(directorate)
@screen.post("/<int:incident_id>/give-up")
def give_up(incident_id: int) -> ResponseReturnValue:
    """Put it away with a reason."""
    form = asked.GiveUpForm()
    if not form.validate():
        return _draw(incident_id, form), 422
    try:
        door.perform(verbs.give_up, **_who(), incident_id=incident_id, reason=form.reason.data or "", now=door.now())
    except BadValues as bad:
        form.reason.errors = [bad.problems["reason"]]
        return _draw(incident_id, form), 422
    flash("The incident has been given up. Your reason stands in its history.", "success")
    return redirect(url_for("incidents.show", incident_id=incident_id), 303)


def _who() -> dict[str, int]:
    return {"trust_id": door.person().trust_id, "person_id": door.person().person_id}


def _draw(incident_id: int, form: asked.GiveUpForm) -> str:
    page = incidents.incident_page(door.session(), viewer=door.viewer(), incident_id=incident_id)
    return render_template("incidents/show.html", page=page, form=form, words=in_words)
