"""The state of the installation, for the Medical Directorate; and how submits are counted."""

from collections.abc import Callable
from datetime import timedelta

import time_machine
from flask import Flask

from tests.cases.walk import Walk
from tests.factories import NOW, World
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from webapp.timing import Timings
from workflows.store import acts, heartbeats, incidents
from workflows.store.models import Person, Took

Visit = Callable[[Person], Visitor]


def test_the_page_says_what_needs_somebody(visit: Visit, world: World, store: Store) -> None:
    office = visit(world.cpft.directorate)
    text = office.open("/status").text
    assert "Needs a look" in text
    assert "No clock is running" in text
    assert "There is no backup of the last two days" in text
    with store() as session:
        heartbeats.beat(session, clock="here:7", now=NOW - timedelta(seconds=2), lateness_ms=12)
        heartbeats.beat(session, clock="here:8", now=NOW - timedelta(hours=3), lateness_ms=12)
        trust_id = world.cpft.trust.id
        details = {"rows": 1, "made_at": ""}
        acts.record(session, trust_id=trust_id, who_id=None, kind="backup_made", details=details, now=NOW)
        about = {"trust_id": trust_id, "case_id": None, "element": "", "sentence": "No.", "now": NOW}
        incidents.record(session, key="other:1", **about)  # type: ignore[arg-type]
    text = office.open("/status").text
    assert "No clock is running" not in text
    assert "here:7: seen 2 seconds ago" in text
    assert "here:8: silent for 3 hours" in text
    assert "1 open incident" in text
    assert "Last backup by accord backup Monday 1 March 2027" in text


def test_the_page_is_for_the_directorate(visit: Visit, world: World) -> None:
    for part in ("doctor", "amd", "medical_director", "hr"):
        visit(getattr(world.cpft, part)).open("/status", status=403)


def test_submits_are_counted_in_memory_and_written_once_a_minute_after_an_answer(
    app: Flask, visit: Visit, world: World, walk: Walk, store: Store
) -> None:
    visitor = visit(world.cpft.doctor)
    visitor.open("/")
    for _ in range(3):
        visitor.send("/notices/read", {})
    with store() as session:
        assert session.query(Took).count() == 0
    with time_machine.travel(NOW + timedelta(seconds=59), tick=False), visitor.client.get("/cases"):
        pass  # as a server closes what it has sent
    with store() as session:
        assert session.query(Took).count() == 0, "not before a minute is over"
    with time_machine.travel(NOW + timedelta(seconds=61), tick=False), visitor.client.get("/cases"):
        pass  # as a server closes what it has sent
    with store() as session:
        [row] = session.query(Took)
        assert row.minute == NOW
        assert sum(row.counts.values()) == 3, "signing in, checking a password at length, is no submit"
    office = visit(world.cpft.directorate)
    assert "(3 sent)" in office.open("/status").text


def test_a_database_that_is_away_costs_figures_and_nothing_else(app: Flask) -> None:
    def away() -> None:
        raise OSError

    timings = Timings(away, "here:1")  # type: ignore[arg-type]
    timings.note(10, NOW)
    assert not timings.write(NOW + timedelta(minutes=2))
    timings.note(10, NOW)
