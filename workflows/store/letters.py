"""Letters of cases: what was sent to whom, with the bytes as they went out."""

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from workflows.store.models import Letter


def add(session: Session, *, letter: Letter) -> Letter:
    """A new letter, with its id."""
    session.add(letter)
    session.flush()
    return letter


def of_case(session: Session, *, case_id: int) -> list[Letter]:
    """The letters of a case without their bytes, oldest first; those that were erased too."""
    return list(session.scalars(select(Letter).where(Letter.case_id == case_id).order_by(Letter.id)))


def by_id(session: Session, *, trust_id: int, letter_id: int) -> Letter | None:
    """A letter of the trust with its bytes; None of one that was erased."""
    wanted = select(Letter).options(undefer(Letter.content))
    return session.scalar(wanted.where(Letter.id == letter_id, Letter.trust_id == trust_id, Letter.erased_at.is_(None)))
