"""What the clock keeps of an installation: anchors of its histories, once a day, and out of the house."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from workflows import front_door
from workflows.clock.looking import Sessions, Tally, look
from workflows.operations import anchors, retention, timings, trusts

log = logging.getLogger(__name__)


def keep_anchors(sessions: Sessions, tally: Tally, at: datetime) -> None:
    """Keep the heads of each trust's histories, once a day."""
    for trust_id in look(sessions, trusts.trust_ids):
        with sessions() as session:
            heads = front_door.perform(session, anchors.anchor, trust_id=trust_id, now=at)
        tally.done.update({"anchored": heads} if heads else {})


def erase(sessions: Sessions, tally: Tally, at: datetime) -> None:
    """Erase what the retention rules of each trust no longer let us keep: cases first, then people, then old post."""
    for trust_id in look(sessions, trusts.trust_ids):
        with sessions() as session:
            found = retention.due(session, trust_id=trust_id, now=at)
        erased = [
            _each(sessions, retention.erase_case, trust_id=trust_id, case_id=case_id, reference=reference, now=at)
            for case_id, reference in found.cases
        ]
        # Whoever's last case has just been erased may be due now as well.
        with sessions() as session:
            people = retention.due(session, trust_id=trust_id, now=at).people
        erased += [
            _each(sessions, retention.erase_person, trust_id=trust_id, person_id=person_id, now=at)
            for person_id in people
        ]
        erased.append(_each(sessions, retention.erase_post, trust_id=trust_id, now=at))
        tally.done.update({"erased": sum(erased)} if any(erased) else {})


def _each(sessions: Sessions, verb: Callable[..., int], **about: Any) -> int:
    """One piece in a transaction of its own. One that fails is logged, and tried again tomorrow."""
    try:
        with sessions() as session:
            return front_door.perform(session, verb, **about)
    except Exception:
        ids = {key: value for key, value in about.items() if key.endswith("_id")}
        log.exception("What is due for erasure could not be erased: %s", ids)
        return 0


def forget_timings(sessions: Sessions, _tally: Tally, at: datetime) -> None:
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
