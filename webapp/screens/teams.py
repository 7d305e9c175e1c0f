"""Teams: everyone's state, and the team's plan."""

from flask import Blueprint, render_template, request

from webapp import door
from webapp.forms.case_filters import number
from webapp.guards import guard, signed_in
from webapp.presenters import teams as in_words
from workflows.inbox import extra_pa, plans, teams

screen = Blueprint("teams", __name__)


@guard(signed_in)
@screen.get("/teams")
def index() -> str:
    """The teams that whoever is signed in may open."""
    lines = teams.team_list(door.session(), viewer=door.viewer(), now=door.now())
    follows = extra_pa.may_follow(door.session(), viewer=door.viewer(), now=door.now())
    return render_template("teams/index.html", lines=lines, follows=follows)


@guard(signed_in)
@screen.get("/teams/<int:team_id>")
def show(team_id: int) -> str:
    """Where everyone in the team is, and who carries what: with a draft of a member, where the address names one."""
    instead = number(request.args.get("with", ""))
    page = teams.team_page(door.session(), viewer=door.viewer(), team_id=team_id, now=door.now(), instead=instead)
    return render_template("teams/show.html", page=page, words=in_words)


@guard(signed_in)
@screen.get("/team-plans/<int:team_plan_id>")
def plan(team_plan_id: int) -> str:
    """A copy of a team's plan (CPFT-7.4-a)."""
    page = plans.team_plan_page(door.session(), viewer=door.viewer(), team_plan_id=team_plan_id, now=door.now())
    return render_template("teams/plan.html", page=page, words=in_words)
