"""Who may open a view. Each view declares it on the line above; a view without a declaration is never served.

    @guard(signed_in)
    @screen.get("/steps/<int:step_id>")

What a person may do with *this* step or case is decided below, by the inbox and the verbs.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp import door, sign_in
from workflows.domain.errors import NotAllowed
from workflows.domain.roles import Role
from workflows.domain.studio import Permission
from workflows.inbox import dispute_board
from workflows.studio import drafts, rights

View = TypeVar("View", bound=Callable[..., Any])
Guard = Callable[[], ResponseReturnValue | None]
"""Returns None to let the request in, or a response to send in its place; may raise a broken rule."""

OPEN = frozenset({"static"})
"""Endpoints that are not ours and have no view to declare anything."""


class RoleNeeded(NotAllowed):
    """Your role does not include this page."""


class UndeclaredView(Exception):
    """A view says nothing on who may open it."""


def guard(who: Guard, *, foresee: Callable[..., None] | None = None) -> Callable[[View], View]:
    """Declare who may open a view.

    foresee: is given what the address names, before anybody is known, to say what the view will ask for (`door`).
    """

    def declare(view: View) -> View:
        view.guard, view.foresee = who, foresee  # type: ignore[attr-defined]  # functions take attributes
        return view

    return declare


def public() -> None:
    """Anybody, signed in or not."""


def signed_in() -> ResponseReturnValue | None:
    """Anybody with an account; a stranger is sent to sign in."""
    return None if current_user.is_authenticated else sign_in.ask()


def holds(*roles: Role) -> Guard:
    """Whoever holds one of these roles today."""

    def role_holder() -> ResponseReturnValue | None:
        if not current_user.is_authenticated:
            return sign_in.ask()
        if door.viewer().roles.isdisjoint(roles):
            raise RoleNeeded
        return None

    return role_holder


def follows_disputes() -> ResponseReturnValue | None:
    """Whoever follows disputes: by a post of their own today, or as the deputy of somebody who has one."""
    if not current_user.is_authenticated:
        return sign_in.ask()
    dispute_board.follows(door.session(), viewer=door.viewer(), now=door.now())
    return None


def studio(*permissions: Permission) -> Guard:
    """Whoever looks after the processes of their trust: who has one of these permissions, or any where none is named.
    For everybody else there is no studio."""

    def looks_after() -> ResponseReturnValue | None:
        if not current_user.is_authenticated:
            return sign_in.ask()
        found = rights.check_reads(door.session(), viewer=door.viewer())
        if permissions and found.isdisjoint(permissions):
            raise rights.REFUSALS[permissions[0]]
        draft_id = (request.view_args or {}).get("draft_id")
        if Permission.EDIT in permissions and request.method == "GET" and draft_id:
            # A form that could not be sent any more is not even shown; whoever sends one is told by its verb.
            drafts.check_open(door.session(), viewer=door.viewer(), draft_id=draft_id)
        return None

    return looks_after


def demonstration_only() -> None:
    """Anybody, but only on a demonstration site: elsewhere there is no such page."""
    if not door.demonstration():
        abort(404)


def declared(endpoint: str) -> Guard | None:
    """What the view of an endpoint declares; None if it declares nothing."""
    return getattr(current_app.view_functions[endpoint], "guard", None)


def init_app(app: Flask) -> None:
    """Ask the guard before each view."""
    app.before_request(_ask_the_guard)


def _ask_the_guard() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    who = declared(request.endpoint)
    if who is None:
        raise UndeclaredView(request.endpoint)
    if foresee := getattr(current_app.view_functions[request.endpoint], "foresee", None):
        foresee(**request.view_args or {})
    return who()
