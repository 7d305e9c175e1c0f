"""Questions of the pages that list: which cases somebody may see, and what is waiting in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, null, nulls_last, or_, select, true
from sqlalchemy import case as when
from sqlalchemy.orm import Session, joinedload

from workflows.store.days import on_day
from workflows.store.models import (
    CareGroup,
    Case,
    CaseRole,
    Deadline,
    Firing,
    Person,
    Post,
    Step,
    StepHolder,
    Team,
    TeamPlan,
)

PLAN_READERS = ("hr_workforce", "finance")
"""Who may read plans in force but no cases: a case is open to them only while it waits for a step of theirs."""


@dataclass(frozen=True)
class Sight:
    """Whose cases somebody may look at: the whole trust's, care groups', teams', the own ones of teams that they
    are in, and those they have a part in."""

    trust_id: int
    whole_trust: bool
    people: frozenset[int]
    led: frozenset[int]
    managed: frozenset[int]
    member_of: frozenset[int]
    named_in: frozenset[int] = frozenset()
    """Cases in which they have a role by name."""


@dataclass(frozen=True)
class CaseFilters:
    """What a list of cases is narrowed to; an empty value narrows nothing. `late` means a deadline has passed."""

    words: str = ""
    process: str = ""
    status: str = "open"
    care_group_id: int | None = None
    team_id: int | None = None
    late: bool = False


AnyRow = Row[*tuple[Any, ...]]
"""A row whose columns its question names."""


def roles_of(
    session: Session, *, trust_id: int, person_ids: Iterable[int], day: date
) -> list[tuple[str, int | None, int | None, int | None]]:
    """What these people are in the trust on that day: (role, care group, team, None) for each post, and (role, None,
    None, case) for each case in which one has a role by name."""
    ids = list(person_ids)
    posts = select(Post.role, Post.care_group_id, Post.team_id, null().label("case_id")).where(
        Post.trust_id == trust_id, Post.person_id.in_(ids), on_day(Post.starts_on, Post.ends_on, day)
    )
    named = (
        select(CaseRole.role, null(), null(), CaseRole.case_id)
        .join(Case, Case.id == CaseRole.case_id)
        .where(Case.trust_id == trust_id, CaseRole.person_id.in_(ids), CaseRole.ended_at.is_(None))
    )
    rows = session.execute(posts.union_all(named))
    return [(role, care_group, team, case_id) for role, care_group, team, case_id in rows]


def may_see(sight: Sight) -> ColumnElement[bool]:
    """The cases of the trust that somebody may look at (design: who sees what)."""
    if sight.whole_trust:
        return Case.trust_id == sight.trust_id
    part_in = (
        select(Step.case_id)
        .join(StepHolder, StepHolder.step_id == Step.id)
        .where(
            StepHolder.person_id.in_(sight.people),
            or_(Step.status == "open", and_(Step.done_by_id.in_(sight.people), Step.role.not_in(PLAN_READERS))),
        )
    )
    led_teams = select(Team.id).where(Team.care_group_id.in_(sight.led))
    return and_(
        Case.trust_id == sight.trust_id,
        or_(
            Case.subject_id.in_(sight.people),
            Case.team_id.in_(sight.managed) if sight.managed else false(),
            and_(Case.team_id.in_(sight.member_of), Case.subject_id.is_(None)) if sight.member_of else false(),
            or_(Case.care_group_id.in_(sight.led), Case.team_id.in_(led_teams)) if sight.led else false(),
            Case.id.in_(sight.named_in) if sight.named_in else false(),
            Case.id.in_(part_in),
        ),
    )


def running() -> ColumnElement[bool]:
    """A deadline whose duty is still to be done, passed or not."""
    return and_(Deadline.status.in_(("open", "missed")), Deadline.ended_at.is_(None))


def _is_late(now: datetime) -> ColumnElement[bool]:
    return and_(Case.status == "open", exists().where(Deadline.case_id == Case.id, running(), Deadline.due_at <= now))


def containing(words: str) -> str:
    """The pattern of whatever contains these words."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _narrowed(filters: CaseFilters, now: datetime) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [true()]
    if filters.words:
        pattern = containing(filters.words)
        found.append(
            or_(
                *(
                    column.ilike(pattern, escape="\\")
                    for column in (Case.reference, Case.title, Person.name, Team.name, CareGroup.name)
                )
            )
        )
    if filters.process:
        found.append(Case.process == filters.process)
    if filters.status:
        found.append(Case.status == filters.status)
    if filters.care_group_id:
        found.append(or_(Case.care_group_id == filters.care_group_id, Team.care_group_id == filters.care_group_id))
    if filters.team_id:
        found.append(Case.team_id == filters.team_id)
    if filters.late:
        found.append(_is_late(now))
    return and_(*found)


def _with_places(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        wanted.outerjoin(Person, Person.id == Case.subject_id)
        .outerjoin(Team, Team.id == Case.team_id)
        .outerjoin(CareGroup, CareGroup.id == func.coalesce(Case.care_group_id, Team.care_group_id))
    )


def count_cases(session: Session, *, sight: Sight, filters: CaseFilters, now: datetime) -> tuple[int, int]:
    """How many cases a list holds on all its pages, and how many of them are late."""
    late = func.coalesce(func.sum(_as_number(_is_late(now))), 0)
    wanted = _with_places(select(func.count(Case.id), late)).where(may_see(sight), _narrowed(filters, now))
    total, of_these = session.execute(wanted).one()
    return int(total), int(of_these)


def _as_number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return when((condition, 1), else_=0)


