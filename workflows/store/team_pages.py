"""Questions of the pages of teams and of plans."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from workflows.store.days import on_day
from workflows.store.models import CareGroup, Case, Contract, Deadline, Person, PlanVersion, Post, Team, TeamPlan
from workflows.store.plans import BINDING


def teams(
    session: Session, *, trust_id: int, led: Iterable[int] | None, among: Iterable[int]
) -> Sequence[Row[int, str, int, str]]:
    """(team id, team, care group id, care group) by name: all of the trust if `led` is None, else those of the care
    groups led and those among the given."""
    wanted = (
        select(Team.id, Team.name.label("team"), Team.care_group_id, CareGroup.name.label("care_group"))
        .join(CareGroup, CareGroup.id == Team.care_group_id)
        .where(Team.trust_id == trust_id)
        .order_by(CareGroup.name, Team.name)
    )
    if led is not None:
        wanted = wanted.where(or_(Team.care_group_id.in_(led), Team.id.in_(among)))
    return session.execute(wanted).all()


def team(session: Session, *, trust_id: int, team_id: int) -> Team | None:
    """A team of the trust with its care group."""
    wanted = select(Team).options(joinedload(Team.care_group)).where(Team.trust_id == trust_id, Team.id == team_id)
    return session.scalars(wanted).one_or_none()


def members(session: Session, *, team_ids: Iterable[int], day: date) -> list[tuple[int, int, str]]:
    """(team id, person id, name) of the practitioners of these teams on that day, by name."""
    wanted = (
        select(Post.team_id, Person.id, Person.name)
        .join(Person, Person.id == Post.person_id)
        .where(Post.team_id.in_(team_ids), Post.role == "practitioner", on_day(Post.starts_on, Post.ends_on, day))
        .order_by(Person.name)
        .distinct()
    )
    return [(team_id, person, name) for team_id, person, name in session.execute(wanted) if team_id]


def places(session: Session, *, trust_id: int, day: date) -> list[tuple[int, int, int]]:
    """(person id, team id, care group id) of the practitioners of the trust's teams on that day."""
    wanted = (
        select(Post.person_id, Team.id, Team.care_group_id)
        .join(Team, Team.id == Post.team_id)
        .where(Team.trust_id == trust_id, Post.role == "practitioner", on_day(Post.starts_on, Post.ends_on, day))
    )
    return [(person, team_id, group) for person, team_id, group in session.execute(wanted)]


def contracts(session: Session, *, person_ids: Iterable[int], day: date) -> list[Contract]:
    """The contracts that these people have on that day, the newest last."""
    wanted = (
        select(Contract)
        .where(Contract.person_id.in_(person_ids), on_day(Contract.starts_on, Contract.ends_on, day))
        .order_by(Contract.starts_on, Contract.id)
    )
    return list(session.scalars(wanted))


def plans_in_force(session: Session, *, trust_id: int, person_ids: Iterable[int]) -> list[PlanVersion]:
    """The plans in force of these people of the trust."""
    wanted = select(PlanVersion).where(
        PlanVersion.trust_id == trust_id, PlanVersion.person_id.in_(person_ids), PlanVersion.status == "in_force"
    )
    return list(session.scalars(wanted))


def plans_agreed(session: Session, *, trust_id: int, person_ids: Iterable[int]) -> list[PlanVersion]:
    """What has been agreed with these people: the plans in force and those that wait for their first day, the last
    agreed first."""
    wanted = select(PlanVersion).where(
        PlanVersion.trust_id == trust_id, PlanVersion.person_id.in_(person_ids), PlanVersion.status.in_(BINDING)
    )
    return list(session.scalars(wanted.order_by(PlanVersion.number.desc())))


def open_cases_of(session: Session, *, trust_id: int, person_ids: Iterable[int]) -> list[Case]:
    """The open cases about these people, the newest last."""
    wanted = (
        select(Case)
        .where(Case.trust_id == trust_id, Case.subject_id.in_(person_ids), Case.status == "open")
        .order_by(Case.opened_at, Case.id)
    )
    return list(session.scalars(wanted))


def open_cases_about(session: Session, *, trust_id: int, team_id: int) -> list[Case]:
    """The open cases of the team itself."""
    wanted = (
        select(Case)
        .where(Case.trust_id == trust_id, Case.team_id == team_id, Case.subject_id.is_(None), Case.status == "open")
        .order_by(Case.opened_at, Case.id)
    )
    return list(session.scalars(wanted))


def due_of_cases(session: Session, *, case_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of these cases is due next, by its earliest duty still to be done; a passed one is in the past."""
    wanted = (
        select(Deadline.case_id, func.min(Deadline.due_at).label("due_at"))
        .where(Deadline.case_id.in_(case_ids), Deadline.status.in_(("open", "missed")), Deadline.ended_at.is_(None))
        .group_by(Deadline.case_id)
    )
    return {row.case_id: row.due_at for row in session.execute(wanted)}


def team_plans_in_force(session: Session, *, team_ids: Iterable[int]) -> list[TeamPlan]:
    """The newest approved plan of each of these teams."""
    newest = (
        select(TeamPlan.team_id, func.max(TeamPlan.number).label("number"))
        .where(TeamPlan.team_id.in_(team_ids))
        .group_by(TeamPlan.team_id)
        .subquery()
    )
    same: ColumnElement[bool] = and_(newest.c.team_id == TeamPlan.team_id, newest.c.number == TeamPlan.number)
    return list(session.scalars(select(TeamPlan).join(newest, same)))


def plan_version(session: Session, *, trust_id: int, plan_id: int) -> Row[PlanVersion, Person] | None:
    """(plan version, its doctor) of the trust."""
    wanted = (
        select(PlanVersion, Person)
        .join(Person, Person.id == PlanVersion.person_id)
        .where(PlanVersion.trust_id == trust_id, PlanVersion.id == plan_id)
    )
    return session.execute(wanted).one_or_none()


def teams_of(session: Session, *, trust_id: int, person_id: int, day: date) -> list[Team]:
    """The teams in which somebody is a practitioner on that day."""
    wanted = (
        select(Team)
        .join(Post, Post.team_id == Team.id)
        .where(
            Team.trust_id == trust_id,
            Post.person_id == person_id,
            Post.role == "practitioner",
            on_day(Post.starts_on, Post.ends_on, day),
        )
    )
    return list(session.scalars(wanted))


def to_come(session: Session, *, trust_id: int, person_ids: Iterable[int]) -> list[PlanVersion]:
    """Of each of these doctors the newest of what is to come: a draft in a case that is still open, or what is agreed
    and waits for its first day."""
    drafted = and_(PlanVersion.status == "draft", Case.status == "open")
    wanted = (
        select(PlanVersion)
        .join(Case, Case.id == PlanVersion.case_id)
        .where(
            PlanVersion.trust_id == trust_id,
            PlanVersion.person_id.in_(list(person_ids)),
            or_(PlanVersion.status == "agreed", drafted),
        )
        .order_by(PlanVersion.number)
    )
    return list({row.person_id: row for row in session.scalars(wanted)}.values())
