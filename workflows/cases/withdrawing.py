"""Withdrawing a case that was started by mistake."""

from datetime import datetime

from workflows.cases import meetings
from workflows.cases.acting import Actor
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.fields import Field, check_values
from workflows.domain.roles import Role
from workflows.engine import runner, withdrawing
from workflows.engine.moves import Acting, in_the_name_of
from workflows.store import Session
from workflows.store import papers as paper_rows
from workflows.store import posts as post_rows
from workflows.store import withdrawals as withdrawal_rows
from workflows.store.models import Case

ASKED = Field("reason", "long_text", "Why was it a mistake?", required=True)


class NoSuchCase(NotFound):
    """There is no such case in your trust."""


class NotYoursToWithdraw(NotAllowed):
    """Only whoever started a case by hand and the {medical_directorate} team can withdraw it, and nobody the case about
    their own plan unless they started it."""


class ClosedAlready(NotAllowed):
    """This case is closed already, so there is nothing to withdraw."""


class SignedAlready(NotAllowed):
    """Something in this case has been signed or approved. It can no longer be withdrawn: it has to go its way."""


class ChildrenOpen(NotAllowed):
    """This case has started others that are still open: {references}. Withdraw those first."""


def withdraw_case(session: Session, *, actor: Actor, reference: str, reason: str, now: datetime) -> str:
    """End a case that was started by mistake, while nothing in it is signed. Returns its title.

    Raises: NoSuchCase, ClosedAlready, NotYoursToWithdraw, SignedAlready, ChildrenOpen, BadValues.
    """
    case = paper_rows.case_of(session, trust_id=actor.trust_id, reference=reference)
    if case is None:
        raise NoSuchCase
    by = acting(session, actor=actor, case=case, now=now)
    check_may_go(session, case=case)
    words = check_values([ASKED], {"reason": reason})["reason"]
    move = runner.open_move(session, case=case, now=now, by=by)
    meetings.call_off(move)
    withdrawing.withdraw(move, reason=words)
    return case.title


def acting(session: Session, *, actor: Actor, case: Case, now: datetime) -> Acting:
    """In whose name the actor withdraws the case: their own first. Raises NotYoursToWithdraw."""
    started_by = withdrawal_rows.starter(session, case_id=case.id)
    for by in in_the_name_of(session, person_id=actor.person_id, on=civil_day(now)):
        posts = post_rows.posts_of(session, person_id=by.whose or 0, on=civil_day(now))
        directorate = (
            any(post.role == Role.MEDICAL_DIRECTORATE for post in posts) and actor.person_id != case.subject_id
        )
        if by.whose == started_by or directorate:
            return by
    raise NotYoursToWithdraw


def check_may_go(session: Session, *, case: Case) -> None:
    """Whether the case can still be withdrawn. Raises ClosedAlready, SignedAlready, ChildrenOpen."""
    if case.status != "open":
        raise ClosedAlready
    if withdrawal_rows.is_signed(session, case_id=case.id):
        raise SignedAlready
    if children := withdrawal_rows.open_children(session, case_id=case.id):
        raise ChildrenOpen(references=", ".join(children))
