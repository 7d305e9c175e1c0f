"""Signed-in browsers, links to new passwords and attempts, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, World, add_account
from workflows.people import attempting, passwords
from workflows.people import sessions as browsers
from workflows.people.attempting import TooManyTries
from workflows.store import mail, resets, sign_ins, visits
from workflows.store.models import Account, Mail, Person

HOUR = timedelta(hours=1)


@pytest.fixture
def account(session: Session, world: World) -> Account:
    """The doctor's."""
    made = add_account(session, person=world.cpft.doctor)
    session.commit()
    return made


def standing(session: Session, token: str, hours: float = 0) -> sign_ins.Standing | None:
    hashed = resets.hashed(token)
    return sign_ins.standing_by_token(session, token_hash=hashed, today=TODAY, now=NOW + hours * HOUR)


def test_a_browsers_token_says_who_it_is_until_it_ends(session: Session, world: World, account: Account) -> None:
    token = browsers.begin(session, account_id=account.id, browser="Firefox\n" + "x" * 500, now=NOW)
    found = standing(session, token)
    assert found is not None
    assert (found.person_id, found.account_id, found.shared) == (world.cpft.doctor.id, account.id, False)
    assert found.roles == {"practitioner"}
    assert found.seen_at == NOW
    assert standing(session, token, hours=13) is None
    browsers.go_on(session, visit_id=found.visit_id, now=NOW + 5 * HOUR)
    assert standing(session, token, hours=13) is not None
    [row] = visits.of_account(session, account_id=account.id, now=NOW)
    assert len(row.browser) == 200
    assert row.browser.startswith("Firefoxx")
    assert browsers.sign_out(session, account_id=account.id, visit_id=found.visit_id, now=NOW)
    assert standing(session, token) is None
    assert not browsers.sign_out(session, account_id=account.id, visit_id=found.visit_id, now=NOW)


def test_a_link_is_taken_once(session: Session, account: Account) -> None:
    resets.add(session, account_id=account.id, token="a", now=NOW, ends_at=NOW + HOUR)
    found = resets.find(session, token="a", now=NOW)
    assert found is not None
    assert found.id == account.id
    assert resets.find(session, token="a", now=NOW + HOUR) is None
    assert resets.use(session, token="a", now=NOW)
    assert not resets.use(session, token="a", now=NOW)
    assert resets.find(session, token="a", now=NOW) is None
    assert resets.prune(session, before=NOW + 2 * HOUR) == 1


def test_asking_writes_an_e_mail_for_each_trust_that_has_the_address(
    session: Session, world: World, account: Account
) -> None:
    add_account(session, person=world.bth.doctor)
    session.get_one(Person, world.bth.doctor.id).email = world.cpft.doctor.email
    session.flush()
    passwords.ask_new(session, email=f" {world.cpft.doctor.email.upper()} ", now=NOW)
    passwords.ask_new(session, email="nobody@cpft.example", now=NOW)
    written = session.query(Mail).order_by(Mail.id).all()
    assert [one.person_id for one in written] == [world.cpft.doctor.id, world.bth.doctor.id]
    assert {one.written_at for one in written} == {NOW}
    assert mail.due_ids(session, now=NOW, limit=9) == [one.id for one in written]


def test_attempts_count_by_address_and_by_network(session: Session, account: Account) -> None:
    who = {"what": "password", "about": "a@b.example", "network": "198.51.100.1"}
    *_, tried = [attempting.count(session, **who, now=NOW) for _ in range(3)]
    with pytest.raises(TooManyTries, match="wait 60 minutes"):
        attempting.count(session, **who, now=NOW)
    attempting.count(session, **(who | {"about": "c@d.example"}), now=NOW)
    attempting.forgive(session, tried=tried)
    attempting.count(session, **who, now=NOW)
    assert attempting.prune(session, now=NOW + 2 * HOUR) > 0


def test_an_account_is_opened_once(session: Session, world: World) -> None:
    person = world.cpft.colleague.id
    assert sign_ins.open_account(session, person_id=person, session_key="a", unusable="none") is not None
    assert sign_ins.open_account(session, person_id=person, session_key="b", unusable="none") is None
    found = sign_ins.account_of(session, person_id=person)
    assert found is not None
    assert (found.mail, found.session_key) == ("at_once", "a")
    assert passwords.accounts_with(session, email=found.email, password="none", today=TODAY) == ()
