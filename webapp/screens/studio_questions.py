"""The questions of one step of a draft's diagram: added, changed, moved and removed."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import studio_list as of_lists
from webapp.forms import studio_questions as forms
from webapp.forms.asked import Asked
from webapp.guards import guard
from webapp.presenters import studio_list as in_words
from webapp.screens.people_asking import Asking
from webapp.screens.studio_list import ROOT, NoSuchLine, asked_first, at_line, may_edit, outcome, tried
from workflows.domain.fields import Field
from workflows.studio import editing as verbs
from workflows.studio.editing import Edited, Place
from workflows.studio.listing import Line, ListPage, limits

screen = Blueprint("studio_questions", __name__)
STEP = f"{ROOT}/<element>/questions"


@guard(may_edit)
@screen.get(STEP)
def index(draft_id: int, process: str, element: str) -> str:
    """What a step asks."""
    page, line = at_line(draft_id, process, element)
    return render_template("studio/list_questions.html", page=page, line=line, words=in_words)


@guard(may_edit)
@screen.route(f"{STEP}/add", methods=["GET", "POST"])
def add(draft_id: int, process: str, element: str) -> ResponseReturnValue:
    """One more question."""
    page, line = at_line(draft_id, process, element)
    return _keep(page, line, None)


@guard(may_edit)
@screen.route(f"{STEP}/<question>/change", methods=["GET", "POST"])
def change(draft_id: int, process: str, element: str, question: str) -> ResponseReturnValue:
    """What is asked, and how it is answered."""
    page, line = at_line(draft_id, process, element)
    return _keep(page, line, _asked(line, question))


@guard(may_edit)
@screen.post(f"{STEP}/<question>/move")
def move(draft_id: int, process: str, element: str, question: str) -> ResponseReturnValue:
    """Ask it earlier or later."""
    up, place = request.form.get("way") == "up", Place(draft_id, process, of_lists.version())

    def act() -> str:
        return door.perform(
            verbs.move_field, by=door.actor(), at=place, step=element, key=question, up=up, now=door.now()
        ).said

    return tried(act, _back(draft_id, process, element, question))


@guard(may_edit)
@screen.route(f"{STEP}/<question>/remove", methods=["GET", "POST"])
def remove(draft_id: int, process: str, element: str, question: str) -> ResponseReturnValue:
    """Ask it no more, once that is confirmed."""
    page, line = at_line(draft_id, process, element)
    asked = _asked(line, question)

    def act(_: of_lists.Values, place: Place) -> Edited:
        return door.perform(
            verbs.remove_field, by=door.actor(), at=place, step=element, key=question, now=door.now()
        )  # fmt: skip

    lead = "Conditions and letters that look at the answer will need another look. You can undo this."
    return outcome(
        page, Asked((), of_lists.sent()), act, title=f"Remove the question “{asked.label}”", lead=lead, button="Remove",
        back=_back(draft_id, process, element), words=in_words.called(line),
    )  # fmt: skip


def _keep(page: ListPage, line: Line, now: Field | None) -> ResponseReturnValue:
    others = [field for field in line.node.fields if now is None or field.key != now.key]
    title = f"Change the question “{now.label}”" if now else f"Add a question to “{in_words.called(line)}”"
    back, words = _back(page.draft.id, page.line.key, line.node.id, now.key if now else ""), in_words.called(line)
    kind = forms.chosen_kind(now)
    if not kind:
        first = Asked(forms.kind_fields(page.offer), None, given={"type": now.type if now else None})
        return asked_first(page, first, Asking(title, "", "Continue", back, words))
    drawn = limits(page.file.text, line.node.id, now.key) if now and now.type == kind else {}
    fields = forms.question_fields(page.offer, kind, now, others)
    form = Asked(fields, of_lists.sent(), given=forms.question_given(now, drawn))

    def act(values: of_lists.Values, place: Place) -> Edited:
        field, key = forms.question(values, kind, now), now.key if now else ""
        return door.perform(
            verbs.keep_field, by=door.actor(), at=place, step=line.node.id, key=key, field=field, now=door.now()
        )  # fmt: skip

    lead = in_words.answer(page, kind)
    return outcome(page, form, act, title=title, button="Save", back=back, words=words, lead=lead)


def _asked(line: Line, key: str) -> Field:
    found = next((field for field in line.node.fields if field.key == key), None)
    if found is None:
        raise NoSuchLine
    return found


def _back(draft_id: int, process: str, element: str, question: str = "") -> str:
    anchor = f"question-{question}" if question else None
    return url_for("studio_questions.index", draft_id=draft_id, process=process, element=element, _anchor=anchor)
