"""/healthz: what a machine asks."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import NOW
from workflows.store import heartbeats, timings

pytestmark = pytest.mark.usefixtures("standstill")


def beat(session: Session, seconds_ago: float) -> None:
    heartbeats.beat(session, clock="one", now=NOW - timedelta(seconds=seconds_ago), lateness_ms=12)
    session.commit()


def test_an_installation_whose_clock_never_beat_is_not_well(app: Flask) -> None:
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert (answer.json["status"], answer.json["database"]) == ("failing", "ok")
    assert answer.json["clock"] == {"last_beat_seconds": None, "lateness_ms": None}


def test_a_clock_that_beats_is_well_and_tells_its_lateness(app: Flask, session: Session) -> None:
    beat(session, 3)
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["status"] == "ok"
    assert answer.json["clock"] == {"last_beat_seconds": 3.0, "lateness_ms": 12}


def test_figures_for_a_monitor_come_without_a_name(app: Flask, session: Session) -> None:
    timings.add(session, minute=NOW, server="a", counts={"123": 20})
    beat(session, 3)
    found = app.test_client().get("/healthz").json
    assert found is not None
    assert set(found) == {"status", "version", "database", "clock", "tables", "incidents_open", "mail", "submit_p95_ms"}
    assert found["submit_p95_ms"] >= 120
    assert found["mail"] == {"waiting": 0, "oldest_seconds": None, "given_up_in_a_day": 0}
    assert found["incidents_open"] == 0


def test_a_clock_silent_for_more_than_thirty_seconds_is_not_well(app: Flask, session: Session) -> None:
    beat(session, 0)
    with time_machine.travel(NOW + timedelta(seconds=30), tick=False):
        assert app.test_client().get("/healthz").status_code == 200
    with time_machine.travel(NOW + timedelta(seconds=31), tick=False):
        assert app.test_client().get("/healthz").status_code == 503


def test_the_newest_of_several_clocks_counts(app: Flask, session: Session) -> None:
    beat(session, 0)
    heartbeats.beat(session, clock="dead", now=NOW - timedelta(hours=1), lateness_ms=0)
    session.commit()
    assert app.test_client().get("/healthz").status_code == 200


def test_a_database_that_does_not_answer_is_said_to_fail(app: Flask, session: Session) -> None:
    session.connection().exec_driver_sql("DROP TABLE heartbeat")
    session.commit()
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["database"] == "failing"
