"""Queries on accounts: who signs in, and what they hold on a day."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, Select, Table, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from workflows.store.models import Account, Deputy, Person, Post, Trust
from workflows.store.tables import run, table_of


class AccountRow(NamedTuple):
    """An account with the person and the trust that it belongs to."""

    session_key: str
    password_hash: str
    persona: str
    person_id: int
    trust_id: int
    name: str
    trust: str


Columns = tuple[str, str, str, int, int, str, str]


class Standing(NamedTuple):
    """A signed-in person with the roles that they hold and those whose deputy they are."""

    session_key: str
    person_id: int
    trust_id: int
    name: str
    trust: str
    roles: frozenset[str]
    acts_for: frozenset[int]


def standing_by_key(session: Session, *, session_key: str, today: date) -> Standing | None:
    """Who has that session key, unless they have left, with what they hold on that day: one statement a request."""
    rows = run(session, _STANDING, {"session_key": session_key, "today": today}).all()
    if not rows:
        return None
    roles = frozenset(row.role for row in rows if row.role is not None)
    acts_for = frozenset(row.acts_for for row in rows if row.acts_for is not None)
    first = rows[0]
    return Standing(first.session_key, first.person_id, first.trust_id, first.name, first.trust, roles, acts_for)


def account_of_persona(session: Session, *, person_id: int, today: date) -> AccountRow | None:
    """A persona's account."""
    wanted = _accounts().where(Person.id == person_id, Account.persona.is_not(None), _still_here(today))
    return _first(session, wanted)


def accounts_by_email(session: Session, *, email: str, today: date) -> list[AccountRow]:
    """The accounts with that address, written in whatever case: one in each trust at most."""
    wanted = _accounts().where(func.lower(Person.email) == email.strip().lower(), _still_here(today))
    return [AccountRow._make(row) for row in session.execute(wanted.order_by(Person.id))]


def renew_key(session: Session, *, session_key: str, new_key: str) -> bool:
    """Put a new key in the place of an account's; says whether there was such an account, and no persona's."""
    renewed = update(Account).where(Account.session_key == session_key, Account.persona.is_(None))
    return session.scalars(renewed.values(session_key=new_key).returning(Account.id)).one_or_none() is not None


def personas(session: Session) -> list[AccountRow]:
    """Every persona, trust by trust, in the order in which they were written."""
    wanted = _accounts().where(Account.persona.is_not(None)).order_by(Trust.id, Person.id)
    return [AccountRow._make(row) for row in session.execute(wanted)]


def roles_held(session: Session, *, person_id: int, today: date) -> frozenset[str]:
    """The keys of the roles that a person holds on a day, over whatever team or care group."""
    wanted = select(Post.role).where(
        Post.person_id == person_id, Post.starts_on <= today, or_(Post.ends_on.is_(None), Post.ends_on >= today)
    )
    return frozenset(session.scalars(wanted))


def deputised_people(session: Session, *, person_id: int, today: date) -> frozenset[int]:
    """Whose deputy a person is on a day."""
    wanted = select(Deputy.person_id).where(
        Deputy.deputy_id == person_id, Deputy.starts_on <= today, Deputy.ends_on >= today
    )
    return frozenset(session.scalars(wanted))


_TODAY = bindparam("today", type_=Date)
_ACCOUNT, _PERSON, _TRUST, _POST, _DEPUTY = (table_of(each) for each in (Account, Person, Trust, Post, Deputy))


def _during(table: Table) -> ColumnElement[bool]:
    """Of a post or a deputy: today is one of its days."""
    return and_(table.c.starts_on <= _TODAY, or_(table.c.ends_on.is_(None), table.c.ends_on >= _TODAY))


_STANDING = (
    select(
        _ACCOUNT.c.session_key,
        _PERSON.c.id.label("person_id"),
        _TRUST.c.id.label("trust_id"),
        _PERSON.c.name.label("name"),
        _TRUST.c.name.label("trust"),
        _POST.c.role.label("role"),
        _DEPUTY.c.person_id.label("acts_for"),
    )
    .join(_PERSON, _PERSON.c.id == _ACCOUNT.c.person_id)
    .join(_TRUST, _TRUST.c.id == _PERSON.c.trust_id)
    .outerjoin(_POST, and_(_POST.c.person_id == _PERSON.c.id, _during(_POST)))
    .outerjoin(_DEPUTY, and_(_DEPUTY.c.deputy_id == _PERSON.c.id, _during(_DEPUTY)))
    .where(
        _ACCOUNT.c.session_key == bindparam("session_key"),
        or_(_PERSON.c.left_on.is_(None), _PERSON.c.left_on >= _TODAY),
    )
)


def _accounts() -> Select[*Columns]:
    return (
        select(
            Account.session_key,
            Account.password_hash,
            func.coalesce(Account.persona, ""),
            Person.id,
            Trust.id,
            Person.name,
            Trust.name,
        )
        .join(Person, Person.id == Account.person_id)
        .join(Trust, Trust.id == Person.trust_id)
    )


def _still_here(today: date) -> ColumnElement[bool]:
    return or_(Person.left_on.is_(None), Person.left_on >= today)


def _first(session: Session, wanted: Select[*Columns]) -> AccountRow | None:
    row = session.execute(wanted.limit(1)).first()
    return None if row is None else AccountRow._make(row)
