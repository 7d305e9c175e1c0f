"""What the pages of a rehearsal show: what waits and for whom, and everything that has happened."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotFound
from workflows.domain.releases import content_hash
from workflows.domain.studio import CLOSED, Status
from workflows.inbox import Viewer, case_pages, demonstration
from workflows.inbox.accounts import SignedIn
from workflows.inbox.case_pages import CasePage
from workflows.inbox.demonstration import Sent
from workflows.rehearsal.playing import Play
from workflows.store import Session, lists
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store import rehearsals as rehearsal_rows
from workflows.store.models import Person, Rehearsal, Step
from workflows.studio import drafts, pages
from workflows.studio.rights import check_reads

DIRECTORATE = "medical_directorate"


class NobodyThere(NotFound):
    """There is nobody of that number in this rehearsal."""


@dataclass(frozen=True)
class StepLine:
    """A step that waits. `people`: whoever may do it, by id and name; where that is nobody, `assigner` may give it to
    somebody."""

    id: int
    name: str
    process: str
    element: str
    role: str
    reference: str
    about: str
    due_at: datetime | None
    people: tuple[tuple[int, str], ...]
    assigner: tuple[int, str]


@dataclass(frozen=True)
class PlayPage:
    """A rehearsal as it stands. `watcher` is the example person who sees every case of it."""

    draft_id: int
    draft_name: str
    id: int
    version: int
    process: str
    title: str
    """What the process is called that was chosen."""
    at: datetime
    draft_changed: bool
    """Whether the draft is not any more as it is rehearsed here."""
    waiting: tuple[StepLine, ...]
    cases: tuple[CasePage, ...]
    mails: tuple[Sent, ...]
    undo: str
    """What the last move was; "" where none can be taken back."""
    next_due: datetime | None
    watcher: int


@dataclass(frozen=True)
class Kept:
    """One of the reader's rehearsals of a draft."""

    id: int
    process: str
    started_at: datetime
    used_at: datetime


@dataclass(frozen=True)
class StartPage:
    """A draft that may be rehearsed: what stands in the way, and what is under way."""

    draft_id: int
    draft_name: str
    problems: tuple[pages.Problem, ...]
    titles: dict[str, str]
    """What its files are called, by path."""
    kept: tuple[Kept, ...]
    closed: bool


def start_page(session: Session, *, viewer: Viewer, draft_id: int) -> StartPage:
    """Raises NotYourStudio, NoSuchDraft."""
    check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    files = drafts.files(session, draft_id=draft.id)
    rows = rehearsal_rows.of_person(session, draft_id=draft.id, by_id=viewer.person_id)
    called = _titles(files)
    return StartPage(
        draft_id=draft.id,
        draft_name=draft.name,
        problems=tuple(pages.problems(files)),
        titles={line.path: line.title for line in pages.file_lines(files, files)},
        kept=tuple(_kept(row, called) for row in rows),
        closed=Status(draft.status) in CLOSED,
    )


def _titles(files: dict[str, str]) -> dict[str, str]:
    """What the processes of a set are called."""
    return {line.key: line.title for line in pages.file_lines(files, files) if line.kind == "processes"}


def _kept(row: Rehearsal, called: dict[str, str]) -> Kept:
    return Kept(row.id, called.get(row.process, row.process), row.started_at, row.used_at)


def play_page(session: Session, *, viewer: Viewer, play: Play) -> PlayPage:
    """The page of a rehearsal that the viewer has opened. `session` is of what is real."""
    draft = drafts.find(session, viewer.trust_id, play.draft_id)
    files = drafts.files(session, draft_id=draft.id)
    states = rehearsal_rows.states(session, rehearsal_id=play.id)
    with play.memory.sessions() as inside:
        trust = people_rows.trusts(inside)[0]
        watcher = _watcher(inside, trust.id, play.at)
        found = [
            case_pages.case_page(inside, viewer=watcher, reference=reference, now=play.at)
            for _, reference in rehearsal_rows.played(inside)
        ]
        sent = demonstration.sent(inside, viewer=watcher, person_id=None, kind="", page=1, now=play.at)
        return PlayPage(
            draft_id=draft.id,
            draft_name=draft.name,
            id=play.id,
            version=play.version,
            process=play.process,
            title=_titles(files).get(play.process, play.process),
            at=play.at,
            draft_changed=content_hash(files) != play.content_hash,
            waiting=_waiting(inside, found, watcher),
            cases=tuple(found),
            mails=sent.mails,
            undo=states[0].said if len(states) > 1 else "",
            next_due=lists.next_due_day(inside, trust_id=trust.id),
            watcher=watcher.person_id,
        )


def next_due(play: Play) -> datetime | None:
    """The end of the next day on which something is due in a rehearsal; None if nothing is."""
    with play.memory.sessions() as inside:
        return lists.next_due_day(inside, trust_id=people_rows.trusts(inside)[0].id)


def _watcher(inside: Session, trust_id: int, at: datetime) -> Viewer:
    held = post_rows.holders_of(inside, trust_id=trust_id, roles={DIRECTORATE}, on=civil_day(at))
    return Viewer(person_id=held[0].person_id, trust_id=trust_id, roles=frozenset({DIRECTORATE}))


def _waiting(inside: Session, found: list[CasePage], watcher: Viewer) -> tuple[StepLine, ...]:
    titles = {role: title for page in found for role, title in page.titles.items()}
    steps = lists.open_steps(inside, case_ids=[case_id for case_id, _ in rehearsal_rows.played(inside)])
    held: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for step_id, person_id, name in lists.holders(inside, step_ids=[step.id for step in steps]):
        held[step_id].append((person_id, name))
    office = lists.names(inside, trust_id=watcher.trust_id, person_ids={watcher.person_id})

    def line(step: Step) -> StepLine:
        return StepLine(
            id=step.id,
            name=step.name,
            process=step.process,
            element=step.element,
            role=titles.get(step.role, step.role),
            reference=step.case.reference,
            about=step.case.title,
            due_at=step.due_at,
            people=tuple(one for one in held[step.id] if step.holder_id in {None, one[0]}),
            assigner=(watcher.person_id, office[watcher.person_id]),
        )

    return tuple(line(step) for step in steps)


def player(play: Play, *, person_id: int) -> SignedIn:
    """Somebody of a rehearsal, as if they had signed in. Raises NobodyThere."""
    with play.memory.sessions() as inside:
        trust = people_rows.trusts(inside)[0]
        person: Person | None = people_rows.by_id(inside, trust_id=trust.id, person_id=person_id)
        if person is None:
            raise NobodyThere
        posts = post_rows.posts_of(inside, person_id=person.id, on=civil_day(play.at))
        viewer = Viewer(person_id, trust.id, frozenset(post.role for post in posts))
        return SignedIn(
            person_id=person_id,
            trust_id=trust.id,
            name=person.name,
            trust=trust.name,
            trust_key=trust.key,
            viewer=viewer,
            account_id=0,
            visit_id=0,
            seen_at=play.at,
            shared=False,
        )
