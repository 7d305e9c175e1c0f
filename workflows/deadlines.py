"""Verbs on deadlines: what time does when a day comes, and how a person extends, pauses and resumes one."""

from datetime import date, datetime

from workflows.cases.acting import Actor
from workflows.domain.calendars import civil_day
from workflows.domain.deadlines import Change, Effect, check_change
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.roles import Role
from workflows.engine import ledger, runner
from workflows.engine.moves import NOBODY, Acting, Move
from workflows.notices import ladder
from workflows.store import Session
from workflows.store import deadlines as deadline_rows
from workflows.store import firings as firing_rows
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store.models import Deadline, DeadlineChange, Firing

MAY_CHANGE = frozenset({Role.MEDICAL_DIRECTORATE, Role.AMD, Role.MEDICAL_DIRECTOR})


class NoSuchDeadline(NotFound):
    """There is no such deadline, or it is not yours to see."""


class NotYoursToChange(NotAllowed):
    """Only the Medical Directorate team, the care group's AMD and the Medical Director change deadlines."""


class Ended(NotAllowed):
    """This deadline has ended already, so there is nothing to change."""


class NotStopped(NotAllowed):
    """The clock of this deadline is running."""


def due_firings(session: Session, *, now: datetime, limit: int) -> list[int]:
    """What time has to do now, first due first: the ids of at most `limit`."""
    return firing_rows.due_ids(session, now=now, limit=limit)


def fire(session: Session, *, firing_id: int, now: datetime) -> str | None:
    """Do one thing whose time has come: the due day itself, a reminder, an escalation.

    Returns what was done ("due", "remind", "escalate" or "overtaken"); None when another clock has it. After an outage
    the last reminder speaks for those before it.
    """
    firing = firing_rows.claim(session, firing_id=firing_id, now=now)
    if firing is None:
        return None
    row = firing.deadline
    if row.ended_at is not None:
        return "overtaken"
    if firing.kind != "due" and overtaken(session, firing, now):
        firing_rows.overtake(session, firing_ids=[firing.id])
        return "overtaken"
    move = runner.open_move(session, case=row.case, now=now, by=NOBODY)
    if firing.kind == "due":
        day_has_come(move, row)
    else:
        ladder.climb(move, row, rung=firing.rung)
    runner.save(move)
    return firing.kind


def overtaken(session: Session, firing: Firing, now: datetime) -> bool:
    """Whether a rung comes too late to be of use: a later one is due as well, or the day that it warns of has passed."""
    if firing.kind == "remind" and firing.at < firing.deadline.due_at <= now:
        return True
    return firing_rows.later_due(session, firing=firing, now=now)


def day_has_come(move: Move, row: Deadline) -> None:
    """The due day is over: a right lapses, anything else is late and stays to be done; drawn timers fire."""
    rule = move.loaded.policy.deadline(row.name)
    if rule.effect is Effect.LAPSE:
        ledger.lapse(move, row)
    else:
        if row.status == "open":
            ledger.miss(move, row)
        ladder.day_missed(move, row)
    runner.fire_timers(move, row)


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
    made = DeadlineChange(
        kind=kind, from_on=from_on, to_on=to_on, reason=reason.strip(), by_id=actor.person_id, at=now
    )
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
    if not any(post.role in MAY_CHANGE and post.care_group_id in {None, row.case.care_group_id} for post in posts):
        raise NotYoursToChange
    if row.ended_at is not None:
        raise Ended
    return runner.open_move(session, case=row.case, now=now, by=Acting(actor.person_id)), row
