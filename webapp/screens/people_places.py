"""Care groups and teams: who holds what there, what is vacant, and their names."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import case_filters
from webapp.forms import people as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, holds
from webapp.screens.people import READERS
from webapp.screens.people_asking import Asking, ask, done
from workflows import people as verbs
from workflows.domain.roles import Role
from workflows.inbox import people_places

screen = Blueprint("people_places", __name__)
BACK = "/people/places"
BACK_WORDS = "Care groups and teams"


@guard(holds(*READERS))
@screen.get("/people/places")
def index() -> str:
    """Every care group and team with who holds which role, and what nobody holds."""
    found = people_places.places(door.session(), viewer=door.viewer(), now=door.now())
    return render_template("people/places.html", found=found)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/places/care-groups/new", methods=["GET", "POST"])
def add_care_group() -> ResponseReturnValue:
    """A new care group."""

    def act(values: forms.Values) -> ResponseReturnValue:
        door.perform(verbs.add_care_group, by=door.actor(), name=values["name"], now=door.now())
        return done(f"{values['name']} is added.", BACK)

    page = Asking("Add a care group", "Its teams and its posts come next.", "Add it", BACK, BACK_WORDS)
    return ask(page, Asked(forms.PLACE_NAME, forms.sent()), act)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/places/teams/new", methods=["GET", "POST"])
def add_team() -> ResponseReturnValue:
    """A new team."""
    groups = people_places.groups(door.session(), viewer=door.viewer())

    def act(values: forms.Values) -> ResponseReturnValue:
        group = case_filters.number(values["care_group"])
        door.perform(verbs.add_team, by=door.actor(), care_group_id=group, name=values["name"], now=door.now())
        return done(f"{values['name']} is added.", BACK)

    page = Asking("Add a team", "Give its posts next, so that its cases reach somebody.", "Add it", BACK, BACK_WORDS)
    return ask(page, Asked(forms.team_fields(groups), forms.sent()), act)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/places/care-groups/<int:place_id>/rename", methods=["GET", "POST"])
def rename_care_group(place_id: int) -> ResponseReturnValue:
    """Another name for a care group."""
    return _rename("care_group", place_id)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.route("/people/places/teams/<int:place_id>/rename", methods=["GET", "POST"])
def rename_team(place_id: int) -> ResponseReturnValue:
    """Another name for a team."""
    return _rename("team", place_id)


def _rename(kind: str, place_id: int) -> ResponseReturnValue:
    name = people_places.name_of(door.session(), viewer=door.viewer(), kind=kind, place_id=place_id)

    def act(values: forms.Values) -> ResponseReturnValue:
        said, now = values["name"], door.now()
        door.perform(verbs.rename_place, by=door.actor(), kind=kind, place_id=place_id, name=said, now=now)
        return done(f"It is called {said} now.", BACK)

    page = Asking(f"Rename {name}", "Open cases show the new name too.", "Save", BACK, BACK_WORDS)
    return ask(page, Asked(forms.PLACE_NAME, forms.sent(), given={"name": name}), act)
