"""What the studio's first page shows, and releases as they are read: drafts, what waits for whoever looks, releases."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from workflows.domain.errors import NotFound
from workflows.domain.studio import CLOSED, Decision, Permission, Status
from workflows.engine import releases as engine_releases
from workflows.engine.drawings import Drawing
from workflows.engine.editing.rules import Sheet, readable
from workflows.engine.releases import Loaded
from workflows.inbox import Viewer
from workflows.store import Session, move_rows
from workflows.store import people as people_rows
from workflows.store import release_drafts as draft_rows
from workflows.store import releases as release_rows
from workflows.store.models import Release, ReleaseDraft
from workflows.studio.pages import FileLine, file_lines
from workflows.studio.publishing import InForceAlready, NoSuchRelease
from workflows.studio.rights import check_reads, may

SOMEBODY = "Somebody"
CLOSED_SHOWN, MOVES_SHOWN = 10, 10


class NoSuchReleaseFile(NotFound):
    """There is no such file in release {number}."""


@dataclass(frozen=True)
class DraftLine:
    """A draft in the list. `waits`: what it waits for from the viewer: approve, publish, mend, or "" for nothing."""

    id: int
    name: str
    status: Status
    by: str
    changed_at: datetime
    base: int
    files: int
    note: str
    waits: str


class Waiting(NamedTuple):
    """A draft that waits for somebody; `waits` as in the list."""

    id: int
    name: str
    waits: str


@dataclass(frozen=True)
class ReleaseLine:
    """A release in the list. `running`: how many open cases follow it."""

    id: int
    number: int
    published: bool
    published_at: datetime | None
    note: str
    running: int


@dataclass(frozen=True)
class MoveLine:
    """A batch of cases that were moved, or are on their way: to which release, and how many of its cases stand how."""

    id: int
    release: int
    status: str
    because: str
    begun_at: datetime
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All cases of it."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Home:
    """The studio as somebody finds it. `processes` are those of the published release; `moves` the newest batches."""

    drafts: tuple[DraftLine, ...]
    closed: tuple[DraftLine, ...]
    releases: tuple[ReleaseLine, ...]
    processes: tuple[FileLine, ...]
    moves: tuple[MoveLine, ...]
    may: frozenset[Permission]

    @property
    def published(self) -> ReleaseLine:
        """What new cases start on."""
        return next(line for line in self.releases if line.published)

    @property
    def waiting(self) -> tuple[DraftLine, ...]:
        """Drafts that wait for the viewer."""
        return tuple(line for line in self.drafts if line.waits)


@dataclass(frozen=True)
class ReleasePage:
    """A release to be read. `draft_id`, `approved_by` and `published_by` are empty for one that came with Accord."""

    line: ReleaseLine
    policy: str
    files: tuple[FileLine, ...]
    draft_id: int | None
    approved_by: str
    published_by: str
    may: frozenset[Permission]


@dataclass(frozen=True)
class ReleaseFilePage:
    """One file of a release: what it draws or decides, where it is a diagram or a table, and its text."""

    release: ReleaseLine
    file: FileLine
    text: str
    drawing: Drawing | None
    table: Sheet | None
    loaded: Loaded
    policies: Mapping[str, str]
    """What the policies of the release are called, by key."""


def home(session: Session, *, viewer: Viewer) -> Home:
    """The studio. Raises NotYourStudio."""
    may = check_reads(session, viewer=viewer)
    rows = draft_rows.of_trust(session, trust_id=viewer.trust_id)
    releases = _release_lines(session, viewer.trust_id)
    numbers = {line.id: line.number for line in releases}
    names = people_rows.names(session, person_ids=[row.created_by_id for row in rows])
    open_rows = [row for row in rows if row.status not in CLOSED]
    closed_rows = [row for row in rows if row.status in CLOSED][:CLOSED_SHOWN]
    waits = _waits(session, open_rows, viewer, may)
    files = draft_rows.numbers_of_files(session, draft_ids=[row.id for row in (*open_rows, *closed_rows)])
    published = engine_releases.published(session, trust_id=viewer.trust_id)

    def line(row: ReleaseDraft) -> DraftLine:
        return DraftLine(
            id=row.id,
            name=row.name,
            status=Status(row.status),
            by=names.get(row.created_by_id, SOMEBODY),
            changed_at=row.changed_at,
            base=numbers.get(row.base_release_id, 0),
            files=files.get(row.id, 0),
            note=row.note,
            waits=waits.get(row.id, ""),
        )

    return Home(
        drafts=tuple(line(row) for row in open_rows),
        closed=tuple(line(row) for row in closed_rows),
        releases=tuple(releases),
        processes=tuple(line for line in file_lines(published.files, published.files) if line.kind == "processes"),
        moves=tuple(_move_lines(session, viewer.trust_id, numbers)),
        may=may,
    )


def waiting(session: Session, *, viewer: Viewer) -> tuple[Waiting, ...]:
    """The drafts that wait for the viewer; none for whoever has no business in the studio."""
    permitted = may(session, viewer=viewer)
    rows = draft_rows.of_trust(session, trust_id=viewer.trust_id) if permitted else []
    waits = _waits(session, rows, viewer, permitted) if rows else {}
    return tuple(Waiting(row.id, row.name, waits[row.id]) for row in rows if row.id in waits)


def release_page(session: Session, *, viewer: Viewer, number: int) -> ReleasePage:
    """One release. Raises NotYourStudio, NoSuchRelease."""
    may = check_reads(session, viewer=viewer)
    row = _release(session, viewer, number)
    files = release_rows.files(session, release_id=row.id)
    draft = draft_rows.of_release(session, release_id=row.id)
    deciders = {one.kind: one.by_id for one in draft_rows.decisions(session, draft_id=draft.id)} if draft else {}
    names = people_rows.names(session, person_ids=deciders.values())
    return ReleasePage(
        line=next(line for line in _release_lines(session, viewer.trust_id) if line.id == row.id),
        policy=row.policy,
        files=file_lines(files, files),
        draft_id=draft.id if draft else None,
        approved_by=names.get(deciders.get(Decision.APPROVED, 0), ""),
        published_by=names.get(deciders.get(Decision.PUBLISHED, 0), ""),
        may=may,
    )


def release_to_go_back_to(session: Session, *, viewer: Viewer, number: int) -> ReleasePage:
    """A release that new cases do not start on. Raises NotYourStudio, NoSuchRelease, InForceAlready."""
    page = release_page(session, viewer=viewer, number=number)
    if page.line.published:
        raise InForceAlready(number=number)
    return page


def release_file(session: Session, *, viewer: Viewer, number: int, kind: str, key: str) -> ReleaseFilePage:
    """One file of a release, by its kind and key. Raises NotYourStudio, NoSuchRelease, NoSuchReleaseFile."""
    page = release_page(session, viewer=viewer, number=number)
    file = next((line for line in page.files if (line.kind, line.key) == (kind, key)), None)
    if file is None:
        raise NoSuchReleaseFile(number=number)
    loaded = engine_releases.of(session, release_id=page.line.id)
    return ReleaseFilePage(
        release=page.line,
        file=file,
        text=loaded.files[file.path],
        drawing=loaded.diagrams.drawings.get(key) if kind == "processes" else None,
        table=readable(loaded.files[file.path], key) if kind == "decisions" else None,
        loaded=loaded,
        policies={line.key: line.title for line in page.files if line.kind == "policies"},
    )


def _release(session: Session, viewer: Viewer, number: int) -> Release:
    row = release_rows.by_number(session, trust_id=viewer.trust_id, number=number)
    if row is None:
        raise NoSuchRelease
    return row


def _release_lines(session: Session, trust_id: int) -> list[ReleaseLine]:
    running = release_rows.open_cases(session, trust_id=trust_id)
    return [
        ReleaseLine(row.id, row.number, row.status == "published", row.published_at, row.note, running.get(row.id, 0))
        for row in release_rows.of_trust(session, trust_id=trust_id)
    ]


def _move_lines(session: Session, trust_id: int, numbers: Mapping[int, int]) -> Iterator[MoveLine]:
    batches = move_rows.of_trust(session, trust_id=trust_id, limit=MOVES_SHOWN)
    counts = move_rows.counts(session, batch_ids=[batch.id for batch in batches])
    for batch in batches:
        number = numbers[batch.to_release_id]
        yield MoveLine(batch.id, number, batch.status, batch.because, batch.begun_at, counts[batch.id])


def _waits(
    session: Session, rows: Collection[ReleaseDraft], viewer: Viewer, may: frozenset[Permission]
) -> Mapping[int, str]:
    """What each of some open drafts waits for from the viewer; those that wait for nothing are left out."""
    ids = {status: [row.id for row in rows if row.status == status] for status in Status}
    mine = draft_rows.worked_on(session, person_id=viewer.person_id, draft_ids=ids[Status.SUBMITTED])
    last = draft_rows.newest_decisions(session, draft_ids=ids[Status.OPEN])
    wanted = {
        Permission.APPROVE: ("approve", [key for key in ids[Status.SUBMITTED] if key not in mine]),
        Permission.PUBLISH: ("publish", ids[Status.APPROVED]),
        Permission.EDIT: ("mend", [key for key in ids[Status.OPEN] if last.get(key) == Decision.RETURNED]),
    }
    return {key: word for permission, (word, keys) in wanted.items() if permission in may for key in keys}
