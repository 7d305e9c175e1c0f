"""Ten thousand running cases and a newer release: how many a second are judged for the page that says what may move,
and how many a second one clock moves.

The cases are copies of one Blackpool case that waits for evidence; the newer release gives other names to all steps of
its diagram and more time for the evidence, so that every moved case has rows to change besides its state.
"""

import re
import time
from datetime import UTC, datetime

from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.clones import clone
from benchmarks.measuring import Figure
from benchmarks.sweep import prepared
from workflows import front_door, releases
from workflows.cases import Actor
from workflows.clock.moving import move_waiting
from workflows.domain.roles import Role
from workflows.inbox import Viewer
from workflows.store import engines, migrating
from workflows.store.models import Event, Person, Post, Trust
from workflows.studio import impact, moving
from workflows.studio.impact import Filters

CASES, MOVED = 10_000, 2_000
IMPACT_PER_SECOND, MOVE_PER_SECOND = 500.0, 100.0
DIAGRAM = "processes/individual_planning.bpmn"


def figures(url: str) -> list[Figure]:
    """The figures of moving, on an empty database at that address."""
    engine = engines.prepare(create_engine(url, **engines.options(url)))
    migrating.upgrade(engine)
    with Session(engine) as session:
        reference, _ = prepared(session)
        owner, number = drawn_anew(session)
        clone(session, reference=reference, times=CASES)
        judged = seconds_to_judge(session, owner, number)
        begun(session, owner, number)
        session.close()
        took = seconds_to_move(sessionmaker(engine))
        session.rollback()
        done = session.scalars(select(func.count()).select_from(Event).where(Event.kind == "case_moved")).one()
        assert done == MOVED, f"{done} have been moved"
    engine.dispose()
    return [
        Figure("impact_per_second", CASES / judged, IMPACT_PER_SECOND, f"{CASES} in {judged:.2f} s", least=True),
        Figure("move_per_second", MOVED / took, MOVE_PER_SECOND, f"{MOVED} in {took:.1f} s, one clock", least=True),
    ]


def drawn_anew(session: Session) -> tuple[Viewer, int]:
    """Publish the newer release; who owns the processes, and its number."""
    trust = session.scalars(select(Trust)).one()
    owner = Person(trust_id=trust.id, name="Joan Threlfall", email="joan.threlfall@bench.example", not_medical=True)
    session.add(owner)
    session.flush()
    day = datetime(2020, 1, 1, tzinfo=UTC).date()
    session.add(Post(trust_id=trust.id, person_id=owner.id, role=Role.PROCESS_OWNER.value, starts_on=day))
    files = dict(releases.published(session, trust_id=trust.id).files)
    files[DIAGRAM] = re.sub(r'(<bpmn:userTask [^>]*name=")', r"\1Now: ", files[DIAGRAM])
    release = releases.ship(session, trust=trust, now=datetime.now(UTC), files=files)
    session.commit()
    return Viewer(owner.id, trust.id, frozenset({Role.PROCESS_OWNER})), release.number


def seconds_to_judge(session: Session, owner: Viewer, number: int) -> float:
    """How long the page of a release takes to say what becomes of every running case, when nothing is known yet."""
    began = time.perf_counter()
    page = impact.of_release(session, viewer=owner, number=number, filters=Filters(), page=1, now=datetime.now(UTC))
    took = time.perf_counter() - began
    assert page.totals["can"] > CASES, page.totals
    session.rollback()
    return took


def begun(session: Session, owner: Viewer, number: int) -> None:
    """A batch of some of them."""
    filters = Filters(process="individual_planning")
    page = impact.of_release(session, viewer=owner, number=number, filters=filters, page=1, now=datetime.now(UTC))
    first = min(row.id for row in page.rows)
    front_door.perform(
        session,
        moving.begin,
        by=Actor(owner.person_id, owner.trust_id),
        number=number,
        chosen=range(first, first + MOVED),
        filters=Filters(),
        because="A benchmark",
        now=datetime.now(UTC),
    )


def seconds_to_move(sessions: sessionmaker[Session]) -> float:
    """How long one clock takes for the batch."""
    began = time.perf_counter()
    move_waiting(sessions, at=datetime.now(UTC))
    return time.perf_counter() - began
