"""Somebody at a browser, over real HTTP: signs in, opens steps, fills in what they ask."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.faults.machines import PATIENCE

TICKED = frozenset({"checkbox", "radio"})
Boxes = Mapping[str, str | list[str]]


class Fault(Exception):
    """The site did not answer as it does when all is well."""


class Browser:
    """One browser. `html` is the open page, `status` how it came."""

    def __init__(self, port: int, person_id: int) -> None:
        self.port, self.person_id = port, person_id
        self.cookies: SimpleCookie = SimpleCookie()
        self.html, self.status, self.location = "", 0, ""

    def sign_in(self) -> "Browser":
        """Be that persona."""
        self.open("/sign-in")
        self.send(f"/sign-in/as/{self.person_id}", {})
        if self.status != 303:
            raise Fault(f"sign-in: {self.status}")
        return self

    def open(self, path: str) -> str:
        """Open a page."""
        self._ask("GET", path, "")
        return self.html

    def send(self, path: str, boxes: Boxes) -> int:
        """Send a form with the token of the open page; says how that was answered."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.html)
        self._ask("POST", path, urlencode({"csrf_token": token[1] if token else "", **boxes}, doseq=True))
        return self.status

    def fill(self, path: str, boxes: Boxes, *, press: str = "complete") -> int:
        """Send the open step: what it holds, changed by the boxes."""
        return self.send(path, {**self.values(), **boxes, "press": press})

    def values(self) -> dict[str, list[str]]:
        """What the form of the open step holds, as a browser would send it."""
        reader = Form()
        reader.feed(self.html)
        return reader.held

    @property
    def heading(self) -> str:
        """The one h1."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""

    def steps(self) -> list[str]:
        """The addresses of the steps on the open page."""
        return list(dict.fromkeys(re.findall(r'href="(/steps/\d+)"', self.html)))

    def _ask(self, method: str, path: str, body: str) -> None:
        headers = {"Cookie": "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        way = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            way.request(method, path, body or None, headers)
            answer = way.getresponse()
            self.html, self.status = answer.read().decode(), answer.status
            self.location = answer.getheader("Location", "")
            for cookie in answer.headers.get_all("Set-Cookie", []):
                self.cookies.load(cookie)
        finally:
            way.close()


class Form(HTMLParser):
    """Reads what the form of a step holds, without its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, list[str]] = {}
        self.inside, self.text_of, self.choice_of = False, "", ""
        self.template = 0
        """How deep in templates: a browser sends nothing of what stands there, nor what has no name."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = said.get("id") == "step-form"
        elif tag == "template":
            self.template += 1
        elif not self.inside or self.template:
            return
        elif tag in {"textarea", "select"} and said.get("name"):
            self.text_of, self.choice_of = (said["name"], "") if tag == "textarea" else ("", said["name"])
            self.held.setdefault(said["name"], [""])
        elif tag == "option" and "selected" in said and self.choice_of:
            self.held[self.choice_of] = [said.get("value", "")]
        elif tag == "input" and said.get("name") and ("checked" in said or said.get("type") not in TICKED):
            self.held.setdefault(said["name"], []).append(said.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.text_of:
            self.held[self.text_of] = [(self.held[self.text_of][0] + data).removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "template":
            self.template -= 1
        elif tag == "textarea":
            self.text_of = ""
        elif tag == "select":
            self.choice_of = ""
