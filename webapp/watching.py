"""Each request has a number, a line in the log, and a place among the figures of how long submits take."""

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, request

from webapp.timing import Timings, real_now
from workflows.inbox import Session

log = logging.getLogger("accord.request")

HEADER = "X-Request-Id"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that are mistaken for one another when somebody reads the number out."""
NO_SUBMITS = frozenset({"sign_in", "demonstration", "account", "password"})
"""Blueprints whose forms do not count: a password is slow to check on purpose, and moving the clock moves cases."""
QUIET = frozenset({"static", "health.healthz"})
"""What is asked every few seconds by machines, or once a page by browsers: told only when it fails."""


def init_app(app: Flask, sessions: Callable[[], Session]) -> None:
    """Number each request, tell of it when it has been answered, and count submits."""
    timings = Timings(sessions)
    app.extensions["timings"] = timings
    app.jinja_env.globals["request_id"] = request_id
    app.log_exception = tell_of_fault  # type: ignore[method-assign]  # Flask's own would write the whole address

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        request_id()

    @app.after_request
    def end(response: Response) -> Response:
        milliseconds = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
        response.headers[HEADER] = request_id()
        tell(response, milliseconds)
        if is_submit(response):
            timings.note(milliseconds, real_now())
        response.call_on_close(lambda: timings.write(real_now()))
        return response


def request_id() -> str:
    """The number of this request, ten letters and figures: what a person says to support, and the log's lines hold."""
    if "request_id" not in g:
        g.request_id = "".join(secrets.choice(LETTERS) for _ in range(10))
    return str(g.request_id)


def is_submit(response: Response) -> bool:
    """Whether somebody sent a form of their work, and it was answered."""
    return request.method == "POST" and response.status_code < 500 and request.blueprint not in NO_SUBMITS


def tell(response: Response, milliseconds: float) -> None:
    """One line about the request. The route is the pattern, not the address: an address may hold a secret link."""
    if request.endpoint in QUIET and response.status_code < 400:
        return
    route = _route()
    level = logging.ERROR if response.status_code >= 500 else logging.INFO
    log.log(
        level,
        "%s %s %d in %.0f ms",
        request.method,
        route,
        response.status_code,
        milliseconds,
        extra={
            "event": "request",
            "request_id": request_id(),
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "milliseconds": round(milliseconds, 1),
            **_who(),
        },
    )


def tell_of_fault(exc_info: Any) -> None:
    """A fault of ours, with its trace."""
    said = {"event": "fault", "request_id": request_id(), "method": request.method, "route": _route(), **_who()}
    log.error("A request failed: say its number to whoever keeps the log", exc_info=exc_info, extra=said)


def _route() -> str:
    """The pattern of the address."""
    return request.url_rule.rule if request.url_rule else "(none)"


def _who() -> dict[str, int]:
    """Ids of whoever is signed in, as far as the request has looked: nothing is asked of the database for a log."""
    person = getattr(g.get("_login_user"), "person", None)
    return {"person_id": person.person_id, "trust_id": person.trust_id} if person else {}
