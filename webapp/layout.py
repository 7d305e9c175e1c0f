"""What every page has around it: the product's and the trust's name, the menu, who is signed in."""

from typing import NamedTuple

from flask import Flask, request
from flask_login import current_user

from webapp import door


class Entry(NamedTuple):
    """An entry of the menu."""

    text: str
    href: str
    current: bool


MENU = (
    ("My steps", "/", {"steps", "step", "start"}),
    ("Cases", "/cases", {"cases", "deadlines", "plans"}),
    ("Teams", "/teams", {"teams"}),
)
"""Words, address, and the blueprints whose pages light it up."""


def init_app(app: Flask) -> None:
    """Give the layout what it names."""
    app.jinja_env.globals |= {"menu": _menu, "who": _who, "demonstration": door.demonstration, "now": door.now}


def _menu() -> list[Entry]:
    return [Entry(text, href, request.blueprint in screens) for text, href, screens in MENU]


def _who() -> object:
    """The signed-in person, or None."""
    return door.person() if current_user.is_authenticated else None
