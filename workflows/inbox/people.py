"""The people of a trust as its Medical Directorate and HR see them: the list, and what needs doing about people."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer, paging
from workflows.store import employment, lists, people_pages, starters
from workflows.store.models import Contract
from workflows.store.people_pages import PeopleFilters, PlanState, PostLine
from workflows.store.starters import Starter

__all__ = ["Contract", "PeopleFilters", "PlanState", "PostLine", "Starter"]

PER_PAGE = 50


@dataclass(frozen=True)
class PersonLine:
    """Somebody in the list, with what they hold and how it stands with their plan today."""

    id: int
    name: str
    employee_number: str
    left_on: date | None
    posts: tuple[PostLine, ...]
    contract: Contract | None
    plan: PlanState
    plans: bool
    """Whether they hold a practitioner's post, and so should have a plan."""


@dataclass(frozen=True)
class PeopleList:
    """A page of the people that the filters leave, what can be chosen to narrow it, and what waits to be done."""

    lines: tuple[PersonLine, ...]
    found: int
    page: int
    pages: int
    titles: Mapping[str, str]
    teams: tuple[tuple[int, str], ...]
    care_groups: tuple[tuple[int, str], ...]
    starters: tuple[Starter, ...]
    teamless: tuple[tuple[int, str, str], ...]
    """Those whom no team plans with although they have a contract and a licence: id, name, grade."""
    keeps: bool
    """Whether the viewer may change anything."""
    today: date


def keeps(viewer: Viewer) -> bool:
    """Whether the viewer keeps the records of people: the Medical Directorate does, HR only reads and imports."""
    return Role.MEDICAL_DIRECTORATE in viewer.roles


def people_list(session: Session, *, viewer: Viewer, filters: PeopleFilters, page: int, now: datetime) -> PeopleList:
    """One page of the trust's people."""
    today, trust_id = civil_day(now), viewer.trust_id
    found = people_pages.count(session, trust_id=trust_id, filters=filters, today=today)
    at = paging.shown(found, page=page, at_once=PER_PAGE)
    return PeopleList(
        lines=_lines(session, viewer, filters, at.offset, today),
        found=found,
        page=at.page,
        pages=at.pages,
        titles=titles(session, viewer=viewer),
        teams=tuple((team.id, team.name) for team in employment.teams(session, trust_id=trust_id)),
        care_groups=tuple((group.id, group.name) for group in lists.care_groups(session, trust_id=trust_id)),
        starters=tuple(starters.starters(session, trust_id=trust_id, today=today)),
        teamless=tuple(starters.without_a_team(session, trust_id=trust_id, today=today)),
        keeps=keeps(viewer),
        today=today,
    )


def titles(session: Session, *, viewer: Viewer) -> dict[str, str]:
    """What the trust calls each role, by key."""
    policy = releases.published(session, trust_id=viewer.trust_id).policy
    return {role.value: title for role, title in policy.titles.items()}


def _lines(
    session: Session, viewer: Viewer, filters: PeopleFilters, offset: int, today: date
) -> tuple[PersonLine, ...]:
    rows = people_pages.page(
        session,
        trust_id=viewer.trust_id,
        filters=filters,
        today=today,
        limit=PER_PAGE,
        offset=offset,
    )
    ids = [row.id for row in rows]
    posts: dict[int, list[PostLine]] = defaultdict(list)
    for post in people_pages.posts_of_people(session, person_ids=ids, on=today):
        posts[post.person_id].append(post)
    contracts = contracts_today(people_pages.contracts_of_people(session, person_ids=ids), today)
    states = people_pages.plan_states(session, person_ids=ids)
    return tuple(
        PersonLine(
            id=row.id,
            name=row.name,
            employee_number=row.employee_number or "",
            left_on=row.left_on,
            posts=tuple(posts[row.id]),
            contract=contracts.get(row.id),
            plan=states[row.id],
            plans=any(post.role == Role.PRACTITIONER for post in posts[row.id]),
        )
        for row in rows
    )


def contracts_today(rows: list[Contract], today: date) -> dict[int, Contract]:
    """The contract in force of each person, the newest first among `rows`."""
    covering = [row for row in rows if row.starts_on <= today and (row.ends_on is None or row.ends_on >= today)]
    return {row.person_id: row for row in reversed(covering)}
