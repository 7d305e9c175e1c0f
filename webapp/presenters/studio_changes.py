"""What a draft changes, in words: a sign for each line, and texts with what was struck out and put in."""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import NamedTuple

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.studio.comparing import Change, Changes, Detail, FileChanges, Sign

SIGNS: Mapping[Sign, Tag] = MappingProxyType(
    {
        Sign.ADDED: Tag("+ New", "green"),
        Sign.REMOVED: Tag("− Taken out", "red"),
        Sign.CHANGED: Tag("~ Changed", "blue"),
        Sign.MOVED: Tag("↔ Moved", "grey"),
    }
)
LONG = 60
"""From so many characters on, two versions of a text are shown as one text with what was struck out and put in."""
MOST_PAIRS = 1_000_000
"""Words of both versions multiplied, from which on weaving them together would take too long."""
_WORD = re.compile(r"\s*\S+")


class Piece(NamedTuple):
    """A part of a text: `how` is "" for what stayed, del for what was struck out, ins for what was put in, to between
    the two."""

    how: str
    text: str


def sign(change: Change) -> Tag:
    """What became of it. Never by colour alone: the sign is the one on the picture."""
    return SIGNS[change.sign]


def said(file: FileChanges) -> list[Change]:
    """What a case would notice."""
    return [change for change in file.changes if change.sign != Sign.MOVED and not change.quiet]


def besides(file: FileChanges) -> list[Change]:
    """What takes part in it, way by way, and what only stands elsewhere on the picture."""
    return [change for change in file.changes if change.sign == Sign.MOVED or change.quiet]


def drawn_anew(file: FileChanges) -> str:
    """That things stand elsewhere on the picture, in a few words."""
    return "The picture was laid out anew." if any(change.sign == Sign.MOVED for change in file.changes) else ""


def summary(page: Changes) -> str:
    """ "3 files differ from release 7: 12 changes"."""
    if not page.files:
        return f"Nothing differs from release {page.number}."
    number = sum(len(said(file)) or 1 for file in page.files)
    differ = "differs" if len(page.files) == 1 else "differ"
    return (
        f"{words.count(len(page.files), 'file')} {differ} from release {page.number}: {words.count(number, 'change')}."
    )


def whole(file: FileChanges) -> str:
    """What is said of a file without lines."""
    if file.fault and file.line.change == "added":
        return f"It is new, and cannot be told in words: {file.fault}"
    if file.fault:
        return f"The two versions cannot be compared in words: {file.fault}"
    if file.line.change == "added":
        return "It is new, with all that follows." if said(file) else "It is new."
    if file.line.change == "removed":
        return "It is taken out."
    return "" if said(file) else "Nothing that a case would notice: only how the file is written or drawn."


def pieces(detail: Detail) -> list[Piece]:
    """What was and what is: a long text once, with what was struck out and put in; a short one as from and to."""
    before, after = detail.before, detail.after
    if not before or not after:
        return [Piece("del", before) if before else Piece("ins", after)]
    if max(len(before), len(after)) < LONG:
        return [Piece("del", before), Piece("to", "→"), Piece("ins", after)]
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > MOST_PAIRS:
        return [Piece("del", before), Piece("to", "→"), Piece("ins", after)]
    return list(_woven(old, new))


def _woven(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, start, end, onward, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("", "".join(old[start:end]))
            continue
        if end > start:
            yield Piece("del", "".join(old[start:end]))
        if until > onward:
            yield Piece("ins", "".join(new[onward:until]))
