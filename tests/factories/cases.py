"""Rows of cases for tests of the store and of pages. Tests of the verbs start real cases instead."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.trusts import NOW, TODAY, House
from workflows.store import cases, deadlines, firings, steps
from workflows.store.models import Case, Deadline, Fact, Json, Person, Step


def open_case(
    session: Session,
    house: House,
    *,
    process: str = "individual_planning",
    subject: Person | None = None,
    parent: Case | None = None,
    at: datetime = NOW,
) -> Case:
    """A case of the trust about the doctor, or about the subject."""
    about = subject or house.doctor
    return cases.add(
        session,
        case=Case(
            trust_id=house.trust.id,
            reference=cases.next_reference(session, trust=house.trust, year=at.year),
            process=process,
            title=f"{about.name}: annual job plan 2027/28",
            year="2027/28",
            release_id=house.release.id,
            parent_id=parent.id if parent else None,
            subject_id=about.id,
            team_id=house.team.id,
            care_group_id=house.care_group.id,
            opened_at=at,
            state=b"{}",
            engine_version="SpiffWorkflow 3.2.0",
        ),
    )


def open_step(
    session: Session,
    case: Case,
    *,
    element: str = "sign_plan",
    task: str = "",
    role: str = "practitioner",
    item: str = "",
    occurrence: int = 1,
    deadline: str = "",
    due_at: datetime | None = None,
    held_by: Sequence[Person] = (),
) -> Step:
    """A waiting step of the case with its holders."""
    step = Step(
        trust_id=case.trust_id,
        case_id=case.id,
        task=task or f"{element}-{item}-{occurrence}",
        process=case.process,
        element=element,
        name=element.replace("_", " ").capitalize(),
        role=role,
        item=item,
        occurrence=occurrence,
        deadline=deadline,
        due_at=due_at,
        holder_id=held_by[0].id if len(held_by) == 1 else None,
        opened_at=NOW,
    )
    steps.add(session, opened={step: [person.id for person in held_by]})
    return step


def open_deadline(
    session: Session, case: Case, *, name: str = "sign_off", starts_on: date = TODAY, due_at: datetime | None = None
) -> Deadline:
    """A line of the ledger, due four weeks on unless the test says when."""
    due = due_at or NOW + timedelta(days=28)
    earlier = select(Deadline.id).where(Deadline.case_id == case.id, Deadline.name == name)
    return deadlines.add(
        session,
        deadline=Deadline(
            trust_id=case.trust_id,
            case_id=case.id,
            name=name,
            occurrence=1 + len(session.scalars(earlier).all()),
            starts_on=starts_on,
            started_by="meeting_date",
            due_on=due.date(),
            due_at=due,
        ),
    )


def plan_firing(
    session: Session, deadline: Deadline, *, kind: str = "remind", rung: int = 0, at: datetime = NOW
) -> str:
    """Something that time has to do for the deadline; returns its key."""
    key = f"{deadline.id}:{kind}:{rung}:{deadline.due_on}"
    planned = firings.PlannedFiring(deadline.trust_id, deadline.id, key, kind, rung, at)
    firings.add_planned(session, firings=[planned])
    return key


def write_fact(
    session: Session,
    case: Case,
    key: str,
    value: Json,
    *,
    step: Step | None = None,
    item: str = "",
    at: datetime = NOW,
) -> Fact:
    """A fact of the case, by a step or by the case itself."""
    fact = Fact(
        case_id=case.id,
        key=key,
        occurrence=step.occurrence if step else 1,
        item=item,
        value=value,
        type="text",
        step_id=step.id if step else None,
        written_at=at,
    )
    session.add(fact)
    session.flush()
    return fact
