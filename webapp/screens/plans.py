"""A version of a job plan, to read."""

from flask import Blueprint, render_template

from webapp import door
from webapp.guards import guard, signed_in
from webapp.presenters import plans as in_words
from workflows.inbox import plans

screen = Blueprint("plans", __name__)


@guard(signed_in)
@screen.get("/plans/<int:plan_id>")
def show(plan_id: int) -> str:
    """The plan by day and by category, its signatures, and what changed since the version before."""
    page = plans.plan_page(door.session(), viewer=door.viewer(), plan_id=plan_id, now=door.now())
    return render_template("plans/show.html", page=page, words=in_words)
