"""Incidents in words."""

from datetime import datetime
from typing import Any

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.incidents import KINDS
from workflows.inbox.incidents import HistoryLine, IncidentList, IncidentPage, IncidentRow

TAGS = {
    "open": Tag("Open", "red"),
    "settled": Tag("Settled", "green"),
    "given_up": Tag("Given up", "grey"),
}
DEEDS = {
    "failed": "It failed",
    "retried": "{who} had it tried again",
    "settled": "It went through",
    "given_up": "{who} gave it up",
}


def tag(row: IncidentRow) -> Tag:
    """Where it stands."""
    return TAGS[row.status]


def title(row: IncidentRow) -> str:
    """ "Incident 12: CPFT-2027-0004"."""
    return f"Incident {row.id}: {row.reference}" if row.reference else f"Incident {row.id}"


def summary(found: IncidentList) -> str:
    """How many the list has."""
    return f"{words.count(found.total, 'incident')} shown." if found.narrowed else _open(found.total)


def _open(total: int) -> str:
    return f"{words.count(total, 'incident').capitalize()} to look at, longest standing first."


def next_try(row: IncidentRow, now: datetime) -> str:
    """When time tries it again, if it does."""
    if row.status != "open":
        return "Not tried again"
    if row.next_try is None:
        return row.again
    return "In a moment" if row.next_try <= now else words.moment(row.next_try)


def what_to_do(page: IncidentPage) -> str:
    """Who can do something about it."""
    if page.row.by_hand or not page.holders:
        return page.row.again
    held = words.listed(page.holders, "or")
    return f"The step still waits for {held}. Once the cause is mended, ask them to complete it again."


def deed(line: HistoryLine) -> str:
    """What happened, with who did it."""
    return DEEDS[line.kind].format(who=line.who or "Somebody who has left")


def statuses(chosen: str) -> list[dict[str, Any]]:
    """The statuses that the list can be narrowed to, for a select box."""
    offered = {"open": "Open", "settled": "Settled", "given_up": "Given up", "any": "All"}
    return [{"value": key, "text": text, "selected": key == (chosen or "any")} for key, text in offered.items()]


def kinds(chosen: str) -> list[dict[str, Any]]:
    """The kinds, for a select box."""
    named = [{"value": key, "text": kind.what, "selected": key == chosen} for key, kind in KINDS.items()]
    return [{"value": "", "text": "Anything"}, *named]
