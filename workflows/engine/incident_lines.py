"""Incidents as lines of their case's history: that it could not go on, and that this was settled.

The move that failed has been rolled back; the line is written in the transaction that keeps the incident. It names the
incident by its key: the sentence stands on the incident's row, for it may say what was entered.
"""

from datetime import datetime

from workflows.engine import history, releases
from workflows.engine.history import Happening
from workflows.store import Session
from workflows.store import cases as case_rows
from workflows.store import incident_events as event_rows
from workflows.store import incidents as incident_rows
from workflows.store.models import Case, Json

RECORDED, SETTLED = "incident_recorded", "incident_settled"


def recorded(session: Session, *, case_id: int, key: str, element: str, now: datetime) -> bool:
    """Say in the history that the case could not go on, once until it is settled, however often it is tried again.
    Returns whether a line was written. To be called in the transaction that keeps the incident."""
    return _say(session, RECORDED, case_id=case_id, key=key, element=element, now=now)


def settle(session: Session, *, case_id: int | None, key: str, element: str, now: datetime) -> None:
    """What had failed has gone through: settle its incident, if there is one, on its row and in the history."""
    if incident_rows.settle(session, key=key, now=now) and case_id is not None:
        settled(session, case_id=case_id, key=key, element=element, now=now)


def settled(session: Session, *, case_id: int, key: str, element: str, now: datetime) -> bool:
    """Say in the history that what had stopped the case was settled, where it says that something had. Returns whether
    a line was written. To be called in the transaction that settles the incident, after the move has been saved."""
    return _say(session, SETTLED, case_id=case_id, key=key, element=element, now=now)


def _say(session: Session, kind: str, *, case_id: int, key: str, element: str, now: datetime) -> bool:
    case = event_rows.locked_case(session, case_id=case_id)
    if case is None:
        return False
    stopped = event_rows.newest_kind(session, case_id=case_id, key=key) == RECORDED
    if stopped == (kind == RECORDED):
        return False
    details: dict[str, Json] = {"incident": key, "element": element, "name": _name(session, case, element)}
    line = Happening(at=now, kind=kind, who_id=None, on_behalf_of_id=None, clause="", details=details)
    history.append(session, case=case, happenings=[line])
    case_rows.save(session, case=case)
    session.flush()
    return True


def _name(session: Session, case: Case, element: str) -> str:
    """What the case's release calls an element; its id where it has no name there."""
    drawings = releases.of(session, release_id=case.release_id).diagrams.drawings.values()
    names = (drawing.nodes[element].name for drawing in drawings if element in drawing.nodes)
    return next((name for name in names if name), element)
