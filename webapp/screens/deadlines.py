"""Why a deadline falls on its date."""

from flask import Blueprint, render_template

from webapp import door
from webapp.guards import guard, signed_in
from webapp.presenters import deadlines as in_words
from workflows.inbox import deadlines

screen = Blueprint("deadlines", __name__)


@guard(signed_in)
@screen.get("/deadlines/<int:deadline_id>")
def show(deadline_id: int) -> str:
    """The date, line by line; its reminders; what its passing means."""
    page = deadlines.deadline_page(door.session(), viewer=door.viewer(), deadline_id=deadline_id, now=door.now())
    return render_template("deadlines/show.html", page=page, words=in_words)