def open_and_late_by_team(
    session: Session, *, sight: Sight, team_ids: Iterable[int], now: datetime
) -> dict[int, tuple[int, int]]:
    """By team: how many open cases somebody may see, and how many of them are late."""
    late = func.coalesce(func.sum(_as_number(_is_late(now))), 0)
    wanted = (
        select(Case.team_id, func.count(Case.id), late)
        .where(may_see(sight), Case.team_id.in_(team_ids), Case.status == "open")
        .group_by(Case.team_id)
    )
    return {team: (int(total), int(of_these)) for team, total, of_these in session.execute(wanted) if team}


def list_cases(
    session: Session, *, sight: Sight, filters: CaseFilters, now: datetime, limit: int, offset: int
) -> Sequence[AnyRow]:
    """One page of cases, what is due first first: (case id, reference, process, title, year, status, stage, doctor,
    team, care group, due instant or None)."""
    due = (
        select(Deadline.case_id, func.min(Deadline.due_at).label("due_at"))
        .where(Deadline.trust_id == sight.trust_id, running())
        .group_by(Deadline.case_id)
        .subquery()
    )
    wanted = (
        _with_places(
            select(
                Case.id,
                Case.reference,
                Case.process,
                Case.title,
                Case.year,
                Case.status,
                Case.stage,
                Case.closed_at,
                Person.name.label("doctor"),
                Team.name.label("team"),
                CareGroup.name.label("care_group"),
                due.c.due_at,
            )
        )
        .outerjoin(due, and_(due.c.case_id == Case.id, Case.status == "open"))
        .where(may_see(sight), _narrowed(filters, now))
        .order_by(Case.status.desc(), nulls_last(due.c.due_at.asc()), Case.opened_at.desc(), Case.id)
        .limit(limit)
        .offset(offset)
    )
    return session.execute(wanted).all()


def visible_case(session: Session, *, sight: Sight, reference: str) -> Case | None:
    """The case of that reference, if it is the trust's and somebody may look at it."""
    wanted = (
        select(Case)
        .options(joinedload(Case.subject), joinedload(Case.team), joinedload(Case.care_group))
        .where(may_see(sight), Case.reference == reference)
    )
    return session.scalars(wanted).one_or_none()


def holds_step_in(session: Session, *, people: Iterable[int], case_id: int) -> bool:
    """Whether one of these people may act on an open step of the case."""
    held = exists().where(
        Step.id == StepHolder.step_id,
        Step.case_id == case_id,
        Step.status == "open",
        StepHolder.person_id.in_(people),
    )
    return bool(session.scalar(select(held)))


def disputes_about(session: Session, *, trust_id: int, subject_id: int) -> list[Case]:
    """The disputes of a doctor, open or over, with their teams."""
    wanted = select(Case).where(
        Case.trust_id == trust_id, Case.subject_id == subject_id, Case.process == "disagreement"
    )
    return list(session.scalars(wanted.options(joinedload(Case.team)).order_by(Case.id)))


def is_case(session: Session, *, trust_id: int, reference: str) -> bool:
    """Whether the trust has a case of that reference at all."""
    return bool(session.scalar(select(exists().where(Case.trust_id == trust_id, Case.reference == reference))))


def visible_among(session: Session, *, sight: Sight, case_ids: Iterable[int]) -> set[int]:
    """Those of these cases that somebody may look at."""
    return set(session.scalars(select(Case.id).where(Case.id.in_(case_ids), may_see(sight))))


def open_steps(session: Session, *, case_ids: Iterable[int]) -> list[Step]:
    """The waiting steps of these cases, what is due first first."""
    wanted = (
        select(Step)
        .where(Step.case_id.in_(case_ids), Step.status == "open")
        .order_by(nulls_last(Step.due_at.asc()), Step.id)
    )
    return list(session.scalars(wanted))


def holders(session: Session, *, step_ids: Iterable[int]) -> list[tuple[int, int, str]]:
    """(step id, person id, name) of everyone who may act on these steps, by name."""
    wanted = (
        select(StepHolder.step_id, Person.id, Person.name)
        .join(Person, Person.id == StepHolder.person_id)
        .where(StepHolder.step_id.in_(step_ids), StepHolder.status == "open")
        .order_by(Person.name)
    )
    return [(step, person, name) for step, person, name in session.execute(wanted)]


def case_of_team_plan(session: Session, *, row: TeamPlan) -> Case:
    """The case in which a team's plan was made."""
    return session.get_one(Case, row.case_id)


def processes(session: Session, *, sight: Sight) -> list[str]:
    """The processes of which somebody may see a case."""
    return list(session.scalars(select(Case.process).where(may_see(sight)).distinct().order_by(Case.process)))


def care_groups(session: Session, *, trust_id: int) -> list[CareGroup]:
    """The trust's care groups by name."""
    return list(session.scalars(select(CareGroup).where(CareGroup.trust_id == trust_id).order_by(CareGroup.name)))


def names(session: Session, *, trust_id: int, person_ids: Iterable[int]) -> dict[int, str]:
    """The names of these people of the trust, by id."""
    wanted = select(Person.id, Person.name).where(Person.trust_id == trust_id, Person.id.in_(person_ids))
    return {row.id: row.name for row in session.execute(wanted)}


def next_due_day(session: Session, *, trust_id: int) -> datetime | None:
    """When the next day on which something is due in the trust ends."""
    waiting = select(func.min(Firing.at)).where(
        Firing.trust_id == trust_id, Firing.status == "waiting", Firing.kind == "due"
    )
    return session.scalar(waiting)
