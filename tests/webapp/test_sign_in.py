"""Signing in and out."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.factories import TODAY, World
from tests.webapp.conftest import Store, new_app
from tests.webapp.visitor import Visitor
from webapp.sign_in import safe_next
from workflows.inbox.accounts import HASHER
from workflows.store.models import Account, Person


@pytest.fixture
def password(store: Store, world: World) -> str:
    """The doctor's."""
    with store() as session:
        account = session.query(Account).filter_by(person_id=world.cpft.doctor.id).one()
        account.password_hash = HASHER.hash("a long password")
    return "a long password"


def test_a_stranger_is_asked_to_sign_in_and_then_arrives_where_they_wanted_to_go(
    app: Flask, world: World, password: str
) -> None:
    visitor = Visitor(app)
    assert visitor.open("/cases/start").heading == "Sign in"
    page = visitor.send("/sign-in?next=/cases/start", {"email": world.cpft.doctor.email.upper(), "password": password})
    assert page.heading == "Start something new"


@pytest.mark.parametrize(
    ("email", "typed"),
    [("amina.osei@cpft.example", "wrong"), ("nobody@cpft.example", "a long password"), ("", "x"), ("x", "")],
)
def test_a_wrong_address_and_a_wrong_password_are_not_told_apart(
    app: Flask, password: str, email: str, typed: str
) -> None:
    visitor = Visitor(app)
    visitor.open("/sign-in")
    page = visitor.send("/sign-in", {"email": email, "password": typed}, status=422)
    if email and typed:
        assert page.problems == ["No account has this e-mail address and password. Check both and try again."]
    assert page.values("/sign-in")["password"] == [""]


def test_whoever_has_left_the_trust_cannot_sign_in_and_is_signed_out(
    app: Flask, store: Store, world: World, visit: Callable[[Person], Visitor]
) -> None:
    visitor = visit(world.cpft.doctor)
    assert visitor.page.heading == "My steps"
    with store() as session:
        session.get_one(Person, world.cpft.doctor.id).left_on = TODAY.replace(year=TODAY.year - 1)
    assert visitor.open("/").heading == "Sign in"
    visitor.send(f"/sign-in/as/{world.cpft.doctor.id}", {}, status=404)


def test_a_new_session_key_ends_every_session(store: Store, world: World, visit: Callable[[Person], Visitor]) -> None:
    visitor = visit(world.cpft.doctor)
    with store() as session:
        session.query(Account).filter_by(person_id=world.cpft.doctor.id).one().session_key = "another"
    assert visitor.open("/").heading == "Sign in"


def test_signing_in_keeps_nothing_of_the_session_before(app: Flask, world: World) -> None:
    visitor = Visitor(app)
    visitor.open("/sign-in")
    with visitor.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    visitor.sign_in(world.cpft.doctor)
    with visitor.client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_is_a_deed_of_its_own(world: World, visit: Callable[[Person], Visitor]) -> None:
    visitor = visit(world.cpft.doctor)
    assert visitor.client.get("/sign-out").status_code == 405
    assert visitor.send("/sign-out", {}).heading == "Sign in"
    assert visitor.open("/").heading == "Sign in"


def test_the_same_address_and_password_at_two_trusts_let_the_person_choose(
    app: Flask, store: Store, world: World, password: str
) -> None:
    with store() as session:
        other = session.get_one(Person, world.bth.doctor.id)
        other.email = world.cpft.doctor.email
        account = session.query(Account).filter_by(person_id=other.id).one()
        account.password_hash = HASHER.hash(password)
    for number, trust in enumerate((world.cpft.trust.name, world.bth.trust.name)):
        visitor = Visitor(app)
        visitor.open("/sign-in")
        page = visitor.send("/sign-in", {"email": world.cpft.doctor.email, "password": password})
        assert page.heading == "Choose your trust"
        assert visitor.client.get("/").status_code == 303, "nobody is signed in yet"
        assert trust in visitor.send("/sign-in/trust", {"account": str(number)}).text
        assert visitor.page.heading == "My steps"


@pytest.mark.parametrize("number", ["0", "-1", "x", ""])
def test_nobody_chooses_a_trust_who_has_not_given_the_password(app: Flask, number: str) -> None:
    visitor = Visitor(app)
    visitor.open("/sign-in")
    assert visitor.send("/sign-in/trust", {"account": number}).heading == "Sign in"


def test_a_copied_cookie_is_dead_once_its_person_has_signed_out(app: Flask, store: Store, world: World) -> None:
    with store() as session:
        session.query(Account).filter_by(person_id=world.cpft.doctor.id).one().persona = None
        key = session.query(Account).filter_by(person_id=world.cpft.doctor.id).one().session_key
    browsers = [Visitor(app), Visitor(app)]
    for browser in browsers:
        with browser.client.session_transaction() as cookie:
            cookie["_user_id"] = key
        assert browser.open("/").heading == "My steps"
    assert "here and in every other browser" in browsers[0].send("/sign-out", {}).text
    assert browsers[1].open("/").heading == "Sign in"


def test_a_visitor_of_the_demonstration_signs_out_no_other_visitor(
    world: World, visit: Callable[[Person], Visitor]
) -> None:
    first, second = visit(world.cpft.doctor), visit(world.cpft.doctor)
    first.send("/sign-out", {})
    assert second.open("/").heading == "My steps"


def test_outside_a_demonstration_nobody_is_offered_or_let_in_without_a_password(
    database_url: str, world: World
) -> None:
    visitor = Visitor(new_app(database_url, demonstration=False))
    visitor.client.environ_base["wsgi.url_scheme"] = "https"
    page = visitor.open("/sign-in")
    assert world.cpft.doctor.name not in page.text
    assert "demonstration" not in page.text.lower()
    answer = visitor.client.post(
        f"/sign-in/as/{world.cpft.doctor.id}",
        data={"csrf_token": page.token},
        headers={"Referer": "https://localhost/sign-in"},
        base_url="https://localhost",
    )
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\/evil.example", "javascript:x", "", "/a\nb"],
)
def test_nobody_is_sent_to_another_site_after_signing_in(elsewhere: str) -> None:
    assert safe_next(elsewhere) == "/"


def test_somebody_is_sent_to_a_page_of_this_site_after_signing_in() -> None:
    assert safe_next("/steps/4?x=1") == "/steps/4?x=1"
