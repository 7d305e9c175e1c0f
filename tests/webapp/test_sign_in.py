"""Signing in and out."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from tests.factories import NOW, TODAY, World
from tests.webapp.apps import Store, new_app
from tests.webapp.visitor import Visitor
from webapp.sign_in import safe_next
from workflows.people import attempting, passwords
from workflows.people.attempting import Limit, network_of
from workflows.store.models import Account, Attempt, Person, Visit


@pytest.fixture
def password(store: Store, world: World) -> str:
    """The doctor's."""
    with store() as session:
        account = session.query(Account).filter_by(person_id=world.cpft.doctor.id).one()
        account.password_hash = passwords.HASHER.hash("a long password")
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


def test_the_cookie_carries_a_token_of_which_only_the_hash_is_kept(
    store: Store, world: World, visit: Callable[[Person], Visitor]
) -> None:
    visitor = visit(world.cpft.doctor)
    with visitor.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with store() as session:
        kept = session.query(Visit).one()
    assert kept.token_hash == hashlib.sha256(token.encode()).hexdigest()


def test_a_browser_that_nobody_uses_for_a_day_at_work_is_signed_out(
    world: World, visit: Callable[[Person], Visitor]
) -> None:
    visitor = visit(world.cpft.doctor)
    for hours, heading in ((11, "My steps"), (22, "My steps"), (35, "Sign in")):
        with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
            assert visitor.open("/").heading == heading


def test_reading_pages_writes_at_most_once_a_minute_when_the_browser_was_used(
    store: Store, world: World, visit: Callable[[Person], Visitor]
) -> None:
    visitor = visit(world.cpft.doctor)
    for seconds, seen in ((59, 0), (61, 61), (100, 61), (122, 122)):
        with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
            visitor.open("/")
        with store() as session:
            assert session.query(Visit).one().seen_at == NOW + timedelta(seconds=seen)


def test_completing_something_never_writes_when_the_browser_was_used(
    store: Store, world: World, visit: Callable[[Person], Visitor]
) -> None:
    visitor = visit(world.cpft.doctor)
    token = visitor.page.token
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        visitor.client.post("/notices/read", data={"csrf_token": token})
    with store() as session:
        assert session.query(Visit).one().seen_at == NOW


def test_moving_a_demonstrations_clock_signs_nobody_out(world: World, visit: Callable[[Person], Visitor]) -> None:
    visitor = visit(world.cpft.doctor)
    visitor.send("/demonstration/forward", {"by": "week"})
    assert visitor.open("/").heading == "My steps"


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
        account.password_hash = passwords.HASHER.hash(password)
    for number, trust in enumerate((world.cpft.trust.name, world.bth.trust.name)):
        visitor = Visitor(app)
        visitor.open("/sign-in")
        page = visitor.send("/sign-in", {"email": world.cpft.doctor.email, "password": password})
        assert page.heading == "Choose your trust"
        assert visitor.client.get("/").status_code == 303, "nobody is signed in yet"
        assert trust in visitor.send("/sign-in/trust", {"account": str(number)}).text
        assert visitor.page.heading == "My steps"


def test_an_offer_of_trusts_is_good_for_minutes_only(app: Flask, store: Store, world: World, password: str) -> None:
    with store() as session:
        session.get_one(Person, world.bth.doctor.id).email = world.cpft.doctor.email
        account = session.query(Account).filter_by(person_id=world.bth.doctor.id).one()
        account.password_hash = passwords.HASHER.hash(password)
    visitor = Visitor(app)
    visitor.open("/sign-in")
    visitor.send("/sign-in", {"email": world.cpft.doctor.email, "password": password})
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        assert visitor.send("/sign-in/trust", {"account": "0"}).heading == "Sign in"


