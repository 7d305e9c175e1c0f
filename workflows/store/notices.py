"""Words to persons about cases. Each becomes an e-mail in the same transaction, if its person wants one at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, UpdateBase, and_, case, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from workflows.domain.calendars import civil_day
from workflows.store import mail
from workflows.store.days import still_here
from workflows.store.inserts import dialect_of, insert_for
from workflows.store.later import later
from workflows.store.models import Account, Case, Deadline, Notice, Person, Step, StepHolder


@dataclass(frozen=True)
class NewNotice:
    """A notice to be; `key` makes it one notice however often it is written."""

    trust_id: int
    person_id: int
    key: str
    kind: str
    subject: str
    words: str
    written_at: datetime
    case_id: int | None = None
    step_id: int | None = None
    deadline_id: int | None = None


class Unread(NamedTuple):
    """A notice that its person has not put away. `settled`: what it was about is done. `plan_id`: of one that tells of
    a plan in force, that plan."""

    notice: Notice
    reference: str | None
    settled: bool
    plan_id: int | None


class Gathered(NamedTuple):
    """A notice that waits for its person's daily e-mail."""

    id: int
    trust_id: int
    person_id: int
    subject: str
    words: str
    reference: str | None


TO_DO = ("reminder", "missed", "signature_voided")
"""Kinds that ask their person for something: settled once nothing of the case waits for them any more."""
OF_THEIR_TIME = ("escalation", "meeting")
"""Kinds that are settled with their deadline or their case."""


def add(session: Session, *, notices: Sequence[NewNotice]) -> None:
    """Write notices, and their e-mails behind them; one whose key is there is not written again."""
    if notices:
        later(session, _add(dialect_of(session)), [vars(notice) for notice in notices])
        keys = [notice.key for notice in notices if notice.kind not in mail.MAILED_BY_THEMSELVES]
        mail.add_for_notices(session, keys=keys, today=civil_day(notices[0].written_at))


@cache
def _add(dialect: str) -> UpdateBase:
    return insert_for(dialect, Notice).on_conflict_do_nothing(index_elements=["key"]).inline()


def mark_read(session: Session, *, person_id: int, notice_ids: Iterable[int], now: datetime) -> None:
    """The person has opened these; the time of the first opening stays."""
    session.execute(
        update(Notice)
        .where(Notice.id.in_(list(notice_ids)), Notice.person_id == person_id, Notice.read_at.is_(None))
        .values(read_at=now)
    )


def unread(session: Session, *, trust_id: int, person_id: int, limit: int) -> list[Unread]:
    """What a person was told and has not put away, newest first: one statement."""
    wanted = (
        select(Notice, Case.reference, settled().label("settled"), mail.plan_told().label("plan_id"))
        .outerjoin(Case, Case.id == Notice.case_id)
        .where(Notice.trust_id == trust_id, Notice.person_id == person_id, Notice.read_at.is_(None))
        .order_by(Notice.written_at.desc(), Notice.id.desc())
        .limit(limit)
    )
    return [Unread(row.Notice, row.reference, bool(row.settled), row.plan_id) for row in session.execute(wanted)]


def settled() -> ColumnElement[bool]:
    """Of a notice: what it was about is done. A reminder is, once its deadline or its case has ended or its person has
    no open step left in the case; an escalation, once its deadline or its case has ended; a meeting, with its case."""
    deadline, its_case, step, holder = aliased(Deadline), aliased(Case), aliased(Step), aliased(StepHolder)
    ended = exists().where(deadline.id == Notice.deadline_id, deadline.ended_at.is_not(None))
    closed = exists().where(its_case.id == Notice.case_id, its_case.status == "closed")
    waits = exists().where(
        step.case_id == Notice.case_id,
        step.status == "open",
        holder.step_id == step.id,
        holder.person_id == Notice.person_id,
    )
    asks = Notice.kind.in_(TO_DO)
    return case((or_(asks, Notice.kind.in_(OF_THEIR_TIME)), or_(ended, closed, and_(asks, ~waits))), else_=False)


def to_gather(session: Session, *, since: datetime, now: datetime) -> list[Gathered]:
    """What waits for daily e-mails: unread, unsettled, and in no e-mail yet. Person by person, oldest first.

    Somebody who has just changed from daily to at once gets what was still waiting in a last daily one.
    """
    wanted = (
        select(Notice.id, Notice.trust_id, Notice.person_id, Notice.subject, Notice.words, Case.reference)
        .join(Account, Account.person_id == Notice.person_id)
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(Case, Case.id == Notice.case_id)
        .where(
            Account.mail.in_(("daily", "at_once")),
            Notice.written_at > since,
            Notice.written_at <= now,
            Notice.read_at.is_(None),
            Notice.gathered_at.is_(None),
            still_here(civil_day(now)),
            Notice.kind.not_in(mail.MAILED_BY_THEMSELVES),
            ~mail.exists_for_notice(),
            ~settled(),
        )
        .order_by(Notice.person_id, Notice.id)
    )
    return [Gathered._make(row) for row in session.execute(wanted)]


def gathered(session: Session, *, notice_ids: Iterable[int], now: datetime) -> None:
    """These have gone into a daily e-mail."""
    session.execute(update(Notice).where(Notice.id.in_(list(notice_ids))).values(gathered_at=now))
