"""The ledger of deadlines: rows open with their start fact, close with their steps, and time acts on them.

Each function works inside a move, so that the row, its history and the case's next step are one transaction.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from workflows.domain.calendars import ONE_DAY, Calendar, at_hour, civil_day, in_full
from workflows.domain.deadlines import (
    HOUR_OF_REMINDERS,
    Change,
    DeadlineRule,
    Effect,
    Kind,
    Planned,
    Reckoning,
    plan_firings,
    reckon,
)
from workflows.domain.errors import NotAllowed
from workflows.engine import releases
from workflows.engine.bank_holidays import england
from workflows.engine.expressions import deadline_of
from workflows.engine.moves import Move
from workflows.store import Session
from workflows.store import deadlines as deadline_rows
from workflows.store import firings as firing_rows
from workflows.store import steps as step_rows
from workflows.store.models import Deadline, DeadlineChange, Json, Step


class RightLapsed(NotAllowed):
    """The time for this ended at the end of {day}. {what} can no longer be sent in from here."""


def open_rows(move: Move, *, fact: str, value: object) -> None:
    """Open a row for every deadline that this fact starts. A value that is no date starts nothing."""
    for rule in move.loaded.policy.deadlines.values():
        if rule.start == fact and applies(move, rule) and (start := as_date(value)):
            open_row(move, rule, start)


def applies(move: Move, rule: DeadlineRule) -> bool:
    """Whether cases of this process keep the deadline: the policy says so, or a diagram draws it."""
    if rule.processes:
        return move.case.process in rule.processes
    diagrams = move.loaded.diagrams
    drawn = (node for stage in diagrams.stages(move.case.process) for node in diagrams.drawing(stage).nodes.values())
    return any(rule.key in (node.deadline, deadline_of(node.timer)) for node in drawn)


def begin(move: Move, name: str, *, otherwise: date | None = None) -> None:
    """Let a drawn deadline run that nothing has started: one that is new to a case which knows its day already.

    It runs from that day. Time that runs on from a day, and would be up already, runs from today instead: nobody is
    late with what was not asked before. otherwise: from when such time runs while the day is not known.
    """
    if not name or newest(move, name) is not None:
        return
    rule = move.loaded.policy.deadline(name)
    known, runs_on = as_date(move.known[rule.start]), rule.kind is Kind.AFTER
    start = known or (otherwise if runs_on else None)
    if start is None or (rule.met_by and move.known[rule.met_by] is not None) or not applies(move, rule):
        return
    if runs_on and reckon(rule, start, "", england(start.year)).is_past(move.now):
        start = move.today
    open_row(move, rule, start, by_its_day=start == known)


def open_row(move: Move, rule: DeadlineRule, start: date, *, by_its_day: bool = True) -> None:
    """Open one row. A start fact that is corrected later replaces the row that was still open.

    by_its_day: False where it runs from the day on which it came to the case.
    """
    for old in of_name(move, rule.key):
        if old.ended_at is None:
            close(move, old, status="cancelled")
    reckoning = reckon(rule, start, "", england(start.year))
    opened = Deadline(
        trust_id=move.case.trust_id,
        case_id=move.case.id,
        name=rule.key,
        occurrence=len(of_name(move, rule.key)) + 1,
        starts_on=start,
        started_by=rule.start if by_its_day else "",
        opens_on=reckoning.opens_on,
        due_on=reckoning.due_on,
        due_at=reckoning.due_at,
        status="open",
    )
    row = deadline_rows.add(move.session, deadline=opened)
    move.deadlines.append(row)
    note(move, row, "deadline_opened")
    plan(move.session, row, plan_firings(rule, reckoning))


def open_again(move: Move, name: str, start: date) -> None:
    """Let the time of a deadline run anew from a day, where the case's diagrams keep it."""
    rule = move.loaded.policy.deadline(name)
    if applies(move, rule):
        open_row(move, rule, start)


def plan(session: Session, row: Deadline, planned: Iterable[Planned]) -> None:
    """Put down what time will have to do for a row; the key makes each of them happen once."""
    firing_rows.add_planned(
        session,
        firings=[
            firing_rows.PlannedFiring(
                trust_id=row.trust_id,
                deadline_id=row.id,
                key=f"{row.id}:{one.kind}:{one.rung}:{row.due_on.isoformat()}",
                kind=one.kind,
                rung=one.rung,
                at=one.at,
            )
            for one in planned
        ],
    )


