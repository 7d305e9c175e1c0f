"""Taking personal text out of rows that stay. Events, acts and anchors are never touched: they hold ids alone."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, exists, func, literal, or_, select, text, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflows.domain.retention import LEFT, is_text
from workflows.store import following
from workflows.store.models import (
    Account,
    Base,
    Case,
    CaseRole,
    Comment,
    Contract,
    Deadline,
    DeadlineChange,
    Deputy,
    Document,
    Draft,
    Erasure,
    ExtraPa,
    ExtraPaNeed,
    ExtraPaUse,
    Fact,
    Incident,
    IncidentLine,
    LeaveTaken,
    Letter,
    Mail,
    Message,
    Notice,
    PanelConflict,
    PanelMember,
    PanelReview,
    PasswordReset,
    PeopleFile,
    Person,
    PlanVersion,
    Rota,
    RotaDiary,
    Signature,
    Step,
    TeamPlan,
    Visit,
)
from workflows.store.plans import BINDING

GONE = ""
NO_CONTENT: dict[str, Any] = {}
NO_WAY_IN = {"password_hash": "!", "mail": "never", "persona": None}
"""No password has that hash."""


class DueCase(NamedTuple):
    """A case whose text is to go."""

    id: int
    reference: str


def cases_due(session: Session, *, trust_id: int, closed_before: datetime, limit: int) -> list[DueCase]:
    """Cases that closed before then and still have their text, oldest first."""
    wanted = (
        select(Case.id, Case.reference)
        .where(
            Case.trust_id == trust_id,
            Case.status == "closed",
            Case.closed_at < closed_before,
            ~exists().where(Erasure.case_id == Case.id),
        )
        .order_by(Case.closed_at, Case.id)
        .limit(limit)
    )
    return [DueCase._make(row) for row in session.execute(wanted)]


def people_due(session: Session, *, trust_id: int, left_by: date, limit: int) -> list[int]:
    """People who left by that day and still have their name: none whose case has its text still."""
    unfinished = exists().where(Case.subject_id == Person.id, ~exists().where(Erasure.case_id == Case.id))
    wanted = (
        select(Person.id)
        .where(
            Person.trust_id == trust_id,
            Person.left_on <= left_by,
            Person.erased_at.is_(None),
            ~unfinished,
        )
        .order_by(Person.id)
        .limit(limit)
    )
    return list(session.scalars(wanted))


def erased_at(session: Session, *, case_id: int) -> datetime | None:
    """When the text of a case was taken out; None while it is there."""
    return session.scalar(select(func.max(Erasure.at)).where(Erasure.case_id == case_id))


def note(session: Session, *, erasure: Erasure) -> None:
    """Keep that something was erased."""
    session.add(erasure)
    session.flush()


def sweep(session: Session) -> None:
    """Let SQLite write over what is taken out; PostgreSQL does when it vacuums."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA secure_delete = ON"))


