"""Teams that meet in one session, because their AMD said so; and teaching weighed in the team's plan."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.cases.conftest import SQLITE
from tests.cases.stages import BTH_GROUPS, attendance, plan_round, plan_team, prepare_session, propose
from tests.cases.walk import Walk
from workflows.cases.acting import NotYours
from workflows.domain.errors import BadValues
from workflows.inbox import Viewer, panels
from workflows.store.models import Person, Post, Team, TeamPlan

pytestmark = SQLITE
GROUNDS = {"staff_numbers": "2 and 3 doctors", "interaction": "One rota and one ward"}


def neighbour(walk: Walk, *, care_group_id: int | None = None) -> int:
    """A second team with a manager of its own; returns its id."""
    house = walk.house
    with walk.session() as session:
        team = Team(
            trust_id=house.trust.id, care_group_id=care_group_id or house.care_group.id, name="Kendal community team"
        )
        session.add(team)
        session.flush()
        person = Person(trust_id=house.trust.id, name="Dr Neha Kapoor", email="neha.kapoor@cpft.example")
        session.add(person)
        session.flush()
        for role in ("clinical_manager", "practitioner"):
            session.add(
                Post(
                    trust_id=house.trust.id,
                    person_id=person.id,
                    role=role,
                    care_group_id=house.care_group.id,
                    team_id=team.id,
                    starts_on=walk.at.date().replace(year=2020),
                )
            )
        session.commit()
        return team.id


def proposed(walk: Walk) -> str:
    house = walk.house
    reference = walk.start(house.directorate, "planning_round", care_group=house.care_group.id)
    walk.do(house.amd, "record_objectives", reference, objectives="Cut waits", objectives_set_on=walk.today)
    propose(walk, reference)
    return reference


def agree(walk: Walk, reference: str, rows: list[dict[str, Any]]) -> None:
    walk.do(walk.house.amd, "agree_timetable", reference, timetable_answer="agreed", combined_sessions=rows)


def expected(walk: Walk, team: str) -> tuple[panels.TeamPanel, set[str]]:
    """What the screen of the session shows, and who is expected at it."""
    manager = walk.house.manager
    with walk.session() as session:
        wanted = select(Team.id).where(Team.name == team)
        assert session.scalar(wanted)
        step = walk.step(manager, "hold_session")
        panel = panels.panel_of(session, viewer=Viewer(manager.id, manager.trust_id), step_id=step, now=walk.at)
    assert isinstance(panel, panels.TeamPanel)
    return panel, {name for _, name in panel.expected}


@pytest.mark.clause("CPFT-7.4-d")
def test_teams_that_the_amd_combines_are_expected_at_one_session(cpft: Walk) -> None:
    house = cpft.house
    other = neighbour(cpft)
    reference = proposed(cpft)
    agree(cpft, reference, [{"team": str(house.team.id), "with_team": str(other), **GROUNDS}])
    cpft.do(house.directorate, "issue_timetable", reference, timetable_issued_on=cpft.today)
    prepare_session(cpft)
    panel, names = expected(cpft, house.team.name)
    assert "Dr Neha Kapoor" in names
    assert house.manager.name in names
    assert [(one.with_team, one.staff_numbers, one.interaction) for one in panel.together] == [
        ("Kendal community team", *GROUNDS.values())
    ]


@pytest.mark.clause("CPFT-7.4-d")
def test_teams_meet_apart_unless_the_amd_combines_them(cpft: Walk) -> None:
    house = cpft.house
    neighbour(cpft)
    plan_round(cpft)
    prepare_session(cpft)
    panel, names = expected(cpft, house.team.name)
    assert "Dr Neha Kapoor" not in names
    assert panel.together == ()


@pytest.mark.clause("CPFT-7.4-d")
@pytest.mark.parametrize("lacking", ["staff_numbers", "interaction"])
def test_teams_are_combined_only_with_their_grounds(cpft: Walk, lacking: str) -> None:
    other = neighbour(cpft)
    reference = proposed(cpft)
    row = {"team": str(cpft.house.team.id), "with_team": str(other), **GROUNDS, lacking: ""}
    with pytest.raises(BadValues) as refused:
        agree(cpft, reference, [row])
    assert list(refused.value.problems) == [f"combined_sessions.0.{lacking}"]


@pytest.mark.clause("CPFT-7.4-d")
def test_nobody_but_the_amd_of_the_care_group_combines_teams(cpft: Walk) -> None:
    other = neighbour(cpft)
    reference = proposed(cpft)
    step = cpft.step(cpft.house.amd, "agree_timetable", reference)
    rows = [{"team": str(cpft.house.team.id), "with_team": str(other), **GROUNDS}]
    for person in (cpft.house.manager, cpft.house.directorate, cpft.house.service_manager):
        with pytest.raises(NotYours):
            cpft.complete(person, step, timetable_answer="agreed", combined_sessions=rows)


@pytest.mark.parametrize("named", ["own", "elsewhere", "nonsense"])
def test_a_team_meets_with_another_one_of_its_care_group(cpft: Walk, bth: Walk, named: str) -> None:
    neighbour(cpft)
    reference = proposed(cpft)
    wrong = {"own": str(cpft.house.team.id), "elsewhere": str(bth.house.team.id), "nonsense": "x"}[named]
    with pytest.raises(BadValues) as refused:
        agree(cpft, reference, [{"team": str(cpft.house.team.id), "with_team": wrong, **GROUNDS}])
    assert "combined_sessions.0.with_team" in refused.value.problems


TAUGHT = {
    "session": "Tuesday clinic",
    "workload": "12",
    "share": "25",
    "funding": "Medical Education",
    "adjustment": "One clinic a month moves to the registrar",
}


@pytest.mark.clause("BTH-3.4.8.6-b")
def test_the_team_plan_keeps_teaching_sessions_with_their_weighted_workload(bth: Walk) -> None:
    plan_round(bth)
    prepare_session(bth)
    house = bth.house
    bth.do(house.manager, "hold_session", team_session_date=bth.today, attendance=attendance(BTH_GROUPS))
    bth.do(
        house.manager,
        "draft_team_plan",
        plans_match="One clinic fewer while there are students",
        lead_responsibilities="Teaching: Dr Kowalska",
        requirements=[{"requirement": "Teach students", "trust_objective": "Learning", "lead": ""}],
        teaching_sessions=[TAUGHT],
    )
    for doctor in (house.doctor, house.colleague):
        bth.do(doctor, "answer_team_plan", team_answer="agree")
    bth.do(house.amd, "approve_team_plan", team_approval="approved")
    with bth.session() as session:
        kept = session.scalars(select(TeamPlan.content).order_by(TeamPlan.id.desc())).first()
    assert kept is not None
    assert kept["teaching_sessions"] == [{**TAUGHT, "weighted": "9"}]


def test_cumbria_does_not_weigh_teaching(cpft: Walk) -> None:
    plan_round(cpft)
    prepare_session(cpft)
    groups = ("service_manager", "clinical_manager", "nursing_quality_manager", "practitioners", "decision_makers")
    cpft.do(cpft.house.manager, "hold_session", team_session_date=cpft.today, attendance=attendance(groups))
    with pytest.raises(BadValues):
        cpft.do(
            cpft.house.manager,
            "draft_team_plan",
            plans_match="Yes",
            lead_responsibilities="None",
            requirements=[{"requirement": "Clinics", "trust_objective": "Access", "lead": ""}],
            teaching_sessions=[TAUGHT],
        )


def test_a_round_without_combined_sessions_plans_as_ever(cpft: Walk) -> None:
    plan_round(cpft)
    plan_team(cpft)
    assert cpft.case_of(cpft.house.doctor)
