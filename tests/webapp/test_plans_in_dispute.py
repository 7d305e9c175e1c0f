"""Who is asked in a dispute reads the plan that it is about, and nobody beside them."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from tests.cases.disputing import form_panel, list_member, to_appeal
from tests.cases.stages import accept, sign
from tests.cases.walk import Walk
from tests.webapp.visitor import Visitor
from workflows.store.models import Account, Person

Visit = Callable[[Person], Visitor]


def plans_on(page_of: Visitor, reference: str) -> list[str]:
    return [link for link in page_of.open(f"/cases/{reference}").links if link.startswith("/plans/")]


@pytest.mark.clause("CPFT-7.8.9-a")
def test_each_plan_to_which_the_page_of_a_dispute_leads_can_be_opened(walk: Walk, visit: Visit) -> None:
    list_member(walk, "Dr Third Member")
    reference = to_appeal(walk)
    sign_the_rest(walk)
    chief = visit(walk.house.chief_executive)
    assert plans_on(chief, reference)
    panel = form_panel(walk, reference)
    with walk.session() as session:
        session.execute(update(Account).values(persona="Somebody"))
        session.commit()
    for reader in (*map(visit, panel), chief, visit(walk.house.medical_director), visit(walk.house.doctor)):
        for plan in plans_on(reader, reference):
            assert reader.open(plan).heading == "Job plan of Dr Amina Osei"


def test_another_doctor_of_the_team_finds_no_plan(walk: Walk, visit: Visit) -> None:
    to_appeal(walk)
    sign_the_rest(walk)
    stranger = visit(walk.house.colleague)
    for plan in walk.plans(walk.house.doctor):
        stranger.open(f"/plans/{plan.id}", status=404)


def sign_the_rest(walk: Walk) -> None:
    own = walk.case_of(walk.house.doctor)
    sign(walk, own, walk.house.doctor, walk.house.manager)
    accept(walk, own)


def test_the_page_of_a_dispute_leads_only_those_to_the_team_who_may_open_it(walk: Walk, visit: Visit) -> None:
    reference, team = to_appeal(walk), f"/teams/{walk.house.team.id}"
    assert team not in visit(walk.house.chief_executive).open(f"/cases/{reference}").links
    doctor = visit(walk.house.doctor)
    assert team in doctor.open(f"/cases/{reference}").links
    doctor.open(team)
