"""Views of the board of disputes under names of one's own: save, open, rename, delete."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import dispute_filters
from webapp.forms.asked import Asked
from webapp.forms.people import Values, sent
from webapp.guards import follows_disputes, guard
from webapp.presenters import disputes as in_words
from webapp.screens.people_asking import Asking, ask, done
from workflows import following as verbs
from workflows.domain.fields import Field
from workflows.inbox import following

screen = Blueprint("dispute_views", __name__)
NAME = (Field("name", "text", "Name", hint="For example, “Late appeals”. Nobody else sees your views.", required=True),)
LIST = "/disputes/views"


@guard(follows_disputes)
@screen.get("/disputes/views")
def index() -> str:
    """One's own views."""
    groups = following.care_groups(door.session(), viewer=door.viewer())
    found = [
        (view, in_words.narrowed(dispute_filters.read(view.asked), groups))
        for view in following.views(door.session(), viewer=door.viewer())
    ]
    return render_template("disputes/views.html", found=found)


@guard(follows_disputes)
@screen.route("/disputes/views/new", methods=["GET", "POST"])
def save() -> ResponseReturnValue:
    """Keep the filters of the address under a name."""
    filters = dispute_filters.read(request.args)
    asked = dispute_filters.as_args(filters)
    groups = following.care_groups(door.session(), viewer=door.viewer())
    back = url_for("disputes.index", **(asked or {"all": "yes"}))
    lead = f"It shows: {in_words.narrowed(filters, groups)}."
    page = Asking("Save these filters as a view", lead, "Save the view", back, "Disputes")

    def act(values: Values) -> ResponseReturnValue:
        about = {"person_id": door.actor().person_id, "trust_id": door.actor().trust_id}
        door.perform(verbs.save_view, name=values["name"], asked=asked, now=door.now(), **about)
        return done("The view is saved. It stands above the list.", back)

    return ask(page, Asked(NAME, sent()), act)


@guard(follows_disputes)
@screen.route("/disputes/views/<int:view_id>/rename", methods=["GET", "POST"])
def rename(view_id: int) -> ResponseReturnValue:
    """Call a view otherwise."""
    view = following.view(door.session(), viewer=door.viewer(), view_id=view_id)
    page = Asking(f"Rename the view “{view.name}”", "", "Rename it", LIST, "Your views")

    def act(values: Values) -> ResponseReturnValue:
        about = {"person_id": door.actor().person_id, "trust_id": door.actor().trust_id}
        door.perform(verbs.rename_view, view_id=view_id, name=values["name"], **about)
        return done("The view has its new name.", LIST)

    return ask(page, Asked(NAME, sent(), given={"name": view.name}), act)


@guard(follows_disputes)
@screen.post("/disputes/views/<int:view_id>/delete")
def delete(view_id: int) -> ResponseReturnValue:
    """A view is not needed any more."""
    name = door.perform(verbs.remove_view, person_id=door.actor().person_id, view_id=view_id)
    flash(f"The view “{name}” is deleted. The disputes that it showed are all still there.", "success")
    return redirect(LIST, 303)
