"""What every page has around it: who may open it, headers, errors in words, assets that stay at home."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask

from tests.factories import House, World
from tests.webapp.conftest import new_app
from tests.webapp.visitor import Visitor
from webapp import error_pages, guards
from webapp.error_pages import PAGES, page_of
from workflows.domain.errors import Broken, NotFound, Unsound
from workflows.front_door import TooBusy
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
PUBLIC = frozenset(
    {
        "sign_in.form",
        "sign_in.enter",
        "sign_in.at_trust",
        "sign_in.out",
        "passwords.forgotten",
        "passwords.ask",
        "passwords.choose",
        "health.healthz",
    }
)
FOR_VISITORS = frozenset({"sign_in.as_persona", "demonstration.forward", "demonstration.notices"})
PARTS = tuple(part for part, kind in House.__annotations__.items() if kind in {Person, "Person"})


def views(app: Flask) -> list[tuple[str, str, str]]:
    """Every endpoint of ours with its method and an address in it."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint in guards.OPEN:
            continue
        values: dict[str, Any] = {"kind": "review", "reference": "CPFT-2027-0001", "process": "sign_off"}
        known = {name: values.get(name, 999_999) for name in rule.arguments}
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **known)
        found += [(rule.endpoint, method, address) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}]
    return found


def test_every_view_says_who_may_open_it(app: Flask) -> None:
    with app.app_context():
        silent = [endpoint for endpoint, _, _ in views(app) if guards.declared(endpoint) is None]
    assert not silent


def test_only_these_views_are_open_to_strangers(app: Flask) -> None:
    stranger = app.test_client()
    stranger.get("/sign-in")
    let_in = set()
    app.config["WTF_CSRF_ENABLED"] = False
    for endpoint, method, address in views(app):
        answer = stranger.open(address, method=method)
        if answer.headers.get("Location", "").partition("?")[0] != "/sign-in" or endpoint == "sign_in.out":
            let_in.add(endpoint)
    assert let_in <= PUBLIC | FOR_VISITORS, let_in - PUBLIC - FOR_VISITORS


def test_a_view_without_a_guard_is_never_served(app: Flask, database_url: str) -> None:
    forgotten = Blueprint("forgotten", __name__)
    forgotten.get("/forgotten")(lambda: "open to all")
    fresh = new_app(database_url)
    fresh.register_blueprint(forgotten)
    with pytest.raises(guards.UndeclaredView):
        fresh.test_client().get("/forgotten")


@pytest.mark.parametrize("part", PARTS)
def test_every_role_may_walk_every_page_and_gets_a_page_or_a_plain_refusal(
    app: Flask, world: World, visit: Visit, part: str
) -> None:
    visitor = visit(getattr(world.cpft, part))
    for endpoint, method, address in views(app):
        if method == "GET" and endpoint != "cases.diagram":
            answer = visitor.client.get(address, follow_redirects=True)
            assert answer.status_code in {200, 403, 404, 503}, (part, address, answer.status_code)


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


def test_a_fault_of_ours_says_sorry_and_no_more(app: Flask, world: World, visit: Visit) -> None:
    visitor = visit(world.cpft.doctor)
    app.testing = False
    app.view_functions["steps.mine"] = guards.guard(guards.signed_in)(lambda: str(1 / 0))
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
