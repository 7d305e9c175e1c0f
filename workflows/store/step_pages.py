"""Queries behind a person's list of steps and the page of one step."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, and_, exists, func, nulls_last, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session, aliased

from workflows.store.asking import as_loaded, ask, by_column, foresee, given
from workflows.store.days import not_over, on_day, still_here
from workflows.store.models import (
    CareGroup,
    Case,
    CaseRole,
    Deadline,
    Draft,
    Incident,
    Person,
    Post,
    Step,
    StepHolder,
    Team,
)
from workflows.store.tables import table_of


class WaitingStep(NamedTuple):
    """An open step in somebody's list. `for_id` is the holder in whose name it is there."""

    id: int
    name: str
    role: str
    due_at: datetime | None
    opened_at: datetime
    holder_id: int | None
    for_id: int
    holders: int
    reference: str
    title: str
    process: str
    year: str
    subject_id: int | None
    subject: str | None
    team: str | None
    drafted: bool


class OpenedStep(NamedTuple):
    """A step with its case. `item_name` is the person whom a for-each step is about."""

    step: Step
    case: Case
    subject: str | None
    team: str | None
    care_group: str | None
    done_by: str | None


class AskedStep(NamedTuple):
    """What a form has to know of a step to read what was typed."""

    id: int
    name: str
    screen: str
    status: str
    process: str
    element: str
    done_by_id: int | None
    case_id: int
    reference: str
    release_id: int
    trust_id: int
    subject_id: int | None
    team_id: int | None
    care_group_id: int | None


class PersonName(NamedTuple):
    """A person to choose or to name."""

    id: int
    name: str


def waiting_for(session: Session, *, trust_id: int, people: Iterable[int]) -> list[WaitingStep]:
    """The open steps that these people may do, what is due first first. A step that somebody has claimed is only
    theirs; one that two of these people may do is there twice."""
    ids = list(people)
    others = aliased(StepHolder)
    wanted = (
        select(
            Step.id,
            Step.name,
            Step.role,
            Step.due_at,
            Step.opened_at,
            Step.holder_id,
            StepHolder.person_id.label("for_id"),
            select(func.count()).where(others.step_id == Step.id).scalar_subquery().label("holders"),
            Case.reference,
            Case.title,
            Case.process,
            Case.year,
            Case.subject_id,
            Person.name.label("subject"),
            Team.name.label("team"),
            exists().where(Draft.step_id == Step.id, Draft.person_id.in_(ids)).label("drafted"),
        )
        .select_from(StepHolder)
        .join(Step, Step.id == StepHolder.step_id)
        .join(Case, Case.id == Step.case_id)
        .outerjoin(Person, Person.id == Case.subject_id)
        .outerjoin(Team, Team.id == Case.team_id)
        .where(
            StepHolder.person_id.in_(ids),
            StepHolder.status == "open",
            Step.trust_id == trust_id,
            or_(Step.holder_id.is_(None), Step.holder_id == StepHolder.person_id),
        )
        .order_by(StepHolder.due_at.is_(None), StepHolder.due_at, Step.opened_at, Step.id)
    )
    return [WaitingStep._make(row) for row in session.execute(wanted)]


def queued(session: Session, *, trust_id: int, queue: str) -> list[WaitingStep]:
    """The open steps of a queue: those that nobody may do until somebody assigns them."""
    wanted = (
        select(Step, Case, Person.name, Team.name)
        .join(Case, Case.id == Step.case_id)
        .outerjoin(Person, Person.id == Case.subject_id)
        .outerjoin(Team, Team.id == Case.team_id)
        .where(Step.trust_id == trust_id, Step.queue == queue, Step.status == "open")
        .order_by(Step.due_at.is_(None), Step.due_at, Step.opened_at, Step.id)
    )
    return [
        WaitingStep(
            step.id, step.name, step.role, step.due_at, step.opened_at, None, 0, 0, case.reference, case.title,
            case.process, case.year, case.subject_id, subject, team, False,
        )
        for step, case, subject, team in session.execute(wanted)
    ]  # fmt: skip


