"""Deputies: who stands in for whom. Anybody records one for themselves, the Medical Directorate for anyone."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import people as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, holds, signed_in
from webapp.presenters import people as in_words
from webapp.screens.people_asking import Asking, ask, done
from workflows import people as verbs
from workflows.domain.roles import Role
from workflows.inbox import people_deputies, steps

screen = Blueprint("people_deputies", __name__)
BACK = "/deputies"
BACK_WORDS = "Absence and deputies"
LEAD = "The deputy takes steps in the name of whoever is away. The record always names both."


@guard(signed_in)
@screen.get("/deputies")
def index() -> str:
    """One's own deputies; for the Medical Directorate everybody's."""
    found = people_deputies.deputies(door.session(), viewer=door.viewer(), now=door.now())
    return render_template("people/deputies.html", found=found, words=in_words)


@guard(signed_in)
@screen.route("/deputies/new", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """A deputy for oneself."""
    page = Asking("Name a deputy while you are away", LEAD, "Name this deputy", BACK, BACK_WORDS)
    me = door.person().person_id
    others = [one for one in steps.candidates(door.session(), viewer=door.viewer(), now=door.now()) if one[0] != me]
    form = Asked(forms.deputy_fields(for_others=False), forms.sent(), people=others)
    return ask(page, form, lambda values: _record(me, values))


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/deputies/for-others/new", methods=["GET", "POST"])
def add_for_others() -> ResponseReturnValue:
    """A deputy for somebody else."""
    page = Asking("Record a deputy for somebody", LEAD, "Record this deputy", BACK, BACK_WORDS)
    everybody = steps.candidates(door.session(), viewer=door.viewer(), now=door.now())
    form = Asked(forms.deputy_fields(for_others=True), forms.sent(), people=everybody)
    return ask(page, form, lambda values: _record(values["person"], values))


@guard(signed_in)
@screen.post("/deputies/<int:row_id>/end")
def end(row_id: int) -> ResponseReturnValue:
    """They no longer stand in, from now on."""
    door.perform(verbs.end_deputy, by=door.actor(), deputy_row_id=row_id, now=door.now())
    return done("They no longer stand in.", BACK)


def _record(person_id: int, values: forms.Values) -> ResponseReturnValue:
    door.perform(
        verbs.record_deputy,
        by=door.actor(),
        person_id=person_id,
        deputy_id=values["deputy"],
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        reason=values["reason"],
        now=door.now(),
    )
    return done("The deputy is recorded. Both of you are told.", BACK)
