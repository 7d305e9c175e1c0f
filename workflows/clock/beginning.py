"""Agreed job plans come into force when their first day has come."""

import logging
from datetime import datetime

from workflows import cases, front_door
from workflows.clock.looking import Sessions, Tally, look

log = logging.getLogger(__name__)


def begin_plans(sessions: Sessions, tally: Tally, at: datetime) -> None:
    """Put in force what has come to its first day, doctor by doctor, each in a transaction of its own; also what a
    clock that stood still has missed. One that fails is tried again tomorrow, or when a clock starts."""
    for person_id in look(sessions, lambda session: cases.plans_due_to_begin(session, now=at)):
        try:
            with sessions() as session:
                begun = front_door.perform(session, cases.begin_plans_of, person_id=person_id, now=at)
            tally.done.update({"plans_in_force": begun} if begun else {})
        except Exception:
            log.exception("The agreed job plan of person %d could not come into force", person_id)
