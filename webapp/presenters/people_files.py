"""Lists of people in words: their columns, and what importing one does."""

from collections.abc import Mapping
from typing import NamedTuple

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.people import CONTRACT_KINDS, GRADES
from workflows.domain.people_file import COLUMNS
from workflows.people import Comparison, Item

DOES = {"added": Tag("Added", "green"), "changed": Tag("Changed", "blue"), "ended": Tag("Ends", "orange")}
SHOWN = 500
"""How many lines of a preview are listed; the counts are of all."""


class Heading(NamedTuple):
    """A column of the file: its heading, whether it must be there, and what is to be written in it."""

    heading: str
    needed: bool
    words: str


def columns(titles: Mapping[str, str]) -> list[Heading]:
    """The columns that a file may have."""
    named = {
        "kinds": "; ".join(CONTRACT_KINDS.values()),
        "grades": "; ".join(GRADES),
        "titles": "; ".join(list(titles.values())[:5]),
    }
    return [Heading(column.heading, column.needed, column.words.format(**named)) for column in COLUMNS]


def counted(counts: Mapping[str, int]) -> str:
    """ "3 added, 1 changed, 2 ended"; "nothing to change"."""
    if not any(counts.values()):
        return "it changes nothing"
    return ", ".join(f"{counts[word]} {word}" for word in ("added", "changed", "ended"))


def summary(found: Comparison) -> str:
    """What the list does altogether."""
    same = words.count(found.unchanged, "entry is", "entries are")
    return f"{counted(found.counts).capitalize()}; {same} as recorded already."


def tag(item: Item) -> Tag:
    """Added, changed or ended."""
    return DOES[item.does]
