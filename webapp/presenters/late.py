"""What is late in a care group, in words."""

from typing import NamedTuple

from webapp.presenters import dues, words
from webapp.presenters.cases import holder
from workflows.inbox.late import Late, LateCase


class Row(NamedTuple):
    """A late case as its row says it."""

    reference: str
    title: str
    waits: str
    tag: dues.Tag | None


def rows(late: Late) -> list[Row]:
    """The late cases in words."""
    return [
        Row(one.reference, one.title, waits(one), dues.left(one.due_on, late.today) if one.due_on else None)
        for one in late.cases
    ]


def waits(one: LateCase) -> str:
    """What a case waits for, and with whom: "Sign the plan (Dr Robert Graham)"."""
    names = list(dict.fromkeys(f"{step.name} ({holder(step)})" for step in one.steps))
    more = f" and {words.count(len(names) - 2, 'more step')}" if len(names) > 2 else ""
    return "; ".join(names[:2]) + more if names else "other cases"
