"""Trusts, their people and places."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from sqlalchemy import Integer, select
from sqlalchemy.orm import Session, joinedload

from workflows.store.asking import among, ask, given
from workflows.store.models import CareGroup, Person, Team, Trust
from workflows.store.tables import table_of

_PERSON = table_of(Person).c
_THESE = among(_PERSON.id, "person_ids")
_NAMES = (select(_PERSON.id, _PERSON.name).where(_THESE),)
_OF_THE_TRUST = (select(_PERSON.id).where(_PERSON.trust_id == given("trust_id", Integer()), _THESE),)


def trusts(session: Session) -> list[Trust]:
    """All trusts of the installation, by key."""
    return list(session.scalars(select(Trust).order_by(Trust.key)))


def trust(session: Session, *, trust_id: int) -> Trust | None:
    """One trust."""
    return session.get(Trust, trust_id)


def by_id(session: Session, *, trust_id: int, person_id: int) -> Person | None:
    """A person of the trust; one of another trust is not found."""
    return session.scalar(select(Person).where(Person.id == person_id, Person.trust_id == trust_id))


def has_left(session: Session, *, person_id: int | None, on: date) -> bool:
    """Whether somebody has left the trust before a day."""
    gone = select(Person.id).where(Person.id == person_id, Person.left_on < on)
    return session.scalar(gone) is not None


def names(session: Session, *, person_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of many, by id, in one statement; None among the ids is passed over."""
    wanted = {person_id for person_id in person_ids if person_id is not None}
    if not wanted:
        return {}
    [found] = ask(session, _NAMES, {"person_ids": sorted(wanted)})
    return dict(cast(list[tuple[int, str]], found))


def of_the_trust(session: Session, *, trust_id: int, person_ids: Iterable[int]) -> frozenset[int]:
    """Those of these ids that are of the trust's people."""
    [found] = ask(session, _OF_THE_TRUST, {"trust_id": trust_id, "person_ids": list(person_ids)})
    return frozenset(person_id for (person_id,) in found)


def care_group(session: Session, *, trust_id: int, care_group_id: int) -> CareGroup | None:
    """A care group of the trust."""
    return session.scalar(select(CareGroup).where(CareGroup.id == care_group_id, CareGroup.trust_id == trust_id))


def lock_trust(session: Session, *, trust_id: int) -> None:
    """Let nobody else start a case of the trust by hand before this transaction ends. On SQLite one writes anyway."""
    session.execute(select(Trust.id).where(Trust.id == trust_id).with_for_update(key_share=True))


def lock_team(session: Session, *, team_id: int) -> None:
    """Let nobody else approve or look for the team's plan before this transaction ends. On SQLite one writes anyway."""
    session.execute(select(Team.id).where(Team.id == team_id).with_for_update(key_share=True))


def lock_person(session: Session, *, person_id: int) -> None:
    """Let nobody else put a plan of this doctor in force before this transaction ends. On SQLite one writes anyway."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))


def team(session: Session, *, trust_id: int, team_id: int) -> Team | None:
    """A team of the trust with its care group."""
    return session.scalar(
        select(Team)
        .where(Team.id == team_id, Team.trust_id == trust_id)
        .options(joinedload(Team.care_group, innerjoin=True))
    )
