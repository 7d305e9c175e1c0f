"""E-mail: written with the notice, sent once by however many clocks, tried again, given up in words."""

import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from tests.factories import NOW
from tests.notices.conftest import SITE, Office
from workflows import clock
from workflows.clock import forgetting, post
from workflows.notices import sending
from workflows.people import attempting
from workflows.people import sessions as browsers
from workflows.store import notices, resets
from workflows.store.models import Account, Attempt, PasswordReset, Person, Visit

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_whoever_wants_it_at_once_is_sent_what_they_are_told(office: Office) -> None:
    doctor = office.world.cpft.doctor
    office.tell(doctor, "Sign your plan: due in 3 days", "Dr Osei: annual plan. It is due on Friday.")
    assert office.send().done == {"e-mails sent": 1}
    [message] = office.server.messages
    assert message["Subject"] == "Sign your plan: due in 3 days"
    assert message["To"] == "Dr Amina Osei <amina.osei@cpft.example>"
    assert message["From"] == "Accord at CPFT <accord@cpft.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_content()
    assert "Dear Dr Amina Osei," in text
    assert "It is due on Friday." in text
    assert "https://accord.cpft.example/account" in text
    [envelope] = office.server.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("accord@cpft.example", ["amina.osei@cpft.example"])
    assert office.send().done == {}, "once is enough"


def test_the_e_mail_is_written_with_the_notice_or_not_at_all(office: Office) -> None:
    doctor = office.world.cpft.doctor
    new = notices.NewNotice(doctor.trust_id, doctor.id, "lost", "notify", "Never", "said", NOW)
    with office.session() as session:
        notices.add(session, notices=[new])
        session.rollback()
    assert office.mails() == []
    office.tell(doctor, key="twice")
    office.tell(doctor, key="twice")
    assert len(office.mails()) == 1


def test_whoever_wants_no_e_mail_gets_none(office: Office) -> None:
    office.wants(office.world.cpft.doctor, "never")
    office.tell(office.world.cpft.doctor)
    assert not office.send()


def test_somebody_who_has_left_or_has_no_account_is_sent_nothing(office: Office) -> None:
    house = office.world.cpft
    office.tell(house.manager)
    office.write(
        lambda session: setattr(session.get_one(Person, house.manager.id), "left_on", NOW.date() - timedelta(1))
    )
    office.write(
        lambda session: setattr(session.get_one(Person, house.doctor.id), "left_on", NOW.date() - timedelta(1))
    )
    office.write(
        lambda session: setattr(session.get_one(Person, house.colleague.id), "left_on", NOW.date() + timedelta(9))
    )
    office.tell(house.doctor)
    office.tell(house.colleague)
    assert office.send().done == {"e-mails sent": 1}, "the colleague works here for nine more days"
    assert [mail.status for mail in office.mails()] == ["given_up", "sent"]
    assert office.incidents() == []


