"""The clocks' signs of life."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.store.inserts import insert_into
from workflows.store.models import Heartbeat


def beat(session: Session, *, clock: str, now: datetime, lateness_ms: int | None) -> None:
    """The clock process of this name is alive at this real instant.

    lateness_ms: how late it was with what was due; None when nothing was, and what it said last stays.
    """
    sign = {"beaten_at": now} if lateness_ms is None else {"beaten_at": now, "lateness_ms": lateness_ms}
    insert = insert_into(session, Heartbeat).values(clock=clock, **{"lateness_ms": 0, **sign})
    session.execute(insert.on_conflict_do_update(index_elements=["clock"], set_=sign))


def latest(session: Session) -> Heartbeat | None:
    """The newest sign of life of any clock; None if there never was one."""
    return session.scalar(
        select(Heartbeat).order_by(Heartbeat.beaten_at.desc()).limit(1), execution_options={"populate_existing": True}
    )
