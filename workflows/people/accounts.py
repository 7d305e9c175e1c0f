"""Verbs on accounts: the directorate opens one for a person; its owner chooses how e-mail reaches them."""

import secrets
from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.errors import BadValues, NotAllowed
from workflows.people.keeping import Keeper, check_here, check_keeps, find_person, note
from workflows.people.passwords import UNUSABLE
from workflows.store import Session, sign_ins
from workflows.store import mail as mail_rows

MAIL = {
    "at_once": "At once, an e-mail for each thing that you should know",
    "daily": "Once a day, at 7am, in one e-mail",
    "never": "Never: you look on your first page in Accord",
}
"""How e-mail may reach somebody."""
WELCOME = (
    "Accord is where {trust} agrees job plans, step by step. An account has been opened for you, with this e-mail "
    "address. Choose a password to sign in for the first time. The link is good for seven days, and once; after that, "
    "use “Forgotten your password?” on the sign-in page."
)


class IsAPersona(NotAllowed):
    """{name} is one of the demonstration’s people, and needs no invitation."""


def invite(session: Session, *, by: Keeper, person_id: int, now: datetime) -> bool:
    """Open an account for a person and send them a link to choose a password; with an account, send a new link.

    Returns whether the account is new. Raises NotYoursToKeep, NoSuchPerson, HasLeft, IsAPersona.
    """
    check_keeps(session, by, now)
    person = find_person(session, by, person_id)
    check_here(person, civil_day(now))
    opened = sign_ins.open_account(
        session, person_id=person.id, session_key=secrets.token_urlsafe(32), unusable=UNUSABLE
    )
    account = sign_ins.account_of(session, person_id=person.id)
    if account is None or account.persona:
        raise IsAPersona(name=person.name)
    invitation = mail_rows.NewMail(
        trust_id=by.trust_id,
        person_id=person.id,
        key=f"invitation:{person.id}:{secrets.token_hex(8)}",
        kind="invitation",
        subject="Your account in Accord",
        words=WELCOME.format(trust=account.trust),
        at=now,
    )
    mail_rows.add(session, mails=[invitation])
    note(session, by, "account_opened" if opened else "password_asked", now, person=person.id)
    return opened is not None


def choose_mail(session: Session, *, account_id: int, mail: str) -> None:
    """How e-mail reaches the account's owner from now on. Raises BadValues."""
    if mail not in MAIL:
        raise BadValues({"mail": "Choose how e-mail reaches you."})
    sign_ins.set_mail(session, account_id=account_id, mail=mail)
