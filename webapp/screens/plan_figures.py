"""What a job plan comes to while somebody writes it. Nothing is kept."""

from typing import Any

from flask import Blueprint, abort, render_template, request

from webapp import door
from webapp.forms.crafted.plan import PlanEditor
from webapp.forms.step import Extra
from webapp.guards import guard, signed_in
from webapp.presenters import plan_editor, plan_words
from webapp.presenters import plan_figures as in_words
from workflows.inbox import panels, plan_figures, rotas, steps

screen = Blueprint("plan_figures", __name__)


@guard(signed_in)
@screen.post("/steps/<int:step_id>/figures")
def work_out(step_id: int) -> str:
    """The figures of the plan as it stands in the form of a step, however much of it can be read."""
    page = steps.step_page(door.session(), viewer=door.viewer(), step_id=step_id, now=door.now())
    if page.may != "act":
        abort(404)
    panel = panels.panel_of(door.session(), viewer=door.viewer(), step_id=step_id, now=door.now())
    extra = PlanEditor(panel, request.form)
    extra.beside(panel)
    worked = worked_out(step_id, extra)
    if worked is None:
        abort(404)
    words = {"figures": in_words, "plans": plan_words, "editor": plan_editor}
    answer = "steps/crafted/plan_figures_answer.html"
    return render_template(answer, extra=extra, panel=panel, worked=worked, **words)


def worked_out(step_id: int, extra: Extra) -> plan_figures.PlanFigures | None:
    """What the plan in a form comes to; None for a form without one. The form then says at each line what of it could
    not be read."""
    if not isinstance(extra, PlanEditor):
        return None
    about: dict[str, Any] = {"viewer": door.viewer(), "now": door.now()}
    found = plan_figures.plan_figures(door.session(), step_id=step_id, content=extra.values()["plan"], **about)
    if found is not None:
        extra.note_unread(found.unread)
        extra.rotas = rotas.to_open(door.session(), plan=found.plan, **about)
    return found
