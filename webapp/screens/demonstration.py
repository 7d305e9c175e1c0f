"""The demonstration's own clock: visitors move it forward, and read what was sent on the way."""

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp import door, listing, sign_in
from webapp.forms import forward as asked
from webapp.forms import sent_filters
from webapp.guards import demonstration_only, guard, signed_in
from webapp.presenters import forward as in_words
from webapp.presenters import sent_mail, words
from workflows import clock
from workflows.domain.errors import BadValues
from workflows.inbox import demonstration

screen = Blueprint("demonstration", __name__, url_prefix="/demonstration")


def visitor() -> ResponseReturnValue | None:
    """Whoever is signed in, on a demonstration site; elsewhere there is no such page."""
    demonstration_only()
    return signed_in()


@guard(visitor)
@screen.post("/forward")
def forward() -> Response:
    """Move the clock; what falls due on the way happens in order, each thing at its own time."""
    back = sign_in.safe_next(request.form.get("next", "/"))
    following = demonstration.next_deadline(door.session(), viewer=door.viewer())
    try:
        until = asked.target(request.form, now=door.now(), next_deadline=following)
    except BadValues as bad:
        flash(" ".join(bad.problems.values()), "important")
        return redirect(back, 303)
    # What happens on the way runs in sessions of its own; this request's one must not hold an old view meanwhile.
    door.session().rollback()
    tally = clock.move_forward(current_app.extensions["sqlalchemy"].session.session_factory, until=until)
    # The day alone: the bar above tells the time, which goes on while things happen.
    flash(f"It is now {words.day(until)}. {in_words.happened(tally.done)}", "success")
    return redirect(back, 303)


@guard(visitor)
@screen.get("/notices")
def notices() -> str:
    """The e-mail of the visitor's trust: a real site sends it through a mail server."""
    narrowed = sent_filters.read(request.args)
    found = demonstration.sent(door.session(), viewer=door.viewer(), **narrowed, page=listing.page(), now=door.now())
    links = listing.links(found, sent_filters.as_args(narrowed))
    return render_template("demonstration/notices.html", found=found, links=links, words=sent_mail)
