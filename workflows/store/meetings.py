"""What the facts of a case say of its meetings, and who has been invited."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Date, case, func, or_, select
from sqlalchemy.orm import Session

from workflows.domain.meetings import BOOKED, PARTS
from workflows.store.asking import among, ask, given
from workflows.store.days import still_here
from workflows.store.models import Account, Fact, Json, Notice, Person
from workflows.store.tables import table_of

KIND = "meeting"
"""Of notices and of e-mails that invite."""
OFF = ":off"


@dataclass
class Bookings:
    """The newest value of each fact of a meeting; by fact, how often and when last it was written."""

    facts: dict[str, Json] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    written_at: dict[str, datetime] = field(default_factory=dict)


def bookings(session: Session, *, case_id: int) -> Bookings:
    """What was booked in a case, as far as it is stored: one statement."""
    ends = or_(*(Fact.key.endswith(end, autoescape=True) for end in (BOOKED, *PARTS)))
    wanted = select(Fact.key, Fact.value, Fact.written_at).where(Fact.case_id == case_id, ends).order_by(Fact.id)
    found = Bookings()
    for row in session.execute(wanted):
        found.facts[row.key] = row.value
        found.times[row.key] = found.times.get(row.key, 0) + 1
        found.written_at[row.key] = row.written_at
    return found


def key_of(case_id: int, meeting: str, number: int) -> str:
    """What the keys of the notices and e-mails that tell of a booking begin with. Behind it comes the person; behind
    them OFF where the booking is off for them."""
    return f"{_begins(case_id, meeting)}{number}"


def invited(session: Session, *, case_id: int, meeting: str) -> frozenset[int]:
    """Who was told of a meeting, and not since that it is off for them."""
    wanted = (
        select(Notice.person_id, Notice.key)
        .where(
            Notice.case_id == case_id,
            Notice.kind == KIND,
            Notice.key.startswith(_begins(case_id, meeting), autoescape=True),
        )
        .order_by(Notice.id)
    )
    last = {row.person_id: row.key for row in session.execute(wanted)}
    return frozenset(person_id for person_id, key in last.items() if not key.endswith(OFF))


def _begins(case_id: int, meeting: str) -> str:
    return f"{KIND}:{case_id}:{meeting}:"


class Contact(NamedTuple):
    """Somebody who may be invited. `mail`: how e-mail reaches them; "never" too for who has no account or has left."""

    name: str
    email: str
    mail: str


def contacts(session: Session, *, person_ids: Iterable[int], today: date) -> dict[int, Contact]:
    """Names, addresses and how e-mail reaches them, by id."""
    [found] = ask(session, _CONTACTS, {"person_ids": list(person_ids), "today": today})
    return {person_id: Contact(*contact) for person_id, *contact in found}


_PERSON, _ACCOUNT = table_of(Person), table_of(Account)
_CONTACTS = (
    select(
        _PERSON.c.id,
        _PERSON.c.name,
        _PERSON.c.email,
        func.coalesce(case((still_here(given("today", Date())), _ACCOUNT.c.mail)), "never"),
    )
    .outerjoin(_ACCOUNT, _ACCOUNT.c.person_id == _PERSON.c.id)
    .where(among(_PERSON.c.id, "person_ids")),
)
