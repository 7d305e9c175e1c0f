"""Yearly reviews: who is overdue, who is told, how long a change waits, and the list for an appraisal."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from tests.cases import reviewing
from tests.cases.stages import accept, agree, prepare, sign, to_signatures
from tests.cases.test_reviews import PLANNED, changed, held, start_plan_of
from tests.cases.walk import Walk
from tests.factories import World
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]


def planned(walk: Walk) -> None:
    """Dr Osei's plan is in force; the meeting was on 1 March 2027."""
    own = to_signatures(walk, plan=PLANNED)
    sign(walk, own, walk.house.doctor, walk.house.manager)
    accept(walk, own)


def on(day: date) -> time_machine.travel:
    """That day, at half past nine."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC), tick=False)


def told(walk: Walk, who: Person) -> list[str]:
    return [notice.subject for notice in walk.notices(who) if notice.kind == "yearly_review"]


@pytest.mark.clause("CPFT-7.7.1", "BTH-2-b")
def test_both_sides_are_prompted_before_a_year_has_passed_and_the_amd_is_told_when_it_is_overdue(walk: Walk) -> None:
    house = walk.house
    planned(walk)
    walk.set_day(date(2027, 12, 30))
    walk.next_day()
    assert told(walk, house.doctor) == [], "more than two months before"
    walk.next_day()
    walk.next_day()
    assert told(walk, house.doctor) == ["Yearly review of Dr Amina Osei: due soon"]
    assert told(walk, house.manager) == told(walk, house.doctor)
    walk.next_day()
    assert len(told(walk, house.doctor)) == 1, "once of each rung"
    assert told(walk, house.amd) == []
    walk.set_day(date(2028, 3, 1))
    walk.next_day()
    assert told(walk, house.amd) == ["Yearly review of Dr Amina Osei: overdue"]
    assert told(walk, house.colleague) == [], "nobody else's business"


@pytest.mark.clause("CPFT-7.7.1", "BTH-2-b")
def test_each_doctor_shows_as_overdue_a_year_after_the_last_full_review(world: World, visit: Visit, walk: Walk) -> None:
    planned(walk)
    manager = visit(world.cpft.manager)
    page = manager.open("/reviews")
    assert "No yearly review is overdue." in page.text
    assert "1 March 2028" in page.text
    assert "In time" in page.text
    with on(date(2028, 3, 11)):
        page = visit(world.cpft.amd).open("/reviews")
        assert "1 review is overdue." in page.text
        assert "10 days overdue" in page.text
        assert "Dr Ben Carver" in page.text, "who has no review yet"
        page = visit(world.cpft.doctor).open("/reviews")
        assert "10 days overdue" in page.text
        assert "Dr Ben Carver" not in page.text
        assert "Dr Amina Osei" not in visit(world.bth.directorate).open("/reviews").text
        assert "There is nobody here" in visit(world.cpft.finance).open("/reviews").text


@pytest.mark.clause("CPFT-7.7.1")
def test_a_review_during_the_year_does_not_move_the_day_and_a_full_one_does(
    world: World, visit: Visit, walk: Walk
) -> None:
    house = walk.house
    planned(walk)
    walk.at += timedelta(days=100)
    own = changed(walk, house.doctor)
    finish(walk, held(walk, own))
    with on(walk.at.date()):
        assert "1 March 2028" in visit(world.cpft.manager).open("/reviews").text
    walk.at += timedelta(days=100)
    own = start_plan_of(walk, "2027/28")
    prepare(walk, own, plan=PLANNED)
    finish(walk, held(walk, own))
    with on(walk.at.date()):
        assert "17 September 2028" in visit(world.cpft.manager).open("/reviews").text


def finish(walk: Walk, own: str) -> None:
    """From the meeting to the plan in force."""
    reviewing.record(walk, own)
    walk.do(walk.house.manager, "update_plan", own, plan=PLANNED)
    agree(walk, own)
    sign(walk, own, walk.house.doctor, walk.house.manager)
    accept(walk, own)


@pytest.mark.clause("CPFT-7.7.4-a")
def test_a_significant_change_shows_the_days_since_its_report_until_the_review_is_held(
    world: World, visit: Visit, walk: Walk
) -> None:
    planned(walk)
    own = changed(walk, world.cpft.doctor, significant_change_date=walk.today)
    with on(date(2027, 3, 13)):
        assert "1 March 2027: 12 days ago." in visit(world.cpft.doctor).open(f"/cases/{own}").text
    walk.set_day(date(2027, 3, 16))
    held(walk, own)
    with on(date(2027, 3, 20)):
        assert "The review was held 15 days after that." in visit(world.cpft.manager).open(f"/cases/{own}").text


@pytest.mark.clause("CPFT-7.2.1-j")
def test_the_spa_activities_of_a_plan_are_taken_out_for_the_appraisal(world: World, visit: Visit, walk: Walk) -> None:
    planned(walk)
    doctor = visit(world.cpft.doctor)
    [plan] = [one.id for one in walk.plans(world.cpft.doctor)]
    link = next(each for each in doctor.open(f"/plans/{plan}").links if each.endswith("supporting.csv"))
    text = doctor.client.get(link).get_data(as_text=True)
    heading, line = text.strip().splitlines()
    assert heading.lstrip("\ufeff").startswith("Activity,Kind,Day")
    assert line.startswith("Audit and revalidation,Core,Friday,09:00,13:00,Penrith,2.5")
    assert visit(world.cpft.colleague).client.get(link).status_code in (403, 404)
