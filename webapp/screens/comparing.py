"""Versions of a job plan side by side."""

from flask import Blueprint, render_template, request

from webapp import door
from webapp.forms.comparing import Asked
from webapp.guards import guard, signed_in
from webapp.presenters import plans
from webapp.presenters import side_by_side as in_words
from workflows.inbox import choosing_plans, comparing

screen = Blueprint("comparing", __name__)


@guard(signed_in)
@screen.get("/plans/compare")
def versions() -> str:
    """Two versions of a doctor's plan or three: what differs, in PAs and hours. Before that, what can be chosen."""
    asked = Asked.read(request.args)
    if asked.open:
        choice = choosing_plans.choice(door.session(), viewer=door.viewer(), doctor=asked.doctor, now=door.now())
        return render_template("plans/choice.html", choice=choice, words=plans)
    page = comparing.compare_page(door.session(), viewer=door.viewer(), plan_ids=asked.chosen, now=door.now())
    view = in_words.of_page(page, everything=asked.everything)
    return render_template("plans/compare.html", page=page, view=view, asked=asked, words=plans)


@guard(signed_in)
@screen.get("/cases/<reference>/positions")
def positions(reference: str) -> str:
    """The plan of today beside the plans that the two sides of a dispute want."""
    page = comparing.positions(door.session(), viewer=door.viewer(), reference=reference, now=door.now())
    return render_template("plans/positions.html", page=page, view=in_words.of_positions(page))
