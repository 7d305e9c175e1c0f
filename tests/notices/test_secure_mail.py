"""The way to the mail server is encrypted, its certificate is looked at, and the password goes nowhere else."""

import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.notices.conftest import SITE, Office
from tests.notices.mail_server import MailServer
from workflows.clock import post
from workflows.notices.smtp import Server

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate"),
]
HOUR = timedelta(hours=1)


@pytest.fixture
def secured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., MailServer]]:
    """Mail servers with a certificate for localhost, which this machine trusts."""
    key, file = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", file]
    subprocess.run([*made, *subject], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    running: list[MailServer] = []

    def start(user: str = "", password: str = "") -> MailServer:
        running.append(MailServer(user=user, password=password, certificate=context).start())
        return running[-1]

    yield start
    for server in running:
        server.stop()


def test_it_signs_in_over_an_encrypted_way(office: Office, secured: Callable[..., MailServer]) -> None:
    server = secured(user="accord", password="p@ss: /word")
    office.tell(office.world.cpft.doctor)
    assert office.send(post.Post(server.address, SITE)).done == {"e-mails sent": 1}
    assert len(server.messages) == 1


def test_a_wrong_password_is_told_without_saying_it(office: Office, secured: Callable[..., MailServer]) -> None:
    server = secured(user="accord", password="the right one")
    wrong = Server("localhost", server.port, "starttls", "accord", "an open secret")
    office.tell(office.world.cpft.doctor)
    office.send(post.Post(wrong, SITE), later=HOUR)
    [incident] = office.incidents()
    assert "does not accept the user name and password" in incident.sentence
    assert "open secret" not in repr(wrong) + incident.sentence
    assert office.send(post.Post(server.address, SITE)).done == {"e-mails sent": 1}


def test_a_server_whose_certificate_is_for_another_name_gets_nothing(
    office: Office, secured: Callable[..., MailServer]
) -> None:
    server = secured()
    office.tell(office.world.cpft.doctor)
    office.send(post.Post(Server("127.0.0.1", server.port, "starttls"), SITE), later=HOUR)
    assert "its certificate cannot be trusted" in office.incidents()[0].sentence
    assert server.envelopes == []


def test_a_server_without_encryption_gets_nothing_where_the_settings_ask_for_it(office: Office) -> None:
    office.tell(office.world.cpft.doctor)
    office.send(post.Post(Server("127.0.0.1", office.server.port, "starttls"), SITE), later=HOUR)
    assert "does not offer what the settings ask for" in office.incidents()[0].sentence
    assert office.server.envelopes == []
