"""Queries on what is late in care groups: driven by the ledger's index, whatever the number of cases."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.store.models import Case, Deadline


class LateRow(NamedTuple):
    """A case in which something is late, and when the first of it was due."""

    case_id: int
    reference: str
    title: str
    due_at: datetime


def late_cases(
    session: Session, *, trust_id: int, care_group_ids: Collection[int], now: datetime, limit: int
) -> tuple[list[LateRow], int]:
    """The open cases of these care groups in which something is late, the longest late first: at most `limit`, and how
    many there are."""
    late = (
        select(Deadline.case_id, func.min(Deadline.due_at).label("due_at"))
        .join(Case, Case.id == Deadline.case_id)
        .where(
            Deadline.trust_id == trust_id,
            Deadline.status.in_(("open", "missed")),
            Deadline.due_at <= now,
            Deadline.ended_at.is_(None),
            Case.status == "open",
            Case.care_group_id.in_(care_group_ids),
        )
        .group_by(Deadline.case_id)
        .subquery()
    )
    total = session.scalar(select(func.count()).select_from(late)) or 0
    wanted = (
        select(Case.id, Case.reference, Case.title, late.c.due_at)
        .join(late, late.c.case_id == Case.id)
        .order_by(late.c.due_at, Case.id)
        .limit(limit)
    )
    return [LateRow._make(row) for row in session.execute(wanted)] if total else [], total
