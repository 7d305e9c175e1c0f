"""What another release would mean for the cases that run: which stay, which can move, which cannot, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

from workflows.domain.errors import NotFound
from workflows.domain.releases import content_hash
from workflows.domain.roles import Role
from workflows.domain.studio import Permission
from workflows.domain.vocabulary import PROCESSES
from workflows.engine import moving
from workflows.engine import releases as engine_releases
from workflows.inbox import Viewer, paging
from workflows.store import Session, move_rows
from workflows.store import release_drafts as draft_rows
from workflows.store import releases as release_rows
from workflows.store.models import MoveBatch
from workflows.store.move_rows import Line, Standing
from workflows.studio.drafts import base_files, find, overlaid
from workflows.studio.problems import problems
from workflows.studio.rights import check_reads
from workflows.studio.rights import may as allowed

PER_PAGE = 50
Answer = Literal["stays", "can", "cannot"]


class NoSuchRelease(NotFound):
    """There is no such release in your trust."""


@dataclass(frozen=True)
class Target:
    """The release to which cases might move: its files with their hash, its id and number, both None for a draft."""

    files: Mapping[str, str]
    content: str
    name: str
    release_id: int | None = None
    number: int | None = None
    published: bool = False


class Filters(NamedTuple):
    """What the list is narrowed to: a process, an answer, a reason by its key, one case by its reference. An empty one
    narrows nothing."""

    process: str = ""
    answer: str = ""
    reason: str = ""
    case: str = ""


@dataclass(frozen=True)
class Judged:
    """What becomes of one running case."""

    case: Standing
    answer: Answer
    because: str = ""

    @property
    def reason(self) -> str:
        """A short key of its reason, for addresses."""
        return sha256(self.because.encode()).hexdigest()[:12] if self.because else ""

    def fits(self, filters: Filters) -> bool:
        """Whether a list so narrowed holds it."""
        return (
            filters.process in {"", self.case.process}
            and filters.answer in {"", self.answer}
            and filters.reason in {"", self.reason}
            and filters.case in {"", self.case.reference}
        )


@dataclass(frozen=True)
class Counted:
    """How many cases of a process have the same answer for the same reason."""

    process: str
    title: str
    answer: Answer
    because: str
    reason: str
    number: int


@dataclass(frozen=True)
class Row:
    """A running case in the list. `release`: the number of the one that it follows; `title` is "" for whoever may not
    know whom it is about."""

    id: int
    reference: str
    title: str
    process: str
    stage: str
    release: int
    answer: Answer
    because: str


@dataclass(frozen=True)
class Impact:
    """The page. `can`: how many of all that the filters leave can move; `total` counts all of them, on all pages."""

    name: str
    number: int | None
    published: bool
    totals: Mapping[str, int]
    counted: tuple[Counted, ...]
    rows: tuple[Row, ...]
    can: int
    total: int
    page: int
    pages: int
    filters: Filters
    may: frozenset[Permission]
    batches: tuple[MoveBatch, ...] = ()
    reads_cases: bool = False
    """Whether the viewer may open the cases."""
    faulty: bool = False
    """Whether it is a draft with faults, of which nothing can be said yet."""

    @property
    def may_move(self) -> bool:
        """Whether the viewer can set cases moving from here."""
        return self.published and Permission.MOVE in self.may


def of_release(session: Session, *, viewer: Viewer, number: int, filters: Filters, page: int) -> Impact:
    """What a release means for the running cases. Raises NotYourStudio, NoSuchRelease."""
    may = check_reads(session, viewer=viewer)
    found = target(session, trust_id=viewer.trust_id, number=number)
    return _impact(session, viewer, found, filters, page, may)


def of_draft(session: Session, *, viewer: Viewer, draft_id: int, filters: Filters, page: int) -> Impact:
    """What a draft would mean for them; nothing yet, where it has faults. Raises NotYourStudio, NoSuchDraft."""
    may = check_reads(session, viewer=viewer)
    draft = find(session, viewer.trust_id, draft_id)
    files = overlaid(base_files(session, draft), draft_rows.files(session, draft_id=draft.id))
    if problems(files):
        return Impact(draft.name, None, False, {}, (), (), 0, 0, 1, 1, filters, may, faulty=True)
    return _impact(session, viewer, Target(files, content_hash(files), draft.name), filters, page, may)


def newer(session: Session, *, viewer: Viewer, than: int) -> int | None:
    """The number of the release to which the viewer may move a case that follows release `than`; None for none."""
    if Permission.MOVE not in allowed(session, viewer=viewer):
        return None
    published = release_rows.published(session, trust_id=viewer.trust_id)
    return published.number if published is not None and published.number != than else None


def target(session: Session, *, trust_id: int, number: int) -> Target:
    """A release as a place to move to. Raises NoSuchRelease."""
    row = release_rows.by_number(session, trust_id=trust_id, number=number)
    if row is None or row.status == "draft":
        raise NoSuchRelease
    files = engine_releases.of(session, release_id=row.id).files
    return Target(files, row.content_hash, f"Release {row.number}", row.id, row.number, row.status == "published")


def judged(session: Session, *, trust_id: int, to: Target, process: str = "") -> Iterator[Judged]:
    """Every running case of a trust with what becomes of it, by id; read in chunks. Raises Unsound."""
    there = moving.side(to.files, to.content)
    pairs: dict[int, moving.Pair] = {}
    after = 0
    while chunk := move_rows.running(session, trust_id=trust_id, after=after, process=process):
        for case in chunk:
            if case.release_id not in pairs:
                here = engine_releases.of(session, release_id=case.release_id)
                pairs[case.release_id] = moving.between(moving.side(here.files, here.diagrams.content_hash), there)
            yield _judge(case, pairs[case.release_id], to)
        after = chunk[-1].id


def _judge(case: Standing, pair: moving.Pair, to: Target) -> Judged:
    if case.release_id == to.release_id:
        return Judged(case, "stays")
    verdict = pair.verdict(case.state)
    if isinstance(verdict, moving.CannotMove):
        return Judged(case, "cannot", verdict.because)
    # One whose release has the same content may move too: its next steps then say the newer number.
    return (
        Judged(case, "can" if to.release_id else "stays") if isinstance(verdict, moving.Stays) else Judged(case, "can")
    )


def _impact(  # noqa: PLR0917 - all that the page is made of
    session: Session, viewer: Viewer, to: Target, filters: Filters, page: int, may: frozenset[Permission]
) -> Impact:
    tally: Counter[tuple[str, Answer, str, str]] = Counter()
    totals: Counter[str] = Counter()
    listed: list[Judged] = []
    for one in judged(session, trust_id=viewer.trust_id, to=to):
        tally[one.case.process, one.answer, one.because, one.reason] += 1
        totals[one.answer] += 1
        if one.fits(filters):
            listed.append(one)
    titles = titles_of(to)
    shown = paging.shown(len(listed), page=page, at_once=PER_PAGE)
    here = {one.case.id: one for one in listed[shown.offset : shown.offset + PER_PAGE]}
    return Impact(
        name=to.name,
        number=to.number,
        published=to.published,
        totals=totals,
        counted=tuple(
            Counted(process, titles.get(process, process), answer, because, reason, number)
            for (process, answer, because, reason), number in sorted(tally.items())
        ),
        rows=tuple(
            _row(line, here[line.id], titles.get(line.process, line.process), named=reads_cases(viewer))
            for line in move_rows.lines(session, case_ids=here)
        ),
        can=sum(one.answer == "can" for one in listed),
        total=len(listed),
        page=shown.page,
        pages=shown.pages,
        filters=filters,
        may=may,
        batches=tuple(move_rows.of_trust(session, trust_id=viewer.trust_id, limit=10)),
        reads_cases=reads_cases(viewer),
    )


def reads_cases(viewer: Viewer) -> bool:
    """Whether somebody may know whom a case is about: whoever looks after processes has no business with people."""
    return Role.MEDICAL_DIRECTORATE in viewer.roles


def _row(line: Line, one: Judged, process: str, *, named: bool) -> Row:
    title = line.title if named else ""
    return Row(line.id, line.reference, title, process, line.stage, line.release, one.answer, one.because)


def titles_of(to: Target) -> Mapping[str, str]:
    """What processes are called, by their keys."""
    drawings = moving.side(to.files, to.content).diagrams.drawings
    return {**PROCESSES, **{key: drawing.name for key, drawing in drawings.items() if drawing.name}}
