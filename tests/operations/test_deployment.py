"""The guide to running Accord for a trust, followed for real: PostgreSQL, two web and two clock processes, a proxy."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cases import sketches
from tests.cases.walk import Walk
from tests.databases import bare_postgres, new_engine
from tests.factories import World, add_account, build_world, shipped_files
from tests.operations.deployed import GUIDE, Browser, Deployed, deployed, documented
from workflows.people.passwords import HASHER
from workflows.store import engines
from workflows.store.models import Heartbeat, Person

MIGRATIONS = Path(__file__).resolve().parents[2] / "workflows" / "store" / "migrations" / "versions"
PASSWORD = "a pass phrase for one afternoon"


@pytest.fixture
def database_url() -> str:
    """A database as `createdb` leaves it."""
    return bare_postgres("deployed")


def settle_in(site: Deployed, url: str) -> tuple[World, str]:
    """A trust with its people, an account for each, and a case that waits for the directorate."""
    engine = new_engine(url)
    with Session(engine, expire_on_commit=False) as session:
        engines.begin_write(session)
        world = build_world(session, files=shipped_files())
        for part in (value for value in vars(world.cpft).values() if isinstance(value, Person)):
            add_account(session, person=part, hashed=HASHER.hash(PASSWORD) if part is world.cpft.directorate else "!")
        session.commit()
        session.expunge_all()
    reference = sketches.run(Walk(engine, world.cpft, datetime.now(UTC)), sketches.APPEAL)
    engine.dispose()
    return world, reference


@pytest.mark.slow
def test_a_site_that_is_run_as_the_guide_says_serves_people(database_url: str, tmp_path: Path) -> None:
    with deployed(database_url, tmp_path) as site:
        assert "refused" not in site.run("settings")
        assert "up to date" in site.run("migrate")
        world, reference = settle_in(site, database_url)
        line = documented("gunicorn")
        assert line[line.index("--workers") + 1] == "2"
        line[line.index("--bind") + 1] = f"127.0.0.1:{site.web}"
        site.begin("web", line)
        for name in ("clock-1", "clock-2"):
            site.begin(name, documented("accord"))
        health = site.wait_until_well()
        assert health["tables"] == max(MIGRATIONS.glob("0*.py")).stem

        browser = Browser(site.port)
        browser.open("/", status=303)
        assert browser.headers["Location"] == "/sign-in"
        browser.open("/sign-in")
        assert "max-age=" in browser.headers["Strict-Transport-Security"]
        browser.post("/sign-in", {"email": world.cpft.directorate.email, "password": PASSWORD})
        page = browser.open("/")
        found = re.search(r'href="(/steps/\d+)"', page)
        assert found, page
        assert "Record outcome" in browser.open(found[1])
        browser.post(found[1], {"press": "complete"})
        assert "lodge_appeal" in waiting(database_url, world, reference)
        assert_logs_are_for_machines(site, world)

        both = clocks(database_url)
        assert len(both) == 2, "two clocks have shown themselves"
        assert site.end("clock-1") == 0
        assert site.wait_until_well()["status"] == "ok", "one clock is enough"
        assert "Every history is whole." in site.run("audit", "verify")
        assert "rows of" in site.run("backup", str(tmp_path / "accord.backup"))
        assert site.stop() == {"web": 0, "clock-2": 0}


def waiting(url: str, world: World, reference: str) -> list[str]:
    engine = new_engine(url)
    try:
        return Walk(engine, world.cpft).waiting(reference)
    finally:
        engine.dispose()


def clocks(url: str) -> list[str]:
    engine = new_engine(url)
    with Session(engine) as session:
        found = list(session.scalars(select(Heartbeat.clock)))
    engine.dispose()
    return found


def assert_logs_are_for_machines(site: Deployed, world: World) -> None:
    """Each request is a line with its number and the ids of who asked, and nothing that names them."""
    told = [line for line in site.lines("web") if line["event"] == "request"]
    [sent] = [line for line in told if (line["method"], line["route"]) == ("POST", "/steps/<int:step_id>")]
    assert (sent["status"], sent["person_id"]) == (303, world.cpft.directorate.id)
    said = site.log("web")
    for secret in (world.cpft.directorate.email, world.cpft.directorate.name, PASSWORD):
        assert secret not in said
    assert "Traceback" not in said


def test_the_guide_names_every_setting_and_every_command(database_url: str) -> None:
    config = (Path(__file__).resolve().parents[2] / "config.py").read_text(encoding="utf-8")
    names = set(re.findall(r'"(ACCORD_[A-Z_]+)"', config)) - {"ACCORD_DEMONSTRATION_ANYWHERE"}
    assert {name for name in names if name not in GUIDE} == set()