def test_a_hundred_e_mails_are_each_sent_once_by_three_clocks_at_the_same_moment(office: Office) -> None:
    house = office.world.cpft
    for number in range(100):
        office.tell([house.doctor, house.manager, house.amd][number % 3], f"Number {number}")
    clocks = [office.another_clock() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        tallies = list(pool.map(lambda one: post.send_waiting(office.session, one, at=NOW), clocks))
    while office.send():
        pass
    assert sorted(message["Subject"] for message in office.server.messages) == sorted(f"Number {n}" for n in range(100))
    assert sum(tally.done["e-mails sent"] for tally in tallies) > 0
    assert len({message["Message-ID"] for message in office.server.messages}) == 100


@SQLITE
def test_a_server_that_is_down_for_a_day_loses_nothing_and_is_told_of(office: Office) -> None:
    house = office.world.cpft
    office.server.stop()
    for person in (house.doctor, house.manager, office.world.bth.doctor):
        office.tell(person)
    assert not office.send()
    assert office.incidents() == [], "a moment is no incident"
    assert not office.send(later=16 * MINUTE)
    told = {incident.trust_id: incident for incident in office.incidents()}
    assert set(told) == {house.trust.id, office.world.bth.trust.id}
    assert told[house.trust.id].sentence == (
        "Accord cannot send e-mail: there is no connection (ConnectionRefusedError). 2 wait and are sent later. "
        "What they say stays on each person’s own page."
    )
    for _ in range(24):
        assert not office.send(later=HOUR)
    office.server.start()
    assert office.send(later=MINUTE).done == {"e-mails sent": 3}
    assert {incident.status for incident in office.incidents()} == {"settled"}


@SQLITE
def test_a_server_that_is_down_is_left_alone_for_a_while(office: Office) -> None:
    office.server.stop()
    office.tell(office.world.cpft.doctor)
    office.send()
    office.server.start()
    assert not office.send(rested=False), "it rests"
    assert office.send().done == {"e-mails sent": 1}
    assert office.post.failures == 0


@SQLITE
def test_what_could_not_be_sent_for_two_days_is_given_up_and_told(office: Office) -> None:
    office.server.stop()
    office.tell(office.world.cpft.doctor)
    assert office.send(later=49 * HOUR).done == {"e-mails given up": 1}
    [incident] = office.incidents()
    assert "1 was too old and given up." in incident.sentence
    office.server.start()
    assert not office.send(later=MINUTE)


@SQLITE
def test_a_server_that_says_later_is_asked_later_and_the_others_are_sent(office: Office) -> None:
    house = office.world.cpft
    office.server.recipients[house.doctor.email] = "451 4.7.1 Greylisted, come back"
    office.tell(house.doctor)
    office.tell(house.manager)
    assert office.send().done == {"e-mails put off": 1, "e-mails sent": 1}
    [waiting, _sent] = office.mails()
    assert (waiting.status, waiting.attempts) == ("waiting", 1)
    assert waiting.failure == "it said “451 4.7.1 Greylisted, come back”."
    assert not office.send(later=timedelta(seconds=59))
    assert office.send(later=timedelta(seconds=1)).done == {"e-mails put off": 1}
    assert not office.send(later=4 * MINUTE), "longer each time"
    del office.server.recipients[house.doctor.email]
    assert office.send(later=MINUTE).done == {"e-mails sent": 1}
    assert office.incidents() == []


@SQLITE
def test_a_server_that_says_later_for_two_days_is_given_up_on(office: Office) -> None:
    doctor = office.world.cpft.doctor
    office.server.data[doctor.email] = "452 Mailbox full"
    office.tell(doctor)
    given_up = [office.send(later=4 * HOUR).done["e-mails given up"] for _ in range(14)]
    assert sum(given_up) == 1
    [incident] = office.incidents()
    assert (incident.key, incident.status) == (f"mail:{office.mails()[0].id}", "open")
    assert "452 Mailbox full" in incident.sentence


@SQLITE
@pytest.mark.parametrize("answers", ["recipients", "data"])
def test_an_address_that_is_refused_for_good_is_given_up_at_once_in_a_plain_sentence(
    office: Office, answers: str
) -> None:
    house = office.world.cpft
    getattr(office.server, answers)[house.doctor.email] = "550 5.1.1 No such user"
    office.tell(house.doctor)
    office.tell(house.manager)
    assert office.send().done == {"e-mails given up": 1, "e-mails sent": 1}
    [incident] = office.incidents()
    assert incident.sentence == (
        "An e-mail to Dr Amina Osei (amina.osei@cpft.example) could not be sent, and is given up: it said “550 5.1.1 "
        "No such user”. What it says stays on their own page in Accord."
    )
    assert not office.send(later=50 * HOUR)


@SQLITE
def test_a_sender_that_the_server_refuses_holds_everything_back_and_loses_nothing(office: Office) -> None:
    office.server.sender = "553 5.7.1 Not your address"
    office.tell(office.world.cpft.doctor)
    office.send(later=HOUR)
    assert "553 5.7.1 Not your address" in office.incidents()[0].sentence
    office.server.sender = "250 OK"
    assert office.send(later=MINUTE).done == {"e-mails sent": 1}


@SQLITE
def test_whoever_is_killed_between_sending_and_saying_so_leaves_it_to_be_sent_again_under_the_same_name(
    office: Office, tmp_path: Path
) -> None:
    """A clock of its own, killed for real when the server has taken the e-mail: at least once, and it can be told."""
    office.tell(office.world.cpft.doctor)
    script = f"""
        import os, signal
        from datetime import datetime
        from sqlalchemy import create_engine
        from sqlalchemy.orm import Session
        from workflows.clock import post
        from workflows.notices import sending, smtp
        from workflows.notices.letters import Site
        from workflows.store import engines

        def killed(*_words, **_more):
            os.kill(os.getpid(), signal.SIGKILL)

        sending.sent = killed
        url = {office.engine.url.render_as_string(hide_password=False)!r}
        engine = engines.prepare(create_engine(url, **engines.options(url)))
        server = smtp.Server("127.0.0.1", {office.server.port}, "none")
        way = post.Post(server, Site({SITE.address!r}, {SITE.sender!r}))
        post.send_waiting(lambda: Session(engine), way, at=datetime.fromisoformat({office.at.isoformat()!r}))
    """
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], timeout=60, check=False)
    assert killed.returncode == -9
    assert len(office.server.messages) == 1
    assert [mail.status for mail in office.mails()] == ["waiting"]
    assert not office.send(), "it may still be on its way"
    assert office.send(later=sending.LEASE).done == {"e-mails sent": 1}
    first, second = office.server.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert [mail.status for mail in office.mails()] == ["sent"]


