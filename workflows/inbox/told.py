"""What somebody is told beside their steps: notices, and for the directorate the cases that could not move on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workflows import releases
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer
from workflows.inbox.reach import reach
from workflows.store import lists, step_pages
from workflows.store.models import Incident

NOTICES = 10
BY_A_PERSON = "step:"
"""How the key of an incident begins where a person's step failed: time does not try that again."""


@dataclass(frozen=True)
class NoticeLine:
    """A reminder, an escalation or other words about a case. `reference` is empty where the viewer may not open it."""

    id: int
    kind: str
    subject: str
    words: str
    written_at: datetime
    reference: str
    step_id: int | None


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
    """What the viewer has been told and has not put away, newest first."""
    rows = step_pages.notices(session, trust_id=viewer.trust_id, person_id=viewer.person_id, limit=NOTICES)
    about = {row.case_id for row, _ in rows if row.case_id}
    sight = reach(session, viewer=viewer, now=now).sight if about else None
    visible = lists.visible_among(session, sight=sight, case_ids=about) if sight else set()
    return tuple(
        NoticeLine(row.id, row.kind, row.subject, row.words, row.written_at, reference, row.step_id)
        for row, reference in [(row, said if said and row.case_id in visible else "") for row, said in rows]
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
