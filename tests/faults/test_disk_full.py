"""The disk of the embedded database fills up while somebody writes, and is emptied again."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.faults import checks
from tests.faults.browser import Browser
from tests.faults.machines import site_on
from tests.faults.people import DRAFT, Round, new_round
from tests.faults.small_disk import FULL, Disk, limited_pages, small_filesystem
from workflows.store.models import Base, Visit

TYPED = " ".join(["The clinic moves to Carlisle in May."] * 100)
"""More than a page of the database holds."""


@pytest.mark.slow
@pytest.mark.parametrize("kind_of_disk", [small_filesystem, limited_pages])
def test_a_full_disk_is_said_nothing_is_half_written_and_all_goes_on_once_there_is_room(
    kind_of_disk: Callable[[Path], AbstractContextManager[Disk]], migrated_sqlite: Path, tmp_path: Path
) -> None:
    with kind_of_disk(tmp_path / "disk") as disk:
        url = f"sqlite:///{shutil.copy(migrated_sqlite, disk.folder)}"
        engine = checks.engine_on(url)
        round_ = new_round(engine, acting=1, waiting=4)
        with site_on(url, tmp_path, **{FULL: str(disk.folder / "full")}) as site:
            site.begin_web(application=disk.application)
            site.begin_clock()
            site.wait_until_well()
            doctor = Browser(site.port, round_.acting[0].id).sign_in()
            doctor.open("/")
            [step] = doctor.steps()
            doctor.open(step)
            unnoted_for_long(round_)
            disk.fill()
            before = counted(round_)
            for press in ("complete", "save"):
                assert doctor.fill(step, {**DRAFT, "plan-notes": TYPED}, press=press) == 503
                assert "There is no room left on the disk" in doctor.html
                assert doctor.values()["plan-notes"] == [TYPED], "what was typed is still there"
                assert "Traceback" not in doctor.html
            assert counted(round_) == before, "nothing is half-written"
            doctor.open("/")
            assert (doctor.status, doctor.steps()) == (200, [step]), "pages can be read all the while"
            doctor.open(step)
            disk.empty()
            assert doctor.fill(step, {**DRAFT, "plan-notes": TYPED}) == 303
            round_.move_on(19)
            site.wait_for(lambda: not checks.waits(engine, datetime.now(UTC) + round_.ahead), "the clock to go on")
            site.wait_until_well()
            assert "Every history is whole." in site.accord("audit", "verify")
        assert checks.fired_once(engine) == 5


LIVING = {"heartbeat", "visit", "took", "demonstration_clock"}
"""What a site writes by itself."""


def counted(round_: Round) -> dict[str, int]:
    """How many rows each table has."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in LIVING]
    with Session(round_.engine) as session:
        return {table.name: session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


def unnoted_for_long(round_: Round) -> None:
    """The next page would note that the browser is in use."""
    with Session(round_.engine) as session:
        session.execute(update(Visit).values(seen_at=datetime.now(UTC) - timedelta(hours=1)))
        session.commit()