@SQLITE
def test_a_server_that_goes_away_on_the_way_leaves_the_e_mail_waiting(office: Office) -> None:
    office.server.data[office.world.cpft.doctor.email] = "421 4.3.2 Closing"
    office.tell(office.world.cpft.doctor)
    office.tell(office.world.cpft.manager)
    assert not office.send()
    assert [(mail.status, mail.at) for mail in office.mails()] == [("waiting", NOW)] * 2
    office.server.data.clear()
    assert office.send(later=MINUTE).done == {"e-mails sent": 2}


@SQLITE
def test_a_clock_that_is_told_to_stop_ends_between_two_e_mails(office: Office) -> None:
    for _ in range(3):
        office.tell(office.world.cpft.doctor)
    asked: list[int] = []

    def after_one() -> bool:
        asked.append(1)
        return len(asked) > 1

    tally = post.send_waiting(office.session, office.post, at=NOW, stopping=after_one)
    assert tally.done == {"e-mails sent": 1}
    assert office.send().done == {"e-mails sent": 2}


@SQLITE
def test_without_a_mail_server_e_mail_waits_and_the_directorate_is_told_what_to_set(office: Office) -> None:
    office.tell(office.world.cpft.doctor)
    office.send(post.Post(None, SITE), later=HOUR)
    assert "ACCORD_SMTP_URL" in office.incidents()[0].sentence
    assert office.send().done == {"e-mails sent": 1}


@SQLITE
def test_a_demonstration_sends_nothing_and_keeps_what_it_would_have_sent(office: Office) -> None:
    office.tell(office.world.cpft.doctor)
    assert office.send(post.Post(None, SITE, demonstration=True)).done == {"e-mails shown": 1}
    assert [mail.status for mail in office.mails()] == ["sent"]
    assert office.server.envelopes == []


@SQLITE
def test_the_day_begins_with_forgetting_what_nobody_needs_any_more(office: Office) -> None:
    house = office.world.cpft
    office.tell(house.doctor)
    office.send()
    with office.session() as session:
        account_id = session.scalars(select(Account.id).where(Account.person_id == house.doctor.id)).one()
    who = {"what": "sign_in", "about": house.doctor.email, "network": "198.51.100.1"}
    office.write(lambda session: attempting.count(session, **who, now=NOW))
    office.write(lambda session: browsers.begin(session, account_id=account_id, browser="", now=NOW))
    office.write(lambda session: resets.add(session, account_id=account_id, token="x", now=NOW, ends_at=NOW + HOUR))
    office.tell(house.manager)
    with time_machine.travel(NOW + timedelta(days=91), tick=False):
        forgetting.forget_traffic(office.session, clock.Tally(), NOW + timedelta(days=91))
    with office.session() as session:
        assert [session.query(table).count() for table in (Attempt, Visit, PasswordReset)] == [0, 0, 0]
    assert [mail.status for mail in office.mails()] == ["waiting"], "what waits is not forgotten"
