"""Verbs on accounts: the directorate opens one for a person; its owner chooses how e-mail reaches them."""

from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.errors import BadValues, NotAllowed
from workflows.engine import newcomers
from workflows.people.keeping import Keeper, check_here, check_keeps, find_person, note
from workflows.store import Session, sign_ins

MAIL = {
    "at_once": "At once, an e-mail for each thing that you should know",
    "daily": "Once a day, at 7am, in one e-mail",
    "never": "Never: you look on your first page in Accord",
}
"""How e-mail may reach somebody."""


class IsAPersona(NotAllowed):
    """{name} is one of the demonstration’s people, and needs no invitation."""


def invite(session: Session, *, by: Keeper, person_id: int, now: datetime) -> bool:
    """Open an account for a person and send them a link to choose a password; with an account, send a new link.

    Returns whether the account is new. Raises NotYoursToKeep, NoSuchPerson, HasLeft, IsAPersona.
    """
    check_keeps(session, by, now)
    person = find_person(session, by, person_id)
    check_here(person, civil_day(now))
    opened = newcomers.open_account(session, person_id=person.id)
    account = sign_ins.account_of(session, person_id=person.id)
    if account is None or account.persona:
        raise IsAPersona(name=person.name)
    newcomers.send_link(session, trust_id=by.trust_id, trust=account.trust, person_id=person.id, now=now)
    note(session, by, "account_opened" if opened else "password_asked", now, person=person.id)
    return opened


def choose_mail(session: Session, *, account_id: int, mail: str) -> None:
    """How e-mail reaches the account's owner from now on. Raises BadValues."""
    if mail not in MAIL:
        raise BadValues({"mail": "Choose how e-mail reaches you."})
    sign_ins.set_mail(session, account_id=account_id, mail=mail)
