"""A trust with its shipped processes, its process owner and its process approver."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from tests.factories import House, add_person, add_post, build_world, own_files, shipped_files
from workflows.cases import Actor
from workflows.domain.releases import content_hash
from workflows.inbox import Viewer
from workflows.store.models import Person

STEP = "processes/mediation.bpmn"


@dataclass(frozen=True)
class Studio:
    """Blackpool with somebody who owns its processes, a second owner, and somebody who approves; `there` is an owner of
    another trust."""

    house: House
    owner: Person
    second: Person
    approver: Person
    there: Person

    @property
    def base(self) -> dict[str, str]:
        """The published files."""
        return own_files(shipped_files(), self.house.trust)


def by(person: Person) -> Actor:
    return Actor(person_id=person.id, trust_id=person.trust_id)


def reader(person: Person, *roles: str) -> Viewer:
    return Viewer(person_id=person.id, trust_id=person.trust_id, roles=frozenset(roles))


def owner_of(session: Session, house: House, name: str, role: str = "process_owner") -> Person:
    person = add_person(session, trust=house.trust, name=name)
    add_post(session, person=person, role=role, care_group=house.care_group, team=house.team)
    return person


@pytest.fixture
def studio(session: Session) -> Studio:
    world = build_world(session, files=shipped_files())
    world.bth.release.content_hash = content_hash(own_files(shipped_files(), world.bth.trust))
    made = Studio(
        house=world.bth,
        owner=owner_of(session, world.bth, "Yvonne Sharples"),
        second=owner_of(session, world.bth, "Alan Dewhurst"),
        approver=owner_of(session, world.bth, "Zoe Catterall", "process_approver"),
        there=owner_of(session, world.cpft, "Bridget Fell"),
    )
    session.commit()
    return made
