"""The drill: a backup made while people work comes back whole, in either database, and its cases go on."""

import json
import re
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.cases import sketches
from tests.cases.conftest import SQLITE
from tests.cases.walk import Walk
from tests.databases import bare_postgres, new_engine
from tests.factories import write_fact
from workflows import front_door
from workflows.engine import history
from workflows.engine.history import Happening
from workflows.operations import audit, backups
from workflows.store import cases, migrating, taking, versions
from workflows.store.models import Base, Document, Fact


def stamp(engine: Engine) -> None:
    """The tables of tests are made at once; say of them what a migration would."""
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text(f"INSERT INTO alembic_version VALUES ('{versions.expected()}')"))


@pytest.fixture
def site(cpft: Walk) -> Iterator[Walk]:
    """An installation with a case that waits, a document, and tables that know their version."""
    stamp(cpft.engine)
    reference = sketches.run(cpft, sketches.FAULTY, checked=False)
    cpft.done = [reference]
    with cpft.session() as session:
        case = cpft.case(reference)
        document = Document(
            trust_id=case.trust_id,
            case_id=case.id,
            stage=case.process,
            title="Letter",
            name="=cmd.pdf",
            type="application/pdf",
            size=4,
            sha256="0",
            content=b"\x00\xff\x80%",
            scan="not_scanned",
            by_id=cpft.house.doctor.id,
            at=cpft.at,
            removed_at=None,
        )
        session.add(document)
        session.commit()
    yield cpft
    with cpft.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))


