"""The state of the installation as the Medical Directorate sees it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflows.domain.errors import NotAllowed
from workflows.domain.roles import Role
from workflows.domain.timings import percentile
from workflows.inbox import Session, Viewer
from workflows.inbox.health import A_DAY, AN_HOUR, SILENT_AFTER, code_version
from workflows.store import anchors, health, incidents, timings, versions
from workflows.store.health import Clock, Post
from workflows.store.timings import Lateness

__all__ = ["Lateness", "Status", "Submits", "status"]

A_WEEK = timedelta(days=7)
BACKUP_EVERY = timedelta(days=2)
"""A backup older than that is said to be missing: one a day, and a day's grace."""


class NotForYou(NotAllowed):
    """The state of the installation is shown to the {medical_directorate}."""


@dataclass(frozen=True)
class Submits:
    """How many forms were sent in a period, and within how many milliseconds 95 in 100 were answered."""

    number: int
    p95_ms: int | None


@dataclass(frozen=True)
class Status:
    """Everything on the page. `wrong` names what needs somebody: keys that the page has words for."""

    well: bool
    wrong: tuple[str, ...]
    last_hour: Submits
    last_day: Submits
    lateness_day: Lateness
    lateness_week: Lateness
    clocks: tuple[Clock, ...]
    silent: tuple[Clock, ...]
    post: Post
    incidents_open: int
    size: int | None
    code: str
    tables: str
    tables_expected: str
    last_backup: datetime | None
    last_anchor: date | None


def status(session: Session, *, viewer: Viewer, now: datetime, real_now: datetime) -> Status:
    """The state at a real instant; `now` is that of the trust's calendar, which a demonstration moves.

    Raises NotForYou.
    """
    if Role.MEDICAL_DIRECTORATE not in viewer.roles:
        raise NotForYou
    seen = health.clocks(session, since=real_now - A_DAY)
    anchor = anchors.newest(session, trust_id=viewer.trust_id)
    found = Status(
        well=True,
        wrong=(),
        last_hour=_submits(session, real_now - AN_HOUR),
        last_day=_submits(session, real_now - A_DAY),
        lateness_day=timings.lateness(session, since=now - A_DAY, until=now, share=0.99),
        lateness_week=timings.lateness(session, since=now - A_WEEK, until=now, share=0.99),
        clocks=tuple(clock for clock in seen if real_now - clock.beaten_at <= SILENT_AFTER),
        silent=tuple(clock for clock in seen if real_now - clock.beaten_at > SILENT_AFTER),
        post=health.post(session, since=now - A_WEEK, trust_id=viewer.trust_id),
        incidents_open=incidents.count_open(session, trust_id=viewer.trust_id),
        size=versions.size(session),
        code=code_version(),
        tables=versions.of_tables(session),
        tables_expected=versions.expected(),
        last_backup=health.last_backup(session, trust_id=viewer.trust_id),
        last_anchor=anchor.day if anchor else None,
    )
    wrong = _wrong(found, now, real_now)
    return Status(**{**vars(found), "well": not wrong, "wrong": wrong})


def _submits(session: Session, since: datetime) -> Submits:
    counts = timings.counted(session, since=since)
    return Submits(sum(counts.values()), percentile(counts, 0.95))


def _wrong(found: Status, now: datetime, real_now: datetime) -> tuple[str, ...]:
    oldest = found.post.oldest
    signs = {
        "clock": not found.clocks,
        "incidents": found.incidents_open > 0,
        "post": oldest is not None and now - oldest > AN_HOUR,
        "given_up": found.post.given_up > 0,
        "tables": found.tables != found.tables_expected,
        "backup": found.last_backup is None or real_now - found.last_backup > BACKUP_EVERY,
    }
    return tuple(key for key, is_wrong in signs.items() if is_wrong)
