"""Your account: how e-mail reaches you, where you are signed in, your password; and an account for somebody new."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.factories import NOW, World, add_person
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.clock import post
from workflows.notices.letters import Site
from workflows.people import passwords
from workflows.store.models import Account, Act, Mail, PasswordReset, Person, Visit

SignIn = Callable[[Person], Visitor]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
OLD, NEW = "a password of before", "seven grey herons fishing"


@pytest.fixture
def own(app: Flask, store: Store, world: World) -> Callable[[], Visitor]:
    """The doctor as on a real site: nobody's persona, with a password; each call is another browser."""
    with store() as session:
        account = session.query(Account).filter_by(person_id=world.cpft.doctor.id).one()
        account.persona, account.password_hash = None, passwords.HASHER.hash(OLD)
    return lambda: signed_in(app, world.cpft.doctor.email, OLD)


def signed_in(app: Flask, email: str, password: str) -> Visitor:
    visitor = Visitor(app)
    visitor.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    visitor.open("/sign-in")
    visitor.send("/sign-in", {"email": email, "password": password})
    assert visitor.page.heading == "My steps"
    return visitor


def send_mail(engine: Engine) -> None:
    """What a clock of the demonstration does with e-mail: it shows it on a page."""
    way = post.Post(None, Site("http://127.0.0.1:8000", "Accord <accord@cpft.example>"), demonstration=True)
    post.send_waiting(lambda: Session(engine), way, at=NOW)


def link_to(engine: Engine, person_id: int) -> str:
    """The newest link that somebody was sent."""
    with Session(engine) as session:
        mail = session.query(Mail).filter_by(person_id=person_id, status="sent").order_by(Mail.id.desc()).first()
        assert mail is not None
        return mail.link


def test_somebody_chooses_how_e_mail_reaches_them(own: Callable[[], Visitor], store: Store, world: World) -> None:
    visitor = own()
    page = visitor.open("/account")
    assert world.cpft.doctor.email in page.text
    assert page.values("/account/mail")["mail"] == ["at_once"]
    page = visitor.send("/account/mail", {"mail": "daily"})
    assert page.values("/account/mail")["mail"] == ["daily"]
    page = visitor.send("/account/mail", {"mail": "by pigeon"}, status=422)
    assert page.problems == ["Choose how e-mail reaches you."]
    with store() as session:
        assert session.query(Account).filter_by(person_id=world.cpft.doctor.id).one().mail == "daily"


def test_browsers_are_listed_and_one_is_signed_out_from_another(own: Callable[[], Visitor], store: Store) -> None:
    here, lost, third = own(), own(), own()
    page = here.open("/account")
    assert page.text.count("Firefox on Windows") >= 3
    assert page.text.count("This browser") == 1
    with store() as session:
        visits = [row.id for row in session.query(Visit).order_by(Visit.id)]
    here.send(f"/account/browsers/{visits[1]}/end", {})
    assert lost.open("/").heading == "Sign in"
    assert third.open("/").heading == "My steps"
    here.open("/account")
    here.send(f"/account/browsers/{visits[1]}/end", {}, status=404)
    here.open("/account")
    assert "everywhere but here" in here.send("/account/browsers/end-others", {}).text
    assert third.open("/").heading == "Sign in"
    assert here.open("/").heading == "My steps"
    with store() as session:
        assert [act.kind for act in session.query(Act)] == ["sessions_ended"] * 2


def test_nobody_signs_out_the_browser_of_somebody_else(
    own: Callable[[], Visitor], store: Store, world: World, visit: SignIn
) -> None:
    own()
    other = visit(world.cpft.colleague)
    with store() as session:
        account = session.query(Account).filter_by(person_id=world.cpft.colleague.id).one()
        account.persona = None
        visits = {row.account_id: row.id for row in session.query(Visit)}
        [theirs] = [visit_id for account_id, visit_id in visits.items() if account_id != account.id]
    other.open("/account")
    other.send(f"/account/browsers/{theirs}/end", {}, status=404)
    with store() as session:
        assert session.query(Visit).filter(Visit.ended_at.is_not(None)).count() == 0


def test_a_new_password_signs_every_other_browser_out(app: Flask, own: Callable[[], Visitor], world: World) -> None:
    here, other = own(), own()
    here.open("/account")
    page = here.send("/account/password", {"current": OLD, "password": NEW})
    assert "Your password is changed." in page.text
    assert here.open("/").heading == "My steps"
    assert other.open("/").heading == "Sign in"
    signed_in(app, world.cpft.doctor.email, NEW)
    stranger = Visitor(app)
    stranger.open("/sign-in")
    stranger.send("/sign-in", {"email": world.cpft.doctor.email, "password": OLD}, status=422)


@pytest.mark.parametrize(
    ("current", "password", "problem"),
    [
        ("not mine", NEW, "This is not your password now."),
        (OLD, "too short", "Use at least 12 characters."),
        (OLD, "Password1234", "This is one of the passwords that are guessed first."),
        (OLD, "amina.osei@cpft.example", "not made of your name"),
        ("", "", "Enter the password that you have now."),
    ],
)
def test_a_password_is_changed_only_by_who_knows_it_and_only_to_a_good_one(
    own: Callable[[], Visitor], current: str, password: str, problem: str
) -> None:
    visitor = own()
    visitor.open("/account")
    page = visitor.send("/account/password", {"current": current, "password": password}, status=422)
    assert problem in " ".join(page.problems)
    assert page.values("/account/password")["current"] == [""]
    assert page.values("/account/mail")["mail"] == ["at_once"], "the other form shows what is kept"


