"""What the studio's pages show of a draft: its files by what they are, what is wrong with them, what was decided."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import PurePosixPath

from workflows.domain.fact_words import in_words
from workflows.domain.letters import read_letter
from workflows.domain.policy import PolicyFault
from workflows.domain.policy_text import parsed
from workflows.domain.releases import KINDS, content_hash
from workflows.domain.studio import Decision, Permission, Status
from workflows.engine.called import called
from workflows.engine.check import Problem
from workflows.engine.check.tables import named as table_named
from workflows.engine.drawings import Drawing, read
from workflows.engine.xml import NotAcceptable
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import people as people_rows
from workflows.store import release_drafts as draft_rows
from workflows.store import releases as release_rows
from workflows.store.models import Release, ReleaseDraft, ReleaseDraftEdit
from workflows.studio.drafts import base_files, find, overlaid
from workflows.studio.faults import faults
from workflows.studio.problems import problems
from workflows.studio.remarks import of_policy, of_processes
from workflows.studio.rights import check_reads, holders

__all__ = [
    "BaseRelease",
    "Decided",
    "DraftPage",
    "Edited",
    "FileLine",
    "Problem",
    "Released",
    "draft_page",
    "file_lines",
    "places",
    "problems",
]

SOMEBODY = "Somebody"


@dataclass(frozen=True)
class FileLine:
    """A file of a set. `kind` is the folder that it is in: processes, decisions, policies or letters; `key` what the
    set knows it by (the id of the process or of the decision, the file's name); `title` what people call it; `change`
    is "" where it is as in the base, else added, changed or removed."""

    path: str
    kind: str
    key: str
    title: str
    change: str = ""


@dataclass(frozen=True)
class BaseRelease:
    """The release over which a draft lies; `newest` the number of the published one where that is another."""

    id: int
    number: int
    newest: int | None


@dataclass(frozen=True)
class Released:
    """What a draft was published as; `newest` the number of the published release where that is another by now."""

    number: int
    at: datetime
    newest: int | None


@dataclass(frozen=True)
class Decided:
    """What somebody decided about a draft; `stands` whether the draft is still as it was then."""

    kind: str
    who: str
    at: datetime
    note: str
    stands: bool


@dataclass(frozen=True)
class Edited:
    """A line of a draft's history. `state`: done, undone, or gone where it cannot be done again."""

    number: int
    path: str
    said: str
    who: str
    at: datetime
    state: str


@dataclass(frozen=True)
class DraftPage:
    """A draft as its page shows it. `undo` and `redo` are the edits that would be undone and done again."""

    id: int
    name: str
    status: Status
    note: str
    base: BaseRelease
    content_hash: str
    begun_by: str
    begun_at: datetime
    changed_at: datetime
    release: Released | None
    files: tuple[FileLine, ...]
    problems: tuple[Problem, ...]
    """What stops it from being published: what the checker finds, else what goes wrong on some way of a case."""
    remarks: tuple[Problem, ...]
    """What nothing is refused for, in the policies that it changes."""
    places: Mapping[tuple[str, str], str]
    """What the elements are called at which something is wrong, by file and id."""
    decisions: tuple[Decided, ...]
    edits: tuple[Edited, ...]
    undo: Edited | None
    redo: Edited | None
    may: frozenset[Permission]
    approvers: tuple[str, ...]
    """The names of those who may approve it today: nobody who has changed or submitted something of it."""
    took_part: bool
    """Whether the viewer has changed or submitted something of it, and so cannot approve it."""

    @property
    def lost_approval(self) -> bool:
        """Whether it was approved, and changed after that."""
        newest = next(iter(self.decisions), None)
        return newest is not None and newest.kind == Decision.APPROVED and self.status == Status.OPEN

    @property
    def changed(self) -> tuple[FileLine, ...]:
        """The files in which it differs from its base."""
        return tuple(line for line in self.files if line.change)


def draft_page(session: Session, *, viewer: Viewer, draft_id: int, now: datetime) -> DraftPage:
    """One draft. Raises NotYourStudio, NoSuchDraft."""
    may = check_reads(session, viewer=viewer)
    draft = find(session, viewer.trust_id, draft_id)
    base = base_files(session, draft)
    whole = overlaid(base, draft_rows.files(session, draft_id=draft.id))
    content = content_hash(whole)
    edits = draft_rows.edits(session, draft_id=draft.id)
    decisions = draft_rows.decisions(session, draft_id=draft.id)
    takers = {one.by_id for one in decisions} | {one.by_id for one in edits} | {draft.created_by_id}
    names = people_rows.names(session, person_ids=takers)
    shown = [_edited(one, names) for one in edits]
    found = tuple(faults(whole))
    took_part = draft_rows.took_part(session, draft_id=draft.id)
    last = next((one for one in shown if one.state == "done"), None)
    return DraftPage(
        id=draft.id,
        name=draft.name,
        status=Status(draft.status),
        note=draft.note,
        base=_base(session, draft),
        content_hash=content,
        begun_by=names.get(draft.created_by_id, SOMEBODY),
        begun_at=draft.created_at,
        changed_at=draft.changed_at,
        release=_released(session, draft),
        files=file_lines(whole, base),
        problems=found,
        remarks=_remarks(session, draft, whole, base, now),
        places=places(whole, found),
        decisions=tuple(
            Decided(one.kind, names.get(one.by_id, SOMEBODY), one.at, one.note, one.content_hash == content)
            for one in decisions
        ),
        edits=tuple(shown),
        undo=last if last and last.path else None,
        redo=next((one for one in reversed(shown) if one.state == "undone"), None),
        may=may,
        approvers=_approvers(session, viewer.trust_id, took_part, now),
        took_part=viewer.person_id in took_part,
    )


def _remarks(
    session: Session, draft: ReleaseDraft, whole: Mapping[str, str], base: Mapping[str, str], now: datetime
) -> tuple[Problem, ...]:
    release = release_rows.by_id(session, release_id=draft.base_release_id)
    key = release.policy if release else ""
    policy = of_policy(session, trust_id=draft.trust_id, key=key, files=whole, base=base, now=now)
    return (*policy, *of_processes(whole, base))


def file_lines(files: Mapping[str, str], base: Mapping[str, str]) -> tuple[FileLine, ...]:
    """The files of a set, each with how it differs from those of a base, by kind and title; those taken out too."""
    lines = [
        _line(path, files.get(path, base.get(path, "")), _change(files.get(path), base.get(path)))
        for path in {**base, **files}
    ]
    order = list(KINDS)
    return tuple(sorted(lines, key=lambda line: (order.index(line.kind), line.title.casefold(), line.path)))


def _change(text: str | None, base: str | None) -> str:
    if text == base:
        return ""
    return "added" if base is None else "removed" if text is None else "changed"


def _line(path: str, text: str, change: str) -> FileLine:
    key, title = _named(path, text)
    return FileLine(path, PurePosixPath(path).parts[0], key, title, change)


@lru_cache(maxsize=512)
def _named(path: str, text: str) -> tuple[str, str]:
    """What a set knows a file by, and what people call it; the file's name where it cannot be read."""
    name = PurePosixPath(path)
    try:
        if name.suffix == ".bpmn":
            drawing = read(text, path)
            return drawing.process, drawing.name or in_words(drawing.process)
        if name.suffix == ".dmn":
            return table_named(text) or (name.stem, name.stem)
        if name.suffix == ".toml":
            return name.stem, str(parsed(path, text)["name"])
        return name.stem, read_letter(text).title or in_words(name.stem)
    except (NotAcceptable, PolicyFault, KeyError):
        return name.stem, in_words(name.stem)


def places(files: Mapping[str, str], found: Collection[Problem]) -> dict[tuple[str, str], str]:
    """What sentences call the elements and ways at which something is wrong, by file and id."""
    named: dict[tuple[str, str], str] = {}
    for path in {one.file for one in found if one.file.endswith(".bpmn") and one.file in files}:
        with suppress(NotAcceptable):
            drawing = read(files[path], path)
            named |= {(path, key): called(drawing, key) for key in drawing.nodes}
            named |= {
                (path, flow.id): f"the way from {_end(drawing, flow.source)} to {_end(drawing, flow.target)}"
                for flow in drawing.flows
            }
    return named


def _end(drawing: Drawing, key: str) -> str:
    return called(drawing, key) if key in drawing.nodes else "nothing"


def _base(session: Session, draft: ReleaseDraft) -> BaseRelease:
    base: Release | None = release_rows.by_id(session, release_id=draft.base_release_id)
    newest = release_rows.published(session, trust_id=draft.trust_id)
    if base is None or newest is None:
        raise LookupError("A draft lies over a release, and its trust has one published.")
    return BaseRelease(base.id, base.number, None if newest.id == base.id else newest.number)


def _released(session: Session, draft: ReleaseDraft) -> Released | None:
    release = release_rows.by_id(session, release_id=draft.release_id) if draft.release_id else None
    newest = release_rows.published(session, trust_id=draft.trust_id)
    if release is None or release.published_at is None:
        return None
    return Released(release.number, release.published_at, newest.number if newest and newest.id != release.id else None)


def _approvers(session: Session, trust_id: int, took_part: Collection[int], now: datetime) -> tuple[str, ...]:
    held = holders(session, trust_id=trust_id, permission=Permission.APPROVE, now=now)
    return tuple(name for person_id, name in held.items() if person_id not in took_part)


def _edited(edit: ReleaseDraftEdit, names: Mapping[int, str]) -> Edited:
    return Edited(edit.number, edit.path, edit.said, names.get(edit.by_id, SOMEBODY), edit.at, edit.state)
