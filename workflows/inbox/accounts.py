"""Who signs in: accounts, what they hold today, the personas of a demonstration."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workflows.inbox import Session, Viewer
from workflows.store import sign_ins

HASHER = PasswordHasher()


@dataclass(frozen=True)
class SignedIn:
    """Somebody with an account, as the head of each page names them."""

    session_key: str
    person_id: int
    trust_id: int
    name: str
    trust: str
    viewer: Viewer | None = None
    """What they hold today, where that was read with them."""


@dataclass(frozen=True)
class Persona:
    """Somebody whom a visitor of the demonstration may be, and what they can be seen doing."""

    person_id: int
    name: str
    trust: str
    line: str


def signed_in(session: Session, *, session_key: str, today: date) -> SignedIn | None:
    """The holder of that session key; None if there is none, or they have left the trust."""
    row = sign_ins.standing_by_key(session, session_key=session_key, today=today)
    if row is None:
        return None
    viewer = Viewer(person_id=row.person_id, trust_id=row.trust_id, roles=row.roles, acts_for=row.acts_for)
    return SignedIn(row.session_key, row.person_id, row.trust_id, row.name, row.trust, viewer)


def signed_in_as_persona(session: Session, *, person_id: int, today: date) -> SignedIn | None:
    """The persona with that id. None for somebody who is no persona: only a demonstration has any."""
    account = sign_ins.account_of_persona(session, person_id=person_id, today=today)
    return None if account is None else _signed_in(account)


def signed_in_by_password(session: Session, *, email: str, password: str, today: date) -> tuple[SignedIn, ...]:
    """Whose e-mail address and password these are: somebody of one trust, of several, or nobody. A wrong address takes
    as long as a wrong password."""
    accounts = sign_ins.accounts_by_email(session, email=email, today=today)
    if not accounts:
        _matches(_nobodys_hash(), password)
    return tuple(_signed_in(account) for account in accounts if _matches(account.password_hash, password))


def viewer(session: Session, *, person: SignedIn, today: date) -> Viewer:
    """What that person holds, and for whom they deputise, on a civil day: as it was read with them, if it was."""
    return person.viewer or Viewer(
        person_id=person.person_id,
        trust_id=person.trust_id,
        roles=sign_ins.roles_held(session, person_id=person.person_id, today=today),
        acts_for=sign_ins.deputised_people(session, person_id=person.person_id, today=today),
    )


def personas(session: Session) -> tuple[Persona, ...]:
    """Everybody whom a visitor may be, by trust."""
    return tuple(
        Persona(account.person_id, account.name, account.trust, account.persona)
        for account in sign_ins.personas(session)
    )


def _signed_in(account: sign_ins.AccountRow) -> SignedIn:
    return SignedIn(account.session_key, account.person_id, account.trust_id, account.name, account.trust)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return HASHER.hash("the password of nobody")
