"""The lines of a job plan, and the categories and days that they fall under."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

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


def pas_as_text(pas: Fraction) -> str:
    """PAs exactly, as a decimal where that is possible: "1.25", "10", else "1/3"."""
    for places in range(7):
        if (pas * 10**places).denominator == 1:
            return f"{float(pas):.{places}f}"
    return str(pas)
