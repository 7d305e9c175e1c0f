"""An upgrade: the release of the code before works beside the new one, on the tables of the new one."""

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults import checks
from tests.faults.machines import ROOT, Site, site_on
from tests.faults.people import Round, at_work, new_round, wait_until
from tests.faults.postgres import Killable
from workflows.engine import releases

OLDER = "e1fe72f"
"""The last commit on the tables of 0001."""
ENDINGS = {".bpmn", ".dmn", ".toml"}
WAITING = 6


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The code of the release before, from this checkout's own history."""
    done = subprocess.run(["git", "archive", OLDER], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"the history of the code is not here: {done.stderr.decode().strip()}")
    folder = tmp_path / "older"
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as packed:
        packed.extractall(folder, filter="data")
    shutil.copytree(ROOT / "webapp" / "static" / "build", folder / "webapp" / "static" / "build")
    return folder


def files_of(code: Path) -> dict[str, str]:
    """The diagrams and policies that it ships: the release on which its cases run."""
    shipped = code / "bpmn"
    return {
        file.relative_to(shipped).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(shipped.rglob("*"))
        if file.suffix in ENDINGS or file.parent.name == "letters"
    }


@pytest.fixture
def two_sites(server: Killable, older: Path, tmp_path: Path) -> Iterator[tuple[Site, Site]]:
    """The older code that runs already, and the newer that has just migrated the database: both are up."""
    releases.forget()
    url = server.new_database("accord")
    (tmp_path / "old").mkdir()
    with site_on(url, tmp_path / "old") as old, site_on(url, tmp_path) as new:
        old.code = older
        old.accord("migrate")
        old.begin_web()
        old.begin_clock()
        old.wait_until_well()
        new.accord("migrate")
        yield old, new


@pytest.mark.slow
def test_both_releases_complete_steps_of_one_round_during_an_upgrade(two_sites: tuple[Site, Site]) -> None:
    old, new = two_sites
    engine = checks.engine_on(new.around["ACCORD_DATABASE_URL"])
    round_ = new_round(engine, acting=2, waiting=WAITING, files=files_of(old.code))
    new.begin_web()
    new.begin_clock()
    new.wait_until_well()
    doctors = {person.id for person in round_.acting}
    with at_work(round_, lambda person: old.port if person.id in doctors else new.port) as crowd:
        for days in (19, 7, 8):
            round_.move_on(days)
            caught_up(new, round_)
        wait_until(crowd, lambda: checks.status_of(engine, round_.cases)["closed"] == 2, "the cases to be closed")
    caught_up(new, round_)
    by_older = [step for step, person in crowd.confirmed if person in doctors]
    assert len(by_older) >= 6, "each doctor has drafted, answered and signed"
    assert crowd.troubles == []
    checks.confirmed_is_there(engine, crowd.confirmed)
    assert checks.fired_once(engine) >= WAITING * 4
    assert "Every history is whole." in new.accord("audit", "verify")
    for site, name in ((old, "web"), (old, "clock"), (new, "web"), (new, "clock")):
        assert "Traceback" not in site.log(name), site.log(name)


def caught_up(site: Site, round_: Round) -> None:
    """Wait until one of the clocks has done all that is due."""
    site.wait_for(lambda: not checks.waits(round_.engine, datetime.now(UTC) + round_.ahead), "the clocks to catch up")