@pytest.fixture(params=["sqlite", "postgres"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of either kind, with its tables."""
    url = f"sqlite:///{tmp_path}/elsewhere.sqlite3" if request.param == "sqlite" else bare_postgres("elsewhere")
    engine = new_engine(url)
    migrating.upgrade(engine)
    yield engine
    engine.dispose()


def make(walk: Walk, file: Path) -> backups.Manifest:
    with walk.session() as session:
        return backups.back_up(session, file=file, now=walk.at)


def restore(engine: Engine, walk: Walk, file: Path) -> backups.Manifest:
    with Session(engine) as session:
        return front_door.perform(session, backups.restore, file=file, now=walk.at)


def counts(engine: Engine) -> dict[str, int]:
    with Session(engine) as session:
        return backups.counts(session)


def keep_busy(walk: Walk, case_id: int, stop: threading.Event, started: threading.Event) -> None:
    """Somebody who goes on working: each move writes a line of history and two facts in one transaction."""

    def move(session: Session) -> None:
        case = taking.take(session, case_ids=[case_id], today=walk.at.date())[case_id].case
        history.append(session, case=case, happenings=[Happening(walk.at, "plan_saved", None, None, "", {"number": 1})])
        for key in ("left", "right"):
            write_fact(session, case, key, case.event_count)
        cases.save(session, case=case)

    while not stop.is_set():
        walk.perform(move)
        started.set()


@pytest.mark.slow
def test_the_drill(site: Walk, elsewhere: Engine, tmp_path: Path) -> None:
    file, case = tmp_path / "accord.backup", site.case(site.done[0])
    stop, started = threading.Event(), threading.Event()
    writer = threading.Thread(target=keep_busy, args=(site, case.id, stop, started))
    writer.start()
    try:
        assert started.wait(timeout=30)
        manifest = make(site, file)
    finally:
        stop.set()
        writer.join()
    restore(elsewhere, site, file)

    found = counts(elsewhere)
    assert found.pop("act") == manifest.tables["act"].rows + 2, "the acts of both trusts say that it was restored"
    assert found == {name: part.rows for name, part in manifest.tables.items() if name != "act"}
    assert found["event"] > case.event_count
    there = Walk(elsewhere, site.house, site.at)
    with there.session() as session:
        assert list(audit.verify(session, checked=audit.Checked())) == []
        written = [sorted(row.value for row in session.query(Fact).filter_by(key=key)) for key in ("left", "right")]
        assert written[0] == written[1], "no transaction is half in the backup"
        assert session.query(Document).one().content == b"\x00\xff\x80%"

    there.do(there.house.directorate, "record_outcome", case.reference)
    assert "enter_amount" in there.waiting(case.reference), "the case goes on where it stood"
    new = there.start(there.house.directorate, "planning_round", care_group=there.house.care_group.id)
    assert new != case.reference
    with there.session() as session:
        assert list(audit.verify(session, checked=audit.Checked())) == []


def test_a_backup_is_its_owners_alone_and_never_half_there(site: Walk, tmp_path: Path) -> None:
    file = tmp_path / "accord.backup"
    make(site, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.glob("*.unfinished")) == []
    with pytest.raises(backups.ThereAlready):
        make(site, file)


def test_a_filled_database_is_never_restored_over(site: Walk, elsewhere: Engine, tmp_path: Path) -> None:
    file = tmp_path / "accord.backup"
    make(site, file)
    restore(elsewhere, site, file)
    before = counts(elsewhere)
    with pytest.raises(backups.NotEmpty, match="nothing is ever overwritten"):
        restore(elsewhere, site, file)
    assert counts(elsewhere) == before


def spoilt(file: Path, *, member: str = "", change: Any = None) -> Path:
    """The same file with one member changed, or left out."""
    other = file.with_name("spoilt.backup")
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(other, "w") as archive:
        for name in whole.namelist():
            data = whole.read(name)
            if name == member and change is None:
                continue
            archive.writestr(name, change(data) if name == member else data)
    return other


@SQLITE
def test_a_damaged_file_is_refused_before_anything_is_written(site: Walk, tmp_path: Path) -> None:
    file = tmp_path / "accord.backup"
    make(site, file)
    whole = file.read_bytes()
    damaged: list[Callable[[], Path]] = [
        lambda: spoilt(file, member="event.jsonl", change=lambda data: data.replace(b"case_opened", b"case_0pened")),
        lambda: spoilt(file, member="fact.jsonl", change=lambda data: data[: len(data) // 2]),
        lambda: spoilt(file, member="person.jsonl"),
        lambda: spoilt(file, member="manifest.json"),
        lambda: spoilt(file, member="manifest.json", change=lambda _: b"[]"),
        lambda: spoilt(file, member="manifest.json", change=lambda _: b"{"),
        lambda: _cut(file, whole[: len(whole) // 2]),
        lambda: _cut(file, whole[:500] + bytes(50) + whole[550:]),
        lambda: _cut(file, b""),
        lambda: _cut(file, b"not a zip at all"),
    ]
    for spoil in damaged:
        with pytest.raises(backups.DamagedBackup, match="Nothing was restored"):
            backups.read(spoil())
    with pytest.raises(backups.NoBackup):
        backups.read(tmp_path / "nowhere")
    assert backups.read(file).tables["trust"].rows == 2


def _cut(file: Path, data: bytes) -> Path:
    other = file.with_name("cut.backup")
    other.write_bytes(data)
    return other


@SQLITE
def test_a_backup_of_another_version_is_refused_with_what_to_do(site: Walk, tmp_path: Path) -> None:
    file = tmp_path / "accord.backup"
    make(site, file)

    def older(data: bytes) -> bytes:
        return json.dumps(json.loads(data) | {"revision": "0001_first_tables"}).encode()

    with pytest.raises(backups.WrongVersion, match="Install the version that made it"):
        backups.read(spoilt(file, member="manifest.json", change=older))


def test_tables_of_an_older_version_are_neither_backed_up_nor_filled(site: Walk, tmp_path: Path) -> None:
    with site.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001_first_tables'"))
    with pytest.raises(backups.NotMigrated, match="accord migrate"):
        make(site, tmp_path / "accord.backup")


def test_the_code_knows_its_newest_revision_without_alembic(elsewhere: Engine) -> None:
    with Session(elsewhere) as session:
        assert versions.of_tables(session) == versions.expected()


def test_every_kind_of_value_comes_back_as_it_was(site: Walk, elsewhere: Engine, tmp_path: Path) -> None:
    file, again = tmp_path / "accord.backup", tmp_path / "again.backup"
    make(site, file)
    restore(elsewhere, site, file)
    with Session(elsewhere) as session:
        backups.back_up(session, file=again, now=site.at)
    with zipfile.ZipFile(file) as one, zipfile.ZipFile(again) as two:
        for table in Base.metadata.tables.keys() - {"act"}:  # that it was restored is an act, and counted as one
            assert uncounted(one.read(f"{table}.jsonl")) == uncounted(two.read(f"{table}.jsonl")), table


def uncounted(lines: bytes) -> bytes:
    """The rows of a table, but for how many acts a trust has."""
    return re.sub(rb'"act_count": ?\d+', b"", lines)
