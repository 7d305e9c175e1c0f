"""How far somebody sees in their own trust today, and what they may read of one case."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.roles import Role
from workflows.domain.standing import MAY_SEE, may_see
from workflows.domain.vocabulary import DISPUTE
from workflows.inbox import Session, Viewer
from workflows.store import lists
from workflows.store.lists import Sight
from workflows.store.models import Case

MANAGERS = frozenset({Role.CLINICAL_MANAGER, Role.SERVICE_MANAGER, Role.NURSING_QUALITY_MANAGER})
OVER_THE_TRUST = {
    Role.MEDICAL_DIRECTORATE: "directorate",
    Role.MEDICAL_DIRECTOR: "medical_director",
    Role.HR_WORKFORCE: "hr",
    Role.FINANCE: "finance",
}
"""Posts that count for every case of the trust, with the standing that they give."""
OVER_A_TEAM = {
    Role.AMD: "amd",
    Role.CLINICAL_MANAGER: "party",
    Role.SERVICE_MANAGER: "team",
    Role.NURSING_QUALITY_MANAGER: "team",
}
"""Posts over a team or its care group, with the standing that they give there."""
BY_NAME = {
    Role.PRACTITIONER: "party",
    Role.CLINICAL_MANAGER: "party",
    Role.MEDIATOR: "mediator",
    Role.PANEL_CHAIR: "panel",
    Role.PANEL_MEMBER: "panel",
}
"""Roles in one case alone, with the standing that they give there."""
"""The process that names its parties when it opens: a post as manager makes nobody a party of it."""


@dataclass(frozen=True)
class Held:
    """A post of today, a role over the whole trust, a care group or a team; or a role in one case by name."""

    role: str
    care_group_id: int | None
    team_id: int | None
    case_id: int | None = None

    @property
    def leads(self) -> bool:
        """Whether it is a post over a whole care group: the AMD's, or a manager's who has no team of their own."""
        return self.role == Role.AMD or (self.role in MANAGERS and self.team_id is None)

    def covers(self, team_id: int | None, care_group_id: int | None) -> bool:
        """Whether it is a post over this team, or over its care group."""
        if self.leads:
            return care_group_id is not None and self.care_group_id == care_group_id
        return team_id is not None and self.team_id == team_id


@dataclass(frozen=True)
class Reach:
    """What of their trust somebody may look at: by their own posts, and by those of whoever they stand in for."""

    trust_id: int
    people: frozenset[int]
    held: tuple[Held, ...]

    @property
    def standings(self) -> frozenset[str]:
        """What they are in every case of the trust."""
        return frozenset(OVER_THE_TRUST[Role(post.role)] for post in self.held if post.role in OVER_THE_TRUST)

    def named_in(self, case_id: int) -> frozenset[str]:
        """The roles that they have in one case by name."""
        return frozenset(post.role for post in self.held if post.case_id == case_id)

    @property
    def whole_trust(self) -> bool:
        """Whether they see every case."""
        return bool(self.standings & {"directorate", "medical_director"})

    @property
    def reads_plans(self) -> bool:
        """Whether they may read every plan in force (CPFT-7.6.7-c)."""
        return bool(self.standings)

    @property
    def sight(self) -> Sight:
        """What they see of cases, as the store asks."""
        return Sight(
            trust_id=self.trust_id,
            whole_trust=self.whole_trust,
            people=self.people,
            led=frozenset(post.care_group_id for post in self.held if post.leads and post.care_group_id),
            managed=self.teams(MANAGERS),
            member_of=self.teams({Role.PRACTITIONER}),
            named_in=frozenset(post.case_id for post in self.held if post.case_id),
        )

    def reads_team(self, team_id: int, care_group_id: int) -> bool:
        """Whether they may open the page of a team: as somebody over it or in it, or as one who reads every plan."""
        over = self.in_team(team_id, care_group_id) - {"hr", "finance"}
        return bool(over) or self.reads_plans or team_id in self.teams({Role.PRACTITIONER})

    def teams(self, roles: Collection[str]) -> frozenset[int]:
        """The teams over, or in, which they hold one of these roles."""
        return frozenset(post.team_id for post in self.held if post.role in roles and post.team_id)

    @property
    def sees_others(self) -> bool:
        """Whether their posts let them see cases of others."""
        return self.whole_trust or bool(self.sight.led or self.sight.managed)

    def in_team(self, team_id: int | None, care_group_id: int | None) -> frozenset[str]:
        """Their standings in anything of this team and care group."""
        over = {post.role for post in self.held if post.covers(team_id, care_group_id)}
        return self.standings | {OVER_A_TEAM[Role(role)] for role in over if role in OVER_A_TEAM}


def reach(session: Session, *, viewer: Viewer, now: datetime) -> Reach:
    """How far the viewer sees today: one statement, whatever the number of posts."""
    found = lists.roles_of(session, trust_id=viewer.trust_id, person_ids=viewer.stands_for, day=civil_day(now))
    return Reach(trust_id=viewer.trust_id, people=viewer.stands_for, held=tuple(Held(*one) for one in found))


def standings_in(sees: Reach, case: Case, holders: Collection[int]) -> frozenset[str]:
    """What the viewer is in a case that they may see; `holders` are those who may act on its open steps.

    The doctor, the clinical manager and, in the team's own case, its members are parties. Whoever sees the case for a
    step that they once did is counted among its holders.
    """
    care_group_id = case.care_group_id or (case.team.care_group_id if case.team else None)
    found = set(sees.in_team(case.team_id, care_group_id))
    if is_dispute(case) and "party" in found:
        found = found - {"party"} | {"team"}
    found |= {BY_NAME[Role(role)] for role in sees.named_in(case.id)}
    if case.subject_id in sees.people:
        found.add("party")
    if case.subject_id is None and case.team_id in sees.teams({Role.PRACTITIONER}):
        found.add("party")
    if not sees.people.isdisjoint(holders) or not found:
        found.add("holder")
    return frozenset(found)


def roles_in(sees: Reach, case: Case) -> frozenset[str]:
    """The keys of the roles that the viewer holds for this case: by posts over it, and as the doctor it is about."""
    care_group_id = case.care_group_id or (case.team.care_group_id if case.team else None)
    found = {post.role for post in sees.held if post.role in OVER_THE_TRUST or post.covers(case.team_id, care_group_id)}
    if is_dispute(case):
        found.discard(Role.CLINICAL_MANAGER)
    found |= sees.named_in(case.id)
    if case.subject_id is not None:
        found.discard(Role.PRACTITIONER)
    if case.subject_id in sees.people:
        found.add(Role.PRACTITIONER)
    return frozenset(str(role) for role in found)


def is_dispute(case: Case) -> bool:
    """Whether the case has people of its own, named for it alone."""
    return case.process == DISPUTE


def readable(standings: Collection[str]) -> frozenset[str]:
    """What somebody with these standings may read: keys of domain.standing.MAY_SEE."""
    return frozenset(what for what in MAY_SEE if may_see(standings, what))
