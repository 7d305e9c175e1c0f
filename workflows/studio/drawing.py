"""A diagram of a draft on the canvas: opened with all that it may name, and saved with what the checker says of it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.errors import NotFound
from workflows.domain.studio import CLOSED, Permission, Status
from workflows.engine.drawings import read
from workflows.engine.xml import NotAcceptable
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import releases as release_rows
from workflows.store.models import ReleaseDraft
from workflows.studio import drafts, pages
from workflows.studio.drafts import DraftFile
from workflows.studio.offering import Offer, offer
from workflows.studio.pages import FileLine, Problem
from workflows.studio.rights import Acting, check_reads
from workflows.studio.soundness import Soundness, of_process


class NoSuchProcess(NotFound):
    """There is no process {process} in this draft."""


@dataclass(frozen=True)
class CanvasPage:
    """A diagram of a draft. `problems` are those of its file, judged within the whole draft."""

    draft_id: int
    draft_name: str
    line: FileLine
    file: DraftFile
    offer: Offer
    problems: tuple[Problem, ...]
    may_edit: bool
    closed: bool


@dataclass(frozen=True)
class Saved:
    """What a save came to: the file's new version, and what the checker says of it."""

    version: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Ways:
    """What goes wrong on some way through a diagram. `found` is None while the checker has something to say of it: that
    is mended first."""

    draft_id: int
    found: Soundness | None


def canvas_page(session: Session, *, viewer: Viewer, draft_id: int, process: str) -> CanvasPage:
    """A diagram with all that an editor of it needs. Raises NotYourStudio, NoSuchDraft, NoSuchProcess."""
    may = check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    files = drafts.files(session, draft_id=draft.id)
    line = drawn_in(files, process)
    return CanvasPage(
        draft_id=draft.id,
        draft_name=draft.name,
        line=line,
        file=drafts.file(session, viewer=viewer, draft_id=draft.id, path=line.path),
        offer=_offer(session, draft, files, process),
        problems=_found(files, line.path),
        may_edit=Permission.EDIT in may and Status(draft.status) not in CLOSED,
        closed=Status(draft.status) in CLOSED,
    )


def choices(session: Session, *, viewer: Viewer, draft_id: int, process: str) -> Offer:
    """What the elements of a diagram may name by now. Raises NotYourStudio, NoSuchDraft, NoSuchProcess."""
    check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    files = drafts.files(session, draft_id=draft.id)
    return _offer(session, draft, files, drawn_in(files, process).key)


def _offer(session: Session, draft: ReleaseDraft, files: Mapping[str, str], process: str) -> Offer:
    base = release_rows.by_id(session, release_id=draft.base_release_id)
    return offer(files, process=process, policy=base.policy if base else "")


def save_drawing(
    session: Session, *, by: Acting, draft_id: int, process: str, text: str, read: int, now: datetime
) -> Saved:
    """Keep a diagram as it was drawn, sound or not. Raises NoSuchProcess and what drafts.save_file raises."""
    files = drafts.files(session, draft_id=draft_id)
    line = drawn_in(files, process)
    said = f"Drew in “{line.title}”"
    version = drafts.save_file(
        session, by=by, draft_id=draft_id, path=line.path, text=text, read=read, said=said, now=now
    )
    return Saved(version, _found({**files, line.path: text}, line.path))


def _found(files: Mapping[str, str], path: str) -> tuple[Problem, ...]:
    """What the checker says of a diagram, in the order in which people read the drawing, an arrow after what it leaves;
    what may only follow from another fault stands below the others."""
    place: dict[str, int] = {}
    with suppress(NotAcceptable):
        drawing = read(files[path], path)
        place = {key: number for number, key in enumerate(drawing.order)}
        place |= {flow.id: place[flow.source] for flow in drawing.flows if flow.source in place}
    return tuple(sorted(pages.problems(files, [path]), key=lambda one: (one.follows, place.get(one.element, -1), one)))


def ways(session: Session, *, viewer: Viewer, draft_id: int, process: str) -> Ways:
    """Whether every case of a diagram can end, as it is kept. Raises NotYourStudio, NoSuchDraft, NoSuchProcess."""
    check_reads(session, viewer=viewer)
    drafts.find(session, viewer.trust_id, draft_id)
    files = drafts.files(session, draft_id=draft_id)
    path = drawn_in(files, process).path
    return Ways(draft_id, None if pages.problems(files, [path]) else of_process(files, process))


def drawn_in(files: Mapping[str, str], process: str) -> FileLine:
    """The file that draws a process. Raises NoSuchProcess."""
    for line in pages.file_lines(files, files):
        if line.kind == "processes" and line.key == process:
            return line
    raise NoSuchProcess(process=process[:80])
