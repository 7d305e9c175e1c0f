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
from workflows.studio import clearing

log = logging.getLogger(__name__)


def rehold(sessions: Sessions, tally: Tally, at: datetime) -> None:
    """Let steps pass to today's holders of their roles, case by case. One that fails stays as it is until tomorrow."""
    passed = pass_on(sessions, look(sessions, cases.cases_that_wait), at)
    tally.done.update({"passed_on": passed} if passed else {})


def each_trust(key: str, verb: Callable[..., int]) -> "Job":
    """A job that does a verb trust by trust, each in its own transaction, and tallies under a key what it returns."""

    def job(sessions: Sessions, tally: Tally, at: datetime) -> None:
        for trust_id in look(sessions, trusts.trust_ids):
            with sessions() as session:
                found = front_door.perform(session, verb, trust_id=trust_id, now=at)
            tally.done.update({key: int(found)} if found else {})

    job.__name__ = key
    return job


Job = Callable[[Sessions, Tally, datetime], None]
JOBS: tuple[Job, ...] = (
    keep_anchors,
    begin_plans,
    rehold,
    each_trust("new_starters", people.tell_of_starters),
    each_trust("panel_reviews", panel_register.tell_of_review),
    each_trust("on_call_diaries", on_call.tell_of_diaries),
    each_trust("yearly_reviews", reviewing.tell_of_yearly_reviews),
    each_trust("privileges", privileges.tell_of_privileges),
    each_trust("rehearsals_cleared", clearing.clear_rehearsals),
    forget_timings,
    erase,
    forget_traffic,
)
"""Each may run again on the same day, in any number of clocks, without harm; whoever is told is told once."""


def begin_day(sessions: Sessions, *, at: datetime) -> Tally:
    """Do the work of a new civil day, job by job. One that fails is logged and leaves the others to their work."""
    tally = Tally()
    for job in JOBS:
        try:
            job(sessions, tally, at)
        except Exception:
            log.exception("The daily job %s failed; it runs again tomorrow, or when a clock starts", job.__name__)
    return tally
