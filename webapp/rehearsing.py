"""The site inside a rehearsal: its own pages, asked by somebody who is invented, on a database in memory.

A request goes in under an address of its own, so that every address that a page makes leads back into the rehearsal. It
knows of nothing real: `door` gives the rehearsal's session, its clock and its person.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Response, current_app, g, render_template, request
from flask import session as cookie
from flask.ctx import RequestContext
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from webapp import door, sign_in, watching
from workflows.domain.errors import NotFound
from workflows.inbox.accounts import SignedIn
from workflows.rehearsal.playing import Play

PLAYED = frozenset(
    {
        *("step", "keeping", "cases", "deadlines", "letters", "papers", "comparing", "plans", "panel", "extra_pas"),
        *("ending", "meetings", "plan_figures"),
    }
)
"""The blueprints that a rehearsal has: what belongs to a case."""
NOT_PLAYED = frozenset({"cases.index"})
HOME = frozenset({"steps.mine", "steps.queue", "cases.index"})
"""What leads back to the rehearsal's own page."""
QUIET = frozenset({"keeping.keep"})
"""What a script sends by itself: no move."""
ADDRESS = re.compile(r'\b(href|src|action|formaction|data-source|data-diagram|data-autosave)="(/[^"]*)"')


class NotPlayed(NotFound):
    """A rehearsal has the pages that belong to its cases, and not this one."""


@dataclass(frozen=True)
class Played:
    """The answer, and what was asked: the endpoint, "" where there is none."""

    answer: Response
    endpoint: str


def play(play: Play, who: SignedIn, *, prefix: str, home: str, draft: str, page: str) -> Played:
    """Let somebody of a rehearsal ask the site for what this request asks. Raises NotPlayed."""
    with _on_stage(play, who, prefix=prefix, home=home, draft=draft, page=page) as context:
        endpoint = context.request.endpoint or ""
        if context.request.blueprint not in PLAYED or endpoint in NOT_PLAYED:
            if endpoint in HOME:
                return Played(current_app.redirect(home, 303), endpoint)  # type: ignore[arg-type]  # a Response of ours
            raise NotPlayed
        answer = current_app.make_response(_answer())
        if answer.mimetype == "text/html":
            answer.set_data(led_back(answer.get_data(as_text=True), prefix))
        return Played(answer, endpoint)


def drawn(play: Play, who: SignedIn, template: str, *, prefix: str, home: str, draft: str, **shown: object) -> Markup:
    """A part of a page, its links leading into the rehearsal as that person."""
    with _on_stage(play, who, prefix=prefix, home=home, draft=draft, page=""):
        return Markup(led_back(render_template(template, **shown), prefix))  # noqa: S704 - a template has escaped it


def led_back(page: str, prefix: str) -> str:
    """A page whose addresses all stay in the rehearsal; styles, scripts and the studio are outside it."""

    def lead(found: re.Match[str]) -> str:
        name, address = found.groups()
        inside = address.removeprefix(prefix) if address.startswith(f"{prefix}/") else address
        outside = inside.startswith(("/static/", "/studio/"))
        return f'{name}="{inside if outside else prefix + inside}"'

    return ADDRESS.sub(lead, page)


def _answer() -> ResponseReturnValue:
    """What the site answers, as it would to anybody; without what it does after each real answer."""
    try:
        return current_app.preprocess_request() or current_app.dispatch_request()
    except Exception as fault:  # noqa: BLE001 - Flask's own hands every fault to its handlers; unknown ones go on up
        return current_app.handle_user_exception(fault)


@contextmanager
def _on_stage(play: Play, who: SignedIn, *, prefix: str, home: str, draft: str, page: str) -> Iterator[RequestContext]:
    asked = {**request.environ, "SCRIPT_NAME": prefix, "PATH_INFO": f"/{page}"}
    inner = current_app.request_class(asked)
    # What was sent can be read from the wire once only.
    inner.__dict__.update(form=request.form, files=request.files)
    number, outer = watching.request_id(), cookie._get_current_object()  # type: ignore[attr-defined]  # a proxy's way
    memory = play.memory
    with current_app.app_context(), memory.sessions() as session:
        g.stage = door.Stage(session, memory.sessions, prefix, home, draft, who.name)
        g.now, g.request_id, g._login_user = play.at, number, sign_in.User("", who)
        with RequestContext(current_app._get_current_object(), asked, request=inner, session=outer) as context:  # type: ignore[attr-defined]  # likewise
            yield context
