"""The deadlines of a draft's policy: a new one, all that one says, its reminders, and taking one out."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.forms import studio_deadlines as forms
from webapp.forms.asked import Asked
from webapp.forms.people import sent
from webapp.forms.studio_list import time_typed
from webapp.guards import guard
from webapp.presenters import studio_policy as in_words
from webapp.screens.people_asking import Asking
from webapp.screens.studio_policy import ROOT, NoSuchPlace, ask, may_edit, readable, write
from workflows.domain.deadlines import DeadlineRule, Strength
from workflows.studio import policy_deadlines as deadlines
from workflows.studio import policy_edits as verbs
from workflows.studio.policy_edits import Edit, Policy, PolicyPage

screen = Blueprint("studio_deadlines", __name__)
ONE = f"{ROOT}/deadlines/<key>"
BACK_TO = {"step": "studio_list.change", "time": "studio_list.time", "canvas": "studio_canvas.draw"}
"""What somebody may want a new deadline for, and where they go back to."""
FOLDED: dict[str, Any] = {"folded": forms.FOLDED, "folded_words": in_words.FOLDED}


@guard(may_edit)
@screen.route(f"{ROOT}/new-deadline", methods=["GET", "POST"])
def new(draft_id: int) -> ResponseReturnValue:
    """A deadline that the policy does not have yet. Whoever came from a step goes back there, with it chosen."""
    page, policy = readable(draft_id)
    starts = deadlines.starts(page, request.args.get("process", ""))
    form = forms.DeadlineForm(policy, starts, None, {})
    title, asked = form.title, request.args.get("to", "") if _asked_for() else ""
    address = _from_where(page)

    def edits(_: Mapping[str, Any]) -> list[Edit]:
        return deadlines.added(policy, form.said())

    def onward(made: list[Edit]) -> str:
        return _from_where(page, made[0][0][1])

    asking = Asking("Add a deadline", in_words.new_deadline(asked), "Add this deadline", address, in_words.back(asked))
    return write(page, form, edits, asking=asking, said=in_words.added(title), onward=onward, **FOLDED)


@guard(may_edit)
@screen.route(ONE, methods=["GET", "POST"])
def change(draft_id: int, key: str) -> ResponseReturnValue:
    """From when, how long, how strongly, what then, and the reminders on the way."""
    page, policy = readable(draft_id)
    rule, written = _rule(policy, key), verbs.written_rule(page, key)
    form = forms.DeadlineForm(policy, deadlines.starts(page), rule, written)
    own, alone = key in page.own.get("deadlines", {}), deadlines.removable(page, key)

    def edits(_: Mapping[str, Any]) -> list[Edit]:
        return verbs.deadline_edits(page, key, form.changed())

    return ask(
        page,
        form,
        edits,
        title=rule.title,
        lead=in_words.deadline_lead(page, rule, own),
        said=f"the deadline “{rule.title}”",
        back=[(("deadlines", key), None)] if own and not alone else [],
        remove=url_for("studio_deadlines.remove", draft_id=draft_id, key=key) if alone else "",
        **FOLDED,
    )


@guard(may_edit)
@screen.route(f"{ONE}/remove", methods=["GET", "POST"])
def remove(draft_id: int, key: str) -> ResponseReturnValue:
    """Take a deadline out, once that is confirmed; where something uses it, what that is."""
    page, policy = readable(draft_id)
    rule, back = _rule(policy, key), url_for("studio_deadlines.change", draft_id=draft_id, key=key)
    title = f"Remove the deadline “{rule.title}”"
    found = deadlines.uses(page, policy, key) if deadlines.removable(page, key) else ()
    if found and request.method == "GET":
        return render_template("studio/policy_used.html", title=title, found=found, back=back, rule=rule, page=page)
    asking = Asking(title, in_words.REMOVED, "Remove", back, rule.title)
    home = url_for("studio_policy.show", draft_id=draft_id)
    return write(
        page,
        Asked((), sent()),
        lambda _: deadlines.removed(page, policy, key),
        asking=asking,
        said=f"Removed the deadline “{rule.title}”.",
        onward=lambda _: home,
    )


@guard(may_edit)
@screen.route(f"{ROOT}/reminders/<strength>", methods=["GET", "POST"])
def reminders(draft_id: int, strength: str) -> ResponseReturnValue:
    """The usual reminders: of every deadline that binds so strongly and gives none of its own."""
    page, policy = readable(draft_id)
    if strength not in list(Strength):
        raise NoSuchPlace
    place = ("ladders", strength)
    form = forms.UsualForm(policy, verbs.usual_ladder(page, Strength(strength)))

    def edits(_: Mapping[str, Any]) -> list[Edit]:
        typed = form.changed()
        return [(place, typed)] if typed is not None else []

    title = in_words.usual_reminders(Strength(strength))
    back: list[Edit] = [(place, None)] if strength in page.own.get("ladders", {}) and page.inherited else []
    lead = "They go out for each deadline of this kind that has no reminders of its own."
    return ask(page, form, edits, title=title, lead=lead, said=f"“{title}”", back=back)


def _rule(policy: Policy, key: str) -> DeadlineRule:
    rule = policy.deadlines.get(key)
    if rule is None:
        raise NoSuchPlace
    return rule


def _asked_for() -> str:
    """The page for which a new deadline is wanted; "" where nobody came from one."""
    return BACK_TO.get(request.args.get("to", ""), "")


def _from_where(page: PolicyPage, made: str = "") -> str:
    """Where somebody came from; with what they have made, its form has it chosen."""
    endpoint, process, element = _asked_for(), request.args.get("process"), request.args.get("element")
    if not (endpoint and process and element):
        return url_for("studio_policy.show", draft_id=page.draft_id)
    about: dict[str, Any] = {"process": process, "element": element, **time_typed(request.args)}
    return url_for(endpoint, draft_id=page.draft_id, deadline=made or None, **about)
