"""A date as a calendar keeps it, whoever it is that the calendar belongs to."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Entry:
    """A day on which something happens in a case, or by whose end something is due; the time on clocks in London where
    it has one. `key` tells entries of one case apart. It names no person: calendars are copied to many places."""

    case: str
    key: str
    what: str
    on: date
    at: time | None = None
