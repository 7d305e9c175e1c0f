"""The shipped letters, and the bundle, of a dispute that goes all the way to the board."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import undefer

from tests.cases.disputing import (
    begin,
    book,
    decide,
    form_panel,
    list_member,
    mediate,
    outcome,
    record_hearing,
    refer,
    to_appeal,
)
from tests.cases.walk import Walk
from tests.letters.test_bundle import bundle, words
from tests.letters.test_sending import words as words_of
from workflows import cases
from workflows.domain.calendars import in_full
from workflows.store.models import Letter, Person

CONFIDED = "The doctor would take every other Friday"


def letter(walk: Walk, key: str, who: Person) -> str:
    """The words of the newest letter of that key to somebody."""
    with walk.session() as session:
        wanted = select(Letter).where(Letter.key == key, Letter.to_person_id == who.id).options(undefer(Letter.content))
        return words_of(session.scalars(wanted.order_by(Letter.id.desc()).limit(1)).one())


def sent(walk: Walk, key: str) -> list[tuple[str, bool]]:
    with walk.session() as session:
        return [(row.role, row.is_copy) for row in session.scalars(select(Letter).where(Letter.key == key))]


@pytest.mark.clause("CPFT-7.8.4-a")
def test_both_sides_are_invited_to_mediation_with_day_place_and_what_it_is_about(shipped: Walk) -> None:
    book(shipped, refer(shipped, begin(shipped)))
    assert sent(shipped, "mediation_invitation") == [("practitioner", False), ("clinical_manager", False)]
    said = letter(shipped, "mediation_invitation", shipped.house.manager)
    assert f"Day: {in_full(shipped.at.date() + timedelta(days=7))}" in said
    assert "Time: 10:00" in said
    assert "Place: Voreda" in said
    assert "Extra list" in said


@pytest.mark.clause("CPFT-7.8.5-b", "TCS-4-o")
def test_the_decision_says_what_stands_from_when_and_until_when_the_doctor_can_appeal(shipped: Walk) -> None:
    reference = refer(shipped, begin(shipped))
    referred = shipped.at.date()
    mediate(shipped, reference, "not_agreed")
    decide(shipped, reference, "manager")
    said = letter(shipped, "mediation_decision", shipped.house.doctor)
    assert "Extra list" in said
    assert "(as the manager wants it)" in said
    assert "The service needs it" in said
    assert f"pay changes from {in_full(referred)}, because the dispute was referred to mediation on" in said
    until = in_full(shipped.deadline(reference, "lodge_appeal").due_on)
    assert f"must be made by the end of {until}" in said
    managers = letter(shipped, "mediation_decision", shipped.house.manager)
    assert "must be made by" not in managers
    assert f"appeal against it until the end of {until}" in managers
    assert CONFIDED not in said + managers


@pytest.mark.clause("CPFT-7.8.6")
def test_what_was_agreed_at_mediation_is_written_down_for_both_sides(shipped: Walk) -> None:
    mediate(shipped, refer(shipped, begin(shipped)), "agreed", stands="practitioner")
    assert sent(shipped, "settlement") == [("practitioner", False), ("clinical_manager", False)]
    assert "(as the doctor wants it)" in letter(shipped, "settlement", shipped.house.doctor)


def test_what_the_parties_settle_by_themselves_is_written_down_for_both_sides(shipped: Walk) -> None:
    house, reference = shipped.house, refer(shipped, begin(shipped))
    asked = {"reference": reference, "now": shipped.at}
    rows = outcome("other", value="Every other Friday", pas="0.25")
    shipped.perform(cases.propose_settlement, actor=shipped.actor(house.manager), outcomes=rows, **asked)
    assert sent(shipped, "settlement") == [], "one side alone settles nothing"
    shipped.perform(cases.answer_settlement, actor=shipped.actor(house.doctor), accept=True, **asked)
    assert sent(shipped, "settlement") == [("practitioner", False), ("clinical_manager", False)]
    assert "Every other Friday" in letter(shipped, "settlement", house.manager)


@pytest.mark.clause("TCS-4-i", "TCS-4-l", "TCS-4-m")
def test_the_hearing_the_recommendation_and_the_decision_reach_both_sides(shipped: Walk) -> None:
    house = shipped.house
    list_member(shipped, "Dr Third Person")
    reference = to_appeal(shipped)
    chair, nominee, third = form_panel(shipped, reference)
    booked = (shipped.at.date() + timedelta(days=14)).isoformat()
    where = {"hearing_time": "10:00", "hearing_place": "Board room", "hearing_days": 1}
    shipped.do(house.chief_executive, "book_hearing", reference, hearing_booked_for=booked, **where)
    said = letter(shipped, "hearing_invitation", house.doctor)
    assert said.index("Management states its case") < said.index("The doctor, or whoever speaks for the doctor, states")
    assert all(one.name in said for one in (chair, nominee, third))
    assert f"by the end of {in_full(date.fromisoformat(booked) - timedelta(days=7))}" in said
    assert "You put the case of the management first." in letter(shipped, "hearing_invitation", house.manager)
    assert f"Write in a comment in the case {reference} who comes with you." in said
    assert "The doctor may be helped by a colleague" in letter(shipped, "hearing_invitation", chair)
    check_statements_in_bundles(shipped, reference, chair)
    shipped.pass_time(days=14)
    record_hearing(shipped, reference, chair)
    rows = outcome("other", value="Every other Friday", pas="0.25", reason="Fair to both")
    shipped.do(chair, "recommend", reference, recommendation="Hold it every other week.", outcomes=rows)
    assert ("practitioner", True) in sent(shipped, "recommendation")
    assert "Copy for Dr Amina Osei" in letter(shipped, "recommendation", house.doctor)
    board = {"board_decided_on": shipped.today, "board_answer": "depart", "board_reasons": "The list is needed."}
    shipped.do(house.board_secretary, "board_decision", reference, outcomes=outcome("manager"), **board)
    for who in (house.doctor, house.manager):
        said = letter(shipped, "board_decision", who)
        assert "The board decides otherwise than the panel recommended, because: The list is needed." in said
        assert "(as the manager wants it)" in said


def check_statements_in_bundles(walk: Walk, reference: str, chair: Person) -> None:
    """A statement of case is in its own side's bundle at once, in every other one when both are in."""
    house = walk.house
    walk.do(house.doctor, "practitioner_statement", reference, practitioner_statement="No time whatever for it")
    assert "No time whatever for it" in words(bundle(walk, house.doctor, reference))
    for who in (house.manager, house.directorate, house.medical_director, chair):
        assert "No time whatever for it" not in words(bundle(walk, who, reference)), who.name
    before = "Dr Amina Osei completed “Refer the dispute to mediation”."
    assert before in words(bundle(walk, house.doctor, reference))
    assert before not in words(bundle(walk, chair, reference)), "the panel reads the history of its own stage"
    walk.do(house.manager, "management_statement", reference, management_statement="Needed on Fridays")
    for who in (house.manager, house.directorate, chair):
        said = words(bundle(walk, who, reference))
        assert said.index("Needed on Fridays") < said.index("No time whatever for it"), "management comes first"


