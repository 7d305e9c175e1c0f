"""Your account: how e-mail reaches you, where you are signed in, your password. And an account for somebody new."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp import door, sign_in
from webapp.forms.account import ChangePasswordForm, MailForm
from webapp.guards import guard, holds, signed_in
from webapp.presenters import account as in_words
from workflows.domain.errors import BadValues
from workflows.domain.roles import Role
from workflows.inbox import accounts
from workflows.people import accounts as verbs
from workflows.people import attempting, passwords, sessions

screen = Blueprint("account", __name__)


@guard(signed_in)
@screen.get("/account")
def show() -> str:
    """All about one's own account."""
    return _page()


@guard(signed_in)
@screen.post("/account/mail")
def mail() -> ResponseReturnValue:
    """Choose how e-mail reaches oneself."""
    form = MailForm()
    try:
        form.validate()
        door.perform(verbs.choose_mail, account_id=door.person().account_id, mail=form.mail.data or "")
    except BadValues as bad:
        form.complain(bad.problems)
        return _page(mail=form), 422
    flash("Your choice is saved.", "success")
    return redirect(url_for("account.show"), 303)


@guard(signed_in)
@screen.post("/account/password")
def password() -> ResponseReturnValue:
    """Choose another password; every other browser is signed out."""
    form, me = ChangePasswordForm(), door.person()
    if not form.validate():
        return _page(password=form), 422
    try:
        tried = sign_in.count("sign_in", f"account {me.account_id}")
        account = passwords.check_current(door.session(), person_id=me.person_id, password=form.current.data or "")
        new = passwords.new_hash(form.password.data or "", email=account.email, name=account.name)
    except BadValues as bad:
        form.complain(bad.problems)
        return _page(password=form), 422
    except attempting.TooManyTries as wait:
        form.complain({"current": wait.sentence})
        return _page(password=form), 429
    door.perform(attempting.forgive, tried=tried)
    door.perform(passwords.change, account=account, password_hash=new, visit_id=me.visit_id, now=door.now())
    flash("Your password is changed. Every other browser is signed out.", "success")
    return redirect(url_for("account.show"), 303)


@guard(signed_in)
@screen.post("/account/browsers/<int:visit_id>/end")
def end_browser(visit_id: int) -> Response:
    """Sign one browser out."""
    me = door.person()
    if me.shared or visit_id == me.visit_id:
        raise sessions.NoSuchBrowser
    who = {"by": me.person_id, "trust_id": me.trust_id, "account_id": me.account_id}
    door.perform(sessions.end_one, **who, visit_id=visit_id, now=door.real_now())
    flash("That browser is signed out.", "success")
    return redirect(url_for("account.show"), 303)


@guard(signed_in)
@screen.post("/account/browsers/end-others")
def end_others() -> Response:
    """Sign all browsers out but this one."""
    me = door.person()
    if me.shared:
        raise sessions.NoSuchBrowser
    who = {"by": me.person_id, "trust_id": me.trust_id, "account_id": me.account_id}
    door.perform(sessions.end_others, **who, visit_id=me.visit_id, now=door.real_now())
    flash("You are signed out everywhere but here.", "success")
    return redirect(url_for("account.show"), 303)


@guard(holds(Role.MEDICAL_DIRECTORATE))
@screen.post("/people/<int:person_id>/account")
def invite(person_id: int) -> Response:
    """Give somebody an account, or send them a new link to a password."""
    new = door.perform(verbs.invite, by=door.actor(), person_id=person_id, now=door.now())
    flash(in_words.invited(new=new), "success")
    return redirect(url_for("people.show", person_id=person_id), 303)


def _page(mail: MailForm | None = None, password: ChangePasswordForm | None = None) -> str:
    page = accounts.account_page(door.session(), person=door.person(), real_now=door.real_now())
    if mail is None:
        mail = MailForm()
        mail.mail.data = page.mail  # another form may have been sent: this one shows what is kept
    forms = {"mail": mail, "password": password or ChangePasswordForm()}
    return render_template("account/show.html", page=page, forms=forms, words=in_words, real_now=door.real_now())
