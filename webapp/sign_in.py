"""Flask-Login: the session cookie carries an account's key; its holder is looked up once a request."""

from collections.abc import Sequence

from flask import Flask, redirect, render_template, request, session, url_for
from flask_login import LoginManager, UserMixin, login_user, logout_user
from werkzeug.wrappers import Response

from webapp import door
from workflows.inbox import accounts

OFFERED = "offered"


class User(UserMixin):
    """A signed-in person as Flask-Login wants them."""

    def __init__(self, person: accounts.SignedIn) -> None:
        self.person = person

    def get_id(self) -> str:
        """The account's session key: a new key there ends every session."""
        return self.person.session_key


def init_app(app: Flask) -> None:
    """Let the app know who is there."""
    manager = LoginManager(app)
    manager.user_loader(_load)


def begin(person: accounts.SignedIn) -> None:
    """Start a fresh session for that person: nothing of what the browser held before goes on."""
    session.clear()
    session.permanent = True
    login_user(User(person))


def offer(people: Sequence[accounts.SignedIn]) -> str:
    """Let whoever has proved to be all of these choose as whom to go on. The signed session remembers the proof."""
    session[OFFERED] = [person.session_key for person in people]
    return render_template("sign_in/trust.html", people=people)


def offered_key(number: str) -> str:
    """The session key of the account that was chosen by its place in the offer; "" for none."""
    keys: list[str] = session.get(OFFERED, [])
    return dict(zip(map(str, range(len(keys))), keys, strict=True)).get(number, "")


def end() -> None:
    """Sign out and forget the session."""
    logout_user()
    session.clear()


def ask() -> Response:
    """Send the visitor to sign in, and back here afterwards when this was a page."""
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.form", next=None if here == "/" else here), 303)


def safe_next(target: str) -> str:
    """Where to go after signing in: a page of this site, else the front page."""
    plain = target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    return target if plain else "/"


def _load(session_key: str) -> User | None:
    person = accounts.signed_in(door.session(), session_key=session_key, today=door.today())
    return None if person is None else User(person)
