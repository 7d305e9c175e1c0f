"""How the processes of the trust go: the list, and each with its figures as a table and as heat on its diagram."""

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import case_filters, process_filters
from webapp.guards import guard, signed_in
from webapp.presenters import processes as in_words
from workflows.domain.calendars import civil_day
from workflows.inbox import process_figures

screen = Blueprint("processes", __name__)
KEPT = "process_filters"


@guard(signed_in)
@screen.get("/processes")
def index() -> str:
    """The processes, with how many cases wait in each."""
    found = process_figures.processes(door.session(), viewer=door.viewer(), now=door.now())
    return render_template("processes/index.html", found=found)


@guard(signed_in)
@screen.get("/processes/<process>")
def show(process: str) -> ResponseReturnValue:
    """One process. The period and the release are remembered from one to the next."""
    if session.get(KEPT) and not request.args:
        return redirect(url_for("processes.show", process=process, **session[KEPT]))
    typed = process_filters.read(request.args, civil_day(door.now()))
    found = process_figures.figures(
        door.session(), viewer=door.viewer(), process=process, filters=typed.filters, now=door.now()
    )
    session[KEPT] = kept = process_filters.as_args(found.filters)
    shown = render_template("processes/show.html", found=found, typed=typed, kept=kept, words=in_words)
    return shown, 422 if typed.sentence else 200


@guard(signed_in)
@screen.get("/processes/<process>.bpmn")
def diagram(process: str) -> Response:
    """The drawing that the figures belong to, as BPMN XML."""
    number = case_filters.number(request.args.get("release", "")) or None
    xml = process_figures.drawing(door.session(), viewer=door.viewer(), process=process, number=number, now=door.now())
    return Response(xml, mimetype="application/xml")
