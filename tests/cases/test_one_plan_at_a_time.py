"""A doctor's plan is worked on in one case at a time; its versions are numbered in the order they came into force."""

import pytest

from tests.cases.stages import (
    CPFT_GROUPS,
    accept,
    agree,
    approved_team_plan,
    meet,
    plan_round,
    plan_team,
    prepare,
    sign,
)
from tests.cases.walk import PLAN, Walk
from workflows.cases.starting import AlreadyRunning
from workflows.store.models import PlanVersion


def review(walk: Walk, *, year: str = "2027/28") -> str:
    """The doctor asks for a review during the year."""
    house = walk.house
    about = {"subject": house.doctor.id, "team": house.team.id, "change_reason": "New clinic"}
    return walk.start(house.doctor, "individual_planning", kind="in_year", year=year, **about)


def finish_review(walk: Walk, reference: str) -> None:
    """The review, to the plan in force."""
    house = walk.house
    effects = {"effect_on_service": "More clinics", "effect_on_team": "None"}
    walk.do(
        house.doctor, "describe_change", reference, changed_on=walk.today, what_changed="One clinic more", **effects
    )
    walk.do(house.doctor, "draft_plan", reference, plan=PLAN)
    walk.do(house.manager, "read_pack", reference, pack_read="read")
    meet(walk, reference)
    agree(walk, reference)
    sign(walk, reference, house.doctor, house.manager)
    accept(walk, reference)


def test_a_second_plan_of_a_doctor_is_not_started_by_hand_while_one_of_another_year_is_open(cpft: Walk) -> None:
    house = cpft.house
    approved_team_plan(cpft)
    own = review(cpft, year="2026/27")
    with pytest.raises(AlreadyRunning) as refused:
        cpft.start(house.directorate, "individual_planning", subject=house.doctor.id, team=house.team.id)
    assert own in refused.value.sentence


def test_the_yearly_plan_waits_until_the_review_of_the_same_doctor_has_closed(cpft: Walk) -> None:
    house = cpft.house
    approved_team_plan(cpft, year="2026/27")
    own = review(cpft, year="2026/27")
    plan_round(cpft)
    plan_team(cpft, CPFT_GROUPS)
    team = cpft.newest("team_planning")
    assert cpft.case_of(house.doctor) == own, "the yearly one has not been started"
    assert cpft.case_of(house.colleague) != "", "the others' have"
    finish_review(cpft, own)
    assert cpft.case(own).status == "closed"
    assert cpft.case(team).status == "open", "it still has a case to start"
    cpft.pass_time(hours=1)
    annual = cpft.case(cpft.case_of(house.doctor))
    assert (annual.year, annual.parent_id) == ("2027/28", cpft.case(team).id)
    assert [plan.status for plan in cpft.plans(house.doctor)] == ["in_force", "draft"]
    assert cpft.incidents() == []


def test_a_draft_older_than_the_plan_in_force_takes_the_next_number(cpft: Walk) -> None:
    house = cpft.house
    approved_team_plan(cpft)
    own = cpft.start(house.directorate, "individual_planning", subject=house.doctor.id, team=house.team.id)
    prepare(cpft, own)
    [draft] = cpft.plans(house.doctor)
    assert draft.number == 1
    with cpft.session() as session:
        values = {"trust_id": draft.trust_id, "person_id": draft.person_id, "case_id": draft.case_id}
        session.add(
            PlanVersion(**values, number=2, status="in_force", content=draft.content, written_at=draft.written_at)
        )
        session.commit()
    meet(cpft, own)
    agree(cpft, own)
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    assert [(plan.number, plan.status) for plan in cpft.plans(house.doctor)] == [(2, "superseded"), (3, "in_force")]
