"""What differs between two versions of a file: one kind of line for diagrams, policies, tables and letters alike."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)
MOST_PAIRS = 90_000
"""Things of both sides multiplied, from which on finding what belongs together would take too long."""


class Sign(StrEnum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Detail:
    """One thing that is said otherwise. `before` and `after` are texts, "" where nothing was or is said; `what` is ""
    where the line itself says it."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A line of a comparison. `what` begins a sentence: "Step “Hold the meeting”"; `element` is its id in the drawing,
    "" where it is drawn nowhere. `quiet`: only how something else is joined to the drawing, which tells it."""

    sign: Sign
    what: str
    details: tuple[Detail, ...] = ()
    element: str = ""
    quiet: bool = False


def details(rows: Iterable[tuple[str, str, str]]) -> tuple[Detail, ...]:
    """Those of (what, before, after) that differ."""
    return tuple(Detail(what, before, after) for what, before, after in rows if before != after)


def changed(what: str, rows: Iterable[tuple[str, str, str]], element: str = "") -> Iterator[Change]:
    """A line for something that stayed, if anything of it differs."""
    if found := details(rows):
        yield Change(Sign.CHANGED, what, found, element)


def paired(before: Sequence[Thing], after: Sequence[Thing]) -> Iterator[tuple[int | None, int | None]]:
    """Places of things that stand in an order, those that differ alone: (before, after), None where one side has none.
    What was put in the place of something is taken for a change of it. Of very many, each is compared with the one in
    its own place alone."""
    if len(before) * len(after) > MOST_PAIRS:
        places = zip_longest(range(len(before)), range(len(after)))
        yield from ((was, now) for was, now in places if was is None or now is None or before[was] != after[now])
        return
    for tag, start, end, onward, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from zip_longest(range(start, end), range(onward, until))
