"""A small dispute that sends letters, on SQLite: what letters are does not depend on the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.cases.sketches import diagram, flow, plain, step
from tests.cases.walk import Walk
from tests.databases import empty_sqlite, new_engine
from tests.factories import add_release, build_world, shipped_files
from workflows.engine import releases
from workflows.store import engines
from workflows.store.models import Trust

DECISION = """title: The decision
to: practitioner clinical_manager
copy: medical_director

Dear {to},

I have decided on {case.mediation_outcome_date}: {case.reasons}

[to == "practitioner"]
You can appeal until {due.lodge_appeal}.

Your {medical_director}, {name.medical_director}
"""
NEWS = """title: The end
to: practitioner

Dear {to},

The case {reference} of {trust} has ended. You wrote: {case.grounds}
"""
SKETCH = diagram(
    {"medical_director": ("decide",), "practitioner": ("lodge_appeal",)},
    plain("startEvent", "opened"),
    plain("serviceTask", "open_dispute", accord__action="open_dispute"),
    step("decide", "mediation_outcome_date date", "reasons long_text", letter="decision", clause="CPFT-7.8.7"),
    step("lodge_appeal", "grounds long_text", deadline="lodge_appeal"),
    plain("serviceTask", "send_news", accord__action="send_letter", accord__letter="news"),
    plain("endEvent", "closed"),
    flow("opened", "open_dispute"),
    flow("open_dispute", "decide"),
    flow("decide", "lodge_appeal"),
    flow("lodge_appeal", "send_news"),
    flow("send_news", "closed"),
    process="disagreement",
)
FILES = {
    "processes/disagreement.bpmn": SKETCH,
    "letters/decision.md": DECISION,
    "letters/news.md": NEWS,
}


@pytest.fixture
def shipped(tmp_path: Path) -> Iterator[Walk]:
    """Cumbria with the diagrams and letters as shipped."""
    releases.forget()
    engine = new_engine(empty_sqlite(tmp_path))
    with Session(engine, expire_on_commit=False) as opened:
        engines.begin_write(opened)
        world = build_world(opened, files=shipped_files())
        opened.commit()
        opened.expunge_all()
    yield Walk(engine, world.cpft)
    engine.dispose()


@pytest.fixture
def walk(shipped: Walk) -> Walk:
    """The same with a process of its own that sends letters."""
    with Session(shipped.engine) as opened:
        engines.begin_write(opened)
        trust = opened.get_one(Trust, shipped.house.trust.id)
        add_release(opened, trust=trust, files={**shipped_files(), **FILES})
        opened.commit()
    return shipped


@pytest.fixture
def reference(walk: Walk) -> str:
    """A case of it, which waits for the decision."""
    return walk.start(walk.house.directorate, "disagreement", subject=walk.house.doctor.id, team=walk.house.team.id)
