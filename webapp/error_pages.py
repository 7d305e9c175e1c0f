"""Broken rules as pages: which status, which heading, and what to do next. The sentence is the rule's own."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from flask import Flask, current_app, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from webapp import door
from webapp.typed import UnusableSign
from workflows.cases import StepGone
from workflows.domain.errors import BadValues, Broken, NotAllowed, NotFound, Unsound
from workflows.front_door import NoRoom, TooBusy
from workflows.inbox.steps import StepEnded
from workflows.people.attempting import TooManyTries
from workflows.people.passwords import LinkGone
from workflows.studio.drafts import DraftClosed


class Page(NamedTuple):
    """What a person reads when something went wrong; `{medical_directorate}` stands for the trust's own title."""

    status: int
    title: str
    next: str


GONE = Page(409, "This step is no longer waiting", "Open the case to see what happened and what comes next.")

PAGES: dict[type[Broken], Page] = {
    NotFound: Page(404, "Page not found", "Check the address, or go to your steps and open it from there."),
    NotAllowed: Page(403, "You cannot open this", "If you think that you should, ask your {medical_directorate} team."),
    DraftClosed: Page(403, "This draft cannot be changed any more", "It can be read, and another one can be begun."),
    StepGone: GONE,
    StepEnded: GONE,
    TooBusy: Page(503, "Many people are at work here", "Wait a moment and send it again."),
    NoRoom: Page(503, "Accord cannot keep anything at the moment", "Go back, and send it again when there is room."),
    BadValues: Page(422, "Some answers need another look", "Go back and check what you entered."),
    Unsound: Page(
        500,
        "This case cannot move on at the moment",
        "Nothing was changed. Please try again later, and tell your {medical_directorate} team if it stays so.",
    ),
    TooManyTries: Page(429, "Too many attempts", "Wait a while, then open the link from your e-mail again."),
    LinkGone: Page(404, "This link is not good any more", "Go to sign in, and choose “Forgotten your password?”."),
    UnusableSign: Page(400, "That could not be read", "Go back and look at what you pasted or typed."),
    Broken: Page(409, "That cannot be done now", "Go back, or open the case to see where it is."),
}
"""The nearest class of a broken rule's family counts."""

HTTP: dict[int, Page] = {
    404: Page(404, "Page not found", "Check the address, or go to your steps and open it from there."),
    405: Page(405, "That cannot be done here", "Go back and try again from the page before."),
    413: Page(
        413,
        "That was too much at once",
        "Go back and send less: the page that asks for a file says how large it may be.",
    ),
}
REFUSED = Page(403, "This step was not sent", "Copy what you still need, and open the case to see where it is.")
EXPIRED = Page(400, "This page was open for too long", "Go back, reload the page and send the form again.")
TOO_LONG = "For your safety a form can be sent for a few hours only, and only from this site."
OTHERWISE = Page(400, "That did not work", "Go back and try again.")
FAILED = Page(
    500,
    "Sorry, something went wrong",
    "Wait a few minutes and look at your steps. If the one that you were sending is still there, please send it again: "
    "what is done is never done twice.",
)


def page_of(broken: Broken) -> Page:
    """The page for a broken rule."""
    return next(PAGES[family] for family in type(broken).__mro__ if family in PAGES)


def not_sent(page: Page, sentence: str, kept: Sequence[tuple[str, str]], reference: str = "") -> tuple[str, int]:
    """The page for a form that can no longer be sent: it shows what was typed, to be copied. `kept` are the questions
    with what was typed, `reference` that of a case which the reader may open."""
    door.session().rollback()
    shown = {"page": page, "sentence": sentence, "kept": kept, "reference": reference}
    return render_template("errors/step_gone.html", **shown), page.status


def init_app(app: Flask) -> None:
    """Answer broken rules, HTTP errors and faults of our own with pages."""
    app.register_error_handler(Broken, _broken)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _failed)
    app.teardown_appcontext(_let_go)


def _broken(broken: Broken) -> tuple[str, int]:
    door.session().rollback()
    page = page_of(broken)
    return _show(page._replace(next=page.next.format(**door.titles())), door.said(broken))


def _expired(_: CSRFError) -> tuple[str, int]:
    return _show(EXPIRED, TOO_LONG)


def _http(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    return _show(HTTP.get(status, OTHERWISE._replace(status=status)), "")


def _failed(_: HTTPException) -> tuple[str, int]:
    # The page must come even when the database is what failed: it shows no name and no menu, and is made without what
    # render_template hands to every page, which looks up who is signed in.
    _let_go()
    return current_app.jinja_env.get_template("errors/failed.html").render(page=FAILED), FAILED.status


def _let_go(_: BaseException | None = None) -> None:
    """Give the connection back. One that has been lost since it was used last cannot end what it began: that is no
    reason to keep an answer from anybody."""
    with suppress(Exception):
        current_app.extensions["sqlalchemy"].session.remove()


def _show(page: Page, sentence: str) -> tuple[str, int]:
    return render_template("errors/page.html", page=page, sentence=sentence, back=_back_to_draft(page)), page.status


def _back_to_draft(page: Page) -> str:
    """The address of the draft on whose pages something was refused; "" elsewhere, and for whoever may not read it."""
    draft_id = (request.view_args or {}).get("draft_id")
    return url_for("studio_drafts.show", draft_id=draft_id) if draft_id and page.status in {403, 409, 413} else ""
