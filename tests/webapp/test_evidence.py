"""Blackpool's screens: on what a line rests, the evidence before the meeting, and teaching in the team's plan."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from tests.cases.stages import BTH_GROUPS, attendance, plan_round, prepare_session, propose
from tests.cases.walk import PLAN, Walk
from tests.factories import NOW, TODAY, World, open_case
from tests.webapp.apps import Store
from tests.webapp.test_crafted import LINES, at
from tests.webapp.visitor import Visitor
from workflows.store.models import Person, TeamPlan

Visit = Callable[[Person], Visitor]
RESTS = {
    "rests-shown": "yes",
    "dcc-0-evidence": "Clinic list of May",
    "dcc-0-need": "Urgent referrals",
    "spa-0-details": "Two audits",
    "spa-0-evidence": "Diary of May",
    "spa-0-agreed": "yes",
}


@pytest.fixture
def bth(engine: Engine, world: World) -> Walk:
    """Blackpool, moved on by verbs."""
    return Walk(engine, world.bth)


@pytest.fixture
def interim(bth: Walk, store: Store) -> str:
    """A doctor's case in which the plan is to be drafted."""
    house = bth.house
    with store() as session:
        case = open_case(session, house, process="team_planning")
        about_team = {"trust_id": house.trust.id, "team_id": house.team.id, "case_id": case.id}
        session.add(TeamPlan(**about_team, number=1, year="2027/28", content={}, session_on=TODAY, approved_at=NOW))
    about = {"subject": house.doctor.id, "team": house.team.id, "employment_start_date": bth.today}
    reference = bth.start(house.directorate, "individual_planning", kind="interim", **about)
    issued = {"preparation_issued_on": bth.today, "preparation_issued": "Rota"}
    bth.do(house.service_manager, "issue_preparation", reference, **issued)
    return reference


def book(bth: Walk, reference: str, *, days: int) -> None:
    house = bth.house
    bth.do(house.manager, "read_pack", reference, pack_read="read")
    day = (bth.at.date() + timedelta(days=days)).isoformat()
    booked = {"meeting_booked_for": day, "meeting_place": "Online", "service_manager_invited": False}
    bth.do(house.manager, "book_meeting", reference, **booked)
    if "explain_date" in bth.waiting(reference):
        bth.do(house.manager, "explain_date", reference, date_reason="The only day free")


@pytest.mark.clause("BTH-3.4.1.6")
def test_each_line_says_on_what_it_rests(bth: Walk, visit: Visit, interim: str) -> None:
    doctor = at(bth, visit, bth.house.doctor, "draft_plan", interim)
    doctor.change("add-dcc", {})
    page = doctor.change("add-spa", {})
    assert "What it rests on: nothing said yet" in page.text
    page = doctor.change("stay", {**LINES, **RESTS})
    assert "What it rests on: description, evidence, discussed and agreed at the meeting" in page.text
    doctor.change("complete", {**LINES, **RESTS})
    lines = bth.plans(bth.house.doctor)[-1].content["activities"]
    assert [line.get("evidence") for line in lines] == ["Clinic list of May", "Diary of May"]
    pack = at(bth, visit, bth.house.manager, "read_pack", interim).page.text
    assert "Evidence: Clinic list of May" in pack
    assert "Organisational need: Urgent referrals" in pack


@pytest.mark.clause("BTH-3.4.1.6", "BTH-3.3.2.6")
def test_lines_without_evidence_are_listed_with_their_clause(bth: Walk, visit: Visit, interim: str) -> None:
    bare = [
        {key: value for key, value in line.items() if key not in {"evidence", "need"}} for line in PLAN["activities"]
    ]
    bth.do(bth.house.doctor, "draft_plan", interim, plan={**PLAN, "activities": bare})
    pack = at(bth, visit, bth.house.manager, "read_pack", interim).page.text
    settled = "To settle it: evidence, or the need that it serves. BTH-3.4.1.6"
    found = "“Outpatient clinic”: neither evidence nor an organisational need yet."
    assert f"{settled} {found}" in pack


@pytest.mark.clause("BTH-3.3.2.5")
def test_whoever_has_the_figures_brings_the_evidence_line_by_line(bth: Walk, visit: Visit, interim: str) -> None:
    bare = [{**PLAN["activities"][0], "evidence": ""}, PLAN["activities"][1]]
    bth.do(bth.house.doctor, "draft_plan", interim, plan={**PLAN, "activities": bare})
    book(bth, interim, days=9)
    service = at(bth, visit, bth.house.service_manager, "supply_evidence", interim)
    assert "You are asked as Directorate Manager of this case." in service.page.text
    box = next(name for name in service.page.values() if name.startswith("evidence-"))
    assert "Outpatient clinic (Monday, 09:00 to 13:00): what shows it" in service.page.text
    assert "Say for at least one line what shows it." in service.change("complete", {box: " "}, status=422).text
    case = visit(bth.house.doctor).open(f"/cases/{interim}").text
    assert "Any of 2 people may do it: Dr Marta Kowalska and Pauline Rigby" in case, "each in a role of their own"
    assert "You have completed" in service.change("complete", {box: "Clinic list of May"}).text
    assert bth.plans(bth.house.doctor)[-1].content["activities"][0]["evidence"] == "Clinic list of May"


