"""Incidents in the history of their case."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.store.models import Case, Event, Incident

KINDS = ("incident_recorded", "incident_settled")


def locked_case(session: Session, *, case_id: int) -> Case | None:
    """The case as it is now, this transaction's alone: the next comer waits here. On SQLite one writes anyway."""
    wanted = select(Case).where(Case.id == case_id).with_for_update()
    return session.scalar(wanted, execution_options={"populate_existing": True})


def newest_kind(session: Session, *, case_id: int, key: str) -> str | None:
    """What the history says last of the incident with this key: recorded or settled; None where it never was one."""
    wanted = select(Event.kind, Event.details).where(Event.case_id == case_id, Event.kind.in_(KINDS))
    rows = session.execute(wanted.order_by(Event.number.desc()))
    return next((row.kind for row in rows if row.details.get("incident") == key), None)


def sentences(session: Session, *, case_id: int, keys: Iterable[str]) -> dict[str, str]:
    """Why the case could not go on, by the incidents' keys."""
    wanted = select(Incident.key, Incident.sentence).where(Incident.case_id == case_id, Incident.key.in_(list(keys)))
    return {row.key: row.sentence for row in session.execute(wanted)}
