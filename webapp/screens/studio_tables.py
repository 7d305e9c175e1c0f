"""A decision table of a draft: its rules as rows and forms, and the same table to draw in."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms import studio_tables as forms
from webapp.forms.asked import Asked
from webapp.guards import guard, studio
from webapp.presenters import studio_tables as in_words
from webapp.presenters import words
from workflows.domain.errors import NotAllowed
from workflows.domain.studio import Permission
from workflows.studio import table_edits as verbs
from workflows.studio.table_edits import NEW, Row

screen = Blueprint("studio_tables", __name__)
may_edit = studio(Permission.EDIT)
ROOT = "/studio/drafts/<int:draft_id>/tables/<key>"


@guard(studio())
@screen.get(ROOT)
def show(draft_id: int, key: str) -> str:
    """The table, its rules one after the other."""
    page = verbs.table_page(door.session(), viewer=door.viewer(), draft_id=draft_id, key=key)
    return render_template("studio/table.html", page=page, words=in_words)


@guard(may_edit)
@screen.route(f"{ROOT}/rules/<rule>", methods=["GET", "POST"])
def change(draft_id: int, key: str, rule: str) -> ResponseReturnValue:
    """What a rule asks and answers; a new one under “new”."""
    page = verbs.table_page(door.session(), viewer=door.viewer(), draft_id=draft_id, key=key)
    rows = {row.key: row for row in page.sheet.rows} if page.sheet else {}
    row = Row("", (), ()) if rule == NEW else rows.get(rule)
    if page.sheet is None or row is None:
        raise verbs.NoSuchRule
    form = Asked(forms.fields(page.sheet, row), forms.sent(), given=forms.given(page.sheet, row))
    number = 1 + (verbs.place_of_new(page.sheet) if rule == NEW else list(rows).index(row.key))
    shown: dict[str, Any] = {"page": page, "form": form, "number": number, "new": rule == NEW}
    if request.method == "GET":
        return render_template("studio/table_rule.html", sentence="", **shown)
    if not form.valid() or not forms.fits(form, page.sheet, row, number):
        return render_template("studio/table_rule.html", sentence="", **shown), 422
    said = forms.said(page.sheet, row, form.values())
    about: dict[str, Any] = {"draft_id": draft_id, "key": key, "read": forms.version()}
    try:
        door.perform(verbs.change, by=door.actor(), row=said, now=door.now(), **about)
    except NotAllowed as refused:
        return render_template("studio/table_rule.html", sentence=door.said(refused), **shown), 409
    flash("The rule is kept.", "success")
    return redirect(url_for("studio_tables.show", draft_id=draft_id, key=key), 303)


@guard(may_edit)
@screen.post(f"{ROOT}/order")
def order(draft_id: int, key: str) -> ResponseReturnValue:
    """Put a rule up or down, or take it out."""
    rule, _, where = request.form.get("press", "").rpartition(" ")
    about: dict[str, Any] = {"draft_id": draft_id, "key": key, "rule": rule, "where": where, "read": forms.version()}
    try:
        flash(door.perform(verbs.move, by=door.actor(), now=door.now(), **about), "success")
    except NotAllowed as refused:
        flash(door.said(refused), "important")
    return redirect(url_for("studio_tables.show", draft_id=draft_id, key=key), 303)


@guard(may_edit)
@screen.post(f"{ROOT}/drawing")
def save(draft_id: int, key: str) -> ResponseReturnValue:
    """Keep the table as it was drawn; JSON with the file's new version and what the checker says. 409 with a sentence
    where it is not kept."""
    text, now = request.form.get("text", ""), door.now()
    about: dict[str, Any] = {"draft_id": draft_id, "key": key, "text": text, "read": forms.version()}
    try:
        version, problems = door.perform(verbs.save_drawing, by=door.actor(), now=now, **about)
    except NotAllowed as refusal:
        return {"sentence": door.said(refusal)}, 409
    return {"version": version, "at": words.hour(now), "problems": [asdict(one) for one in problems]}
