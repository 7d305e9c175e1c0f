"""A browser without a screen: it keeps cookies, fills in the form of a page and calls a WSGI application directly."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lxml import html
from werkzeug.test import EnvironBuilder, run_wsgi_app

App = Callable[..., Iterable[bytes]]
SITE = "https://accord.example"
Answers = Mapping[str, str | list[str]]


class Browser:
    """Somebody at a site."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.cookies: dict[str, str] = {}

    def page(self, path: str) -> Any:
        """A page, as a tree."""
        body, status, _ = self.ask(self.request("GET", path))
        assert status == 200, f"{path}: {status}"
        return html.fromstring(body)

    def filled(self, path: str, answers: Answers) -> dict[str, Any]:
        """A request that sends a page's own form back with answers filled in: made here, so that only the
        application's part of it is timed."""
        form = next(one for one in self.page(path).forms if one.method == "POST" and one.action in {None, path})
        values: dict[str, list[str]] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        return self.request("POST", path, values | dict(answers))

    def request(self, method: str, path: str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A request as the server hands it to the application."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = [("Referer", SITE + path), ("Cookie", cookies)]
        builder = EnvironBuilder(path, SITE, method=method, headers=headers, data=values)
        try:
            return builder.get_environ()
        finally:
            builder.close()

    def ask(self, environ: dict[str, Any]) -> tuple[bytes, int, str]:
        """Send a request: the answer's body, its status, and where it leads."""
        chunks, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        for cookie in headers.getlist("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return b"".join(chunks), int(status.split()[0]), headers.get("Location", "")
