"""A browser without a screen: it keeps cookies and sends back the form of a page, with its token, filled in."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

SITE = "https://accord.example"
Answers = Mapping[str, str | list[str]]


class Browser:
    """Somebody at a site, by Flask's own test client."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def page(self, path: str) -> Any:
        """A page, as a tree."""
        answer = self.client.get(path, base_url=SITE)
        assert answer.status_code == 200, f"{path}: {answer.status}"
        return html.fromstring(answer.data)

    def filled(self, path: str, answers: Answers) -> dict[str, list[str]]:
        """The form of a page as it stands, with these answers filled in."""
        form = next(one for one in self.page(path).forms if one.method == "POST" and one.action in {None, path})
        values: dict[str, list[str]] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        return values | {name: [value] if isinstance(value, str) else value for name, value in answers.items()}

    def send(self, path: str, values: Mapping[str, list[str]]) -> TestResponse:
        """Send a form."""
        return self.client.post(path, base_url=SITE, headers=[("Referer", SITE + path)], data=values)
