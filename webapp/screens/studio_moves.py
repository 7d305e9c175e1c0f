"""What a release or a draft means for running cases, and moving those that can: a batch, watched, stopped, undone."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp import door, listing
from webapp.forms import studio_moves as forms
from webapp.guards import guard, studio
from webapp.presenters import studio_moves as in_words
from workflows.domain.errors import NotAllowed
from workflows.domain.studio import Permission
from workflows.studio import impact as impacts
from workflows.studio import moving

screen = Blueprint("studio_moves", __name__)
may_move = studio(Permission.MOVE)


@guard(studio())
@screen.get("/studio/impact/<int:number>")
def impact(number: int) -> ResponseReturnValue:
    """Every running case: whether it stays, can move to this release or cannot, and why."""
    return _draw(number, forms.NOTHING)


@guard(may_move)
@screen.post("/studio/impact/<int:number>")
def begin(number: int) -> ResponseReturnValue:
    """Set the chosen cases moving, or all that can."""
    sent = forms.sent(request.form)
    try:
        batch_id = door.perform(
            moving.begin,
            by=door.actor(),
            number=number,
            chosen=None if sent.everything else sent.chosen,
            filters=forms.read(request.args),
            because=sent.because,
            now=door.now(),
        )
    except NotAllowed as refused:
        return _draw(number, sent, door.said(refused), no_reason=isinstance(refused, moving.ReasonNeeded))
    return redirect(url_for("studio_moves.show", batch_id=batch_id), 303)


@guard(studio())
@screen.get("/studio/drafts/<int:draft_id>/impact")
def draft_impact(draft_id: int) -> ResponseReturnValue:
    """The same for a draft that nobody runs on yet; of one that is published, its release says it."""
    if number := impacts.published_as(door.session(), viewer=door.viewer(), draft_id=draft_id):
        return redirect(url_for("studio_moves.impact", number=number))
    filters = forms.read(request.args)
    page = impacts.of_draft(
        door.session(), viewer=door.viewer(), draft_id=draft_id, filters=filters, page=listing.page(), now=door.now()
    )
    links = listing.links(page, {"draft_id": draft_id, **forms.as_args(filters)})
    return render_template("studio/impact.html", **_shown(page, links, {"draft_id": draft_id}))


@guard(studio())
@screen.get("/studio/moves/<int:batch_id>")
def show(batch_id: int) -> str:
    """How far a batch is, and what became of each case."""
    page = moving.batch_page(
        door.session(), viewer=door.viewer(), batch_id=batch_id, page=listing.page(), now=door.now()
    )
    links = listing.links(page, {"batch_id": batch_id})
    return render_template("studio/moves.html", page=page, links=links, words=in_words)


@guard(may_move)
@screen.post("/studio/moves/<int:batch_id>/stop")
def stop(batch_id: int) -> Response:
    """Let the rest stay where it is for now."""
    door.perform(moving.stop, by=door.actor(), batch_id=batch_id, now=door.now())
    return _back(batch_id, "The batch is stopped. What has moved stays moved.")


@guard(may_move)
@screen.post("/studio/moves/<int:batch_id>/go-on")
def go_on(batch_id: int) -> Response:
    """Go on with what waits, and try again what failed."""
    door.perform(moving.go_on, by=door.actor(), batch_id=batch_id, now=door.now())
    return _back(batch_id, "The batch goes on.")


@guard(may_move)
@screen.post("/studio/moves/<int:batch_id>/undo")
def undo(batch_id: int) -> Response:
    """Put every case of it back."""
    door.perform(moving.undo, by=door.actor(), batch_id=batch_id, now=door.now())
    return _back(batch_id, "The batch is being undone: all of its cases, or none.")


def _back(batch_id: int, said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("studio_moves.show", batch_id=batch_id), 303)


def _draw(number: int, sent: forms.Sent, sentence: str = "", *, no_reason: bool = False) -> ResponseReturnValue:
    filters = forms.read(request.args)
    page = impacts.of_release(
        door.session(), viewer=door.viewer(), number=number, filters=filters, page=listing.page(), now=door.now()
    )
    links = listing.links(page, {"number": number, **forms.as_args(filters)})
    refused = {"sent": sent, "sentence": sentence, "no_reason": no_reason}
    shown = _shown(page, links, {"number": number}) | refused
    return render_template("studio/impact.html", **shown), 422 if sentence else 200


def _shown(page: impacts.Impact, links: object, where: dict[str, int]) -> dict[str, object]:
    endpoint = "studio_moves.impact" if "number" in where else "studio_moves.draft_impact"
    kept = forms.as_args(page.filters)
    return {
        "page": page,
        "links": links,
        "words": in_words,
        "sent": forms.NOTHING,
        "sentence": "",
        "no_reason": False,
        "address": lambda **said: url_for(endpoint, **{**where, **said}),
        "kept": kept,
        "draft_id": where.get("draft_id"),
    }
