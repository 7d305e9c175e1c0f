"""Results of pay progression by doctor and year."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.store.models import PayReview


def add(session: Session, *, row: PayReview) -> PayReview:
    """A new result, with its id."""
    session.add(row)
    session.flush()
    return row


def of_person(session: Session, *, person_id: int) -> list[PayReview]:
    """All results of a doctor, oldest first."""
    return list(session.scalars(select(PayReview).where(PayReview.person_id == person_id).order_by(PayReview.id)))


def last_threshold(session: Session, *, person_id: int) -> date | None:
    """The day of the last threshold that was released; None where none is known."""
    return session.scalar(
        select(func.max(PayReview.threshold_on)).where(
            PayReview.person_id == person_id, PayReview.threshold == "released"
        )
    )
