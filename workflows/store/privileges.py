"""Practising privileges as the plans in force declare them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.store.models import Person, PlanVersion


def plans_in_force(session: Session, *, trust_id: int) -> list[tuple[PlanVersion, Person]]:
    """The plans in force of a trust with their doctors, by name: what is declared in them, and who declares nothing."""
    wanted = (
        select(PlanVersion, Person)
        .join(Person, Person.id == PlanVersion.person_id)
        .where(PlanVersion.trust_id == trust_id, PlanVersion.status == "in_force")
        .order_by(Person.name, Person.id)
    )
    return [(version, person) for version, person in session.execute(wanted)]
