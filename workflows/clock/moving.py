"""Cases on their way to another release: a clock moves them, one after the other, each in a transaction of its own.

It runs beside the tick, never within it. Any number of clocks may: a case is claimed in the transaction that moves it.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from workflows import front_door
from workflows.clock.demonstration import now
from workflows.clock.looking import AT_ONCE, Sessions, Tally, look
from workflows.clock.post import never
from workflows.clock.ticking import sentence
from workflows.domain.errors import Broken
from workflows.studio import moving

log = logging.getLogger(__name__)


def move_cases(sessions: Sessions, *, demonstration: bool, stopping: Callable[[], bool]) -> None:
    """Move what waits now. A fault of ours is logged and leaves the next round to its work."""
    try:
        with sessions() as session:
            at = now(session, demonstration=demonstration)
        tally = move_waiting(sessions, at=at, stopping=stopping)
    except Exception:
        log.exception("Cases could not be moved; it is tried again in a second")
        return
    if tally:
        log.info("Moving: %s", dict(tally.done))


def move_waiting(sessions: Sessions, *, at: datetime, stopping: Callable[[], bool] = never) -> Tally:
    """Put back what is to be undone, then move what waits. `stopping` is asked between two cases."""
    tally = Tally()
    for batch_id in look(sessions, moving.undoing):
        put_back(sessions, tally, batch_id, at)
    if not look(sessions, moving.under_way):
        return tally
    while items := look(sessions, lambda session: moving.due(session, now=at, limit=AT_ONCE)):
        done = 0
        for item_id in items:
            if stopping():
                return tally
            done += move(sessions, tally, item_id, at)
        if not done:
            break  # the rest are other clocks'
    with sessions() as session:
        front_door.perform(session, moving.finish, now=at)
    return tally


def move(sessions: Sessions, tally: Tally, item_id: int, at: datetime) -> bool:
    """Move one case, and say whether it was ours to move. A failure postpones it and leaves the others to theirs."""
    try:
        with sessions() as session:
            done = front_door.perform(session, moving.move_one, item_id=item_id, now=at)
    except Exception as fault:  # noqa: BLE001 - the other cases must go on
        with sessions() as session:
            front_door.perform(session, moving.failed, item_id=item_id, sentence=sentence(fault), now=at)
        done = "failed"
    if done:
        tally.done[f"cases {done}"] += 1
    return done is not None


def put_back(sessions: Sessions, tally: Tally, batch_id: int, at: datetime) -> None:
    """Undo a batch, all of it or nothing."""
    try:
        with sessions() as session:
            done = front_door.perform(session, moving.undo_all, batch_id=batch_id, now=at)
        tally.done.update({"cases put back": done} if done else {})
    except Exception as fault:  # noqa: BLE001 - whoever asked for it reads why
        words = fault.sentence if isinstance(fault, Broken) else sentence(fault)
        with sessions() as session:
            front_door.perform(session, moving.not_undone, batch_id=batch_id, sentence=words)
