"""The lines of a job plan, and the categories and days that they fall under."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from workflows.domain.plan.parts import CORES, DAY_OPTIONS, EXTRAS, PARTS, PREMIUMS
from workflows.domain.plan.patterns import in_words

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

SECTIONS: tuple[str, ...] = ("period", *CATEGORIES, *PARTS, "statements", "notes")
"""The parts of a plan that are checked, signed and returned on their own."""

DAYS: Mapping[str, str] = MappingProxyType({**dict(DAY_OPTIONS), "": "No fixed day"})


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

SHAPE: Mapping[str, str] = MappingProxyType(
    {
        "subcategory": "type",
        "hours": "hours a week",
        "pattern": "how often",
        "premium": "premium time",
        "core": "core or non-core",
        "extra": "additional PA",
        "agreement": "agreement on additional PAs",
        "by_times": "PAs follow from the times",
        "more": "further details",
    }
)
"""What makes a line what it is, in words, beside its day and times; optional like SUPPORT."""
OFFERED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"premium": dict(PREMIUMS), "core": dict(CORES), "extra": dict(EXTRAS)}
)
"""The values of those that are chosen, with their words."""


def section_title(section: str) -> str:
    """The section in words."""
    if section in PARTS:
        return PARTS[section].title
    others = {"period": "Start and main place of work", "statements": "Statements", "notes": "Notes"}
    return CATEGORIES.get(section) or others[section]


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
    subcategory: str = ""
    """What kind of activity it is within its category: a key of the policy's catalogue."""
    hours: str = ""
    """Hours a week, or each time, exactly ("2.5"), of a line without times."""
    pattern: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """How often it happens, as workflows.domain.arithmetic.patterns reads it; empty: every week."""
    premium: str = ""
    """A key of PREMIUMS."""
    core: str = ""
    """Of a supporting activity: a key of CORES."""
    extra: str = ""
    """A key of EXTRAS: outside the contract's standard PAs (BTH-3.2.10, CPFT-App1-c)."""
    agreement: str = ""
    """The reference of the agreement on additional PAs that it is done under."""
    by_times: bool = False
    """The PAs follow from times or hours and pattern, and are worked out again at each save; else they were typed."""
    more: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Answers to the columns of parts.MORE."""

    def to_json(self) -> dict[str, Any]:
        """The line as JSON; PAs are a text that holds them exactly. What is optional and empty is not in it."""
        filled = {key: value for key, value in vars(self).items() if key not in SUPPORT and key not in SHAPE}
        return {**filled, "pas": pas_as_text(self.pas), **self.support, **self.shape}

    def in_words(self) -> str:
        """When and where it is, and its PAs: "Monday 09:00 to 13:00, Penrith (1.25 PA)"."""
        when = " ".join(part for part in (DAYS[self.day], f"{self.start} to {self.end}" if self.start else "") if part)
        often = in_words(self.pattern) if self.pattern else ""
        where = ", ".join(part for part in (when, often, self.place) if part)
        return f"{where} ({pas_as_text(self.pas)} PA)" if where else f"{pas_as_text(self.pas)} PA"

    @property
    def support(self) -> dict[str, str | bool]:
        """What of SUPPORT is filled in."""
        return {part: getattr(self, part) for part in SUPPORT if getattr(self, part)}

    @property
    def shape(self) -> dict[str, Any]:
        """What of SHAPE is filled in."""
        return {
            part: dict(value) if isinstance(value, Mapping) else value
            for part in SHAPE
            if (value := getattr(self, part))
        }


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
