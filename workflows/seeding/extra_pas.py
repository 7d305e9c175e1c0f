"""Agreements on extra programmed activities in the demonstration: asked for, offered, near their end, under notice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from workflows import cases, people
from workflows.seeding.cast import Cast
from workflows.seeding.driver import Driver, Scene
from workflows.seeding.stories import around, beginning
from workflows.store.models import Json

ASKED: dict[str, Json] = {
    "extra_kind": "additional",
    "extra_work": "A weekly clinic for first appointments.",
    "extra_purpose": "Since the autumn twice as many people have been referred. A colleague is being sought.",
    "extra_expectations": "Eight first appointments a week, with letters within five working days.",
    "extra_basis": "regular",
    "extra_pas": 1,
    "extra_outside_work": False,
    "allowance_considered": True,
    "allowance_reason": "It is a clinic of its own, with no further responsibility.",
}
AS_NEEDED: dict[str, Json] = {
    **ASKED,
    "extra_kind": "extra",
    "extra_work": "Lists on Saturdays, and cover of clinics at short notice.",
    "extra_purpose": "To bring the waiting list down before the summer.",
    "extra_basis": "yearly",
    "extra_pas": None,
    "extra_pas_yearly": 12,
}
ADDRESS = "Trust headquarters\nHospital Road"


def running_year(day: date) -> str:
    """The planning year of a day: "2026/27"."""
    first = day.year - (day.month < 4)
    return f"{first}/{(first + 1) % 100:02}"


def ask(story: Driver, who: str, doctor: str, said: Mapping[str, Json], *, first: int, last: int) -> str:
    """Somebody asks, for so many days from now to so many days from now. Returns the reference."""
    about = {"subject": story.cast.person(doctor).id, "team": story.cast.team.id}
    reference = story.start(who, "additional_pa", kind="extra_pa", **about)
    days = {"extra_from": story.day(first), "extra_until": story.day(last)}
    story.do(who, "request_extra", reference, **said, **days)
    return reference


def issue(story: Driver, reference: str) -> None:
    """The AMD agrees and issues the letter."""
    why = "The waiting list cannot wait for the new post."
    story.do("amd", "decide_extra", reference, extra_decision="agree", extra_decision_reason=why)
    story.do("amd", "issue_extra", reference, extra_address=ADDRESS)


def accepted(story: Driver, doctor: str, said: Mapping[str, Json], *, last: int) -> str:
    """The doctor has asked, and accepted what was issued, all on one day; it begins tomorrow."""
    reference = ask(story, doctor, doctor, said, first=1, last=last)
    issue(story, reference)
    story.do(doctor, "answer_extra", reference, extra_accepted="accept", extra_accepted_on=story.day())
    return reference


def requested(story: Driver, doctor: str) -> Scene:
    """The manager has asked; the AMD has yet to answer."""
    ask(story, "manager", doctor, ASKED, first=100, last=300)
    yield 0


def offered(story: Driver, doctor: str) -> Scene:
    """The letter is out; the doctor has yet to answer."""
    reference = ask(story, "manager", doctor, ASKED, first=100, last=300)
    yield 2
    issue(story, reference)


def ending(story: Driver, doctor: str) -> Scene:
    """A number of PAs used as needed is half worked, and its last day is near. The team has a forecast as well."""
    reference = accepted(story, doctor, AS_NEEDED, last=BEGAN + 25)
    for kind, words, foreseen in (("waiting_lists", "First appointments until March", 40), ("cover", "Leave", 12)):
        values = {"kind": kind, "words": words, "pas": foreseen, "post_pas": None}
        team, year = story.cast.team.id, running_year(story.today)
        people.foresee(story.session, by=story.actor("manager"), team_id=team, year=year, values=values, now=story.at)
    for days, pas in ((12, 2.5), (20, 4.0), (23, 1.0)):
        yield days
        worked = {"worked_on": story.day(), "pas": pas, "words": "Saturday list"}
        cases.record_worked(story.session, actor=story.actor(doctor), reference=reference, values=worked, now=story.at)


def noticed(story: Driver, doctor: str) -> Scene:
    """Notice was given: it ends sooner than agreed."""
    reference = accepted(story, doctor, ASKED, last=320)
    yield 55
    notice = {"notice_change": "end", "notice_pas": None, "notice_reason": "A new colleague takes the clinic over."}
    cases.give_notice(story.session, actor=story.actor("manager"), reference=reference, values=notice, now=story.at)


BEGAN = 70
"""So many days ago those were accepted that are in force."""


@dataclass(frozen=True)
class Plot:
    """What happens with somebody of a team ("" for the first), from so many days ago on."""

    unit: str
    doctor: str
    tell: Callable[[Driver, str], Scene]
    began: int


PLOTS: Mapping[str, tuple[Plot, ...]] = MappingProxyType(
    {
        "CPFT": (
            Plot("", "doyle", requested, 3),
            Plot("", "chandra", offered, 6),
            Plot("Carlisle Acute Wards", "Dr Owain Rees", ending, BEGAN),
            Plot("Carlisle Acute Wards", "Dr Ravi Thambiah", noticed, BEGAN),
        ),
        "BTH": (
            Plot("", "turner", requested, 3),
            Plot("", "rashid", offered, 6),
            Plot("Ophthalmology", "Dr Umar Farouk", ending, BEGAN),
            Plot("Ophthalmology", "Dr Wanjiru Kamau", noticed, BEGAN),
        ),
    }
)
"""By trust: who has asked for what."""


def agreements(first: Driver, key: str, casts: Mapping[str, Cast]) -> Iterator[tuple[Driver, Scene]]:
    """The agreements of a trust, each with the driver that tells it."""
    for number, plot in enumerate(PLOTS[key]):
        cast = around(casts[plot.unit] if plot.unit else first.cast, plot.doctor)
        story = beginning(first, cast, plot.began, 15 + 10 * number)
        yield story, plot.tell(story, plot.doctor)
