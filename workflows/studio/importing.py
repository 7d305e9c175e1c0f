"""Bringing in a diagram that was drawn elsewhere: taken into a draft as it is, then mended one repair after another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from pathlib import PurePosixPath

from workflows.domain.errors import NotAllowed, Unsound
from workflows.domain.studio import CLOSED, Permission
from workflows.engine.check.library import library
from workflows.engine.drawings import read as read_drawing
from workflows.engine.editing import repairs
from workflows.engine.editing.diagram import CannotChange, Diagram
from workflows.engine.editing.repairing import Found, Offered
from workflows.engine.editing.repairs_of_names import process_id
from workflows.engine.xml import MAX_BYTES, NotAcceptable, as_text
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import release_drafts as draft_rows
from workflows.store import releases as release_rows
from workflows.studio import drafts, pages
from workflows.studio.drafts import DraftFile
from workflows.studio.drawing import drawn_in
from workflows.studio.offering import Offer, offer, own_policy
from workflows.studio.pages import FileLine, Problem
from workflows.studio.rights import Acting, check_may, check_reads

__all__ = [
    "Found",
    "ImportPage",
    "NotADiagram",
    "Offering",
    "ThereAlready",
    "import_page",
    "preview",
    "repair",
    "take_in",
]

MAX_STEPS = 500
ZIP = b"PK"
UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
DIFF_LINES = 400


class NotADiagram(NotAllowed):
    """{reason}"""


class ThereAlready(NotAllowed):
    """This draft has a process “{title}” already. Say that the new one takes its place, or give the new one another
    name."""


@dataclass(frozen=True)
class Offering:
    """A repair that the diagram needs: what it would do as it is suggested, in words and line by line. Without `said`,
    it needs an answer first."""

    found: Found
    said: tuple[str, ...]
    diff: tuple[str, ...]


@dataclass(frozen=True)
class ImportPage:
    """A diagram with what stops it, and the repairs that can be had. `problems` are the checker's; `places` what
    sentences call the elements at which they are, by file and id."""

    draft_id: int
    draft_name: str
    line: FileLine
    file: DraftFile
    repairs: tuple[Offering, ...]
    problems: tuple[Problem, ...]
    places: Mapping[tuple[str, str], str]
    may_edit: bool
    offered: Offered


def take_in(
    session: Session, *, by: Acting, draft_id: int, name: str, data: bytes, title: str, replace: bool, now: datetime
) -> str:
    """Take a file into a draft, as it is but for the id of its process, which names it; returns that id.

    name: that of the file. title: what the process is to be called, "" as the file says. Raises NotADiagram,
    ThereAlready, and what drafts.save_file raises.
    """
    check_may(session, by=by, permission=Permission.EDIT, now=now)
    drafts.find(session, by.trust_id, draft_id)
    name = "".join(one for one in name if one.isprintable())
    text, key = _named(name, data, title)
    files = drafts.files(session, draft_id=draft_id)
    path, shown = f"processes/{key}.bpmn", read_drawing(text).name or key
    same = next((line for line in pages.file_lines(files, files) if line.kind == "processes" and line.key == key), None)
    if same is not None or path in files:
        path = same.path if same else path
        if not replace:
            raise ThereAlready(title=same.title if same else key)
    own = draft_rows.file(session, draft_id=draft_id, path=path)
    version = own.version if own else 0
    drafts.save_file(
        session, by=by, draft_id=draft_id, path=path, text=text, read=version, now=now,
        said=f"Imported “{shown[:100]}” from the file {PurePosixPath(name).name[:60]}.",
    )  # fmt: skip
    return key


def _named(name: str, data: bytes, title: str) -> tuple[str, str]:
    """The text with a process that is named, and its id. Raises NotADiagram with what is wrong with the file."""
    if data.startswith(ZIP):
        raise NotADiagram(reason="This is a zip file. Unpack it, and choose the diagram in it, which ends in .bpmn.")
    if len(data) > MAX_BYTES:
        raise NotADiagram(reason="The file is larger than 1 MB, which is more than a drawing can be.")
    try:
        diagram = Diagram(as_text(data))
        if len(diagram.process) > MAX_STEPS:
            raise NotADiagram(reason=f"The diagram has more than {MAX_STEPS} elements. Split it first.")
        key = process_id(diagram, PurePosixPath(name).stem, " ".join(title.split()))
        return diagram.source.text(), key
    except NotAcceptable as fault:
        raise NotADiagram(reason=fault.sentence) from fault
    except ValueError as error:
        raise NotADiagram(reason="The name of the process has a character in it that cannot be kept.") from error


def import_page(session: Session, *, viewer: Viewer, draft_id: int, process: str) -> ImportPage:
    """What stops a diagram of a draft, and its repairs. Raises NotYourStudio, NoSuchDraft, NoSuchProcess."""
    may = check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    files = drafts.files(session, draft_id=draft.id)
    line = drawn_in(files, process)
    file = drafts.file(session, viewer=viewer, draft_id=draft.id, path=line.path)
    base = release_rows.by_id(session, release_id=draft.base_release_id)
    offered = offered_in(files, process, base.policy if base else "")
    problems = tuple(pages.problems(files, [line.path]))
    return ImportPage(
        draft_id=draft.id,
        draft_name=draft.name,
        line=line,
        file=file,
        repairs=tuple(_offering(file.text, found, offered, {}) for found in _wanted(file.text, offered)),
        problems=problems,
        places=pages.places(files, problems),
        may_edit=Permission.EDIT in may and draft.status not in CLOSED,
        offered=offered,
    )


def _wanted(text: str, offered: Offered) -> list[Found]:
    try:
        return repairs.wanted(text, offered)
    except NotAcceptable:
        return []


def preview(
    session: Session, *, viewer: Viewer, draft_id: int, process: str, key: str, answers: Mapping[str, str]
) -> Offering | None:
    """A repair as it would be with these answers; None where it is not needed any more."""
    page = import_page(session, viewer=viewer, draft_id=draft_id, process=process)
    found = next((each.found for each in page.repairs if each.found.key == key), None)
    return _offering(page.file.text, found, page.offered, answers) if found else None


def _offering(text: str, found: Found, offered: Offered, answers: Mapping[str, str]) -> Offering:
    try:
        made = repairs.mend(text, found.key, answers, offered, draws=False)
    except (Unsound, ValueError):
        return Offering(found, (), ())
    lines = unified_diff(text.splitlines(), made.text.splitlines(), "before", "after", n=1, lineterm="")
    shown = [line for line in lines if not line.startswith(("---", "+++"))]
    more = [f"… and {len(shown) - DIFF_LINES} more lines"] if len(shown) > DIFF_LINES else []
    return Offering(found, made.said, (*shown[:DIFF_LINES], *more))


def repair(
    session: Session, *, by: Acting, draft_id: int, process: str, key: str, answers: Mapping[str, str], read: int,
    now: datetime,
) -> tuple[str, ...]:  # fmt: skip
    """Carry out one repair; returns what was done. Raises CannotChange and what drafts.save_file raises."""
    check_may(session, by=by, permission=Permission.EDIT, now=now)
    draft = drafts.find(session, by.trust_id, draft_id)
    files = drafts.files(session, draft_id=draft_id)
    line = drawn_in(files, process)
    base = release_rows.by_id(session, release_id=draft.base_release_id)
    offered = offered_in(files, process, base.policy if base else "")
    try:
        made = repairs.mend(files[line.path], key, answers, offered)
    except ValueError as error:
        raise CannotChange("An answer has a character in it that a diagram cannot hold. Type it anew.") from error
    said = made.said[0] if len(made.said) == 1 else f"Repaired {len(made.said)} things: {made.said[0]}"
    drafts.save_file(
        session, by=by, draft_id=draft_id, path=line.path, text=made.text, read=read, said=said[:300], now=now
    )
    return made.said


def offered_in(files: Mapping[str, str], process: str, policy: str) -> Offered:
    """What repairs may choose from: the roles and deadlines of the trust's own policy."""
    offering: Offer = offer(files, process=process, policy=policy)
    books = library(files, {})
    own = own_policy(books, policy)
    lengths = {
        key: f"P{rule.length.count}{UNITS[rule.length.unit]}"
        for key, rule in own.deadlines.items()
        if rule.length is not None and rule.length.unit in UNITS
    }
    return Offered(roles=offering.roles, deadlines=offering.deadlines, lengths=lengths)
