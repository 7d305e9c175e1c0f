"""How a person extends, pauses and resumes a deadline: who may, why, and what moves with it."""

from datetime import date, datetime

from workflows.cases.acting import Actor
from workflows.domain.calendars import civil_day
from workflows.domain.deadlines import Change, check_change
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.roles import Role
from workflows.engine import ledger, runner
from workflows.engine.moves import Acting, Move
from workflows.store import Session
from workflows.store import deadlines as deadline_rows
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store.models import Deadline, DeadlineChange

MAY_CHANGE = frozenset({Role.MEDICAL_DIRECTORATE, Role.AMD, Role.MEDICAL_DIRECTOR})


class NoSuchDeadline(NotFound):
    """There is no such deadline, or it is not yours to see."""


class NotYoursToChange(NotAllowed):
    """Only the Medical Directorate team, the care group's AMD and the Medical Director change deadlines, and none of
    them those of their own plan."""


class Ended(NotAllowed):
    """This deadline has ended already, so there is nothing to change."""


class NotStopped(NotAllowed):
    """The clock of this deadline is running."""


def extend(session: Session, *, actor: Actor, deadline_id: int, to_on: date, reason: str, now: datetime) -> None:
    """Set a later due date. Raises NoSuchDeadline, NotYoursToChange, Ended, NotLater, NoReason."""
    change(session, actor, deadline_id, now, kind="extension", from_on=None, to_on=to_on, reason=reason)


def pause(session: Session, *, actor: Actor, deadline_id: int, reason: str, now: datetime) -> None:
    """Stop the clock from today on. Raises as `extend`, and AlreadyStopped."""
    change(session, actor, deadline_id, now, kind="pause", from_on=civil_day(now), to_on=None, reason=reason)


def resume(session: Session, *, actor: Actor, deadline_id: int, now: datetime) -> None:
    """Let a stopped clock run again from today: the days of the pause are added. Raises NotStopped."""
    move, row = changing(session, actor, deadline_id, now)
    stopped = next((one for one in row.changes if one.kind == "pause" and one.to_on is None), None)
    if stopped is None:
        raise NotStopped
    stopped.to_on = civil_day(now)
    ledger.replan(move, row)
    ledger.note(move, row, "deadline_resumed")
    runner.save(move)


def change(
    session: Session,
    actor: Actor,
    deadline_id: int,
    now: datetime,
    *,
    kind: str,
    from_on: date | None,
    to_on: date | None,
    reason: str,
) -> None:
    """Put a change under a row and reckon it again; its reminders and its drawn timers move with it."""
    move, row = changing(session, actor, deadline_id, now)
    by = people_rows.names(session, person_ids=[actor.person_id])[actor.person_id]
    pending = Change("pause" if kind == "pause" else "extension", from_on, to_on, reason, by, move.today)
    check_change(ledger.reckoned(row, move.loaded.policy.deadline(row.name)), pending)
    made = DeadlineChange(kind=kind, from_on=from_on, to_on=to_on, reason=reason.strip(), by_id=actor.person_id, at=now)
    deadline_rows.change(session, deadline=row, made=made)
    ledger.replan(move, row)
    what = "deadline_extended" if kind == "extension" else "deadline_paused"
    ledger.note(move, row, what, change=made.id)
    runner.save(move)


def changing(session: Session, actor: Actor, deadline_id: int, now: datetime) -> tuple[Move, Deadline]:
    """A move on the case of a deadline that this actor may change."""
    row = deadline_rows.get(session, trust_id=actor.trust_id, deadline_id=deadline_id)
    if row is None:
        raise NoSuchDeadline
    posts = post_rows.posts_of(session, person_id=actor.person_id, on=civil_day(now))
    if actor.person_id == row.case.subject_id:
        raise NotYoursToChange
    if not any(post.role in MAY_CHANGE and post.care_group_id in {None, row.case.care_group_id} for post in posts):
        raise NotYoursToChange
    if row.ended_at is not None:
        raise Ended
    return runner.open_move(session, case=row.case, now=now, by=Acting(actor.person_id)), row
