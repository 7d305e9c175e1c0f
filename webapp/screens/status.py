"""The state of the installation, for the Medical Directorate."""

from flask import Blueprint, render_template

from webapp import door
from webapp.guards import guard, holds
from webapp.presenters import status as in_words
from workflows.domain.roles import Role
from workflows.inbox.status import status

screen = Blueprint("status", __name__)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.get("/status")
def show() -> str:
    """How quick it is, whether its clocks run, what waits, and when it was last backed up."""
    page = status(door.session(), viewer=door.viewer(), now=door.now(), real_now=door.real_now())
    return render_template("status/show.html", page=page, words=in_words, real_now=door.real_now())
