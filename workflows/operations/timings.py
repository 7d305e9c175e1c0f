"""Keeping what the web has counted of its submits."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from workflows.store import Session
from workflows.store import health as health_rows
from workflows.store import timings as timing_rows

KEPT_FOR = timedelta(days=30)
CLOCKS_FOR = timedelta(days=7)


def keep(session: Session, *, minute: datetime, server: str, counts: Mapping[str, int]) -> None:
    """Keep what one process of the web has counted. `counts` are by the step of the scale."""
    timing_rows.add(session, minute=minute, server=server, counts=counts)


def forget(session: Session, *, now: datetime) -> None:
    """Take away what is too old to be asked for, and clocks that ended long ago."""
    timing_rows.forget(session, before=now - KEPT_FOR)
    health_rows.forget_clocks(session, after=CLOCKS_FOR)
