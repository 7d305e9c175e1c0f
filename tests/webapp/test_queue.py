"""The queue: steps that nobody can take find somebody; shared steps are looked at, claimed, given back."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, update

from tests.cases.stages import end_posts, issue_preparation, sign, start_plan, to_signatures
from tests.cases.walk import Walk
from tests.factories import House, World
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.store.models import Person, Post

Visit = Callable[[Person], Visitor]


def leave(store: Store, person: Person) -> None:
    """They left the trust a while ago."""
    with store() as session:
        session.execute(update(Person).where(Person.id == person.id).values(left_on=date(2027, 2, 1)))


def test_the_queue_is_for_those_who_share_steps(cpft: House, visit: Visit) -> None:
    for part in ("directorate", "hr", "finance", "board_secretary"):
        page = visit(getattr(cpft, part)).open("/queue")
        assert ("Steps that nobody can take" in page.text) == (part == "directorate")
        assert "/queue" in visit(getattr(cpft, part)).open("/").links
    for part in ("doctor", "manager", "amd", "medical_director"):
        visit(getattr(cpft, part)).open("/queue", status=403)


def test_a_step_of_a_vacant_role_is_assigned_from_the_queue(cpft: House, visit: Visit, walk: Walk) -> None:
    end_posts(walk, cpft.manager)
    own = start_plan(walk)
    [step] = walk.steps(own, "read_pack")
    office = visit(cpft.directorate)
    page = office.open("/queue")
    assert "1 step waits although nobody can take it." in page.text
    assert "Nobody holds the role of Clinical Manager for this case" in page.text
    assert f"/steps/{step.id}" in page.links
    office.open(f"/steps/{step.id}")
    page = office.send(f"/steps/{step.id}/assign", {"person": str(cpft.amd.id)})
    assert "The step is now with Dr Edmund Thwaite." in page.text
    assert "None: every step that waits has somebody who can take it." in page.text
    assert walk.step(cpft.amd, "read_pack", own) == step.id


def test_a_leavers_own_step_is_found_and_given_to_somebody_else(
    cpft: House, visit: Visit, walk: Walk, store: Store
) -> None:
    own = to_signatures(walk)
    step = walk.step(cpft.manager, "sign_plan", own)
    office = visit(cpft.directorate)
    assert f"/steps/{step}" not in office.open("/queue").links
    office.open(f"/steps/{step}", status=403)
    leave(store, cpft.manager)
    page = office.open("/queue")
    assert "Dr Carys Llewellyn holds no post any more" in page.text
    page = office.open(f"/steps/{step}")
    assert "Dr Carys Llewellyn had this step and holds no post any more." in page.text
    office.send(f"/steps/{step}/assign", {"person": str(cpft.amd.id)})
    walk.complete(cpft.amd, step, sign_answer="sign")


def test_a_shared_step_is_looked_at_before_it_is_claimed_and_given_back(cpft: House, visit: Visit, walk: Walk) -> None:
    own = to_signatures(walk)
    sign(walk, own, cpft.doctor, cpft.manager)
    [step] = [row for row in walk.steps(own, "check_plan") if row.status == "open"]
    office, colleague = visit(cpft.directorate), visit(cpft.second_directorate)
    assert f"/steps/{step.id}/claim" in office.open("/queue").html
    page = office.open(f"/steps/{step.id}")
    assert "Claim this step" in page.text
    assert "Outpatient clinic" in page.text, "the plan that is to be checked"
    assert "What is asked" in page.text
    office.send(f"/steps/{step.id}/claim", {})
    page = colleague.open("/queue")
    assert "Claimed by Imogen Bland" in page.text
    assert "Free it for the team" in page.text
    assert "Imogen Bland has claimed this step." in colleague.open(f"/steps/{step.id}", status=403).text
    assert "Give it back" in office.open("/queue").text
    page = office.send(f"/steps/{step.id}/release", {})
    assert "You have given the step back." in page.text
    assert f"/steps/{step.id}/claim" in colleague.open("/queue").html


@pytest.mark.clause("BTH-3.4.1.3-b")
def test_a_head_of_departments_own_plan_finds_the_deputy_director_of_operations_first(
    world: World, visit: Visit, engine: Engine, store: Store
) -> None:
    """The Divisional Director's post is vacant: the policy's other reviewer stands first in the list."""
    house = world.bth
    walk = Walk(engine, house)
    with store() as session:
        over = {"trust_id": house.trust.id, "care_group_id": house.care_group.id, "starts_on": date(2020, 4, 1)}
        session.add(Post(person_id=house.board_secretary.id, role="service_manager", **over))
        own = {"person_id": house.manager.id, "role": "practitioner", "team_id": house.team.id}
        session.add(Post(**own, **over))
    end_posts(walk, house.amd)
    own_plan = start_plan(walk, house.manager)
    issue_preparation(walk, own_plan)
    [step] = walk.steps(own_plan, "read_pack")
    office = visit(house.directorate)
    page = office.open(f"/steps/{step.id}")
    people = [page.text_of(each) for each in page.root.iter("option")]
    assert people[1] == "Tara Whiteside (Deputy Director of Operations, named by the policy)"
    office.send(f"/steps/{step.id}/assign", {"person": str(house.board_secretary.id)})
    assert walk.step(house.board_secretary, "read_pack") == step.id
