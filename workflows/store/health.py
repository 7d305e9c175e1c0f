"""Whether the database answers, and when a clock last showed itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from workflows.store import heartbeats


@dataclass(frozen=True)
class Signs:
    """`beaten_at` is real time; None if no clock ever beat or the database does not answer."""

    database: bool
    beaten_at: datetime | None
    lateness_ms: int | None


def signs(session: Session) -> Signs:
    """Ask the database for the newest sign of life; that it fails is an answer too."""
    try:
        beat = heartbeats.latest(session)
    except SQLAlchemyError:
        return Signs(database=False, beaten_at=None, lateness_ms=None)
    return Signs(True, beat.beaten_at, beat.lateness_ms) if beat else Signs(True, None, None)
