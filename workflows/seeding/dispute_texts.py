"""What is in dispute in the demonstration, in the words of both sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Point:
    """One element of the plan: today's value, and what each side wants, in words and in PAs; no PAs where it is no
    line. {place} is where the team works."""

    element: str
    current: str
    practitioner: str
    manager: str
    practitioner_pas: str = ""
    manager_pas: str = ""
    reason: str = "Workload"


@dataclass(frozen=True)
class Matter:
    """What a doctor and their manager do not agree on. `extra` is the activity that the manager's draft adds."""

    points: tuple[Point, ...]
    extra: str
    nature: str
    doctor: str
    """The doctor's position, and why."""
    manager: str
    """The manager's."""
    kinds: tuple[str, ...]
    """What kinds of evidence the doctor gives."""
    evidence: str
    consequences: str
    ideas: str
    middle: tuple[str, str]
    """What lies between the two for the first point: in words, and in PAs."""


FRIDAY = Matter(
    (
        Point("dcc-extra", "Not in the plan in force", "Leave it out", "0.5 PA on Friday afternoons", "0", "0.5"),
    ),
    "Extra Friday list",
    "An extra list every Friday afternoon.",
    "The list adds to a week that is full already: the diary shows 43 hours without it.",
    "Sixty people wait longer than they should, and Friday is the only free room in the week.",
    ("diaries", "activity"),
    "The diary of eight weeks shows 43 hours a week on average, and two Fridays that ended after seven.",
    "With the list, letters go out a week later. Without it, the wait stays at eleven weeks.",
    "Every other Friday until the second room opens, with the letters of that day typed for me.",
    ("Every other Friday", "0.25"),
)  # fmt: skip
SUPPORTING = Matter(
    (
        Point("spa-core", "2.5 PAs", "Keep 2.5 PAs: appraisal, audit and teaching", "1.5 PAs: teaching is shared now",
              "2.5", "1.5", "Time for supporting activities"),
    ),
    "",
    "How much time there is for appraisal, audit and teaching.",
    "Two audits and the teaching of two trainees cannot be done in one and a half PAs.",
    "The team plan shares teaching between all of us, so that each needs less time for it.",
    ("diaries", "comparable_plans"),
    "Four colleagues in comparable posts have 2.5 PAs. The diary shows eleven hours a week.",
    "With less time the audit of restraint stops. With the time, one clinic a week is not held.",
    "Two PAs from April, and another look after six months.",
    ("2 PAs, looked at again after six months", "2"),
)  # fmt: skip
TRAVEL = Matter(
    (
        Point("dcc-extra", "Not counted", "0.5 PA for three crossings a week", "Nothing: there is one base", "0.5", "0",
              "Travel between sites"),
    ),
    "Travel between sites",
    "Whether the travel between two sites counts as work.",
    "I cross between the sites three times a week because the clinics were split, not because I want to.",
    "The plan names one main place of work, and the team plan pays no travel to anybody.",
    ("diaries", "other"),
    "Mileage claims of six months: three crossings a week, forty minutes each.",
    "If it does not count, one clinic starts later on each of three days. If it does, half a PA goes to it.",
    "Hold both Tuesday clinics on one site; then one crossing a week is left.",
    ("One crossing a week counts", "0.25"),
)  # fmt: skip
EVENINGS = Matter(
    (
        Point("dcc-extra", "Not in the plan in force", "Leave it out", "0.5 PA on Thursday evenings", "0", "0.5",
              "Evening work"),
        Point("spa-core", "2.5 PAs", "Keep 2.5 PAs", "2 PAs, to make room for the clinic", "2.5", "2",
              "Time for supporting activities"),
    ),
    "Thursday evening clinic",
    "A clinic on Thursday evenings.\n\nWhere its time comes from.",
    "I have a child to collect at six, and said so at the review. Nobody else in the team was asked.",
    "People in work ask for evening appointments, and no other day has a nurse in the building until eight.",
    ("outside_letters", "activity", "comparable_plans"),
    "Two practices wrote that they do not need it. Of 40 evening places in the pilot, 17 were used.",
    "With the clinic, eight people a week are seen in the evening. Without it they wait two weeks longer for a day.",
    "Share it between four of us, once a month each, with the time back in the same week.",
    ("One Thursday evening a month", "0.125"),
)  # fmt: skip
BASE = Matter(
    (
        Point("base", "{place}", "{place}", "Meadow House", reason="The team moves"),
    ),
    "",
    "Where my main place of work is.",
    "All my clinics and the ward are here. From Meadow House every day would begin with a drive.",
    "The whole team moves to Meadow House in April, and each plan names one base.",
    ("other",),
    "The timetable of the rooms: nine of my ten sessions are held here.",
    "With the new base, forty minutes of travel a day. Without it, the team has two bases.",
    "Keep the base until my clinics have moved too.",
    ("{place} until the clinics have moved", ""),
)  # fmt: skip
MATTERS: Mapping[str, Matter] = MappingProxyType(
    {"friday": FRIDAY, "supporting": SUPPORTING, "travel": TRAVEL, "evenings": EVENINGS, "base": BASE}
)
"""By the word of a plot."""
