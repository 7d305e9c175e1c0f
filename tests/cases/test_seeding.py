"""The demonstration seeds on any day of any year, fast, and everybody in it has something to show."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.databases import empty_sqlite, new_engine
from workflows import clock, seeding
from workflows.engine.releases import forget
from workflows.seeding.cast import BLACKPOOL, CUMBRIA
from workflows.store import begin_write
from workflows.store.models import Account, Case, Event, Firing, Incident, Message, Notice, Person, PlanVersion, Step

SOME_DAY = datetime(2026, 11, 20, 14, 25, tzinfo=UTC)
DAYS = (
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
    datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    datetime(2027, 12, 31, 23, 59, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
)
"""The clocks going forward and back, the end of a year, a day that most years do not have."""

FASTEST = 30
"""Seconds, on a machine that does much else; a few on one that does not."""


def seed(engine: Engine, at: datetime) -> float:
    """Seed an empty database as if it were that instant. Returns the seconds it took."""
    started = time.monotonic()
    with Session(engine) as session:
        begin_write(session)
        assert not seeding.is_seeded(session)
        seeding.seed_demonstration(session, password_hash="hash", now=at)
        session.commit()
        assert seeding.is_seeded(session)
    return time.monotonic() - started


@pytest.mark.slow
def test_the_demonstration_is_there_in_seconds_with_every_persona(engine: Engine) -> None:
    assert seed(engine, SOME_DAY) < FASTEST
    with Session(engine) as session:
        names = set(session.scalars(select(Person.name).join(Account, Account.person_id == Person.id)))
        assert names == {part.name for company in (CUMBRIA, BLACKPOOL) for part in company.parts}
        assert None not in set(session.scalars(select(Account.persona)))
        assert session.scalars(select(Incident)).all() == []


@pytest.mark.slow
def test_the_stories_are_the_same_on_any_day(tmp_path: Path) -> None:
    told = {}
    for at in DAYS:
        folder = tmp_path / f"{at:%Y-%m-%d}"
        folder.mkdir()
        engine = new_engine(empty_sqlite(folder))
        forget()
        seed(engine, at)
        told[at] = state_of(engine)
        check_times(engine, at)
        engine.dispose()
    assert [told[at] for at in DAYS] == [told[DAYS[0]]] * len(DAYS)


def state_of(engine: Engine) -> tuple[list[str], ...]:
    """What waits for whom, which plans there are, what waits in the outbox."""
    with Session(engine) as session:
        waiting = select(Step.element, Person.name).join(Case, Case.id == Step.case_id)
        waiting = waiting.join(Person, Person.id == Case.subject_id).where(Step.status == "open")
        return (
            sorted(f"{name}: {element}" for element, name in session.execute(waiting)),
            sorted(session.scalars(select(PlanVersion.status))),
            sorted(session.scalars(select(Message.name).where(Message.status == "waiting"))),
        )


def check_times(engine: Engine, at: datetime) -> None:
    """Nothing happens in the future, or before its case; the clock finds nothing left to do."""
    with Session(engine) as session:
        for told in (Event.at, Notice.written_at, Case.opened_at, Step.opened_at):
            assert [one for one in session.scalars(select(told)) if one > at] == []
        for case in session.scalars(select(Case)):
            times = list(session.scalars(select(Event.at).where(Event.case_id == case.id).order_by(Event.number)))
            assert times[0] >= case.opened_at
            assert times == sorted(times)
        assert session.scalars(select(Firing).where(Firing.status == "waiting", Firing.at <= at)).all() == []
    assert not clock.tick(lambda: Session(engine), at=at).done["failed"]
