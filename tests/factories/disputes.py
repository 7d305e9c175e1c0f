"""Rows of disputes for tests of the board, of its figures and of its dates."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import open_case, open_deadline, open_step, write_fact
from tests.factories.trusts import NOW, TODAY, House
from workflows.domain.calendars import end_of_day
from workflows.store.models import CareGroup, Case, Deadline, DeadlineChange, Person, Step, Team

ELEMENTS = {"mediation": "book_mediation", "appeal_panel": "book_hearing", "disagreement": "refer"}


def open_dispute(
    session: Session,
    house: House,
    *,
    stage: str = "disagreement",
    held_by: Sequence[Person] = (),
    due: int | None = None,
    limit: str = "mediation_meeting",
    subject: Person | None = None,
    **more: Any,
) -> Case:
    """A dispute that waits in a stage for a step of somebody; `due` is in how many days, fewer than none for late."""
    case = open_case(session, house, process="disagreement", subject=subject, **more)
    case.title = f"{(subject or house.doctor).name}: disagreement about the job plan 2027/28"
    open_in(session, case, stage, held_by=held_by)
    if due is not None:
        open_limit(session, case, limit, due=due)
    session.flush()
    return case


def open_in(session: Session, case: Case, stage: str, *, held_by: Sequence[Person] = (), element: str = "") -> Step:
    """A waiting step of that stage."""
    step = open_step(session, case, element=element or ELEMENTS[stage], role="mediator", held_by=held_by)
    step.process = stage
    session.flush()
    return step


def open_limit(session: Session, case: Case, name: str, *, due: int, starts_on: date = TODAY) -> Deadline:
    """A limit that ends in so many days; the open steps that have none yet are to be done by it."""
    due_on = TODAY + timedelta(days=due)
    row = open_deadline(session, case, name=name, starts_on=starts_on, due_at=end_of_day(due_on))
    row.due_on = due_on
    for step in _steps_of(session, case, ""):
        step.deadline, step.due_at = name, row.due_at
    session.flush()
    return row


def stop(session: Session, case: Case, limit: Deadline, *, by: Person) -> DeadlineChange:
    """Stop the clock of a limit: its steps are not due meanwhile."""
    change = DeadlineChange(deadline_id=limit.id, kind="pause", from_on=TODAY, reason="Illness", by_id=by.id, at=NOW)
    session.add(change)
    for step in _steps_of(session, case, limit.name):
        step.due_at = None
    session.flush()
    return change


def run_again(session: Session, case: Case, limit: Deadline, change: DeadlineChange) -> None:
    """Let it run again on the same day."""
    change.to_on = TODAY
    for step in _steps_of(session, case, limit.name):
        step.due_at = limit.due_at
    session.flush()


def _steps_of(session: Session, case: Case, deadline: str) -> Sequence[Step]:
    wanted = select(Step).where(Step.case_id == case.id, Step.status == "open", Step.deadline == deadline)
    return session.scalars(wanted).all()


def closed_limit(
    session: Session, case: Case, name: str, *, promised: int, took: int, starts_on: date = TODAY, status: str = ""
) -> Deadline:
    """A limit of so many days that is over, after so many."""
    row = open_deadline(session, case, name=name, starts_on=starts_on)
    row.due_on = starts_on + timedelta(days=promised)
    row.due_at = end_of_day(row.due_on)
    row.ended_at = datetime.combine(starts_on + timedelta(days=took), time(11), UTC)
    row.status = status or ("met" if took <= promised else "missed")
    session.flush()
    return row


def book(session: Session, case: Case, key: str, *, on: date, at: str = "", place: str = "") -> None:
    """A meeting that is booked in the dispute."""
    for end, value in (("booked_for", on.isoformat()), ("time", at), ("place", place)):
        write_fact(session, case, f"{key}_{end}", value or None, at=NOW)


def other_team(session: Session, house: House, *, care_group: str, name: str) -> Team:
    """A team of another care group of the trust."""
    group = CareGroup(trust_id=house.trust.id, name=care_group)
    session.add(group)
    session.flush()
    team = Team(trust_id=house.trust.id, care_group_id=group.id, name=name)
    session.add(team)
    session.flush()
    return team


def moved_to(session: Session, case: Case, team: Team) -> Case:
    """The same dispute, of another team."""
    case.team_id, case.care_group_id = team.id, team.care_group_id
    session.flush()
    return case
