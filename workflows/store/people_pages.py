"""Queries behind the pages of people: the list with its filters, and what belongs to one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session

from workflows.store.days import on_day, still_here
from workflows.store.models import CareGroup, Case, Contract, Person, PlanVersion, Post, Team
from workflows.store.plans import BINDING

PLAN_CASE = "individual_planning"


@dataclass(frozen=True)
class PeopleFilters:
    """What a list of people is narrowed to; an empty value narrows nothing."""

    words: str = ""
    role: str = ""
    team_id: int | None = None
    care_group_id: int | None = None
    plan: str = ""
    """in_force, agreed, under_way, none."""
    here: str = "here"
    """here, left, or "" for both."""


class PostLine(NamedTuple):
    """A post with the names of its place."""

    id: int
    person_id: int
    role: str
    team_id: int | None
    team: str | None
    care_group_id: int | None
    care_group: str | None
    starts_on: date
    ends_on: date | None


class PlanState(NamedTuple):
    """A doctor's plan in force and the first that waits for its day, by id and number; and their open case. None where
    there is none."""

    plan_id: int | None = None
    number: int | None = None
    since: date | None = None
    reference: str | None = None
    next_id: int | None = None
    next_number: int | None = None
    next_from: date | None = None


def count(session: Session, *, trust_id: int, filters: PeopleFilters, today: date) -> int:
    """How many people a list holds on all its pages."""
    wanted = select(func.count(Person.id)).where(Person.trust_id == trust_id, _narrowed(filters, today))
    return session.scalars(wanted).one()


def page(
    session: Session, *, trust_id: int, filters: PeopleFilters, today: date, limit: int, offset: int
) -> list[Person]:
    """One page of people, by name."""
    wanted = select(Person).where(Person.trust_id == trust_id, _narrowed(filters, today))
    return list(session.scalars(wanted.order_by(Person.name, Person.id).limit(limit).offset(offset)))


def posts_of_people(session: Session, *, person_ids: Iterable[int], on: date | None = None) -> list[PostLine]:
    """The posts of these people, those of one day alone if it is named; the newest first."""
    wanted = _posts().where(Post.person_id.in_(list(person_ids)))
    if on is not None:
        wanted = wanted.where(on_day(Post.starts_on, Post.ends_on, on))
    return [PostLine._make(row) for row in session.execute(wanted.order_by(Post.starts_on.desc(), Post.id.desc()))]


def plan_states(session: Session, *, person_ids: Iterable[int]) -> dict[int, PlanState]:
    """How it stands with the plans of these people, by person; nobody is missing."""
    ids = list(person_ids)
    found = dict.fromkeys(ids, PlanState())
    plans = (
        select(
            PlanVersion.person_id, PlanVersion.id, PlanVersion.number, PlanVersion.effective_from, PlanVersion.status
        )
        .where(PlanVersion.person_id.in_(ids), PlanVersion.status.in_(BINDING))
        .order_by(PlanVersion.number.desc())
    )
    for row in session.execute(plans):
        state = found[row.person_id]
        found[row.person_id] = (
            state._replace(plan_id=row.id, number=row.number, since=row.effective_from)
            if row.status == "in_force"
            else state._replace(next_id=row.id, next_number=row.number, next_from=row.effective_from)
        )
    cases = select(Case.subject_id, Case.reference).where(
        Case.subject_id.in_(ids), Case.status == "open", Case.process == PLAN_CASE
    )
    for subject_id, reference in session.execute(cases.order_by(Case.id)):
        if subject_id is not None:
            found[subject_id] = found[subject_id]._replace(reference=reference)
    return found


def contracts_of_people(session: Session, *, person_ids: Iterable[int]) -> list[Contract]:
    """Every contract of these people, the newest first."""
    wanted = select(Contract).where(Contract.person_id.in_(list(person_ids)))
    return list(session.scalars(wanted.order_by(Contract.starts_on.desc(), Contract.id.desc())))


def posts_around_today(session: Session, *, trust_id: int, on: date) -> list[tuple[PostLine, str]]:
    """Every post that is held in the trust on a day by somebody who has not left, with the holder's name."""
    wanted = (
        _posts()
        .add_columns(Person.name)
        .join(Person, Person.id == Post.person_id)
        .where(Post.trust_id == trust_id, on_day(Post.starts_on, Post.ends_on, on), still_here(on))
        .order_by(Person.name, Post.id)
    )
    return [(PostLine._make(row[:-1]), row[-1]) for row in session.execute(wanted)]


def post_line(session: Session, *, trust_id: int, post_id: int) -> tuple[PostLine, str] | None:
    """A post of the trust with its holder's name."""
    wanted = _posts().add_columns(Person.name).join(Person, Person.id == Post.person_id)
    row = session.execute(wanted.where(Post.id == post_id, Post.trust_id == trust_id)).one_or_none()
    return None if row is None else (PostLine._make(row[:-1]), row[-1])


def _posts() -> Select[*tuple[Any, ...]]:
    place = func.coalesce(Post.care_group_id, Team.care_group_id)
    return (
        select(
            Post.id,
            Post.person_id,
            Post.role,
            Post.team_id,
            Team.name,
            place,
            CareGroup.name,
            Post.starts_on,
            Post.ends_on,
        )
        .outerjoin(Team, Team.id == Post.team_id)
        .outerjoin(CareGroup, CareGroup.id == place)
    )


def _narrowed(filters: PeopleFilters, today: date) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [true()]
    if filters.words:
        found += [_fits(word) for word in filters.words.split()]
    if filters.here:
        found.append(still_here(today) if filters.here == "here" else Person.left_on < today)
    if filters.role or filters.team_id or filters.care_group_id:
        found.append(_holds(filters, today))
    if filters.plan:
        found.append(_plan(filters.plan, today))
    return and_(*found)


def _fits(word: str) -> ColumnElement[bool]:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    columns = (Person.name, Person.email, Person.employee_number)
    return or_(*(column.ilike(f"%{escaped}%", escape="\\") for column in columns))


def _holds(filters: PeopleFilters, today: date) -> ColumnElement[bool]:
    held = [Post.person_id == Person.id, on_day(Post.starts_on, Post.ends_on, today)]
    if filters.role:
        held.append(Post.role == filters.role)
    if filters.team_id:
        held.append(Post.team_id == filters.team_id)
    if filters.care_group_id:
        teams = select(Team.id).where(Team.care_group_id == filters.care_group_id)
        held.append(or_(Post.care_group_id == filters.care_group_id, Post.team_id.in_(teams)))
    return exists().where(*held)


def _plan(state: str, today: date) -> ColumnElement[bool]:
    """Of whoever has, or should have, a plan: practitioners."""
    doctor = exists().where(
        Post.person_id == Person.id, Post.role == "practitioner", on_day(Post.starts_on, Post.ends_on, today)
    )
    planned, agreed = (
        exists().where(PlanVersion.person_id == Person.id, PlanVersion.status == status) for status in BINDING
    )
    running = exists().where(Case.subject_id == Person.id, Case.status == "open", Case.process == PLAN_CASE)
    if state in BINDING:
        return planned if state == "in_force" else agreed
    return and_(doctor, running) if state == "under_way" else and_(doctor, ~planned, ~agreed, ~running)
