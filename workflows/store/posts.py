"""Who holds which role where on a civil day; every period includes its last day."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflows.store.models import Contract, Deputy, Person, Post, Team
from workflows.store.tables import run, table_of


class Held(NamedTuple):
    """A post with the name of whoever holds it."""

    role: str
    person_id: int
    name: str
    care_group_id: int | None
    team_id: int | None


_POST, _PERSON = table_of(Post).c, table_of(Person).c
_HELD = (
    select(_POST.role, _POST.person_id, _PERSON.name, _POST.care_group_id, _POST.team_id)
    .select_from(table_of(Post).join(table_of(Person), _PERSON.id == _POST.person_id))
    .where(
        _POST.trust_id == bindparam("trust_id"),
        _POST.role.in_(bindparam("roles", expanding=True)),
        _POST.starts_on <= bindparam("on"),
        or_(_POST.ends_on.is_(None), _POST.ends_on >= bindparam("on")),
        or_(_PERSON.left_on.is_(None), _PERSON.left_on >= bindparam("on")),
    )
    .order_by(_POST.starts_on, _POST.id)
)


def holders_of(session: Session, *, trust_id: int, roles: Iterable[str], on: date) -> list[Held]:
    """The posts with these roles in the whole trust, each with its person, in one statement; oldest post first."""
    found = run(session, _HELD, {"trust_id": trust_id, "roles": list(roles), "on": on})
    return [Held._make(row) for row in found]


def posts_of(session: Session, *, person_id: int, on: date) -> list[Post]:
    """The posts that a person holds."""
    return list(
        session.scalars(select(Post).join(Post.person).where(Post.person_id == person_id, _holds(on)).order_by(Post.id))
    )


def deputising_for(session: Session, *, person_id: int, on: date) -> list[Person]:
    """Those for whom the person may act on that day."""
    return list(
        session.scalars(
            select(Person)
            .join(Deputy, Deputy.person_id == Person.id)
            .where(Deputy.deputy_id == person_id, _covers(Deputy.starts_on, Deputy.ends_on, on))
            .order_by(Person.id)
            .distinct()
        )
    )


def manager_not_medical(session: Session, *, team_id: int, on: date) -> bool:
    """Whether a clinical manager of the team is flagged as not medically qualified."""
    flagged = (
        select(Post.id)
        .join(Post.person)
        .where(Post.team_id == team_id, Post.role == "clinical_manager", Person.not_medical, _holds(on))
    )
    return session.scalar(flagged.limit(1)) is not None


def members_of_team(session: Session, *, team_id: int, on: date) -> list[Person]:
    """The practitioners of a team, by name: those with a plan of their own."""
    return list(
        session.scalars(
            select(Person)
            .join(Post, Post.person_id == Person.id)
            .where(Post.team_id == team_id, Post.role == "practitioner", _holds(on))
            .order_by(Person.name, Person.id)
            .distinct()
        )
    )


def teams_of(session: Session, *, care_group_id: int) -> list[Team]:
    """The teams of a care group, by name."""
    return list(session.scalars(select(Team).where(Team.care_group_id == care_group_id).order_by(Team.name)))


def contract_of(session: Session, *, person_id: int, on: date) -> Contract | None:
    """The contract in force on that day, the newest if there are several."""
    return session.scalar(
        select(Contract)
        .where(Contract.person_id == person_id, _covers(Contract.starts_on, Contract.ends_on, on))
        .order_by(Contract.starts_on.desc(), Contract.id.desc())
        .limit(1)
    )


def _covers(first: InstrumentedAttribute[date], last: InstrumentedAttribute[Any], on: date) -> ColumnElement[bool]:
    return and_(first <= on, or_(last.is_(None), last >= on))


def _holds(on: date) -> ColumnElement[bool]:
    """A post ends with its period, or when its person leaves."""
    return and_(_covers(Post.starts_on, Post.ends_on, on), or_(Person.left_on.is_(None), Person.left_on >= on))
