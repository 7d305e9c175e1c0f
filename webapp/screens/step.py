"""One step: what it asks, keeping it half-filled, completing it; claiming, releasing and assigning it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from webapp import door
from webapp.error_pages import EXPIRED, GONE, REFUSED, TOO_LONG, not_sent, page_of
from webapp.forms import case_filters
from webapp.forms.assign import AssignForm
from webapp.forms.rows import Typed
from webapp.forms.step import ADD_DOCUMENT, COMPLETE, PREVIEW, SAVE, StepForm, from_draft, to_draft, typed_words
from webapp.guards import guard, holds, signed_in
from webapp.presenters import (
    deadlines,
    dispute_words,
    extra_pas,
    hr_check,
    plan_editor,
    plan_figures,
    plan_findings,
    plan_words,
)
from webapp.presenters import steps as in_words
from webapp.screens.crafted import CRAFTED, PLAIN
from webapp.screens.letters import as_pdf
from webapp.screens.plan_figures import worked_out
from workflows import cases
from workflows.cases.steps import DraftMoved
from workflows.domain.errors import BadValues, Broken, NotAllowed, NotFound, Unsound
from workflows.domain.roles import Role
from workflows.inbox import panels, queues, steps

screen = Blueprint("step", __name__)
KEEPING = frozenset({SAVE, ADD_DOCUMENT})
"""Buttons that keep what was entered as it stands."""


@guard(signed_in)
@screen.get("/steps/<int:step_id>")
def show(step_id: int) -> str:
    """A step with what was left half-filled; or the offer to claim or assign it."""
    page = steps.step_page(door.session(), viewer=door.viewer(), step_id=step_id, now=door.now())
    if page.may == "assign":
        people = queues.candidates(door.session(), viewer=door.viewer(), step_id=step_id, now=door.now())
        return render_template("steps/assign.html", page=page, form=AssignForm(people), words=in_words)
    panel = _panel(page.to_fill)
    if page.may == "claim":
        return _draw_before_claim(page, panel)
    return _draw(page, _form(page.to_fill, from_draft(page.draft.values) if page.draft.version else None, panel), panel)


def _about_to_complete(step_id: int) -> None:
    if request.form.get("press", COMPLETE) == COMPLETE:
        door.foresee_completing(step_id)


@guard(signed_in, foresee=_about_to_complete)
@screen.post("/steps/<int:step_id>")
def send(step_id: int) -> ResponseReturnValue:
    """Complete the step, see its letter, keep it for later, or add and remove rows: whichever button was pressed."""
    to_fill = steps.step_to_fill(door.session(), viewer=door.viewer(), step_id=step_id, now=door.now())
    wanted = CRAFTED.get(to_fill.screen, PLAIN).asks.wants_panel(request.form)
    form = _form(to_fill, request.form, _panel(to_fill, to_read=True) if wanted else panels.Nothing())
    try:
        return _act(to_fill, form, request.form.get("press", COMPLETE))
    except (cases.StepGone, steps.StepEnded, NotFound) as gone:
        return not_sent(GONE, door.said(gone), form.typed_words(), to_fill.reference)
    except NotAllowed as refused:
        steps.check_may_follow(door.session(), viewer=door.viewer(), step_id=step_id, now=door.now())
        return not_sent(REFUSED, door.said(refused), form.typed_words(), to_fill.reference)


@screen.errorhandler(CSRFError)
def expired(_: CSRFError) -> ResponseReturnValue:
    """The form was open for too long, or its session has ended: what was typed is shown to be copied."""
    typed = typed_words(request.form, {}) if request.endpoint == "step.send" else []
    return not_sent(EXPIRED, TOO_LONG, typed)


@guard(signed_in)
@screen.post("/steps/<int:step_id>/claim")
def claim(step_id: int) -> Response:
    """Take a step that several people could do."""
    door.perform(cases.claim_step, actor=door.actor(), step_id=step_id, now=door.now())
    flash("You have claimed this step. Your colleagues will leave it to you.", "success")
    return redirect(url_for("step.show", step_id=step_id), 303)


@guard(signed_in)
@screen.post("/steps/<int:step_id>/release")
def release(step_id: int) -> Response:
    """Give a claimed step back."""
    door.perform(cases.release_step, actor=door.actor(), step_id=step_id, now=door.now())
    flash("You have given the step back. Anybody of the team can take it now.", "success")
    return redirect(url_for("step.show", step_id=step_id), 303)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.post("/steps/<int:step_id>/assign")
def assign(step_id: int) -> ResponseReturnValue:
    """Give a step that nobody can do to somebody."""
    people = queues.candidates(door.session(), viewer=door.viewer(), step_id=step_id, now=door.now())
    form = AssignForm(people)
    if not form.validate():
        page = steps.step_page(door.session(), viewer=door.viewer(), step_id=step_id, now=door.now())
        return render_template("steps/assign.html", page=page, form=form, words=in_words), 422
    door.perform(cases.assign_step, actor=door.actor(), step_id=step_id, person_id=form.person.data, now=door.now())
    flash(f"The step is now with {dict(people)[form.person.data]}.", "success")
    return redirect(url_for("steps.queue"), 303)


def _panel(to_fill: steps.StepToFill, *, to_read: bool = False) -> panels.Panel:
    return panels.panel_of(door.session(), viewer=door.viewer(), step_id=to_fill.id, now=door.now(), to_read=to_read)


def _form(to_fill: steps.StepToFill, typed: Typed, panel: panels.Panel) -> StepForm:
    return StepForm(to_fill, CRAFTED.get(to_fill.screen, PLAIN).asks(panel, typed), typed)


def _act(to_fill: steps.StepToFill, form: StepForm, button: str) -> ResponseReturnValue:
    if button not in {COMPLETE, PREVIEW, *KEEPING}:
        form.extra.press(button)
        return _again(to_fill.id, form)
    if button not in KEEPING and not form.valid():
        return _again(to_fill.id, form), 422
    try:
        act = {SAVE: _keep, ADD_DOCUMENT: _keep_and_add, PREVIEW: _preview}.get(button, _complete)
        return act(to_fill, form)
    except (NotFound, NotAllowed, cases.StepGone):
        raise
    except BadValues as bad:
        form.complain(bad.problems)
        return _again(to_fill.id, form), 422
    except Broken as broken:
        told = isinstance(broken, DraftMoved)
        return _again(to_fill.id, form, f"{door.said(broken)}{_seen(broken)}", told=told), page_of(broken).status


def _preview(to_fill: steps.StepToFill, form: StepForm) -> Response:
    """The letter as it would go out, to be saved: the page with what was typed stays where it is."""
    title, content = door.rehearse(
        cases.preview_letter, actor=door.actor(), step_id=to_fill.id, values=form.values(), now=door.now()
    )
    return as_pdf(f"Preview of {title} {to_fill.reference}.pdf", content)


def _keep(to_fill: steps.StepToFill, _: StepForm) -> Response:
    _save(to_fill)
    flash(f"What you entered in “{to_fill.name}” is saved. It waits for you here.", "success")
    return redirect(url_for("steps.mine"), 303)


def _keep_and_add(to_fill: steps.StepToFill, _: StepForm) -> Response:
    """Save what was entered and go to add a document, from where the way leads back here."""
    _save(to_fill)
    return redirect(url_for("papers.add_document", reference=to_fill.reference, step=to_fill.id), 303)


def _save(to_fill: steps.StepToFill) -> None:
    values = to_draft(request.form)
    door.perform(
        cases.save_draft,
        actor=door.actor(),
        step_id=to_fill.id,
        values=values,
        version=_posted_version(),
        now=door.now(),
    )


def _complete(to_fill: steps.StepToFill, form: StepForm) -> Response:
    done = door.perform(
        cases.complete_step, actor=door.actor(), step_id=to_fill.id, values=form.values(), now=door.now()
    )
    if done.sent:
        door.deliver()
    flash(in_words.finished(to_fill.name, done), "success")  # type: ignore[arg-type]  # the session keeps mappings too
    return redirect(url_for("steps.mine"), 303)


def _again(step_id: int, form: StepForm, sentence: str = "", *, told: bool = False) -> str:
    """The page as it was sent. It keeps the version of the draft that it was made from, so that what another window
    has saved since is not overwritten unseen; once that has been said, sending it again is a decision."""
    page = steps.step_page(door.session(), viewer=door.viewer(), step_id=step_id, now=door.now())
    if not told and page.draft.version != _posted_version():
        page = replace(page, draft=steps.DraftKept(version=_posted_version()))
    return _draw(page, form, _panel(page.to_fill), sentence)


def _seen(broken: Broken) -> str:
    """Who else sees a fault: what stopped a person's step is kept as an incident."""
    kept = isinstance(broken, Unsound) and broken.step_id
    return f" The {door.called('medical_directorate')} team can see what happened in its list of steps." if kept else ""


def _posted_version() -> int:
    return case_filters.number(request.form.get("draft_version", ""))


def _draw_before_claim(page: steps.StepPage, panel: panels.Panel) -> str:
    """What a shared step asks and what there is to judge it by, before somebody takes it on."""
    return render_template("steps/claim.html", **_shown(page, panel))


def _draw(page: steps.StepPage, form: StepForm, panel: panels.Panel, sentence: str = "") -> str:
    form.extra.beside(panel)
    worked = worked_out(page.to_fill.id, form.extra)
    return render_template("steps/step.html", form=form, sentence=sentence, worked=worked, **_shown(page, panel))


def _shown(page: steps.StepPage, panel: panels.Panel) -> dict[str, Any]:
    """The page with its panel, and the words for both."""
    return {
        "page": page,
        "panel": panel,
        "crafted": CRAFTED.get(page.to_fill.screen, PLAIN),
        "words": in_words,
        "plans": plan_words,
        "hr": hr_check,
        "editor": plan_editor,
        "figures": plan_figures,
        "findings": plan_findings,
        "disputes": dispute_words,
        "extras": extra_pas,
        "dates": deadlines,
    }
