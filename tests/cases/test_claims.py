"""Steps of a group: one claims it, gives it back, or a colleague frees it."""

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.stages import start_plan
from tests.cases.walk import Walk
from workflows import cases
from workflows.cases.acting import Claimed, NotYours
from workflows.cases.holding import NotAGroups

pytestmark = SQLITE


def test_one_of_a_group_claims_a_step_and_can_give_it_back(cpft: Walk) -> None:
    house = cpft.house
    the_round = cpft.start(house.directorate, "planning_round", care_group=house.care_group.id)
    cpft.do(house.amd, "record_objectives", the_round, objectives="Cut waits", objectives_set_on=cpft.today)
    step = cpft.step(house.directorate, "propose_timetable")
    dates = {"team_plans_due": "2027-04-01", "individual_plans_due": "2027-06-01"}
    cpft.perform(cases.claim_step, actor=cpft.actor(house.directorate), step_id=step, now=cpft.at)
    with pytest.raises(Claimed):
        cpft.complete(house.second_directorate, step, **dates)
    cpft.perform(cases.release_step, actor=cpft.actor(house.directorate), step_id=step, now=cpft.at)
    cpft.complete(house.second_directorate, step, **dates)
    assert cpft.history(the_round).count("step_claimed") == cpft.history(the_round).count("step_released") == 1


def test_a_colleague_frees_a_claimed_step_and_whoever_had_it_is_told(cpft: Walk) -> None:
    house = cpft.house
    the_round = cpft.start(house.directorate, "planning_round", care_group=house.care_group.id)
    cpft.do(house.amd, "record_objectives", the_round, objectives="Cut waits", objectives_set_on=cpft.today)
    step = cpft.step(house.directorate, "propose_timetable")
    cpft.perform(cases.claim_step, actor=cpft.actor(house.directorate), step_id=step, now=cpft.at)
    with pytest.raises(NotYours):
        cpft.perform(cases.release_step, actor=cpft.actor(house.manager), step_id=step, now=cpft.at)
    cpft.perform(cases.release_step, actor=cpft.actor(house.second_directorate), step_id=step, now=cpft.at)
    [told] = [one for one in cpft.notices(house.directorate) if one.kind == "step_released"]
    assert told.words.startswith(house.second_directorate.name)
    [event] = cpft.events(the_round, "step_released")
    assert event.who_id == house.second_directorate.id
    dates = {"team_plans_due": "2027-04-01", "individual_plans_due": "2027-06-01"}
    cpft.complete(house.second_directorate, step, **dates)


def test_a_step_that_only_one_person_can_take_cannot_be_given_back(cpft: Walk) -> None:
    own = start_plan(cpft)
    step = cpft.step(cpft.house.doctor, "prepare_review", own)
    with pytest.raises(NotAGroups):
        cpft.perform(cases.release_step, actor=cpft.actor(cpft.house.doctor), step_id=step, now=cpft.at)
