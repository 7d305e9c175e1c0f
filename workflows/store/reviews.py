"""When job plans were reviewed last."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from workflows.store.days import on_day, still_here
from workflows.store.models import CareGroup, Fact, Person, PlanVersion, Post, Team

KIND, MET_ON, CHANGED_ON = "kind", "meeting_date", "significant_change_date"
IN_PART = "in_year"
"""The kind of a review that looks only at what has changed: the next full one is due as before it."""


class Member(NamedTuple):
    """A doctor of a team."""

    person_id: int
    name: str
    team_id: int
    team: str
    care_group_id: int
    care_group: str


def members(session: Session, *, trust_id: int, day: date) -> list[Member]:
    """The trust's doctors on a day, by care group, team and name: one of several teams once for each."""
    wanted = (
        select(Person.id, Person.name, Team.id, Team.name, CareGroup.id, CareGroup.name)
        .join(Post, Post.person_id == Person.id)
        .join(Team, Team.id == Post.team_id)
        .join(CareGroup, CareGroup.id == Team.care_group_id)
        .where(
            Person.trust_id == trust_id,
            Post.role == "practitioner",
            on_day(Post.starts_on, Post.ends_on, day),
            still_here(day),
        )
        .distinct()
        .order_by(CareGroup.name, Team.name, Person.name, Person.id)
    )
    return [Member._make(row) for row in session.execute(wanted)]


def last_reviews(session: Session, *, trust_id: int, person_ids: Iterable[int]) -> dict[int, date]:
    """The day of the last full review that led to an agreed plan, by doctor: its meeting, or where none is on record
    the day from which the plan counts. Doctors without one are left out."""
    facts = and_(Fact.case_id == PlanVersion.case_id, Fact.key.in_((KIND, MET_ON)))
    wanted = (
        select(PlanVersion.id, PlanVersion.person_id, PlanVersion.effective_from, Fact.key, Fact.value)
        .outerjoin(Fact, facts)
        .where(
            PlanVersion.trust_id == trust_id,
            PlanVersion.person_id.in_(list(person_ids)),
            PlanVersion.status != "draft",
        )
        .order_by(PlanVersion.id, Fact.id)
    )
    said: dict[tuple[int, int, date | None], dict[str, Any]] = defaultdict(dict)
    for row in session.execute(wanted):
        said[row.id, row.person_id, row.effective_from][row.key] = row.value
    last: dict[int, date] = {}
    for (_, person, since), facts_of in said.items():
        day = date.fromisoformat(facts_of[MET_ON]) if facts_of.get(MET_ON) else since
        if day and facts_of.get(KIND) != IN_PART:
            last[person] = max(day, last.get(person, day))
    return last


def change_of(session: Session, *, case_id: int) -> tuple[date | None, date | None]:
    """Of a case when a significant change was reported, and when its review was held; None where that is not on
    record."""
    wanted = select(Fact.key, Fact.value).where(Fact.case_id == case_id, Fact.key.in_((CHANGED_ON, MET_ON)))
    said = {row.key: date.fromisoformat(row.value) for row in session.execute(wanted.order_by(Fact.id)) if row.value}
    return said.get(CHANGED_ON), said.get(MET_ON)
