"""What the clock keeps of an installation: anchors of its histories, once a day, and out of the house."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from workflows import front_door
from workflows.clock.looking import Sessions, Tally, look
from workflows.operations import anchors, timings

log = logging.getLogger(__name__)


def keep_anchors(sessions: Sessions, tally: Tally, at: datetime, alive: Callable[[], None]) -> None:
    """Keep the heads of each trust's histories, once a day."""
    for trust_id in look(sessions, anchors.trust_ids):
        with sessions() as session:
            heads = front_door.perform(session, anchors.anchor, trust_id=trust_id, now=at)
        tally.done.update({"anchored": heads} if heads else {})
        alive()


def forget_timings(sessions: Sessions, _tally: Tally, at: datetime, _alive: Callable[[], None]) -> None:
    """Take away what is too old of how long submits took."""
    with sessions() as session:
        front_door.perform(session, timings.forget, now=at)


def export_anchors(sessions: Sessions, folder: Path) -> None:
    """Write to the folder the anchors that it lacks. A folder that is away today gets them later."""
    try:
        with sessions() as session:
            written = anchors.export(session, folder=folder)
    except Exception:
        log.exception("The anchors could not be written to %s; they are tried again in an hour", folder)
    else:
        if written:
            log.info("Wrote %d anchors to %s", written, folder)
