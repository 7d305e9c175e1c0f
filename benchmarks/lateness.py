"""How late a clock is, at its own cadence, with a thousand deadlines falling due over a minute: from due to committed.

The clock is the product's own command. Whether something is committed is seen from outside, twenty times a second.
"""

import os
import secrets
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from benchmarks import sweep
from benchmarks.clones import clone
from benchmarks.measuring import Figure
from workflows.store import engines, migrating
from workflows.store.models import Firing, Heartbeat

CASES, MINUTE, BAR = 1_000, 60.0, 2.0
LOOKS_PER_SECOND = 20
PATIENCE = 60
ROOT = Path(__file__).parent.parent

SPREAD = """UPDATE firing SET status = 'waiting', at = :begin + make_interval(secs => spread.number * :gap)
FROM (SELECT firing.id, row_number() OVER (ORDER BY firing.id) AS number FROM firing
JOIN deadline ON deadline.id = firing.deadline_id JOIN "case" ON "case".id = deadline.case_id
WHERE reference LIKE :copies AND name = 'evidence' AND kind = 'due') AS spread WHERE spread.id = firing.id"""


def figures(url: str) -> list[Figure]:
    """The figure, on an empty database at that address."""
    engine = engines.prepare(create_engine(url, **engines.options(url)))
    migrating.upgrade(engine)
    with Session(engine) as session:
        reference, _ = sweep.prepared(session)
        clone(session, reference=reference, times=CASES)
        with_clock = start(url)
        try:
            wait_for_the_clock(session)
            late = sorted(seen(session, spread(session, reference)))
        finally:
            with_clock.send_signal(signal.SIGTERM)
            with_clock.wait(PATIENCE)
    engine.dispose()
    p99, middle = late[int(len(late) * 0.99) - 1], late[len(late) // 2]
    return [Figure("timer_lateness_p99_s", p99, BAR, f"{CASES} over {MINUTE:.0f} s; median {middle:.2f} s")]


def start(url: str) -> subprocess.Popen[bytes]:
    """The product's own clock on that database."""
    settings = {"ACCORD_DATABASE_URL": url.replace("+psycopg", ""), "ACCORD_SECRET_KEY": secrets.token_hex()}
    command = [sys.executable, "-c", "from webapp.commands import main; main()", "clock"]
    return subprocess.Popen(command, env={**os.environ, **settings}, cwd=ROOT)  # noqa: S603 - our own command


def wait_for_the_clock(session: Session) -> None:
    """Until it has shown that it is alive."""
    for _ in range(PATIENCE * LOOKS_PER_SECOND):
        session.rollback()
        if session.scalars(select(Heartbeat.clock)).first():
            return
        time.sleep(1 / LOOKS_PER_SECOND)
    raise TimeoutError


def spread(session: Session, reference: str) -> dict[int, datetime]:
    """Let them fall due one after the other from now on; each with its instant."""
    begin = datetime.now(UTC) + timedelta(seconds=2)
    session.execute(text(SPREAD), {"begin": begin, "gap": MINUTE / CASES, "copies": f"{reference}-%"})
    session.commit()
    due = {row.id: row.at for row in session.execute(select(Firing.id, Firing.at).where(Firing.status == "waiting"))}
    assert len(due) == CASES
    return due


def seen(session: Session, due: dict[int, datetime]) -> list[float]:
    """How long after its instant each was first seen to be done, in seconds."""
    late: dict[int, float] = {}
    while len(late) < len(due):
        session.rollback()
        done = set(session.scalars(select(Firing.id).where(Firing.status == "fired")))
        now = datetime.now(UTC)
        for firing_id in (done & due.keys()) - late.keys():
            late[firing_id] = (now - due[firing_id]).total_seconds()
        assert now < max(due.values()) + timedelta(seconds=PATIENCE), "the clock does not get through"
        time.sleep(1 / LOOKS_PER_SECOND)
    return list(late.values())
