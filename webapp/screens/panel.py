"""Who mediates in a dispute and who sits on its panel, and putting somebody else in their place."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import panel as forms
from webapp.forms.asked import Asked
from webapp.forms.people import sent
from webapp.guards import guard, signed_in
from webapp.presenters import panel as in_words
from workflows.cases import replace_panel_member
from workflows.domain.errors import BadValues
from workflows.inbox.panel_seats import PanelPage, Replacing, panel_page

screen = Blueprint("panel", __name__)


@guard(signed_in)
@screen.get("/cases/<reference>/panel")
def show(reference: str) -> str:
    """Who has which part, since when, and who had it before."""
    page = _page(reference)
    return _draw(page, _form(page.replacing) if page.replacing else None)


@guard(signed_in)
@screen.post("/cases/<reference>/panel")
def replace(reference: str) -> ResponseReturnValue:
    """Somebody else comes in."""
    page = _page(reference)
    form = _form(page.replaces)
    if not form.valid():
        return _draw(page, form), 422
    said = {**form.values(), "can_sit": True}
    try:
        name = door.perform(
            replace_panel_member, actor=door.actor(), reference=reference, person_id=said.pop("person"), now=door.now(),
            **said,
        )  # fmt: skip
    except BadValues as bad:
        form.complain(bad.problems)
        return _draw(page, form), 422
    flash(f"{name} has come in. What waited for the one before waits for them now.", "success")
    return redirect(url_for("panel.show", reference=reference), 303)


def _page(reference: str) -> PanelPage:
    return panel_page(door.session(), viewer=door.viewer(), reference=reference, now=door.now())


def _form(found: Replacing) -> Asked:
    return Asked(forms.fields(found), sent(), people=found.people)


def _draw(page: PanelPage, form: Asked | None) -> str:
    return render_template("cases/panel.html", page=page, form=form, words=in_words)
