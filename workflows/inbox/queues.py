"""The directorate's queue: steps that nobody can take; and the steps that a team shares."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.roles import GROUP_ROLES, Role
from workflows.inbox import Session, Viewer
from workflows.inbox.cases import due_day
from workflows.store import posts as post_rows
from workflows.store import queues, step_pages
from workflows.store.queues import QueuedStep

QUEUE = Role.MEDICAL_DIRECTORATE.value


@dataclass(frozen=True)
class QueueLine:
    """A step of the queue, or a shared one. `had_by` are those who held it last, `claimed_by` who took it on."""

    id: int
    name: str
    role: str
    """In the trust's words."""
    reference: str
    title: str
    due_on: date | None
    since: datetime
    had_by: tuple[str, ...]
    claimed_by: str
    mine: bool


@dataclass(frozen=True)
class Queues:
    """`to_assign` is for the Medical Directorate alone; `assigns` tells whether the viewer is of it."""

    to_assign: tuple[QueueLine, ...]
    free: tuple[QueueLine, ...]
    claimed: tuple[QueueLine, ...]
    assigns: bool
    today: date


def queue(session: Session, *, viewer: Viewer, now: datetime) -> Queues:
    """What waits for somebody to take it, or to be given to somebody."""
    today, assigns = civil_day(now), QUEUE in viewer.roles
    stranded = queues.stranded(session, trust_id=viewer.trust_id, today=today) if assigns else []
    roles = {role.value for role in GROUP_ROLES}
    shared = queues.shared(session, trust_id=viewer.trust_id, people=viewer.stands_for, roles=roles)
    held = queues.holders(session, step_ids=[row.id for row in (*stranded, *shared)])
    lines = {row.id: _line(session, viewer, row, held.get(row.id, [])) for row in (*stranded, *shared)}
    return Queues(
        to_assign=tuple(lines[row.id] for row in stranded),
        free=tuple(lines[row.id] for row in shared if row.holder_id is None),
        claimed=tuple(lines[row.id] for row in shared if row.holder_id is not None),
        assigns=assigns,
        today=today,
    )


def candidates(session: Session, *, viewer: Viewer, step_id: int, now: datetime) -> tuple[tuple[int, str], ...]:
    """To whom a step may be assigned: anybody of the trust, and first whoever the policy names for it."""
    today = civil_day(now)
    everybody = step_pages.people_of_trust(session, trust_id=viewer.trust_id, today=today)
    step = step_pages.asked_step(session, trust_id=viewer.trust_id, step_id=step_id)
    named = _named(session, step, today) if step is not None else {}
    first = [(one.id, f"{one.name} ({named[one.id]}, named by the policy)") for one in everybody if one.id in named]
    return (*first, *((one.id, one.name) for one in everybody if one.id not in named))


def _named(session: Session, step: step_pages.AskedStep, today: date) -> dict[int, str]:
    """Whom the policy names to review a clinical manager's own plan (BTH-3.4.1.3-b): title by person, in order."""
    titles = releases.of(session, release_id=step.release_id).policy.values.get("own_plan_reviewers") or {}
    if not titles or step.subject_id is None:
        return {}
    manager = Role.CLINICAL_MANAGER.value
    posts = post_rows.holders_of(session, trust_id=step.trust_id, roles={manager, *titles}, on=today)
    if not any((post.role, post.person_id, post.team_id) == (manager, step.subject_id, step.team_id) for post in posts):
        return {}
    over = [post for post in posts if post.team_id is None and post.care_group_id == step.care_group_id]
    return {post.person_id: titles[post.role] for post in over if post.person_id != step.subject_id}


def _line(session: Session, viewer: Viewer, row: QueuedStep, held: list[tuple[int, str]]) -> QueueLine:
    names = dict(held)
    return QueueLine(
        id=row.id,
        name=row.name,
        role=releases.of(session, release_id=row.release_id).policy.title(row.role),
        reference=row.reference,
        title=row.title,
        due_on=due_day(row.due_at),
        since=row.opened_at,
        had_by=tuple(names.values()),
        claimed_by=names.get(row.holder_id, "") if row.holder_id else "",
        mine=row.holder_id in viewer.stands_for,
    )
