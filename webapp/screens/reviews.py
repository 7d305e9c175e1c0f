"""Yearly reviews, and what a plan holds for an appraisal."""

from flask import Blueprint, Response, render_template

from webapp import door
from webapp.guards import guard, signed_in
from webapp.presenters import reviews as in_words
from workflows.inbox import plans, reviews

screen = Blueprint("reviews", __name__)


@guard(signed_in)
@screen.get("/reviews")
def index() -> str:
    """Which yearly reviews are overdue or due soon, team by team."""
    teams = reviews.yearly(door.session(), viewer=door.viewer(), now=door.now())
    return render_template("reviews/index.html", teams=teams, words=in_words)


@guard(signed_in)
@screen.get("/plans/<int:plan_id>/supporting.csv")
def supporting(plan_id: int) -> Response:
    """The supporting activities of a plan, to take along to the appraisal."""
    page = plans.plan_page(door.session(), viewer=door.viewer(), plan_id=plan_id, now=door.now())
    headers = {"Content-Disposition": f'attachment; filename="supporting-activities-{page.number}.csv"'}
    return Response(f"\ufeff{in_words.supporting(page)}", mimetype="text/csv", headers=headers)
