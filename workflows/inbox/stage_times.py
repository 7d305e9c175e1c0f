"""How long the stages of disputes take, promised against actual, and which running limits are likely to be missed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from workflows.domain.calendars import civil_day
from workflows.domain.stage_times import ENOUGH, Figure, Took, expected, figures
from workflows.domain.vocabulary import DISPUTE, DISPUTE_STAGES
from workflows.inbox import Session, Viewer
from workflows.inbox.dispute_board import (
    BoardFilters,
    Dispute,
    Limit,
    all_disputes,
    follows,
    policy_of,
    title_of,
)
from workflows.store import dispute_board as rows
from workflows.store.dispute_board import BoardSight, Closed

__all__ = ["ENOUGH", "Figure", "Likely", "StageTimes", "Usual", "stage_times"]

BOOKED_BY: Mapping[str, str] = {"mediation_meeting": "mediation", "panel_meets": "hearing"}
"""Limits that a meeting keeps, with the meeting's key: once it is booked, its day is known and need not be guessed."""


@dataclass(frozen=True)
class Usual:
    """A limit by what it is called, with what is usual."""

    title: str
    figure: Figure


@dataclass(frozen=True)
class Likely:
    """A running limit that is likely to be missed: the day that is to be expected, because a meeting is `booked` for it
    or by what was usual so far (`basis`)."""

    reference: str
    title: str
    limit: Limit
    on: date
    booked: bool
    basis: Figure | None


@dataclass(frozen=True)
class StageTimes:
    """The figures of the viewer's own disputes, in the order of the stages; what is likely to be missed of those that
    are open, by what was usual in the whole trust; and the limits that run and of which too few are over to tell, with
    how many are."""

    usual: tuple[Usual, ...]
    likely: tuple[Likely, ...]
    silent: tuple[tuple[str, int], ...]
    running: int
    """How many limits run."""
    today: date


def stage_times(session: Session, *, viewer: Viewer, now: datetime) -> StageTimes:
    """The page of figures, in a fixed number of statements. Raises NoBoard."""
    sight = follows(session, viewer=viewer, now=now)
    own = figures(_took(rows.closed_limits(session, sight=sight)))
    whole = BoardSight(sight.trust_id, sight.people, whole_trust=True, led=frozenset(), part_in=False)
    basis = own if sight.whole_trust else figures(_took(rows.closed_limits(session, sight=whole)))
    policy, today = policy_of(session, viewer.trust_id), civil_day(now)
    disputes = all_disputes(session, viewer=viewer, filters=BoardFilters(), now=now)
    running = [limit for one in disputes for limit in one.limits if _runs(limit, today)]
    likely = [found for one in disputes for limit in one.limits if (found := _likely(one, limit, basis, today))]
    names = {limit.name: limit.title for limit in running}
    few = {name: basis[name].cases if name in basis else 0 for name in names}
    usual = sorted(own.values(), key=lambda one: (DISPUTE_STAGES.index(one.stage), one.since, one.name))
    return StageTimes(
        usual=tuple(Usual(title_of(one.name, policy), one) for one in usual),
        likely=tuple(sorted(likely, key=lambda one: (one.limit.due_on, one.reference))),
        silent=tuple(sorted((names[name], cases) for name, cases in few.items() if cases < ENOUGH)),
        running=len(running),
        today=today,
    )


def _took(closed: Iterable[Closed]) -> list[Took]:
    return [
        Took(
            name=one.name,
            stage=one.process if one.process in DISPUTE_STAGES else DISPUTE,
            promised=(one.due_on - one.starts_on).days,
            took=(civil_day(one.ended_at) - one.starts_on).days,
            done_on=civil_day(one.ended_at),
        )
        for one in closed
    ]


def _runs(limit: Limit, today: date) -> bool:
    """Whether it is still ahead of somebody, and its clock runs."""
    return limit.drawn and not limit.stopped and limit.due_on >= today


def _likely(one: Dispute, limit: Limit, basis: Mapping[str, Figure], today: date) -> Likely | None:
    """A limit that is still ahead and likely to be missed; None for one that has passed, or may well be kept."""
    if not _runs(limit, today):
        return None
    booked = next((each.on for each in one.booked if each.key == BOOKED_BY.get(limit.name)), None)
    figure = basis.get(limit.name)
    on = booked or expected(figure, limit.starts_on)
    if on is None or on <= limit.due_on:
        return None
    return Likely(one.reference, one.title, limit, on, booked is not None, None if booked else figure)
