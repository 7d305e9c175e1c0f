"""Deputies: who stands in for whom, now and to come."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows.domain.calendars import civil_day
from workflows.inbox import Session, Viewer
from workflows.inbox.people import keeps
from workflows.store import deputies as deputy_rows
from workflows.store.deputies import DeputyLine

__all__ = ["DeputyLine"]


@dataclass(frozen=True)
class Deputies:
    """One's own, as the one who is away and as the one who acts; for the Medical Directorate those of everybody."""

    mine: tuple[DeputyLine, ...]
    for_others: tuple[DeputyLine, ...]
    everybody: tuple[DeputyLine, ...]
    keeps: bool
    today: date


def deputies(session: Session, *, viewer: Viewer, now: datetime) -> Deputies:
    """What counts today or later."""
    today = civil_day(now)
    own = deputy_rows.listed(session, trust_id=viewer.trust_id, people=[viewer.person_id], since=today)
    everybody = deputy_rows.listed(session, trust_id=viewer.trust_id, since=today) if keeps(viewer) else []
    return Deputies(
        mine=tuple(line for line in own if line.person_id == viewer.person_id),
        for_others=tuple(line for line in own if line.deputy_id == viewer.person_id),
        everybody=tuple(everybody),
        keeps=keeps(viewer),
        today=today,
    )
