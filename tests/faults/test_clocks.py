"""Clocks as processes: one that stood still for a week, several that race for the same days, one of them killed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.clones import clone
from tests.faults import checks
from tests.faults.machines import Site, site_on
from tests.faults.people import Round, new_round
from workflows.store.models import Case, Firing, Heartbeat, Notice

COPIES, MANY_COPIES = 60, 300
NAMES = ("clock-1", "clock-2", "clock-3")


@pytest.mark.slow
def test_a_clock_that_stood_for_a_week_catches_up_once(postgres_url: str, tmp_path: Path) -> None:
    engine = checks.engine_on(postgres_url)
    round_ = new_round(engine, acting=0, waiting=5)
    with site_on(postgres_url, tmp_path) as site:
        first, second, last = (planned(round_, "remind", rung) for rung in (1, 2, 3))
        look_at(site, round_, first + timedelta(minutes=1))
        assert checks.fired_once(engine) == 5
        assert site.end("clock") == 0
        assert last < second + timedelta(days=7) < planned(round_, "due", 0)
        look_at(site, round_, second + timedelta(days=7))
        assert fired(round_) == {("remind", 1, "fired"): 5, ("remind", 2, "overtaken"): 5, ("remind", 3, "fired"): 5}
        assert reminders(round_) == {2}, "for the two that were missed each has one"
        # It tells how late it was a moment after all is done.
        site.wait_for(lambda: lateness(round_) >= timedelta(days=6), "the clock to say how late it was")
        assert site.end("clock") == 0
        look_at(site, round_, second + timedelta(days=14))
        assert fired(round_)["due", 0, "fired"] == fired(round_)["escalate", 4, "fired"] == 5
        assert checks.fired_once(engine) == 5 * 4
        assert "Every history is whole." in site.accord("audit", "verify")


# The same race with fewer cases stays in `make test`.
@pytest.mark.slow
@pytest.mark.parametrize("copies", [COPIES, pytest.param(MANY_COPIES, marks=pytest.mark.exhaustive)])
def test_clocks_that_race_fire_each_day_once_though_one_is_killed_half_way(
    copies: int, postgres_url: str, tmp_path: Path
) -> None:
    engine = checks.engine_on(postgres_url)
    round_ = new_round(engine, acting=0, waiting=1)
    with Session(engine) as session:
        clone(session, reference=round_.waiting[0], times=copies)
    with site_on(postgres_url, tmp_path) as site:
        for name in NAMES:
            site.begin_clock(name)
        site.wait_for(lambda: beating(round_) == len(NAMES), "all clocks to look")
        for kind, rung in (("remind", 1), ("remind", 2), ("due", 0)):
            at = planned(round_, kind, rung) + timedelta(minutes=1)
            before = done(round_)
            round_.move_to(at)
            site.wait_for(lambda: done(round_) > before, "the clocks to begin")  # noqa: B023 - it is over with the round
            if "clock-1" in site.processes:
                site.kill("clock-1")
            caught_up(site, round_)
        assert all("Traceback" not in site.log(name) for name in NAMES)
    assert checks.fired_once(engine) == (copies + 1) * 3


def look_at(site: Site, round_: Round, at: datetime) -> None:
    """It has become that instant when a clock starts; wait until it has caught up."""
    round_.move_to(at)
    site.begin_clock()
    caught_up(site, round_)


def caught_up(site: Site, round_: Round) -> None:
    """Wait until all that is due has been done."""
    site.wait_for(lambda: not checks.waits(round_.engine, datetime.now(UTC) + round_.ahead), "the clocks to catch up")


def planned(round_: Round, kind: str, rung: int) -> datetime:
    """When that is to happen."""
    with Session(round_.engine) as session:
        return session.scalars(select(Firing.at).where(Firing.kind == kind, Firing.rung == rung).limit(1)).one()


def fired(round_: Round) -> dict[tuple[str, int, str], int]:
    """How many were done, by kind, rung and how."""
    found: dict[tuple[str, int, str], int] = {}
    with Session(round_.engine) as session:
        rows = select(Firing.kind, Firing.rung, Firing.status).where(Firing.status.in_(["fired", "overtaken"]))
        for kind, rung, status in session.execute(rows):
            found[kind, rung, status] = found.get((kind, rung, status), 0) + 1
    return found


def done(round_: Round) -> int:
    """How many were done."""
    return sum(fired(round_).values())


def reminders(round_: Round) -> set[int]:
    """How many reminders of a case's deadline the doctor has been sent: one number where it is the same for all."""
    with Session(round_.engine) as session:
        query = select(Notice.case_id, Notice.id).join(Case, Case.id == Notice.case_id)
        rows = session.execute(query.where(Notice.kind == "reminder", Notice.person_id == Case.subject_id)).all()
    return {sum(1 for case_id, _ in rows if case_id == one) for one in {case_id for case_id, _ in rows}}


def lateness(round_: Round) -> timedelta:
    """What the clocks say of how late they were."""
    with Session(round_.engine) as session:
        return timedelta(milliseconds=max(session.scalars(select(Heartbeat.lateness_ms))))


def beating(round_: Round) -> int:
    """How many clocks have shown themselves."""
    with Session(round_.engine) as session:
        return len(session.scalars(select(Heartbeat.clock)).all())
