"""What failed in a trust, for its Medical Directorate: the list, one incident with its history, and how many."""

from dataclasses import dataclass
from datetime import datetime

from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.incidents import failing, kind_of, row_of
from workflows.domain.roles import Role
from workflows.inbox import Session, Viewer, paging
from workflows.inbox.told import element_name
from workflows.store import incidents, lists
from workflows.store.incidents import Found, IncidentFilters

__all__ = [
    "PER_PAGE",
    "IncidentFilters",
    "IncidentList",
    "IncidentPage",
    "incident_list",
    "incident_page",
    "open_count",
]

PER_PAGE = 25
LINES_SHOWN = 50


class NotForYou(NotAllowed):
    """What failed in the trust is shown to its {medical_directorate}."""


class NoIncident(NotFound):
    """There is no such incident in your trust."""


@dataclass(frozen=True)
class IncidentRow:
    """A failure. `element` is its name in the drawing; `again` says who tries
    it again; `next_try` is None where time does not."""

    id: int
    reference: str
    what: str
    element: str
    sentence: str
    status: str
    first_at: datetime
    last_at: datetime
    times: int
    by_hand: bool
    again: str
    next_try: datetime | None


@dataclass(frozen=True)
class IncidentList:
    """A page of the list; `total` counts all pages."""

    rows: tuple[IncidentRow, ...]
    total: int
    page: int
    pages: int
    narrowed: bool


@dataclass(frozen=True)
class HistoryLine:
    """What became of it: failed, retried, settled or given_up; `who` is "" where nobody acted."""

    at: datetime
    kind: str
    words: str
    who: str


@dataclass(frozen=True)
class IncidentPage:
    """One incident. `giving_up` says what giving up means, `holders` are those who may do the step that failed."""

    row: IncidentRow
    giving_up: str
    holders: tuple[str, ...]
    history: tuple[HistoryLine, ...]


def open_count(session: Session, *, viewer: Viewer) -> int | None:
    """How many have yet to be dealt with in the viewer's trust; None for whoever is not of its directorate."""
    if Role.MEDICAL_DIRECTORATE not in viewer.roles:
        return None
    return incidents.count_open(session, trust_id=viewer.trust_id)


def incident_list(session: Session, *, viewer: Viewer, filters: IncidentFilters, page: int) -> IncidentList:
    """A page of the trust's incidents. A page past the end is the last one. Raises NotForYou."""
    _check(viewer)
    total = incidents.count(session, trust_id=viewer.trust_id, filters=filters)
    at = paging.shown(total, page=page, at_once=PER_PAGE)
    found = incidents.of_trust(session, trust_id=viewer.trust_id, filters=filters, limit=PER_PAGE, offset=at.offset)
    tries = incidents.next_tries(session, keys=[one.incident.key for one in found if one.incident.status == "open"])
    return IncidentList(
        rows=tuple(_row(session, one, tries.get(one.incident.key)) for one in found),
        total=total,
        page=at.page,
        pages=at.pages,
        narrowed=filters != IncidentFilters(),
    )


def incident_page(session: Session, *, viewer: Viewer, incident_id: int) -> IncidentPage:
    """One incident with what became of it. Raises NotForYou, NoIncident."""
    _check(viewer)
    found = incidents.find(session, trust_id=viewer.trust_id, incident_id=incident_id)
    if found is None:
        raise NoIncident
    key, is_open = found.incident.key, found.incident.status == "open"
    tries = incidents.next_tries(session, keys=[key] if is_open else [])
    lines = incidents.lines(session, incident_id=incident_id, limit=LINES_SHOWN)
    step_id = row_of(key) if kind_of(key) == "step" else None
    holders = lists.holders(session, step_ids=[step_id] if step_id else [])
    return IncidentPage(
        row=_row(session, found, tries.get(key)),
        giving_up=failing(key).giving_up,
        holders=tuple(name for _, _, name in holders),
        history=tuple(HistoryLine(line.at, line.kind, line.words, line.who or "") for line in lines),
    )


def _check(viewer: Viewer) -> None:
    if Role.MEDICAL_DIRECTORATE not in viewer.roles:
        raise NotForYou


def _row(session: Session, found: Found, next_try: datetime | None) -> IncidentRow:
    row = found.incident
    return IncidentRow(
        id=row.id,
        reference=found.reference or "",
        what=failing(row.key).what,
        element=element_name(session, row.element, found.release_id),
        sentence=row.sentence,
        status=row.status,
        first_at=row.first_at,
        last_at=row.last_at,
        times=row.times,
        by_hand=failing(row.key).by_hand,
        again=failing(row.key).again,
        next_try=next_try,
    )
