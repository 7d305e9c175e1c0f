"""Sign in and out. A demonstration lists its personas; one press signs in as one of them."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import door, sign_in
from webapp.forms.sign_in import SignInForm
from webapp.guards import demonstration_only, guard, public
from webapp.presenters.personas import by_trust
from workflows.domain.errors import NotFound
from workflows.inbox import accounts

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
        person = accounts.signed_in_by_password(
            door.session(), email=filled.email.data or "", password=filled.password.data or "", today=door.today()
        )
        if person is not None:
            sign_in.begin(person)
            return redirect(sign_in.safe_next(request.args.get("next", "/")), 303)
        filled.refuse()
    return _page(filled), 422


@guard(demonstration_only)
@screen.post("/sign-in/as/<int:person_id>")
def as_persona(person_id: int) -> Response:
    """Be one of the demonstration's personas."""
    person = accounts.signed_in_as_persona(door.session(), person_id=person_id, today=door.today())
    if person is None:
        raise NoSuchPersona
    sign_in.begin(person)
    return redirect(sign_in.safe_next(request.args.get("next", "/")), 303)


@guard(public)
@screen.post("/sign-out")
def out() -> Response:
    """Sign out."""
    sign_in.end()
    return redirect(url_for("sign_in.form"), 303)


def _page(form: SignInForm) -> str:
    personas = accounts.personas(door.session()) if door.demonstration() else ()
    return render_template("sign_in/form.html", form=form, trusts=by_trust(personas))
