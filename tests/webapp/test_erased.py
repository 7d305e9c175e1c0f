"""A case whose words are gone: its pages say so, and its history can still be read."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select, update

from tests.cases.stages import accept, sign, to_signatures
from tests.cases.walk import Walk
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.clock import keeping
from workflows.clock.looking import Tally
from workflows.store.models import Person, PlanVersion

Visit = Callable[[Person], Visitor]


def test_the_page_of_an_erased_case_says_so_and_keeps_its_history(walk: Walk, visit: Visit, store: Store) -> None:
    house = walk.house
    reference = to_signatures(walk)
    sign(walk, reference, house.doctor, house.manager)
    accept(walk, reference)
    office = visit(house.directorate)
    assert "was erased" not in office.open(f"/cases/{reference}").text
    with store() as session:
        session.execute(update(Person).where(Person.id == house.doctor.id).values(left_on=date(2027, 6, 1)))
    keeping.erase(walk.session, Tally(), walk.at.replace(year=2034))
    page = office.open(f"/cases/{reference}")
    assert "What people wrote in this case was erased on" in page.text
    assert "Its history stays." in page.text
    assert "Sign" in page.text
    assert house.doctor.name not in page.text
    assert "Somebody who has left" in page.text
    with store() as session:
        plans = list(session.scalars(select(PlanVersion.id).where(PlanVersion.person_id == house.doctor.id)))
    assert plans
    for plan_id in plans:
        office.open(f"/plans/{plan_id}")
    for address in (f"/cases/{reference}/print", f"/people/{house.doctor.id}"):
        assert office.client.get(address).status_code in {200, 404}
