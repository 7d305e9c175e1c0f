"""A plan in the middle of being typed: what can be reckoned with, and what is said of the rest."""

from typing import Any

from workflows.domain.plan.half_typed import NO_NAME, read_what_can_be

WHOLE = {"id": "a", "category": "dcc", "title": "Clinic", "day": "monday", "start": "09:00", "end": "13:00", "pas": "1"}


def lines(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**WHOLE, "id": f"line{number}", **change} for number, change in enumerate(changes)]


def test_a_whole_plan_is_read_as_ever() -> None:
    found = read_what_can_be({"activities": lines({}, {})})
    assert (len(found.plan.activities), found.unread) == (2, {})


def test_a_line_that_cannot_be_read_is_left_out_and_said_by_its_place_among_all() -> None:
    found = read_what_can_be({"activities": lines({}, {"start": "quarter past"}, {"pas": "2"})})
    assert [str(line.pas) for line in found.plan.activities] == ["1", "2"]
    assert found.unread == {"activities.1.start": "Line 2, Clinic: the time must be like 09:30."}


def test_a_line_counts_before_it_has_a_name() -> None:
    found = read_what_can_be({"activities": lines({"title": ""})})
    assert [line.title for line in found.plan.activities] == [NO_NAME]
    assert not found.unread


def test_rows_and_answers_that_cannot_be_read_do_not_stop_the_rest() -> None:
    found = read_what_can_be(
        {
            "activities": lines({}),
            "outside": [{"id": "x", "kind": "private", "hours": "many"}, {"id": "y", "kind": "private", "hours": "4"}],
            "statements": {"private_work": "None", "appraised_on": "yesterday"},
            "effective_from": "soon",
        }
    )
    assert [row["id"] for row in found.plan.entries("outside")] == ["y"]
    assert len(found.plan.activities) == 1
    assert found.plan.effective_from is None
    assert found.plan.said("private_work") == "None"
    assert set(found.unread) == {"outside.0.hours", "statements.appraised_on", "effective_from"}


def test_a_form_in_which_nothing_can_be_read_is_an_empty_plan() -> None:
    found = read_what_can_be({"activities": [None, "no line"], "nonsense": 1})
    assert found.plan.activities == ()
    assert found.unread
