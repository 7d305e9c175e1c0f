"""The process that ticks once a second, until it is told to stop."""

import logging
import os
import signal
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler

from workflows import front_door
from workflows.clock.demonstration import now
from workflows.clock.keeping import export_anchors
from workflows.clock.looking import Sessions
from workflows.clock.post import Post, go_out
from workflows.clock.ticking import tick
from workflows.store import Session
from workflows.store import heartbeats as heartbeat_rows

log = logging.getLogger(__name__)

CADENCE_SECONDS = 1
POST_SECONDS = 3


def run(sessions: Sessions, *, demonstration: bool, post: Post | None = None, anchors: Path | None = None) -> None:
    """Run a clock until it is told to stop: look once a second, and leave a sign of life for /healthz. What e-mail
    waits is sent beside that, in a thread of its own."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    scheduler = BlockingScheduler(timezone=UTC)
    stopping = threading.Event()
    before = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)

    def alive(lateness_ms: int | None = None) -> None:
        with sessions() as session:
            front_door.perform(session, sign_of_life, clock=name, lateness_ms=lateness_ms)

    def beat() -> None:
        nonlocal before
        started = time.monotonic()
        try:
            with sessions() as session:
                at = now(session, demonstration=demonstration)
            tally = tick(sessions, at=at, since=before, alive=alive)
            before = at
            alive(tally.lateness_ms)
        except Exception:
            log.exception("The clock could not look; it looks again in a second")
            return
        if tally:
            log.info("Clock: %s in %.2f s", dict(tally.done), time.monotonic() - started)

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()
        scheduler.shutdown(wait=False)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    scheduler.add_job(
        beat, "interval", seconds=CADENCE_SECONDS, max_instances=1, coalesce=True, next_run_time=datetime.now(UTC)
    )
    if post is not None:
        out = partial(go_out, sessions, post, demonstration=demonstration, stopping=stopping.is_set)
        scheduler.add_job(out, "interval", seconds=POST_SECONDS, max_instances=1, coalesce=True)
    if anchors is not None:
        scheduler.add_job(partial(export_anchors, sessions, anchors), "interval", hours=1, next_run_time=soon())
    scheduler.start()


def soon() -> datetime:
    """When the work of a new day has been done."""
    return datetime.now(UTC) + timedelta(minutes=1)


def sign_of_life(session: Session, *, clock: str, lateness_ms: int | None) -> None:
    """This clock is alive at this real instant. What it said last of its lateness stays while nothing is due."""
    heartbeat_rows.beat(session, clock=clock, now=datetime.now(UTC), lateness_ms=lateness_ms)
