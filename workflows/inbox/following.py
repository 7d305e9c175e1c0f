"""What somebody keeps to follow disputes, and the dates that their calendar reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.domain.dates import Entry
from workflows.domain.errors import NotFound
from workflows.inbox import Session, Viewer
from workflows.inbox.dispute_board import BoardFilters, NoBoard, all_disputes
from workflows.store import following as rows
from workflows.store import lists


class NoSuchView(NotFound):
    """You have no such view."""


class NoSuchCalendar(NotFound):
    """There is no calendar at this address: it was ended, or whoever made it no longer follows disputes."""


@dataclass(frozen=True)
class View:
    """A view of the board: `asked` are its filters, as the board's address says them."""

    id: int
    name: str
    asked: Mapping[str, str]


def views(session: Session, *, viewer: Viewer) -> tuple[View, ...]:
    """The viewer's own, by name."""
    found = rows.views(session, person_id=viewer.person_id)
    return tuple(View(row.id, row.name, row.asked) for row in found)


def view(session: Session, *, viewer: Viewer, view_id: int) -> View:
    """One of the viewer's own. Raises NoSuchView."""
    row = rows.view(session, person_id=viewer.person_id, view_id=view_id)
    if row is None:
        raise NoSuchView
    return View(row.id, row.name, row.asked)


def calendar_made_at(session: Session, *, viewer: Viewer) -> datetime | None:
    """Since when the viewer's calendar may read; None where there is no address for it."""
    return rows.feed_made_at(session, person_id=viewer.person_id)


def dates_at(session: Session, *, token: str, now: datetime) -> tuple[Entry, ...]:
    """What a calendar with that token is given: the dates of the board that its person has today by posts of their own.

    Raises NoSuchCalendar, also once they have left or hold no such post any more.
    """
    reader = rows.reader(session, token=token, day=civil_day(now))
    if reader is None:
        raise NoSuchCalendar
    try:
        return dates(session, viewer=Viewer(reader.person_id, reader.trust_id), now=now)
    except NoBoard:
        raise NoSuchCalendar from None


def dates(session: Session, *, viewer: Viewer, now: datetime) -> tuple[Entry, ...]:
    """The limits that run, passed ones too, and the meetings to come, of all disputes that the viewer follows. Raises
    NoBoard."""
    found: list[Entry] = []
    for one in all_disputes(session, viewer=viewer, filters=BoardFilters(), now=now):
        found += [
            Entry(one.reference, f"due-{limit.name}", f"Due: {limit.title}", limit.due_on)
            for limit in one.limits
            if not limit.stopped
        ]
        found += [Entry(one.reference, booked.key, booked.what, booked.on, booked.at) for booked in one.booked]
    return tuple(sorted(found, key=lambda entry: (entry.on, entry.case, entry.key)))


def care_groups(session: Session, *, viewer: Viewer) -> list[tuple[int, str]]:
    """The care groups of the trust by name, for the words of a view."""
    return [(row.id, row.name) for row in lists.care_groups(session, trust_id=viewer.trust_id)]
