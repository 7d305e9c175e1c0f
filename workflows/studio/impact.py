"""What another release would mean for the cases that run: which stay, which can move, which cannot, and why."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from operator import itemgetter
from typing import Literal, NamedTuple

from workflows.domain.errors import NotFound
from workflows.domain.releases import content_hash
from workflows.domain.studio import Permission
from workflows.domain.vocabulary import PROCESSES
from workflows.engine import moving
from workflows.engine import releases as engine_releases
from workflows.engine.moving import Met
from workflows.inbox import Viewer, paging
from workflows.inbox.reach import reach
from workflows.store import Session, lists, move_rows
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
Ahead = Literal["ahead", "apart", ""]
"""Of a case that can move: whether something that differs lies ahead of it, or nothing; "" for all others."""


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
    """What the list is narrowed to: a process, or a stage in which a case stands; an answer, or an Ahead; a reason by
    its key; one case by its reference. An empty one narrows nothing."""

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
    meets: tuple[Met, ...] = ()

    @property
    def reason(self) -> str:
        """A short key of its reason, for addresses."""
        return reason_key(self.because)

    @property
    def ahead(self) -> Ahead:
        """Whether it will meet something that differs."""
        return ("ahead" if self.meets else "apart") if self.answer == "can" else ""

    def fits(self, filters: Filters) -> bool:
        """Whether a list so narrowed holds it."""
        return (
            filters.answer in {"", self.answer, self.ahead}
            and filters.reason in {"", self.reason}
            and filters.case in {"", self.case.reference}
            and (filters.process in {"", self.case.process} or filters.process in moving.stages(self.case.state))
        )


def reason_key(because: str) -> str:
    """A short key of a reason, for addresses; "" for none."""
    return sha256(because.encode()).hexdigest()[:12] if because else ""


@dataclass(frozen=True)
class Counted:
    """How many cases of a process have the same answer for the same reason. `meets`: what lies ahead of them, the
    commonest first."""

    process: str
    title: str
    answer: Answer
    ahead: Ahead
    because: str
    reason: str
    number: int
    meets: tuple[Met, ...]


@dataclass(frozen=True)
class Row:
    """A running case in the list. `release`: the number of the one that it follows; `title` is "" for whoever may not
    open the case."""

    id: int
    reference: str
    title: str
    process: str
    stage: str
    release: int
    answer: Answer
    because: str
    meets: tuple[Met, ...]


@dataclass(frozen=True)
class Impact:
    """The page. `can`: how many of all that the filters leave can move; `total` counts all of them, on all pages.
    `stages` are the called processes, by key and title."""

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
    stages: tuple[tuple[str, str], ...] = ()
    policy_differs: bool = False
    """Whether another policy holds there too: what of it no step names, such as titles, holds for all that move."""
    faulty: bool = False
    """Whether it is a draft with faults, of which nothing can be said yet."""

    def number_of(self, ahead: Ahead) -> int:
        """Of how many cases that can move something that differs lies ahead, or nothing."""
        return sum(one.number for one in self.counted if one.ahead == ahead)

    @property
    def may_move(self) -> bool:
        """Whether the viewer can set cases moving from here."""
        return self.published and Permission.MOVE in self.may


def of_release(session: Session, *, viewer: Viewer, number: int, filters: Filters, page: int, now: datetime) -> Impact:
    """What a release means for the running cases. Raises NotYourStudio, NoSuchRelease."""
    may = check_reads(session, viewer=viewer)
    found = target(session, trust_id=viewer.trust_id, number=number)
    return _impact(session, viewer, found, Asked(filters, page, now), may)


def of_draft(session: Session, *, viewer: Viewer, draft_id: int, filters: Filters, page: int, now: datetime) -> Impact:
    """What a draft would mean for them; nothing yet, where it has faults. Raises NotYourStudio, NoSuchDraft."""
    may = check_reads(session, viewer=viewer)
    draft = find(session, viewer.trust_id, draft_id)
    files = overlaid(base_files(session, draft), draft_rows.files(session, draft_id=draft.id))
    if problems(files):
        return Impact(draft.name, None, False, {}, (), (), 0, 0, 1, 1, filters, may, faulty=True)
    asked = Asked(filters, page, now)
    return _impact(session, viewer, Target(files, content_hash(files), draft.name), asked, may)


def published_as(session: Session, *, viewer: Viewer, draft_id: int) -> int | None:
    """The number of the release that a draft has become; None before that. Raises NotYourStudio, NoSuchDraft."""
    check_reads(session, viewer=viewer)
    draft = find(session, viewer.trust_id, draft_id)
    release = release_rows.by_id(session, release_id=draft.release_id) if draft.release_id else None
    return release.number if release else None


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


def judged(session: Session, *, trust_id: int, to: Target) -> Iterator[Judged]:
    """Every running case of a trust with what becomes of it, by id; read in chunks. Raises Unsound."""
    there = moving.side(to.files, to.content)
    pairs: dict[int, moving.Pair] = {}
    after = 0
    while chunk := move_rows.running(session, trust_id=trust_id, after=after):
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
    if isinstance(verdict, moving.CanMove):
        return Judged(case, "can", meets=verdict.meets)
    # One whose release has the same content may move too: its next steps then say the newer number.
    return Judged(case, "can" if to.release_id else "stays")


class Asked(NamedTuple):
    """What is asked of the page, and when."""

    filters: Filters
    page: int
    now: datetime


def _impact(session: Session, viewer: Viewer, to: Target, asked: Asked, may: frozenset[Permission]) -> Impact:
    tally: Counter[tuple[str, Answer, str, tuple[Met, ...]]] = Counter()
    listed: list[Judged] = []
    followed: set[int] = set()
    for one in judged(session, trust_id=viewer.trust_id, to=to):
        tally[one.case.process, one.answer, one.because, one.meets] += 1
        followed.add(one.case.release_id)
        if one.fits(asked.filters):
            listed.append(one)
    titles = titles_of(to)
    counted = tuple(_counted(tally, titles))
    shown = paging.shown(len(listed), page=asked.page, at_once=PER_PAGE)
    here = {one.case.id: one for one in listed[shown.offset : shown.offset + PER_PAGE]}
    named = open_to(session, viewer=viewer, case_ids=here, now=asked.now)
    return Impact(
        name=to.name,
        number=to.number,
        published=to.published,
        totals=_totals(counted),
        counted=counted,
        rows=tuple(
            _row(line, here[line.id], titles.get(line.process, line.process), named=line.id in named)
            for line in move_rows.lines(session, case_ids=here)
        ),
        can=sum(one.answer == "can" for one in listed),
        total=len(listed),
        page=shown.page,
        pages=shown.pages,
        filters=asked.filters,
        may=may,
        batches=tuple(move_rows.of_trust(session, trust_id=viewer.trust_id, limit=10)),
        stages=_stages(to, titles),
        policy_differs=any(
            _policies(engine_releases.of(session, release_id=one).files) != _policies(to.files) for one in followed
        ),
    )


def _counted(tally: Counter[tuple[str, Answer, str, tuple[Met, ...]]], titles: Mapping[str, str]) -> Iterator[Counted]:
    numbers: Counter[tuple[str, Answer, Ahead, str]] = Counter()
    meets: dict[tuple[str, Answer, Ahead, str], Counter[Met]] = {}
    for (process, answer, because, met), number in tally.items():
        ahead: Ahead = ("ahead" if met else "apart") if answer == "can" else ""
        key = (process, answer, ahead, because)
        numbers[key] += number
        found = meets.setdefault(key, Counter())
        for one in met:
            found[one] += number
    for key, number in sorted(numbers.items()):
        process, answer, ahead, because = key
        commonest = tuple(one for one, _ in meets[key].most_common())
        title = titles.get(process, process)
        yield Counted(process, title, answer, ahead, because, reason_key(because), number, commonest)


def _totals(counted: Collection[Counted]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for one in counted:
        totals[one.answer] += one.number
    return totals


def _stages(to: Target, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    called = {stage for stages in moving.side(to.files, to.content).books.calls.values() for stage in stages}
    return tuple(sorted(((key, titles.get(key, key)) for key in called), key=itemgetter(1)))


def _policies(files: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in files.items() if path.startswith("policies/")}


def open_to(session: Session, *, viewer: Viewer, case_ids: Collection[int], now: datetime) -> set[int]:
    """Those of some cases that the viewer may open, and so know whom they are about: whoever looks after processes has
    by that no business with people."""
    sees = reach(session, viewer=viewer, now=now)
    return lists.visible_among(session, sight=sees.sight, case_ids=case_ids)


def _row(line: Line, one: Judged, process: str, *, named: bool) -> Row:
    title = line.title if named else ""
    return Row(line.id, line.reference, title, process, line.stage, line.release, one.answer, one.because, one.meets)


def titles_of(to: Target) -> Mapping[str, str]:
    """What processes are called, by their keys."""
    drawings = moving.side(to.files, to.content).diagrams.drawings
    return {**PROCESSES, **{key: drawing.name for key, drawing in drawings.items() if drawing.name}}
