"""The clocks' signs of life."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.store.inserts import insert_into
from workflows.store.models import Heartbeat

LONGEST_MS = 2**31 - 1
"""What the column holds, some 24 days: what is later than that is told as this late."""


def beat(session: Session, *, clock: str, now: datetime, lateness_ms: int | None) -> None:
    """The clock process of this name is alive at this real instant.

    lateness_ms: how late it was with what was due; None when nothing was, and what it said last stays.
    """
    late = {} if lateness_ms is None else {"lateness_ms": min(lateness_ms, LONGEST_MS)}
    sign = {"beaten_at": now, **late}
    insert = insert_into(session, Heartbeat).values(clock=clock, **{"lateness_ms": 0, **sign})
    session.execute(insert.on_conflict_do_update(index_elements=["clock"], set_=sign))


def latest(session: Session) -> Heartbeat | None:
    """The newest sign of life of any clock; None if there never was one."""
    return session.scalar(
        select(Heartbeat).order_by(Heartbeat.beaten_at.desc()).limit(1), execution_options={"populate_existing": True}
    )
