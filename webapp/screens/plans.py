"""A version of a job plan, to read."""

from flask import Blueprint, Response, render_template

from webapp import door
from webapp.guards import guard, signed_in
from webapp.presenters import plans as in_words
from webapp.screens.letters import as_pdf
from workflows import letters
from workflows.inbox import plans

screen = Blueprint("plans", __name__)


@guard(signed_in)
@screen.get("/plans/<int:plan_id>")
def show(plan_id: int) -> str:
    """The plan by day and by category, its signatures, and what changed since the version before."""
    page = plans.plan_page(door.session(), viewer=door.viewer(), plan_id=plan_id, now=door.now())
    return render_template("plans/show.html", page=page, words=in_words)


@guard(signed_in)
@screen.get("/plans/<int:plan_id>/plan.pdf")
def on_the_form(plan_id: int) -> Response:
    """The plan on the policy's own form, as a PDF."""
    gathered = letters.gather_plan(door.session(), viewer=door.viewer(), plan_id=plan_id, now=door.now())
    file = letters.set_plan(gathered)
    return as_pdf(file.name, file.content)


@guard(signed_in)
@screen.get("/glossary")
def glossary() -> str:
    """What the abbreviations of the trust's policy mean."""
    policy = plans.policy_in_force(door.session(), viewer=door.viewer())
    return render_template("plans/glossary.html", terms=in_words.glossary(policy), trust=policy.name)
