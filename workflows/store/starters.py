"""New starters without a plan, and doctors whom no team plans with."""

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflows.domain.people import began
from workflows.store.days import not_over, on_day, still_here
from workflows.store.models import Case, Contract, Person, PlanVersion, Post, Team
from workflows.store.plans import BINDING

NEW_FOR = timedelta(days=366)
"""Whoever began longer ago is no new starter, whatever plan they lack."""
AHEAD = timedelta(days=31)
"""How long before the first day somebody is looked at."""


class Starter(NamedTuple):
    """A practitioner who began lately, or is about to, without a plan or a case that makes one."""

    person_id: int
    name: str
    team_id: int
    team: str
    first_day: date


def starters(session: Session, *, trust_id: int, today: date) -> list[Starter]:
    """The trust's new starters, whoever began first first (CPFT-7.4.3)."""
    running = exists().where(Case.subject_id == Person.id, Case.status == "open", Case.process == "individual_planning")
    wanted = (
        select(Person.id, Person.name, Team.id, Team.name)
        .join(Post, Post.person_id == Person.id)
        .join(Team, Team.id == Post.team_id)
        .where(
            Person.trust_id == trust_id,
            still_here(today),
            Post.role == "practitioner",
            Post.starts_on <= today + AHEAD,
            not_over(Post.ends_on, today),
            ~running,
        )
        .order_by(Person.name, Person.id, Post.starts_on.desc(), Post.id.desc())
    )
    rows = {row[0]: row for row in reversed(list(session.execute(wanted)))}
    first_days = _first_days(session, list(rows), today)
    planned = _planned(session, list(rows))
    found = [Starter(*row, first_day=first_days[key]) for key, row in rows.items() if key in first_days]
    new = [one for one in found if today - NEW_FOR <= one.first_day <= today + AHEAD]
    without = [one for one in new if not any(_counts(day, one.first_day) for day in planned.get(one.person_id, ()))]
    return sorted(without, key=lambda one: (one.first_day, one.name))


def _first_days(session: Session, people: list[int], today: date) -> dict[int, date]:
    """When each began to work here; those without a contract are missing."""
    contracts: dict[int, list[Contract]] = defaultdict(list)
    for row in session.scalars(select(Contract).where(Contract.person_id.in_(people))):
        contracts[row.person_id].append(row)
    days = {person: began(rows, today) for person, rows in contracts.items()}
    return {person: day for person, day in days.items() if day is not None}


def _planned(session: Session, people: list[int]) -> dict[int, list[date | None]]:
    """From when the plans apply that these people have, in force or agreed."""
    found: dict[int, list[date | None]] = defaultdict(list)
    wanted = select(PlanVersion.person_id, PlanVersion.effective_from)
    for person, day in session.execute(
        wanted.where(PlanVersion.person_id.in_(people), PlanVersion.status.in_(BINDING))
    ):
        found[person].append(day)
    return found


def _counts(effective_from: date | None, first_day: date) -> bool:
    """Whether a plan is of this employment, not of an earlier one."""
    return effective_from is None or effective_from >= first_day


def without_a_team(session: Session, *, trust_id: int, today: date) -> list[tuple[int, str, str]]:
    """Those with a contract and a GMC or GDC number who hold no practitioner's post, by name: (id, name, grade). No
    team plans with them, so they would miss the yearly cycle (CPFT-2.3)."""
    post = exists().where(
        Post.person_id == Person.id,
        Post.role == "practitioner",
        not_over(Post.ends_on, today),
    )
    wanted = (
        select(Person.id, Person.name, Contract.grade)
        .join(Contract, Contract.person_id == Person.id)
        .where(
            Person.trust_id == trust_id,
            Person.registration.is_not(None),
            still_here(today),
            on_day(Contract.starts_on, Contract.ends_on, today),
            ~post,
        )
        .order_by(Person.name, Person.id, Contract.starts_on)
    )
    return list({row[0]: (row[0], row[1], row[2]) for row in session.execute(wanted)}.values())
