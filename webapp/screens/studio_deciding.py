"""A draft on its way to cases: submitted, decided on by a second person, taken back, published."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import studio as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, studio
from webapp.presenters import studio as in_words
from webapp.screens.people_asking import done
from workflows.domain.errors import NotAllowed
from workflows.domain.studio import Permission
from workflows.studio import pages, publishing
from workflows.studio.pages import DraftPage

screen = Blueprint("studio_deciding", __name__)
may_edit = studio(Permission.EDIT)


@guard(may_edit)
@screen.route("/studio/drafts/<int:draft_id>/submit", methods=["GET", "POST"])
def submit(draft_id: int) -> ResponseReturnValue:
    """Hand it to whoever approves, with what changes and why."""
    page = _page(draft_id)
    form = Asked(forms.NOTE, forms.sent(), given={"words": page.note})
    if not _sent(form):
        return _draw("submit", page, form)
    try:
        read, said = forms.read(request.form), form.values()["words"]
        door.perform(publishing.submit, by=door.actor(), draft_id=draft_id, read=read, words=said, now=door.now())
    except NotAllowed as refused:
        return _draw("submit", _page(draft_id), form, door.said(refused))
    return done("The draft is submitted. Whoever may approve it has been told.", _back(draft_id))


@guard(studio(Permission.APPROVE))
@screen.route("/studio/drafts/<int:draft_id>/approve", methods=["GET", "POST"])
def decide(draft_id: int) -> ResponseReturnValue:
    """Approve it as it stands, or return it with reasons."""
    page = _page(draft_id)
    form = Asked(forms.DECISION, forms.sent())
    if not _sent(form):
        return _draw("decide", page, form)
    values = form.values()
    approved = values["decision"] == forms.APPROVE
    try:
        verb = publishing.approve if approved else publishing.give_back
        read, said = forms.read(request.form), values["words"] or ""
        door.perform(verb, by=door.actor(), draft_id=draft_id, read=read, words=said, now=door.now())
    except NotAllowed as refused:
        return _draw("decide", _page(draft_id), form, door.said(refused))
    return done("The draft is approved." if approved else "The draft is returned.", _back(draft_id))


@guard(may_edit)
@screen.route("/studio/drafts/<int:draft_id>/withdraw", methods=["GET", "POST"])
def withdraw(draft_id: int) -> ResponseReturnValue:
    """Take it back from approval, to go on with it."""
    page, form = _page(draft_id), Asked((), None)
    if request.method == "GET":
        return _draw("withdraw", page, form)
    try:
        door.perform(publishing.withdraw, by=door.actor(), draft_id=draft_id, now=door.now())
    except NotAllowed as refused:
        return _draw("withdraw", _page(draft_id), form, door.said(refused))
    return done("The draft is yours to change again.", _back(draft_id))


@guard(studio(Permission.PUBLISH))
@screen.route("/studio/drafts/<int:draft_id>/publish", methods=["GET", "POST"])
def publish(draft_id: int) -> ResponseReturnValue:
    """Let new cases start on it."""
    page = _page(draft_id)
    form = Asked((), None)
    if request.method == "GET":
        return _draw("publish", page, form)
    try:
        read = forms.read(request.form)
        door.perform(publishing.publish, by=door.actor(), draft_id=draft_id, read=read, now=door.now())
    except NotAllowed as refused:
        return _draw("publish", _page(draft_id), form, door.said(refused))
    return done("It is published: new cases start on it from now on.", _back(draft_id))


def _page(draft_id: int) -> DraftPage:
    return pages.draft_page(door.session(), viewer=door.viewer(), draft_id=draft_id, now=door.now())


def _sent(form: Asked) -> bool:
    """Whether the form came with all that it needs."""
    return request.method == "POST" and form.valid()


def _draw(name: str, page: DraftPage, form: Asked, sentence: str = "") -> ResponseReturnValue:
    """The page of a decision: as it is asked, with what is wrong, or with what a rule refused."""
    status = 409 if sentence else 422 if form.problems() else 200
    shown = {"page": page, "form": form, "sentence": sentence, "words": in_words, "deed": name}
    return render_template(f"studio/{name}.html", **shown), status


def _back(draft_id: int) -> str:
    return url_for("studio_drafts.show", draft_id=draft_id)
