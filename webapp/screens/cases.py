"""The list of cases, and the page of one case with its diagrams."""

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from webapp import door, listing
from webapp.forms import case_filters
from webapp.forms.withdrawing import WithdrawForm
from webapp.guards import guard, signed_in
from webapp.presenters import case_pages, deadlines, dispute_plain, dispute_words, extra_pas, plan_words
from webapp.presenters import cases as in_words
from workflows.cases import withdraw_case
from workflows.domain.errors import BadValues
from workflows.inbox import case_pages as pages
from workflows.inbox import cases, withdrawing
from workflows.studio import impact

screen = Blueprint("cases", __name__)
KEPT = "case_filters"
WORDS = {
    "words": case_pages,
    "dates": deadlines,
    "plans": plan_words,
    "plainly": dispute_plain,
    "disputes": dispute_words,
    "extras": extra_pas,
}
"""What the templates of a case say it in."""


@guard(signed_in)
@screen.get("/cases")
def index() -> str | AnyResponse:
    """The cases that whoever is signed in may see. Filters stand in the address and are remembered until cleared."""
    if way := listing.remembered(KEPT):
        return way
    filters = case_filters.read(request.args)
    kept = case_filters.as_args(filters)
    found = cases.case_list(door.session(), viewer=door.viewer(), filters=filters, page=listing.page(), now=door.now())
    session[KEPT] = kept
    return render_template(
        "cases/index.html",
        found=found,
        filters=filters,
        kept=kept,
        words=in_words,
        rows=in_words.rows(found),
        links=listing.links(found, kept),
    )


@guard(signed_in)
@screen.get("/cases/<reference>")
def show(reference: str) -> str:
    """One case: where it is, what comes next, and all that belongs to it."""
    page = pages.case_page(door.session(), viewer=door.viewer(), reference=reference, now=door.now())
    newer = None if page.head.closed_at else impact.newer(door.session(), viewer=door.viewer(), than=page.head.release)
    return render_template("cases/show.html", page=page, newer=newer, **WORDS)


@guard(signed_in)
@screen.get("/cases/<reference>/print")
def on_paper(reference: str) -> str:
    """The same to be read on paper: nothing folded, nothing to press."""
    page = pages.case_page(door.session(), viewer=door.viewer(), reference=reference, now=door.now())
    return render_template("cases/print.html", page=page, **WORDS)


@guard(signed_in)
@screen.route("/cases/<reference>/withdraw", methods=["GET", "POST"])
def withdraw(reference: str) -> ResponseReturnValue:
    """End a case that was started by mistake."""
    found = withdrawing.to_withdraw(door.session(), viewer=door.viewer(), reference=reference, now=door.now())
    form = WithdrawForm()
    if request.method == "GET":
        return render_template("cases/withdraw.html", found=found, form=form)
    try:
        if form.validate():
            reason = form.reason.data or ""
            door.perform(withdraw_case, actor=door.actor(), reference=reference, reason=reason, now=door.now())
            door.deliver()
            flash("The case is withdrawn. Nobody has anything to do in it any more.", "success")
            return redirect(url_for("cases.show", reference=reference), 303)
    except BadValues as bad:
        form.refuse(bad.problems["reason"])
    return render_template("cases/withdraw.html", found=found, form=form), 422


@guard(signed_in)
@screen.get("/cases/<reference>/diagrams/<process>.bpmn")
def diagram(reference: str, process: str) -> Response:
    """A drawing of the case's own release, as BPMN XML."""
    xml = pages.diagram(door.session(), viewer=door.viewer(), reference=reference, process=process, now=door.now())
    return Response(xml, mimetype="application/xml")
