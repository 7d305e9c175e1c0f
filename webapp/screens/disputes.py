"""The board of disputes, the same as a workbook, how long disputes take, and where they stand on one page."""

from flask import Blueprint, Response, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from webapp import door, listing
from webapp.forms import dispute_filters
from webapp.guards import guard, signed_in
from webapp.presenters import dispute_sheet
from webapp.presenters import disputes as in_words
from webapp.presenters import stage_times as times_in_words
from webapp.screens.letters import as_pdf
from workflows.following import note_export
from workflows.inbox import dispute_board, dispute_status, following, stage_times

screen = Blueprint("disputes", __name__)
KEPT = "dispute_filters"


@guard(signed_in)
@screen.get("/disputes")
def index() -> str | AnyResponse:
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
        views=following.views(door.session(), viewer=who),
        words=in_words,
        rows=in_words.rows(found),
        links=listing.links(found, kept),
    )


@guard(signed_in)
@screen.get("/disputes/export.xlsx")
def export() -> Response:
    """What the filters of the address show, all pages of it, as a workbook. That it was taken out is kept."""
    filters, who, now = dispute_filters.read(request.args), door.viewer(), door.now()
    found = dispute_board.all_disputes(door.session(), viewer=who, filters=filters, now=now)
    door.perform(note_export, person_id=who.person_id, trust_id=who.trust_id, disputes=len(found), now=now)
    narrowed = in_words.narrowed(filters, following.care_groups(door.session(), viewer=who))
    file = dispute_sheet.workbook(found, narrowed=narrowed, now=now, today=door.today())
    answer = Response(file, mimetype=dispute_sheet.MIMETYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"disputes-{door.today().isoformat()}.xlsx")
    return answer


@guard(signed_in)
@screen.get("/disputes/times")
def times() -> str:
    """How long the stages take, promised against actual, and which limits are likely to be missed."""
    found = stage_times.stage_times(door.session(), viewer=door.viewer(), now=door.now())
    return render_template("disputes/times.html", found=found, words=times_in_words)


@guard(signed_in)
@screen.get("/disputes/status")
def status() -> str:
    """Where the disputes stand, on one page to be printed."""
    found = dispute_status.status(door.session(), viewer=door.viewer(), now=door.now())
    return render_template("disputes/status.html", found=found, words=in_words)


@guard(signed_in)
@screen.get("/disputes/status.pdf")
def status_letter() -> Response:
    """The same as a letter to the Chief Executive."""
    file = dispute_status.status_letter(door.session(), viewer=door.viewer(), now=door.now())
    return as_pdf(f"disputes-{door.today().isoformat()}.pdf", file)
