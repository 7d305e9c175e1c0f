"""Who holds which role where on a civil day; every period includes its last day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Date, Integer, Table, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from workflows.domain.roles import Role
from workflows.store.asking import first, given
from workflows.store.days import not_over, on_day, still_here
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
COLUMNS = (_POST.role, _POST.person_id, _PERSON.name, _POST.care_group_id, _POST.team_id)
"""Those of a Held."""
OF_A_PERSON = _PERSON.id == _POST.person_id


SOMEWHERE = tuple(
    role.value
    for role in (
        Role.PRACTITIONER,
        Role.CLINICAL_MANAGER,
        Role.SERVICE_MANAGER,
        Role.NURSING_QUALITY_MANAGER,
        Role.AMD,
    )
)
"""Roles that are held over a team or a care group; all others count for the whole trust."""


def held_on(day: BindParameter[date]) -> ColumnElement[bool]:
    """Whether a post is held on a day, by somebody who has not left."""
    return and_(on_day(_POST.starts_on, _POST.ends_on, day), not_over(_PERSON.left_on, day))


def around(case: Table) -> ColumnElement[bool]:
    """Whether a post may count for a case: one of its team, one over its care group, or one that counts everywhere."""
    return or_(
        _POST.team_id == case.c.team_id,
        and_(_POST.care_group_id == case.c.care_group_id, _POST.role != Role.PRACTITIONER.value),
        _POST.role.not_in(SOMEWHERE),
    )


_HELD = (
    select(*COLUMNS)
    .select_from(table_of(Post).join(table_of(Person), OF_A_PERSON))
    .where(
        _POST.trust_id == bindparam("trust_id"),
        _POST.role.in_(bindparam("roles", expanding=True)),
        held_on(bindparam("on", None, type_=Date())),
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
            .where(Deputy.deputy_id == person_id, on_day(Deputy.starts_on, Deputy.ends_on, on))
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


_CONTRACT = table_of(Contract)
_CONTRACT_ON = (
    select(_CONTRACT)
    .where(
        _CONTRACT.c.person_id == given("person_id", Integer()),
        on_day(_CONTRACT.c.starts_on, _CONTRACT.c.ends_on, given("today", Date())),
    )
    .order_by(_CONTRACT.c.starts_on.desc(), _CONTRACT.c.id.desc())
    .limit(1)
)


def contract_of(session: Session, *, person_id: int, on: date) -> Contract | None:
    """The contract in force on that day, the newest if there are several."""
    return first(session, Contract, _CONTRACT_ON, {"person_id": person_id, "today": on})


def _holds(on: date) -> ColumnElement[bool]:
    """A post ends with its period, or when its person leaves."""
    return and_(on_day(Post.starts_on, Post.ends_on, on), still_here(on))
