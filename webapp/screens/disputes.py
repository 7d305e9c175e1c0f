"""The board of disputes."""

from flask import Blueprint, render_template, request, session
from werkzeug.wrappers import Response

from webapp import door, listing
from webapp.forms import dispute_filters
from webapp.guards import guard, signed_in
from webapp.presenters import disputes as in_words
from workflows.inbox import dispute_board

screen = Blueprint("disputes", __name__)
KEPT = "dispute_filters"


@guard(signed_in)
@screen.get("/disputes")
def index() -> str | Response:
    """The open disputes that whoever is signed in follows, what needs them first. Filters are remembered."""
    if way := listing.remembered(KEPT):
        return way
    filters = dispute_filters.read(request.args)
    kept = dispute_filters.as_args(filters)
    who, now = door.viewer(), door.now()
    found = dispute_board.board(door.session(), viewer=who, filters=filters, page=listing.page(), now=now)
    session[KEPT] = kept
    return render_template(
        "disputes/index.html",
        found=found,
        filters=filters,
        kept=kept,
        words=in_words,
        rows=in_words.rows(found),
        links=listing.links(found, kept),
    )
