"""From which day an agreed plan counts, and which of two takes the other's place."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Agreed(NamedTuple):
    """A version that has been agreed, and from when it counts. Numbers tell the order of agreement."""

    number: int
    starts: date


def waits(starts: date, *, today: date) -> bool:
    """Whether a plan that is agreed today is in force on a later day only: from the first minute of it in London."""
    return starts > today


def gives_way(waiting: date, *, to: date) -> bool:
    """Whether a plan that waits for its first day is replaced by one agreed after it, by their first days.

    What was agreed last is the last word from its own day on: nothing agreed before it begins on that day or later.
    """
    return to <= waiting


def successor(of: int, versions: Iterable[Agreed]) -> Agreed | None:
    """The version that took the place of number `of`, or will: the next one that did not itself give way before its
    first day. None where nothing has been agreed after it."""
    later = sorted(one for one in versions if one.number > of)
    lasting = (
        one
        for at, one in enumerate(later)
        if not any(gives_way(one.starts, to=other.starts) for other in later[at + 1 :])
    )
    return next(lasting, None)
