"""Whether the installation is well: its database answers and a clock is alive; and a few figures for machines."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version

from workflows.domain.timings import percentile
from workflows.inbox import Session
from workflows.store import health, incidents, timings, versions

SILENT_AFTER = timedelta(seconds=30)
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Figures:
    """What a monitor watches, of all trusts. `submit_p95_ms` is of the last hour; None where nobody sent anything."""

    tables: str
    incidents_open: int
    mail_waiting: int
    mail_oldest_seconds: float | None
    mail_given_up: int
    submit_p95_ms: int | None


@dataclass(frozen=True)
class Health:
    """`last_beat_seconds` is None if no clock ever beat; `lateness_ms` is how late the last firing was."""

    well: bool
    database: bool
    last_beat_seconds: float | None
    lateness_ms: int | None
    figures: Figures | None = None


def code_version() -> str:
    """The version of the code."""
    try:
        return version("accord")
    except PackageNotFoundError:
        return "unknown"


def health_of(session: Session, *, real_now: datetime) -> Health:
    """The state of the installation at a real instant: a clock that has been silent for 30 s is not well."""
    signs = health.signs(session)
    silent_for = real_now - signs.beaten_at if signs.beaten_at else None
    return Health(
        well=signs.database and silent_for is not None and silent_for <= SILENT_AFTER,
        database=signs.database,
        last_beat_seconds=round(silent_for.total_seconds(), 1) if silent_for is not None else None,
        lateness_ms=signs.lateness_ms,
        figures=_figures(session, real_now) if signs.database else None,
    )


def _figures(session: Session, real_now: datetime) -> Figures:
    post = health.post(session, since=real_now - A_DAY)
    return Figures(
        tables=versions.of_tables(session),
        incidents_open=incidents.count_open(session),
        mail_waiting=post.waiting,
        mail_oldest_seconds=round((real_now - post.oldest).total_seconds(), 1) if post.oldest else None,
        mail_given_up=post.given_up,
        submit_p95_ms=percentile(timings.counted(session, since=real_now - AN_HOUR), 0.95),
    )