def rule_of(move: Move, row: Deadline) -> DeadlineRule:
    """The rule that a row keeps: its case's own, or that of the release from which its case was moved."""
    if row.release_id is None:
        return move.loaded.policy.deadline(row.name)
    return releases.of(move.session, release_id=row.release_id).policy.deadline(row.name)


def of_name(move: Move, name: str) -> list[Deadline]:
    """The case's rows of one deadline, oldest first."""
    return [row for row in move.deadlines if row.name == name]


def newest(move: Move, name: str) -> Deadline | None:
    """The row that counts now: the newest occurrence."""
    return max(of_name(move, name), key=lambda row: row.occurrence, default=None)


def of_the_case(move: Move) -> list[Deadline]:
    """The rows, still to be met, that bind the case as a whole: a fact meets them, not a single step."""
    return [row for row in move.deadlines if row.ended_at is None and rule_of(move, row).met_by]


def due_day(move: Move, name: str) -> str | None:
    """`due("name")` in a diagram: the civil date, or None when nothing has started it."""
    row = newest(move, name)
    return row.due_on.isoformat() if row else None


def judge(move: Move, name: str, *, ends_step: bool = False) -> None:
    """Judge a submission by the ledger, inside its own transaction.

    ends_step: a timer is drawn on the step which takes it away when the time is up.
    Raises: RightLapsed when the time is up and the right lapses or the step goes, whether or not the clock has come by.
    """
    row = newest(move, name)
    if row is None or row.status == "cancelled" or not is_past(move, row):
        return
    rule = rule_of(move, row)
    if rule.effect is Effect.LAPSE or ends_step:
        raise RightLapsed(day=in_full(row.due_on), what=rule.title)
    if row.status == "open":
        miss(move, row)


def is_past(move: Move, row: Deadline) -> bool:
    """Whether a row's time is up. While its clock is stopped, it is not."""
    return move.now >= row.due_at and reckoned(row, rule_of(move, row)).is_past(move.now)


def miss(move: Move, row: Deadline) -> None:
    """The day has passed and it has not been done. It stays to be done."""
    row.status = "missed"
    note(move, row, "deadline_missed")


def lapse(move: Move, row: Deadline) -> None:
    """The day has passed and the right is gone."""
    row.status, row.ended_at = "lapsed", move.now
    firing_rows.void(move.session, deadline_ids=[row.id])
    note(move, row, "deadline_lapsed")


def come(move: Move, row: Deadline) -> None:
    """The day has come that was only waited for: what is drawn for it happens, and nobody is late."""
    row.status, row.ended_at = "met", move.now
    firing_rows.void(move.session, deadline_ids=[row.id])
    note(move, row, "deadline_came")


def close(move: Move, row: Deadline, *, status: str) -> None:
    """End a row: met, or cancelled. One met after its day, or cancelled when it was missed already, stays missed."""
    late = is_past(move, row) if status == "met" else row.status == "missed"
    row.status, row.ended_at = ("missed" if late else status), move.now
    firing_rows.void(move.session, deadline_ids=[row.id])
    if status == "met":
        kind = "deadline_met_late" if late else "deadline_met"
        note(move, row, kind)


def withdraw(move: Move, name: str) -> None:
    """Nobody waits for this any more, at least for now; a row that was missed stays so."""
    row = newest(move, name)
    if row is not None and row.ended_at is None:
        close(move, row, status="cancelled")
        note(move, row, "deadline_withdrawn")


def reopen(move: Move, row: Deadline) -> None:
    """A step of this deadline is to be done again, as when a signed plan is returned: the day stays what it was.

    Where that day has passed, it is missed now, and those to whom it was never escalated hear of it the next morning.
    """
    row.ended_at = None
    note(move, row, "deadline_reopened")
    if not is_past(move, row):
        row.status = "open"
        replan(move, row)
        return
    if row.status != "missed":
        miss(move, row)
    rule = rule_of(move, row)
    morning = at_hour(move.today + ONE_DAY, HOUR_OF_REMINDERS)
    planned = plan_firings(rule, reckoned(row, rule))
    plan(move.session, row, [replace(one, at=max(one.at, morning)) for one in planned if one.kind == "escalate"])


