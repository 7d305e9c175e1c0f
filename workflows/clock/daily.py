"""What the clock does once a civil day, beside its look at what is due."""

import logging
from collections.abc import Callable
from datetime import datetime

from workflows import cases, front_door, on_call, panel_register, people, privileges, reviewing
from workflows.clock.beginning import begin_plans
from workflows.clock.forgetting import forget_traffic
from workflows.clock.keeping import erase, forget_timings, keep_anchors
from workflows.clock.looking import Sessions, Tally, look
from workflows.clock.passing import pass_on
from workflows.operations import trusts

log = logging.getLogger(__name__)


def rehold(sessions: Sessions, tally: Tally, at: datetime) -> None:
    """Let steps pass to today's holders of their roles, case by case. One that fails stays as it is until tomorrow."""
    passed = pass_on(sessions, look(sessions, cases.cases_that_wait), at)
    tally.done.update({"passed_on": passed} if passed else {})


def tell_of_starters(sessions: Sessions, tally: Tally, at: datetime) -> None:
    """Tell of new starters who have no job plan yet, trust by trust; everybody is told once of each."""
    for trust_id in look(sessions, trusts.trust_ids):
        with sessions() as session:
            found = front_door.perform(session, people.tell_of_starters, trust_id=trust_id, now=at)
        tally.done.update({"new_starters": found} if found else {})


def tell_of_reviews(sessions: Sessions, tally: Tally, at: datetime) -> None:
    """Tell of registers of panel members whose review is due, trust by trust; everybody is told once of each day."""
    for trust_id in look(sessions, trusts.trust_ids):
        with sessions() as session:
            told = front_door.perform(session, panel_register.tell_of_review, trust_id=trust_id, now=at)
        tally.done.update({"panel_reviews": 1} if told else {})


def tell_of_diaries(sessions: Sessions, tally: Tally, at: datetime) -> None:
    """Tell of on-call diaries that are over and wait for their average, trust by trust; everybody once of each."""
    for trust_id in look(sessions, trusts.trust_ids):
        with sessions() as session:
            over = front_door.perform(session, on_call.tell_of_diaries, trust_id=trust_id, now=at)
        tally.done.update({"on_call_diaries": over} if over else {})


def tell_of_yearly_reviews(sessions: Sessions, tally: Tally, at: datetime) -> None:
    """Tell of yearly reviews that are due soon or overdue, trust by trust; everybody once of each rung."""
    for trust_id in look(sessions, trusts.trust_ids):
        with sessions() as session:
            told = front_door.perform(session, reviewing.tell_of_yearly_reviews, trust_id=trust_id, now=at)
        tally.done.update({"yearly_reviews": told} if told else {})


def tell_of_privileges(sessions: Sessions, tally: Tally, at: datetime) -> None:
    """Remind doctors once a year of each practising privilege that they declare, trust by trust."""
    for trust_id in look(sessions, trusts.trust_ids):
        with sessions() as session:
            held = front_door.perform(session, privileges.tell_of_privileges, trust_id=trust_id, now=at)
        tally.done.update({"privileges": held} if held else {})


Job = Callable[[Sessions, Tally, datetime], None]
JOBS: tuple[Job, ...] = (
    keep_anchors,
    begin_plans,
    rehold,
    tell_of_starters,
    tell_of_reviews,
    tell_of_diaries,
    tell_of_yearly_reviews,
    tell_of_privileges,
    forget_timings,
    erase,
    forget_traffic,
)
"""Each may run again on the same day, in any number of clocks, without harm."""


def begin_day(sessions: Sessions, *, at: datetime) -> Tally:
    """Do the work of a new civil day, job by job. One that fails is logged and leaves the others to their work."""
    tally = Tally()
    for job in JOBS:
        try:
            job(sessions, tally, at)
        except Exception:
            log.exception("The daily job %s failed; it runs again tomorrow, or when a clock starts", job.__name__)
    return tally
