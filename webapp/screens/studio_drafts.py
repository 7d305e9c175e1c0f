"""A draft of the processes: begun, looked at, renamed, dropped, undone, brought up to date."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import studio as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, studio
from webapp.presenters import studio as in_words
from webapp.presenters import studio_changes as of_changes
from webapp.screens.people_asking import Asking, ask, done
from workflows.domain.errors import NotAllowed
from workflows.domain.studio import Permission
from workflows.studio import drafts, pages, updating

screen = Blueprint("studio_drafts", __name__)
may_edit = studio(Permission.EDIT)


@guard(studio())
@screen.get("/studio/drafts/<int:draft_id>")
def show(draft_id: int) -> str:
    """One draft."""
    page = pages.draft_page(door.session(), viewer=door.viewer(), draft_id=draft_id, now=door.now())
    return render_template("studio/draft.html", page=page, words=in_words)


@guard(may_edit)
@screen.route("/studio/drafts/new", methods=["GET", "POST"])
def begin() -> ResponseReturnValue:
    """A new draft over what is published."""
    lead = "It starts as a copy of what is published. No case notices it until it is approved and published."

    def act(values: forms.Values) -> ResponseReturnValue:
        draft_id = door.perform(drafts.begin, by=door.actor(), name=values["name"], now=door.now())
        return redirect(url_for("studio_drafts.show", draft_id=draft_id), 303)

    return ask(
        Asking("Begin a draft", lead, "Begin this draft", "/studio", "Studio"), Asked(forms.NAME, forms.sent()), act
    )


@guard(may_edit)
@screen.route("/studio/drafts/<int:draft_id>/rename", methods=["GET", "POST"])
def rename(draft_id: int) -> ResponseReturnValue:
    """Another name for it."""
    found = drafts.named(door.session(), viewer=door.viewer(), draft_id=draft_id)

    def act(values: forms.Values) -> ResponseReturnValue:
        door.perform(drafts.rename, by=door.actor(), draft_id=draft_id, name=values["name"], now=door.now())
        return done("The draft has another name.", _back(draft_id))

    asking = Asking(f"Rename {found}", "", "Save", _back(draft_id), found)
    return ask(asking, Asked(forms.NAME, forms.sent(), given={"name": found}), act)


@guard(may_edit)
@screen.route("/studio/drafts/<int:draft_id>/drop", methods=["GET", "POST"])
def drop(draft_id: int) -> ResponseReturnValue:
    """Nothing comes of it."""
    found = drafts.named(door.session(), viewer=door.viewer(), draft_id=draft_id)
    lead = "Nothing comes of this draft then. It can still be read, and cannot be changed any more."

    def act(_: forms.Values) -> ResponseReturnValue:
        door.perform(drafts.drop, by=door.actor(), draft_id=draft_id, now=door.now())
        return done("The draft is dropped.", "/studio")

    return ask(Asking(f"Drop {found}", lead, "Drop this draft", _back(draft_id), found), Asked((), forms.sent()), act)


@guard(may_edit)
@screen.post("/studio/drafts/<int:draft_id>/undo")
def undo(draft_id: int) -> ResponseReturnValue:
    """Take back the newest edit."""
    return _turned(drafts.undo, "Undone", draft_id)


@guard(may_edit)
@screen.post("/studio/drafts/<int:draft_id>/redo")
def redo(draft_id: int) -> ResponseReturnValue:
    """Do again what was undone last."""
    return _turned(drafts.redo, "Done again", draft_id)


@guard(may_edit)
@screen.route("/studio/drafts/<int:draft_id>/up-to-date", methods=["GET", "POST"])
def update(draft_id: int) -> ResponseReturnValue:
    """Bring in what was published since it was begun."""
    found = updating.update_page(door.session(), viewer=door.viewer(), draft_id=draft_id)
    form = Asked(forms.choices(found), forms.sent())
    if request.method == "GET" or not form.valid():
        shown = render_template("studio/update.html", found=found, form=form, words=in_words, of_changes=of_changes)
        return shown, 200 if request.method == "GET" else 422
    release_id, choices = forms.number(request.form), forms.chosen(found, form.values())
    door.perform(
        updating.bring_up_to_date,
        by=door.actor(),
        draft_id=draft_id,
        release_id=release_id,
        choices=choices,
        now=door.now(),
    )
    return done(f"The draft lies over release {found.number} now.", _back(draft_id))


def _turned(verb: drafts.Turn, done_words: str, draft_id: int) -> ResponseReturnValue:
    """Undo or do again, and say what it was; a page that is no longer so is shown as it is now."""
    number = forms.number(request.form)
    try:
        said = door.perform(verb, by=door.actor(), draft_id=draft_id, number=number, now=door.now())
    except NotAllowed as refused:
        flash(door.said(refused), "important")
    else:
        flash(f"{done_words}: {said}", "success")
    return redirect(_back(draft_id), 303)


def _back(draft_id: int) -> str:
    return url_for("studio_drafts.show", draft_id=draft_id)
