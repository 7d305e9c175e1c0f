"""Agreed job plans come into force on their first day, each in the history of the case in which it was agreed."""

from datetime import date, datetime

from workflows.domain.calendars import civil_day
from workflows.engine import runner
from workflows.engine.actions.plans import begin
from workflows.engine.actions.telling import tell_of_first_day
from workflows.engine.moves import NOBODY
from workflows.store import Session, taking
from workflows.store import people as people_rows
from workflows.store import plans as plan_rows


def plans_due_to_begin(session: Session, *, now: datetime) -> list[int]:
    """The doctors of whom an agreed plan has come to its first day and is not in force yet, by id."""
    return plan_rows.people_due(session, today=civil_day(now))


def next_first_day_of_a_plan(session: Session, *, after: datetime) -> date | None:
    """The next civil day after an instant's own on which an agreed plan comes into force."""
    return plan_rows.next_first_day(session, after=civil_day(after))


def begin_plans_of(session: Session, *, person_id: int, now: datetime) -> int:
    """Put in force what was agreed with a doctor and has come to its first day, in the order of agreement; each is told
    of, and stands in the history of its own case. Returns how many there were: none where another clock was first.
    """
    today = civil_day(now)
    waiting = plan_rows.due(session, person_id=person_id, today=today)
    # The cases first, as whoever completes a step of one takes it; then the doctor; then what is still to be done.
    taken = taking.take(session, case_ids=sorted({row.case_id for row in waiting if row.case_id}), today=today)
    people_rows.lock_person(session, person_id=person_id)
    moves = {case_id: runner.move_of(session, taken=one, now=now, by=NOBODY) for case_id, one in taken.items()}
    due = [row for row in plan_rows.due(session, person_id=person_id, today=today) if row.case_id in moves]
    for version in due:
        move = moves[version.case_id or 0]
        begin(move, version)
        tell_of_first_day(move, version)
        runner.save(move)
    return len(due)
