"""Many people at once: nothing is lost, nothing is done twice, parents go on when their last child has closed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete

from tests.cases import sketches
from tests.cases.conftest import SQLITE
from tests.cases.stages import (
    agree,
    answer_team_plan,
    hold_session,
    meet,
    plan_round,
    plan_team,
    prepare,
    prepare_session,
    session_booked,
    sign,
    start_plan,
)
from tests.cases.walk import Walk
from tests.factories import add_person, add_post
from workflows.cases import Completed, StepGone
from workflows.engine import runner
from workflows.engine.moves import Acting
from workflows.store import LostRace, begin_write
from workflows.store.models import CareGroup, Person, Post

POSTGRES = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
VOTERS = 20


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Each deed in a thread of its own, all starting together; what one raises stands in its place."""
    gate = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        gate.wait(timeout=30)
        try:
            return deed()
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            return fault

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def voters(walk: Walk) -> list[Person]:
    """Twenty doctors in the team."""
    house = walk.house
    with walk.session() as session:
        session.expire_on_commit = False
        people = [house.doctor, house.colleague]
        for number in range(VOTERS - 2):
            person = add_person(session, trust=house.trust, name=f"Dr Voter {number:02d}")
            add_post(session, person=person, role="practitioner", care_group=house.care_group, team=house.team)
            people.append(person)
        session.commit()
    return people


def test_whoever_saw_a_case_as_it_was_before_starts_anew_before_anything_is_written(cpft: Walk) -> None:
    house, own = cpft.house, start_plan(cpft)
    seen = cpft.case(own)
    prepare(cpft, own)
    with cpft.session() as late:
        begin_write(late)
        with pytest.raises(LostRace):
            runner.open_move(late, case=seen, now=cpft.at, by=Acting(house.doctor.id))


@pytest.mark.slow
def test_twenty_people_completing_twenty_steps_of_one_case_at_once_are_all_heard(cpft: Walk) -> None:
    people = voters(cpft)
    sketches.publish(cpft, sketches.VOTE)
    house = cpft.house
    own = cpft.start(house.directorate, "disagreement", team=house.team.id)
    steps = {person.id: cpft.step(person, "vote", own) for person in people}

    def vote(person: Person) -> Callable[[], object]:
        return lambda: cpft.complete(person, steps[person.id], ballot=f"ballot of {person.id}")

    results = at_once(*(vote(person) for person in people))
    assert [one for one in results if not isinstance(one, Completed)] == []
    case = cpft.case(own)
    assert case.status == "closed"
    assert cpft.ballots(own) == {str(person.id): f"ballot of {person.id}" for person in people}
    assert cpft.history(own).count("step_completed") == VOTERS
    assert case.event_count == len(cpft.history(own))


def test_of_two_people_with_the_same_step_one_wins_and_the_other_is_told_that_it_is_gone(cpft: Walk) -> None:
    house = cpft.house
    the_round = cpft.start(house.directorate, "planning_round", care_group=house.care_group.id)
    cpft.do(house.amd, "record_objectives", the_round, objectives="Cut waits", objectives_set_on=cpft.today)
    step = cpft.step(house.directorate, "propose_timetable")

    def propose(person: Person, day: str) -> Callable[[], object]:
        return lambda: cpft.complete(person, step, team_plans_due=day, individual_plans_due="2027-06-01")

    results = at_once(propose(house.directorate, "2027-04-01"), propose(house.second_directorate, "2027-04-02"))
    assert sorted(type(one).__name__ for one in results) == ["Completed", "StepGone"]
    assert cpft.waiting(the_round) == ["agree_timetable"]
    gone = next(one for one in results if isinstance(one, StepGone))
    assert "completed" in gone.sentence


@POSTGRES
def test_of_two_who_start_the_same_round_at_once_one_is_told_that_it_is_under_way(cpft: Walk) -> None:
    house = cpft.house

    def start(person: Person) -> Callable[[], object]:
        return lambda: cpft.start(person, "planning_round", care_group=house.care_group.id)

    results = at_once(*(start(person) for person in (house.directorate, house.second_directorate) * 3))
    assert sorted(type(one).__name__ for one in results) == ["AlreadyRunning"] * 5 + ["str"]
    assert cpft.waiting() == ["record_objectives"]


