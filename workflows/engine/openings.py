"""Opening a case: its row, its reference and title, and its first move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotFound
from workflows.domain.vocabulary import DISPUTE, DISPUTE_KINDS, PLAN_KINDS, PROCESSES
from workflows.engine import extra_reviews, releases, runner, supporting
from workflows.engine.moves import NOBODY, Acting
from workflows.store import Session
from workflows.store import cases as case_rows
from workflows.store import people as people_rows
from workflows.store.models import CareGroup, Case, Json, Person, Team, Trust

KINDS = {"individual_planning": PLAN_KINDS, DISPUTE: DISPUTE_KINDS}


class NotOfThisTrust(NotFound):
    """There is no such doctor, team or care group in this trust."""


def open_case(
    session: Session,
    *,
    trust_id: int,
    process: str,
    facts: Mapping[str, Json],
    now: datetime,
    by: Acting = NOBODY,
    parent_id: int | None = None,
) -> Case:
    """Open a case on the release that is published now, and run it to its first steps.

    facts: at least those of the process's START_FACTS; team, care group and subject become columns of the case.
    """
    about = about_whom(session, trust_id=trust_id, facts=facts)
    release = releases.published(session, trust_id=trust_id)
    drawn = release.diagrams.drawings.get(process)
    case = Case(
        trust_id=trust_id,
        reference=case_rows.next_reference(session, trust=about.trust, year=civil_day(now).year),
        process=process,
        title=title(process, facts, about.name, drawn.name if drawn else ""),
        year=facts["year"],
        release_id=release.id,
        parent_id=parent_id,
        subject_id=facts.get("subject"),
        team_id=about.team.id if about.team else None,
        care_group_id=about.team.care_group_id if about.team else facts.get("care_group"),
        status="open",
        opened_at=now,
    )
    case_rows.add(session, case=case)
    runner.start(session, case=case, facts=facts, now=now, by=by)
    supporting.add_supporters(session, case=case, now=now)
    extra_reviews.bring_up(session, case=case, kind=facts.get("kind") or "", now=now)
    return case


@dataclass(frozen=True)
class About:
    """Whom or what a case is about, found within its trust."""

    trust: Trust
    team: Team | None
    name: str


def about_whom(session: Session, *, trust_id: int, facts: Mapping[str, Json]) -> About:
    """The doctor, team or care group that the facts name. Raises NotOfThisTrust for ids of elsewhere."""
    trust = people_rows.trust(session, trust_id=trust_id)
    team_id, subject_id, care_group_id = facts.get("team"), facts.get("subject"), facts.get("care_group")
    team = people_rows.team(session, trust_id=trust_id, team_id=team_id) if team_id else None
    found: Person | Team | CareGroup | None = team
    if subject_id:
        found = people_rows.by_id(session, trust_id=trust_id, person_id=subject_id)
    elif care_group_id and not team:
        found = people_rows.care_group(session, trust_id=trust_id, care_group_id=care_group_id)
    if trust is None or found is None or (team_id and team is None):
        raise NotOfThisTrust
    return About(trust, team, found.name)


def title(process: str, facts: Mapping[str, Json], about: str, drawn: str) -> str:
    """What people call the case: "Dr Amina Osei: annual job plan 2027/28". `drawn`: what the drawing calls itself."""
    what = KINDS.get(process, {}).get(facts.get("kind") or "") or PROCESSES.get(process) or drawn or process
    return f"{about}: {what[0].lower()}{what[1:]} {facts['year']}"
