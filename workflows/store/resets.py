"""Links to choose a password: the link carries a token, the row its SHA-256."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from workflows.store.models import Account, PasswordReset, Person, Trust


class Asked(NamedTuple):
    """Whose password a link is for; `id` is the account's."""

    id: int
    person_id: int
    trust_id: int
    name: str
    email: str
    trust: str
    persona: str | None


def hashed(token: str) -> str:
    """What is kept of a token. It has more than enough chance in it: no slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def add(session: Session, *, account_id: int, token: str, now: datetime, ends_at: datetime) -> None:
    """A link for an account, good until then."""
    session.add(PasswordReset(account_id=account_id, token_hash=hashed(token), asked_at=now, ends_at=ends_at))
    session.flush()


def find(session: Session, *, token: str, now: datetime) -> Asked | None:
    """Whose password this link is for; None where it was used, is too old, or was never given out."""
    wanted = (
        select(Account.id, Person.id, Person.trust_id, Person.name, Person.email, Trust.name, Account.persona)
        .select_from(PasswordReset)
        .join(Account, Account.id == PasswordReset.account_id)
        .join(Person, Person.id == Account.person_id)
        .join(Trust, Trust.id == Person.trust_id)
        .where(PasswordReset.token_hash == hashed(token), PasswordReset.used_at.is_(None), PasswordReset.ends_at > now)
    )
    row = session.execute(wanted).one_or_none()
    return None if row is None else Asked._make(row)


def use(session: Session, *, token: str, now: datetime) -> bool:
    """Take the link; says whether it was good. Of two at once one takes it."""
    taken = (
        update(PasswordReset)
        .where(PasswordReset.token_hash == hashed(token), PasswordReset.used_at.is_(None), PasswordReset.ends_at > now)
        .values(used_at=now)
        .returning(PasswordReset.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalars(taken).one_or_none() is not None


def end_all(session: Session, *, account_id: int, now: datetime) -> None:
    """No link of the account is good any more."""
    session.execute(
        update(PasswordReset)
        .where(PasswordReset.account_id == account_id, PasswordReset.used_at.is_(None))
        .values(used_at=now)
    )


def prune(session: Session, *, before: datetime) -> int:
    """Delete links that ended before an instant; returns how many."""
    old = delete(PasswordReset).where(PasswordReset.ends_at < before).returning(PasswordReset.id)
    return len(session.scalars(old.execution_options(synchronize_session=False)).all())
