"""What the forms about people share: ask, ask again with what is wrong, or act and go on."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp import door
from webapp.forms.asked import Asked
from webapp.presenters import words
from workflows.domain.errors import NotAllowed
from workflows.domain.people import Area


class Asking(NamedTuple):
    """A form's page: its heading, what it is about, its button, and where one comes from."""

    title: str
    lead: str
    button: str
    back: str
    back_words: str = "People"


def ask(page: Asking, form: Asked, act: Callable[[Mapping[str, Any]], ResponseReturnValue]) -> ResponseReturnValue:
    """Show the form; once it was sent and can be read, act on it. What a rule refuses is said above the form."""
    if request.method == "GET":
        return draw(page, form)
    if not form.valid():
        return draw(page, form), 422
    try:
        return act(form.values())
    except NotAllowed as refused:
        return draw(page, form, door.said(refused)), 409


def draw(page: Asking, form: Asked, sentence: str = "") -> str:
    """The page of a form."""
    return render_template("people/form.html", page=page, form=form, sentence=sentence)


def done(said: str, address: str, area: Area | None = None) -> ResponseReturnValue:
    """Say what was done and go on. Where posts changed hands, the steps that wait pass on at once."""
    passed = door.pass_on(area) if area else 0
    more = f" {words.count(passed, 'step').capitalize()} passed on to whoever holds the role now." if passed else ""
    flash(f"{said}{more}", "success")
    return redirect(address, 303)