def erase_case(session: Session, *, case_id: int, now: datetime) -> int:
    """Take out every word that people wrote in a case. Returns how many pieces there were.

    A plan in force, one that waits for its first day, and the newest plan of a team stay: they are still in use.
    """
    steps = select(Step.id).where(Step.case_id == case_id)
    deadlines = select(Deadline.id).where(Deadline.case_id == case_id)
    incidents = select(Incident.id).where(Incident.case_id == case_id)
    extras = select(ExtraPa.id).where(ExtraPa.case_id == case_id)
    sent = or_(Message.sender_id == case_id, Message.receiver_id == case_id)
    newer = TeamPlan.__table__.alias("newer")
    in_use = ~exists().where(newer.c.team_id == TeamPlan.team_id, newer.c.number > TeamPlan.number)
    return sum(
        (
            _facts(session, case_id),
            _run(session, delete(Draft).where(Draft.step_id.in_(steps))),
            _blank(session, Comment, [Comment.words], Comment.case_id == case_id, removed_at=_first(Comment, now)),
            _blank(
                session,
                Document,
                [Document.title, Document.name],
                Document.case_id == case_id,
                content=b"",
                removed_at=_first(Document, now),
            ),
            _letters(session, case_id, now),
            _blank(session, ExtraPaUse, [ExtraPaUse.words], ExtraPaUse.extra_pa_id.in_(extras)),
            _blank(session, DeadlineChange, [DeadlineChange.reason], DeadlineChange.deadline_id.in_(deadlines)),
            _blank(session, CaseRole, [CaseRole.because], CaseRole.case_id == case_id),
            _blank(session, Signature, [Signature.voided_because], Signature.case_id == case_id),
            _blank(session, Notice, [Notice.subject, Notice.words], Notice.case_id == case_id),
            _mails(session, Mail.case_id == case_id),
            _blank(session, Incident, [Incident.sentence], Incident.case_id == case_id),
            _blank(session, IncidentLine, [IncidentLine.words], IncidentLine.incident_id.in_(incidents)),
            _run(session, update(Message).where(sent, Message.status != "waiting").values(facts=NO_CONTENT)),
            _run(
                session,
                update(PlanVersion)
                .where(PlanVersion.case_id == case_id, PlanVersion.status.not_in(BINDING))
                .values(content=NO_CONTENT),
            ),
            _run(session, update(TeamPlan).where(TeamPlan.case_id == case_id, ~in_use).values(content=NO_CONTENT)),
        )
    )


def erase_person(session: Session, *, trust_id: int, person_id: int, name: str, now: datetime) -> int:
    """Take out name, address and numbers of somebody who has left, and end their way in. Returns how many pieces."""
    account = select(Account.id).where(Account.person_id == person_id)
    titles = update(Case).where(Case.subject_id == person_id).values(title=func.replace(Case.title, name, LEFT))
    return sum(
        (
            _run(
                session,
                update(Person)
                .where(Person.id == person_id)
                .values(
                    name=LEFT,
                    email=f"erased-{person_id}@invalid",
                    employee_number=None,
                    registration=None,
                    erased_at=now,
                ),
            ),
            *(_run(session, delete(of).where(of.account_id.in_(account))) for of in (Visit, PasswordReset)),
            _run(
                session,
                update(Account)
                .where(Account.person_id == person_id)
                .values(**NO_WAY_IN, session_key=f"erased-{person_id}"),
            ),
            _run(session, update(Contract).where(Contract.person_id == person_id).values(payroll_number=GONE)),
            _blank(session, Deputy, [Deputy.reason], or_(Deputy.person_id == person_id, Deputy.deputy_id == person_id)),
            _panel_register(session, trust_id, person_id, name),
            following.forget(session, trust_id=trust_id, person_id=person_id, name=name),
            _blank(session, Notice, [Notice.subject, Notice.words], Notice.person_id == person_id),
            _mails(session, Mail.person_id == person_id),
            _run(session, titles),
            _incidents_that_name(session, trust_id, name),
            _run(session, delete(Draft).where(Draft.person_id == person_id)),
            _run(session, delete(LeaveTaken).where(LeaveTaken.person_id == person_id)),
            _run(
                session,
                update(PlanVersion).where(PlanVersion.person_id == person_id).values(content=NO_CONTENT),
            ),
        )
    )


