"""Which plans the register of practising privileges is made of, asked of both databases."""

from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, World
from workflows.store import privileges
from workflows.store.models import PlanVersion


def test_only_plans_in_force_of_the_trust_count(session: Session, world: World) -> None:
    house, other = world.cpft, world.bth
    for trust, person, number, status in (
        (house.trust, house.doctor, 1, "superseded"),
        (house.trust, house.doctor, 2, "in_force"),
        (house.trust, house.doctor, 3, "draft"),
        (other.trust, other.doctor, 1, "in_force"),
    ):
        dates = {"effective_from": TODAY, "written_at": NOW}
        about = {"trust_id": trust.id, "person_id": person.id, "number": number, "status": status}
        session.add(PlanVersion(**about, **dates, content={"privileges": [{"id": "a"}]}))
    session.flush()
    [(version, person)] = privileges.plans_in_force(session, trust_id=house.trust.id)
    assert (version.number, person.id, version.content["privileges"]) == (2, house.doctor.id, [{"id": "a"}])
