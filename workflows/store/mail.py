"""The outbox to SMTP: an e-mail is written with what it tells, and sent by a clock.

A clock claims an e-mail in a transaction of its own, sends it, and says in another that it is sent. Whoever is killed
between the two leaves it claimed: after a while it waits again, and is sent once more under the same Message-ID.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Insert,
    Select,
    String,
    UpdateBase,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Session

from workflows.store.asking import among
from workflows.store.days import still_here
from workflows.store.inserts import dialect_of, insert_for, insert_into
from workflows.store.later import later
from workflows.store.models import Account, Case, Mail, Notice, Person, PlanVersion, Trust

OF_A_NOTICE = "notice:"
"""How the key of an e-mail begins that tells a notice."""
MAILED_BY_THEMSELVES = ("meeting",)
"""Kinds of notices that come with an e-mail of their own."""


@dataclass(frozen=True)
class NewMail:
    """An e-mail to be; `key` makes it one however often it is written, `at` is when to send it."""

    trust_id: int
    person_id: int
    key: str
    kind: str
    subject: str
    words: str
    at: datetime
    case_id: int | None = None
    link: str = ""
    calendar: str = ""


class Outgoing(NamedTuple):
    """A claimed e-mail, with whom it goes to. `account_id` is None for somebody without a way in."""

    id: int
    trust_id: int
    person_id: int
    key: str
    kind: str
    subject: str
    words: str
    link: str
    calendar: str
    written_at: datetime
    attempts: int
    name: str
    email: str
    left_on: date | None
    trust: str
    account_id: int | None


class Tried(NamedTuple):
    """An e-mail that could not be sent."""

    status: str
    kind: str
    case_id: int | None
    written_at: datetime
    attempts: int
    name: str
    email: str


class Kept(NamedTuple):
    """An e-mail as the page of a demonstration shows it."""

    mail: Mail
    name: str
    email: str


def add(session: Session, *, mails: Sequence[NewMail]) -> None:
    """Write e-mails; one whose key is there is not written again."""
    later(session, _add(dialect_of(session)), _rows(mails))


def add_new(session: Session, *, mails: Sequence[NewMail]) -> set[str]:
    """Write e-mails; one whose key is there already is not written again. Returns the keys of the new ones."""
    if not mails:
        return set()
    return set(session.scalars(_add(dialect_of(session)).returning(Mail.key), _rows(mails)))


@cache
def _add(dialect: str) -> Insert:
    return insert_for(dialect, Mail).on_conflict_do_nothing(index_elements=["key"]).inline()


def _rows(mails: Sequence[NewMail]) -> list[dict[str, Any]]:
    return [asdict(one) | {"written_at": one.at} for one in mails]


def add_for_notices(session: Session, *, keys: Sequence[str], today: date) -> None:
    """An e-mail for each of these notices whose person wants it at once and has not left."""
    later(session, _add_for_notice(dialect_of(session)), [{"notices": key, "today": today} for key in keys])


@cache
def _add_for_notice(dialect: str) -> UpdateBase:
    link = func.coalesce("/plans/" + cast(plan_told(), String), "/cases/" + Case.reference, "/")
    columns: dict[str, Any] = {
        "trust_id": Notice.trust_id,
        "person_id": Notice.person_id,
        "case_id": Notice.case_id,
        "key": key_of_notice(),
        "kind": literal("notice"),
        "subject": Notice.subject,
        "words": Notice.words,
        "link": link,
        "at": Notice.written_at,
        "written_at": Notice.written_at,
    }
    wanted = (
        select(*columns.values())
        .join(Account, Account.person_id == Notice.person_id)
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(Case, Case.id == Notice.case_id)
        .where(
            among(Notice.key, "notices"),
            Account.mail == "at_once",
            still_here(bindparam("today", type_=Date)),
        )
    )
    insert = insert_for(dialect, Mail).from_select(list(columns), wanted)
    return insert.on_conflict_do_nothing(index_elements=["key"]).execution_options(gathers="notices")


def key_of_notice() -> ColumnElement[str]:
    """The key of the e-mail that tells a notice."""
    return literal(OF_A_NOTICE) + Notice.key


def exists_for_notice() -> ColumnElement[bool]:
    """Of a notice: there is an e-mail of its own."""
    return exists().where(Mail.key == key_of_notice())


def plan_told() -> ColumnElement[int | None]:
    """Of a notice that tells of a plan agreed or in force: that plan. HR and finance may read it, not its case."""
    newest = (
        select(func.max(PlanVersion.id))
        .where(PlanVersion.case_id == Notice.case_id, PlanVersion.status != "draft")
        .scalar_subquery()
    )
    return case((Notice.kind == "distribute", newest))


def ask_passwords(
    session: Session, *, email: str, key: str, subject: str, words: str, now: datetime, today: date
) -> None:
    """An e-mail with a way to a new password for each account with that address: one statement, found or not."""
    columns: dict[str, Any] = {
        "trust_id": Person.trust_id,
        "person_id": Person.id,
        "key": literal(key) + cast(Person.id, String),
        "kind": literal("password"),
        "subject": literal(subject),
        "words": literal(words),
        "at": literal(now, Mail.at.type),
        "written_at": literal(now, Mail.at.type),
    }
    wanted = (
        select(*columns.values())
        .join(Account, Account.person_id == Person.id)
        .where(func.lower(Person.email) == email.strip().lower(), still_here(today), Person.erased_at.is_(None))
    )
    session.execute(
        insert_into(session, Mail).from_select(list(columns), wanted).on_conflict_do_nothing(index_elements=["key"])
    )


def due_ids(session: Session, *, now: datetime, limit: int) -> list[int]:
    """The e-mails to be sent, first due first: a look without a claim."""
    return list(session.scalars(_due(now).limit(limit)))


def claim(session: Session, *, mail_id: int, now: datetime, until: datetime) -> Outgoing | None:
    """Take this e-mail if it is due and nobody else has it; None if not. It waits again at `until`, unless it is
    settled before."""
    chosen = _due(now).where(Mail.id == mail_id).with_for_update(skip_locked=True).scalar_subquery()
    taken = session.scalars(
        update(Mail)
        .where(Mail.id == chosen, Mail.status == "waiting", Mail.at <= now)
        .values(at=until, attempts=Mail.attempts + 1)
        .returning(Mail.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None:
        return None
    wanted = (
        select(
            Mail.id, Mail.trust_id, Mail.person_id, Mail.key, Mail.kind, Mail.subject, Mail.words, Mail.link,
            Mail.calendar, Mail.written_at, Mail.attempts, Person.name, Person.email, Person.left_on,
            Trust.name.label("trust"), Account.id.label("account_id"),
        )
        .join(Person, Person.id == Mail.person_id)
        .join(Trust, Trust.id == Mail.trust_id)
        .outerjoin(Account, Account.person_id == Mail.person_id)
        .where(Mail.id == taken)
    )  # fmt: skip
    return Outgoing._make(session.execute(wanted).one())


def sent(session: Session, *, mail_id: int, now: datetime, link: str | None = None) -> None:
    """It has left. `link`: what a demonstration keeps of it for its page."""
    kept = {} if link is None else {"link": link}
    _set(session, mail_id, status="sent", sent_at=now, failure="", **kept)


def postpone(session: Session, *, mail_id: int, until: datetime, failure: str) -> None:
    """It is tried again then; `failure` is what the mail server said."""
    _set(session, mail_id, at=until, failure=failure)


def give_up(session: Session, *, mail_id: int, failure: str) -> None:
    """It is not tried again."""
    _set(session, mail_id, status="given_up", failure=failure)


def give_up_old(session: Session, *, written_before: datetime, kind: str, failure: str) -> Counter[int]:
    """Give up what of this kind has waited since before an instant. Returns how many, by trust."""
    given_up = (
        update(Mail)
        .where(Mail.status == "waiting", Mail.written_at < written_before, Mail.kind == kind)
        .values(status="given_up", failure=failure)
        .returning(Mail.trust_id)
        .execution_options(synchronize_session=False)
    )
    return Counter(session.scalars(given_up))


def waiting_by_trust(session: Session, *, written_before: datetime) -> dict[int, int]:
    """By trust: how many e-mails wait that were written before an instant."""
    wanted = (
        select(Mail.trust_id, func.count())
        .where(Mail.status == "waiting", Mail.written_at < written_before)
        .group_by(Mail.trust_id)
    )
    return {row.trust_id: row[1] for row in session.execute(wanted)}


def prune(session: Session, *, before: datetime) -> int:
    """Delete what was sent or given up before an instant; returns how many."""
    old = delete(Mail).where(Mail.status != "waiting", Mail.written_at < before).returning(Mail.id)
    return len(session.scalars(old.execution_options(synchronize_session=False)).all())


def of_trust(
    session: Session, *, trust_id: int, person_id: int | None, kind: str, limit: int, offset: int
) -> list[Kept]:
    """The e-mails of a trust, newest first: all, or those to one person, or of one kind."""
    wanted = (
        select(Mail, Person.name, Person.email)
        .join(Person, Person.id == Mail.person_id)
        .where(*_narrowed(trust_id, person_id, kind))
        .order_by(Mail.written_at.desc(), Mail.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [Kept._make(row) for row in session.execute(wanted)]


def count(session: Session, *, trust_id: int, person_id: int | None, kind: str) -> int:
    """How many the list has on all its pages."""
    return session.scalars(select(func.count(Mail.id)).where(*_narrowed(trust_id, person_id, kind))).one()


def recipients(session: Session, *, trust_id: int) -> list[tuple[int, str]]:
    """Everybody of the trust to whom an e-mail was written, by name."""
    written = select(Mail.person_id).where(Mail.trust_id == trust_id)
    wanted = select(Person.id, Person.name).where(Person.id.in_(written)).order_by(Person.name, Person.id)
    return [(row.id, row.name) for row in session.execute(wanted)]


def by_id(session: Session, *, mail_id: int) -> Tried | None:
    """One e-mail that could not be sent, with whom it goes to."""
    wanted = (
        select(Mail.status, Mail.kind, Mail.case_id, Mail.written_at, Mail.attempts, Person.name, Person.email)
        .join(Person, Person.id == Mail.person_id)
        .where(Mail.id == mail_id)
    )
    row = session.execute(wanted).one_or_none()
    return None if row is None else Tried._make(row)


def _narrowed(trust_id: int, person_id: int | None, kind: str) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [Mail.trust_id == trust_id]
    if person_id:
        wanted.append(Mail.person_id == person_id)
    if kind:
        wanted.append(Mail.kind == kind)
    return wanted


def _due(now: datetime) -> Select[int]:
    return select(Mail.id).where(Mail.status == "waiting", Mail.at <= now).order_by(Mail.at, Mail.id)


def _set(session: Session, mail_id: int, **values: Any) -> None:
    session.execute(
        update(Mail)
        .where(Mail.id == mail_id, Mail.status == "waiting")
        .values(**values)
        .execution_options(synchronize_session=False)
    )
