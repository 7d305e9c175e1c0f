"""A letter of a draft: its words, judged as they are written, and how it would look."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import studio_letters as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, studio
from webapp.presenters import studio_letters as in_words
from webapp.screens.letters import as_pdf
from webapp.screens.people_asking import Asking, ask, done
from workflows.domain.errors import NotAllowed
from workflows.domain.studio import Permission
from workflows.studio import drafts
from workflows.studio import letter_edits as verbs

screen = Blueprint("studio_letters", __name__)
may_edit = studio(Permission.EDIT)
ROOT = "/studio/drafts/<int:draft_id>/letters"
PARTS = {"list": "problems", "look": "look"}
"""The parts of a letter's page that are drawn anew while somebody writes."""


@guard(may_edit)
@screen.route(f"{ROOT}/new", methods=["GET", "POST"])
def new(draft_id: int) -> ResponseReturnValue:
    """A new letter: what it is called and who gets it; its words come next."""
    name = drafts.named(door.session(), viewer=door.viewer(), draft_id=draft_id)
    back = url_for("studio_drafts.show", draft_id=draft_id)
    asking = Asking("A new letter", "It goes out once a step sends it: choose it at the step.", "Begin it", back, name)

    def act(values: forms.Values) -> ResponseReturnValue:
        said = forms.new_said(values)
        door.perform(verbs.add, by=door.actor(), draft_id=draft_id, now=door.now(), **said)
        return done("The letter is begun.", url_for("studio_letters.show", draft_id=draft_id, key=said["key"]))

    return ask(asking, Asked(forms.new_fields(door.titles()), forms.sent()), act)


@guard(studio())
@screen.get(f"{ROOT}/<key>")
def show(draft_id: int, key: str) -> str:
    """The letter with what its places may name."""
    return _shown(verbs.letter_page(door.session(), viewer=door.viewer(), draft_id=draft_id, key=key))


@guard(may_edit)
@screen.post(f"{ROOT}/<key>")
def save(draft_id: int, key: str) -> ResponseReturnValue:
    """Keep its words, sound or not."""
    about: dict[str, Any] = {"draft_id": draft_id, "key": key, "text": forms.text(), "read": forms.version()}
    page = verbs.letter_page(door.session(), viewer=door.viewer(), draft_id=draft_id, key=key)
    try:
        door.perform(verbs.save, by=door.actor(), now=door.now(), **about)
    except NotAllowed as refused:
        return _shown(page, door.said(refused)), 409
    kept = verbs.letter_page(door.session(), viewer=door.viewer(), draft_id=draft_id, key=key)
    flash(in_words.kept(kept), "important" if kept.problems else "success")
    return redirect(url_for("studio_letters.show", draft_id=draft_id, key=key), 303)


@guard(studio())
@screen.post(f"{ROOT}/<key>/check")
def check(draft_id: int, key: str) -> ResponseReturnValue:
    """What the checker says of the words as they stand in the box, and how they read; JSON, with both as HTML."""
    page = verbs.letter_page(door.session(), viewer=door.viewer(), draft_id=draft_id, key=key)
    found = verbs.judged(door.session(), viewer=door.viewer(), draft_id=draft_id, key=key, text=forms.text())
    about: dict[str, Any] = {"problems": found, "look": verbs.look(page, forms.text(), door.now()), "words": in_words}
    parts = {part: render_template(f"studio/letter_{name}.html", **about) for part, name in PARTS.items()}
    return {"problems": [asdict(one) for one in found], **parts}


def _shown(page: verbs.LetterPage, refused: str = "") -> str:
    """The page of a letter; with what was typed where that was not kept."""
    typed = forms.text() if refused else page.file.text
    about: dict[str, Any] = {"page": page, "typed": typed, "sentence": refused, "words": in_words}
    about |= {"problems": page.problems, "look": verbs.look(page, typed, door.now())}
    return render_template("studio/letter.html", **about)


@guard(studio())
@screen.post(f"{ROOT}/<key>/preview")
def preview(draft_id: int, key: str) -> Response:
    """How the words in the box would look, on examples."""
    about: dict[str, Any] = {"draft_id": draft_id, "key": key, "text": forms.text()}
    content = verbs.preview(door.session(), viewer=door.viewer(), now=door.now(), **about)
    return as_pdf(f"Preview of {key}.pdf", content)


@guard(may_edit)
@screen.route(f"{ROOT}/<key>/remove", methods=["GET", "POST"])
def remove(draft_id: int, key: str) -> ResponseReturnValue:
    """Take a letter out of the draft."""
    page = verbs.letter_page(door.session(), viewer=door.viewer(), draft_id=draft_id, key=key)
    back = url_for("studio_letters.show", draft_id=draft_id, key=key)
    asking = Asking(f"Take out “{page.letter.title}”?", in_words.removing(page), "Take it out", back, page.letter.title)

    def act(_: forms.Values) -> ResponseReturnValue:
        door.perform(verbs.remove, by=door.actor(), draft_id=draft_id, key=key, now=door.now())
        return done("The letter is taken out.", url_for("studio_drafts.show", draft_id=draft_id))

    return ask(asking, Asked((), forms.sent()), act)
