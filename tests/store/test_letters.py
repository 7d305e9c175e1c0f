"""Letters as they are kept: byte by byte, until the retention rule takes them and leaves their hash."""

import hashlib

from sqlalchemy.orm import Session

from tests.factories import NOW, House, World, open_case
from workflows.store import erasing, letters, subjects
from workflows.store.models import Case, Letter, Person

PDF = b"%PDF-1.7\x00\xff\x80 a letter"


def send(session: Session, house: House, case: Case, to: Person) -> Letter:
    what = {"key": "decision", "title": "The decision", "content": PDF, "size": len(PDF)}
    whom = {"to_person_id": to.id, "role": "practitioner", "is_copy": False, "by_id": house.medical_director.id}
    about = {"trust_id": house.trust.id, "case_id": case.id, "stage": "mediation", "sent_at": NOW}
    return letters.add(session, letter=Letter(**what, **whom, **about, sha256=hashlib.sha256(PDF).hexdigest()))


def test_a_letter_comes_back_byte_by_byte_and_to_its_own_trust_alone(session: Session, world: World) -> None:
    house = world.cpft
    sent = send(session, house, open_case(session, house), house.doctor)
    session.commit()
    session.expire_all()
    found = letters.by_id(session, trust_id=house.trust.id, letter_id=sent.id)
    assert found is not None
    assert (found.content, found.sent_at) == (PDF, NOW)
    assert letters.by_id(session, trust_id=world.bth.trust.id, letter_id=sent.id) is None


def test_the_letters_of_a_case_come_in_the_order_in_which_they_were_sent(session: Session, world: World) -> None:
    house = world.cpft
    case, other = open_case(session, house), open_case(session, house)
    sent = [send(session, house, case, to) for to in (house.doctor, house.manager)]
    send(session, house, other, house.doctor)
    assert [row.id for row in letters.of_case(session, case_id=case.id)] == [row.id for row in sent]


def test_an_erased_letter_leaves_its_line_and_its_hash(session: Session, world: World) -> None:
    house = world.cpft
    case = open_case(session, house)
    sent = send(session, house, case, house.doctor)
    session.commit()
    assert erasing.erase_case(session, case_id=case.id, now=NOW) == 1
    assert erasing.erase_case(session, case_id=case.id, now=NOW) == 0, "once is enough"
    session.expire_all()
    [row] = letters.of_case(session, case_id=case.id)
    assert (row.content, row.erased_at, row.sha256) == (b"", NOW, hashlib.sha256(PDF).hexdigest())
    assert letters.by_id(session, trust_id=house.trust.id, letter_id=sent.id) is None


def test_a_request_of_a_data_subject_finds_what_they_got_and_what_they_sent(session: Session, world: World) -> None:
    house = world.cpft
    sent = send(session, house, open_case(session, house), house.doctor)
    assert list(subjects.letters_to(session, person_id=house.doctor.id)) == [(sent.id, PDF)]
    for who in (house.doctor, house.medical_director):
        [row] = subjects.own_rows(session, person_id=who.id)["letter"]
        assert row["title"] == "The decision"
        assert "content" not in row
    assert subjects.own_rows(session, person_id=house.manager.id)["letter"] == []
