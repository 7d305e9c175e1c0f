"""The policy of a draft: what holds, what the trust says itself, and a form for each part of it."""

from collections.abc import Callable
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
from workflows.studio import policy_edits as verbs
from workflows.studio.policy_edits import Edit, Policy, PolicyPage, PolicyRefused

screen = Blueprint("studio_policy", __name__)
may_edit = studio(Permission.EDIT)
ROOT = "/studio/drafts/<int:draft_id>/policy"


class NoSuchPlace(NotFound):
    """The policy says nothing of this kind, or cannot be read at the moment. Go back to the policy."""


@guard(studio())
@screen.get(ROOT)
def show(draft_id: int) -> str:
    """The policy as it holds."""
    return render_template("studio/policy.html", page=_page(draft_id), words=in_words)


@guard(may_edit)
@screen.route(f"{ROOT}/deadlines/<key>", methods=["GET", "POST"])
def deadline(draft_id: int, key: str) -> ResponseReturnValue:
    """How long, how strongly, what then, and the reminders on the way."""
    page, policy = _readable(draft_id)
    rule = policy.deadlines.get(key)
    if rule is None:
        raise NoSuchPlace
    form = Asked(forms.deadline_fields(policy, rule), forms.sent(), given=forms.deadline_given(policy, rule))

    def edits(values: dict[str, Any]) -> list[Edit]:
        return verbs.deadline_edits(page, key, forms.deadline_said(policy, rule, values))

    own = key in page.own.get("deadlines", {})
    below = own and page.inherited is not None and key in page.inherited.deadlines
    back: list[Edit] = [(("deadlines", key), None)] if below else []
    lead = in_words.deadline_lead(page, rule, own)
    return _ask(page, form, edits, title=rule.title, lead=lead, said=f"the deadline “{rule.title}”", back=back)


@guard(may_edit)
@screen.route(f"{ROOT}/titles", methods=["GET", "POST"])
def titles(draft_id: int) -> ResponseReturnValue:
    """What this trust calls each role."""
    page, _ = _readable(draft_id)
    form = Asked(forms.title_fields(page), forms.sent(), given=forms.title_given(page))
    lead = "What this trust calls each role. Where a box is empty, the title above it is used."
    return _ask(
        page, form, lambda values: forms.title_edits(page, values), title="Titles", lead=lead, said="the titles"
    )


@guard(may_edit)
@screen.route(f"{ROOT}/people", methods=["GET", "POST"])
def people(draft_id: int) -> ResponseReturnValue:
    """Who signs a job plan, and who may change processes."""
    page, policy = _readable(draft_id)
    form = Asked(forms.people_fields(policy), forms.sent(), given=forms.people_given(policy))
    lead = "A signature that is new covers the whole plan. Who changed or submitted a draft never approves it."
    return _ask(
        page,
        form,
        lambda values: forms.people_edits(page, policy, values),
        title="Who signs, and who may change processes",
        lead=lead,
        said="who signs or may change processes",
    )


@guard(may_edit)
@screen.route(f"{ROOT}/values/<key>", methods=["GET", "POST"])
def value(draft_id: int, key: str) -> ResponseReturnValue:
    """One limit or value, by its path with full stops."""
    page, _ = _readable(draft_id)
    found = next((one for one in page.values if ".".join(one.path[1:]) == key and one.kind), None)
    if found is None:
        raise NoSuchPlace
    name = in_words.named(found)
    form = Asked(forms.value_fields(found, name), forms.sent(), given=forms.value_given(found))

    def edits(values: dict[str, Any]) -> list[Edit]:
        said = forms.value_said(found, values)
        return [(found.path, said)] if said != found.value else []

    back = [(found.path, None)] if found.own and found.inherited is not None else []
    return _ask(page, form, edits, title=name, lead=in_words.value_lead(found), said=f"“{name}”", back=back)


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


def _readable(draft_id: int) -> tuple[PolicyPage, Policy]:
    page = _page(draft_id)
    if page.policy is None:
        raise NoSuchPlace
    return page, page.policy


def _ask(
    page: PolicyPage,
    form: Asked,
    edits: Callable[[dict[str, Any]], list[Edit]],
    *,
    title: str,
    lead: str,
    said: str,
    back: list[Edit] | None = None,
) -> ResponseReturnValue:
    """Show a form; once it was sent, write what differs and go back. What is wrong comes back at its box."""
    home = url_for("studio_policy.show", draft_id=page.draft_id)
    asking = Asking(title, lead, "Save", home, "Policy")
    shown: dict[str, Any] = {"page": asking, "form": form, "version": page.file.version, "back": bool(back)}
    if request.method == "GET":
        return render_template("studio/policy_form.html", sentence="", **shown)
    inherit = bool(back) and request.form.get("press") == "inherit"
    if not inherit and not form.valid():
        return render_template("studio/policy_form.html", sentence="", **shown), 422
    try:
        wanted = (back or []) if inherit else edits(form.values())
        about: dict[str, Any] = {"draft_id": page.draft_id, "key": page.key, "edits": wanted, "read": forms.version()}
        words = f"Left {said} to what is inherited." if inherit else f"Changed {said}."
        door.perform(verbs.save, by=door.actor(), said=words, now=door.now(), **about)
    except NotAllowed as refused:
        sentence = _complain(form, refused)
        return render_template("studio/policy_form.html", sentence=sentence, **shown), 422
    flash(words if wanted else "Nothing was changed.", "success")
    return redirect(home, 303)


def _complain(form: Asked, refused: NotAllowed) -> str:
    """Put a refusal at its box; what has no box is handed back."""
    place = refused.place.split(",")[0].split(".") if isinstance(refused, PolicyRefused) else ["ladder"]
    keys = [field.key for field in form.drawn]
    box = next((part for part in (*reversed(place), "value") if part in keys), "")
    if not box or not isinstance(refused, PolicyRefused | verbs.NotARung):
        return door.said(refused)
    form.complain({box: door.said(refused)})
    return ""
