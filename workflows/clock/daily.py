"""What the clock does once a civil day, before anything else of that day."""

import logging
from collections.abc import Callable
from datetime import datetime

from workflows import cases, front_door
from workflows.clock.looking import AT_ONCE, Sessions, Tally, look

log = logging.getLogger(__name__)


def rehold(sessions: Sessions, tally: Tally, at: datetime, alive: Callable[[], None]) -> None:
    """Let steps pass to today's holders of their roles, case by case. One that fails stays as it is until tomorrow."""
    for number, case_id in enumerate(look(sessions, cases.cases_that_wait), start=1):
        if number % AT_ONCE == 0:
            alive()
        try:
            with sessions() as session:
                passed = front_door.perform(session, cases.rehold, case_id=case_id, now=at)
        except Exception:
            log.exception("The steps of case %d could not pass to today's holders", case_id)
        else:
            tally.done.update({"passed_on": passed} if passed else {})


Job = Callable[[Sessions, Tally, datetime, Callable[[], None]], None]
JOBS: tuple[Job, ...] = (rehold,)
"""Each may run again on the same day, in any number of clocks, without harm; `alive` is called within a long one."""


def begin_day(sessions: Sessions, tally: Tally, at: datetime, alive: Callable[[], None]) -> None:
    """Do the work of a new civil day, job by job. One that fails is logged and leaves the others to their work."""
    for job in JOBS:
        try:
            job(sessions, tally, at, alive)
        except Exception:
            log.exception("The daily job %s failed; it runs again tomorrow, or when a clock starts", job.__name__)
        alive()
