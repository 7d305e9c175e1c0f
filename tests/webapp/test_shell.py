"""What every page has around it: headers, errors in words, assets that stay at home. Who may open what is asked of
every view in test_every_route."""

import re
from collections.abc import Callable

import pytest
from flask import Blueprint, Flask

from tests.factories import House, World
from tests.webapp.apps import new_app
from tests.webapp.visitor import Visitor
from webapp import error_pages, guards
from webapp.error_pages import PAGES, page_of
from workflows.domain.errors import Broken, NotFound, Unsound
from workflows.front_door import TooBusy
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
PARTS = tuple(part for part, kind in House.__annotations__.items() if kind in {Person, "Person"})


def test_a_view_without_a_guard_is_never_served(app: Flask, database_url: str) -> None:
    forgotten = Blueprint("forgotten", __name__)
    forgotten.get("/forgotten")(lambda: "open to all")
    fresh = new_app(database_url)
    fresh.register_blueprint(forgotten)
    with pytest.raises(guards.UndeclaredView):
        fresh.test_client().get("/forgotten")


def test_only_the_directorate_starts_rounds(world: World, visit: Visit) -> None:
    for part in PARTS:
        status = 200 if "directorate" in part else 403
        visit(getattr(world.cpft, part)).open("/cases/start/round", status=status)


def test_pages_carry_headers_that_keep_others_out(app: Flask, world: World, visit: Visit) -> None:
    for headers in (visit(world.cpft.doctor).open("/").headers, Visitor(app).open("/sign-in").headers):
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"].startswith("'self' 'sha256-")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"


def test_no_page_has_a_script_or_a_style_of_its_own(world: World, visit: Visit) -> None:
    visitor = visit(world.cpft.doctor)
    for address in ("/", "/cases", "/teams", "/cases/start/review"):
        page = visitor.open(address)
        inline = [element for element in page.root.iter("script") if not element.get("src")]
        assert len(inline) == 1, "the one line of the NHS template"
        assert not list(page.root.iter("style"))
        assert not [element for element in page.root.iter() if element.get("style") or element.get("onclick")]


def test_outside_a_demonstration_the_cookie_is_only_sent_over_https(database_url: str, world: World) -> None:
    app = new_app(database_url, demonstration=False)
    answer = app.test_client().get("/sign-in", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-accord=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_styles_named_by_their_content_are_kept_for_a_year(app: Flask, world: World) -> None:
    visitor = Visitor(app)
    visitor.open("/sign-in")
    sheet = next(each for each in re.findall(r'href="(/static/[^"]+)"', visitor.page.html) if "app.css" in each)
    for address, seconds in ((sheet, 31536000), ("/static/accord.svg", 3600)):
        with visitor.client.get(address) as answer:
            assert f"max-age={seconds}" in answer.headers["Cache-Control"]


def test_a_page_that_is_not_there_says_so_in_words(world: World, visit: Visit) -> None:
    page = visit(world.cpft.doctor).open("/nowhere", status=404)
    assert page.heading == "Page not found"


def test_a_wrong_method_and_too_long_a_form_are_answered_with_pages(world: World, visit: Visit) -> None:
    visitor = visit(world.cpft.doctor)
    visitor.open("/sign-out", status=405)
    visitor.open("/")
    visitor.send("/notices/read", {"notice": "1" * 3_000_000}, status=413)


def test_a_fault_of_ours_says_sorry_and_no_more(
    app: Flask, world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = visit(world.cpft.doctor)
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.view_functions, "steps.mine", guards.guard(guards.signed_in)(lambda: str(1 / 0)))
    page = visitor.open("/", status=500)
    assert page.heading == "Sorry, something went wrong"
    assert "ZeroDivisionError" not in page.html


def test_every_broken_rule_has_a_page() -> None:
    def families(of: type[Broken]) -> list[type[Broken]]:
        return [of, *(each for below in of.__subclasses__() for each in families(below))]

    for family in families(Broken):
        assert any(each in PAGES for each in family.__mro__)


def test_the_nearest_family_of_a_broken_rule_gives_its_page() -> None:
    assert page_of(NotFound()).status == 404
    assert page_of(Unsound()).status == 500
    assert page_of(TooBusy()).status == 503
    assert error_pages.EXPIRED.status == 400
