"""What is late in the care groups that somebody leads: an AMD's first page says it (CPFT-6.5-a)."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows.domain.calendars import civil_day
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.inbox.cases import NextStep, due_day, next_steps
from workflows.inbox.reach import reach
from workflows.store import late as late_rows
from workflows.store import lists

MOST = 5
"""How many are named; the list of cases has the others."""


@dataclass(frozen=True)
class LateCase:
    """A case in which something is late, and who has its next steps."""

    reference: str
    title: str
    due_on: date | None
    steps: tuple[NextStep, ...]


@dataclass(frozen=True)
class Late:
    """What is late, the longest first, and in how many cases altogether."""

    groups: tuple[str, ...]
    """The names of the care groups."""
    cases: tuple[LateCase, ...]
    total: int
    today: date


def in_led_groups(session: Session, *, viewer: Viewer, now: datetime) -> Late | None:
    """What is late where the viewer, or whoever they stand in for, is the AMD; None for others."""
    if Role.AMD not in viewer.roles and not viewer.acts_for:
        return None
    sees = reach(session, viewer=viewer, now=now)
    led = {post.care_group_id for post in sees.held if post.role == Role.AMD and post.care_group_id}
    if not led:
        return None
    rows, total = late_rows.late_cases(session, trust_id=viewer.trust_id, care_group_ids=led, now=now, limit=MOST)
    steps = next_steps(session, case_ids=[row.case_id for row in rows], people=viewer.stands_for)
    return Late(
        groups=tuple(row.name for row in lists.care_groups(session, trust_id=viewer.trust_id) if row.id in led),
        cases=tuple(LateCase(row.reference, row.title, due_day(row.due_at), tuple(steps[row.case_id])) for row in rows),
        total=total,
        today=civil_day(now),
    )
