"""A draft compared with a release: file by file, in words, over what the files mean and not how they are written."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from workflows.domain.errors import NotFound, Unsound
from workflows.domain.letters import Letter, read_letter
from workflows.domain.policy import read_policy
from workflows.engine import releases as engine_releases
from workflows.engine.check.library import library
from workflows.engine.decisions import read_tables
from workflows.engine.drawings import Drawing, read
from workflows.engine.editing.diagram import Diagram
from workflows.engine.editing.picture import Picture
from workflows.engine.xml import NotAcceptable
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.store import releases as release_rows
from workflows.store.models import Release, ReleaseDraft
from workflows.studio import comparing_diagrams, comparing_policies, comparing_texts, drafts
from workflows.studio.differences import Change, Detail, Sign
from workflows.studio.listing import facts_of
from workflows.studio.offering import offer, own_policy
from workflows.studio.pages import FileLine, file_lines
from workflows.studio.rights import check_reads

__all__ = ["Change", "Changes", "Detail", "FileChanges", "Sign", "changes", "compare", "diagram"]

Files = Mapping[str, str]
BEFORE, AFTER = "before", "after"
PUBLISHED = "published"
"""What a draft can be compared with beside its base."""


class NotThere(NotFound):
    """There is no such diagram on this side of the comparison."""


@dataclass(frozen=True)
class FileChanges:
    """A file that differs. `changes` is empty where it was taken out, and where nothing differs that a case would
    notice; of a new one they say all that it holds. `fault` says why it cannot be told."""

    line: FileLine
    changes: tuple[Change, ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Changes:
    """A draft compared with release `number`. `newest` is the number of the published release where that is another
    than the one that the draft lies over, and `against` says which of them it is compared with: "" or "published"."""

    draft_id: int
    draft_name: str
    number: int
    newest: int | None
    against: str
    note: str
    files: tuple[FileChanges, ...]


def changes(session: Session, *, viewer: Viewer, draft_id: int, against: str = "") -> Changes:
    """A draft compared with its base, or with what is published. Raises NotYourStudio, NoSuchDraft."""
    draft, release, before = _sides(session, viewer, draft_id, against)
    published = release_rows.published(session, trust_id=draft.trust_id)
    newest = published.number if published and published.id != draft.base_release_id else None
    return Changes(
        draft_id=draft.id,
        draft_name=draft.name,
        number=release.number,
        newest=newest,
        against=PUBLISHED if newest and release.id != draft.base_release_id else "",
        note=draft.note,
        files=compare(before, drafts.files(session, draft_id=draft.id), release.policy),
    )


def diagram(session: Session, *, viewer: Viewer, draft_id: int, side: str, process: str, against: str = "") -> str:
    """The BPMN of a process on one side of the comparison, its lanes called by titles. Raises NotYourStudio,
    NoSuchDraft, NotThere."""
    draft, release, before = _sides(session, viewer, draft_id, against)
    files = before if side == BEFORE else drafts.files(session, draft_id=draft.id) if side == AFTER else {}
    for line in file_lines(files, files):
        if (line.kind, line.key) == ("processes", process):
            return own_policy(library(files, {}), release.policy).titled(files[line.path])
    raise NotThere


def _sides(session: Session, viewer: Viewer, draft_id: int, against: str) -> tuple[ReleaseDraft, Release, Files]:
    check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    release = release_rows.published(session, trust_id=draft.trust_id) if against == PUBLISHED else None
    release = release or release_rows.by_id(session, release_id=draft.base_release_id)
    if release is None:
        raise LookupError("A draft lies over a release.")
    return draft, release, engine_releases.of(session, release_id=release.id).files


def compare(before: Files, after: Files, policy: str, only: Collection[str] = ()) -> tuple[FileChanges, ...]:
    """Two sets of files, those that differ alone. `policy` is the key of the trust's own, whose titles are used.
    `only`: these paths; all where none is named."""
    lines = [line for line in file_lines(after, before) if line.change and (not only or line.path in only)]
    return tuple(_file(before, after, line, policy) for line in lines)


def _file(before: Files, after: Files, line: FileLine, policy: str) -> FileChanges:
    if line.change == "removed":
        return FileChanges(line)
    try:
        return FileChanges(line, tuple(COMPARED[line.kind](before, after, line.path, policy)))
    except (NotAcceptable, Unsound) as fault:
        return FileChanges(line, fault=fault.sentence)


def _diagrams(before: Files, after: Files, path: str, policy: str) -> Iterator[Change]:
    new = _side(after, path, policy)
    if path in before:
        yield from comparing_diagrams.compare(_side(before, path, policy), new)
        return
    nothing = replace(new, drawing=Drawing(new.drawing.process, new.drawing.name, path), boxes={})
    # Of a process that is new, what leads from each step to the next is on the picture; a choice says it here.
    choices = {flow.id: bool(flow.condition or flow.name) for flow in new.drawing.flows}
    yield from (one for one in comparing_diagrams.compare(nothing, new) if choices.get(one.element, True))


def _side(files: Files, path: str, policy: str) -> comparing_diagrams.Side:
    drawing = read(files[path], path)
    offered = offer(files, process=drawing.process, policy=policy)
    picture = Picture(Diagram(files[path]))
    drawing = replace(drawing, lanes=picture.lanes())
    return comparing_diagrams.Side(drawing, offered, facts_of(offered), picture.boxes())


def _policies(before: Files, after: Files, path: str, policy: str) -> Iterator[Change]:  # noqa: ARG001 - as the others
    """What this file says otherwise: what it inherits is the same on both sides, and told where that file is."""
    key = path.rpartition("/")[2].removesuffix(".toml")
    if path not in before:
        return iter(())
    return comparing_policies.compare(read_policy(key, {**after, path: before[path]}), read_policy(key, after))


def _tables(before: Files, after: Files, path: str, policy: str) -> Iterator[Change]:  # noqa: ARG001 - as the others
    old, new = (
        {table.key: table for table in read_tables(side[path])} if path in side else {} for side in (before, after)
    )
    for key, table in new.items():
        if key in old:
            yield from comparing_texts.compare_tables(old[key], table)
        else:
            yield Change(Sign.ADDED, f"Table “{table.name or key}”")
            yield from comparing_texts.compare_tables(replace(table, rules=()), table)
    yield from (Change(Sign.REMOVED, f"Table “{table.name or key}”") for key, table in old.items() if key not in new)


def _letters(before: Files, after: Files, path: str, policy: str) -> Iterator[Change]:
    titles = read_policy(policy, before).titles
    was = read_letter(before[path]) if path in before else Letter(title="")
    return comparing_texts.compare_letters(was, read_letter(after[path]), titles)


COMPARED = {"processes": _diagrams, "policies": _policies, "decisions": _tables, "letters": _letters}