def test_what_was_told_the_mediator_in_confidence_is_in_nobodys_bundle(shipped: Walk) -> None:
    reference = refer(shipped, begin(shipped))
    mediate(shipped, reference, "not_agreed")
    house = shipped.house
    for who in (house.doctor, house.manager, house.directorate, house.medical_director, house.amd):
        said = words(bundle(shipped, who, reference))
        assert "The Friday list" in said, "the referral is there"
        assert CONFIDED not in said, who.name


def test_the_versions_of_the_plan_stand_side_by_side(shipped: Walk) -> None:
    reference = refer(shipped, begin(shipped))
    said = words(bundle(shipped, shipped.house.doctor, reference))
    assert "The job plan, version by version" in said
    assert "Outpatient clinic Monday 09:00 to 13:00, Penrith (7.5 PA)" in said


@pytest.mark.parametrize("answer", ["admit", "refuse"])
def test_a_late_appeal_is_answered_with_reasons_and_what_follows(shipped: Walk, answer: str) -> None:
    reference = refer(shipped, begin(shipped))
    mediate(shipped, reference, "not_agreed")
    decide(shipped, reference, "manager")
    shipped.live_through(until=shipped.at.date() + timedelta(days=16))
    late = {"appeal_points": "The list", "appeal_reasons": "No time", "appeal_schedule": "schedule_4"}
    shipped.do(shipped.house.doctor, "request_late_appeal", reference, late_appeal_reason="Ill", **late)
    shipped.do(
        shipped.house.chief_executive, "admit_late_appeal", reference, late_appeal=answer, late_appeal_decision="I see."
    )
    said = letter(shipped, "late_appeal_answer", shipped.house.doctor)
    assert "I see." in said
    assert ("A panel will" in said) == (answer == "admit")
    assert ("The decision after mediation stands" in said) == (answer == "refuse")
