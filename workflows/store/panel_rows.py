"""Queries behind the crafted screens: facts, plans, signatures and contracts of one case."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import Integer, select
from sqlalchemy.orm import Session

from workflows.store.asking import ask, first, given
from workflows.store.days import not_over, on_day, still_here
from workflows.store.models import (
    Contract,
    Fact,
    Instant,
    Json,
    Person,
    PlanVersion,
    Post,
    Signature,
    Step,
    Team,
    TeamPlan,
)
from workflows.store.tables import table_of

_FACT, _STEP, _PLAN = table_of(Fact), table_of(Step), table_of(PlanVersion)
_CASE_ID, _VERSION_ID = given("case_id", Integer()), given("version_id", Integer())
_FACTS = (
    select(_FACT.c.key, _FACT.c.item, _FACT.c.value, _STEP.c.element)
    .select_from(_FACT.outerjoin(_STEP, _STEP.c.id == _FACT.c.step_id))
    .where(_FACT.c.case_id == _CASE_ID)
    .order_by(_FACT.c.id),
)
_STEP_BEFORE = (
    select(_FACT.c.step_id)
    .where(
        _FACT.c.case_id == _CASE_ID,
        _FACT.c.step_id.is_not(None),
        _FACT.c.step_id != given("step_id", Integer()),
        _FACT.c.written_at <= given("opened_at", Instant()),
    )
    .order_by(_FACT.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_FACTS_BEFORE = (
    select(_FACT.c.key, _FACT.c.item, _FACT.c.value)
    .where(_FACT.c.case_id == _CASE_ID, _FACT.c.step_id == _STEP_BEFORE)
    .order_by(_FACT.c.id),
)
_NEWEST = select(_PLAN).where(_PLAN.c.case_id == _CASE_ID).order_by(_PLAN.c.number.desc()).limit(1)
_NAMED, _DRAFT = _NEWEST.where(_PLAN.c.id == _VERSION_ID), _NEWEST.where(_PLAN.c.status == "draft")


def facts_and_where(session: Session, *, case_id: int) -> tuple[Mapping[str, Mapping[str, Json]], Mapping[str, str]]:
    """What a case knows, by key and item ("" outside for-each steps): the value written last; the key's newest value
    comes last among its items. And by key the element of the diagram in which it was asked for last: several may ask
    the same."""
    found: dict[str, dict[str, Json]] = {}
    where: dict[str, str] = {}
    [rows] = ask(session, _FACTS, {"case_id": case_id})
    for key, item, value, element in rows:
        by_item = found.setdefault(key, {})
        by_item.pop(item, None)
        by_item[item] = value
        if element is not None:
            where[key] = element
    return found, where


def newest(known: Mapping[str, Mapping[str, Json]]) -> dict[str, Json]:
    """Of each key the value written last."""
    return {key: next(reversed(list(by_item.values()))) for key, by_item in known.items()}


def facts_of_step_before(
    session: Session, *, case_id: int, step_id: int, opened_at: datetime
) -> Mapping[str, Mapping[str, Json]]:
    """What was written by the step that was completed last when another was opened: by key and item."""
    [rows] = ask(session, _FACTS_BEFORE, {"case_id": case_id, "step_id": step_id, "opened_at": opened_at})
    return {key: {item: value} for key, item, value in rows}


def draft_of_case(session: Session, *, case_id: int, version_id: int | None) -> PlanVersion | None:
    """The version that a case works on: the one named, else its newest draft."""
    wanted = _NAMED if version_id else _DRAFT
    return first(session, PlanVersion, wanted, {"case_id": case_id, "version_id": version_id})


def signatures(session: Session, *, version_id: int) -> list[Signature]:
    """The signatures under a version, voided ones too, in the order in which they were given."""
    return list(
        session.scalars(select(Signature).where(Signature.plan_version_id == version_id).order_by(Signature.id))
    )


def contract(session: Session, *, person_id: int, today: date) -> Contract | None:
    """The contract that a doctor has today, or the first one that is to come."""
    wanted = select(Contract).where(Contract.person_id == person_id, not_over(Contract.ends_on, today))
    return session.scalar(wanted.order_by(Contract.starts_on).limit(1))


def team_plan(session: Session, *, trust_id: int, team_plan_id: int | None) -> TeamPlan | None:
    """A team plan of the trust."""
    return session.scalar(select(TeamPlan).where(TeamPlan.id == team_plan_id, TeamPlan.trust_id == trust_id))


def newest_team_plan(session: Session, *, team_id: int) -> TeamPlan | None:
    """The plan of a team that was approved last."""
    return session.scalar(select(TeamPlan).where(TeamPlan.team_id == team_id).order_by(TeamPlan.number.desc()).limit(1))


def posts_in_teams(
    session: Session, *, trust_id: int, team_ids: Collection[int], roles: Iterable[str], today: date
) -> list[tuple[str, int, str]]:
    """Role, id and name of whoever holds one of these roles in one of these teams."""
    held = on_day(Post.starts_on, Post.ends_on, today)
    wanted = (
        select(Post.role, Person.id, Person.name)
        .join(Person, Person.id == Post.person_id)
        .where(
            Post.trust_id == trust_id, Post.team_id.in_(team_ids), Post.role.in_(list(roles)), held, still_here(today)
        )
        .order_by(Person.name, Person.id)
    )
    return [(row.role, row.id, row.name) for row in session.execute(wanted)] if team_ids else []


def team_names(session: Session, *, trust_id: int, team_ids: Collection[int]) -> dict[int, str]:
    """The names of teams of the trust by id."""
    wanted = select(Team.id, Team.name).where(Team.trust_id == trust_id, Team.id.in_(team_ids))
    return {row.id: row.name for row in session.execute(wanted)}


def teams_of_care_group(session: Session, *, care_group_id: int) -> list[tuple[int, str]]:
    """Id and name of the teams of a care group, by name."""
    wanted = select(Team.id, Team.name).where(Team.care_group_id == care_group_id).order_by(Team.name)
    return [(row.id, row.name) for row in session.execute(wanted)]
