"""A process that a draft begins, and taking out again what it has added."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import studio_adding as forms
from webapp.forms import studio_new_table as tables
from webapp.forms.asked import Asked
from webapp.guards import guard, studio
from webapp.presenters import studio_adding as in_words
from webapp.screens.people_asking import Asking, ask, done
from workflows.domain.errors import NotAllowed
from workflows.domain.studio import Permission
from workflows.studio import adding as verbs
from workflows.studio import drafts, pages
from workflows.studio.listing import list_page

screen = Blueprint("studio_adding", __name__)
may_edit = studio(Permission.EDIT)
ROOT = "/studio/drafts/<int:draft_id>"


@guard(may_edit)
@screen.route(f"{ROOT}/new-process", methods=["GET", "POST"])
def begin(draft_id: int) -> ResponseReturnValue:
    """A new process, of one step to begin with."""
    name = drafts.named(door.session(), viewer=door.viewer(), draft_id=draft_id)
    back = url_for("studio_drafts.show", draft_id=draft_id)
    asking = Asking("Begin a new process", in_words.BEGIN, "Begin this process", back, name)

    def act(values: forms.Values) -> ResponseReturnValue:
        said = forms.said(values)
        key = door.perform(verbs.begin_process, by=door.actor(), draft_id=draft_id, now=door.now(), **said)
        return done(in_words.begun(said["title"]), url_for("studio_list.steps", draft_id=draft_id, process=key))

    return ask(asking, Asked(forms.fields(door.titles()), forms.sent()), act)


@guard(may_edit)
@screen.route(f"{ROOT}/new-table", methods=["GET", "POST"])
def begin_table(draft_id: int) -> ResponseReturnValue:
    """A decision table: in which process it is asked, then what it looks at and what it answers."""
    back = url_for("studio_drafts.show", draft_id=draft_id)
    about: dict[str, Any] = {"viewer": door.viewer(), "draft_id": draft_id}
    process = tables.chosen_process()
    if not process:
        page = pages.draft_page(door.session(), now=door.now(), **about)
        asking = Asking("Add a decision table", in_words.WHERE_ASKED, "Continue", back, page.name)
        return _table(asking, Asked(tables.process_fields(in_words.processes(page)), None), first=True)
    at = list_page(door.session(), process=process, now=door.now(), **about)
    form = tables.TableForm(frozenset(fact.key for fact in at.offer.facts), verbs.can_be_asked(at.offer))
    asking = Asking("Add a decision table", in_words.table_lead(at), "Add this table", back, at.draft.name)
    if request.method == "GET" or form.turned(request.form.get("press", "")):
        return _table(asking, form)
    if not form.valid():
        return _table(asking, form), 422
    try:
        said = form.said()
        key = door.perform(verbs.begin_table, by=door.actor(), draft_id=draft_id, table=said, now=door.now())
    except NotAllowed as refused:
        return _table(asking, form, door.said(refused)), 409
    return done(in_words.table_begun(said.title), url_for("studio_tables.show", draft_id=draft_id, key=key))


def _table(asking: Asking, form: Asked, sentence: str = "", *, first: bool = False) -> str:
    shown = {"page": asking, "form": form, "sentence": sentence, "version": "", "first": first}
    return render_template("studio/new_table.html", **shown)


@guard(may_edit)
@screen.route(f"{ROOT}/take-out/<kind>/<key>", methods=["GET", "POST"])
def take_out(draft_id: int, kind: str, key: str) -> ResponseReturnValue:
    """Take out a process or a table that the draft has added, once that is confirmed."""
    page = pages.draft_page(door.session(), viewer=door.viewer(), draft_id=draft_id, now=door.now())
    line, back = verbs.added(page, kind, key), url_for("studio_drafts.show", draft_id=draft_id)

    def act(_: forms.Values) -> ResponseReturnValue:
        said = door.perform(verbs.take_out, by=door.actor(), draft_id=draft_id, line=line, now=door.now())
        return done(said, back)

    asking = Asking(f"Take out “{line.title}”?", in_words.TAKE_OUT, "Take it out", back, page.name)
    return ask(asking, Asked((), forms.sent()), act)
