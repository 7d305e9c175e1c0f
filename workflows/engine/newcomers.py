"""Somebody whom the trust did not know: their entry, an account, and a link to choose a password."""

import secrets
from datetime import datetime

from workflows.domain.particulars import Particulars, TakenAlready
from workflows.domain.passwords import UNUSABLE
from workflows.engine.moves import Move
from workflows.store import Session, employment, sign_ins
from workflows.store import acts as act_rows
from workflows.store import mail as mail_rows
from workflows.store import people as people_rows
from workflows.store.models import Person

WELCOME = (
    "Accord is where {trust} agrees job plans, step by step. An account has been opened for you, with this e-mail "
    "address. Choose a password to sign in for the first time. The link is good for seven days, and once; after that, "
    "use “Forgotten your password?” on the sign-in page."
)


def add(session: Session, *, trust_id: int, by_id: int | None, said: Particulars, now: datetime) -> Person:
    """Enter a person, without contract or post. Raises NeedsAName, NotAnAddress, TakenAlready."""
    said = said.cleaned()
    others = employment.taken(
        session, trust_id=trust_id, email=said.email, employee_number=said.employee_number, but=None
    )
    if others:
        raise TakenAlready(name=others[0].name)
    person = Person(trust_id=trust_id, **vars(said))
    employment.add(session, row=person)
    act_rows.record(
        session, trust_id=trust_id, who_id=by_id, kind="person_added", details={"person": person.id}, now=now
    )
    return person


def open_account(session: Session, *, person_id: int) -> bool:
    """Give somebody an account that no password opens yet. Returns whether it is new."""
    key = secrets.token_urlsafe(32)
    return sign_ins.open_account(session, person_id=person_id, session_key=key, unusable=UNUSABLE) is not None


def send_link(session: Session, *, trust_id: int, trust: str, person_id: int, now: datetime) -> None:
    """Send whoever has an account a link to choose a password. trust: its name."""
    invitation = mail_rows.NewMail(
        trust_id=trust_id,
        person_id=person_id,
        key=f"invitation:{person_id}:{secrets.token_hex(8)}",
        kind="invitation",
        subject="Your account in Accord",
        words=WELCOME.format(trust=trust),
        at=now,
    )
    mail_rows.add(session, mails=[invitation])


def let_in(move: Move, person_id: int) -> None:
    """Whoever is asked to act and has no account yet gets one, and a link to it."""
    case = move.case
    if open_account(move.session, person_id=person_id) and (
        trust := people_rows.trust(move.session, trust_id=case.trust_id)
    ):
        send_link(move.session, trust_id=trust.id, trust=trust.name, person_id=person_id, now=move.now)
        act_rows.record(
            move.session,
            trust_id=trust.id,
            who_id=move.by.person_id,
            kind="account_opened",
            details={"person": person_id},
            now=move.now,
        )
