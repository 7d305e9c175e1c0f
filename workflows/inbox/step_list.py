"""My steps: what waits for somebody, and for those for whom they deputise."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows.domain.calendars import civil_day
from workflows.domain.roles import Role
from workflows.domain.vocabulary import PROCESSES
from workflows.inbox import Session, Viewer, paging, told
from workflows.inbox.cases import due_day
from workflows.store import people as people_rows
from workflows.store import step_pages

PER_PAGE = 50
QUEUE = Role.MEDICAL_DIRECTORATE.value


@dataclass(frozen=True)
class StepLine:
    """A step in the list. `due_on` is its last day; `on_behalf_of` is empty for one's own steps."""

    id: int
    name: str
    reference: str
    title: str
    process: str
    subject: str
    team: str
    due_on: date | None
    late: bool
    opened_on: date
    on_behalf_of: str
    shared: bool
    """Several people may do it and nobody has claimed it."""
    claimed: bool
    """Several people may do it and the viewer has claimed it."""
    drafted: bool


@dataclass(frozen=True)
class Filters:
    """How a list is narrowed: the key of a process, only what is late, words in it."""

    process: str = ""
    late: bool = False
    text: str = ""


@dataclass(frozen=True)
class MySteps:
    """A page of the viewer's steps. `total` and `late` count all of them, `found` those that the filters leave."""

    lines: tuple[StepLine, ...]
    unassigned: tuple[StepLine, ...]
    notices: tuple[told.NoticeLine, ...]
    incidents: tuple[told.IncidentLine, ...]
    """For the Medical Directorate: cases of the trust that could not move on."""
    deputises_for: tuple[str, ...]
    total: int
    late: int
    found: int
    page: int
    pages: int
    processes: tuple[tuple[str, str], ...]
    today: date


def my_steps(session: Session, *, viewer: Viewer, filters: Filters, page: int, now: datetime) -> MySteps:
    """The steps of the viewer and of those for whom they deputise: late first, then by their last day."""
    lines = _lines(session, viewer, now)
    found = [line for line in lines if _fits(line, filters)]
    at = paging.shown(len(found), page=page, at_once=PER_PAGE)
    queued = _queued(session, viewer, now)
    return MySteps(
        lines=tuple(found[at.offset : at.offset + PER_PAGE]),
        unassigned=tuple(queued),
        notices=told.notices(session, viewer=viewer, now=now),
        incidents=told.incidents(session, viewer=viewer),
        deputises_for=tuple(sorted(people_rows.names(session, person_ids=viewer.acts_for).values())),
        total=len(lines),
        late=sum(line.late for line in lines),
        found=len(found),
        page=at.page,
        pages=at.pages,
        processes=tuple((key, title) for key, title in PROCESSES.items() if key in {line.process for line in lines}),
        today=civil_day(now),
    )


def _lines(session: Session, viewer: Viewer, now: datetime) -> list[StepLine]:
    """Each step once: in the viewer's own name if they may do it themselves."""
    rows = step_pages.waiting_for(session, trust_id=viewer.trust_id, people=viewer.stands_for)
    own = {row.id for row in rows if row.for_id == viewer.person_id}
    kept = {row.id: row for row in reversed(rows) if row.id not in own or row.for_id == viewer.person_id}
    names = people_rows.names(session, person_ids=viewer.acts_for)
    return [_line(row, viewer, names, now) for row in reversed(kept.values())]


def _line(row: step_pages.WaitingStep, viewer: Viewer, names: dict[int, str], now: datetime) -> StepLine:
    several = row.holders > 1
    return StepLine(
        id=row.id,
        name=row.name,
        reference=row.reference,
        title=row.title,
        process=row.process,
        subject="" if row.subject_id == viewer.person_id else row.subject or "",
        team=row.team or "",
        due_on=due_day(row.due_at),
        late=row.due_at is not None and row.due_at <= now,
        opened_on=civil_day(row.opened_at),
        on_behalf_of="" if row.for_id in {0, viewer.person_id} else names.get(row.for_id, ""),
        shared=several and row.holder_id is None,
        claimed=several and row.holder_id is not None,
        drafted=row.drafted,
    )


def _fits(line: StepLine, filters: Filters) -> bool:
    looked_at = " ".join((line.name, line.reference, line.title, line.subject, line.team)).casefold()
    return (
        filters.process in {"", line.process}
        and (line.late or not filters.late)
        and all(word in looked_at for word in filters.text.casefold().split())
    )


def _queued(session: Session, viewer: Viewer, now: datetime) -> list[StepLine]:
    if QUEUE not in viewer.roles:
        return []
    return [_line(row, viewer, {}, now) for row in step_pages.queued(session, trust_id=viewer.trust_id, queue=QUEUE)]
