"""Whether the installation is well: its database answers and a clock is alive."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.inbox import Session
from workflows.store import health

SILENT_AFTER = timedelta(seconds=30)


@dataclass(frozen=True)
class Health:
    """`last_beat_seconds` is None if no clock ever beat; `lateness_ms` is how late the last firing was."""

    well: bool
    database: bool
    last_beat_seconds: float | None
    lateness_ms: int | None


def health_of(session: Session, *, real_now: datetime) -> Health:
    """The state of the installation at a real instant: a clock that has been silent for 30 s is not well."""
    signs = health.signs(session)
    silent_for = real_now - signs.beaten_at if signs.beaten_at else None
    return Health(
        well=signs.database and silent_for is not None and silent_for <= SILENT_AFTER,
        database=signs.database,
        last_beat_seconds=round(silent_for.total_seconds(), 1) if silent_for is not None else None,
        lateness_ms=signs.lateness_ms,
    )
