"""Everything in the tables that is about one person or was written by them, for a request of a data subject."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, Table, select
from sqlalchemy.orm import Session

from workflows.store.models import (
    Account,
    Act,
    Base,
    CalendarFeed,
    Case,
    CaseRole,
    Comment,
    Contract,
    DeadlineChange,
    Deputy,
    DiaryEntry,
    Document,
    Draft,
    Erasure,
    Event,
    ExtraPa,
    ExtraPaNeed,
    ExtraPaUse,
    Fact,
    LeaveTaken,
    Letter,
    Mail,
    MoveBatch,
    Notice,
    PanelAbsence,
    PanelAllocation,
    PanelApproval,
    PanelConflict,
    PanelMember,
    PanelReview,
    PayReview,
    Person,
    PlanVersion,
    Post,
    Rehearsal,
    ReleaseDraft,
    ReleaseDraftDecision,
    ReleaseDraftEdit,
    RotaMember,
    SavedView,
    Signature,
    Step,
    Visit,
)
from workflows.store.tables import table_of

SECRET = frozenset(
    {"password_hash", "session_key", "token_hash", "link", "content", "previous", "hash", "before", "after"}
)
"""Columns that are no data about anybody: ways in, links that are as good as a password, seals, diagrams as they were.
Bytes come as files."""
PLANS = frozenset({PlanVersion.__tablename__})
"""Where `content` is the text of a plan, not a file."""

OWN: tuple[tuple[type[Base], str], ...] = (
    (Person, "id"),
    (Account, "person_id"),
    (Contract, "person_id"),
    (Post, "person_id"),
    (Deputy, "person_id"),
    (Deputy, "deputy_id"),
    (PlanVersion, "person_id"),
    (Signature, "person_id"),
    (Draft, "person_id"),
    (Fact, "writer_id"),
    (Comment, "by_id"),
    (Document, "by_id"),
    (DeadlineChange, "by_id"),
    (Step, "done_by_id"),
    (Event, "who_id"),
    (Event, "on_behalf_of_id"),
    (Notice, "person_id"),
    (Mail, "person_id"),
    (Letter, "to_person_id"),
    (Letter, "by_id"),
    (Act, "who_id"),
    (Erasure, "person_id"),
    (CaseRole, "person_id"),
    (PanelMember, "person_id"),
    (PanelReview, "by_id"),
    (ExtraPa, "person_id"),
    (ExtraPaUse, "by_id"),
    (ExtraPaNeed, "by_id"),
    (PayReview, "person_id"),
    (LeaveTaken, "person_id"),
    (RotaMember, "person_id"),
    (DiaryEntry, "person_id"),
    (SavedView, "person_id"),
    (CalendarFeed, "person_id"),
    (ReleaseDraft, "created_by_id"),
    (ReleaseDraftEdit, "by_id"),
    (ReleaseDraftDecision, "by_id"),
    (MoveBatch, "by_id"),
    (Rehearsal, "by_id"),
)
"""The tables with the column that names the person."""


ON_THE_REGISTER: tuple[type[Base], ...] = (PanelApproval, PanelAbsence, PanelConflict, PanelAllocation)
"""What the register of panel members keeps of its members, in tables of its own."""


def own_rows(session: Session, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Their rows by table: of a row with a case, its reference stands beside its id."""
    found: dict[str, list[dict[str, Any]]] = {}
    for model, column in OWN:
        table = table_of(model)
        rows = found.setdefault(table.name, [])
        known = {row["id"] for row in rows}
        for row in session.connection().execute(_of(table, column, person_id)):
            if row.id not in known:
                rows.append(dict(row._mapping))
    for model in ON_THE_REGISTER:
        rows_of_member = session.connection().execute(_of_member(table_of(model), person_id))
        found[table_of(model).name] = [dict(row._mapping) for row in rows_of_member]
    found["visit"] = [dict(row._mapping) for row in session.connection().execute(_visits(person_id))]
    return found


def cases_about(session: Session, *, trust_id: int, person_id: int) -> list[str]:
    """The references of the cases of which they are the subject, oldest first."""
    wanted = select(Case.reference).where(Case.trust_id == trust_id, Case.subject_id == person_id)
    return list(session.scalars(wanted.order_by(Case.id)))


def files_of(session: Session, *, person_id: int) -> Iterator[tuple[int, str, bytes]]:
    """Id, name and bytes of the documents that they added, one by one."""
    wanted = select(Document.id, Document.name, Document.content).where(Document.by_id == person_id)
    for row in session.execute(wanted.order_by(Document.id), execution_options={"yield_per": 1}):
        yield row.id, row.name, row.content


def letters_to(session: Session, *, person_id: int) -> Iterator[tuple[int, bytes]]:
    """Id and bytes of the letters that they got, one by one."""
    wanted = select(Letter.id, Letter.content).where(Letter.to_person_id == person_id, Letter.erased_at.is_(None))
    for row in session.execute(wanted.order_by(Letter.id), execution_options={"yield_per": 1}):
        yield row.id, row.content


def by_email(session: Session, *, trust_key: str, email: str) -> tuple[int, int] | None:
    """Trust and id of somebody by their address."""
    wanted = (
        select(Person.trust_id, Person.id)
        .join(Person.trust)
        .where(Person.email == email.strip().lower(), Person.trust.has(key=trust_key))
    )
    row = session.execute(wanted).one_or_none()
    return (row.trust_id, row.id) if row else None


def _of_member(table: Table, person_id: int) -> Select[Any]:
    member = table_of(PanelMember)
    joined = table.join(member, member.c.id == table.columns.member_id)
    wanted = select(*table.columns).select_from(joined).where(member.c.person_id == person_id)
    return wanted.order_by(table.columns.id)


def _of(table: Table, column: str, person_id: int) -> Select[Any]:
    kept = [one for one in table.columns if one.name not in SECRET or (one.name == "content" and table.name in PLANS)]
    wanted = select(*kept).where(table.columns[column] == person_id).order_by(table.columns.id)
    if "case_id" not in table.columns:
        return wanted
    case = table_of(Case)
    return wanted.add_columns(case.c.reference.label("case_reference")).select_from(
        table.outerjoin(case, case.c.id == table.columns.case_id)
    )


def _visits(person_id: int) -> Select[Any]:
    visit, account = table_of(Visit), table_of(Account)
    kept = [one for one in visit.columns if one.name not in SECRET]
    joined = visit.join(account, account.c.id == visit.c.account_id)
    return select(*kept).select_from(joined).where(account.c.person_id == person_id).order_by(visit.c.id)
