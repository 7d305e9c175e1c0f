"""A case that was started by mistake: who is offered to withdraw it, what goes with it, and why it was withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.errors import NotAllowed
from workflows.inbox import Session, Viewer
from workflows.inbox.finding import find
from workflows.inbox.reach import reach, standings_in
from workflows.store import case_pages
from workflows.store import withdrawals as withdrawal_rows
from workflows.store.models import Case

STAGE, REASON = "Withdrawn", "withdrawn_because"
"""What a withdrawn case is at, and the fact that says why."""


class NotYoursToWithdraw(NotAllowed):
    """Only whoever started a case by hand and the {medical_directorate} team can withdraw it."""


@dataclass(frozen=True)
class ToWithdraw:
    """An open case, with what would no longer be waited for: names of steps and how many deadlines. `signed` and
    `children` (references) stand in the way."""

    reference: str
    title: str
    steps: tuple[str, ...]
    deadlines: int
    signed: bool
    children: tuple[str, ...]
    has_parent: bool


def is_withdrawn(case: Case) -> bool:
    """Whether the case ended by being withdrawn."""
    return case.status == "closed" and case.stage == STAGE


def because(session: Session, *, case: Case) -> str:
    """Why it was withdrawn; "" where it was not, or where the words have been erased."""
    return withdrawal_rows.reason(session, case_id=case.id, key=REASON) if is_withdrawn(case) else ""


def may_withdraw(session: Session, *, viewer: Viewer, case: Case, standings: Collection[str]) -> bool:
    """Whether the viewer, or somebody for whom they act, is one of those who withdraw this case."""
    if case.status != "open":
        return False
    if "directorate" in standings and viewer.person_id != case.subject_id:
        return True
    return withdrawal_rows.starter(session, case_id=case.id) in viewer.stands_for


def to_withdraw(session: Session, *, viewer: Viewer, reference: str, now: datetime) -> ToWithdraw:
    """What withdrawing the case would bring. Raises NoSuchCase, NotYourCase, NotYoursToWithdraw."""
    sees = reach(session, viewer=viewer, now=now)
    case = find(session, sees=sees, reference=reference)
    if not may_withdraw(session, viewer=viewer, case=case, standings=standings_in(sees, case, ())):
        raise NotYoursToWithdraw
    steps = [step.name for step in case_pages.steps(session, case_id=case.id) if step.status == "open"]
    ledger = case_pages.deadlines(session, case_id=case.id)
    return ToWithdraw(
        reference=case.reference,
        title=case.title,
        steps=tuple(dict.fromkeys(steps)),
        deadlines=sum(row.ended_at is None for row in ledger),
        signed=withdrawal_rows.is_signed(session, case_id=case.id),
        children=tuple(withdrawal_rows.open_children(session, case_id=case.id)),
        has_parent=case.parent_id is not None,
    )
