"""What may be started, in words."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of start: its heading, what it brings about, and under which clause people ask for it."""

    key: str
    title: str
    words: str


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "round": Kind(
            "round",
            "Planning round",
            "A care group plans its year: first a timetable, then each team, then each doctor.",
        ),
        "interim": Kind(
            "interim",
            "Interim plan for a new starter",
            "A doctor who has just joined, or is about to, gets a plan within a month of starting.",
        ),
        "review": Kind(
            "review",
            "Review during the year",
            "Something important has changed in somebody’s work, so their plan is looked at now.",
        ),
        "issue": Kind(
            "issue",
            "Issue to be dealt with",
            "A job planning or compliance issue of a care group. It stays open until whoever leads the care group "
            "records how it was dealt with. You say what the issue is on the next page.",
        ),
        "pay": Kind(
            "pay",
            "Dispute over pay progression",
            "You do not agree with a decision on your pay progression. It goes to mediation and, if need be, to an "
            "appeal panel. Your job plan has no part in it.",
        ),
        "help": Kind(
            "help",
            "Ask for help with job planning",
            "The {medical_directorate} team answers, and the answer is kept. You say what you need on the next page.",
        ),
    }
)


def kinds(keys: Iterable[str], titles: Mapping[str, str]) -> list[Kind]:
    """Those that somebody may start, in the words of their trust, which has titles for the roles."""
    return [kind._replace(words=kind.words.format(**titles)) for kind in map(KINDS.__getitem__, keys)]
