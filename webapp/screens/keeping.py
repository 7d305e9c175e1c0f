"""Keeping a half-filled step while somebody is at it: what a script sends now and then, without leaving the page."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import case_filters
from webapp.forms.step import to_draft
from webapp.guards import guard, signed_in
from webapp.presenters import words
from workflows import cases
from workflows.cases.steps import DraftMoved
from workflows.inbox import steps

screen = Blueprint("keeping", __name__)


@guard(signed_in)
@screen.post("/steps/<int:step_id>/draft")
def keep(step_id: int) -> ResponseReturnValue:
    """Keep what was typed; JSON with the draft's new version and when. 409 where another window has saved meanwhile,
    with the version that is kept there."""
    now, version = door.now(), case_filters.number(request.form.get("draft_version", ""))
    values = to_draft(request.form)
    try:
        kept = door.perform(
            cases.save_draft, actor=door.actor(), step_id=step_id, values=values, version=version, now=now
        )
    except DraftMoved:
        page = steps.step_page(door.session(), viewer=door.viewer(), step_id=step_id, now=now)
        at = words.hour(page.draft.saved_at or now)
        return {"version": page.draft.version, "at": at, "other": url_for("step.show", step_id=step_id)}, 409
    return {"version": kept, "at": words.hour(now)}
