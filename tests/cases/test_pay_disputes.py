"""Disputes over pay progression: the doctor opens one, and the job plan has no part in it."""

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.disputing import MEDIATED, REFERRAL, book
from tests.cases.walk import Walk
from workflows.cases.starting import NotYoursToStart
from workflows.domain.fields import Json
from workflows.store.models import Person


def begin(walk: Walk, who: Person) -> str:
    """A doctor disputes a decision that they were told of today."""
    said: dict[str, Json] = {"objection": "I met the criteria", "failure_to_agree_date": walk.today}
    about: dict[str, Json] = {"kind": "pay_progression", "subject": walk.house.doctor.id, "team": walk.house.team.id}
    return walk.start(who, "disagreement", **about, **said)


def mediate(walk: Walk, reference: str) -> None:
    """Mediation brings no agreement."""
    house = walk.house
    walk.do(house.doctor, "choose_route", reference, route="refer", talk_declined_reason="Tried")
    walk.do(house.doctor, "refer", reference, **REFERRAL)
    walk.do(house.manager, "answer_referral", reference, other_position="Not met")
    book(walk, reference)
    walk.pass_time(days=7)
    said: dict[str, Json] = {"mediation_meeting_date": walk.today, "mediation_result": "not_agreed", **MEDIATED}
    present = [house.doctor.id, house.manager.id]
    walk.do(house.medical_director, "record_mediation", reference, mediation_present=present, **said)


OUTCOME: list[Json] = [{"element": "pay_progression", "outcome": "practitioner"}]


@pytest.mark.clause("TCS-4-d")
def test_the_medical_director_recommends_and_the_chief_executive_decides_on_pay(cpft: Walk) -> None:
    house = cpft.house
    reference = begin(cpft, house.doctor)
    mediate(cpft, reference)
    cpft.do(house.medical_director, "recommend_on_pay", reference, pay_recommendation="Let it stand")
    assert cpft.steps(reference, "decide") == []
    cpft.do(house.chief_executive, "decide_on_pay", reference, decision_reasons="Met", outcomes=OUTCOME)
    letters = {event.details["to"] for event in cpft.events(reference, "letter_sent")}
    assert {house.doctor.id, house.manager.id} <= letters
    cpft.do(house.doctor, "answer_decision", reference, appeal_choice="accept")
    assert (cpft.case(reference).status, cpft.plans(house.doctor)) == ("closed", [])


@SQLITE
@pytest.mark.clause("BTH-3.4.18-g")
def test_the_doctor_appeals_under_schedule_4_against_a_decision_on_pay_progression(bth: Walk) -> None:
    house = bth.house
    for other in (house.colleague, house.manager, house.hr):
        with pytest.raises(NotYoursToStart):
            begin(bth, other)
    reference = begin(bth, house.doctor)
    mediate(bth, reference)
    bth.do(house.medical_director, "decide", reference, decision_reasons="Not met", outcomes=OUTCOME)
    words = {"appeal_points": "The criteria", "appeal_reasons": "Met", "appeal_schedule": "schedule_4"}
    bth.do(house.doctor, "answer_decision", reference, appeal_choice="appeal", **words)
    assert "name_chair" in bth.waiting(reference)
