"""What every page has around it: the product's and the trust's name, the menu, who is signed in."""

from typing import NamedTuple

from flask import Flask, request
from flask_login import current_user

from webapp import door
from workflows.domain.roles import Role
from workflows.inbox import dispute_board, incidents, panel_register, privileges, process_figures, rotas
from workflows.studio import rights


class Entry(NamedTuple):
    """An entry of the menu."""

    text: str
    href: str
    current: bool


MENU = (
    ("My steps", "/", {"steps", "step", "start"}),
    ("Cases", "/cases", {"cases", "deadlines", "plans", "panel"}),
    ("Teams", "/teams", {"teams", "extra_pas", "reviews"}),
)
"""Words, address, and the blueprints whose pages light it up."""


READ_PEOPLE = frozenset({Role.MEDICAL_DIRECTORATE, Role.HR_WORKFORCE})
PEOPLE = {"people", "people_posts", "people_places", "people_import", "subject"}
ROTAS = {"rotas", "rota_diaries"}
DISPUTES = {"disputes", "dispute_views", "dispute_calendar"}
INCIDENTS = {"incidents", "status"}
"""The blueprints of what only the Medical Directorate opens."""


def init_app(app: Flask) -> None:
    """Give the layout what it names."""
    app.jinja_env.globals |= {
        "menu": _menu, "who": _who, "demonstration": door.demonstration, "now": door.now, "called": door.called,
        "stage": door.stage,
    }  # fmt: skip


def _menu() -> list[Entry]:
    entries = [Entry(text, href, request.blueprint in screens) for text, href, screens in MENU]
    return [
        *entries,
        *_for_readers_of_rotas(),
        *_for_followers_of_disputes(),
        *_for_keepers_of_people(),
        *_for_readers_of_the_register(),
        *_for_the_responsible_officer(),
        *_for_the_studio(),
        *_for_the_directorate(),
    ]


def _for_readers_of_rotas() -> list[Entry]:
    """On-call rotas, for those who plan and those who read plans."""
    if not current_user.is_authenticated or door.viewer().roles.isdisjoint(rotas.READERS):
        return []
    return [Entry("Rotas", "/rotas", request.blueprint in ROTAS)]


def _for_followers_of_disputes() -> list[Entry]:
    """The board, for those who have one."""
    if not current_user.is_authenticated:
        return []
    if not dispute_board.has_board(door.session(), viewer=door.viewer(), now=door.now()):
        return []
    return [Entry("Disputes", "/disputes", request.blueprint in DISPUTES)]


def _for_keepers_of_people() -> list[Entry]:
    """The people of the trust, for those who keep their records or read them."""
    if not current_user.is_authenticated or door.viewer().roles.isdisjoint(READ_PEOPLE):
        return []
    return [Entry("People", "/people", request.blueprint in PEOPLE)]


def _for_readers_of_the_register() -> list[Entry]:
    """From where third members of appeal panels come."""
    if not current_user.is_authenticated or door.viewer().roles.isdisjoint(panel_register.READERS):
        return []
    return [Entry("Panel register", "/panel-register", request.blueprint == "panel_register")]


def _for_the_responsible_officer() -> list[Entry]:
    """Where doctors may treat patients outside the trust."""
    if not current_user.is_authenticated or door.viewer().roles.isdisjoint(privileges.READERS):
        return []
    return [Entry("Privileges", "/privileges", request.blueprint == "privileges")]


def _for_the_studio() -> list[Entry]:
    """Where the processes are changed, for those who look after them; how they go, for those who read it alone."""
    if not current_user.is_authenticated:
        return []
    if rights.may(door.session(), viewer=door.viewer()):
        return [Entry("Studio", "/studio", (request.blueprint or "").startswith(("studio", "processes")))]
    if not door.viewer().roles.isdisjoint(process_figures.READERS):
        return [Entry("Processes", "/processes", request.blueprint == "processes")]
    return []


def _for_the_directorate() -> list[Entry]:
    """What failed, and how much of it."""
    failed = incidents.open_count(door.session(), viewer=door.viewer()) if current_user.is_authenticated else None
    if failed is None:
        return []
    return [Entry(f"Incidents ({failed})" if failed else "Incidents", "/incidents", request.blueprint in INCIDENTS)]


def _who() -> object:
    """The signed-in person, or None."""
    return door.person() if current_user.is_authenticated else None
