"""Passwords: kept as argon2 hashes, compared in equal time, set by their owner alone."""

import secrets
from datetime import date, datetime
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workflows.domain.calendars import civil_day
from workflows.domain.errors import BadValues, Broken, NotAllowed
from workflows.domain.passwords import LONGEST, UNUSABLE, check_password
from workflows.store import Session, resets, sign_ins, visits
from workflows.store import acts as act_rows
from workflows.store import mail as mail_rows
from workflows.store.resets import Asked
from workflows.store.sign_ins import AccountRow

HASHER = PasswordHasher()
ASKED = (
    "Somebody asked for a new password for your account in Accord. If it was you, choose one where the link below "
    "leads. It is good for an hour, and once. If it was not you, do nothing: your password stays as it is."
)


class LinkGone(Broken):
    """This link is not good any more: it was used, or it is too old. Ask for a new one."""


class SharedPassword(NotAllowed):
    """Several visitors of the demonstration are this person at once, so the password stays as it is."""


def accounts_with(session: Session, *, email: str, password: str, today: date) -> tuple[AccountRow, ...]:
    """The accounts with that address which this password opens: one in each trust at most. A wrong address takes as
    long as a wrong password."""
    if len(password) > LONGEST:
        return ()
    found = sign_ins.accounts_by_email(session, email=email, today=today)
    chosen = [account for account in found if account.password_hash != UNUSABLE]
    if not chosen:
        matches(_nobodys_hash(), password)
    return tuple(account for account in chosen if matches(account.password_hash, password))


def ask_new(session: Session, *, email: str, now: datetime) -> None:
    """Send a link to a new password to that address, if somebody here has it. Nothing tells whether somebody does."""
    mail_rows.ask_passwords(
        session,
        email=email,
        key=f"password:{secrets.token_hex(8)}:",
        subject="Choose a new password for Accord",
        words=ASKED,
        now=now,
        today=civil_day(now),
    )


def set_by_link(session: Session, *, token: str, password_hash: str, now: datetime) -> None:
    """Set the password of whoever was sent that link, and sign them out everywhere. Raises LinkGone, SharedPassword."""
    asked = resets.find(session, token=token, now=now)
    if asked is None or not resets.use(session, token=token, now=now):
        raise LinkGone
    if asked.persona:
        raise SharedPassword
    _set(session, asked, password_hash, now)
    visits.end_all(session, account_id=asked.id, now=now)


def new_hash(password: str, *, email: str, name: str) -> str:
    """The hash of a password that is good enough. It takes a while: not within a transaction. Raises BadValues."""
    check_password(password, email=email, name=name)
    return HASHER.hash(password)


def check_current(session: Session, *, person_id: int, password: str) -> AccountRow:
    """The account of somebody who knows its password. Raises SharedPassword, BadValues."""
    account = sign_ins.account_of(session, person_id=person_id)
    if account is None or account.persona:
        raise SharedPassword
    if len(password) > LONGEST or not matches(account.password_hash, password):
        raise BadValues({"current": "This is not your password now."})
    return account


def change(session: Session, *, account: AccountRow, password_hash: str, visit_id: int, now: datetime) -> None:
    """Set the password of whoever is signed in, and sign their other browsers out."""
    _set(session, account, password_hash, now)
    visits.end_all(session, account_id=account.id, now=now, but=visit_id)


def matches(password_hash: str, password: str) -> bool:
    """Whether this is the password."""
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _set(session: Session, account: AccountRow | Asked, password_hash: str, now: datetime) -> None:
    sign_ins.set_password(
        session, account_id=account.id, password_hash=password_hash, session_key=secrets.token_urlsafe(32)
    )
    resets.end_all(session, account_id=account.id, now=now)
    act_rows.record(
        session,
        trust_id=account.trust_id,
        who_id=account.person_id,
        kind="password_set",
        details={"person": account.person_id},
        now=now,
    )


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return HASHER.hash("the password of nobody")
