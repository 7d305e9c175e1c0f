"""The directorate's queue: steps that nobody can take; and the steps that a team shares."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows import releases
from workflows.domain.calendars import civil_day
from workflows.domain.roles import GROUP_ROLES, Role
from workflows.inbox import Session, Viewer
from workflows.inbox.cases import due_day
from workflows.store import queues
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
