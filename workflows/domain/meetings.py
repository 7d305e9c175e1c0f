"""Meetings of a case: what was booked, as facts say it.

A date field whose key ends in “_booked_for” books a meeting; what its key begins with is the meeting's own key. Fields
of the same beginning with “_time”, “_place” and “_with” (people) say when, where, and with whom besides the parties.
Booked anew, it has moved; booked for no date, it is called off.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from workflows.domain.calendars import LONDON, in_full

BOOKED = "_booked_for"
PARTS = ("_time", "_place")
INVITED = "_invited"
"""“service_manager_invited” answered with yes invites whoever holds that role for the case."""
LASTS = timedelta(hours=1)
"""How long a meeting is taken to last: nobody is asked."""


@dataclass(frozen=True)
class Meeting:
    """A booked meeting. `case` is the case's reference, `about` its title; `number` counts its bookings from 0;
    `people` are pairs of name and e-mail address; `at` is None where only the day is known; `said_at` is when it was
    booked."""

    case: str
    key: str
    about: str
    on: date
    at: time | None
    place: str
    people: tuple[tuple[str, str], ...]
    number: int
    said_at: datetime
    off: bool = False

    @property
    def starts_at(self) -> datetime | None:
        """The instant, on clocks in London; None where only the day is known."""
        return None if self.at is None else datetime.combine(self.on, self.at, LONDON)

    @property
    def ends_at(self) -> datetime | None:
        """The end, on clocks in London: an hour later by the clock on the wall and by the sun."""
        start = self.starts_at
        return None if start is None else (start.astimezone(UTC) + LASTS).astimezone(LONDON)

    @property
    def when(self) -> str:
        """ "Monday 3 March 2027 at 2:30pm"."""
        return f"{in_full(self.on)} at {clock_time(self.at)}" if self.at else in_full(self.on)

    @property
    def what(self) -> str:
        """ "Meeting"; the words of its key."""
        return in_words(self.key)

    @property
    def title(self) -> str:
        """What calendars call it: "Meeting: Dr Osei: annual job plan 2027/28"."""
        return f"{self.what}: {self.about}"

    def called_off(self, number: int, said_at: datetime) -> "Meeting":
        """The same, called off."""
        return replace(self, off=True, number=number, said_at=said_at)

    def as_json(self) -> str:
        """As the outbox keeps it."""
        kept = asdict(self) | {
            "on": self.on.isoformat(),
            "at": self.at.isoformat("minutes") if self.at else None,
            "said_at": self.said_at.isoformat(),
        }
        return json.dumps(kept)

    @classmethod
    def from_json(cls, text: str) -> "Meeting":
        """As it was kept."""
        kept: dict[str, Any] = json.loads(text)
        kept["on"] = date.fromisoformat(kept["on"])
        kept["at"] = time.fromisoformat(kept["at"]) if kept["at"] else None
        kept["said_at"] = datetime.fromisoformat(kept["said_at"])
        kept["people"] = tuple((name, address) for name, address in kept["people"])
        return cls(**kept)


def booked_in(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys of the meetings that these facts book."""
    return tuple(sorted(key.removesuffix(BOOKED) for key in keys if key.endswith(BOOKED) and key != BOOKED))


def in_words(key: str) -> str:
    """A key in words: "panel_hearing" is a "Panel hearing"."""
    words = key.replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


def clock_time(at: time) -> str:
    """ "9am", "2:30pm", "midday"."""
    if (at.hour, at.minute) == (12, 0):
        return "midday"
    return f"{at.hour % 12 or 12}{f':{at.minute:02}' if at.minute else ''}{'am' if at.hour < 12 else 'pm'}"


def meeting_of(
    key: str,
    facts: Mapping[str, Any],
    *,
    case: str,
    about: str,
    people: Iterable[tuple[str, str]],
    number: int,
    said_at: datetime,
) -> Meeting | None:
    """The meeting that the facts of a case book under a key; None where it has no date."""
    on, at, place = (facts.get(f"{key}{end}") for end in (BOOKED, "_time", "_place"))
    if not on:
        return None
    return Meeting(
        case=case,
        key=key,
        about=about,
        on=date.fromisoformat(on),
        at=time.fromisoformat(at) if at else None,
        place=place or "",
        people=tuple(people),
        number=number,
        said_at=said_at,
    )
