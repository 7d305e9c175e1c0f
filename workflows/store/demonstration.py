"""How far the demonstration's time is ahead of the real one."""

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from workflows.store.inserts import insert_into
from workflows.store.models import DemonstrationClock

THE_ONE_ROW = 1


def seconds_ahead(session: Session) -> int:
    """0 while nobody has moved the clock forward."""
    return session.scalar(select(DemonstrationClock.seconds_ahead).where(DemonstrationClock.id == THE_ONE_ROW)) or 0


def move_to(session: Session, *, seconds_ahead: int) -> int:
    """Move the clock on, never back; returns how far it is ahead now. Of two visitors at once the later one counts."""
    insert = insert_into(session, DemonstrationClock).values(id=THE_ONE_ROW, seconds_ahead=seconds_ahead)
    wanted, standing = insert.excluded.seconds_ahead, DemonstrationClock.seconds_ahead
    later = case((wanted > standing, wanted), else_=standing)
    return session.scalars(
        insert.on_conflict_do_update(index_elements=["id"], set_={"seconds_ahead": later}).returning(standing)
    ).one()
