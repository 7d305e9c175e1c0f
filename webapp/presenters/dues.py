"""How near something is: the words and the colour of its tag."""

from datetime import date
from typing import NamedTuple

SOON = 7
"""From how many days on a tag asks for attention."""


class Tag(NamedTuple):
    """A short coloured label; the words alone say it all. `colour` is one of the design system's."""

    text: str
    colour: str


def left(due_on: date, today: date) -> Tag:
    """ "3 days left", "Due tomorrow", "Due today", "2 days late"."""
    days = (due_on - today).days
    if days < 0:
        return Tag(f"{-days} day{'' if days == -1 else 's'} late", "red")
    near = {0: "Due today", 1: "Due tomorrow"}
    return Tag(near.get(days, f"{days} days left"), "orange" if days <= 1 else "yellow" if days <= SOON else "white")
