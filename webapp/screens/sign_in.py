"""Sign in and out. A demonstration lists its personas; one press signs in as one of them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import door, sign_in
from webapp.forms.sign_in import SignInForm
from webapp.guards import demonstration_only, guard, public
from webapp.presenters.personas import by_trust
from workflows.domain.errors import NotFound
from workflows.inbox import accounts
from workflows.people import sessions as ending

screen = Blueprint("sign_in", __name__)


class NoSuchPersona(NotFound):
    """There is nobody of that name in this demonstration."""


@guard(public)
@screen.get("/sign-in")
def form() -> str | Response:
    """The sign-in page."""
    if current_user.is_authenticated:
        return redirect("/", 303)
    return _page(SignInForm())


@guard(public)
@screen.post("/sign-in")
def enter() -> Response | tuple[str, int]:
    """Sign in with e-mail address and password."""
    filled = SignInForm()
    if filled.validate():
        people = accounts.signed_in_by_password(
            door.session(), email=filled.email.data or "", password=filled.password.data or "", today=door.today()
        )
        if len(people) > 1:
            return sign_in.offer(people), 200
        if people:
            return _begin(people[0])
        filled.refuse()
    return _page(filled), 422


@guard(public)
@screen.post("/sign-in/trust")
def at_trust() -> Response:
    """Sign in at one of the trusts where the same e-mail address and password count."""
    key = sign_in.offered_key(request.form.get("account", ""))
    person = accounts.signed_in(door.session(), session_key=key, today=door.today()) if key else None
    return _begin(person) if person else redirect(url_for("sign_in.form"), 303)


@guard(demonstration_only)
@screen.post("/sign-in/as/<int:person_id>")
def as_persona(person_id: int) -> Response:
    """Be one of the demonstration's personas."""
    person = accounts.signed_in_as_persona(door.session(), person_id=person_id, today=door.today())
    if person is None:
        raise NoSuchPersona
    return _begin(person)


@guard(public)
@screen.post("/sign-out")
def out() -> Response:
    """Sign out: a copy of the cookie is dead from now on, and so are the person's other browsers."""
    ended = current_user.is_authenticated and door.perform(ending.end_sessions, session_key=door.person().session_key)
    sign_in.end()
    if ended:
        flash("You are signed out, here and in every other browser.", "success")
    return redirect(url_for("sign_in.form"), 303)


def _begin(person: accounts.SignedIn) -> Response:
    sign_in.begin(person)
    return redirect(sign_in.safe_next(request.args.get("next", "/")), 303)


def _page(form: SignInForm) -> str:
    personas = accounts.personas(door.session()) if door.demonstration() else ()
    return render_template("sign_in/form.html", form=form, trusts=by_trust(personas))