def test_whoever_tries_ten_times_waits_and_is_told_how_long_known_or_not(
    app: Flask, world: World, password: str
) -> None:
    for email in (world.cpft.doctor.email, "nobody@cpft.example"):
        visitor = Visitor(app)
        visitor.open("/sign-in")
        for _ in range(10):
            visitor.send("/sign-in", {"email": email, "password": "wrong"}, status=422)
        page = visitor.send("/sign-in", {"email": email.upper(), "password": password}, status=429)
        [problem] = page.problems
        assert "please wait 15 minutes" in problem
    visitor = Visitor(app)
    visitor.open("/sign-in")
    with time_machine.travel(NOW + timedelta(minutes=14, seconds=30), tick=False):
        page = visitor.send("/sign-in", {"email": world.cpft.doctor.email, "password": password}, status=429)
        assert "please wait 1 minute and" in page.problems[0]
    with time_machine.travel(NOW + timedelta(minutes=15, seconds=1), tick=False):
        page = visitor.send("/sign-in", {"email": world.cpft.doctor.email, "password": password})
        assert page.heading == "My steps"


def test_the_right_password_forgives_what_was_mistyped_before(
    app: Flask, store: Store, world: World, password: str
) -> None:
    for _ in range(3):
        visitor = Visitor(app)
        visitor.open("/sign-in")
        for _ in range(9):
            visitor.send("/sign-in", {"email": world.cpft.doctor.email, "password": "wrong"}, status=422)
        assert visitor.send("/sign-in", {"email": world.cpft.doctor.email, "password": password}).heading == "My steps"
    with store() as session:
        assert {len(row.key) for row in session.query(Attempt)} == {64}, "hashes, never addresses"


def test_a_network_is_limited_as_a_whole_however_many_addresses_are_tried(
    app: Flask, world: World, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fifteen = timedelta(minutes=15)
    monkeypatch.setitem(attempting.LIMITS, "sign_in", (Limit(10, fifteen), Limit(5, fifteen)))
    visitor = Visitor(app)
    visitor.open("/sign-in")
    for number in range(5):
        visitor.send("/sign-in", {"email": f"{number}@cpft.example", "password": "wrong"}, status=422)
    visitor.send("/sign-in", {"email": world.cpft.doctor.email, "password": password}, status=429)
    elsewhere = Visitor(app)
    elsewhere.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    elsewhere.open("/sign-in")
    page = elsewhere.send("/sign-in", {"email": world.cpft.doctor.email, "password": password})
    assert page.heading == "My steps"


@pytest.mark.parametrize(("proxies", "believed"), [(0, False), (1, True)])
def test_a_forwarded_address_is_believed_only_as_far_as_the_settings_say(
    database_url: str, world: World, monkeypatch: pytest.MonkeyPatch, proxies: int, believed: bool
) -> None:
    fifteen = timedelta(minutes=15)
    monkeypatch.setitem(attempting.LIMITS, "sign_in", (Limit(10, fifteen), Limit(1, fifteen)))
    visitor = Visitor(new_app(database_url, proxies=proxies))
    visitor.open("/sign-in")
    for number, address in enumerate(("198.51.100.1", "198.51.100.2")):
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"203.0.113.9, {address}"
        status = 422 if believed or not number else 429
        visitor.send("/sign-in", {"email": f"{number}@cpft.example", "password": "wrong"}, status=status)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::5", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::5", "2001:db8:1:3::5", False),
        ("::ffff:198.51.100.1", "198.51.100.1", True),
        ("198.51.100.1", "198.51.100.2", False),
    ],
)
def test_a_household_counts_as_one_network(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


@pytest.mark.parametrize("number", ["0", "-1", "x", ""])
def test_nobody_chooses_a_trust_who_has_not_given_the_password(app: Flask, number: str) -> None:
    visitor = Visitor(app)
    visitor.open("/sign-in")
    assert visitor.send("/sign-in/trust", {"account": number}).heading == "Sign in"


def test_a_copied_cookie_is_dead_once_its_person_has_signed_out(
    app: Flask, world: World, visit: Callable[[Person], Visitor]
) -> None:
    own, copied, elsewhere = visit(world.cpft.doctor), Visitor(app), visit(world.cpft.doctor)
    with own.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with copied.client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert copied.open("/").heading == "My steps"
    assert "You are signed out." in own.send("/sign-out", {}).text
    assert copied.open("/").heading == "Sign in"
    assert elsewhere.open("/").heading == "My steps", "another browser of the same person goes on"


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