def erase_post(session: Session, *, trust_id: int, written_before: datetime) -> int:
    """Take out the words of notices, e-mails, uploaded lists, reviews of the panel register and settled incidents of
    that age. Returns how many."""
    old_incidents = (Incident.trust_id == trust_id) & (Incident.last_at < written_before) & (Incident.status != "open")
    lines = IncidentLine.incident_id.in_(select(Incident.id).where(old_incidents))
    rotas = RotaDiary.rota_id.in_(select(Rota.id).where(Rota.trust_id == trust_id))
    return sum(
        (
            _blank(
                session,
                Notice,
                [Notice.subject, Notice.words],
                (Notice.trust_id == trust_id) & (Notice.written_at < written_before),
            ),
            _mails(session, (Mail.trust_id == trust_id) & (Mail.written_at < written_before)),
            _blank(
                session,
                PeopleFile,
                [PeopleFile.name, PeopleFile.text],
                (PeopleFile.trust_id == trust_id) & (PeopleFile.at < written_before),
            ),
            _blank(
                session,
                PanelReview,
                [PanelReview.note],
                (PanelReview.trust_id == trust_id) & (PanelReview.recorded_at < written_before),
            ),
            _blank(
                session,
                ExtraPaNeed,
                [ExtraPaNeed.words],
                (ExtraPaNeed.trust_id == trust_id) & (ExtraPaNeed.written_at < written_before),
            ),
            _blank(session, RotaDiary, [RotaDiary.note], rotas & (RotaDiary.agreed_at < written_before)),
            _blank(session, Incident, [Incident.sentence], old_incidents),
            _blank(session, IncidentLine, [IncidentLine.words], lines),
        )
    )


def _panel_register(session: Session, trust_id: int, person_id: int, name: str) -> int:
    """What the register of panel members says of somebody, and conflicts of others with them."""
    of_trust, theirs = PanelMember.trust_id == trust_id, PanelMember.person_id == person_id
    told = [PanelMember.organisation, PanelMember.specialties, PanelMember.taken_off_because]
    own = PanelConflict.member_id.in_(select(PanelMember.id).where(theirs))
    with_them = PanelConflict.member_id.in_(select(PanelMember.id).where(of_trust))
    named = with_them & PanelConflict.words.contains(name, autoescape=True)
    return _blank(session, PanelMember, told, theirs) + _blank(
        session, PanelConflict, [PanelConflict.words], or_(own, named)
    )


def _incidents_that_name(session: Session, trust_id: int, name: str) -> int:
    of_trust = Incident.trust_id == trust_id
    theirs = IncidentLine.incident_id.in_(select(Incident.id).where(of_trust))
    told = IncidentLine.words.contains(name, autoescape=True)
    return _blank(
        session, Incident, [Incident.sentence], of_trust & Incident.sentence.contains(name, autoescape=True)
    ) + (_blank(session, IncidentLine, [IncidentLine.words], theirs & told))


def _facts(session: Session, case_id: int) -> int:
    found = session.execute(select(Fact.id, Fact.key, Fact.type).where(Fact.case_id == case_id))
    wordy = [row.id for row in found if is_text(row.key, row.type)]
    return _run(session, update(Fact).where(Fact.id.in_(wordy)).values(value=None)) if wordy else 0


def _letters(session: Session, case_id: int, now: datetime) -> int:
    """The letters of a case: their hashes stay, so that a copy that somebody kept can still be told."""
    theirs = update(Letter).where(Letter.case_id == case_id, Letter.erased_at.is_(None))
    return _run(session, theirs.values(content=b"", erased_at=now))


def _mails(session: Session, which: ColumnElement[bool]) -> int:
    columns = [Mail.subject, Mail.words, Mail.link, Mail.calendar, Mail.failure]
    waiting = update(Mail).where(which, Mail.status == "waiting").values(status="given_up")
    _run(session, waiting)
    return _blank(session, Mail, columns, which)


def _first(model: type[Comment | Document], now: datetime) -> ColumnElement[Any]:
    """When it was taken out before, else now."""
    return func.coalesce(model.removed_at, literal(now, model.removed_at.type))


def _blank(
    session: Session,
    model: type[Base],
    columns: list[InstrumentedAttribute[str]],
    which: ColumnElement[bool],
    **more: Any,
) -> int:
    """Empty these columns in the rows that have something in one of them."""
    filled = or_(*(column != GONE for column in columns))
    emptied = {column.key: GONE for column in columns}
    return _run(session, update(model).where(which, filled).values(**emptied, **more))


def _run(session: Session, statement: Any) -> int:
    done: CursorResult[Any] = session.execute(statement, execution_options={"synchronize_session": False})  # type: ignore[assignment]
    return done.rowcount