_STEP, _CASE, _PERSON, _POST, _TEAM, _CARE_GROUP = (
    table_of(each) for each in (Step, Case, Person, Post, Team, CareGroup)
)
STEP_ID, TRUST_ID, TODAY = given("step_id", Integer()), given("trust_id", Integer()), given("today", Date())
_ASKED = (
    select(
        _STEP.c.id,
        _STEP.c.name,
        _STEP.c.screen,
        _STEP.c.status,
        _STEP.c.process,
        _STEP.c.element,
        _STEP.c.done_by_id,
        _CASE.c.id,
        _CASE.c.reference,
        _CASE.c.release_id,
        _CASE.c.trust_id,
        _CASE.c.subject_id,
        _CASE.c.team_id,
        _CASE.c.care_group_id,
    )
    .join(_CASE, _CASE.c.id == _STEP.c.case_id)
    .where(_STEP.c.id == STEP_ID, _STEP.c.trust_id == TRUST_ID),
)
_SUBJECT, _DONE_BY = _PERSON.alias("subject"), _PERSON.alias("done_by")
_OPENED = (
    select(*_STEP.c, *_CASE.c, _SUBJECT.c.name, _TEAM.c.name, _CARE_GROUP.c.name, _DONE_BY.c.name)
    .join(_CASE, _CASE.c.id == _STEP.c.case_id)
    .outerjoin(_SUBJECT, _SUBJECT.c.id == _CASE.c.subject_id)
    .outerjoin(_TEAM, _TEAM.c.id == _CASE.c.team_id)
    .outerjoin(_CARE_GROUP, _CARE_GROUP.c.id == _CASE.c.care_group_id)
    .outerjoin(_DONE_BY, _DONE_BY.c.id == _STEP.c.done_by_id)
    .where(_STEP.c.id == STEP_ID, _STEP.c.trust_id == TRUST_ID),
)


def asked_step(session: Session, *, trust_id: int, step_id: int) -> AskedStep | None:
    """A step of the trust, open or not: one statement that reads no more than forms need."""
    [found] = ask(session, _ASKED, {"trust_id": trust_id, "step_id": step_id})
    return AskedStep._make(found[0]) if found else None


def foresee_asked(session: Session, *, trust_id: int, step_id: int) -> None:
    """`asked_step` will be asked in this transaction."""
    foresee(session, _ASKED, {"trust_id": trust_id, "step_id": step_id})


def opened_step(session: Session, *, trust_id: int, step_id: int) -> OpenedStep | None:
    """A step of the trust, open or not, with its case and the names around it: one statement."""
    [found] = ask(session, _OPENED, {"trust_id": trust_id, "step_id": step_id})
    if not found:
        return None
    *whole, subject, team, care_group, done_by = found[0]
    step, case = whole[: len(_STEP.c)], whole[len(_STEP.c) :]
    return OpenedStep(
        as_loaded(session, Step, by_column(_STEP, step)),
        as_loaded(session, Case, by_column(_CASE, case)),
        subject, team, care_group, done_by,
    )  # fmt: skip


def holders_by_name(session: Session, *, step_id: int) -> list[PersonName]:
    """Who may do a step, or could while it was open."""
    wanted = (
        select(Person.id, Person.name)
        .join(StepHolder, StepHolder.person_id == Person.id)
        .where(StepHolder.step_id == step_id)
        .order_by(Person.name, Person.id)
    )
    return [PersonName._make(row) for row in session.execute(wanted)]


def deadline_of(session: Session, *, case_id: int, name: str, due_at: datetime | None) -> Deadline | None:
    """The row of the ledger from which a step has its date: the newest of the deadline that it is drawn with, else one
    of its case that is due at that instant."""
    wanted = select(Deadline).where(Deadline.case_id == case_id)
    wanted = wanted.where(Deadline.name == name if name else Deadline.due_at == due_at)
    return session.scalar(wanted.order_by(Deadline.occurrence.desc()).limit(1))


def draft(session: Session, *, step_id: int, person_id: int) -> Draft | None:
    """What that person has filled in of a step."""
    return session.scalar(select(Draft).where(Draft.step_id == step_id, Draft.person_id == person_id))


def incidents(session: Session, *, trust_id: int) -> list[tuple[Incident, str | None, int | None]]:
    """What has yet to be settled in a trust, longest standing first: with the reference and the release of its case."""
    wanted = (
        select(Incident, Case.reference, Case.release_id)
        .outerjoin(Case, Case.id == Incident.case_id)
        .where(Incident.trust_id == trust_id, Incident.status == "open")
        .order_by(Incident.first_at, Incident.id)
    )
    return [(row.Incident, row.reference, row.release_id) for row in session.execute(wanted)]


