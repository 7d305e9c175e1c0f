"""What the product asks of each database, and how transactions begin."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from tests.databases import new_engine
from tests.factories import NOW, TODAY, World, add_person, open_case, write_fact
from tests.store.threads import at_once
from workflows.store import begin_write, is_race, taking
from workflows.store.models import Case, Fact, Json, Trust


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("busy_timeout", 30_000)],
)
def test_the_embedded_database_is_safe_and_patient(database_url: str, pragma: str, value: object) -> None:
    engine = new_engine(database_url)
    with engine.connect() as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value
    engine.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_locked_file_is_a_race(session: Session, engine: Engine) -> None:
    impatient = new_engine(str(engine.url))
    with impatient.connect() as other:
        other.exec_driver_sql("PRAGMA busy_timeout = 1")
        other.rollback()
        with pytest.raises(Exception, match="locked") as locked:
            other.execution_options(accord_write=True).execute(text("SELECT 1"))
    assert is_race(locked.value)
    impatient.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_writers_of_the_embedded_database_wait_for_their_turn(session: Session, world: World, engine: Engine) -> None:
    case_id = open_case(session, world.cpft).id
    session.commit()
    races = []

    def read_then_write(own: Session) -> int:
        try:
            own.get_one(Case, case_id)
            own.add(Fact(case_id=case_id, key="note", value="x", type="text", written_at=NOW))
            own.flush()
        except Exception as fault:
            races.append(fault)
            raise
        return 1

    assert sum(at_once(engine, read_then_write, threads=8, times=25)) == 200
    assert races == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_readers_of_the_embedded_database_do_not_wait_for_a_writer(
    session: Session, world: World, engine: Engine
) -> None:
    begin_write(session)
    add_person(session, trust=world.cpft.trust, name="Yusuf Demir")
    with Session(engine) as reader:
        assert reader.query(Trust).count() == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_transaction_that_writes_is_opened_before_the_first_change(session: Session) -> None:
    session.add(Trust(key="NEW", name="New", policy="cumbria"))
    with pytest.raises(RuntimeError, match="before the first change"):
        begin_write(session)


def test_what_was_read_before_writing_is_read_again(session: Session, world: World, engine: Engine) -> None:
    """The web reads who is signed in before its verb begins to write."""
    with Session(engine) as web, Session(engine) as other:
        trust = web.get_one(Trust, world.cpft.trust.id)
        assert trust.name == "Cumbria Partnership"
        session.rollback()
        begin_write(other)
        other.get_one(Trust, trust.id).name = "Renamed"
        other.commit()
        begin_write(web)
        web.refresh(trust)
        assert trust.name == "Renamed"
        trust.policy = "national_england"
        web.commit()


@pytest.mark.parametrize(
    "value", [None, True, 0, 2.5, "Zoë", [1, 2], {"group": "dcc", "present": [1, 2]}, [], {}, "", False]
)
def test_a_value_comes_back_as_it_was_written(session: Session, world: World, value: Json) -> None:
    case = open_case(session, world.cpft)
    write_fact(session, case, "anything", value)
    session.commit()
    [fact] = taking.take(session, case_ids=[case.id], today=TODAY)[case.id].facts
    assert fact.value == value
    assert type(fact.value) is type(value)


def test_an_instant_comes_back_in_utc_whatever_zone_it_was_said_in(session: Session, world: World) -> None:
    summer = timezone(timedelta(hours=1))
    case = open_case(session, world.cpft, at=datetime(2027, 7, 1, 0, 30, tzinfo=summer))
    session.commit()
    assert case.opened_at == datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    assert case.opened_at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(session: Session, world: World) -> None:
    with pytest.raises(Exception, match="time zone"):
        open_case(session, world.cpft, at=datetime(2027, 7, 1, 0, 30))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_page_that_only_reads_leaves_what_is_prepared_for_the_next(engine: Engine, world: World) -> None:
    prepared = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%what_pages_ask%'")
    for _ in range(10):
        with Session(engine) as page:
            page.execute(text("SELECT name AS what_pages_ask FROM trust"))
    with Session(engine) as page:
        assert page.execute(prepared).scalar_one() == 1


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_transaction_that_failed_is_rolled_back_and_the_connection_goes_on(engine: Engine, world: World) -> None:
    with Session(engine) as one:
        one.execute(text("UPDATE trust SET name = 'Another'"))
        with pytest.raises(ProgrammingError):
            one.execute(text("SELECT nothing"))
        one.rollback()
        assert "Another" not in one.execute(text("SELECT name FROM trust")).scalars().all()
