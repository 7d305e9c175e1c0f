"""Secrets never reach a log: passwords, tokens, cookies and keys, whatever somebody does and whatever goes wrong."""

import logging
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.factories import World
from tests.notices.mail_server import MailServer
from tests.webapp.apps import KEY, Store
from tests.webapp.test_account import NEW, OLD, link_to, send_mail
from tests.webapp.visitor import Visitor
from workflows.clock import post
from workflows.notices.letters import Site
from workflows.notices.smtp import Server
from workflows.people import passwords
from workflows.store.models import Account, Mail

SMTP_PASSWORD = "the password of the mail server"
SITE = Site("https://accord.cpft.example", "Accord <accord@cpft.example>")


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that any part of Accord, or of what it is made of, says at its most talkative."""
    loud = [logging.getLogger(name) for name in ("", "flask", "werkzeug", "sqlalchemy.engine", "workflows", "webapp")]
    before = [each.level for each in loud]
    for each in loud:
        each.setLevel(logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    yield caplog
    for each, level in zip(loud, before, strict=True):
        each.setLevel(level)


def all_said(logged: pytest.LogCaptureFixture) -> str:
    """Every record with its arguments and its trace."""
    formatter = logging.Formatter("%(name)s %(message)s %(args)s")
    return "\n".join(formatter.format(record) for record in logged.records)


def test_signing_in_and_choosing_passwords_leaves_no_secret_in_a_log(
    app: Flask, engine: Engine, store: Store, world: World, logged: pytest.LogCaptureFixture
) -> None:
    doctor = world.cpft.doctor
    with store() as session:
        account = session.query(Account).filter_by(person_id=doctor.id).one()
        account.persona, account.password_hash = None, passwords.HASHER.hash(OLD)
    logged.clear()
    visitor = Visitor(app)
    secrets = {OLD, NEW, "a wrong password", KEY}
    visitor.open("/sign-in")
    visitor.send("/sign-in", {"email": doctor.email, "password": "a wrong password"}, status=422)
    visitor.send("/sign-in", {"email": doctor.email, "password": OLD})
    with visitor.client.session_transaction() as cookie:
        secrets |= {cookie["_user_id"], cookie["csrf_token"]}
    sent = visitor.client.get_cookie("accord")
    assert sent is not None
    secrets.add(sent.value)
    visitor.open("/account")
    visitor.send("/account/password", {"current": OLD, "password": "short"}, status=422)
    visitor.open("/forgotten-password")
    visitor.send("/forgotten-password", {"email": doctor.email})
    send_mail(engine)
    link = link_to(engine, doctor.id)
    secrets.add(link.rpartition("/")[2])
    stranger = Visitor(app)
    stranger.open(link)
    stranger.send(link, {"password": NEW})
    said = all_said(logged)
    assert "INSERT INTO visit" in said, "even what the database is told is logged here"
    # What the demonstration's page shows is written to its table; outside a demonstration no token is written.
    outside = "\n".join(line for line in said.splitlines() if "UPDATE mail" not in line and link not in line)
    assert [secret for secret in secrets if secret in outside] == []


def test_no_secret_of_the_mail_server_or_of_a_link_is_logged_or_kept_when_e_mail_is_sent(
    app: Flask, engine: Engine, store: Store, world: World, logged: pytest.LogCaptureFixture
) -> None:
    visitor = Visitor(app)
    visitor.open("/forgotten-password")
    visitor.send("/forgotten-password", {"email": world.cpft.doctor.email})
    server = MailServer().start()
    ways = [
        Server("127.0.0.1", server.port, "none", "accord", SMTP_PASSWORD),
        Server("127.0.0.1", 1, "starttls", "accord", SMTP_PASSWORD),
        Server("127.0.0.1", server.port, "none"),
    ]
    for way in ways:
        post.go_out(lambda: Session(engine), post.Post(way, SITE), demonstration=False, stopping=lambda: False)
    server.stop()
    [message] = server.messages
    [token] = re.findall(r"/password/(\S+)", message.get_content())
    said = all_said(logged)
    assert "E-mail waits" in said
    assert SMTP_PASSWORD not in said + repr(ways)
    assert token not in said
    with store() as session:
        mail = session.query(Mail).one()
        assert mail.status == "sent"
        assert token not in mail.link + mail.words
