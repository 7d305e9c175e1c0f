"""The year as it should be: from the round's objectives to plans in force, in both trusts."""

from datetime import date, timedelta

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.stages import (
    BTH_GROUPS,
    CPFT_GROUPS,
    accept,
    agree,
    answer_team_plan,
    attendance,
    book,
    draft_team_plan,
    finish,
    hold_session,
    issue_preparation,
    meet,
    plan_round,
    plan_team,
    prepare,
    prepare_session,
    propose,
    sign,
    start_plan,
)
from tests.cases.walk import Walk
from workflows.domain.errors import BadValues
from workflows.store.models import TeamPlan


@pytest.mark.slow
@pytest.mark.clause("CPFT-5.5-a")
@pytest.mark.clause("CPFT-6.4")
def test_a_cumbrian_year_from_the_round_to_every_plan_in_force(cpft: Walk) -> None:
    house = cpft.house
    the_round = plan_round(cpft)
    team = cpft.newest("team_planning")
    plan_team(cpft)
    for doctor in (house.doctor, house.colleague):
        assert cpft.case(team).stage == "Wait until every member has a plan"
        assert cpft.case(the_round).stage == "Wait until every team has finished"
        own = finish(cpft, doctor)
        assert cpft.case(own).status == "closed"
        assert [plan.status for plan in cpft.plans(doctor)] == ["in_force"]
    assert cpft.case(team).status == "closed"
    assert cpft.waiting() == ["write_round_report"]
    report = {"round_summary": "Well", "round_improvements": "Start earlier"}
    cpft.do(house.directorate, "write_round_report", the_round, **report)
    assert cpft.case(the_round).status == "closed"
    assert cpft.incidents() == []


@pytest.mark.slow
@pytest.mark.clause("BTH-App5-f")
@pytest.mark.clause("BTH-3.3.2.4-b")
def test_a_blackpool_plan_is_in_force_only_with_three_signatures(bth: Walk) -> None:
    house = bth.house
    plan_round(bth)
    plan_team(bth, BTH_GROUPS)
    bth.pass_time(days=8)
    own = bth.case_of(house.doctor)
    assert bth.waiting(own) == ["issue_preparation"], "the doctor prepares with the material, not before it"
    issue_preparation(bth, own)
    assert bth.facts(own)["preparation_gaps"] == "The rota"
    prepare(bth, own)
    meet(bth, own)
    agree(bth, own)
    sign(bth, own, house.doctor, house.manager)
    assert bth.waiting(own) == ["sign_plan"]
    assert bth.plans(house.doctor)[0].status == "draft"
    sign(bth, own, house.amd)
    accept(bth, own)
    assert bth.standing(own) == ["amd", "clinical_manager", "practitioner"]
    assert all(one.signed_at == bth.at for one in bth.signatures(own))
    assert bth.plans(house.doctor)[0].status == "in_force"


@SQLITE
@pytest.mark.clause("CPFT-6.4")
def test_no_team_starts_before_the_care_groups_objectives_are_on_record(cpft: Walk) -> None:
    house = cpft.house
    the_round = cpft.start(house.directorate, "planning_round", care_group=house.care_group.id)
    assert cpft.waiting() == ["record_objectives"]
    with pytest.raises(BadValues) as refused:
        cpft.do(house.amd, "record_objectives", the_round, objectives=" ", objectives_set_on=cpft.today)
    assert list(refused.value.problems) == ["objectives"]
    assert cpft.newest("team_planning") == ""


@SQLITE
@pytest.mark.clause("CPFT-6.5-a")
def test_the_dates_of_a_round_hold_when_the_amd_agrees_and_doctors_are_reminded_up_to_them(cpft: Walk) -> None:
    house = cpft.house
    the_round = cpft.start(house.directorate, "planning_round", care_group=house.care_group.id)
    cpft.do(house.amd, "record_objectives", the_round, objectives="Cut waits", objectives_set_on=cpft.today)
    propose(cpft, the_round)
    cpft.do(house.amd, "agree_timetable", the_round, timetable_answer="changes", timetable_changes="Later")
    propose(cpft, the_round)
    cpft.do(house.amd, "agree_timetable", the_round, timetable_answer="agreed")
    agreed = cpft.events(the_round, "step_completed")[-1]
    assert (agreed.details["element"], agreed.who_id) == ("agree_timetable", house.amd.id)
    cpft.do(house.directorate, "issue_timetable", the_round, timetable_issued_on=cpft.today)
    assert "planning round" in cpft.notices(house.manager)[-1].subject
    plan_team(cpft)
    own = cpft.case_of(house.doctor)
    due = cpft.deadline(own, "individual_plan")
    assert due.due_on == date(2027, 6, 1)
    cpft.live_through(until=date(2027, 6, 3))
    kinds = [notice.kind for notice in cpft.notices(house.doctor) if notice.case_id == due.case_id]
    assert kinds == ["reminder", "reminder", "reminder", "missed"]
    assert [notice.kind for notice in cpft.notices(house.amd) if notice.case_id == due.case_id] == ["escalation"]


@SQLITE
@pytest.mark.clause("CPFT-7.3-a")
@pytest.mark.clause("BTH-3.4.1.4-b")
def test_the_manager_the_service_manager_and_every_doctor_prepare_for_the_session(cpft: Walk) -> None:
    house = cpft.house
    plan_round(cpft)
    assert cpft.waiting() == [
        "prepare_contribution",
        "prepare_contribution",
        "prepare_service_figures",
        "prepare_session",
    ]
    for person, element in (
        (house.manager, "prepare_session"),
        (house.service_manager, "prepare_service_figures"),
        (house.doctor, "prepare_contribution"),
        (house.colleague, "prepare_contribution"),
    ):
        assert cpft.step(person, element)


