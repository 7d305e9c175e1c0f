"""Ten thousand deadlines that are due at once, each with a timer drawn for it that moves its case: how fast clocks get
through them, and whether each happens once although a clock is killed half-way.

Clocks are processes of their own, as `accord clock` runs them. Each round begins on fresh copies of one Blackpool case
that waits for evidence: the day before the meeting the step goes and the meeting's record opens.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, select, text, update
from sqlalchemy.orm import Session

from benchmarks.clones import clone
from benchmarks.measuring import Figure
from workflows import releases
from workflows.seeding import scenes
from workflows.seeding.cast import BLACKPOOL, engage
from workflows.seeding.driver import Driver
from workflows.seeding.stories import plan_the_round, plan_the_team
from workflows.store import engines, migrating
from workflows.store.models import Case, Deadline, Firing

CASES = 10_000
PER_SECOND, TWO_CLOCKS = 300.0, 1.2
ROOT = Path(__file__).parent.parent
DEADLINE = "evidence"
PATIENCE = 600


def figures(url: str) -> list[Figure]:
    """The figures of the sweep, on an empty database at that address."""
    engine = engines.prepare(create_engine(url, **engines.options(url)))
    migrating.upgrade(engine)
    with Session(engine) as session:
        reference, due = prepared(session)
        one = swept(session, url, reference, due, clocks=1)
        two = swept(session, url, reference, due, clocks=2)
        wrong = killed(session, url, reference, due)
    engine.dispose()
    return [
        Figure("sweep_per_second", CASES / one, PER_SECOND, f"{CASES} in {one:.1f} s", least=True),
        Figure("sweep_two_clocks", one / two, TWO_CLOCKS, f"{one:.1f} s alone, {two:.1f} s together", least=True),
        Figure("sweep_wrong", wrong, 0, f"of {CASES}, one of two clocks killed half-way"),
    ]


def prepared(session: Session) -> tuple[str, datetime]:
    """A case that waits for evidence, made by the verbs, and the instant at which its time is up. Nothing of it is
    left to the clock."""
    now = datetime.now(UTC)
    cast = engage(session, company=replace(BLACKPOOL, units=()), password_hash="", on=now.date())
    releases.ship(session, trust=cast.trust, now=now)
    story = Driver(session, cast, now, now + timedelta(days=60))
    plan_the_round(story)
    plan_the_team(story, absent="")
    doctor = story.members()[0]
    scenes.prepare(story, doctor, pas="10", bare=("dcc-2", "dcc-4"))
    scenes.book(story, doctor, days=30)
    reference = story.case_of(doctor)
    case = session.scalars(select(Case).where(Case.reference == reference)).one()
    due = session.scalars(select(Deadline).where(Deadline.case_id == case.id, Deadline.name == DEADLINE)).one()
    session.execute(update(Firing).where(Firing.status == "waiting").values(status="void"))
    session.commit()
    return reference, due.due_at


def copies(session: Session, reference: str, number: int) -> str:
    """Fresh copies for a round; what their references begin with. Those of the round before are done and stay."""
    clone(session, reference=reference, times=CASES, mark=f"-{number}")
    session.execute(text(WAITING), {"copies": f"{reference}-{number}-%"})
    session.commit()
    return f"{reference}-{number}"


def swept(session: Session, url: str, reference: str, due: datetime, *, clocks: int) -> float:
    """How long so many clocks take together, in seconds, from their common start until nothing is due."""
    theirs = copies(session, reference, clocks)
    running = [start(url, due) for _ in range(clocks)]
    began = time.perf_counter()
    go(running)
    for clock in running:
        assert clock.wait(PATIENCE) == 0, "a clock has failed"
    took = time.perf_counter() - began
    assert not missed_or_doubled(session, theirs)
    return took


def killed(session: Session, url: str, reference: str, due: datetime) -> int:
    """How many firings are missed or doubled when one of two clocks is killed half-way and the other goes on."""
    theirs = copies(session, reference, 3)
    victim, other = running = [start(url, due) for _ in range(2)]
    go(running)
    while fired(session, theirs) < CASES / 2:
        time.sleep(0.1)
    victim.kill()
    victim.wait(PATIENCE)
    assert other.wait(PATIENCE) == 0, "a clock has failed"
    # What the killed clock had in hand when the other found nothing left is done by the next look.
    last = start(url, due)
    go([last])
    assert last.wait(PATIENCE) == 0
    return missed_or_doubled(session, theirs)


def start(url: str, due: datetime) -> subprocess.Popen[str]:
    """A clock that waits for the word to begin."""
    clock = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "benchmarks.one_clock", json.dumps([url, due.isoformat()])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert clock.stdout is not None
    assert clock.stdout.readline() == "ready\n"
    return clock


def go(clocks: Sequence[subprocess.Popen[str]]) -> None:
    """Let them begin."""
    for clock in clocks:
        assert clock.stdin is not None
        clock.stdin.write("go\n")
        clock.stdin.close()


def fired(session: Session, reference: str) -> int:
    """How many have been done so far."""
    return counted(session, FIRED, reference)


def missed_or_doubled(session: Session, reference: str) -> int:
    """How many copies have not been moved exactly once: one line of each kind, and the next step open once."""
    return counted(session, WRONG, reference)


WAITING = """UPDATE firing SET status = 'waiting' FROM deadline JOIN "case" ON "case".id = deadline.case_id
WHERE deadline.id = firing.deadline_id AND reference LIKE :copies AND name = 'evidence' AND kind = 'due'"""
FIRED = """SELECT count(*) FROM firing JOIN deadline ON deadline.id = firing.deadline_id
JOIN "case" ON "case".id = deadline.case_id WHERE reference LIKE :copies AND firing.status = 'fired'"""
WRONG = """SELECT count(*) FROM "case" WHERE reference LIKE :copies AND (
1 <> (SELECT count(*) FROM event WHERE case_id = "case".id AND kind = 'deadline_missed') OR
1 <> (SELECT count(*) FROM event WHERE case_id = "case".id AND kind = 'timer_fired') OR
1 <> (SELECT count(*) FROM step WHERE case_id = "case".id AND element = 'record_meeting' AND status = 'open'))"""


def counted(session: Session, question: str, reference: str) -> int:
    """The answer to a question about the copies, as it is now."""
    session.rollback()
    return int(session.execute(text(question), {"copies": f"{reference}-%"}).scalar_one())
