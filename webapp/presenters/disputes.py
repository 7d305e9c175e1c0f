"""The board of disputes in words."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from webapp.presenters import dues, words
from webapp.presenters.cases import holder
from workflows.domain.meetings import clock_time
from workflows.domain.vocabulary import DISPUTE_STAGES, PROCESSES
from workflows.inbox.dispute_board import Board, BoardFilters, Booked, Dispute
from workflows.inbox.dispute_status import Status

NAMED = 2
"""How many steps, or things that wait, are named before the rest is counted."""


class Row(NamedTuple):
    """A dispute as its row says it. `next_date` is "" where the due day is the next one anyway."""

    reference: str
    title: str
    about: str
    stage: str
    step: str
    holder: str
    mine: bool
    tag: dues.Tag | None
    due: str
    next_date: str
    blocked: str


def stages() -> list[tuple[str, str]]:
    """The stages to choose from, by key."""
    return [(key, stage(key)) for key in DISPUTE_STAGES]


def stage(key: str) -> str:
    """What a stage is called."""
    return PROCESSES[key]


def rows(found: Board) -> list[Row]:
    """The disputes of a page in words."""
    return [row(one, found.today, several=len(found.care_groups) > 1) for one in found.disputes]


def row(one: Dispute, today: date, *, several: bool = True) -> Row:
    """A dispute in words; `several`: whether its care group needs to be said."""
    return Row(
        reference=one.reference,
        title=one.title,
        about=", ".join(part for part in (one.team, one.care_group if several else "") if part),
        stage=stage(one.stage),
        step=step(one),
        holder=holders(one),
        mine=one.mine,
        tag=left(one, today),
        due=due(one),
        next_date=booked(one.booked[0]) if one.booked else "",
        blocked=some(one.blocked),
    )


def step(one: Dispute) -> str:
    """What it waits for: its steps, else what its drawing calls the wait."""
    return some(list(dict.fromkeys(each.name for each in one.steps))) or one.waits_for or "Moving on by itself"


def holders(one: Dispute) -> str:
    """Who has the next step, or steps."""
    return words.listed(list(dict.fromkeys(holder(each) for each in one.steps))[:3]) or "Nobody at the moment"


def left(one: Dispute, today: date) -> dues.Tag | None:
    """How many days are left, or over."""
    if one.due is None:
        return None
    return dues.Tag("Clock stopped", "blue") if one.due.stopped else dues.left(one.due.due_on, today)


def due(one: Dispute) -> str:
    """ "Mediation meeting: 3 March 2027"."""
    if one.due is None:
        return "No date set"
    return one.due.title if one.due.stopped else f"{one.due.title}: {words.short_day(one.due.due_on)}"


def booked(one: Booked) -> str:
    """ "Hearing on 3 March 2027 at 2:30pm"."""
    return f"{one.what} on {words.short_day(one.on)}" + (f" at {clock_time(one.at)}" if one.at else "")


def some(things: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = len(things) - NAMED
    return "; ".join(things[:NAMED]) + (f" and {more} more" if more > 0 else "")


def summary(found: Board) -> str:
    """ "42 disputes, 3 of them late, 2 need you"."""
    total = found.total
    late = f", {total.late} of them late" if total.late else ""
    mine = f", {total.mine} {'needs' if total.mine == 1 else 'need'} you" if total.mine else ""
    return f"{words.count(total.all, 'open dispute')}{late}{mine}".capitalize()


def narrowed(filters: BoardFilters, care_groups: Sequence[tuple[int, str]]) -> str:
    """The filters in words: "open disputes in the stage “Mediation”, late only"."""
    said = [
        f"in the stage “{stage(filters.stage)}”" if filters.stage else "",
        f"of {dict(care_groups).get(filters.care_group_id, 'one care group')}" if filters.care_group_id else "",
        f"with the words “{filters.words}”" if filters.words else "",
        "with a step of yours" if filters.mine else "",
        "late only" if filters.late else "",
    ]
    chosen = ", ".join(one for one in said if one)
    return f"open disputes {chosen}" if chosen else "every open dispute"


def whose(found: Status) -> str:
    """Whose disputes a status is about."""
    if found.appeals_only:
        return "the appeals in which you have a part"
    return words.listed(found.of) or "the whole trust"


def lateness(one: Dispute, today: date) -> str:
    """ "Mediation meeting was due on 3 March 2027, 2 days ago"."""
    if one.due is None:
        return ""
    days = (today - one.due.due_on).days
    return f"{one.due.title} was due on {words.short_day(one.due.due_on)}, {words.count(days, 'day')} ago"
