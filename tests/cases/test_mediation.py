"""Mediation: who mediates, the meeting, agreement or a written decision, and the doctor's answer to it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.cases.conftest import SQLITE
from tests.cases.disputing import MEDIATED, REFERRAL, appeal, begin, book, decide, mediate, outcome, refer
from tests.cases.keeping import walked_once
from tests.cases.walk import Walk
from workflows.cases.acting import TimeWasUp
from workflows.domain.errors import BadValues
from workflows.domain.fields import Json
from workflows.engine.ledger import RightLapsed
from workflows.store.models import Post

LATE: dict[str, Json] = {
    "late_appeal_reason": "I was ill",
    "appeal_points": "The list",
    "appeal_reasons": "No time",
    "appeal_schedule": "schedule_4",
}


def record(walk: Walk, reference: str, **changed: Json) -> None:
    """The Medical Director records a meeting that brought nothing."""
    house = walk.house
    said: dict[str, Json] = {
        "mediation_meeting_date": walk.today,
        "mediation_present": [house.doctor.id, house.manager.id],
        "mediation_result": "not_agreed",
        **MEDIATED,
    }
    walk.do(house.medical_director, "record_mediation", reference, **{**said, **changed})


@walked_once
def decided(walk: Walk) -> str:
    """A dispute in which the decision has just been given."""
    reference = refer(walk, begin(walk))
    mediate(walk, reference, "not_agreed")
    decide(walk, reference, "manager")
    return reference


@SQLITE
@pytest.mark.clause("CPFT-7.8.4-c")
def test_somebody_else_may_mediate_by_name_and_with_a_reason(cpft: Walk) -> None:
    house = cpft.house
    reference = refer(cpft, begin(cpft))
    with pytest.raises(BadValues) as refused:
        cpft.do(house.medical_director, "name_mediator", reference, mediator_choice="other")
    assert set(refused.value.problems) == {"mediator_named", "mediator_reason"}
    named: dict[str, Json] = {"mediator_choice": "other", "mediator_reason": "I know both well"}
    with pytest.raises(BadValues, match="another look") as refused:
        cpft.do(house.medical_director, "name_mediator", reference, mediator_named=house.manager.id, **named)
    assert "their own" in refused.value.problems["mediator_named"]
    cpft.do(house.medical_director, "name_mediator", reference, mediator_named=house.hr.id, **named)
    [step] = cpft.steps(reference, "book_mediation")
    assert (step.role, step.holder_id) == ("mediator", house.hr.id)
    assert cpft.facts(reference)["mediator_reason"] == "I know both well"
    assert "role_given" in cpft.history(reference)


@SQLITE
@pytest.mark.clause("TCS-4-c")
def test_a_medical_director_who_is_a_party_does_not_name_the_mediator(cpft: Walk) -> None:
    house = cpft.house
    with cpft.session() as session:
        managing = update(Post).where(Post.person_id == house.manager.id, Post.role == "clinical_manager")
        session.execute(managing.values(person_id=house.medical_director.id))
        session.commit()
    reference = cpft.start(house.directorate, "disagreement", subject=house.doctor.id, team=house.team.id)
    assert cpft.facts(reference)["parties"] == [house.doctor.id, house.medical_director.id]
    own = cpft.step(house.doctor, "choose_route", reference)
    cpft.complete(house.doctor, own, route="talk")
    cpft.do(house.doctor, "informal_talk", reference, talk_result="none")
    cpft.do(house.doctor, "refer", reference, **REFERRAL)
    cpft.do(house.medical_director, "answer_referral", reference, other_position="No")
    [step] = cpft.steps(reference, "name_mediator")
    assert step.holder_id == house.chief_executive.id, "the policy says who stands in"


@pytest.mark.clause("CPFT-7.8.4-a")
def test_the_meeting_is_within_four_weeks_or_says_why_it_is_later(cpft: Walk) -> None:
    house = cpft.house
    reference = refer(cpft, begin(cpft))
    due = cpft.deadline(reference, "mediation_meeting").due_on
    assert (due - cpft.at.date()).days == 28
    cpft.do(house.medical_director, "name_mediator", reference, mediator_choice="self")
    later: dict[str, Json] = {
        "mediation_booked_for": (due + timedelta(days=1)).isoformat(),
        "mediation_time": "10:00",
        "mediation_place": "Voreda",
    }
    with pytest.raises(BadValues) as refused:
        cpft.do(house.medical_director, "book_mediation", reference, **later)
    assert "by which it should take place" in refused.value.problems["mediation_late_reason"]
    cpft.do(house.medical_director, "book_mediation", reference, mediation_late_reason="Holidays", **later)
    invited = [one for one in cpft.notices(house.manager) if one.subject.startswith("Mediation on")]
    assert len(invited) == 1
    letters = [event.details["to"] for event in cpft.events(reference, "letter_sent")]
    assert {house.doctor.id, house.manager.id} <= set(letters)
    cpft.set_day(due + timedelta(days=1))
    cpft.tick()
    assert cpft.deadline(reference, "mediation_meeting").status == "missed"
    record(cpft, reference)
    assert "deadline_met_late" in cpft.history(reference)


@SQLITE
@pytest.mark.clause("CPFT-7.8.4-b")
def test_the_record_has_both_sides_present_and_what_each_of_them_said(cpft: Walk) -> None:
    house = cpft.house
    reference = refer(cpft, begin(cpft))
    book(cpft, reference)
    cpft.pass_time(days=7)
    for absent in ([house.manager.id], [house.doctor.id, house.medical_director.id]):
        with pytest.raises(BadValues) as refused:
            record(cpft, reference, mediation_present=absent)
        assert list(refused.value.problems) == ["mediation_absence"]
    here: dict[str, Json] = {"mediation_present": [house.doctor.id], "mediation_absence": "The manager was ill"}
    with pytest.raises(BadValues) as refused:
        record(cpft, reference, mediation_result="agreed", outcomes=outcome("practitioner"), **here)
    assert list(refused.value.problems) == ["mediation_present"]
    with pytest.raises(BadValues) as refused:
        record(cpft, reference, manager_heard="")
    assert list(refused.value.problems) == ["manager_heard"]
    with pytest.raises(BadValues) as refused:
        record(cpft, reference, mediation_meeting_date="2027-02-01")
    assert "before the referral came in" in refused.value.problems["mediation_meeting_date"]
    record(cpft, reference)


@SQLITE
def test_a_side_that_does_not_come_neither_ends_the_mediation_nor_meets_its_limit(cpft: Walk) -> None:
    house = cpft.house
    reference = refer(cpft, begin(cpft))
    book(cpft, reference)
    cpft.pass_time(days=7)
    missing: dict[str, Json] = {"mediation_present": [house.doctor.id], "mediation_absence": "The manager was ill"}
    record(cpft, reference, mediation_result="another_meeting", **missing)
    assert (cpft.waiting(reference), cpft.deadlines(reference)["mediation_meeting"]) == (["book_mediation"], "open")


@SQLITE
def test_a_second_meeting_can_be_booked(cpft: Walk) -> None:
    reference = refer(cpft, begin(cpft))
    book(cpft, reference)
    cpft.pass_time(days=7)
    record(cpft, reference, mediation_result="another_meeting")
    assert cpft.waiting(reference) == ["book_mediation"]
    where: dict[str, Json] = {"mediation_time": "09:00", "mediation_place": "Voreda"}
    soon = (cpft.at.date() + timedelta(days=3)).isoformat()
    cpft.do(cpft.house.medical_director, "book_mediation", reference, mediation_booked_for=soon, **where)
    assert cpft.waiting(reference) == ["record_mediation"]


@SQLITE
def test_agreement_says_what_is_to_stand_of_each_point_and_no_agreement_says_nothing_of_it(cpft: Walk) -> None:
    reference = refer(cpft, begin(cpft))
    book(cpft, reference)
    cpft.pass_time(days=7)
    with pytest.raises(BadValues) as refused:
        record(cpft, reference, mediation_result="agreed")
    assert list(refused.value.problems) == ["outcomes.0.outcome"]
    with pytest.raises(BadValues) as refused:
        record(cpft, reference, outcomes=outcome("manager"))
    assert list(refused.value.problems) == ["mediation_result"]


@SQLITE
@pytest.mark.clause("CPFT-7.8.5-a")
def test_without_agreement_the_case_waits_for_a_decision_on_every_point(cpft: Walk) -> None:
    house = cpft.house
    reference = refer(cpft, begin(cpft))
    mediate(cpft, reference, "not_agreed")
    assert cpft.waiting(reference) == ["decide"]
    cpft.pass_time(days=100)
    assert (cpft.waiting(reference), cpft.case(reference).status) == (["decide"], "open")
    with pytest.raises(BadValues) as refused:
        cpft.do(house.medical_director, "decide", reference, decision_reasons="Because")
    assert list(refused.value.problems) == ["outcomes.0.outcome"]


@SQLITE
@pytest.mark.clause("CPFT-7.8.5-b")
def test_the_decision_goes_to_both_sides_as_a_letter_and_starts_the_time_to_appeal(cpft: Walk) -> None:
    house = cpft.house
    reference = decided(cpft)
    sent = [event.details for event in cpft.events(reference, "letter_sent")]
    decision = [one["to"] for one in sent if one["key"] == "mediation_decision"]
    assert {house.doctor.id, house.manager.id} <= set(decision)
    row = cpft.deadline(reference, "lodge_appeal")
    assert (row.starts_on, (row.due_on - row.starts_on).days) == (cpft.at.date(), 14)


@SQLITE
@pytest.mark.clause("CPFT-7.8.5-c", "CPFT-7.8.7-a")
def test_only_the_doctor_answers_the_decision_and_only_after_there_is_one(cpft: Walk) -> None:
    reference = refer(cpft, begin(cpft))
    mediate(cpft, reference, "not_agreed")
    assert cpft.steps(reference, "answer_decision") == []
    decide(cpft, reference, "manager")
    assert cpft.holders_by_element()["answer_decision"] == {cpft.house.doctor.id}


@SQLITE
def test_a_decision_that_is_accepted_ends_the_dispute(cpft: Walk) -> None:
    reference = decided(cpft)
    cpft.do(cpft.house.doctor, "answer_decision", reference, appeal_choice="accept")
    reply = cpft.facts(reference)["dispute_outcome"]
    assert (reply["outcome"], [row["pas"] for row in reply["elements"]]) == ("decision_accepted", ["0.5"])
    assert reply["pay_effective_from"] == cpft.facts(reference)["referral_received_date"]


@SQLITE
@pytest.mark.clause("CPFT-7.8.8-b", "CPFT-7.8.7-b")
@pytest.mark.parametrize("part", ["appeal_points", "appeal_reasons", "appeal_schedule"])
def test_an_appeal_lists_its_points_its_reasons_and_the_schedule_of_the_contract(cpft: Walk, part: str) -> None:
    reference = decided(cpft)
    words = {"appeal_points": "The list", "appeal_reasons": "No time", "appeal_schedule": "schedule_4", part: ""}
    with pytest.raises(BadValues) as refused:
        cpft.do(cpft.house.doctor, "answer_decision", reference, appeal_choice="appeal", **words)
    assert list(refused.value.problems) == [part]
    assert cpft.waiting(reference) == ["answer_decision"]


@pytest.mark.clause("CPFT-7.8.8-a")
def test_an_appeal_lodged_on_the_fifteenth_day_is_refused_until_it_is_admitted(cpft: Walk) -> None:
    house = cpft.house
    reference = decided(cpft)
    due = cpft.deadline(reference, "lodge_appeal").due_on
    step = cpft.step(house.doctor, "answer_decision", reference)
    cpft.set_day(due + timedelta(days=1))
    with pytest.raises(RightLapsed):
        cpft.complete(house.doctor, step, appeal_choice="accept")
    cpft.tick()
    assert cpft.waiting(reference) == ["request_late_appeal"]
    with pytest.raises(TimeWasUp, match="you can still ask for it late"):
        cpft.complete(house.doctor, step, appeal_choice="accept")
    cpft.do(house.doctor, "request_late_appeal", reference, **LATE)
    with pytest.raises(BadValues) as refused:
        cpft.do(house.chief_executive, "admit_late_appeal", reference, late_appeal="admit")
    assert list(refused.value.problems) == ["late_appeal_decision"]
    words: dict[str, Json] = {"late_appeal": "admit", "late_appeal_decision": "Illness"}
    cpft.do(house.chief_executive, "admit_late_appeal", reference, **words)
    assert "name_chair" in cpft.waiting(reference)


@SQLITE
def test_an_appeal_on_the_last_day_goes_to_a_panel(cpft: Walk) -> None:
    reference = decided(cpft)
    cpft.set_day(cpft.deadline(reference, "lodge_appeal").due_on, hour=20)
    appeal(cpft, reference)
    assert cpft.facts(reference)["appeal_received_date"] == cpft.today
    assert (cpft.deadline(reference, "panel_meets").due_on - cpft.at.date()).days == 28


@SQLITE
def test_a_late_appeal_that_is_not_taken_leaves_the_decision_standing(cpft: Walk) -> None:
    house = cpft.house
    reference = decided(cpft)
    cpft.pass_time(days=15)
    cpft.do(house.doctor, "request_late_appeal", reference, **LATE)
    words: dict[str, Json] = {"late_appeal": "refuse", "late_appeal_decision": "No reason was given"}
    cpft.do(house.chief_executive, "admit_late_appeal", reference, **words)
    reply = cpft.facts(reference)["dispute_outcome"]
    assert (reply["outcome"], reply["elements"][0]["outcome"]) == ("late_appeal_refused", "manager")


@SQLITE
def test_a_decision_that_nobody_answers_stands(cpft: Walk) -> None:
    reference = decided(cpft)
    cpft.pass_time(days=15)
    cpft.pass_time(days=29)
    reply = cpft.facts(reference)["dispute_outcome"]
    assert (cpft.case(reference).status, reply["outcome"]) == ("closed", "appeal_lapsed")
    assert reply["elements"][0]["outcome"] == "manager"
