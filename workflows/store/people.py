"""Trusts, their people, and their ways in."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workflows.store.models import Account, CareGroup, Person, Team, Trust

_WITH_TRUST = joinedload(Account.person, innerjoin=True).joinedload(Person.trust, innerjoin=True)


def trusts(session: Session) -> list[Trust]:
    """All trusts of the installation, by key."""
    return list(session.scalars(select(Trust).order_by(Trust.key)))


def trust(session: Session, *, trust_id: int) -> Trust | None:
    """One trust."""
    return session.get(Trust, trust_id)


def trust_by_key(session: Session, *, key: str) -> Trust | None:
    """The trust as its references name it: "CPFT"."""
    return session.scalar(select(Trust).where(Trust.key == key))


def by_id(session: Session, *, trust_id: int, person_id: int) -> Person | None:
    """A person of the trust; one of another trust is not found."""
    return session.scalar(select(Person).where(Person.id == person_id, Person.trust_id == trust_id))


def many(session: Session, *, trust_id: int, person_ids: Iterable[int]) -> list[Person]:
    """Those of these persons who belong to the trust, by name."""
    return list(
        session.scalars(
            select(Person)
            .where(Person.trust_id == trust_id, Person.id.in_(list(person_ids)))
            .order_by(Person.name, Person.id)
        )
    )


def names(session: Session, *, person_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of many, by id, in one statement; None among the ids is passed over."""
    wanted = {person_id for person_id in person_ids if person_id is not None}
    if not wanted:
        return {}
    found = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in found}


def of_trust(session: Session, *, trust_id: int) -> list[Person]:
    """Everybody of the trust, by name."""
    return list(session.scalars(select(Person).where(Person.trust_id == trust_id).order_by(Person.name, Person.id)))


def account_by_session_key(session: Session, *, session_key: str) -> Account | None:
    """The account whose session this is, with its person and their trust: one statement a request."""
    return session.scalar(select(Account).where(Account.session_key == session_key).options(_WITH_TRUST))


def accounts_by_email(session: Session, *, email: str) -> list[Account]:
    """The accounts with this address, one a trust at most: somebody may work for two. Capitals do not count."""
    return list(
        session.scalars(
            select(Account)
            .join(Account.person)
            .where(Person.email == email.strip().lower())
            .order_by(Account.id)
            .options(_WITH_TRUST)
        )
    )


def personas(session: Session) -> list[Account]:
    """In a demonstration: the accounts that the sign-in page offers, trust by trust, in the order of seeding."""
    return list(
        session.scalars(
            select(Account)
            .join(Account.person)
            .where(Account.persona.is_not(None))
            .order_by(Person.trust_id, Account.id)
            .options(_WITH_TRUST)
        )
    )


def care_groups(session: Session, *, trust_id: int) -> list[CareGroup]:
    """The trust's care groups, by name."""
    return list(session.scalars(select(CareGroup).where(CareGroup.trust_id == trust_id).order_by(CareGroup.name)))


def care_group(session: Session, *, trust_id: int, care_group_id: int) -> CareGroup | None:
    """A care group of the trust."""
    return session.scalar(select(CareGroup).where(CareGroup.id == care_group_id, CareGroup.trust_id == trust_id))


def teams(session: Session, *, trust_id: int) -> list[Team]:
    """The trust's teams with their care groups, by name."""
    return list(
        session.scalars(
            select(Team)
            .where(Team.trust_id == trust_id)
            .options(joinedload(Team.care_group, innerjoin=True))
            .order_by(Team.name)
        )
    )


def team(session: Session, *, trust_id: int, team_id: int) -> Team | None:
    """A team of the trust with its care group."""
    return session.scalar(
        select(Team)
        .where(Team.id == team_id, Team.trust_id == trust_id)
        .options(joinedload(Team.care_group, innerjoin=True))
    )
