"""The limits, values and bodies of a draft's policy: changed, added and taken out one by one."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from webapp.forms import studio_values as forms
from webapp.forms.asked import Asked
from webapp.forms.people import sent
from webapp.guards import guard
from webapp.presenters import studio_policy as in_words
from webapp.screens.people_asking import Asking
from webapp.screens.studio_policy import ROOT, NoSuchPlace, ask, may_edit, readable, write
from workflows.studio import policy_uses
from workflows.studio import policy_values as verbs
from workflows.studio.policy_edits import Edit, PolicyPage, Value

screen = Blueprint("studio_values", __name__)
PLACE = "<any(values, bodies):table>/<path:key>"


@guard(may_edit)
@screen.route(f"{ROOT}/{PLACE}", methods=["GET", "POST"])
def change(draft_id: int, table: str, key: str) -> ResponseReturnValue:
    """A limit, a value or a body, by its path with full stops."""
    page, _ = readable(draft_id)
    found = _found(page, table, key)
    name = in_words.named(found)
    form = forms.ValueForm(forms.fields(found, name), sent(), given=forms.given(found))

    def edits(values: Mapping[str, Any]) -> list[Edit]:
        try:
            said = forms.said(found, values)
        except ValueError:
            raise verbs.NotThatKind from None
        return [(found.path, said)] if said != found.value else []

    back: list[Edit] = [(found.path, None)] if found.own and not found.alone else []
    remove = url_for("studio_values.remove", draft_id=draft_id, table=table, key=key) if found.alone else ""
    lead = in_words.value_lead(page, found)
    return ask(page, form, edits, title=name, lead=lead, said=f"“{name}”", back=back, remove=remove)


@guard(may_edit)
@screen.route(f"{ROOT}/remove/{PLACE}", methods=["GET", "POST"])
def remove(draft_id: int, table: str, key: str) -> ResponseReturnValue:
    """Say no more what only this trust says."""
    page, _ = readable(draft_id)
    found = _found(page, table, key)
    if not found.alone:
        raise NoSuchPlace
    name, home = in_words.named(found), url_for("studio_policy.show", draft_id=draft_id)
    back = url_for("studio_values.change", draft_id=draft_id, table=table, key=key)

    def edits(_: Mapping[str, Any]) -> list[Edit]:
        return policy_uses.removed(page, found.path, name)

    asking = Asking(f"Remove “{name}”", in_words.REMOVED_VALUE, "Remove", back, name)
    return write(page, Asked((), sent()), edits, asking=asking, said=f"Removed “{name}”.", onward=lambda _: home)


@guard(may_edit)
@screen.route(f"{ROOT}/add/<path:table>", methods=["GET", "POST"])
def add(draft_id: int, table: str) -> ResponseReturnValue:
    """Something more in a table of the policy, by its path with full stops."""
    page, _ = readable(draft_id)
    path = tuple(table.split("."))
    others = verbs.entries(page, path)
    if others is None:
        raise NoSuchPlace
    form = Asked(forms.new_fields(), sent(), given={"kind": "text"})

    def edits(values: Mapping[str, Any]) -> list[Edit]:
        try:
            name, said = forms.new_value(values)
        except ValueError:
            raise verbs.NotThatKind from None
        return verbs.added(path, others, name, said)

    home = url_for("studio_policy.show", draft_id=draft_id)
    asking = Asking(f"Add to {in_words.table(path)}", in_words.NEW_VALUE, "Add this", home, "Policy")
    name = str(form.values().get("name") or "").strip()
    return write(page, form, edits, asking=asking, said=f"Added “{name}” to {in_words.table(path)}.")


def _found(page: PolicyPage, table: str, key: str) -> Value:
    values = page.bodies if table == "bodies" else page.values
    found = next((one for one in values if ".".join(one.path[1:]) == key and one.kind), None)
    if found is None:
        raise NoSuchPlace
    return found
