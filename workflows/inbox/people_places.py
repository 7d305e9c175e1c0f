"""Care groups and teams with who holds what there, and which roles of the policy nobody holds today."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotFound
from workflows.domain.people import AREAS, TRUST
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.inbox.people import keeps
from workflows.store import employment, people_pages
from workflows.store.models import Team

OF_TEAMS = (Role.CLINICAL_MANAGER, Role.SERVICE_MANAGER, Role.NURSING_QUALITY_MANAGER)
OF_CARE_GROUPS = (Role.AMD,)
OF_ONE_CASE = frozenset(
    {Role.MEDIATOR, Role.PANEL_CHAIR, Role.PANEL_MEMBER, Role.PROCESS_APPROVER, Role.PROCESS_OWNER, Role.FINANCE}
)
"""Roles over the whole trust that somebody is asked to take when there is need: nobody holding one is no vacancy."""


class NoSuchPlace(NotFound):
    """There is no such team or care group in your trust."""


@dataclass(frozen=True)
class RoleHolders:
    """A role in the trust's words with who holds it here; nobody is a vacancy."""

    role: str
    title: str
    holders: tuple[tuple[int, str], ...]
    """Person id and name."""


@dataclass(frozen=True)
class TeamLine:
    """A team with its roles and the number of its practitioners."""

    id: int
    name: str
    roles: tuple[RoleHolders, ...]
    doctors: int


@dataclass(frozen=True)
class GroupLine:
    """A care group with its roles and teams."""

    id: int
    name: str
    roles: tuple[RoleHolders, ...]
    teams: tuple[TeamLine, ...]


@dataclass(frozen=True)
class Places:
    """The trust, place by place. `vacancies` counts the roles that nobody holds."""

    trust_roles: tuple[RoleHolders, ...]
    groups: tuple[GroupLine, ...]
    vacancies: int
    keeps: bool


Held = Mapping[tuple[str, int | None, int | None], Sequence[tuple[int, str]]]
"""Who holds what: by role, team and (without a team) care group."""


def places(session: Session, *, viewer: Viewer, now: datetime) -> Places:
    """Every place of the viewer's trust today: five statements."""
    titles = releases.published(session, trust_id=viewer.trust_id).policy.titles
    held: dict[tuple[str, int | None, int | None], list[tuple[int, str]]] = defaultdict(list)
    for post, name in people_pages.posts_around_today(session, trust_id=viewer.trust_id, on=civil_day(now)):
        held[post.role, post.team_id, None if post.team_id else post.care_group_id].append((post.person_id, name))
    teams = employment.teams(session, trust_id=viewer.trust_id)
    groups = tuple(
        GroupLine(
            id=group.id,
            name=group.name,
            roles=tuple(_of_group(held, titles, role, group.id) for role in OF_CARE_GROUPS),
            teams=tuple(_team(held, titles, team, group.id) for team in teams if team.care_group_id == group.id),
        )
        for group in employment.care_groups(session, trust_id=viewer.trust_id)
    )
    trust_wide = [role for role in Role if AREAS.get(role, TRUST) == TRUST and role not in OF_ONE_CASE]
    trust_roles = tuple(_line(titles, role, held[role.value, None, None]) for role in trust_wide)
    return Places(trust_roles, groups, _vacancies(trust_roles, groups), keeps(viewer))


def _team(held: Held, titles: Mapping[Role, str], team: Team, group_id: int) -> TeamLine:
    roles = tuple(
        _line(titles, role, [*held[role.value, team.id, None], *held[role.value, None, group_id]]) for role in OF_TEAMS
    )
    return TeamLine(team.id, team.name, roles, len(held[Role.PRACTITIONER.value, team.id, None]))


def _of_group(held: Held, titles: Mapping[Role, str], role: Role, group_id: int) -> RoleHolders:
    return _line(titles, role, held[role.value, None, group_id])


def _line(titles: Mapping[Role, str], role: Role, holders: Sequence[tuple[int, str]]) -> RoleHolders:
    return RoleHolders(role.value, titles[role], tuple(dict.fromkeys(holders)))


def _vacancies(trust_roles: Sequence[RoleHolders], groups: Sequence[GroupLine]) -> int:
    of_groups = [line for group in groups for line in group.roles]
    of_teams = [line for group in groups for team in group.teams for line in team.roles]
    return sum(not line.holders for line in (*trust_roles, *of_groups, *of_teams))


def name_of(session: Session, *, viewer: Viewer, kind: str, place_id: int) -> str:
    """What a team or a care group is called. Raises NoSuchPlace."""
    rows = employment.places(session, trust_id=viewer.trust_id, kind=kind)
    found = next((row.name for row in rows if row.id == place_id), None)
    if found is None:
        raise NoSuchPlace
    return found


def groups(session: Session, *, viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """The trust's care groups, to choose from."""
    return tuple((group.id, group.name) for group in employment.care_groups(session, trust_id=viewer.trust_id))


def choices(session: Session, *, viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """What a post may be held over, as a form offers it: "trust", "care_group:2", "team:5", each with its words."""
    groups = employment.care_groups(session, trust_id=viewer.trust_id)
    teams = employment.teams(session, trust_id=viewer.trust_id)
    return (
        ("trust", "The whole trust"),
        *((f"care_group:{group.id}", f"{group.name} (whole)") for group in groups),
        *((f"team:{team.id}", f"{team.name}, {team.care_group.name}") for team in teams),
    )
