"""The migrations lead to exactly the tables that the code expects, and back."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from tests.databases import bare_postgres, new_engine
from workflows.store import migrating, versions
from workflows.store.models import Base

ADD_PERSON = """INSERT INTO person (id, trust_id, name, email, not_medical)
    VALUES (1, 1, 'Dr Amina Osei', 'amina.osei@cpft.example', false)"""
ADD_PLAN = """INSERT INTO plan_version (trust_id, person_id, number, status, content, effective_from, written_at)
    VALUES (1, 1, :number, :status, '{}', :starts, '2027-01-01 09:00:00+00:00')"""


@pytest.fixture(params=["sqlite", "postgres"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An engine on a database without tables."""
    url = f"sqlite:///{tmp_path}/bare.sqlite3" if request.param == "sqlite" else bare_postgres("bare")
    return new_engine(url)


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_migrated_tables_are_those_of_the_models(bare: Engine) -> None:
    migrating.upgrade(bare)
    assert tables(bare) == set(Base.metadata.tables)
    assert migrating.differences(bare) == []
    bare.dispose()


def test_a_difference_between_tables_and_models_is_found(bare: Engine) -> None:
    migrating.upgrade(bare)
    with bare.begin() as connection:
        connection.execute(text("DROP INDEX ix_fact_case_id_key"))
    assert [kind for kind, *_ in migrating.differences(bare)] == ["add_index"]
    bare.dispose()


def test_checks_of_statuses_are_migrated_too(bare: Engine) -> None:
    migrating.upgrade(bare)
    expected = {
        constraint.name
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if str(constraint.name).startswith("ck_")
    }
    found = {check["name"] for table in tables(bare) for check in inspect(bare).get_check_constraints(table)}
    assert expected
    assert expected <= found
    bare.dispose()


def test_migrating_twice_changes_nothing(bare: Engine) -> None:
    migrating.upgrade(bare)
    migrating.upgrade(bare)
    assert migrating.differences(bare) == []
    bare.dispose()


def test_migrations_lead_back_to_nothing(bare: Engine) -> None:
    migrating.upgrade(bare)
    migrating.downgrade(bare, revision="base")
    assert tables(bare) == set()
    bare.dispose()


def test_plans_keep_their_state_forth_and_back_and_one_of_a_doctor_is_in_force_as_before(bare: Engine) -> None:
    migrating.upgrade(bare, revision="0003_due_firings")
    with bare.begin() as connection:
        connection.execute(text("INSERT INTO trust (id, key, name, policy) VALUES (1, 'CPFT', 'Cumbria', 'cumbria')"))
        connection.execute(text(ADD_PERSON))
        connection.execute(text(ADD_PLAN), {"number": 1, "status": "in_force", "starts": "2026-04-01"})
    migrating.upgrade(bare)
    with bare.begin() as connection:
        for number, starts in ((2, "2027-04-01"), (3, "2027-06-01")):
            connection.execute(text(ADD_PLAN), {"number": number, "status": "agreed", "starts": starts})
    with bare.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text(ADD_PLAN), {"number": 4, "status": "in_force", "starts": "2027-07-01"})
    migrating.downgrade(bare, revision="0003_due_firings")
    with bare.connect() as connection:
        found = connection.execute(text("SELECT status FROM plan_version ORDER BY number")).scalars().all()
    assert found == ["superseded", "in_force", "superseded"], "the release before knows one that counts, at once"
    bare.dispose()


def test_the_next_revision_is_written_from_what_the_models_have_more(tmp_path: Path) -> None:
    directory = tmp_path / "migrations"
    shutil.copytree(migrating.DIRECTORY, directory, ignore=shutil.ignore_patterns("__pycache__"))
    first = directory / "versions" / "0001_first_tables.py"
    drawn = first.read_text(encoding="utf-8")
    lacking = drawn.replace('sa.Column("queue", sa.String(), nullable=False),', "")
    assert lacking != drawn
    first.write_text(lacking, encoding="utf-8")
    migrating.write_revision("0099_queues", "Steps that nobody may do.", directory=directory)
    written = (directory / "versions" / "0099_queues.py").read_text(encoding="utf-8")
    assert '"""Steps that nobody may do."""' in written
    assert "sa.Column('queue', sa.String(), nullable=False)" in written
    assert f"down_revision = '{versions.expected()}'" in written


def test_foreign_keys_count_again_after_a_migration(tmp_path: Path) -> None:
    engine = new_engine(f"sqlite:///{tmp_path}/bare.sqlite3")
    migrating.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    engine.dispose()
