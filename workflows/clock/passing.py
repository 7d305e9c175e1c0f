"""Steps pass to other holders when posts change hands: at once after a change, and each morning."""

import logging
from collections.abc import Iterable
from datetime import datetime

from workflows import cases, front_door
from workflows.clock.looking import Sessions

log = logging.getLogger(__name__)


def pass_on(sessions: Sessions, case_ids: Iterable[int], at: datetime) -> int:
    """Let the steps of these cases pass to today's holders of their roles, each case in a transaction of its own; how
    many have passed on. A case that fails stays as it is until tomorrow."""
    passed = 0
    for case_id in case_ids:
        try:
            with sessions() as session:
                passed += front_door.perform(session, cases.rehold, case_id=case_id, now=at)
        except Exception:
            log.exception("The steps of case %d could not pass to today's holders", case_id)
    return passed
