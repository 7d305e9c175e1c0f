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
        "extra": Kind(
            "extra",
            "Extra programmed activities",
            "Work beyond the standard week, for a time: spare capacity, or duties that do not fit into it. The {amd} "
            "agrees to it or not, and the doctor accepts it or declines it. You say what it is on the next page.",
        ),
        "progression": Kind(
            "progression",
            "Pay progression",
            "The seven criteria are looked at for one doctor and this year. You report, the {amd} recommends and the "
            "{medical_director} decides. It has no part in agreeing a job plan.",
        ),
        "standards": Kind(
            "standards",
            "Statement of job planning standards",
            "A letter that says whether a doctor met the standards of job planning: for pay progression, or for a "
            "clinical excellence award.",
        ),
        "report": Kind(
            "report",
            "Report about my job plan",
            "Resources that were promised are missing, or a supporting activity has changed. Your {clinical_manager} "
            "is told and answers. You say what it is on the next page.",
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
