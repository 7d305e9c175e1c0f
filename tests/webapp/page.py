"""A page as a test sees it. Whoever opens one has it checked: valid HTML, one heading, its title, ids, labels."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import html5lib
from flask import Flask
from html5lib.html5parser import ParseError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

Element = ET.Element
IN_A_LINE = frozenset({"a", "abbr", "b", "code", "em", "strong"})
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SOME_TOKEN = "of one answer alone"
CHECKED: dict[str, Element] = {}
"""Pages that were found well, by their HTML without the token, which alone differs where tests open the same page."""
MOST_KEPT = 200
NO_LABEL = frozenset({"hidden", "submit", "button"})


class BadPage(AssertionError):
    """A page is not as every page has to be."""


class Page:
    """An answer with HTML, parsed strictly."""

    def __init__(self, app: Flask, status: int, html: str, headers: Mapping[str, str]) -> None:
        self.app, self.status, self.html, self.headers = app, status, html, headers
        token = TOKEN.search(html)
        plain = html.replace(token[1], SOME_TOKEN) if token else html
        known = CHECKED.get(plain)
        self.root: Element = deepcopy(known) if known is not None else _parsed(plain)
        if known is None:
            self._check()
            CHECKED[plain] = deepcopy(self.root)
            while len(CHECKED) > MOST_KEPT:
                CHECKED.pop(next(iter(CHECKED)))
        for box in self.root.iter("input"):
            if token and box.get("value") == SOME_TOKEN:
                box.set("value", token[1])
        self._check_addresses()

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        return self.text_of(self.root.find("head/title"))

    @property
    def heading(self) -> str:
        """The one h1."""
        return self.text_of(next(self.root.iter("h1")))

    @property
    def text(self) -> str:
        """All that is to be read, spaces made single."""
        return self.text_of(self.root.find("body"))

    @property
    def problems(self) -> list[str]:
        """The lines of the error summary."""
        return [self.text_of(line) for box in self.with_class("nhsuk-error-summary") for line in box.iter("a")]

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [link.get("href", "") for link in self.root.iter("a")]

    @property
    def token(self) -> str:
        """The token against forged requests that its forms carry."""
        return next(box.get("value", "") for box in self.root.iter("input") if box.get("name") == "csrf_token")

    def with_class(self, name: str) -> Iterator[Element]:
        """The elements of a class."""
        return (element for element in self.root.iter() if name in (element.get("class") or "").split())

    def values(self, form: str = "step-form") -> dict[str, list[str]]:
        """What a form holds as a browser would send it, without its buttons; `form` is its id or its action."""
        found = next(each for each in self.root.iter("form") if form in {each.get("id"), each.get("action")})
        sent: dict[str, list[str]] = {}
        for box in _live(found):
            name, value = box.get("name"), _value_of(box)
            if name and value is not None:
                sent.setdefault(name, []).append(value)
        return sent

    def buttons(self) -> list[str]:
        """What its buttons send as "press"."""
        return [each.get("value", "") for each in self.root.iter("button") if each.get("name") == "press"]

    @staticmethod
    def text_of(element: Element | None) -> str:
        """The text of an element, spaces made single."""
        return " ".join("".join(_said(element)).split()) if element is not None else ""

    def _check(self) -> None:
        headings = list(self.root.iter("h1"))
        if len(headings) != 1:
            raise BadPage(f"There are {len(headings)} first headings.")
        if not self.title.removeprefix("Error: ").startswith(self.heading):
            raise BadPage(f"The title “{self.title}” does not begin with the heading “{self.heading}”.")
        if self.problems and not self.title.startswith("Error: "):
            raise BadPage("There are problems, and the title does not say so.")
        if self.root.get("lang") != "en":
            raise BadPage("The page does not say its language.")
        self._check_ids()
        self._check_labels()

    def _check_ids(self) -> None:
        ids = [element.get("id") for element in self.root.iter() if element.get("id")]
        twice = [one for one, times in Counter(ids).items() if times > 1]
        if twice:
            raise BadPage(f"These ids are there twice: {twice}")
        for element in self.root.iter():
            for attribute in ("aria-describedby", "aria-labelledby", "for"):
                missing = [one for one in (element.get(attribute) or "").split() if one not in ids]
                if missing:
                    raise BadPage(f"{attribute} names what is not there: {missing}")
        for link in self.links:
            if link.startswith("#") and link[1:] not in ids:
                raise BadPage(f"The link {link} leads nowhere.")

    def _check_labels(self) -> None:
        labelled = {label.get("for") for label in self.root.iter("label")}
        for box in self.root.iter():
            typed = box.tag in {"input", "select", "textarea"} and box.get("type") not in NO_LABEL
            if typed and box.get("id") not in labelled and not box.get("aria-label"):
                raise BadPage(f"A box has no label: {box.attrib}")
        for button in self.root.iter("button"):
            if not self.text_of(button) and not button.get("aria-label"):
                raise BadPage("A button says nothing.")

    def _check_addresses(self) -> None:
        """Every address of ours has a view; no address of another host is there at all."""
        for element in self.root.iter():
            for attribute in ("href", "src", "action"):
                self._check_address(element.get(attribute), "POST" if element.get("method") == "post" else "GET")

    def _check_address(self, address: str | None, method: str) -> None:
        if not address or address.startswith(("#", "data:")):
            return
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            raise BadPage(f"{address} is on another host.")
        try:
            self.app.url_map.bind("localhost").match(parts.path, method)
        except MethodNotAllowed as error:
            raise BadPage(f"{address} does not answer to {method}.") from error
        except HTTPException as error:
            if not hasattr(error, "new_url"):
                raise BadPage(f"There is no page at {address}.") from error


def _parsed(html: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        root: Element = parser.parse(html)
    except ParseError as error:
        line = parser.errors[-1][0][0] if parser.errors else 0
        raise BadPage(f"{error}, line {line}: {html.splitlines()[line - 1 : line]}") from error
    return root


def _said(element: Element) -> Iterator[str]:
    """What stands in an element to be read, in order."""
    if element.tag == "script":
        return
    apart = "" if element.tag in IN_A_LINE else " "
    yield apart + (element.text or "")
    for child in element:
        yield from _said(child)
        yield child.tail or ""
    yield apart


def _live(element: Element) -> Iterator[Element]:
    """What is in an element, without what a template holds for a script: no browser sends or shows that."""
    for child in element:
        if child.tag != "template":
            yield child
            yield from _live(child)


def _value_of(box: Element) -> str | None:
    if box.tag == "textarea":
        return (box.text or "").removeprefix("\n")
    if box.tag == "select":
        options = list(box.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return chosen[0].get("value", "") if chosen else ""
    if box.tag != "input":
        return None
    if box.get("type") in {"checkbox", "radio"}:
        return box.get("value", "") if box.get("checked") is not None else None
    return box.get("value", "")
