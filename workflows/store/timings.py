"""How long submits took, minute by minute and process by process; and how late time was with what was due."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Float, cast, delete, extract, func, select
from sqlalchemy.orm import Session

from workflows.store.models import Firing, Took


class Lateness(NamedTuple):
    """How many firings there were, and the seconds within which that share of them happened, if there were any."""

    firings: int
    seconds: float | None


def add(session: Session, *, minute: datetime, server: str, counts: Mapping[str, int]) -> None:
    """Add what a process has counted since it wrote last, by the step of the scale."""
    row = session.scalar(select(Took).where(Took.minute == minute, Took.server == server).with_for_update())
    if row is None:
        session.add(Took(minute=minute, server=server, counts=dict(counts)))
    else:
        row.counts = dict(Counter(row.counts) + Counter(counts))
    session.flush()


def counted(session: Session, *, since: datetime) -> Counter[str]:
    """What all processes have counted since then, by the step of the scale."""
    found: Counter[str] = Counter()
    for counts in session.scalars(select(Took.counts).where(Took.minute >= since)):
        found.update(counts)
    return found


def forget(session: Session, *, before: datetime) -> None:
    """Take away what was counted before then."""
    session.execute(delete(Took).where(Took.minute < before))


def lateness(session: Session, *, since: datetime, until: datetime, share: float) -> Lateness:
    """How late time was with what fell due in that period: "within 1.2 s for 99 % of them"."""
    done = (Firing.status == "fired", Firing.at >= since, Firing.at <= until)
    firings = session.scalars(select(func.count()).select_from(Firing).where(*done)).one()
    if not firings:
        return Lateness(0, None)
    later = min(int(firings * (1 - share)), firings - 1)
    late = _seconds(session, Firing.fired_at) - _seconds(session, Firing.at)
    found = session.scalars(select(late).where(*done).order_by(late.desc()).offset(later).limit(1)).one()
    return Lateness(firings, round(max(float(found), 0.0), 2))


def _seconds(session: Session, at: Any) -> ColumnElement[float]:
    if session.get_bind().dialect.name == "sqlite":
        return func.julianday(at) * 86400.0
    return cast(extract("epoch", at), Float)
