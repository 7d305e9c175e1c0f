"""Flask-Login: the session cookie carries a browser's token; whose it is, is looked up once a request."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from flask import Flask, Response, g, redirect, render_template, request, session, url_for
from flask_login import LoginManager, UserMixin, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from webapp import door
from workflows.front_door import NoRoom, TooBusy
from workflows.inbox import accounts
from workflows.people import attempting, sessions

OFFERED = "offered"
OFFER_SECONDS = 600
"""How long somebody may take to choose between their trusts."""


class User(UserMixin):
    """A signed-in browser as Flask-Login wants it, with its person once they are looked up."""

    def __init__(self, token: str, person: accounts.SignedIn | None = None) -> None:
        self.token, self.person = token, person

    def get_id(self) -> str:
        """What the cookie carries."""
        return self.token


def init_app(app: Flask) -> None:
    """Let the app know who is there."""
    manager = LoginManager(app)
    manager.user_loader(_load)
    app.after_request(_note_use)


def begin(known: accounts.Known) -> None:
    """Sign that person in, in this browser: nothing of what it held before goes on."""
    token = door.perform(
        sessions.begin,
        account_id=known.account_id,
        browser=request.headers.get("User-Agent", ""),
        now=door.real_now(),
    )
    session.clear()
    session.permanent = True
    session[door.LIKELY_TRUST] = known.trust_id
    login_user(User(token))


def offer(people: Sequence[accounts.Known]) -> str:
    """Let whoever has proved to be all of these choose as whom to go on. The signed session remembers the proof."""
    session[OFFERED] = [[person.session_key for person in people], door.real_now().isoformat()]
    return render_template("sign_in/trust.html", people=people)


def offered_key(number: str) -> str:
    """The session key of the account that was chosen by its place in the offer; "" for none, or one of long ago."""
    keys, at = session.get(OFFERED, [[], ""])
    if not keys or (door.real_now() - datetime.fromisoformat(at)).total_seconds() > OFFER_SECONDS:
        return ""
    chosen: dict[str, str] = dict(zip(map(str, range(len(keys))), keys, strict=True))
    return chosen.get(number, "")


def end() -> None:
    """Sign out and forget the session."""
    logout_user()
    session.clear()


def network() -> str:
    """Where the request comes from, as far as the proxies before us can be believed (ACCORD_PROXIES)."""
    return request.remote_addr or ""


def count(what: str, about: str) -> attempting.Tried:
    """Count an attempt, before it is made. Raises TooManyTries."""
    return door.perform(attempting.count, what=what, about=about, network=network(), now=door.real_now())


def ask() -> AnyResponse:
    """Send the visitor to sign in, and back here afterwards when this was a page."""
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.form", next=None if here == "/" else here), 303)


def safe_next(target: str) -> str:
    """Where to go after signing in: a page of this site, else the front page."""
    plain = target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    return target if plain else "/"


def _load(token: str) -> User | None:
    person = accounts.signed_in(door.session(), token=token, today=door.today(), real_now=door.real_now())
    return None if person is None else User(token, person)


def _note_use(response: Response) -> Response:
    """Keep when the browser was used last: to the minute at best, and only after a page was read."""
    if request.method != "GET" or response.status_code >= 400 or request.endpoint in {None, "static"}:
        return response
    # Only whom the page has looked up already: a page that asks for nobody is not to ask for this.
    person: accounts.SignedIn | None = getattr(g.get("_login_user"), "person", None)
    if person is not None and door.real_now() - person.seen_at >= sessions.NOTED_EVERY:
        with suppress(TooBusy, NoRoom):  # Then the next page notes it.
            door.perform(sessions.go_on, visit_id=person.visit_id, now=door.real_now())
    return response
