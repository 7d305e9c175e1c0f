"""Contracts and posts as they are given, changed and ended, and the places over which posts are held."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from workflows.store.days import on_day
from workflows.store.models import CareGroup, Contract, Person, Post, Team


def add(session: Session, *, row: Person | Contract | Post | CareGroup | Team) -> None:
    """Write a new row; it has its id afterwards."""
    session.add(row)
    session.flush()


def add_all(session: Session, *, rows: Iterable[Person | Contract | Post | CareGroup | Team]) -> None:
    """Write many rows at once."""
    session.add_all(list(rows))
    session.flush()


def contract(session: Session, *, trust_id: int, contract_id: int) -> Contract | None:
    """A contract of one of the trust's people."""
    mine = select(Contract).join(Person, Person.id == Contract.person_id)
    return session.scalar(mine.where(Contract.id == contract_id, Person.trust_id == trust_id))


def contracts(session: Session, *, trust_id: int) -> list[Contract]:
    """Every contract of the trust's people."""
    wanted = select(Contract).join(Person, Person.id == Contract.person_id).where(Person.trust_id == trust_id)
    return list(session.scalars(wanted.order_by(Contract.starts_on, Contract.id)))


def contracts_of(session: Session, *, person_id: int) -> list[Contract]:
    """A person's contracts, oldest first."""
    wanted = select(Contract).where(Contract.person_id == person_id)
    return list(session.scalars(wanted.order_by(Contract.starts_on, Contract.id)))


def grades_of(session: Session, *, person_ids: Iterable[int], on: date) -> dict[int, str]:
    """The grades of those who have a contract on a day, by person; the newest contract counts."""
    wanted = (
        select(Contract.person_id, Contract.grade)
        .where(Contract.person_id.in_(list(person_ids)), on_day(Contract.starts_on, Contract.ends_on, on))
        .order_by(Contract.starts_on, Contract.id)
    )
    return {row.person_id: row.grade for row in session.execute(wanted)}


def post(session: Session, *, trust_id: int, post_id: int) -> Post | None:
    """A post of the trust."""
    return session.scalar(select(Post).where(Post.id == post_id, Post.trust_id == trust_id))


def posts(session: Session, *, trust_id: int) -> list[Post]:
    """Every post of the trust, whenever it was or will be held."""
    wanted = select(Post).where(Post.trust_id == trust_id).options(joinedload(Post.person))
    return list(session.scalars(wanted.order_by(Post.starts_on, Post.id)))


def posts_of(session: Session, *, person_id: int) -> list[Post]:
    """Every post of a person, whenever it was or will be held."""
    return list(session.scalars(select(Post).where(Post.person_id == person_id).order_by(Post.starts_on, Post.id)))


def people(session: Session, *, trust_id: int) -> list[Person]:
    """Everybody of the trust, those who have left too."""
    return list(session.scalars(select(Person).where(Person.trust_id == trust_id).order_by(Person.name, Person.id)))


def taken(session: Session, *, trust_id: int, email: str, employee_number: str | None, but: int | None) -> list[Person]:
    """Who else of the trust has this address or this employee number."""
    same = [Person.email == email]
    if employee_number:
        same.append(Person.employee_number == employee_number)
    wanted = select(Person).where(Person.trust_id == trust_id, or_(*same))
    return [person for person in session.scalars(wanted) if person.id != but]


def care_groups(session: Session, *, trust_id: int) -> list[CareGroup]:
    """The trust's care groups, by name."""
    return list(session.scalars(select(CareGroup).where(CareGroup.trust_id == trust_id).order_by(CareGroup.name)))


def teams(session: Session, *, trust_id: int) -> list[Team]:
    """The trust's teams with their care groups, by care group and name."""
    wanted = select(Team).join(Team.care_group).where(Team.trust_id == trust_id).options(joinedload(Team.care_group))
    return list(session.scalars(wanted.order_by(CareGroup.name, Team.name)))


def places(session: Session, *, trust_id: int, kind: str) -> Sequence[CareGroup | Team]:
    """The trust's care groups, or its teams: `kind` is care_group or team."""
    return teams(session, trust_id=trust_id) if kind == "team" else care_groups(session, trust_id=trust_id)
