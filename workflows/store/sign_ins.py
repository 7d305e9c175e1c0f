"""Queries on accounts: who signs in, and what they hold on a day."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Date, Select, String, and_, func, select, update
from sqlalchemy.orm import Session

from workflows.store.asking import ask, given
from workflows.store.days import not_over, on_day, still_here
from workflows.store.inserts import insert_into
from workflows.store.models import Account, Deputy, Instant, Person, Post, Release, Trust, Visit
from workflows.store.tables import table_of


class AccountRow(NamedTuple):
    """An account with the person and the trust that it belongs to."""

    id: int
    session_key: str
    password_hash: str
    persona: str
    person_id: int
    trust_id: int
    name: str
    trust: str
    email: str
    mail: str


Columns = tuple[int, str, str, str, int, int, str, str, str, str]


class Standing(NamedTuple):
    """A signed-in person with the roles that they hold and those whose deputy they are; `shared` where several
    visitors of a demonstration are the same person. `visit_id` is that of their browser, last seen at `seen_at`."""

    visit_id: int
    seen_at: datetime
    account_id: int
    shared: bool
    person_id: int
    trust_id: int
    name: str
    trust: str
    trust_key: str
    release_id: int | None
    """What the trust has published."""
    roles: frozenset[str]
    acts_for: frozenset[int]


def standing_by_token(session: Session, *, token_hash: str, today: date, now: datetime) -> Standing | None:
    """Whose browser has that token at a real instant, unless they have left, with what they hold on a civil day: one
    statement a request."""
    [rows] = ask(session, [_STANDING], {"token_hash": token_hash, "today": today, "now": now})
    if not rows:
        return None
    roles = frozenset(role for *_, role, _ in rows if role is not None)
    acts_for = frozenset(person for *_, person in rows if person is not None)
    return Standing._make((*rows[0][:-2], roles, acts_for))


def account_by_key(session: Session, *, session_key: str, today: date) -> AccountRow | None:
    """The account of that key, which changes with its password."""
    return _first(session, _accounts().where(Account.session_key == session_key, still_here(today)))


def account_of(session: Session, *, person_id: int) -> AccountRow | None:
    """Somebody's account, whether they have left or not."""
    return _first(session, _accounts().where(Person.id == person_id))


def account_of_persona(session: Session, *, person_id: int, today: date) -> AccountRow | None:
    """A persona's account."""
    wanted = _accounts().where(Person.id == person_id, Account.persona.is_not(None), still_here(today))
    return _first(session, wanted)


def accounts_by_email(session: Session, *, email: str, today: date) -> list[AccountRow]:
    """The accounts with that address, written in whatever case: one in each trust at most."""
    wanted = _accounts().where(func.lower(Person.email) == email.strip().lower(), still_here(today))
    return [AccountRow._make(row) for row in session.execute(wanted.order_by(Person.id))]


def open_account(session: Session, *, person_id: int, session_key: str, unusable: str) -> int | None:
    """Give somebody an account that no password opens yet. Returns its id; None if they have one."""
    values = {"person_id": person_id, "password_hash": unusable, "session_key": session_key, "mail": "at_once"}
    opened = insert_into(session, Account).values(**values).on_conflict_do_nothing(index_elements=["person_id"])
    return session.scalars(opened.returning(Account.id)).one_or_none()


def set_password(session: Session, *, account_id: int, password_hash: str, session_key: str) -> None:
    """A new password, and a new key with it."""
    values = {"password_hash": password_hash, "session_key": session_key}
    session.execute(update(Account).where(Account.id == account_id).values(**values))


def set_mail(session: Session, *, account_id: int, mail: str) -> None:
    """How e-mail reaches them: at_once, daily or never."""
    session.execute(update(Account).where(Account.id == account_id).values(mail=mail))


def personas(session: Session, *, today: date) -> list[AccountRow]:
    """Every persona who has not left, trust by trust, in the order in which they were written."""
    wanted = _accounts().where(Account.persona.is_not(None), still_here(today)).order_by(Trust.id, Person.id)
    return [AccountRow._make(row) for row in session.execute(wanted)]


_TODAY, _NOW, _TOKEN = given("today", Date()), given("now", Instant()), given("token_hash", String())
_ACCOUNT, _PERSON, _TRUST, _RELEASE, _POST, _DEPUTY, _VISIT = (
    table_of(each) for each in (Account, Person, Trust, Release, Post, Deputy, Visit)
)


_STANDING = (
    select(
        _VISIT.c.id.label("visit_id"),
        _VISIT.c.seen_at,
        _ACCOUNT.c.id.label("account_id"),
        _ACCOUNT.c.persona.is_not(None).label("shared"),
        _PERSON.c.id.label("person_id"),
        _TRUST.c.id.label("trust_id"),
        _PERSON.c.name.label("name"),
        _TRUST.c.name.label("trust"),
        _TRUST.c.key.label("trust_key"),
        _RELEASE.c.id.label("release_id"),
        _POST.c.role.label("role"),
        _DEPUTY.c.person_id.label("acts_for"),
    )
    .select_from(_VISIT)
    .join(_ACCOUNT, _ACCOUNT.c.id == _VISIT.c.account_id)
    .join(_PERSON, _PERSON.c.id == _ACCOUNT.c.person_id)
    .join(_TRUST, _TRUST.c.id == _PERSON.c.trust_id)
    .outerjoin(_RELEASE, and_(_RELEASE.c.trust_id == _TRUST.c.id, _RELEASE.c.status == "published"))
    .outerjoin(_POST, and_(_POST.c.person_id == _PERSON.c.id, on_day(_POST.c.starts_on, _POST.c.ends_on, _TODAY)))
    .outerjoin(
        _DEPUTY, and_(_DEPUTY.c.deputy_id == _PERSON.c.id, on_day(_DEPUTY.c.starts_on, _DEPUTY.c.ends_on, _TODAY))
    )
    .where(
        _VISIT.c.token_hash == _TOKEN,
        _VISIT.c.ended_at.is_(None),
        _VISIT.c.ends_at > _NOW,
        not_over(_PERSON.c.left_on, _TODAY),
    )
)


def _accounts() -> Select[*Columns]:
    return (
        select(
            Account.id,
            Account.session_key,
            Account.password_hash,
            func.coalesce(Account.persona, ""),
            Person.id,
            Trust.id,
            Person.name,
            Trust.name,
            Person.email,
            Account.mail,
        )
        .join(Person, Person.id == Account.person_id)
        .join(Trust, Trust.id == Person.trust_id)
    )


def _first(session: Session, wanted: Select[*Columns]) -> AccountRow | None:
    row = session.execute(wanted.limit(1)).first()
    return None if row is None else AccountRow._make(row)
