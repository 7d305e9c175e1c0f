"""Who is signed in: accounts, what they hold today."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows.inbox import Session, Viewer
from workflows.store import resets, sign_ins, visits

Browser = visits.VisitRow
"""A signed-in browser: id, what it calls itself, when it signed in and when it was used last."""


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in, as the head of each page names them, with the browser that they use.

    shared: several visitors of a demonstration are this person.
    """

    person_id: int
    trust_id: int
    name: str
    trust: str
    trust_key: str
    """As in the ids of its policy's clauses: "CPFT"."""
    viewer: Viewer
    """What they hold today."""
    account_id: int
    visit_id: int
    seen_at: datetime
    shared: bool


@dataclass(frozen=True)
class Known:
    """Somebody who has shown who they are, and may be signed in."""

    account_id: int
    session_key: str
    trust_id: int
    name: str
    trust: str


def signed_in(session: Session, *, token: str, today: date, real_now: datetime) -> SignedIn | None:
    """Whose browser carries that token; None if nobody's does any more, or they have left the trust."""
    row = sign_ins.standing_by_token(session, token_hash=resets.hashed(token), today=today, now=real_now)
    if row is None:
        return None
    viewer = Viewer(row.person_id, row.trust_id, row.roles, row.acts_for, row.release_id)
    return SignedIn(
        person_id=row.person_id,
        trust_id=row.trust_id,
        name=row.name,
        trust=row.trust,
        trust_key=row.trust_key,
        viewer=viewer,
        account_id=row.account_id,
        visit_id=row.visit_id,
        seen_at=row.seen_at,
        shared=row.shared,
    )


def persona(session: Session, *, person_id: int, today: date) -> Known | None:
    """The persona with that id. None for somebody who is no persona: only a demonstration has any."""
    account = sign_ins.account_of_persona(session, person_id=person_id, today=today)
    return None if account is None else known(account)


def by_key(session: Session, *, session_key: str, today: date) -> Known | None:
    """The account of that key."""
    account = sign_ins.account_by_key(session, session_key=session_key, today=today) if session_key else None
    return None if account is None else known(account)


def known(account: sign_ins.AccountRow) -> Known:
    """An account as signing in needs it."""
    return Known(account.id, account.session_key, account.trust_id, account.name, account.trust)


@dataclass(frozen=True)
class AccountPage:
    """One's own account. `browsers` are those that are signed in, this one among them; where several visitors are one
    person, this one alone."""

    email: str
    mail: str
    browsers: tuple[Browser, ...]
    here: int
    shared: bool


def account_page(session: Session, *, person: SignedIn, real_now: datetime) -> AccountPage:
    """How e-mail reaches whoever is signed in, and where they are signed in."""
    account = sign_ins.account_of(session, person_id=person.person_id)
    browsers = visits.of_account(session, account_id=person.account_id, now=real_now)
    return AccountPage(
        email=account.email if account else "",
        mail=account.mail if account else "",
        browsers=tuple(one for one in browsers if not person.shared or one.id == person.visit_id),
        here=person.visit_id,
        shared=person.shared,
    )


def asked_for(session: Session, *, token: str, now: datetime) -> resets.Asked | None:
    """Whose password a link is for; None for a link that is not good any more."""
    return resets.find(session, token=token, now=now)