def test_whoever_sits_at_a_forgotten_browser_cannot_guess_the_password(own: Callable[[], Visitor]) -> None:
    visitor = own()
    visitor.open("/account")
    for _ in range(10):
        visitor.send("/account/password", {"current": "guessed", "password": NEW}, status=422)
    page = visitor.send("/account/password", {"current": OLD, "password": NEW}, status=429)
    assert "please wait" in page.problems[0]


def test_visitors_of_the_demonstration_leave_their_shared_person_alone(
    world: World, visit: SignIn, store: Store
) -> None:
    first, second = visit(world.cpft.doctor), visit(world.cpft.doctor)
    page = first.open("/account")
    assert "Only your own browser is shown." in page.text
    assert page.text.count("signed in on") == 1
    first.send("/account/browsers/end-others", {}, status=404)
    first.open("/account")
    first.send("/account/password", {"current": "x", "password": NEW}, status=403)
    assert second.open("/").heading == "My steps"


def test_a_forgotten_password_is_chosen_anew_by_a_link_that_is_good_once(
    app: Flask, engine: Engine, own: Callable[[], Visitor], world: World, store: Store
) -> None:
    signed_in_before = own()
    visitor = Visitor(app)
    visitor.open("/forgotten-password")
    assert visitor.send("/forgotten-password", {"email": world.cpft.doctor.email.upper()}).heading == (
        "Look into your e-mail"
    )
    with store() as session:
        assert session.query(PasswordReset).count() == 0, "the link is made when it is sent, and never kept"
    send_mail(engine)
    link = link_to(engine, world.cpft.doctor.id)
    with store() as session:
        assert session.query(PasswordReset).one().token_hash not in link
    page = visitor.open(link)
    assert page.heading == "Choose your password"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert visitor.send(link, {"password": "short"}, status=422).problems
    visitor.open(link)
    assert "Your password is set." in visitor.send(link, {"password": NEW}).text
    assert signed_in_before.open("/").heading == "Sign in"
    signed_in(app, world.cpft.doctor.email, NEW)
    assert visitor.open(link, status=404).heading == "This link is not good any more"
    with store() as session:
        assert [act.kind for act in session.query(Act)] == ["password_set"]


def test_a_link_is_good_for_an_hour(app: Flask, engine: Engine, own: Callable[[], Visitor], world: World) -> None:
    own()
    visitor = Visitor(app)
    visitor.open("/forgotten-password")
    visitor.send("/forgotten-password", {"email": world.cpft.doctor.email})
    send_mail(engine)
    link = link_to(engine, world.cpft.doctor.id)
    for minutes, status in ((59, 200), (61, 404)):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            visitor.open(link, status=status)


def test_asking_says_the_same_for_an_address_that_nobody_has(
    app: Flask, own: Callable[[], Visitor], world: World, store: Store
) -> None:
    visitor, said = Visitor(app), []
    for email in (world.cpft.doctor.email, "nobody@cpft.example"):
        visitor.open("/forgotten-password")
        page = visitor.send("/forgotten-password", {"email": email})
        said.append(page.text.replace(email, "them"))
    assert said[0] == said[1]
    with store() as session:
        assert session.query(Mail).filter_by(kind="password").count() == 1


def test_a_leaver_is_sent_no_link(app: Flask, own: Callable[[], Visitor], world: World, store: Store) -> None:
    with store() as session:
        session.get_one(Person, world.cpft.doctor.id).left_on = NOW.date() - timedelta(days=1)
    visitor = Visitor(app)
    visitor.open("/forgotten-password")
    visitor.send("/forgotten-password", {"email": world.cpft.doctor.email})
    with store() as session:
        assert session.query(Mail).count() == 0


def test_asking_is_limited_alike_for_addresses_known_or_not(app: Flask, world: World) -> None:
    for email in (world.cpft.doctor.email, "nobody@cpft.example"):
        visitor = Visitor(app)
        for _ in range(3):
            visitor.open("/forgotten-password")
            visitor.send("/forgotten-password", {"email": email})
        visitor.open("/forgotten-password")
        page = visitor.send("/forgotten-password", {"email": email}, status=429)
        assert "please wait 60 minutes" in page.problems[0]


def test_the_directorate_opens_an_account_and_its_owner_chooses_the_password(
    app: Flask, engine: Engine, world: World, visit: SignIn, store: Store
) -> None:
    with store() as session:
        new = add_person(session, trust=world.cpft.trust, name="Dr Zoë O’Hara")
    visitor = visit(world.cpft.directorate)
    assert "The account is open." in visitor.send(f"/people/{new.id}/account", {}).text
    assert "There was an account already." in visitor.send(f"/people/{new.id}/account", {}).text
    send_mail(engine)
    link = link_to(engine, new.id)
    owner = Visitor(app)
    owner.open(link)
    owner.send(link, {"password": NEW})
    signed_in(app, new.email, NEW)
    with store() as session:
        kinds = [act.kind for act in session.query(Act).order_by(Act.number)]
    assert kinds == ["account_opened", "password_asked", "password_set"]


@pytest.mark.parametrize("part", ["doctor", "manager", "hr", "amd"])
def test_only_the_directorate_opens_accounts(world: World, visit: SignIn, store: Store, part: str) -> None:
    visitor = visit(getattr(world.cpft, part))
    visitor.send(f"/people/{world.cpft.doctor.id}/account", {}, status=403)


def test_nobody_opens_an_account_at_another_trust(world: World, visit: SignIn) -> None:
    visit(world.cpft.directorate).send(f"/people/{world.bth.doctor.id}/account", {}, status=404)
