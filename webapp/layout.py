"""What every page has around it: the product's and the trust's name, the menu, who is signed in."""

from typing import NamedTuple

from flask import Flask, request
from flask_login import current_user

from webapp import door
from workflows.inbox import incidents


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


INCIDENTS = {"incidents", "status"}
"""The blueprints of what only the Medical Directorate opens."""


def init_app(app: Flask) -> None:
    """Give the layout what it names."""
    app.jinja_env.globals |= {"menu": _menu, "who": _who, "demonstration": door.demonstration, "now": door.now}


def _menu() -> list[Entry]:
    entries = [Entry(text, href, request.blueprint in screens) for text, href, screens in MENU]
    return [*entries, *_for_the_directorate()]


def _for_the_directorate() -> list[Entry]:
    """What failed, and how much of it."""
    failed = incidents.open_count(door.session(), viewer=door.viewer()) if current_user.is_authenticated else None
    if failed is None:
        return []
    return [Entry(f"Incidents ({failed})" if failed else "Incidents", "/incidents", request.blueprint in INCIDENTS)]


def _who() -> object:
    """The signed-in person, or None."""
    return door.person() if current_user.is_authenticated else None
