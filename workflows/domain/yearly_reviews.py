"""When the next yearly review of a job plan falls due, and who is asked for it beforehand (CPFT-7.7.1, BTH-2-b)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.domain.calendars import Calendar, civil_day
from workflows.domain.deadlines import DeadlineRule, Planned, plan_firings, reckon

RULE = "annual_review"
"""The deadline of the policy."""


class State(StrEnum):
    """How it stands with a doctor's yearly review."""

    OVERDUE = "overdue"
    SOON = "soon"
    IN_TIME = "in_time"
    NONE = "none"
    """No review is on record yet."""


@dataclass(frozen=True)
class Yearly:
    """A doctor's yearly review. `days` until it is due, less than 0 when it is overdue; `lines` say why that day."""

    last_on: date | None
    due_on: date | None
    state: State
    days: int = 0
    lines: tuple[str, ...] = ()


NEVER = Yearly(None, None, State.NONE)


def yearly(rule: DeadlineRule, last_on: date | None, today: date) -> Yearly:
    """How it stands today. It falls due soon once the policy's first reminder has gone out."""
    if last_on is None:
        return NEVER
    reckoning = reckon(rule, last_on, "", Calendar())
    days = (reckoning.due_on - today).days
    reminded = any(one.kind == "remind" and civil_day(one.at) <= today for one in plan_firings(rule, reckoning))
    state = State.OVERDUE if days < 0 else State.SOON if reminded else State.IN_TIME
    return Yearly(last_on, reckoning.due_on, state, days, reckoning.lines)


def rungs(rule: DeadlineRule, last_on: date, today: date) -> Iterator[Planned]:
    """The reminders and escalations that have come, the newest alone of each: whoever was told late is told once."""
    planned = [one for one in plan_firings(rule, reckon(rule, last_on, "", Calendar())) if one.rung]
    come = [one for one in planned if civil_day(one.at) <= today]
    yield from come[-1:]
