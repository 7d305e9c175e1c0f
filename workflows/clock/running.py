"""The process that ticks once a second, until it is told to stop."""

import logging
import os
import signal
import socket
import threading
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler

from workflows import front_door
from workflows.clock.daily import begin_day
from workflows.clock.demonstration import now
from workflows.clock.keeping import export_anchors
from workflows.clock.looking import Sessions, Tally
from workflows.clock.moving import move_cases
from workflows.clock.post import Post, go_out
from workflows.clock.ticking import tick
from workflows.domain.calendars import civil_day
from workflows.store import Session
from workflows.store import heartbeats as heartbeat_rows

log = logging.getLogger(__name__)

CADENCE_SECONDS = 1
POST_SECONDS = 3


class Beating:
    """What a clock does over and over: looks at what is due and, beside that, does the work of each new day. Neither
    waits for the other: a thousand steps that pass on at the turn of a day hold up no deadline."""

    def __init__(self, sessions: Sessions, *, demonstration: bool) -> None:
        self.sessions, self.demonstration = sessions, demonstration
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.day_done: date | None = None
        self.looked_at: datetime | None = None

    def now(self) -> datetime:
        """The instant: the real one, or the demonstration's own."""
        with self.sessions() as session:
            return now(session, demonstration=self.demonstration)

    def alive(self, lateness_ms: int | None = None) -> None:
        """Leave a sign of life."""
        with self.sessions() as session:
            front_door.perform(session, sign_of_life, clock=self.name, lateness_ms=lateness_ms)

    def beat(self) -> None:
        """Do what is due."""
        started = time.monotonic()
        try:
            at = self.now()
            tally = tick(self.sessions, at=at, alive=self.alive)
            self.alive(self.late(tally, at))
            self.looked_at = at
        except Exception:
            log.exception("The clock could not look; it looks again in a second")
        else:
            tell(tally, started)

    def late(self, tally: Tally, at: datetime) -> int | None:
        """How late the clock was, in milliseconds: never by more than since its last look. What was due before that
        and was not there yet has been planned since then, as the reminders of a meeting that is recorded weeks later.
        """
        if tally.lateness_ms is None or self.looked_at is None:
            return tally.lateness_ms
        return min(tally.lateness_ms, int((at - self.looked_at).total_seconds() * 1000))

    def begin_day(self) -> None:
        """Do the work of a new civil day, once it has begun; and once when the clock starts."""
        started = time.monotonic()
        try:
            at = self.now()
            if self.day_done == civil_day(at):
                return
            tally = begin_day(self.sessions, at=at)
            self.day_done = civil_day(at)
        except Exception:
            log.exception("The work of the day could not be begun; it is tried again in a second")
        else:
            tell(tally, started)


def tell(tally: Tally, started: float) -> None:
    """Say in the log what was done, if anything was."""
    if tally:
        log.info("Clock: %s in %.2f s", dict(tally.done), time.monotonic() - started)


def run(sessions: Sessions, *, demonstration: bool, post: Post | None = None, anchors: Path | None = None) -> None:
    """Run a clock until it is told to stop: look once a second, and leave a sign of life for /healthz. The work of a
    new day, what e-mail waits and cases that move to another release are done beside that, in threads of their own."""
    scheduler = BlockingScheduler(timezone=UTC, job_defaults={"max_instances": 1, "coalesce": True})
    stopping = threading.Event()
    beating = Beating(sessions, demonstration=demonstration)

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()
        scheduler.shutdown(wait=False)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    for job in (beating.beat, beating.begin_day):
        scheduler.add_job(job, "interval", seconds=CADENCE_SECONDS, next_run_time=datetime.now(UTC))
    moving = partial(move_cases, sessions, demonstration=demonstration, stopping=stopping.is_set)
    scheduler.add_job(moving, "interval", seconds=CADENCE_SECONDS)
    if post is not None:
        out = partial(go_out, sessions, post, demonstration=demonstration, stopping=stopping.is_set)
        scheduler.add_job(out, "interval", seconds=POST_SECONDS)
    if anchors is not None:
        scheduler.add_job(partial(export_anchors, sessions, anchors), "interval", hours=1, next_run_time=soon())
    scheduler.start()


def soon() -> datetime:
    """When the work of a new day has been done."""
    return datetime.now(UTC) + timedelta(minutes=1)


def sign_of_life(session: Session, *, clock: str, lateness_ms: int | None) -> None:
    """This clock is alive at this real instant. What it said last of its lateness stays while nothing is due."""
    heartbeat_rows.beat(session, clock=clock, now=datetime.now(UTC), lateness_ms=lateness_ms)
