"""Processes that a draft begins, and taking out again what a draft has added."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from keyword import iskeyword
from typing import NamedTuple

from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.studio import Permission
from workflows.engine.editing import beginning, beginning_tables
from workflows.engine.editing.beginning_tables import TYPES, Column, NewTable
from workflows.engine.editing.diagram import CannotChange, Edited, slug
from workflows.engine.editing.steps import NewStep
from workflows.store import Session
from workflows.studio import drafts, pages
from workflows.studio.offering import Offer
from workflows.studio.pages import FileLine
from workflows.studio.rights import Acting

__all__ = [
    "AnswerTaken", "Column", "NeedsLetters", "NewStep", "NewTable", "NoAnswerName", "NotAdded", "NothingSuch",
    "TableThere", "ThereAlready", "added", "answer_key", "begin_process", "begin_table", "can_be_asked", "take_out",
]  # fmt: skip

TAKEN_OUT = {"processes": "process", "decisions": "decision table"}
"""The kinds of files that can be taken out here, and what one is called."""


class NeedsLetters(NotAllowed):
    """Begin the name with a letter of the alphabet, or with a word that has one: the file is called after it."""


class ThereAlready(NotAllowed):
    """This draft has a process “{title}” already. Give the new one another name."""


class TableThere(NotAllowed):
    """This draft has a decision table “{title}” already. Give the new one another name."""


class NoAnswerName(NotAllowed):
    """Call this answer something with letters in it, such as Who decides: conditions and letters name it."""


class AnswerTaken(NotAllowed):
    """The case knows “{label}” already, from a question or from elsewhere. Call this answer something else."""


class NothingSuch(NotFound):
    """There is no such process or table in this draft."""


class NotAdded(NotAllowed):
    """“{title}” was there before this draft. Only what the draft has added can be taken out."""


class Kind(NamedTuple):
    """Files of one kind that can be begun: where they lie, what refuses a name that is there, and what one is."""

    key: str
    ending: str
    there: type[NotAllowed]
    noun: str


PROCESS = Kind("processes", "bpmn", ThereAlready, "diagram")
TABLE = Kind("decisions", "dmn", TableThere, "table")


def begin_process(
    session: Session, *, by: Acting, draft_id: int, title: str, about: str, step: NewStep, end: str, now: datetime
) -> str:
    """Begin a process of one step, laid out and sound; returns its key.

    Raises NeedsLetters, ThereAlready, CannotChange and what drafts.save_file raises.
    """
    desk = drafts.opened(session, by, Permission.EDIT, draft_id, now)
    return _begin(desk, PROCESS, title, partial(beginning.begin, about=about.strip(), step=step, end=_line(end)))


def begin_table(session: Session, *, by: Acting, draft_id: int, table: NewTable, now: datetime) -> str:
    """Begin a decision table of one rule; returns its key.

    Raises NeedsLetters, TableThere, CannotChange and what drafts.save_file raises.
    """
    desk = drafts.opened(session, by, Permission.EDIT, draft_id, now)
    return _begin(desk, TABLE, table.title, lambda key, title: beginning_tables.begin(key, table._replace(title=title)))


def _begin(desk: drafts.Desk, kind: Kind, title: str, draw: Callable[[str, str], Edited]) -> str:
    """Keep a new file that is called by its title, as drawn for its key and the title in one line; returns the key."""
    title = _line(title)
    key, files = slug(title), desk.whole
    if not key:
        raise NeedsLetters
    path = f"{kind.key}/{key}.{kind.ending}"
    lines = [line for line in pages.file_lines(files, files) if line.kind == kind.key]
    same = next((line for line in lines if line.key == key or line.path == path), None)
    if same is not None:
        raise kind.there(title=same.title)
    try:
        made = draw(key, title)
    except ValueError as error:
        raise CannotChange(
            f"What you typed has a character in it that a {kind.noun} cannot hold. Type it anew."
        ) from error
    read = drafts.version(desk.session, draft_id=desk.draft.id, path=path)
    drafts.save_file(
        desk.session,
        by=desk.by,
        draft_id=desk.draft.id,
        path=path,
        text=made.text,
        read=read,
        said=made.said,
        now=desk.now,
    )
    return key


def _line(typed: str) -> str:
    return " ".join(typed.split())


def can_be_asked(offer: Offer) -> dict[str, Column]:
    """What a table may look at where it is asked in a process, by key: what its cases know and a cell can compare."""
    return {fact.key: Column(fact.key, fact.label, fact.type) for fact in offer.facts if fact.type in TYPES}


def answer_key(label: str, taken: Collection[str]) -> str:
    """By what conditions and letters name an answer of a table. Raises NoAnswerName, AnswerTaken."""
    key = slug(label)
    if not key or iskeyword(key):
        raise NoAnswerName
    if key in taken:
        raise AnswerTaken(label=label)
    return key


def added(page: pages.DraftPage, kind: str, key: str) -> FileLine:
    """A process or a table that a draft has added. Raises NothingSuch, NotAdded."""
    line = next((line for line in page.files if (line.kind, line.key) == (kind, key)), None)
    if line is None or kind not in TAKEN_OUT:
        raise NothingSuch
    if line.change != "added":
        raise NotAdded(title=line.title)
    return line


def take_out(session: Session, *, by: Acting, draft_id: int, line: FileLine, now: datetime) -> str:
    """Take a process or a table out that the draft has added; returns what was done. Raises NotAdded and what
    drafts.save_file raises."""
    desk = drafts.opened(session, by, Permission.EDIT, draft_id, now)
    if line.path in desk.base:
        raise NotAdded(title=line.title)
    said = f"Took out the {TAKEN_OUT[line.kind]} “{line.title[:100]}”."
    read = drafts.version(session, draft_id=draft_id, path=line.path)
    drafts.save_file(session, by=by, draft_id=draft_id, path=line.path, text=None, read=read, said=said, now=now)
    return said