@POSTGRES
@pytest.mark.slow
def test_when_the_last_two_children_close_at_once_the_parent_goes_on_once(cpft: Walk) -> None:
    house = cpft.house
    plan_round(cpft)
    plan_team(cpft)
    team = cpft.newest("team_planning")
    last: list[Callable[[], object]] = []
    for doctor in (house.doctor, house.colleague):
        own = cpft.case_of(doctor)
        prepare(cpft, own, doctor)
        meet(cpft, own, doctor)
        agree(cpft, own, doctor)
        sign(cpft, own, doctor, house.manager)
        cpft.do(house.directorate, "check_plan", own, check_answer="accepted")
        last.append(finish(cpft, own))
    results = at_once(*last)
    assert [one for one in results if isinstance(one, Exception)] == []
    cpft.tick()
    assert cpft.case(team).status == "closed"
    assert cpft.history(team).count("case_closed") == 1
    assert cpft.waiting() == ["write_round_report"]


def finish(walk: Walk, own: str) -> Callable[[], object]:
    """The step that closes a doctor's case, and a clock that looks at once."""
    step = walk.step(walk.house.hr, "compare_contract", own)

    def deed() -> object:
        walk.complete(walk.house.hr, step, hr_answer="matches")
        return walk.tick()

    return deed


@POSTGRES
def test_a_plan_started_in_the_very_moment_of_the_approval_does_not_wait_for_ever(cpft: Walk) -> None:
    house = cpft.house
    plan_round(cpft)
    plan_team_to_approval(cpft)
    step = cpft.step(house.amd, "approve_team_plan")
    about = {"kind": "in_year", "subject": house.doctor.id, "team": house.team.id, "change_reason": "New clinic"}
    results = at_once(
        lambda: cpft.complete(house.amd, step, team_approval="approved"),
        lambda: cpft.start(house.doctor, "individual_planning", **about),
    )
    assert [one for one in results if isinstance(one, Exception)] == []
    cpft.tick()
    assert cpft.case(str(results[1])).stage != "Wait for the team plan"


def plan_team_to_approval(walk: Walk) -> None:
    """Only the AMD's approval is missing."""
    prepare_session(walk)
    hold_session(walk)
    answer_team_plan(walk)


@SQLITE
def test_a_team_without_doctors_closes_with_its_plan_and_its_round_goes_on(cpft: Walk) -> None:
    house = cpft.house
    with cpft.session() as session:
        for person in (house.doctor, house.colleague):
            session.execute(delete(Post).where(Post.person_id == person.id))
        session.commit()
    plan_round(cpft)
    cpft.do(house.manager, "prepare_session", session_requirements="x", **session_booked(cpft))
    cpft.do(house.service_manager, "prepare_service_figures", capacity="x", service_activities="x", developments="x")
    hold_session(cpft)
    cpft.do(house.amd, "approve_team_plan", team_approval="approved")
    assert cpft.case(cpft.newest("team_planning")).status == "closed"
    assert cpft.waiting() == ["write_round_report"]


@SQLITE
def test_a_round_of_a_care_group_without_teams_goes_straight_to_its_report(cpft: Walk) -> None:
    house = cpft.house
    with cpft.session() as session:
        empty = CareGroup(trust_id=house.trust.id, name="Dentistry")
        session.add(empty)
        session.flush()
        session.add(
            Post(
                trust_id=house.trust.id,
                person_id=house.medical_director.id,
                role="amd",
                care_group_id=empty.id,
                starts_on=cpft.at.date(),
            )
        )
        session.commit()
        number = empty.id
    the_round = cpft.start(house.directorate, "planning_round", care_group=number)
    director = house.medical_director
    cpft.do(director, "record_objectives", the_round, objectives="Teeth", objectives_set_on=cpft.today)
    dates = {"team_plans_due": "2027-04-01", "individual_plans_due": "2027-06-01"}
    cpft.do(house.directorate, "propose_timetable", the_round, **dates)
    cpft.do(director, "agree_timetable", the_round, timetable_answer="agreed")
    cpft.do(house.directorate, "issue_timetable", the_round, timetable_issued_on=cpft.today)
    assert cpft.waiting(the_round) == ["write_round_report"]
