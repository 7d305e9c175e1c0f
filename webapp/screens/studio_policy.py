"""The policy of a draft: what holds, what the trust says itself, and a form for each part of it."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import studio_policy as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, studio
from webapp.presenters import studio_policy as in_words
from webapp.screens.people_asking import Asking
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.studio import Permission
from workflows.studio import policy_deadlines as deadlines
from workflows.studio import policy_edits as verbs
from workflows.studio import policy_values as more
from workflows.studio.policy_edits import Edit, Policy, PolicyPage, PolicyRefused

screen = Blueprint("studio_policy", __name__)
may_edit = studio(Permission.EDIT)
ROOT = "/studio/drafts/<int:draft_id>/policy"
FIRST = {"signatories": "signs_0", "covers": "signs_0"}
"""The first box of a part of the policy that has several."""
BOXES = {
    deadlines.NameTaken: "title",
    deadlines.NoName: "title",
    more.NoKey: "name",
    more.KeyTaken: "name",
    more.NotThatKind: "value",
}
"""Where a refusal is said that is about one box."""


class NoSuchPlace(NotFound):
    """The policy says nothing of this kind, or cannot be read at the moment. Go back to the policy."""


@guard(studio())
@screen.get(ROOT)
def show(draft_id: int) -> str:
    """The policy as it holds."""
    return render_template("studio/policy.html", page=_page(draft_id), words=in_words)


@guard(may_edit)
@screen.route(f"{ROOT}/titles", methods=["GET", "POST"])
def titles(draft_id: int) -> ResponseReturnValue:
    """What this trust calls each role."""
    page, _ = readable(draft_id)
    form = Asked(forms.title_fields(page), forms.sent(), given=forms.title_given(page))
    lead = "What this trust calls each role. Where a box is empty, the title above it is used."
    return ask(page, form, lambda values: forms.title_edits(page, values), title="Titles", lead=lead, said="the titles")


@guard(may_edit)
@screen.route(f"{ROOT}/people", methods=["GET", "POST"])
def people(draft_id: int) -> ResponseReturnValue:
    """Who signs a job plan, and who may change processes."""
    page, policy = readable(draft_id)
    form = Asked(forms.people_fields(policy), forms.sent(), given=forms.people_given(policy))
    lead = "A signature that is new covers the whole plan. Who changed or submitted a draft never approves it."
    return ask(
        page,
        form,
        lambda values: forms.people_edits(page, policy, values),
        title="Who signs, and who may change processes",
        lead=lead,
        said="who signs or may change processes",
    )


@guard(may_edit)
@screen.route(f"{ROOT}/signatures", methods=["GET", "POST"])
def covers(draft_id: int) -> ResponseReturnValue:
    """The parts of a plan that each signature covers."""
    page, policy = readable(draft_id)
    form = Asked(forms.cover_fields(policy), forms.sent(), given=forms.cover_given(policy))
    return ask(
        page,
        form,
        lambda values: forms.cover_edits(page, policy, values),
        title="What each signature covers",
        lead="Whoever signs stands for these parts of a plan. A signature that is new covers the whole plan at first.",
        said="what signatures cover",
    )


@guard(may_edit)
@screen.route(f"{ROOT}/stand-ins", methods=["GET", "POST"])
def stand_ins(draft_id: int) -> ResponseReturnValue:
    """Who takes the place of whom."""
    page, policy = readable(draft_id)
    form = Asked(forms.stand_in_fields(page, policy), forms.sent(), given=forms.stand_in_given(page))
    return ask(
        page,
        form,
        lambda values: forms.stand_in_edits(page, values),
        title="Who stands in for whom",
        lead="Who takes the place of somebody who is a party to the matter, or who acts in it already.",
        said="who stands in",
    )


@guard(may_edit)
@screen.route(f"{ROOT}/text/<name>", methods=["GET", "POST"])
def text(draft_id: int, name: str) -> ResponseReturnValue:
    """A whole policy as text, for everything that no form has a box for. It is kept whatever it says."""
    page = verbs.policy_page(door.session(), viewer=door.viewer(), draft_id=draft_id, name=name)
    typed, sentence = request.form.get("text", page.file.text), ""
    if request.method == "POST":
        about: dict[str, Any] = {
            "draft_id": draft_id,
            "key": name,
            "text": typed.replace("\r\n", "\n"),
            "read": forms.version(),
        }
        try:
            found = door.perform(verbs.save_text, by=door.actor(), now=door.now(), **about)
        except NotAllowed as refused:
            sentence = door.said(refused)
        else:
            flash(in_words.kept(len(found)), "important" if found else "success")
            return redirect(url_for("studio_policy.text", draft_id=draft_id, name=name), 303)
    shown = render_template("studio/policy_text.html", page=page, typed=typed, sentence=sentence, words=in_words)
    return (shown, 409) if sentence else shown


def _page(draft_id: int) -> PolicyPage:
    return verbs.policy_page(door.session(), viewer=door.viewer(), draft_id=draft_id)


def readable(draft_id: int) -> tuple[PolicyPage, Policy]:
    """The policy of a draft for a form about a part of it. Raises NoSuchPlace while it cannot be read."""
    page = _page(draft_id)
    if page.policy is None:
        raise NoSuchPlace
    return page, page.policy


def ask(
    page: PolicyPage,
    form: Asked,
    edits: Callable[[Mapping[str, Any]], list[Edit]],
    *,
    title: str,
    lead: str,
    said: str,
    back: list[Edit] | None = None,
    **more: Any,
) -> ResponseReturnValue:
    """Show a form about a part of the policy, of which `said` are the words; what is wrong comes back at its box. With
    `back` it has a second button, which leaves the part to what is inherited. `more` is for its template."""
    inherit = bool(back) and request.form.get("press") == "inherit"
    words = f"Left {said} to what is inherited." if inherit else f"Changed {said}."
    home = url_for("studio_policy.show", draft_id=page.draft_id)
    if inherit:
        form, edits = Asked((), forms.sent()), lambda _: back or []
    asking = Asking(title, lead, "Save", home, "Policy")
    return write(page, form, edits, asking=asking, said=words, back=bool(back), **more)


def write(
    page: PolicyPage,
    form: Asked,
    edits: Callable[[Mapping[str, Any]], list[Edit]],
    *,
    asking: Asking,
    said: str,
    onward: Callable[[list[Edit]], str] | None = None,
    **more: Any,
) -> ResponseReturnValue:
    """Show a form; once it was sent, write what differs, say so and go on, back where the form does not lead
    elsewhere. `more` is for its template."""
    version = request.form.get("version", "") or str(page.file.version)
    shown: dict[str, Any] = {"page": asking, "form": form, "version": version, "go_back": in_words.GO_BACK, **more}
    if request.method == "GET" or form.turned(request.form.get("press", "")):
        return render_template("studio/policy_form.html", sentence="", **shown)
    if not form.valid():
        return render_template("studio/policy_form.html", sentence="", **shown), 422
    try:
        wanted = edits(form.values())
        about: dict[str, Any] = {"draft_id": page.draft_id, "key": page.key, "edits": wanted, "read": forms.version()}
        door.perform(verbs.save, by=door.actor(), said=said, now=door.now(), **about)
    except NotAllowed as refused:
        sentence = _complain(form, refused)
        return render_template("studio/policy_form.html", sentence=sentence, **shown), 422
    flash(said if wanted else "Nothing was changed.", "success")
    return redirect(onward(wanted) if onward else asking.back, 303)


def _complain(form: Asked, refused: NotAllowed) -> str:
    """Put a refusal at its box; what has no box is handed back."""
    place = refused.place.split(",")[0].split(".") if isinstance(refused, PolicyRefused) else []
    named = [FIRST.get(part, part) for part in reversed(place)]
    wanted = (BOXES.get(type(refused), ""), *named, "value" if place else "")
    box = next((part for part in wanted if part in form), "")
    if box:
        form.complain({box: door.said(refused)})
    return "" if box else door.said(refused)
