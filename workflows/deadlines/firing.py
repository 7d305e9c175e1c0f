"""What time does: the day of a deadline comes, a reminder or an escalation falls due."""

from datetime import datetime

from workflows.deadlines import ladder
from workflows.domain.calendars import civil_day
from workflows.domain.deadlines import Effect
from workflows.engine import ledger, runner
from workflows.engine.moves import NOBODY, Move
from workflows.store import Session, taking
from workflows.store import firings as firing_rows
from workflows.store.firings import Claimed
from workflows.store.models import Deadline
from workflows.store.taking import Taken


def due_firings(session: Session, *, now: datetime, limit: int) -> list[int]:
    """What time has to do now, first due first: the ids of at most `limit`."""
    return firing_rows.due_ids(session, now=now, limit=limit)


def fire(session: Session, *, firing_id: int, now: datetime) -> str | None:
    """Do one thing whose time has come: the due day itself, a reminder, an escalation.

    Returns what was done ("due", "remind", "escalate" or "overtaken"); None when another clock has it. After an outage
    the last reminder speaks for those before it.
    """
    claimed = firing_rows.claim(session, firing_id=firing_id, now=now)
    if claimed is None:
        return None
    taken = taking.take(session, case_ids=[claimed.case_id], today=civil_day(now))
    return fire_claimed(session, claimed, taken[claimed.case_id], now)


def fire_many(session: Session, *, now: datetime, limit: int) -> list[str]:
    """Do so many things whose time has come, in one transaction: what each was, none where nothing is left.

    What has failed before is not among them, nor what belongs to a case on which somebody is just working. Of several
    things of one case, the next sees what the one before has done.
    """
    done: list[str] = []
    claimed = firing_rows.claim_many(session, now=now, limit=limit)
    while claimed:
        first = {one.case_id: one for one in reversed(claimed)}
        taken = taking.take(session, case_ids=list(first), today=civil_day(now))
        done += [fire_claimed(session, one, taken[case_id], now) for case_id, one in first.items()]
        claimed = [one for one in claimed if one is not first[one.case_id]]
    return done


def fire_claimed(session: Session, firing: Claimed, taken: Taken, now: datetime) -> str:
    """Do what has been claimed, unless something later speaks for it."""
    row = next(one for one in taken.deadlines if one.id == firing.deadline_id)
    if row.ended_at is not None:
        return "overtaken"
    late_reminder = firing.kind == "remind" and firing.at < row.due_at <= now
    if firing.kind != "due" and (firing.overtaken or late_reminder):
        firing_rows.overtake(session, firing_ids=[firing.id])
        return "overtaken"
    move = runner.move_of(session, taken=taken, now=now, by=NOBODY)
    if firing.kind == "due":
        day_has_come(move, row)
    else:
        ladder.climb(move, row, rung=firing.rung)
    runner.save(move)
    return firing.kind


def fire_on_time(session: Session, *, firing_id: int, not_before: datetime) -> str | None:
    """Do one thing at the very instant at which it is due, as a clock that never stops would.

    not_before: the present. What was due before anybody planned it happens now.
    """
    row = firing_rows.by_id(session, firing_id=firing_id)
    return fire(session, firing_id=firing_id, now=max(row.at, not_before)) if row else None


def day_has_come(move: Move, row: Deadline) -> None:
    """The due day is over: a right lapses, a day that was waited for has come, anything else is late and stays to be
    done; drawn timers fire."""
    rule = ledger.rule_of(move, row)
    if rule.effect is Effect.LAPSE:
        ledger.lapse(move, row)
    elif rule.effect is Effect.COME:
        ledger.come(move, row)
    else:
        if row.status == "open":
            ledger.miss(move, row)
        ladder.day_missed(move, row)
    runner.fire_timers(move, row)
