"""Whether the database answers, when the clocks last showed themselves, and what waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from workflows.store import heartbeats
from workflows.store.models import Act, Heartbeat, Mail


@dataclass(frozen=True)
class Signs:
    """`beaten_at` is real time; None if no clock ever beat or the database does not answer."""

    database: bool
    beaten_at: datetime | None
    lateness_ms: int | None


class Clock(NamedTuple):
    """A clock process and its last sign of life."""

    clock: str
    beaten_at: datetime
    lateness_ms: int


class Post(NamedTuple):
    """E-mails that wait, since when the oldest does, and how many were given up in the period that was asked for."""

    waiting: int
    oldest: datetime | None
    given_up: int


def signs(session: Session) -> Signs:
    """Ask the database for the newest sign of life; that it fails is an answer too."""
    try:
        beat = heartbeats.latest(session)
    except SQLAlchemyError:
        return Signs(database=False, beaten_at=None, lateness_ms=None)
    return Signs(True, beat.beaten_at, beat.lateness_ms) if beat else Signs(True, None, None)


def clocks(session: Session, *, since: datetime) -> list[Clock]:
    """The clocks that have shown themselves since then, the newest sign first."""
    wanted = (
        select(Heartbeat.clock, Heartbeat.beaten_at, Heartbeat.lateness_ms)
        .where(Heartbeat.beaten_at >= since)
        .order_by(Heartbeat.beaten_at.desc(), Heartbeat.clock)
    )
    return [Clock._make(row) for row in session.execute(wanted)]


def forget_clocks(session: Session, *, after: timedelta) -> None:
    """Take away clocks that were silent for so long when the newest sign came: each start of a clock is a new one."""
    newest = heartbeats.latest(session)
    if newest is not None:
        session.execute(delete(Heartbeat).where(Heartbeat.beaten_at < newest.beaten_at - after))


def post(session: Session, *, since: datetime, trust_id: int | None = None) -> Post:
    """The e-mail of a trust, or of all. `since` bounds what was given up."""
    ours = [Mail.trust_id == trust_id] if trust_id else []
    waits = select(func.count(), func.min(Mail.written_at)).where(Mail.status == "waiting", *ours)
    waiting, oldest = session.execute(waits).one()
    gone = select(func.count()).select_from(Mail).where(Mail.status == "given_up", Mail.written_at >= since, *ours)
    return Post(waiting, oldest, session.scalars(gone).one())


def last_backup(session: Session, *, trust_id: int) -> datetime | None:
    """When `accord backup` was last run, as the trust's acts say."""
    wanted = select(Act.at).where(Act.trust_id == trust_id, Act.kind == "backup_made")
    return session.scalar(wanted.order_by(Act.number.desc()).limit(1))
