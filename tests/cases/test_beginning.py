"""A job plan that starts on a later day is agreed first, and in force from that day on: made so by any clock, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from sqlalchemy import update

from tests.cases.beginnings import APRIL, MAY, agreed, agreed_again, day_of, states
from tests.cases.conftest import SQLITE
from tests.cases.stages import accept, disagree, refuse, reply, sign, with_extra
from tests.cases.test_history import verify
from tests.cases.test_one_plan_at_a_time import review
from tests.cases.walk import Walk
from workflows import clock
from workflows.clock.beginning import begin_plans
from workflows.store.models import Person


def told(walk: Walk, person: Person) -> list[str]:
    """What somebody was told about plans in force, oldest first, without the title of the case."""
    return [notice.subject.split(": ")[-1] for notice in walk.notices(person) if notice.kind == "distribute"]


def test_a_plan_is_agreed_and_in_force_from_its_own_day_on(cpft: Walk) -> None:
    old = agreed(cpft, None)
    new = agreed_again(cpft, APRIL, "Kendal")
    assert states(cpft) == ["in_force", "agreed"]
    assert cpft.facts(new)["in_force_from"] == "2027-04-01"
    assert cpft.case(new).status == "closed", "nobody waits for the day"
    assert cpft.history(new).count("plan_agreed") == 1
    assert "plan_superseded" not in cpft.history(new)
    day_of(cpft, date(2027, 3, 31))
    assert states(cpft) == ["in_force", "agreed"], "the old version counts to the end of the day before"
    assert day_of(cpft, APRIL).done["plans_in_force"] == 1
    assert states(cpft) == ["superseded", "in_force"]
    assert cpft.history(new)[-2:] == ["plan_superseded", "plan_in_force"]
    assert cpft.history(old)[-1] != "plan_superseded"


@pytest.mark.parametrize("start", [None, date(2027, 3, 1), date(2027, 2, 1)])
@SQLITE
def test_a_plan_that_starts_today_earlier_or_on_no_day_of_its_own_is_in_force_at_once(
    cpft: Walk, start: date | None
) -> None:
    assert cpft.today == "2027-03-01"
    own = agreed(cpft, start)
    assert states(cpft) == ["in_force"]
    assert "plan_agreed" not in cpft.history(own)


@SQLITE
@pytest.mark.parametrize(
    ("instant", "status"),
    [(datetime(2027, 3, 31, 22, 59, 59, tzinfo=UTC), "agreed"), (datetime(2027, 3, 31, 23, tzinfo=UTC), "in_force")],
)
def test_the_day_begins_at_midnight_in_london_in_summer_time_too(cpft: Walk, instant: datetime, status: str) -> None:
    agreed(cpft, APRIL)
    clock.begin_day(cpft.session, at=instant)
    assert states(cpft) == [status]


def test_it_happens_once_however_often_a_clock_looks(cpft: Walk) -> None:
    own = agreed(cpft, APRIL)
    for _ in range(2):
        day_of(cpft, APRIL)
    day_of(cpft, date(2027, 4, 2))
    assert cpft.history(own).count("plan_in_force") == 1
    assert told(cpft, cpft.house.doctor) == ["agreed, in force from 1 April 2027", "in force"]


def test_several_clocks_together_put_a_plan_in_force_once(cpft: Walk) -> None:
    own, clocks = agreed(cpft, APRIL), 3
    cpft.set_day(APRIL)
    gate = Barrier(clocks)

    def look(_number: int) -> int:
        gate.wait(timeout=20)
        tally = clock.Tally()
        begin_plans(cpft.session, tally, cpft.at)
        return tally.done["plans_in_force"]

    with ThreadPoolExecutor(clocks) as pool:
        assert sorted(pool.map(look, range(clocks))) == [0, 0, 1]
    assert cpft.history(own).count("plan_in_force") == 1
    assert verify(cpft, own)


def test_a_clock_that_stood_still_for_a_week_catches_up_in_the_order_of_agreement(cpft: Walk) -> None:
    first = agreed(cpft, APRIL)
    second = agreed_again(cpft, date(2027, 4, 3), "Kendal")
    assert states(cpft) == ["agreed", "agreed"], "what starts later waits behind what starts sooner"
    assert day_of(cpft, date(2027, 4, 8)).done["plans_in_force"] == 2
    assert states(cpft) == ["superseded", "in_force"]
    for own in (first, second):
        assert cpft.events(own, "plan_in_force")[0].at == cpft.at
        assert verify(cpft, own)


@pytest.mark.parametrize("start", [None, APRIL])
def test_what_is_agreed_later_and_starts_no_later_takes_the_place_of_what_waits(cpft: Walk, start: date | None) -> None:
    agreed(cpft, APRIL)
    new = agreed_again(cpft, start, "Kendal")
    assert states(cpft) == ["superseded", "agreed" if start else "in_force"]
    assert "plan_superseded" in cpft.history(new)
    day_of(cpft, APRIL)
    assert states(cpft) == ["superseded", "in_force"]


@SQLITE
def test_the_draft_of_a_review_begins_with_what_was_agreed_last(cpft: Walk) -> None:
    agreed(cpft, None)
    agreed_again(cpft, APRIL, "Kendal")
    review(cpft)
    draft = cpft.plans(cpft.house.doctor)[-1]
    assert draft.content["activities"][0]["place"] == "Kendal"
    assert draft.content["effective_from"] is None


def test_everyone_with_a_right_to_it_is_told_before_and_on_the_day(cpft: Walk) -> None:
    house = cpft.house
    agreed(cpft, APRIL)
    day_of(cpft, APRIL)
    for person in (house.doctor, house.manager, house.directorate, house.hr, house.finance):
        assert told(cpft, person) == ["agreed, in force from 1 April 2027", "in force"], person.name
    first, second = (notice.words for notice in cpft.notices(house.hr) if notice.kind == "distribute")
    assert first.startswith("The plan is signed and checked. It comes into force on 1 April 2027;")
    assert "in force" in second
    assert told(cpft, house.amd) == []


@SQLITE
def test_a_plan_of_somebody_who_leaves_before_its_day_stays_as_it_was_agreed(cpft: Walk) -> None:
    agreed(cpft, APRIL)
    leaves(cpft, date(2027, 3, 31))
    day_of(cpft, APRIL)
    assert states(cpft) == ["agreed"]
    leaves(cpft, APRIL)
    day_of(cpft, date(2027, 4, 2))
    assert states(cpft) == ["in_force"], "the last day was put right"


def leaves(walk: Walk, day: date) -> None:
    with walk.session() as session:
        session.execute(update(Person).where(Person.id == walk.house.doctor.id).values(left_on=day))
        session.commit()


@SQLITE
def test_the_outcome_of_a_dispute_waits_for_the_same_day_as_what_was_undisputed(cpft: Walk) -> None:
    house = cpft.house
    own = refuse(cpft, {**with_extra(), "effective_from": APRIL.isoformat()})
    disagree(cpft, own, "friday-list")
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    assert states(cpft) == ["agreed"]
    reply(cpft, own, outcome="agreed_at_mediation", stands={"friday-list": "practitioner"})
    sign(cpft, own, house.manager, house.doctor)
    accept(cpft, own)
    assert states(cpft) == ["superseded", "agreed"]
    day_of(cpft, APRIL)
    assert states(cpft) == ["superseded", "in_force"]
    assert cpft.history(own).count("plan_in_force") == 1


@SQLITE
def test_moving_the_demonstrations_clock_puts_each_plan_in_force_as_its_day_begins(cpft: Walk) -> None:
    first = agreed(cpft, APRIL)
    second = agreed_again(cpft, MAY, "Kendal")
    with time_machine.travel(cpft.at, tick=False):
        clock.move_forward(cpft.session, until=cpft.at + timedelta(days=90))
    begun = [cpft.events(own, "plan_in_force")[0].at for own in (first, second)]
    assert begun == [datetime(2027, 3, 31, 23, tzinfo=UTC), datetime(2027, 4, 30, 23, tzinfo=UTC)]
    assert states(cpft) == ["superseded", "in_force"]
