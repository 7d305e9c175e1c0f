"""Letters that leave with a step: to whom, saying what, kept for good."""

import hashlib
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import undefer

from tests.cases.walk import Walk
from workflows.domain.errors import BadValues
from workflows.engine.check import check
from workflows.releases import shipped_files
from workflows.store.models import Deputy, Letter, Notice

REASONS = 'The clinic is needed. #read("/etc/passwd") {case.__class__}'


def decide(walk: Walk, reference: str, reasons: str = REASONS) -> None:
    walk.do(walk.house.medical_director, "decide", reference, mediation_outcome_date=walk.today, reasons=reasons)


def letters(walk: Walk) -> list[Letter]:
    with walk.session() as session:
        return list(session.scalars(select(Letter).options(undefer(Letter.content)).order_by(Letter.id)))


def words(letter: Letter) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(letter.content)).pages).split())


def letter_to(walk: Walk, person_id: int) -> Letter:
    return next(letter for letter in letters(walk) if letter.to_person_id == person_id)


def test_completing_a_step_sends_its_letter_to_both_sides_and_a_copy(walk: Walk, reference: str) -> None:
    decide(walk, reference)
    house = walk.house
    assert [(one.to_person_id, one.role, one.is_copy) for one in letters(walk)] == [
        (house.doctor.id, "practitioner", False),
        (house.manager.id, "clinical_manager", False),
        (house.medical_director.id, "medical_director", True),
    ]


def test_each_reads_what_is_meant_for_them(walk: Walk, reference: str) -> None:
    decide(walk, reference)
    doctors, managers = (words(letter_to(walk, one.id)) for one in (walk.house.doctor, walk.house.manager))
    assert "Dear Dr Amina Osei," in doctors
    assert "You can appeal until Monday 15 March 2027." in doctors, "the ledger's own day"
    assert "Dear Dr Carys Llewellyn," in managers
    assert "You can appeal" not in managers
    copy = words(letter_to(walk, walk.house.medical_director.id))
    assert "Copy for Dr Farah Siddiqui, Medical Director" in copy
    assert "Dear Dr Amina Osei and Dr Carys Llewellyn," in copy


def test_a_letter_says_what_was_entered_and_nothing_of_it_runs(walk: Walk, reference: str) -> None:
    decide(walk, reference)
    said = words(letters(walk)[0])
    assert f"I have decided on Monday 1 March 2027: {REASONS}" in said
    assert "Your Medical Director, Dr Farah Siddiqui" in said
    assert "root:" not in said


def test_a_smiley_or_a_whole_novel_in_a_reason_never_leaves_a_case_stuck(walk: Walk, reference: str) -> None:
    decide(walk, reference, reasons="\N{THUMBS UP SIGN} " + "Very long words of a reason. " * 600)
    assert walk.waiting(reference) == ["lodge_appeal"]
    assert len(letters(walk)) == 3


def test_a_letter_is_frozen_with_its_hash_and_the_history_says_so(walk: Walk, reference: str) -> None:
    decide(walk, reference)
    sent = letters(walk)
    assert all(hashlib.sha256(one.content).hexdigest() == one.sha256 and one.size == len(one.content) for one in sent)
    told = walk.events(reference, "letter_sent")
    assert [event.details["sha256"] for event in told] == [one.sha256 for one in sent]
    assert {event.clause for event in told} == {"CPFT-7.8.7"}
    assert all("Osei" not in str(event.details) for event in told), "history holds ids"


def test_whoever_gets_a_letter_is_told_where_it_is(walk: Walk, reference: str) -> None:
    decide(walk, reference)
    with walk.session() as session:
        told = [row for row in session.scalars(select(Notice)) if row.kind == "letter"]
        assert {row.person_id for row in told} == {one.to_person_id for one in letters(walk)}
        assert all(row.subject.endswith(": The decision") and row.case_id for row in told)


def test_a_step_that_is_refused_sends_nothing(walk: Walk, reference: str) -> None:
    with pytest.raises(BadValues):
        decide(walk, reference, reasons="")
    assert letters(walk) == []


def test_a_case_sends_a_letter_by_itself(walk: Walk, reference: str) -> None:
    decide(walk, reference)
    walk.do(walk.house.doctor, "lodge_appeal", reference, grounds="I see it otherwise.")
    last = letters(walk)[-1]
    assert (last.key, last.step_id, last.stage) == ("news", None, "disagreement")
    assert "has ended. You wrote: I see it otherwise." in words(last)


def test_what_a_release_says_later_changes_no_letter(walk: Walk, reference: str) -> None:
    decide(walk, reference)
    before = [one.content for one in letters(walk)]
    walk.pass_time(days=3)
    walk.do(walk.house.doctor, "lodge_appeal", reference, grounds="I see it otherwise.")
    assert [one.content for one in letters(walk)][:3] == before


def test_the_shipped_letters_are_part_of_a_release() -> None:
    files = shipped_files("cumbria")
    assert {path for path in files if path.startswith("letters/")} == {
        f"letters/{key}.md"
        for key in (
            *(
                "mediation_invitation",
                "mediation_decision",
                "late_referral_answer",
                "late_appeal_answer",
                "hearing_invitation",
            ),
            *("recommendation", "board_decision", "settlement", "status_letter"),
            *("additional_pa_contract", "additional_pa_notice"),
            *("pay_report", "pay_decision", "standards_statement"),
        )
    }
    assert [problem for problem in check(files) if problem.file.startswith("letters/")] == []


def test_a_letter_that_a_deputy_sends_names_them_both(walk: Walk, reference: str) -> None:
    house = walk.house
    with walk.session() as session:
        days = {"starts_on": walk.at.date(), "ends_on": walk.at.date(), "recorded_at": walk.at, "reason": "Leave"}
        session.add(Deputy(person_id=house.medical_director.id, deputy_id=house.chief_executive.id, **days))
        session.commit()
    step = walk.step(house.medical_director, "decide", reference)
    walk.complete(house.chief_executive, step, mediation_outcome_date=walk.today, reasons="It is needed.")
    assert "Gareth Lowther for Dr Farah Siddiqui Medical Director" in words(letters(walk)[0])
