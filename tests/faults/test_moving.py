"""A batch of cases on its way to another release, and one of the clocks that move them killed half-way."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.clones import clone
from tests.factories import add_person, add_post, add_release, shipped_files
from tests.faults import checks
from tests.faults.machines import site_on
from tests.faults.people import Round, new_round
from workflows import front_door
from workflows.cases import Actor
from workflows.store.models import Case, Event, MoveBatch, MoveItem, Step
from workflows.studio import moving
from workflows.studio.impact import Filters

COPIES = 400
DIAGRAM = "processes/individual_planning.bpmn"
NAMES = ("clock-1", "clock-2")


@pytest.mark.slow
def test_each_case_moves_once_though_a_clock_is_killed_half_way(postgres_url: str, tmp_path: Path) -> None:
    engine = checks.engine_on(postgres_url)
    round_ = new_round(engine, acting=0, waiting=1)
    with Session(engine) as session:
        clone(session, reference=round_.waiting[0], times=COPIES)
    batch = begin(round_)
    with site_on(postgres_url, tmp_path) as site:
        for name in NAMES:
            site.begin_clock(name)
        site.wait_for(lambda: moved(round_) > COPIES / 8, "the clocks to be at it")
        site.kill("clock-1")
        killed_at = moved(round_)
        site.wait_for(lambda: status(round_, batch) == "done", "the other clock to come to the end")
        assert "Traceback" not in site.log("clock-2")
    assert killed_at < COPIES, "it was not half-way"
    with Session(engine) as session:
        times = select(func.count(Event.id)).where(Event.kind == "case_moved").group_by(Event.case_id)
        assert session.scalars(times).all() == [1] * (COPIES + 1)
        followed = session.scalars(
            select(Case.release_id).where(Case.process == "individual_planning").distinct()
        ).all()
        assert len(followed) == 1, "all follow the newer release"
        assert set(session.scalars(select(MoveItem.status))) == {"moved"}
        names = session.scalars(select(Step.name).where(Step.status == "open", Step.process == "individual_planning"))
        assert all(name.startswith("Now: ") for name in names)


def begin(round_: Round) -> int:
    """Publish a release that calls every step by another name, and set all that can moving to it."""
    house, files = round_.house, shipped_files()
    files[DIAGRAM] = re.sub(r'(<bpmn:userTask [^>]*name=")', r"\1Now: ", files[DIAGRAM])
    with Session(round_.engine, expire_on_commit=False) as session:
        owner = add_person(session, trust=house.trust, name="Bridget Fell")
        add_post(session, person=owner, role="process_owner", care_group=house.care_group, team=house.team)
        number = add_release(session, trust=house.trust, files=files).number
        session.commit()
        batch = front_door.perform(
            session,
            moving.begin,
            by=Actor(owner.id, house.trust.id),
            number=number,
            chosen=None,
            filters=Filters(process="individual_planning"),
            because="Steps are called otherwise now.",
            now=datetime.now(UTC),
        )
    return int(batch)


def moved(round_: Round) -> int:
    """How many have moved so far."""
    with Session(round_.engine) as session:
        return session.scalars(select(func.count(MoveItem.id)).where(MoveItem.status == "moved")).one()


def status(round_: Round, batch: int) -> str:
    """How the batch stands."""
    with Session(round_.engine) as session:
        return session.get_one(MoveBatch, batch).status
