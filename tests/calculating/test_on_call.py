"""`accord calculate on-call`: the figures of a rota from a file, and what is said of a wrong one."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from webapp.commands import main

EXAMPLE_1 = {
    "doctors": 5, "weekday_hours": 1.5, "weekend_hours": 9, "hours_per_pa": 3,
    "availability": {"weekdays_year": 261, "annual_leave": 30, "extra_days": 1, "bank_and_lieu": 10, "study": 10},
    "frequency": 5, "category": "A", "grade": "consultant",
}  # fmt: skip


def run(tmp_path: Path, content: object, policy: str = "blackpool") -> Result:
    file = tmp_path / "rota.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return CliRunner().invoke(main, ["calculate", "on-call", str(file), "--policy", policy])


def figures(tmp_path: Path, **changed: Any) -> dict[str, Any]:
    content = {key: value for key, value in {**EXAMPLE_1, **changed}.items() if value is not None}
    result = run(tmp_path, content)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


@pytest.mark.clause("BTH-App4-d", "BTH-App4-e")
def test_the_first_example_of_the_policy_comes_out_by_both_methods(tmp_path: Path) -> None:
    found = figures(tmp_path)
    both = found["pas_a_week"]
    assert both["method_1"] == both["method_2"]
    assert [both["method_1"][part]["decimal"] for part in ("weekdays", "weekends", "total")] == [0.621, 0.709, 1.331]
    assert both["method_1"]["weekdays"]["exact"] == "87/140"
    assert {part: days["exact"] for part, days in found["available_days"].items()} == {
        "weekdays": "210", "weekends": "44",
    }  # fmt: skip
    assert [each["percent"] for each in found["factors"].values()] == ["124.29 %", "118.18 %"]
    assert found["supplement"] == {
        "percent": {"exact": "5", "decimal": 5.0}, "of": "full-time basic salary", "clause": "BTH-3.4.13.1-a",
    }  # fmt: skip
    assert found["notes"] == []
    assert all(line["words"] and line["exact"] for line in found["working"])


@pytest.mark.clause("BTH-App4-d")
def test_the_second_example_is_just_under_two(tmp_path: Path) -> None:
    found = figures(tmp_path, doctors=10, weekday_hours=6, weekend_hours=18, frequency=10)
    assert found["pas_a_week"]["method_1"]["total"]["decimal"] == 1.952
    assert found["supplement"]["percent"]["exact"] == "3"


@pytest.mark.clause("BTH-App4-c", "BTH-App4-f")
def test_what_the_file_leaves_out_is_the_policys_as_it_stood_on_the_day(tmp_path: Path) -> None:
    left_out: dict[str, Any] = {"hours_per_pa": None, "availability": None, "frequency": None}
    found = figures(tmp_path, **left_out, on="2027-04-01")
    assert found["available_days"]["weekdays"]["exact"] == "209"
    assert found["hours_per_pa"]["exact"] == "3"
    assert found["frequency"]["exact"] == "5"
    early = figures(tmp_path, **left_out, on="2004-03-31")
    assert (early["hours_per_pa"]["exact"], early["available_days"]["weekdays"]["exact"]) == ("4", "211")


@pytest.mark.clause("BTH-App4-a", "BTH-App4-g")
def test_predictable_and_unpredictable_work_stand_apart_and_too_much_of_the_latter_is_said(tmp_path: Path) -> None:
    found = figures(tmp_path, predictable={"weekday_hours": 0, "weekend_hours": 4})
    parts = [found[part]["method_1"]["total"]["decimal"] for part in ("predictable", "unpredictable")]
    assert parts == [0.315, 1.015]
    assert found["notes"] == []
    much = figures(tmp_path, weekday_hours=6, predictable={"weekday_hours": 0, "weekend_hours": 0})
    assert "more than the 2 that may be allocated" in much["notes"][0]
    before = figures(tmp_path, predictable={"weekday_hours": 0, "weekend_hours": 4}, on="2005-03-31")
    assert "more than the 1 that may be allocated" in before["notes"][0]


@pytest.mark.clause("BTH-3.4.13.1-a", "BTH-3.4.13.2-f")
def test_a_frequency_without_a_row_and_several_rotas_are_noted(tmp_path: Path) -> None:
    between = figures(tmp_path, frequency=4.5)
    assert between["supplement"]["percent"] is None
    assert "lies between two bands" in between["notes"][0]
    several = figures(tmp_path, frequency=[8, 8], grade="sas", category=None)
    assert several["frequency"]["exact"] == "4"
    assert several["supplement"]["percent"]["exact"] == "6"
    assert "states no method" in several["notes"][0]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"doctors": 0}, "doctors"),
        ({"doctors": 4.5}, "doctors"),
        ({"doctors": True}, "doctors"),
        ({"weekday_hours": "one"}, "weekday_hours"),
        ({"weekend_hours": -1}, "weekend_hours"),
        ({"hours_per_pa": 0}, "hours_per_pa"),
        ({"availability": 209}, "availability"),
        ({"availability": {"weekdays": 209}}, "availability.weekdays"),
        ({"frequency": 0}, "frequency"),
        ({"frequency": [8, "x"]}, "frequency.1"),
        ({"frequency": []}, "frequency"),
        ({"category": "C"}, "category"),
        ({"grade": "nurse"}, "grade"),
        ({"predictable": {"weekday_hours": 2, "weekend_hours": 0}}, "predictable.weekday_hours"),
        ({"on": "yesterday"}, "on"),
        ({"doctor": 5}, "doctor"),
    ],
)
def test_a_wrong_field_is_named_with_a_sentence(tmp_path: Path, changed: dict[str, Any], field: str) -> None:
    result = run(tmp_path, {**EXAMPLE_1, **changed})
    assert result.exit_code == 1
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert f"rota.json: {field}: " in line


def test_every_wrong_field_has_its_own_sentence(tmp_path: Path) -> None:
    result = run(tmp_path, {"grade": "consultant"})
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["doctors", "weekday_hours", "weekend_hours"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"doctors": 5,\n "weekday_hours" 1}', "Line 2, column 18"),
        ("[5]", "has to hold one table"),
        ('{"doctors": NaN}', "not a number that can be reckoned with"),
        ('{"doctors": 1e99, "weekday_hours": 1, "weekend_hours": 1, "grade": "sas"}', "doctors: "),
    ],
)
def test_a_file_that_cannot_be_read_is_said_with_its_line(tmp_path: Path, content: str, said: str) -> None:
    result = run(tmp_path, content)
    assert result.exit_code == 1
    assert said in result.stderr


def test_leave_that_fills_the_year_an_unknown_policy_and_no_file_are_sentences(tmp_path: Path) -> None:
    filled = run(tmp_path, {**EXAMPLE_1, "availability": {"annual_leave": 300}})
    assert (filled.exit_code, "no weekday, or no weekend, left" in filled.stderr) == (1, True)
    unknown = run(tmp_path, EXAMPLE_1, policy="nowhere")
    assert (unknown.exit_code, "blackpool, cumbria" in unknown.stderr) == (1, True)
    gone = CliRunner().invoke(main, ["calculate", "on-call", str(tmp_path / "gone.json"), "--policy", "blackpool"])
    assert (gone.exit_code, "cannot be read" in gone.stderr) == (1, True)
