"""What the screens of a team's planning show: who is expected, what is needed, which teams meet together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from workflows.domain.calendars import civil_day
from workflows.domain.roles import Role
from workflows.domain.rows import meets_with
from workflows.inbox.said import Said, Surroundings, just_written, team_said, told, visible
from workflows.store import panel_rows, step_pages

HELD_BY: Mapping[str, str] = MappingProxyType(
    {
        "service_manager": Role.SERVICE_MANAGER,
        "clinical_manager": Role.CLINICAL_MANAGER,
        "nursing_quality_manager": Role.NURSING_QUALITY_MANAGER,
        "practitioners": Role.PRACTITIONER,
    }
)
"""By group at a team's session (CPFT 7.4.1): the role whose holders are expected."""


@dataclass(frozen=True)
class Together:
    """Two teams that hold one session, and the grounds (CPFT-7.4-d)."""

    team: str
    with_team: str
    staff_numbers: str
    interaction: str


@dataclass(frozen=True)
class TeamPanel:
    """A team before or after its session."""

    team: str
    groups: tuple[tuple[str, str], ...]
    """Key and title of the groups that the policy wants at a session."""
    expected: tuple[tuple[str, str], ...]
    """Key of the group and name of whoever is expected; a group that nobody holds has one line without a name."""
    attendance: tuple[Mapping[str, Any], ...]
    requirements: tuple[Mapping[str, Any], ...]
    said: tuple[Said, ...]
    before: tuple[Said, ...]
    """The team's plan as it was approved last."""
    together: tuple[Together, ...] = ()
    """The other teams with which this one holds its session, as the AMD decided."""
    weighs_from: int = 0
    """The share of a clinical session, in per cent, from which teaching is significant; 0 where the policy does not
    weigh it."""
    teaching: tuple[Mapping[str, Any], ...] = ()
    needs: tuple[Mapping[str, Any], ...] = ()
    """What each service needs: service and PAs a week; of the plan approved last, where nothing was entered yet."""


@dataclass(frozen=True)
class RoundPanel:
    """What the AMD agrees the timetable by: what was proposed, and the teams of the care group."""

    just_said: tuple[Said, ...]
    said: tuple[Said, ...]
    teams: tuple[tuple[str, str], ...]
    """Id and name."""
    combined: tuple[Mapping[str, Any], ...]


def team_panel(around: Surroundings) -> TeamPanel:
    """The team with those who are expected at its session, and what has been entered."""
    case, today = around.row.case, civil_day(around.now)
    pairs = around.facts.get("combined_sessions") or []
    others = meets_with(pairs, case.team_id or 0)
    posts = step_pages.posts_around(around.session, case=case, roles=HELD_BY.values(), today=today)
    posts += panel_rows.posts_in_teams(
        around.session, trust_id=case.trust_id, team_ids=others, roles=HELD_BY.values(), today=today
    )
    groups = around.loaded.policy.values.get("team_session_groups", {})
    before = panel_rows.newest_team_plan(around.session, team_id=case.team_id or 0)
    return TeamPanel(
        team=around.row.team or "",
        groups=tuple(groups.items()),
        expected=tuple((group, name) for group in groups for name in _names(posts, HELD_BY.get(group, group)) or [""]),
        attendance=tuple(around.facts.get("attendance") or ()),
        requirements=tuple(around.facts.get("requirements") or ()),
        said=visible(around),
        before=team_said(around, before.content if before else {}),
        together=_together(around, pairs, {case.team_id or 0, *others}) if others else (),
        weighs_from=int(around.loaded.policy.values.get("teaching_significant_from", 0)),
        teaching=tuple(around.facts.get("teaching_sessions") or ()),
        needs=tuple(around.facts.get("service_needs") or (before and before.content.get("service_needs")) or ()),
    )


def _names(posts: Sequence[tuple[str, int, str]], role: str) -> list[str]:
    """Everybody with a role, once each, whatever the number of teams in which they hold it."""
    return list({person: name for held, person, name in posts if held == role}.values())


def _together(around: Surroundings, pairs: Sequence[Mapping[str, Any]], teams: set[int]) -> tuple[Together, ...]:
    names = panel_rows.team_names(around.session, trust_id=around.row.case.trust_id, team_ids=teams)
    return tuple(
        Together(names[row["team"]], names[row["with_team"]], row["staff_numbers"], row["interaction"])
        for row in pairs
        if {row["team"], row["with_team"]} <= names.keys()
    )


def round_panel(around: Surroundings) -> RoundPanel:
    """The proposed timetable, and which teams of the care group could meet together."""
    teams = panel_rows.teams_of_care_group(around.session, care_group_id=around.row.case.care_group_id or 0)
    return RoundPanel(
        just_said=told(around, just_written(around)),
        said=visible(around),
        teams=tuple((str(key), name) for key, name in teams),
        combined=tuple(around.facts.get("combined_sessions") or ()),
    )
