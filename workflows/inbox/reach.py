"""How far somebody sees in their own trust today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.store import lists
from workflows.store.lists import Sight

WHOLE_TRUST = frozenset({Role.MEDICAL_DIRECTORATE, Role.MEDICAL_DIRECTOR})
MANAGERS = frozenset({Role.CLINICAL_MANAGER, Role.SERVICE_MANAGER, Role.NURSING_QUALITY_MANAGER})
PLAN_READERS = frozenset({Role.HR_WORKFORCE, Role.FINANCE})


@dataclass(frozen=True)
class Reach:
    """What of their trust somebody may look at: by their own posts, and by those of whoever they stand in for.

    `sight` is what they see of cases; `reads_plans` that they may read every plan in force and no more (HR, finance);
    `member_of` are the ids of the teams in which they are practitioners.
    """

    sight: Sight
    reads_plans: bool
    member_of: frozenset[int]

    @property
    def sees_cases(self) -> bool:
        """Whether their posts let them see cases of others."""
        return self.sight.whole_trust or bool(self.sight.led or self.sight.managed)

    def covers(self, *, team_id: int | None, care_group_id: int | None) -> bool:
        """Whether their posts put them over this team or care group."""
        return self.sight.whole_trust or team_id in self.sight.managed or care_group_id in self.sight.led


def reach(session: Session, *, viewer: Viewer, now: datetime) -> Reach:
    """How far the viewer sees today: one statement, whatever the number of posts."""
    posts = lists.posts_of(
        session, trust_id=viewer.trust_id, person_ids=viewer.stands_for, day=civil_day(now)
    )

    def over(roles: Iterable[str], place: str) -> frozenset[int]:
        return frozenset(getattr(post, place) for post in posts if post.role in roles and getattr(post, place))

    held = {post.role for post in posts}
    return Reach(
        sight=Sight(
            trust_id=viewer.trust_id,
            whole_trust=bool(held & WHOLE_TRUST),
            people=viewer.stands_for,
            led=over({Role.AMD}, "care_group_id"),
            managed=over(MANAGERS, "team_id"),
        ),
        reads_plans=bool(held & PLAN_READERS),
        member_of=over({Role.PRACTITIONER}, "team_id"),
    )
