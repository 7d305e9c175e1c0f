"""Somebody at a browser without JavaScript: opens pages, fills in forms, follows redirects. Tokens are real."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.webapp.page import Page
from workflows.store.models import Person

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
Typed = Mapping[str, str | Sequence[str]]


class Visitor:
    """One browser."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()

    @cached_property
    def page(self) -> Page:
        """The page that is open: the front page, until another is."""
        return self.open("/")

    def sign_in(self, person: Person) -> "Visitor":
        """Sign in as one of the demonstration's personas."""
        # Any form's token is good for all: that of a short page comes sooner than that of the page of all personas.
        token = TOKEN.search(self.client.get("/forgotten-password").text)
        assert token, "there is no form"
        entered = self.client.post(f"/sign-in/as/{person.id}", data={"csrf_token": token[1]})
        assert entered.status_code == 303, entered.text
        return self

    def open(self, address: str, status: int = 200) -> Page:
        """Open a page; redirects are followed."""
        return self._arrive(self.client.get(address, follow_redirects=True), status)

    def send(self, address: str, typed: Typed, status: int = 200) -> Page:
        """Send a form by POST with the open page's token; redirects are followed."""
        boxes = {"csrf_token": self.page.token, **typed}
        return self._arrive(self.client.post(address, data=_boxes(boxes), follow_redirects=True), status)

    def fill(self, press: str = "complete", status: int = 200, without: Sequence[str] = (), **typed: Any) -> Page:
        """Fill in the open step and press a button. Names are those of the drawn fields: `grounds`, `when__day` for
        a box of a date; what is not named is sent as it stands. `without` are boxes that are not sent."""
        form = next(each for each in self.page.root.iter("form") if each.get("id") == "step-form")
        boxes: dict[str, Any] = dict(self.page.values())
        boxes |= {f"answer-{name.replace('__', '-')}": value for name, value in typed.items()}
        boxes = {name: value for name, value in boxes.items() if name not in without}
        answer = self.client.post(form.get("action", ""), data=_boxes({**boxes, "press": press}), follow_redirects=True)
        return self._arrive(answer, status)

    def change(self, press: str, boxes: Typed, status: int = 200) -> Page:
        """The same with the boxes named as they are."""
        form = next(each for each in self.page.root.iter("form") if each.get("id") == "step-form")
        sent = {**self.page.values(), **boxes, "press": press}
        return self._arrive(self.client.post(form.get("action", ""), data=_boxes(sent), follow_redirects=True), status)

    def _arrive(self, answer: TestResponse, status: int) -> Page:
        page = Page(self.app, answer.status_code, answer.text, dict(answer.headers))
        assert answer.status_code == status, f"{answer.status_code} {page.heading}: {page.problems} {page.text[:400]}"
        self.page = page
        return page


def _boxes(typed: Typed) -> MultiDict[str, str]:
    boxes: MultiDict[str, str] = MultiDict()
    for name, value in typed.items():
        boxes.setlist(name, [value] if isinstance(value, str) else list(value))
    return boxes
