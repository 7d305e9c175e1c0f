"""A plan that is agreed and not yet in force: every page says from when it counts, and which version applies today."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine

from tests.cases.beginnings import APRIL, MAY, agreed, agreed_again, day_of
from tests.cases.stages import prepare, start_plan
from tests.cases.test_one_plan_at_a_time import review
from tests.cases.walk import Walk
from tests.factories import House
from tests.webapp.test_subject import take_out
from tests.webapp.visitor import Visitor
from workflows import cases
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
IN_APRIL = datetime(2027, 4, 1, 9, 30, tzinfo=UTC)


def plan(walk: Walk, number: int) -> str:
    """The address of a version of the doctor's plan."""
    return f"/plans/{walk.plans(walk.house.doctor)[number - 1].id}"


def test_a_plan_says_from_when_it_counts_and_which_version_applies_until_then(walk: Walk, visit: Visit) -> None:
    agreed(walk, None)
    agreed_again(walk, APRIL, "Kendal")
    for person in (walk.house.doctor, walk.house.manager, walk.house.hr, walk.house.finance):
        reader = visit(person)
        new = reader.open(plan(walk, 2))
        assert "Not yet in force Agreed, in force from Thursday 1 April 2027. Version 1 applies until then." in new.text
        assert plan(walk, 1) in new.links
        old = reader.open(plan(walk, 1))
        assert "This version has been in force since Monday 1 March 2027." in old.text
        assert "Version 2 is agreed, and takes its place on Thursday 1 April 2027." in old.text
        assert "Version 2 agreed, in force from 1 April 2027" in old.text, "in the list of versions"


def test_on_its_day_the_plan_is_in_force_on_every_page(walk: Walk, visit: Visit) -> None:
    agreed(walk, None)
    agreed_again(walk, APRIL, "Kendal")
    with time_machine.travel(IN_APRIL, tick=False):
        day_of(walk, APRIL)
        reader = visit(walk.house.doctor)
        assert "In force This version has been in force since Thursday 1 April 2027." in reader.open(plan(walk, 2)).text
        old = reader.open(plan(walk, 1)).text
        assert "This version was replaced on Thursday 1 April 2027. Version 2 took its place" in old


def test_a_visitor_of_the_demonstration_sees_it_come_into_force_by_moving_the_clock(walk: Walk, visit: Visit) -> None:
    agreed(walk, APRIL)
    reader = visit(walk.house.doctor)
    reader.open(plan(walk, 1))
    page = reader.send("/demonstration/forward", {"by": "date", "on": "2027-04-02", "next": plan(walk, 1)})
    assert "It is now Friday 2 April 2027." in page.text
    assert "1 job plan came into force" in page.text
    assert "In force This version has been in force since Thursday 1 April 2027." in page.text


def test_a_first_plan_says_that_none_applies_before_it(walk: Walk, visit: Visit) -> None:
    agreed(walk, APRIL)
    text = visit(walk.house.doctor).open(plan(walk, 1)).text
    assert "Agreed, in force from Thursday 1 April 2027. No plan is in force until then." in text


def test_a_plan_that_gave_way_before_its_day_says_what_applies(walk: Walk, visit: Visit) -> None:
    agreed(walk, None)
    agreed_again(walk, MAY, "Kendal")
    agreed_again(walk, APRIL, "Carlisle")
    text = visit(walk.house.doctor).open(plan(walk, 2)).text
    assert "This version was replaced. Version 3 took its place, and counts from Thursday 1 April 2027." in text
    assert "Version 1 applies today." in text


def test_the_team_the_person_and_the_case_tell_of_it(walk: Walk, visit: Visit, cpft: House) -> None:
    agreed(walk, None)
    own = agreed_again(walk, APRIL, "Kendal")
    team = visit(cpft.manager).open(f"/teams/{cpft.team.id}")
    assert "Version 1 of the plan of Dr Amina Osei since 1 March 2027" in team.text
    assert "Version 2 of the plan of Dr Amina Osei agreed, from 1 April 2027" in team.text
    assert "1 of 2 doctors has a plan in force" in team.text
    office = visit(cpft.directorate)
    person = office.open(f"/people/{cpft.doctor.id}").text
    assert "Version 1 is in force, version 2 is agreed and in force from Thursday 1 April 2027" in person
    listed = office.open("/people?plan=agreed&here=here").text
    assert "Dr Amina Osei" in listed.split("People by name")[1]
    assert "Version 2 is agreed from 1 April 2027" in listed
    assert "Dr Ben Carver" not in listed.split("People by name")[1]
    case = office.open(f"/cases/{own}").text
    assert "Agreed in force from 1 April 2027" in case
    assert "Version 2 of the job plan was agreed: it comes into force on 1 April 2027." in case


def test_whoever_plans_on_reads_what_is_agreed_already(walk: Walk, visit: Visit, cpft: House) -> None:
    agreed(walk, APRIL)
    own = review(walk)
    effects = {"effect_on_service": "More clinics", "effect_on_team": "None"}
    walk.do(cpft.doctor, "describe_change", own, changed_on=walk.today, what_changed="One clinic more", **effects)
    step = walk.step(cpft.doctor, "draft_plan", own)
    text = visit(cpft.doctor).open(f"/steps/{step}").text
    assert "Version 1 is agreed already and comes into force on Thursday 1 April 2027." in text
    assert "What differs from the plan agreed from Thursday 1 April 2027 (version 1)" in text


def test_a_draft_whose_case_was_withdrawn_is_put_aside_and_waits_for_nobody(walk: Walk, visit: Visit) -> None:
    own = start_plan(walk)
    prepare(walk, own)
    office = walk.house.directorate
    walk.perform(cases.withdraw_case, actor=walk.actor(office), reference=own, reason="Started twice", now=walk.at)
    reader = visit(walk.house.doctor)
    text = reader.open(plan(walk, 1)).text
    assert "Put aside This is a draft of Monday 1 March 2027. Its case has ended without it." in text
    assert "Version 1 of the job plan Put aside" in reader.open(f"/cases/{own}").text


@pytest.mark.parametrize("person", ["doctor", "hr"])
def test_the_first_page_leads_to_the_plan_that_was_agreed(walk: Walk, visit: Visit, person: str) -> None:
    agreed(walk, APRIL)
    page = visit(getattr(walk.house, person)).open("/")
    assert "agreed, in force from 1 April 2027" in page.text
    assert plan(walk, 1) in page.links


def test_a_plan_to_come_is_in_what_is_held_about_its_doctor(walk: Walk, visit: Visit) -> None:
    agreed(walk, APRIL)
    doctor = walk.house.doctor
    found = take_out(visit(walk.house.directorate), doctor)
    [version] = json.loads(found.read("data.json"))["rows"]["plan_version"]
    assert (version["status"], version["effective_from"]) == ("agreed", "2027-04-01")
    readable = found.read("readable.html").decode()
    assert "Version 1 of the job plan was agreed: it comes into force on 1 April 2027." in readable
