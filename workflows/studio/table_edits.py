"""The decision tables of a draft: their rules, changed one by one or drawn as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.studio import CLOSED, Permission
from workflows.engine.cells import Column
from workflows.engine.check.library import library
from workflows.engine.check.options import FACT, offered
from workflows.engine.editing.plain_cells import meant, plain, ticked
from workflows.engine.editing.rules import INPUTS, Row, Sheet, readable, written
from workflows.inbox import Viewer
from workflows.store import Session
from workflows.studio import drafts, pages
from workflows.studio.drafts import DraftFile
from workflows.studio.pages import FileLine, Problem
from workflows.studio.rights import Acting, check_may, check_reads

__all__ = [
    "DOWN", "INPUTS", "NEW", "REMOVE", "UP", "Column", "Row", "Sheet", "TablePage", "change", "meant", "move",
    "place_of_new", "plain", "save_drawing", "table_page", "ticked",
]  # fmt: skip

UP, DOWN, REMOVE = "up", "down", "remove"
NEW = "new"
"""In the place of a rule's id: one that is yet to be."""
MAX_RULES = 500


class NoSuchTable(NotFound):
    """There is no decision table {key} in this draft."""


class NoSuchRule(NotFound):
    """There is no such rule in this table any more. Go back to the table."""


class TooManyRules(NotAllowed):
    """A table has at most 500 rules."""


@dataclass(frozen=True)
class TablePage:
    """A decision table of a draft. `sheet` is None while its file cannot be read as one."""

    draft_id: int
    draft_name: str
    line: FileLine
    file: DraftFile
    sheet: Sheet | None
    problems: tuple[Problem, ...]
    may_edit: bool
    policies: Mapping[str, str]
    """What the policies of the set are called, by key."""


def table_page(session: Session, *, viewer: Viewer, draft_id: int, key: str) -> TablePage:
    """A table with what the checker says of it. Raises NotYourStudio, NoSuchDraft, NoSuchTable."""
    may = check_reads(session, viewer=viewer)
    draft = drafts.find(session, viewer.trust_id, draft_id)
    files = drafts.files(session, draft_id=draft.id)
    line = _line(files, key)
    return TablePage(
        draft_id=draft.id,
        draft_name=draft.name,
        line=line,
        file=drafts.file(session, viewer=viewer, draft_id=draft.id, path=line.path),
        sheet=_with_options(readable(files[line.path], key), files),
        problems=tuple(pages.problems(files, [line.path])),
        may_edit=Permission.EDIT in may and draft.status not in CLOSED,
        policies={one.key: one.title for one in pages.file_lines(files, files) if one.kind == "policies"},
    )


def _with_options(sheet: Sheet | None, files: Mapping[str, str]) -> Sheet | None:
    """The table, whose columns know the answers to the questions that they look at."""
    if sheet is None:
        return None
    known = offered(library(files, {}))
    asks = (
        replace(column, options=known.get(looks_at.removeprefix(FACT), ()) if looks_at.startswith(FACT) else ())
        for column, (_, looks_at) in zip(sheet.asks, sheet.inputs, strict=True)
    )
    return replace(sheet, asks=tuple(asks))


def change(session: Session, *, by: Acting, draft_id: int, key: str, row: Row, read: int, now: datetime) -> None:
    """Write a rule, or a new one where its key is "". Raises NoSuchTable, NoSuchRule, TooManyRules and what
    drafts.save_file raises."""
    line, text, sheet = _opened(session, by, draft_id, key, now)
    rows = list(sheet.rows)
    if not row.key:
        rows.insert(place_of_new(sheet), row)
        said = f"Added a rule to “{line.title}”."
    else:
        place = _place(rows, row.key)
        rows[place], said = row, f"Changed rule {place + 1} of “{line.title}”."
    if len(rows) > MAX_RULES:
        raise TooManyRules
    text = written(text, key, rows)
    drafts.save_file(session, by=by, draft_id=draft_id, path=line.path, text=text, read=read, said=said, now=now)


def place_of_new(sheet: Sheet) -> int:
    """Where a new rule goes: to the end, but before one for everything else where the first that fits counts."""
    last = sheet.rows[-1:]
    otherwise = sheet.hit_policy == "FIRST" and any(all(cell in ("", "-") for cell in row.inputs) for row in last)
    return len(sheet.rows) - otherwise


def move(
    session: Session, *, by: Acting, draft_id: int, key: str, rule: str, where: str, read: int, now: datetime
) -> str:
    """Put a rule one place up or down, or take it out; returns what was done. Raises as `change` does."""
    line, text, sheet = _opened(session, by, draft_id, key, now)
    rows = list(sheet.rows)
    place = _place(rows, rule)
    row = rows.pop(place)
    if where == REMOVE:
        said = f"Took rule {place + 1} out of “{line.title}”."
    else:
        to = max(place - 1, 0) if where == UP else place + 1
        rows.insert(to, row)
        said = f"Put rule {place + 1} of “{line.title}” in place {rows.index(row) + 1}."
    text = written(text, key, rows)
    drafts.save_file(session, by=by, draft_id=draft_id, path=line.path, text=text, read=read, said=said, now=now)
    return said


def save_drawing(
    session: Session, *, by: Acting, draft_id: int, key: str, text: str, read: int, now: datetime
) -> tuple[int, Sequence[Problem]]:
    """Keep a table as it was drawn, sound or not; returns the file's new version, and what the checker says of it."""
    check_may(session, by=by, permission=Permission.EDIT, now=now)
    draft = drafts.find(session, by.trust_id, draft_id)
    line = _line(drafts.files(session, draft_id=draft.id), key)
    said = f"Drew the table “{line.title}”."
    version = drafts.save_file(
        session, by=by, draft_id=draft_id, path=line.path, text=text, read=read, said=said, now=now
    )
    return version, pages.problems(drafts.files(session, draft_id=draft_id), [line.path])


def _opened(session: Session, by: Acting, draft_id: int, key: str, now: datetime) -> tuple[FileLine, str, Sheet]:
    desk = drafts.opened(session, by, Permission.EDIT, draft_id, now)
    files = desk.whole
    line = _line(files, key)
    sheet = readable(files[line.path], key)
    if sheet is None:
        raise NoSuchTable(key=key[:80])
    return line, files[line.path], sheet


def _place(rows: Sequence[Row], key: str) -> int:
    place = next((place for place, row in enumerate(rows) if row.key == key), None)
    if place is None:
        raise NoSuchRule
    return place


def _line(files: Mapping[str, str], key: str) -> FileLine:
    for line in pages.file_lines(files, files):
        if (line.kind, line.key) == ("decisions", key):
            return line
    raise NoSuchTable(key=key[:80])