def settle(move: Move, *, drawn_open: set[str], drawn_done: set[str], drawn_cancelled: set[str]) -> None:
    """After a move: rows whose steps are all done are met, rows whose steps came back are open again.

    drawn_open: the deadlines of the steps that are open now; drawn_done, drawn_cancelled: those of the steps that this
    move completed, and of those that it took away. What was only taken away is not met: nobody waits for it any more.
    """
    for name in drawn_open | drawn_done | drawn_cancelled:
        row = newest(move, name)
        if row is None or row.status == "lapsed" or rule_of(move, row).met_by:
            continue
        if name in drawn_open and row.ended_at is not None:
            reopen(move, row)
        elif name not in drawn_open and row.ended_at is None:
            if name in drawn_done:
                close(move, row, status="met")
            else:
                withdraw(move, name)


def met_by(move: Move, *, fact: str) -> None:
    """Meet the rows whose rule says that this fact meets them."""
    for row in move.deadlines:
        if row.ended_at is None and rule_of(move, row).met_by == fact:
            close(move, row, status="met")


def cancel_open(move: Move) -> None:
    """The case is closed: nothing of it is waited for any more."""
    for row in move.deadlines:
        if row.ended_at is None:
            close(move, row, status="cancelled")


def replan(move: Move, row: Deadline) -> None:
    """Reckon a row again, after a change of its dates or policy, and plan its firings from now on."""
    rule = rule_of(move, row)
    reckoning = reckoned(row, rule)
    row.opens_on, row.due_on, row.due_at = reckoning.opens_on, reckoning.due_on, reckoning.due_at
    if row.ended_at is None:
        row.status = "missed" if reckoning.is_past(move.now) else "open"
    firing_rows.void(move.session, deadline_ids=[row.id])
    plan(move.session, row, [one for one in plan_firings(rule, reckoning) if one.at > move.now])
    show_dates(move, step_rows.open_of_case(move.session, case_id=row.case_id))


def show_dates(move: Move, steps: Iterable[Step]) -> None:
    """Copy the ledger's dates to open steps and to their holders' lists, where they differ."""
    shown = {step.deadline: step.due_at for step in steps}
    for name, due_at in shown.items():
        if due_at != (now_due := due_of_step(move, name)):
            step_rows.set_due(move.session, case_id=move.case.id, deadline=name, due_at=now_due)


def due_of_step(move: Move, deadline: str) -> datetime | None:
    """When a step is due: its own deadline's day if that runs, else that of the case as a whole.

    None while the clock of its deadline is stopped: nothing is due then.
    """
    row = newest(move, deadline) if deadline else None
    if row is not None and row.status != "cancelled":
        return None if row.is_stopped else row.due_at
    return min((row.due_at for row in of_the_case(move) if not row.is_stopped), default=None)


def reckoned(row: Deadline, rule: DeadlineRule) -> Reckoning:
    """The row's date, worked out again line by line."""
    return reckon(rule, row.starts_on, "", calendar_of(row), changes(row.changes))


def calendar_of(row: Deadline) -> Calendar:
    """England's bank holidays around a row."""
    return england(row.starts_on.year)


def changes(rows: Iterable[DeadlineChange]) -> tuple[Change, ...]:
    """The ledger's changes as the reckoning takes them."""
    return tuple(
        Change(
            kind=row.kind,
            from_on=row.from_on,
            to_on=row.to_on,
            reason=row.reason,
            by=row.by.name,
            on=civil_day(row.at),
        )
        for row in rows
    )


def note(move: Move, row: Deadline, kind: str, **details: Json) -> None:
    """A line of history about a row, with its clause, its title and its day."""
    rule = rule_of(move, row)
    move.record(kind, clause=rule.cited, deadline=row.name, title=rule.title, due_on=row.due_on.isoformat(), **details)


def as_date(value: object) -> date | None:
    """A fact's value as a civil date, or None when it is none."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
