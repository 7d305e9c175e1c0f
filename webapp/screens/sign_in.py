"""Sign in and out. A demonstration lists its personas; one press signs in as one of them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import door, sign_in
from webapp.forms.sign_in import SignInForm
from webapp.guards import demonstration_only, guard, public
from webapp.presenters import personas as in_words
from workflows.domain.errors import NotFound
from workflows.inbox import accounts, personas
from workflows.people import attempting, passwords, sessions

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
    if not filled.validate():
        return _page(filled), 422
    email, password = filled.email.data or "", filled.password.data or ""
    try:
        tried = sign_in.count("sign_in", email)
    except attempting.TooManyTries as wait:
        filled.complain(wait.sentence)
        return _page(filled), 429
    people = passwords.accounts_with(door.session(), email=email, password=password, today=door.today())
    if not people:
        filled.refuse()
        return _page(filled), 422
    door.perform(attempting.forgive, tried=tried)
    known = [accounts.known(person) for person in people]
    return _begin(known[0]) if len(known) == 1 else (sign_in.offer(known), 200)


@guard(public)
@screen.post("/sign-in/trust")
def at_trust() -> Response:
    """Sign in at one of the trusts where the same e-mail address and password count."""
    key = sign_in.offered_key(request.form.get("account", ""))
    person = accounts.by_key(door.session(), session_key=key, today=door.today())
    return _begin(person) if person else redirect(url_for("sign_in.form"), 303)


@guard(demonstration_only)
@screen.post("/sign-in/as/<int:person_id>")
def as_persona(person_id: int) -> Response:
    """Be one of the demonstration's personas."""
    person = accounts.persona(door.session(), person_id=person_id, today=door.today())
    if person is None:
        raise NoSuchPersona
    return _begin(person)


@guard(public)
@screen.post("/sign-out")
def out() -> Response:
    """Sign this browser out: a copy of its cookie is dead from now on."""
    if current_user.is_authenticated:
        here = door.person()
        door.perform(sessions.sign_out, account_id=here.account_id, visit_id=here.visit_id, now=door.real_now())
    sign_in.end()
    flash("You are signed out.", "success")
    return redirect(url_for("sign_in.form"), 303)


def _begin(person: accounts.Known) -> Response:
    sign_in.begin(person)
    return redirect(sign_in.safe_next(request.args.get("next", "/")), 303)


def _page(form: SignInForm) -> str:
    found = personas.personas(door.session(), now=door.now()) if door.demonstration() else ()
    return render_template("sign_in/form.html", form=form, trusts=in_words.by_trust(found))
