"""The lines of a job plan, and the categories and days that they fall under."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "dcc": "Direct clinical care",
        "spa": "Supporting professional activities",
        "research": "Research",
        "additional_nhs": "Additional NHS responsibilities",
        "external": "External duties",
        "academic": "Academic work",
        "managerial": "Managerial work",
        "on_call": "On-call",
    }
)
"""The kinds of activity, each to be filled in or given a reason why it does not apply (CPFT-7.2-a)."""

SECTIONS: tuple[str, ...] = ("period", *CATEGORIES, "notes")
"""The parts of a plan that are checked, signed and returned on their own."""

DAYS: Mapping[str, str] = MappingProxyType(
    {
        "monday": "Monday",
        "tuesday": "Tuesday",
        "wednesday": "Wednesday",
        "thursday": "Thursday",
        "friday": "Friday",
        "saturday": "Saturday",
        "sunday": "Sunday",
        "": "No fixed day",
    }
)


TEACHING: Mapping[str, str] = MappingProxyType(
    {
        "": "No extra teaching",
        "postgraduate": "Extra regular postgraduate teaching",
        "undergraduate": "Extra regular undergraduate teaching",
        "local": "Locally defined teaching role, such as tutorials or research students",
    }
)
"""What of a line is teaching beyond clinics and ward rounds (BTH-3.4.8-b, BTH-3.4.8.6-a)."""

SUPPORT: Mapping[str, str] = MappingProxyType(
    {
        "details": "description",
        "evidence": "evidence",
        "need": "organisational need",
        "teaching": "extra teaching",
        "division": "who speaks for the division",
        "hr": "who speaks for HR and OD",
        "agreed": "discussed and agreed at the meeting",
    }
)
"""What a line rests on, in words; each part is optional, and a plan without any is stored and signed as ever."""


def section_title(section: str) -> str:
    """The section in words."""
    return CATEGORIES.get(section) or {"period": "Start and main place of work", "notes": "Notes"}[section]


@dataclass(frozen=True)
class Activity:
    """One line of the timetable. `start` and `end` are "HH:MM" or both empty; an end before the start is next day's."""

    id: str
    category: str
    title: str
    day: str
    start: str
    end: str
    place: str
    pas: Fraction
    """Programmed activities a week, exact."""
    details: str = ""
    """What it consists of."""
    evidence: str = ""
    """What shows it, and where that can be found (BTH-3.4.1.6)."""
    need: str = ""
    """The organisational need that it serves."""
    teaching: str = ""
    """A key of TEACHING."""
    division: str = ""
    """Who spoke for the division when the time for teaching was settled."""
    hr: str = ""
    """Who spoke for HR and organisational development."""
    agreed: bool = False
    """Discussed and agreed at the meeting (BTH-3.4.5-a)."""

    def to_json(self) -> dict[str, Any]:
        """The line as JSON; PAs are a text that holds them exactly. What is optional and empty is not in it."""
        filled = {key: value for key, value in vars(self).items() if key not in SUPPORT}
        return {**filled, "pas": pas_as_text(self.pas), **self.support}

    def in_words(self) -> str:
        """When and where it is, and its PAs: "Monday 09:00 to 13:00, Penrith (1.25 PA)"."""
        when = " ".join(part for part in (DAYS[self.day], f"{self.start} to {self.end}" if self.start else "") if part)
        where = ", ".join(part for part in (when, self.place) if part)
        return f"{where} ({pas_as_text(self.pas)} PA)" if where else f"{pas_as_text(self.pas)} PA"

    @property
    def support(self) -> dict[str, str | bool]:
        """What of SUPPORT is filled in."""
        return {part: getattr(self, part) for part in SUPPORT if getattr(self, part)}


@dataclass(frozen=True)
class Share:
    """The supporting activities that a doctor of several employers does for one of them (BTH-3.4.5-b)."""

    holder: str
    """The contract holder."""
    pas: Fraction
    agreed_by: str
    """Who agreed it for that contract holder."""


def pas_as_text(pas: Fraction) -> str:
    """PAs exactly, as a decimal where that is possible: "1.25", "10", else "1/3"."""
    for places in range(7):
        if (pas * 10**places).denominator == 1:
            return f"{float(pas):.{places}f}"
    return str(pas)