@SQLITE
@pytest.mark.clause("CPFT-7.4.1-a")
@pytest.mark.clause("CPFT-5.5-b")
def test_a_session_is_not_closed_while_a_group_is_neither_there_nor_excused(cpft: Walk) -> None:
    house = cpft.house
    plan_round(cpft)
    prepare_session(cpft)
    rows = attendance(("service_manager", "clinical_manager", "practitioners", "decision_makers"))
    with pytest.raises(BadValues) as refused:
        cpft.do(house.manager, "hold_session", team_session_date=cpft.today, attendance=rows)
    assert "Nursing and Quality Manager" in refused.value.problems["attendance"]
    away = {"group": "nursing_quality_manager", "person": "Steven", "present": False, "reason": ""}
    with pytest.raises(BadValues) as refused:
        cpft.do(house.manager, "hold_session", team_session_date=cpft.today, attendance=[*rows, away])
    assert "say why Steven was absent" in refused.value.problems["attendance.4.reason"]
    each = [
        {"group": "practitioners", "person": house.doctor.name, "present": True, "reason": ""},
        {"group": "practitioners", "person": house.colleague.name, "present": False, "reason": "On call"},
    ]
    everyone = [*rows, {**away, "reason": "On leave"}, *each]
    cpft.do(house.manager, "hold_session", team_session_date=cpft.today, attendance=everyone)
    absent = [row["person"] for row in cpft.facts(cpft.newest("team_planning"))["attendance"] if not row["present"]]
    assert absent == ["Steven", house.colleague.name]


@SQLITE
@pytest.mark.clause("CPFT-7.4.1-b")
@pytest.mark.clause("BTH-3.4.1.4-b")
@pytest.mark.clause("BTH-3.4.1.4-d")
@pytest.mark.clause("CPFT-7.4-a")
def test_the_team_plan_keeps_what_the_session_settled_and_who_leads(cpft: Walk) -> None:
    house = cpft.house
    plan_round(cpft)
    prepare_session(cpft)
    cpft.do(house.manager, "hold_session", team_session_date=cpft.today, attendance=attendance(CPFT_GROUPS))
    step = cpft.step(house.manager, "draft_team_plan")
    without = {"plans_match": "x", "lead_responsibilities": "Audit: Dr Carver"}
    row = {"requirement": "Urgent referrals", "trust_objective": "", "lead": ""}
    with pytest.raises(BadValues) as refused:
        cpft.complete(house.manager, step, **without, requirements=[row])
    assert "trust objective" in refused.value.problems["requirements.0.trust_objective"]
    cpft.complete(
        house.manager,
        step,
        **without,
        educational_supervisors=[house.doctor.id],
        requirements=[{**row, "trust_objective": "Timely access"}],
    )
    answer_team_plan(cpft)
    cpft.do(house.amd, "approve_team_plan", team_approval="approved")
    with cpft.session() as session:
        plan = session.query(TeamPlan).one()
    assert plan.content["requirements"][0]["trust_objective"] == "Timely access"
    assert plan.content["lead_responsibilities"] == "Audit: Dr Carver"
    assert plan.content["educational_supervisors"] == [house.doctor.id]
    assert plan.session_on == cpft.at.date()
    for doctor in (house.doctor, house.colleague):
        assert cpft.facts(cpft.case_of(doctor))["team_plan"] == plan.id, "each doctor's plan follows that very version"


@SQLITE
def test_a_team_plan_that_the_amd_returns_is_drafted_and_answered_again(cpft: Walk) -> None:
    house = cpft.house
    plan_round(cpft)
    prepare_session(cpft)
    hold_session(cpft)
    answer_team_plan(cpft)
    cpft.do(house.amd, "approve_team_plan", team_approval="returned", team_return_reason="No leads")
    assert cpft.waiting() == ["draft_team_plan"]
    draft_team_plan(cpft)
    answer_team_plan(cpft)
    assert cpft.waiting() == ["approve_team_plan"]


@SQLITE
@pytest.mark.clause("CPFT-7.6.2")
def test_nobody_of_the_directorate_holds_a_step_that_approves_what_a_plan_says(cpft: Walk) -> None:
    approving = {"agree_plan", "answer_plan", "sign_plan", "approve_team_plan", "update_plan", "mend_plan"}
    house = cpft.house
    plan_round(cpft)
    plan_team(cpft)
    finish(cpft, house.doctor)
    held = cpft.holders_by_element()
    assert approving - {"mend_plan"} <= held.keys()
    for element in approving & held.keys():
        assert not held[element] & {house.directorate.id, house.second_directorate.id, house.hr.id}, element
    assert held["check_plan"] == {house.directorate.id, house.second_directorate.id}


@SQLITE
@pytest.mark.clause("BTH-3.4.1.4-a")
@pytest.mark.parametrize(("days", "asked"), [(6, True), (7, False), (14, False), (15, True)])
def test_a_meeting_outside_one_to_two_weeks_after_the_specialty_meeting_has_to_be_explained(
    bth: Walk, days: int, asked: bool
) -> None:
    own = start_plan(bth)
    prepare(bth, own)
    bth.at += timedelta(days=days)
    book(bth, own)
    assert bth.waiting(own) == (["explain_date"] if asked else ["record_meeting"])
