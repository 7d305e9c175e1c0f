"""What an e-mail says and how it is addressed, whatever people are called and whatever a subject holds."""

from typing import Any, cast

import pytest

from tests.factories import NOW
from tests.notices.conftest import SITE, Office
from workflows.notices.letters import Letter, NoAddress, message_of, one_line
from workflows.store.models import Person

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def letter(**said: str) -> Letter:
    given: dict[str, Any] = {
        "key": "a",
        "kind": "notice",
        "to": "Dr Amina Osei",
        "address": "amina.osei@cpft.example",
        "trust": "Cumbria Partnership",
        "subject": "Please sign",
        "words": "It waits.",
        "link": "/cases/CPFT-2027-0001",
    }
    return Letter(id=1, trust_id=1, **{**given, **said})


@SQLITE
@pytest.mark.parametrize(
    "hostile",
    [
        "Hello\r\nBcc: everybody@elsewhere.example",
        "Hello\nBcc: everybody@elsewhere.example\n\nAnother body",
        "Hello\u2028Bcc: everybody@elsewhere.example",
        "Hello\x00\x0bBcc: everybody@elsewhere.example",
        "=?utf-8?q?Hello=0ABcc:_everybody@elsewhere.example?=",
    ],
)
def test_a_subject_or_a_name_makes_no_header_of_its_own(office: Office, hostile: str) -> None:
    doctor = office.world.cpft.doctor
    office.write(lambda session: setattr(session.get_one(Person, doctor.id), "name", hostile.replace("\x00", "")))
    office.tell(doctor, hostile.replace("\x00", ""), hostile.replace("\x00", ""))
    assert office.send().done == {"e-mails sent": 1}
    [message] = office.server.messages
    assert message["Bcc"] is None
    assert b"\nBcc:" not in cast(bytes, office.server.envelopes[0].content).partition(b"\r\n\r\n")[0]
    assert "Hello" in message["Subject"]
    assert office.server.envelopes[0].rcpt_tos == ["amina.osei@cpft.example"]


@SQLITE
@pytest.mark.parametrize("name", ["Dr Zoë Ó Briain", "李雷", "O’Brien, “Bob” <bob@x>", 'a "quoted" name', ""])
def test_every_name_arrives_as_it_is_written(office: Office, name: str) -> None:
    doctor = office.world.cpft.doctor
    office.write(lambda session: setattr(session.get_one(Person, doctor.id), "name", name))
    office.tell(doctor, "Für Zoë: größer", f"Größe – {name}")
    assert office.send().done == {"e-mails sent": 1}
    [message] = office.server.messages
    assert message["To"].addresses[0].display_name == name
    assert message["To"].addresses[0].addr_spec == doctor.email
    assert message["Subject"] == "Für Zoë: größer"
    assert f"Größe – {name}".strip() in message.get_content()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b",
        "a b@c.example",
        "a@c.example\r\nRCPT TO:<x@y.example>",
        "a@c.example, x@y.example",
        "<a@c.example>",
        "zoë@c.example",
    ],
)
def test_what_is_no_address_is_refused_before_it_reaches_a_server(address: str) -> None:
    with pytest.raises(NoAddress):
        message_of(letter(address=address), site=SITE, now=NOW)


@SQLITE
def test_an_address_that_is_none_is_given_up_with_words_that_say_where_to_mend_it(office: Office) -> None:
    doctor = office.world.cpft.doctor
    office.write(lambda session: setattr(session.get_one(Person, doctor.id), "email", "amina osei"))
    office.tell(doctor)
    assert office.send().done == {"e-mails given up": 1}
    assert "“amina osei” is not an e-mail address in plain letters." in office.incidents()[0].sentence


def test_a_long_subject_is_cut_and_a_long_text_is_not() -> None:
    message = message_of(letter(subject="x" * 5000, words="y" * 5000), site=SITE, now=NOW)
    assert len(message["Subject"]) == 200
    assert "y" * 5000 in message.get_content()
    assert all(len(line) <= 998 for line in message.as_bytes().splitlines())


def test_the_same_e_mail_has_the_same_id_and_another_another() -> None:
    ids = {message_of(letter(key=key), site=SITE, now=NOW)["Message-ID"] for key in ("a", "a", "b")}
    assert len(ids) == 2
    assert all(one.endswith("@accord.cpft.example>") for one in ids)


def test_it_says_where_it_leads_and_a_secret_link_stands_alone() -> None:
    told = message_of(letter(), site=SITE, now=NOW).get_content()
    assert "https://accord.cpft.example/cases/CPFT-2027-0001" in told
    secret = message_of(letter(kind="password", link="/password/abc"), site=SITE, now=NOW).get_content()
    assert "Choose a new password here:\nhttps://accord.cpft.example/password/abc" in secret
    assert "/account" not in secret


def test_one_line_is_one_line() -> None:
    assert one_line(" a\tb\r\nc\u2029d\x7f ") == "a b c d"
