"""A calendar that programs subscribe to (RFC 5545), and read again from time to time."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from workflows.domain.calendars import LONDON
from workflows.domain.dates import Entry
from workflows.domain.meetings import LASTS
from workflows.notices.invitations import PRODUCT
from workflows.notices.letters import Site, one_line

NAME = "Disputes (Accord)"
READ_AGAIN = timedelta(hours=4)


def feed_of(entries: Iterable[Entry], *, site: Site, now: datetime) -> str:
    """The calendar of these entries, each with the address of its case. What is no longer in it goes from calendars."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", NAME)
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, site, now))
    calendar.add_missing_timezones()
    file: bytes = calendar.to_ical()
    return file.decode()


def _event(entry: Entry, site: Site, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}.{entry.case}@{site.host}".lower())
    event.add("dtstamp", now)
    if entry.at is None:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        start = datetime.combine(entry.on, entry.at, LONDON)
        event.add("dtstart", start)
        event.add("dtend", (start.astimezone(UTC) + LASTS).astimezone(LONDON))
    event.add("summary", one_line(f"{entry.what}, {entry.case}"))
    event.add("description", f"{site.address}/cases/{entry.case}")
    return event
