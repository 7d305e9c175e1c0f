"""Queries behind starting a case: care groups, and doctors with the team that they plan in."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from workflows.store.days import not_over, on_day, still_here
from workflows.store.models import CareGroup, Case, Person, Post, Step, StepHolder, Team


class Doctor(NamedTuple):
    """A practitioner of a team."""

    id: int
    name: str
    team_id: int
    team: str


def care_groups(session: Session, *, trust_id: int) -> list[tuple[int, str]]:
    """The trust's care groups, by name."""
    wanted = select(CareGroup.id, CareGroup.name).where(CareGroup.trust_id == trust_id).order_by(CareGroup.name)
    return [(row.id, row.name) for row in session.execute(wanted)]


def doctors(session: Session, *, trust_id: int, today: date, team_ids: Collection[int] | None) -> list[Doctor]:
    """The practitioners of the trust, of some teams only if they are named, by name. Those who begin later count."""
    wanted = (
        select(Person.id, Person.name, Team.id, Team.name)
        .join(Post, Post.person_id == Person.id)
        .join(Team, Team.id == Post.team_id)
        .where(
            Person.trust_id == trust_id,
            Post.role == "practitioner",
            not_over(Post.ends_on, today),
            still_here(today),
        )
        .distinct()
        .order_by(Person.name, Person.id, Team.name)
    )
    if team_ids is not None:
        wanted = wanted.where(Team.id.in_(team_ids))
    return [Doctor._make(row) for row in session.execute(wanted)]


def teams_managed(session: Session, *, person_id: int, today: date) -> frozenset[int]:
    """The teams of which somebody is clinical manager today."""
    wanted = select(Post.team_id).where(
        Post.person_id == person_id,
        Post.role == "clinical_manager",
        Post.team_id.is_not(None),
        on_day(Post.starts_on, Post.ends_on, today),
    )
    return frozenset(team for team in session.scalars(wanted) if team is not None)


def first_step(session: Session, *, trust_id: int, reference: str, person_id: int) -> tuple[int, bool] | None:
    """The oldest open step of a case that the person may take: its id, and whether others may take it too."""
    other = aliased(StepHolder)
    others = exists().where(other.step_id == Step.id, other.person_id != person_id)
    wanted = (
        select(Step.id, others.label("shared"))
        .join(Case, Case.id == Step.case_id)
        .join(StepHolder, StepHolder.step_id == Step.id)
        .where(
            Case.trust_id == trust_id,
            Case.reference == reference,
            Step.status == "open",
            StepHolder.person_id == person_id,
        )
        .order_by(Step.id)
        .limit(1)
    )
    row = session.execute(wanted).first()
    return None if row is None else (row.id, bool(row.shared))
