"""Withdrawing a case that was started by mistake: who may, until when, and what becomes of what it waits for."""

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.stages import approved_team_plan, plan_round, sign, start_plan, to_signatures
from tests.cases.walk import Walk
from workflows import cases
from workflows.cases.acting import NoSuchStep, StepGone
from workflows.cases.withdrawing import (
    ChildrenOpen,
    ClosedAlready,
    NoSuchCase,
    NotYoursToWithdraw,
    SignedAlready,
)
from workflows.domain.errors import BadValues
from workflows.store.models import Draft, Person


def withdraw(walk: Walk, who: Person, reference: str, reason: str = "Started for the wrong doctor") -> None:
    walk.perform(cases.withdraw_case, actor=walk.actor(who), reference=reference, reason=reason, now=walk.at)


def test_a_withdrawn_case_waits_for_nobody_any_more(cpft: Walk) -> None:
    reference = start_plan(cpft)
    step = cpft.step(cpft.house.doctor, "prepare_review", reference)
    withdraw(cpft, cpft.house.directorate, reference)
    case = cpft.case(reference)
    assert (case.status, case.stage, case.closed_at) == ("closed", "Withdrawn", cpft.at)
    assert cpft.waiting(reference) == []
    assert set(cpft.deadlines(reference).values()) <= {"cancelled", "met"}
    assert cpft.history(reference)[-1] == "case_withdrawn"
    assert cpft.facts(reference)["withdrawn_because"] == "Started for the wrong doctor"
    assert "wrong" not in str(cpft.events(reference, "case_withdrawn")[0].details)
    with pytest.raises((StepGone, NoSuchStep)):
        cpft.complete(cpft.house.doctor, step)
    before = len(cpft.history(reference))
    cpft.pass_time(days=400)
    assert len(cpft.history(reference)) == before, "time has nothing to do in it any more"


def half_fill(walk: Walk, who: Person, element: str, reference: str, **values: str) -> None:
    """Somebody leaves a step half filled."""
    step = walk.step(who, element, reference)
    words = {"actor": walk.actor(who), "step_id": step, "values": values, "version": 0, "now": walk.at}
    walk.perform(cases.save_draft, **words)


def half_filled(walk: Walk) -> int:
    """How many steps somebody has left half filled."""
    with walk.session() as session:
        return session.query(Draft).count()


def test_what_was_half_filled_goes_with_the_case(cpft: Walk) -> None:
    reference, other = start_plan(cpft), start_plan_of_colleague(cpft)
    half_fill(cpft, cpft.house.doctor, "prepare_review", reference, effect_on_team="Nobody has read this")
    half_fill(cpft, cpft.house.colleague, "prepare_review", other, effect_on_team="Still at it")
    withdraw(cpft, cpft.house.directorate, reference)
    assert half_filled(cpft) == 1, "the other case goes on"


def start_plan_of_colleague(walk: Walk) -> str:
    house = walk.house
    about = {"subject": house.colleague.id, "team": house.team.id}
    return walk.start(house.directorate, "individual_planning", kind="annual", **about)


def test_what_was_half_filled_goes_when_the_step_is_no_longer_needed(cpft: Walk) -> None:
    house, reference = cpft.house, to_signatures(cpft)
    half_fill(cpft, house.doctor, "sign_plan", reference, sign_reason="Let me sleep on it")
    cpft.do(house.manager, "sign_plan", reference, sign_answer="not_agreed", sign_reason="Not enough clinics")
    assert half_filled(cpft) == 0, "the doctor is not asked to sign any more"


@SQLITE
def test_the_doctor_withdraws_the_review_that_they_started(cpft: Walk) -> None:
    approved_team_plan(cpft)
    house = cpft.house
    reference = cpft.start(
        house.doctor, "individual_planning", kind="in_year", subject=house.doctor.id, team=house.team.id,
        change_reason="A new clinic",
    )  # fmt: skip
    withdraw(cpft, house.doctor, reference)
    assert cpft.case(reference).stage == "Withdrawn"


@SQLITE
@pytest.mark.parametrize("part", ["doctor", "manager", "colleague", "amd", "medical_director", "hr", "finance"])
def test_nobody_else_withdraws_a_case(cpft: Walk, part: str) -> None:
    reference = start_plan(cpft)
    with pytest.raises(NotYoursToWithdraw):
        withdraw(cpft, getattr(cpft.house, part), reference)
    assert cpft.case(reference).status == "open"


@SQLITE
def test_a_case_of_another_trust_is_not_there(cpft: Walk, bth: Walk) -> None:
    reference = start_plan(cpft)
    with pytest.raises(NoSuchCase):
        withdraw(bth, bth.house.directorate, reference)


@SQLITE
def test_what_is_signed_goes_its_way(cpft: Walk) -> None:
    reference = to_signatures(cpft)
    sign(cpft, reference, cpft.house.doctor)
    with pytest.raises(SignedAlready):
        withdraw(cpft, cpft.house.directorate, reference)


@SQLITE
def test_a_reason_is_needed_and_a_case_is_withdrawn_once(cpft: Walk) -> None:
    reference = start_plan(cpft)
    with pytest.raises(BadValues):
        withdraw(cpft, cpft.house.directorate, reference, "  ")
    withdraw(cpft, cpft.house.directorate, reference)
    with pytest.raises(ClosedAlready):
        withdraw(cpft, cpft.house.directorate, reference)


@SQLITE
def test_a_round_is_withdrawn_from_below_and_nobody_waits_for_ever(cpft: Walk) -> None:
    round_case = plan_round(cpft)
    team = cpft.newest("team_planning")
    assert cpft.case(team).parent_id == cpft.case(round_case).id
    with pytest.raises(ChildrenOpen, match=team):
        withdraw(cpft, cpft.house.directorate, round_case)
    withdraw(cpft, cpft.house.directorate, team, "The team has been merged with another")
    cpft.tick()
    assert cpft.case(round_case).stage != "Withdrawn"
    assert "message_received" in cpft.history(round_case), "the round has heard that its only team case is closed"


@SQLITE
def test_cases_that_were_asked_for_and_not_yet_started_are_not_started(cpft: Walk) -> None:
    house = cpft.house
    reference = cpft.start(house.directorate, "planning_round", care_group=house.care_group.id)
    cpft.do(house.amd, "record_objectives", reference, objectives="Cut waits", objectives_set_on=cpft.today)
    first, second = "2027-04-01", "2027-06-01"
    cpft.do(house.directorate, "propose_timetable", reference, team_plans_due=first, individual_plans_due=second)
    cpft.do(house.amd, "agree_timetable", reference, timetable_answer="agreed")
    step = cpft.step(house.directorate, "issue_timetable", reference)
    cpft.complete(house.directorate, step, timetable_issued_on=cpft.today)
    withdraw(cpft, house.directorate, reference)
    cpft.pass_time(days=2)
    assert cpft.newest("team_planning") == ""


@SQLITE
def test_the_next_case_of_the_same_doctor_can_be_started(cpft: Walk) -> None:
    reference = start_plan(cpft)
    withdraw(cpft, cpft.house.directorate, reference)
    house = cpft.house
    again = cpft.start(
        house.directorate, "individual_planning", kind="annual", subject=house.doctor.id, team=house.team.id
    )
    assert again != reference
    assert cpft.waiting(again)