@pytest.mark.clause("BTH-3.4.5-a")
def test_what_has_to_be_mended_after_the_meeting_is_said_at_its_box(bth: Walk, visit: Visit, interim: str) -> None:
    house = bth.house
    bth.do(house.doctor, "draft_plan", interim, plan=PLAN)
    book(bth, interim, days=0)
    met = {"meeting_date": bth.today, "meeting_present": [house.doctor.id, house.manager.id]}
    bth.do(house.manager, "record_meeting", interim, **met, private_work_discussed=True)
    manager = at(bth, visit, house.manager, "update_plan", interim)
    page = manager.change("complete", {"spa-0-agreed": "", "spa-0-details": ""}, status=422)
    assert "Describe what it consists of." in page.text
    assert "Say that you discussed and agreed it at the meeting, or take it out." in page.text
    page = manager.change("complete", {"spa-0-agreed": "yes", "spa-0-details": "Two audits"})
    assert "You have completed “Bring the plan up to date”" in page.text


@pytest.mark.clause("BTH-3.4.5-b")
def test_a_split_between_employers_is_typed_and_shown(bth: Walk, visit: Visit, interim: str) -> None:
    bth.do(bth.house.doctor, "draft_plan", interim, plan={**PLAN, "spa_split": [
        {"holder": "This trust", "pas": "1.5", "agreed_by": "Dr Morgan"},
        {"holder": "Preston", "pas": "1", "agreed_by": ""},
    ]})  # fmt: skip
    pack = at(bth, visit, bth.house.manager, "read_pack", interim).page.text
    assert "Preston: 1 PAs, not agreed yet" in pack
    assert "Preston: say who agreed the split for this employer." in pack


def test_cumbria_is_not_asked_on_what_lines_rest(walk: Walk, visit: Visit, store: Store) -> None:
    house = walk.house
    with store() as session:
        case = open_case(session, house, process="team_planning")
        about_team = {"trust_id": house.trust.id, "team_id": house.team.id, "case_id": case.id}
        session.add(TeamPlan(**about_team, number=1, year="2027/28", content={}, session_on=TODAY, approved_at=NOW))
    about = {"subject": house.doctor.id, "team": house.team.id, "employment_start_date": walk.today}
    reference = walk.start(house.directorate, "individual_planning", kind="interim", **about)
    doctor = at(walk, visit, house.doctor, "draft_plan", reference)
    assert "What it rests on" not in doctor.change("add-dcc", {}).text


@pytest.mark.clause("CPFT-7.4-d")
def test_the_amd_can_let_teams_meet_together_while_agreeing_the_timetable(walk: Walk, visit: Visit) -> None:
    house = walk.house
    reference = walk.start(house.directorate, "planning_round", care_group=house.care_group.id)
    walk.do(house.amd, "record_objectives", reference, objectives="Cut waits", objectives_set_on=walk.today)
    propose(walk, reference)
    amd = at(walk, visit, house.amd, "agree_timetable", reference)
    assert "When are team plans due?" in amd.page.text
    page = amd.change("add-combined_sessions", {})
    assert house.team.name in page.text
    page = amd.change(
        "complete",
        {
            "answer-timetable_answer": "agreed",
            "combined_sessions-0-team": str(house.team.id),
            "combined_sessions-0-with_team": str(house.team.id),
            "combined_sessions-0-staff_numbers": "Three",
        },
        status=422,
    )
    assert "Row 1: say how the teams work together." in page.text
    assert walk.waiting(reference) == ["agree_timetable"]


@pytest.mark.clause("BTH-3.4.8.6-b")
def test_teaching_is_weighed_on_the_screen_of_the_team_plan(bth: Walk, visit: Visit) -> None:
    plan_round(bth)
    prepare_session(bth)
    house = bth.house
    bth.do(house.manager, "hold_session", team_session_date=bth.today, attendance=attendance(BTH_GROUPS))
    manager = at(bth, visit, house.manager, "draft_team_plan", "")
    assert "From 20% on" in manager.page.text
    manager.change("add-teaching_sessions", {})
    filled = {
        "requirements-0-requirement": "Teach students",
        "requirements-0-trust_objective": "Learning",
        "answer-plans_match": "Yes",
        "answer-lead_responsibilities": "Teaching: Dr Kowalska",
        "teaching_sessions-0-session": "Tuesday clinic",
        "teaching_sessions-0-workload": "12",
        "teaching_sessions-0-share": "25",
    }
    assert "Row 1: say how this teaching is funded." in manager.change("complete", filled, status=422).text
    more = {"teaching_sessions-0-funding": "Medical Education", "teaching_sessions-0-adjustment": "A clinic fewer"}
    assert "You have completed" in manager.change("complete", {**filled, **more}).text
    answer = at(bth, visit, house.doctor, "answer_team_plan", "").page.text
    assert (
        "Tuesday clinic: 25% teaching, workload 12, weighted 9. Funding: Medical Education. A clinic fewer." in answer
    )