_HERE = and_(_PERSON.c.trust_id == TRUST_ID, not_over(_PERSON.c.left_on, TODAY))
_OF_TRUST = (select(_PERSON.c.id, _PERSON.c.name).where(_HERE).order_by(_PERSON.c.name, _PERSON.c.id),)
_OF_TEAM = _POST.c.team_id.is_not_distinct_from(given("team_id", Integer()))
_OF_CARE_GROUP = _POST.c.care_group_id.is_not_distinct_from(given("care_group_id", Integer()))
_NEAR = or_(_OF_TEAM, and_(_POST.c.team_id.is_(None), or_(_OF_CARE_GROUP, _POST.c.care_group_id.is_(None))))
_DISTANCE = sql_case(
    (_PERSON.c.id == given("subject_id", Integer()), 0),
    (_OF_TEAM, 1),
    (_POST.c.care_group_id.is_not(None), 2),
    else_=3,
)
_AROUND = (
    select(_PERSON.c.id, _PERSON.c.name)
    .join(_POST, _POST.c.person_id == _PERSON.c.id)
    .where(_HERE, _NEAR, on_day(_POST.c.starts_on, _POST.c.ends_on, TODAY))
    .group_by(_PERSON.c.id, _PERSON.c.name)
    .order_by(func.min(_DISTANCE), _PERSON.c.name, _PERSON.c.id),
)


def people_of_trust(session: Session, *, trust_id: int, today: date) -> list[PersonName]:
    """Everybody who works for the trust, by name."""
    [found] = ask(session, _OF_TRUST, {"trust_id": trust_id, "today": today})
    return [PersonName._make(row) for row in found]


def foresee_people_of_trust(session: Session, *, trust_id: int, today: date) -> None:
    """`people_of_trust` will be asked in this transaction."""
    foresee(session, _OF_TRUST, {"trust_id": trust_id, "today": today})


def people_around(session: Session, *, case: Case | AskedStep, today: date) -> list[PersonName]:
    """Whoever holds a post over the case's team, its care group or the whole trust: the nearest first, then by name."""
    [found] = ask(session, _AROUND, of_case(case, today))
    return [PersonName._make(row) for row in found]


def foresee_people_around(session: Session, *, case: Case | AskedStep, today: date) -> None:
    """`people_around` will be asked in this transaction."""
    foresee(session, _AROUND, of_case(case, today))


def of_case(case: Case | AskedStep, today: date) -> dict[str, Any]:
    """By what people are around a case on a day."""
    return {
        "trust_id": case.trust_id,
        "subject_id": case.subject_id,
        "team_id": case.team_id,
        "care_group_id": case.care_group_id,
        "today": today,
    }


def people_of_dispute(session: Session, *, case_id: int, trust_id: int, today: date) -> list[PersonName]:
    """Whoever has a role in one dispute, first; then, by name, whoever has a post over the whole trust."""
    role = select(func.min(CaseRole.id)).where(
        CaseRole.case_id == case_id, CaseRole.person_id == Person.id, CaseRole.ended_at.is_(None)
    )
    post = exists().where(
        Post.person_id == Person.id,
        Post.team_id.is_(None),
        Post.care_group_id.is_(None),
        on_day(Post.starts_on, Post.ends_on, today),
    )
    first = role.scalar_subquery()
    wanted = (
        select(Person.id, Person.name)
        .where(Person.trust_id == trust_id, still_here(today), or_(first.is_not(None), post))
        .order_by(nulls_last(first.asc()), Person.name, Person.id)
    )
    return [PersonName._make(row) for row in session.execute(wanted)]


def posts_around(session: Session, *, case: Case, roles: Iterable[str], today: date) -> list[tuple[str, int, str]]:
    """Role, id and name of whoever holds one of these roles over the case's team or its care group."""
    near = or_(Post.team_id == case.team_id, and_(Post.team_id.is_(None), Post.care_group_id == case.care_group_id))
    wanted = (
        select(Post.role, Person.id, Person.name)
        .join(Person, Person.id == Post.person_id)
        .where(
            Post.trust_id == case.trust_id,
            Post.role.in_(list(roles)),
            near,
            on_day(Post.starts_on, Post.ends_on, today),
            still_here(today),
        )
        .order_by(Person.name, Person.id)
    )
    return [(row.role, row.id, row.name) for row in session.execute(wanted)]
