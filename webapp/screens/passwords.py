"""A forgotten password: ask for a link by e-mail, and choose a new password where it leads."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import door, sign_in
from webapp.forms.account import ChooseForm, ForgottenForm
from webapp.guards import guard, public
from workflows.domain.errors import BadValues
from workflows.inbox import accounts
from workflows.people import attempting, passwords
from workflows.people.passwords import LinkGone, SharedPassword

screen = Blueprint("passwords", __name__)


@guard(public)
@screen.get("/forgotten-password")
def forgotten() -> str:
    """Ask where to send a link."""
    return render_template("password/forgotten.html", form=ForgottenForm())


@guard(public)
@screen.post("/forgotten-password")
def ask() -> ResponseReturnValue:
    """Send the link. The answer is the same whether anybody has the address or not."""
    form = ForgottenForm()
    if not form.validate():
        return render_template("password/forgotten.html", form=form), 422
    email = form.email.data or ""
    try:
        sign_in.count("password", email)
    except attempting.TooManyTries as wait:
        form.complain({"email": wait.sentence})
        return render_template("password/forgotten.html", form=form), 429
    door.perform(passwords.ask_new, email=email, now=door.now())
    return render_template("password/sent.html", email=email)


@guard(public)
@screen.route("/password/<token>", methods=["GET", "POST"])
def choose(token: str) -> ResponseReturnValue:
    """Choose a new password. Opening the link uses nothing up: programs that look through e-mail open it too."""
    sign_in.count("link", token)
    asked = accounts.asked_for(door.session(), token=token, now=door.now())
    if asked is None:
        raise LinkGone
    form = ChooseForm()
    if request.method == "POST" and form.validate():
        try:
            new = passwords.new_hash(form.password.data or "", email=asked.email, name=asked.name)
            door.perform(passwords.set_by_link, token=token, password_hash=new, now=door.now())
        except BadValues as bad:
            form.complain(bad.problems)
        except SharedPassword as shared:
            form.complain({"password": shared.sentence})
        else:
            return _done()
    answer = make_response(render_template("password/choose.html", form=form, asked=asked))
    answer.status_code = 422 if form.errors else 200
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _done() -> ResponseReturnValue:
    sign_in.end()
    flash("Your password is set. Sign in with it now.", "success")
    return redirect(url_for("sign_in.form"), 303)
