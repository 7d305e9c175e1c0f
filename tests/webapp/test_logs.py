"""The log: a line a request, with ids and without names, answers or tokens."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from tests.factories import World
from tests.webapp.visitor import Visitor
from webapp import guards, logs
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What is logged meanwhile, as a machine reads it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


def requests(lines: Lines) -> list[dict[str, Any]]:
    return [line for line in lines() if line["event"] == "request"]


def test_a_request_is_one_line_with_its_number_and_who_asked(visit: Visit, world: World, lines: Lines) -> None:
    doctor = world.cpft.doctor
    visitor = visit(doctor)
    answer = visitor.client.get("/cases?q=Osei&token=abc")
    line = requests(lines)[-1]
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert len(line["request_id"]) == 10
    assert (line["level"], line["method"], line["route"], line["status"]) == ("info", "GET", "/cases", 200)
    assert (line["person_id"], line["trust_id"]) == (doctor.id, doctor.trust_id)
    assert line["milliseconds"] >= 0
    assert set(line) == {"time", "level", "logger", "message", *logs.FIELDS}


def test_nothing_that_was_typed_and_no_address_is_in_the_log(visit: Visit, world: World, lines: Lines) -> None:
    doctor = world.cpft.doctor
    visitor = visit(doctor)
    visitor.client.get("/cases?q=a-word-that-was-typed")
    visitor.client.get("/cases/CPFT-2027-0009")
    visitor.client.get("/password/a-secret-token")
    visitor.client.get("/nowhere/at-all")
    visitor.client.post("/sign-in", data={"email": doctor.email, "password": "hunter2"})
    said = json.dumps(lines())
    kept_out = (
        "a-word-that-was-typed",
        "CPFT-2027-0009",
        "a-secret-token",
        "at-all",
        doctor.email,
        doctor.name,
        "hunter2",
    )
    for secret in kept_out:
        assert secret not in said


def test_machines_that_ask_every_second_are_not_told_of(app: Flask, world: World, lines: Lines) -> None:
    client = app.test_client()
    with client.get("/static/accord.svg") as answer:
        assert answer.status_code == 200
    assert requests(lines) == []
    assert client.get("/healthz").status_code == 503
    assert [line["route"] for line in requests(lines)] == ["/healthz"], "but of what fails, always"


def test_a_fault_is_logged_with_the_number_that_the_page_shows(
    app: Flask, visit: Visit, world: World, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = visit(world.cpft.doctor)
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.view_functions, "steps.mine", guards.guard(guards.signed_in)(lambda: str(1 / 0)))
    page = visitor.open("/?q=a-word-that-was-typed", status=500)
    [fault] = [line for line in lines() if line["event"] == "fault"]
    assert fault["request_id"] in page.text
    assert "say this number" in page.text
    assert fault["level"] == "error"
    assert "ZeroDivisionError" in fault["trace"]
    assert "a-word-that-was-typed" not in json.dumps(lines())
    assert requests(lines)[-1]["status"] == 500


def test_values_of_a_refused_row_stay_out_of_the_trace() -> None:
    try:
        raise ValueError("duplicate key\nDETAIL: Key (email)=(osei@cpft.example) already exists.")
    except ValueError as fault:
        said = logs.JsonLines().formatException((type(fault), fault, fault.__traceback__))
    assert "osei" not in said
    assert "duplicate key" in said


def test_the_front_doors_write_json_or_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    level = root.level
    try:
        logs.configure("json")
        logging.getLogger("accord").info("Hello", extra={"event": "greeting", "status": 200})
        said = json.loads(capsys.readouterr().err)
        assert (said["event"], said["message"], said["status"]) == ("greeting", "Hello", 200)
        logs.configure("plain", quiet=True)
        logging.getLogger("accord").info("Hello")
        logging.getLogger("accord").warning("Take care")
        assert capsys.readouterr().err.endswith("WARNING accord: Take care\n")
    finally:
        root.setLevel(level)
        for handler in [one for one in root.handlers if one.get_name() == "accord"]:
            root.removeHandler(handler)
