"""The personas of a demonstration in words, by trust: who they are, and what waits for them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from webapp.presenters import words
from workflows.domain.roles import Role
from workflows.inbox.cases import NextStep
from workflows.inbox.people import PlanState
from workflows.inbox.personas import Persona

SHOWN = 3
"""How many steps are named."""

LOOKS_ON: Mapping[str, str] = MappingProxyType(
    {
        Role.MEDICAL_DIRECTORATE: "Sees every case of the trust",
        Role.MEDICAL_DIRECTOR: "Sees every case of the trust",
        Role.AMD: "Sees the cases of every team here",
        Role.CLINICAL_MANAGER: "Follows the cases of the team",
        Role.SERVICE_MANAGER: "Follows the cases of the team",
        Role.NURSING_QUALITY_MANAGER: "Follows the cases of the team",
        Role.HR_WORKFORCE: "Reads the job plans in force",
        Role.FINANCE: "Reads the job plans in force",
        Role.CHIEF_EXECUTIVE: "Comes in when a doctor appeals, and follows appeals",
        Role.BOARD_SECRETARY: "Comes in when an appeal goes to the board",
        Role.PROCESS_OWNER: "Changes the processes in the studio",
        Role.PROCESS_APPROVER: "Approves changes of the processes in the studio",
    }
)
"""What there is for somebody for whom nothing waits, by their role."""


class Line(NamedTuple):
    """A persona as the list says it. `finds` begins with what is to be done, if anything is."""

    person_id: int
    name: str
    posts: str
    finds: str
    busy: bool


class House(NamedTuple):
    """A trust with its personas: those for whom something waits, and the others."""

    trust: str
    busy: list[Line]
    others: list[Line]


def by_trust(personas: Iterable[Persona]) -> list[House]:
    """Each trust with its personas, in the order in which they come."""
    houses = []
    for trust, group in groupby(personas, key=attrgetter("trust")):
        lines = [_line(persona) for persona in group]
        houses.append(House(trust, [one for one in lines if one.busy], [one for one in lines if not one.busy]))
    return houses


def _line(persona: Persona) -> Line:
    return Line(persona.person_id, persona.name, _posts(persona), f"{_finds(persona)}.", busy=bool(persona.steps))


def _posts(persona: Persona) -> str:
    """ "Clinical Manager and Practitioner, Penrith; Associate Medical Director, Mental Health; Mediator"."""
    held: dict[str, list[str]] = {}
    for post in persona.posts:
        held.setdefault(post.team or post.care_group or "", []).append(persona.titles[post.role])
    posts = [f"{words.listed(titles)}, {place}".rstrip(", ") for place, titles in held.items()]
    return "; ".join([*posts, *(persona.titles[role] for role in persona.called_upon)])


def _finds(persona: Persona) -> str:
    """ "Sign the plan (3) and Approve the team plan", "Waits for Dr Ian Holt: Read the meeting pack"."""
    if persona.steps:
        away = f". Stands in for {words.listed(persona.stands_in_for)}" if persona.stands_in_for else ""
        return f"{_to_do(persona.steps)}{away}"
    if persona.waits_for:
        return _waits_for(persona.waits_for)
    if any(post.role == Role.PRACTITIONER for post in persona.posts):
        return _plan(persona.plan)
    return next((LOOKS_ON[post.role] for post in persona.posts if post.role in LOOKS_ON), "Looks on")


def _plan(plan: PlanState) -> str:
    """ "Job plan in force; the next is agreed from 1 April 2027"."""
    now, another = ("Job plan in force", "the next") if plan.plan_id else ("No job plan yet", "one")
    return f"{now}; {another} is agreed from {words.short_day(plan.next_from)}" if plan.next_from else now


def _waits_for(steps: Sequence[NextStep]) -> str:
    """Who has what is due first: as many as have a step of that name."""
    first = steps[0].name
    holders = dict.fromkeys(name for step in steps if step.name == first for name in step.holders)
    return f"Waits for {words.listed(list(holders)) or 'somebody to be found'}: {first}"


def _to_do(steps: Iterable[str]) -> str:
    times = Counter(steps)
    named = [f"{name} ({count})" if count > 1 else name for name, count in times.items()]
    return words.listed([*named[:SHOWN], *([f"{len(named) - SHOWN} more"] if len(named) > SHOWN else [])])
