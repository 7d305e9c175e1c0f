"""The front door: one verb, one transaction.

A request, a tick and a command all come in here. It begins, commits, rolls back and, when two people met on one
case, runs the whole verb again on fresh state. Nothing below it commits.
"""

import random
import time
from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from workflows.domain.errors import Broken, Unsound
from workflows.engine import incident_lines
from workflows.store import Session
from workflows.store import cases as case_rows
from workflows.store import incidents as incident_rows
from workflows.store.engines import begin_write
from workflows.store.races import is_full, is_race

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 25
"""Twenty people on one case at the same moment must all get through."""


class TooBusy(Broken):
    """Too many people are working on this case at the same moment. What you entered is safe: please try again."""


class NoRoom(Broken):
    """There is no room left on the disk on which Accord keeps its data, so nothing was changed. Please tell whoever
    looks after Accord at your trust."""


def perform(session: Session, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a verb in one transaction and commit it.

    A lost race (another version of the case, a locked row) rolls back and runs the verb again on fresh state.
    A fault of a diagram or of the engine rolls back and is kept as an incident. Whatever else goes wrong rolls back
    and goes on up.

    Raises: what the verb raises; TooBusy after `TRIES` lost races; NoRoom when the disk is full.
    """
    for attempt in range(TRIES):
        try:
            begin_write(session)
            result = verb(session, *args, **kwargs)
            session.commit()
        except Unsound as fault:
            session.rollback()
            keep_incident(session, fault)
            raise
        except BaseException as fault:
            session.rollback()
            if is_full(fault):
                raise NoRoom from fault
            if not is_race(fault):
                raise
            wait_a_little(attempt)
        else:
            return result
    raise TooBusy


def wait_a_little(attempt: int) -> None:
    """Spread the rivals out before the next try."""
    time.sleep(random.uniform(0, 0.005 * (attempt + 1)))  # noqa: S311 - no secret


def rehearse(session: Session, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a verb and take back all that it wrote: what it hands over is all that is left of it. A lost race runs it
    again. Raises what it raises; TooBusy."""
    for attempt in range(TRIES):
        try:
            begin_write(session)
            return verb(session, *args, **kwargs)
        except BaseException as fault:
            if not is_race(fault):
                raise
            wait_a_little(attempt)
        finally:
            session.rollback()
    raise TooBusy


def keep_incident(session: Session, fault: Unsound) -> None:
    """Keep a fault that stopped a person's step, in a transaction of its own. Time keeps those of its own moves."""
    if fault.case_id is None or fault.at is None or not fault.step_id:
        return
    begin_write(session)
    case = case_rows.by_id(session, case_id=fault.case_id)
    if case is not None:
        note_incident(
            session,
            trust_id=case.trust_id,
            case_id=case.id,
            key=f"step:{fault.step_id}",
            element=fault.element,
            sentence=fault.sentence,
            now=fault.at,
        )
    session.commit()


def note_incident(
    session: Session, *, trust_id: int, case_id: int | None, key: str, element: str, sentence: str, now: datetime
) -> None:
    """Record a failure: the same key is the same incident, counted."""
    incident_rows.record(
        session, trust_id=trust_id, case_id=case_id, key=key, element=element, sentence=sentence, now=now
    )
    if case_id is not None:
        incident_lines.recorded(session, case_id=case_id, key=key, element=element, now=now)
