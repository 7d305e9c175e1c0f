"""What somebody is told beside their steps: notices, and for the directorate the cases that could not move on."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime

from workflows import releases
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.inbox.reach import reach
from workflows.store import lists, step_pages
from workflows.store import notices as notice_rows
from workflows.store.models import Incident
from workflows.store.notices import Unread

NOTICES = 10
BY_A_PERSON = "step:"
"""How the key of an incident begins where a person's step failed: time does not try that again."""


@dataclass(frozen=True)
class NoticeLine:
    """A reminder, an escalation or other words about a case. `reference` is empty where the viewer may not open it;
    `plan_id` is the plan in force that it tells of. `settled`: what it was about is done."""

    id: int
    kind: str
    subject: str
    words: str
    written_at: datetime
    reference: str
    plan_id: int | None
    settled: bool


@dataclass(frozen=True)
class IncidentLine:
    """A move that failed and is not settled. `element` is its name in the drawing; `tried_again` says whether time
    tries it again by itself, as it does with all but a person's step."""

    reference: str
    element: str
    sentence: str
    since: datetime
    times: int
    tried_again: bool


def notices(session: Session, *, viewer: Viewer, now: datetime) -> tuple[NoticeLine, ...]:
    """What the viewer has been told and has not put away: newest first, what is settled last."""
    rows = notice_rows.unread(session, trust_id=viewer.trust_id, person_id=viewer.person_id, limit=NOTICES)
    about = {row.notice.case_id for row in rows if row.notice.case_id}
    sight = reach(session, viewer=viewer, now=now).sight if about else None
    visible = lists.visible_among(session, sight=sight, case_ids=about) if sight else set()
    return tuple(_line(row, visible) for row in sorted(rows, key=lambda row: row.settled))


def _line(row: Unread, visible: Container[int | None]) -> NoticeLine:
    told = row.notice
    reference = row.reference if row.reference and told.case_id in visible else ""
    return NoticeLine(
        told.id, told.kind, told.subject, told.words, told.written_at, reference, row.plan_id, row.settled
    )


def incidents(session: Session, *, viewer: Viewer) -> tuple[IncidentLine, ...]:
    """What stopped cases of the trust, longest standing first: for the Medical Directorate alone."""
    if Role.MEDICAL_DIRECTORATE not in viewer.roles:
        return ()
    rows = step_pages.incidents(session, trust_id=viewer.trust_id)
    return tuple(line_of(session, row, reference or "", release_id) for row, reference, release_id in rows)


def line_of(session: Session, row: Incident, reference: str, release_id: int | None) -> IncidentLine:
    """An incident as pages show it."""
    return IncidentLine(
        reference=reference,
        element=element_name(session, row.element, release_id),
        sentence=row.sentence,
        since=row.first_at,
        times=row.times,
        tried_again=not row.key.startswith(BY_A_PERSON),
    )


def element_name(session: Session, element: str, release_id: int | None) -> str:
    """What the case's release calls an element or a deadline; its id where it has no name there."""
    if release_id is None:
        return element
    loaded = releases.of(session, release_id=release_id)
    drawings: Iterable[releases.Drawing] = loaded.diagrams.drawings.values()
    names = (drawing.nodes[element].name for drawing in drawings if element in drawing.nodes)
    due = loaded.policy.deadlines.get(element)
    return next((name for name in names if name), due.title if due else element)
