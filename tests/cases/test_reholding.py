"""A post passes to somebody else while its holder's steps wait: the steps pass with it, and nobody acts without it."""

from datetime import date

import pytest
from sqlalchemy import update

from tests.cases.conftest import SQLITE
from tests.cases.stages import end_posts, start_plan, to_signatures
from tests.cases.walk import Walk
from workflows import cases
from workflows.cases.acting import NotYours
from workflows.cases.holding import HasLeft, HeldAlready
from workflows.store.models import Person, Post

pytestmark = SQLITE


def appoint(walk: Walk, person: Person) -> None:
    """The team has a new clinical manager."""
    house = walk.house
    with walk.session() as session:
        session.add(
            Post(
                trust_id=house.trust.id,
                person_id=person.id,
                role="clinical_manager",
                team_id=house.team.id,
                starts_on=walk.at.date(),
            )
        )
        session.commit()


def leave(walk: Walk, person: Person) -> None:
    """They left the trust a while ago."""
    with walk.session() as session:
        session.execute(update(Person).where(Person.id == person.id).values(left_on=date(2027, 2, 1)))
        session.commit()


def assign(walk: Walk, step_id: int, person: Person) -> None:
    """The directorate gives a step to somebody."""
    directorate = walk.actor(walk.house.directorate)
    walk.perform(cases.assign_step, actor=directorate, step_id=step_id, person_id=person.id, now=walk.at)


def test_the_steps_of_a_post_pass_to_whoever_holds_it_now(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    step = cpft.step(house.manager, "read_pack", own)
    end_posts(cpft, house.manager)
    appoint(cpft, house.colleague)
    assert cpft.next_day().done["passed_on"] == 1
    with pytest.raises(NotYours):
        cpft.complete(house.manager, step, pack_read="read")
    [changed] = cpft.events(own, "holder_changed")
    assert (changed.details["from"], changed.details["to"]) == ([house.manager.id], [house.colleague.id])
    cpft.complete(house.colleague, step, pack_read="read")


def test_a_step_waits_in_the_queue_while_its_post_is_vacant_and_leaves_it_when_somebody_is_appointed(
    cpft: Walk,
) -> None:
    house = cpft.house
    own = start_plan(cpft)
    end_posts(cpft, house.manager)
    cpft.next_day()
    assert [step.queue for step in cpft.steps(own, "read_pack")] == ["medical_directorate"]
    appoint(cpft, house.colleague)
    cpft.next_day()
    assert [step.queue for step in cpft.steps(own, "read_pack")] == [""]
    cpft.do(house.colleague, "read_pack", own, pack_read="read")
    assert cpft.history(own).count("holder_changed") == 2


def test_what_the_directorate_has_assigned_stays_with_its_holder(cpft: Walk) -> None:
    house = cpft.house
    end_posts(cpft, house.manager)
    own = start_plan(cpft)
    [step] = cpft.steps(own, "read_pack")
    assign(cpft, step.id, house.colleague)
    appoint(cpft, house.manager)
    assert not cpft.next_day().done["passed_on"]
    assert cpft.step(house.colleague, "read_pack", own) == step.id


def test_a_day_on_which_no_post_changes_hands_changes_nothing(cpft: Walk) -> None:
    own = to_signatures(cpft)
    before = cpft.case(own)
    cpft.next_day()
    after = cpft.case(own)
    assert (after.version, after.event_count) == (before.version, before.event_count)


def test_a_step_is_not_assigned_to_somebody_who_has_left(cpft: Walk) -> None:
    house = cpft.house
    end_posts(cpft, house.manager)
    leave(cpft, house.colleague)
    [step] = cpft.steps(start_plan(cpft), "read_pack")
    with pytest.raises(HasLeft) as refused:
        assign(cpft, step.id, house.colleague)
    assert house.colleague.name in refused.value.sentence


def test_a_step_whose_holder_has_left_can_be_assigned_again(cpft: Walk) -> None:
    house = cpft.house
    own = to_signatures(cpft)
    step = cpft.step(house.manager, "sign_plan", own)
    with pytest.raises(HeldAlready):
        assign(cpft, step, house.amd)
    leave(cpft, house.manager)
    assign(cpft, step, house.amd)
    cpft.complete(house.amd, step, sign_answer="sign")
    assert cpft.standing(own) == ["clinical_manager"]
