"""What is asked before a case is withdrawn, and what is called off with it."""

from datetime import datetime

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from workflows.store.models import Case, Event, ExtraPa, Fact, Message, PlanVersion, Signature, TeamPlan


def starter(session: Session, *, case_id: int) -> int | None:
    """Who opened the case: a person's id; None where another case, or the case itself, did."""
    return session.scalar(select(Event.who_id).where(Event.case_id == case_id, Event.number == 1))


def is_signed(session: Session, *, case_id: int) -> bool:
    """Whether something in the case binds somebody: a signature that stands, an agreed plan, an approved team plan, an
    agreement on extra activities that was accepted."""
    signed = exists().where(Signature.case_id == case_id, Signature.voided_at.is_(None))
    agreed = exists().where(PlanVersion.case_id == case_id, PlanVersion.status != "draft")
    approved = exists().where(TeamPlan.case_id == case_id)
    accepted = exists().where(ExtraPa.case_id == case_id, ExtraPa.accepted_on.is_not(None))
    return bool(session.scalar(select(or_(signed, agreed, approved, accepted))))


def open_children(session: Session, *, case_id: int) -> list[str]:
    """The references of cases that it started and that are still open."""
    wanted = select(Case.reference).where(Case.parent_id == case_id, Case.status == "open").order_by(Case.id)
    return list(session.scalars(wanted))


def call_off(session: Session, *, case_id: int, now: datetime) -> None:
    """Cases that were asked for and have not been started yet will not be."""
    session.execute(
        update(Message)
        .where(Message.sender_id == case_id, Message.kind == "start", Message.status == "waiting")
        .values(status="given_up", delivered_at=now)
    )


def reason(session: Session, *, case_id: int, key: str) -> str:
    """Why the case was withdrawn; "" where nobody says, or where it has been erased."""
    wanted = select(Fact.value).where(Fact.case_id == case_id, Fact.key == key).order_by(Fact.id.desc()).limit(1)
    return str(session.scalar(wanted) or "")
