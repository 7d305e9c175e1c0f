"""The clock: what is due happens once, whoever looks; failures are told, tried again and settled."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine

from tests.cases import sketches
from tests.cases.conftest import SQLITE
from tests.cases.stages import disagree, plan_round, refuse, start_plan
from tests.cases.walk import PLAN, Walk
from tests.factories import NOW, open_case, open_deadline, plan_firing
from workflows import clock, front_door
from workflows.clock import running, ticking
from workflows.domain.errors import Unsound
from workflows.store import heartbeats
from workflows.store.models import Firing

CLOCKS = 4


def appeal(walk: Walk, xml: str = sketches.APPEAL, *, checked: bool = True) -> str:
    """A case whose appeal runs from today, due on 15 March."""
    reference = sketches.run(walk, xml, checked=checked)
    walk.do(walk.house.directorate, "record_outcome", reference)
    return reference


def tick_together(walk: Walk, clocks: int = CLOCKS) -> list[clock.Tally]:
    """Several clocks look at the very same moment, each with connections of its own."""
    gate = Barrier(clocks)

    def look(_number: int) -> clock.Tally:
        gate.wait(timeout=20)
        return walk.tick()

    with ThreadPoolExecutor(clocks) as pool:
        return list(pool.map(look, range(clocks)))


def test_several_clocks_together_fire_each_thing_once(cpft: Walk) -> None:
    house = cpft.house
    own = appeal(cpft)
    others = [cpft.start(house.directorate, "disagreement", subject=one.id, team=house.team.id) for one in (house.hr,)]
    for reference in others:
        cpft.do(house.directorate, "record_outcome", reference)
    cpft.at = datetime(2027, 3, 16, 8, tzinfo=UTC)
    tallies = tick_together(cpft)
    cpft.tick()
    assert sum(tally.done["due"] for tally in tallies) == 2
    for reference in (own, *others):
        assert cpft.history(reference).count("timer_fired") == 1
        assert cpft.history(reference).count("deadline_lapsed") == 1
        assert cpft.waiting(reference) == ["admit_late"]
    with cpft.session() as session:
        assert {row.status for row in session.query(Firing)} <= {"fired", "overtaken", "void"}
    assert cpft.incidents() == []


def test_several_clocks_together_start_each_team_once(cpft: Walk) -> None:
    house = cpft.house
    the_round = cpft.start(house.directorate, "planning_round", care_group=house.care_group.id)
    cpft.do(house.amd, "record_objectives", the_round, objectives="Cut waits", objectives_set_on=cpft.today)
    dates = {"team_plans_due": "2027-04-01", "individual_plans_due": "2027-06-01"}
    cpft.do(house.directorate, "propose_timetable", the_round, **dates)
    cpft.do(house.amd, "agree_timetable", the_round, timetable_answer="agreed")
    cpft.complete(house.directorate, cpft.step(house.directorate, "issue_timetable"), timetable_issued_on=cpft.today)
    tallies = tick_together(cpft)
    assert sum(tally.done["delivered"] for tally in tallies) == 1
    assert len(cpft.steps(cpft.newest("team_planning"), "prepare_session")) == 1


def test_a_move_of_time_that_fails_rolls_back_whole_is_told_and_settles_when_it_goes_through(cpft: Walk) -> None:
    house = cpft.house
    own = appeal(cpft, sketches.FAULTY, checked=False)
    cpft.at = datetime(2027, 3, 16, 8, tzinfo=UTC)
    before = cpft.case(own)
    assert cpft.tick().done["failed"] == 1
    after = cpft.case(own)
    assert (after.event_count, after.state) == (before.event_count + 1, before.state), "nothing but the line on it"
    assert cpft.deadlines(own)["lodge_appeal"] == "open", "nothing of the move is left, not even the lapse"
    [incident] = cpft.incidents()
    assert (incident.element, incident.case_id, incident.times, incident.status) == ("much", after.id, 1, "open")
    assert incident.sentence.endswith(".")
    assert "Traceback" not in incident.sentence
    cpft.at += timedelta(seconds=9)
    assert cpft.tick().done["failed"] == 0, "not before its time"
    for wait, times in ((timedelta(seconds=1), 2), (timedelta(minutes=1), 3), (timedelta(minutes=10), 4)):
        cpft.at += wait
        assert cpft.tick().done["failed"] == 1
        assert [one.times for one in cpft.incidents()] == [times]
    cpft.do(house.directorate, "enter_amount", own, amount=5)
    cpft.at += timedelta(hours=1)
    assert cpft.tick().done["due"] == 1
    assert "go_on" in cpft.waiting(own)
    assert [one.status for one in cpft.incidents()] == ["settled"]
    assert incident_lines(cpft, own) == ["incident_recorded", "incident_settled"], "once, however often it was tried"


@SQLITE
def test_a_failure_in_one_case_does_not_hold_up_the_others(cpft: Walk) -> None:
    house = cpft.house
    own = appeal(cpft, sketches.FAULTY, checked=False)
    fine = cpft.start(house.directorate, "disagreement", subject=house.colleague.id, team=house.team.id)
    cpft.do(house.directorate, "record_outcome", fine)
    cpft.do(house.directorate, "enter_amount", fine, amount=5)
    cpft.at = datetime(2027, 3, 16, 8, tzinfo=UTC)
    cpft.tick()
    assert "go_on" in cpft.waiting(fine)
    assert "go_on" not in cpft.waiting(own)


def test_a_persons_step_that_the_diagram_cannot_take_is_told_to_them_and_kept_as_an_incident(cpft: Walk) -> None:
    house = cpft.house
    own = appeal(cpft, sketches.FAULTY, checked=False)
    step = cpft.step(house.doctor, "look_at", own)
    before = cpft.case(own)
    for _ in range(2):
        with pytest.raises(Unsound) as fault:
            cpft.complete(house.doctor, step, seen="x")
        assert fault.value.element == "much"
    after = cpft.case(own)
    assert (after.event_count, after.state) == (before.event_count + 1, before.state), "nothing but the line on it"
    assert "seen" not in cpft.facts(own)
    assert cpft.step(house.doctor, "look_at", own) == step, "the step still waits for them"
    [incident] = cpft.incidents()
    assert (incident.element, incident.times, incident.status) == ("much", 2, "open")
    cpft.do(house.directorate, "enter_amount", own, amount=5)
    cpft.do(house.doctor, "look_at", own, seen="x")
    assert [one.status for one in cpft.incidents()] == ["settled"]
    assert incident_lines(cpft, own) == ["incident_recorded", "incident_settled"]


def incident_lines(walk: Walk, reference: str) -> list[str]:
    """What the history of a case says of incidents."""
    return [kind for kind in walk.history(reference) if kind.startswith("incident_")]


def test_a_case_of_a_kind_that_is_not_published_yet_is_started_once_when_it_is(cpft: Walk) -> None:
    sketches.publish_without(cpft, "processes/disagreement.bpmn", *sketches.STAGES)
    own = refuse(cpft, PLAN)
    disagree(cpft, own, "clinic")
    for _ in range(3):
        cpft.pass_time(hours=2)
    assert cpft.newest("disagreement") == ""
    assert cpft.incidents() == []
    sketches.publish(cpft, sketches.APPEAL)
    cpft.pass_time(hours=2)
    started = cpft.case(cpft.newest("disagreement"))
    assert started.parent_id == cpft.case(own).id
    assert started.subject_id == cpft.house.doctor.id
    cpft.pass_time(days=2)
    assert [message.status for message in cpft.outbox(own)] == ["delivered"]
    with cpft.session() as session:
        assert session.query(type(started)).where(type(started).process == "disagreement").count() == 1


@SQLITE
def test_moving_the_demonstrations_clock_does_what_is_due_in_order_each_at_its_own_instant(cpft: Walk) -> None:
    own = appeal(cpft)
    interim = start_plan(cpft, kind="interim", employment_start_date=cpft.today)
    with time_machine.travel(NOW, tick=False):
        tally = clock.move_forward(cpft.session, until=NOW + timedelta(days=40))
        assert clock.now(cpft.session(), demonstration=True) == NOW + timedelta(days=40)
        assert clock.now(cpft.session(), demonstration=False) == NOW
        assert not clock.move_forward(cpft.session, until=NOW + timedelta(days=3)), "time never goes back"
        assert clock.now(cpft.session(), demonstration=True) == NOW + timedelta(days=40)
    assert tally.done == {"remind": 5, "due": 2, "escalate": 1}
    with cpft.session() as session:
        fired = session.query(Firing).where(Firing.status == "fired").order_by(Firing.fired_at)
        assert [row.fired_at for row in fired] == [row.at for row in fired]
    assert cpft.events(own, "deadline_lapsed")[0].at == cpft.deadline(own, "lodge_appeal").due_at
    assert cpft.deadlines(interim)["interim_plan"] == "missed"


@SQLITE
def test_a_clock_leaves_a_sign_of_life_with_how_late_it_was(cpft: Walk) -> None:
    with time_machine.travel(NOW, tick=False), cpft.session() as session:
        front_door.perform(session, running.sign_of_life, clock="here:1", lateness_ms=1200)
        front_door.perform(session, running.sign_of_life, clock="here:1", lateness_ms=0)
        last = heartbeats.latest(session)
    assert last is not None
    assert (last.clock, last.beaten_at, last.lateness_ms) == ("here:1", NOW, 0)


@SQLITE
def test_a_look_with_nothing_due_leaves_the_last_lateness_standing(cpft: Walk) -> None:
    assert cpft.tick().lateness_ms is None
    with cpft.session() as session:
        front_door.perform(session, running.sign_of_life, clock="here:1", lateness_ms=1200)
        front_door.perform(session, running.sign_of_life, clock="here:1", lateness_ms=cpft.tick().lateness_ms)
        last = heartbeats.latest(session)
    assert last is not None
    assert last.lateness_ms == 1200


@SQLITE
def test_what_was_due_before_anybody_planned_it_does_not_make_the_clock_late(cpft: Walk) -> None:
    beating = running.Beating(cpft.session, demonstration=False)
    seen, long_ago = [], NOW - timedelta(days=10)
    with time_machine.travel(NOW, tick=False) as travelled:
        beating.beat()
        for _ in range(2):
            with cpft.session() as session:
                plan_firing(session, open_deadline(session, open_case(session, cpft.house)), at=long_ago)
                session.commit()
            travelled.shift(timedelta(seconds=3))
            beating.beat()
            with cpft.session() as session:
                seen.append(heartbeats.latest(session))
            beating.looked_at = None  # as for a clock that has only just been started
    assert [sign.lateness_ms for sign in seen if sign] == [3000, (10 * 24 * 3600 + 6) * 1000]


@SQLITE
def test_a_clock_that_has_much_to_catch_up_with_shows_itself_on_the_way(
    cpft: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    appeal(cpft)
    monkeypatch.setattr(ticking, "TOGETHER", 1)
    shown: list[int] = []
    tally = clock.tick(cpft.session, at=NOW + timedelta(days=40), alive=lambda: shown.append(1))
    assert len(shown) == sum(tally.done.values()) == 3


@SQLITE
def test_moving_the_clock_past_what_always_fails_tries_it_once_and_not_for_ever(cpft: Walk) -> None:
    own = appeal(cpft, sketches.FAULTY, checked=False)
    with time_machine.travel(NOW, tick=False):
        tally = clock.move_forward(cpft.session, until=NOW + timedelta(days=40))
        assert clock.now(cpft.session(), demonstration=True) == NOW + timedelta(days=40)
    assert tally.done["failed"] == 1
    assert [one.times for one in cpft.incidents()] == [1]
    assert cpft.deadlines(own)["lodge_appeal"] == "open"


@SQLITE
def test_a_look_at_an_idle_trust_does_nothing(cpft: Walk) -> None:
    plan_round(cpft)
    assert not cpft.tick()
