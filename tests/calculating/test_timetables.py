"""`accord calculate timetable`: what the file may hold, what comes out, and what is said of a wrong one."""

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from webapp import commands

README = Path(__file__).parents[2] / "README.md"
NIGHT: dict[str, Any] = {"category": "DCC", "day": "Mon", "start": "20:00", "end": "04:00"}
SPA: dict[str, Any] = {"category": "SPA", "hours_per_week": 4}


def run(tmp_path: Path, content: object, policy: str = "blackpool") -> Result:
    """The command with a file of this content; bytes and texts are written as they are."""
    file = tmp_path / "timetable.json"
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(commands.main, ["calculate", "timetable", str(file), "--policy", policy])


def worked(tmp_path: Path, *activities: Mapping[str, Any], policy: str = "blackpool", **more: Any) -> dict[str, Any]:
    """What the command prints of a consultant's timetable."""
    result = run(tmp_path, {"contract": "consultant_2003", "activities": list(activities), **more}, policy)
    assert result.exit_code == 0, result.output
    printed: dict[str, Any] = json.loads(result.output)
    return printed


def refused(tmp_path: Path, content: object, policy: str = "blackpool") -> list[str]:
    """The sentences on a wrong file, each after the file's name."""
    result = run(tmp_path, content, policy)
    assert (result.exit_code, result.stdout) == (1, "")
    return [line.removeprefix(f"{tmp_path / 'timetable.json'}: ") for line in result.stderr.splitlines()]


def test_totals_come_by_category_and_overall_exactly_and_to_three_places(tmp_path: Path) -> None:
    printed = worked(
        tmp_path,
        {**NIGHT, "own_choice": False, "pattern": {"every_weeks": 1}},
        {**NIGHT, "own_choice": True, "pattern": {"per_year": 14}},
        SPA,
        weeks_in_attendance=42,
    )
    by_category, overall = printed["totals"]["by_category"], printed["totals"]["overall"]
    assert by_category["DCC"]["pas_a_week"] == {"exact": "10/3", "decimal": 3.333}
    assert by_category["DCC"]["pas_a_year"] == {"exact": "140", "decimal": 140.0}
    assert by_category["DCC"]["hours_a_week"] == {"exact": "32/3", "decimal": 10.667}
    assert by_category["SPA"]["hours_a_year"] == {"exact": "168", "decimal": 168.0}
    assert overall["pas_a_week"] == {"exact": "13/3", "decimal": 4.333}
    assert overall["hours_a_year"] == {"exact": "616", "decimal": 616.0}
    assert [line["words"] for line in printed["activities"][0]["working"]] == [
        "Monday 20:00 to 24:00: 4 h premium at 3 h a PA",
        "Tuesday 00:00 to 04:00: 4 h premium at 3 h a PA",
        "A year: 42 times (every week of 42 weeks in attendance)",
        "A week: over 42 weeks in attendance",
    ]


def test_weeks_in_attendance_are_the_policys_where_the_file_gives_none(tmp_path: Path) -> None:
    assert worked(tmp_path, SPA)["weeks_in_attendance"] == {"exact": "42", "decimal": 42.0}
    assert worked(tmp_path, SPA, weeks_in_attendance=40.5)["weeks_in_attendance"]["exact"] == "81/2"


@pytest.mark.parametrize(
    ("pattern", "a_year"),
    [
        ({"every_weeks": 2, "week": 1}, "56"),
        ({"month_weeks": [1, 3]}, "672/13"),
        ({"per_year": 3}, "8"),
        ({"dates": ["2027-04-05", "2027-04-12"]}, "16/3"),
    ],
)
def test_every_kind_of_pattern_is_understood(tmp_path: Path, pattern: Mapping[str, Any], a_year: str) -> None:
    printed = worked(tmp_path, {**NIGHT, "pattern": pattern})
    assert printed["totals"]["overall"]["pas_a_year"]["exact"] == a_year


def test_dates_on_public_holidays_are_premium_time(tmp_path: Path) -> None:
    shift = {"category": "dcc", "start": "09:00", "end": "12:00", "pattern": {"dates": ["2028-12-25", "2029-01-08"]}}
    printed = worked(tmp_path, shift, public_holidays=["2028-12-25"])
    assert printed["totals"]["overall"]["pas_a_year"]["exact"] == "7/4"


def test_premium_time_can_be_said_to_be_agreed_by_nobody(tmp_path: Path) -> None:
    assert worked(tmp_path, {**NIGHT, "premium": ""})["totals"]["overall"]["pas_a_week"]["exact"] == "2"
    assert worked(tmp_path, {**NIGHT, "premium": ""}, policy="cumbria")["totals"]["overall"]["pas_a_week"]["exact"] == (
        "8/3"
    )


def test_hours_each_time_and_days_in_full_are_understood(tmp_path: Path) -> None:
    printed = worked(
        tmp_path,
        {"title": "Audit", "category": "spa", "hours": 2.5, "pattern": {"per_year": 12}},
        {"category": "dcc", "day": "Tuesday", "start": "09:00", "end": "13:00"},
    )
    assert printed["activities"][0]["title"] == "Audit"
    assert printed["totals"]["by_category"]["spa"]["hours_a_year"]["exact"] == "30"
    assert printed["totals"]["by_category"]["dcc"]["pas_a_week"]["exact"] == "1"


def test_numbers_are_read_as_they_are_written(tmp_path: Path) -> None:
    assert worked(tmp_path, {"category": "SPA", "hours_per_week": 0.1})["totals"]["overall"]["hours_a_week"] == {
        "exact": "1/10",
        "decimal": 0.1,
    }


@pytest.mark.parametrize(
    ("activity", "field", "says"),
    [
        ({**NIGHT, "start": "25:00"}, "start", "Write the time as 08:30"),
        ({**NIGHT, "start": "8:30"}, "start", "Write the time as 08:30"),
        ({**NIGHT, "start": 8}, "start", "A text is needed here, and 8 is none."),
        ({**NIGHT, "end": ""}, "end", "A line with times needs both a start and an end."),
        ({**NIGHT, "day": "Mo"}, "day", "day cannot be “Mo”. Write one of: monday, tuesday"),
        ({**NIGHT, "day": ""}, "day", "A line with times needs its day of the week, or dates."),
        ({**NIGHT, "category": "Coffee"}, "category", "category cannot be “Coffee”. Write one of: dcc, spa,"),
        ({**NIGHT, "category": None}, "category", "category is missing. Write one of: dcc, spa,"),
        ({**NIGHT, "own_choice": "no"}, "own_choice", "This has to be true or false."),
        ({**NIGHT, "premium": "maybe"}, "premium", "premium cannot be “maybe”. Write one of: “”, agreed, own_choice."),
        ({**NIGHT, "own_choice": True, "premium": "agreed"}, "premium", "own_choice is true"),
        ({**NIGHT, "hours_per_week": 8}, "hours_per_week", "Give either times or hours, not both."),
        ({**NIGHT, "finish": "04:00"}, "finish", "“finish” is not known here"),
        ({**NIGHT, "pattern": {"every_weeks": 0}}, "pattern.every_weeks", "The number has to be between 1 and 52"),
        ({**NIGHT, "pattern": {"every_weeks": 1.5}}, "pattern.every_weeks", "A whole number is needed here, and 1.5"),
        ({**NIGHT, "pattern": {"every_weeks": 2, "week": 3}}, "pattern.week", "The number has to be between 1 and 2"),
        ({**NIGHT, "pattern": {"week": 3}}, "pattern.week", "Which week it is can only be said together"),
        ({**NIGHT, "pattern": {"per_year": -1}}, "pattern.per_year", "The number has to be between 0 and 1000"),
        ({**NIGHT, "pattern": {"per_year": True}}, "pattern.per_year", "“True” is not a number."),
        ({**NIGHT, "pattern": {"month_weeks": [6]}}, "pattern.month_weeks", "List the weeks of the month"),
        ({**NIGHT, "pattern": {"month_weeks": []}}, "pattern.month_weeks", "List the weeks of the month"),
        ({**NIGHT, "pattern": {"dates": ["1 April"]}}, "pattern.dates.0", "Write the date as 2027-04-01."),
        (
            {**NIGHT, "pattern": {"dates": ["2027-04-05", "2027-04-12", "2027-04-05"]}},
            "pattern.dates.2",
            "2027-04-05 is given twice. Give each date once.",
        ),
        (
            {**NIGHT, "pattern": {"dates": ["2027-04-06"]}},
            "pattern.dates.0",
            "2027-04-06 is a Tuesday, and",
        ),
        ({**NIGHT, "pattern": {"per_year": 2, "every_weeks": 1}}, "pattern.per_year", "Give one of every_weeks,"),
        ({**NIGHT, "pattern": "weekly"}, "pattern", "A table of values is needed here: {…}."),
        ({"category": "SPA"}, "start", "A line needs a start and an end, or its hours."),
        (
            {"category": "SPA", "hours_per_week": -4},
            "hours_per_week",
            "The number has to be between 0 and 168; -4",
        ),
        ({"category": "SPA", "hours_per_week": 200}, "hours_per_week", "The number has to be between 0 and 168"),
        ({"category": "SPA", "hours_per_week": "4"}, "hours_per_week", "“4” is not a number."),
        ({"category": "SPA", "hours_per_week": 4, "hours": 4}, "hours", "Give either hours_per_week or hours"),
        ({**SPA, "pattern": {"per_year": 4}}, "hours_per_week", "With a pattern other than every week, give hours"),
    ],
)
def test_a_wrong_field_is_named_with_a_sentence(
    tmp_path: Path, activity: dict[str, Any], field: str, says: str
) -> None:
    found = refused(tmp_path, {"contract": "consultant_2003", "activities": [SPA, SPA, activity]})
    assert [line for line in found if line.startswith(f"activities.2.{field}: {says}")], found
    assert len(found) == 1, found


def test_all_wrong_fields_are_named_at_once(tmp_path: Path) -> None:
    found = refused(
        tmp_path, {"contract": "x", "weeks_in_attendance": 0, "public_holidays": [7], "activities": [{}, 3]}
    )
    assert [line.partition(": ")[0] for line in found] == [
        "contract", "weeks_in_attendance", "activities.0.category", "activities.0.start", "activities.1",
        "public_holidays.0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"contract": "local",\n "activities": [}', "Line 2, column 17: this is not JSON (expecting value)."),
        ("", "Line 1, column 1: this is not JSON (expecting value)."),
        (b'{"contract":\n "\xff"}', "Line 2, column 3: this is not text in UTF-8."),
        ("[1]", "file: The file has to hold one table of values: {…}."),
        ('{"contract": "local", "contract": "sas_2021"}', "contract: “contract” is written twice in one place"),
        ('{"contract": "local", "weeks_in_attendance": NaN}', "NaN is not a number that can be reckoned with."),
        ("[" * 100_000, "The file is nested too deeply."),
        ("9" * 1_000_001, "The file is larger than 1,000,000 bytes."),
        (
            '{"contract": "local", "weeks_in_attendance": 1e999999999, "activities": []}',
            "weeks_in_attendance: “1E+9",
        ),
        ('{"contract": "local"}', "activities: A list of activities is needed here."),
        ('{"contract": "local", "activities": 7}', "activities: A list is needed here, of 200 at most."),
        (
            '{"contract": "local", "weeks_in_attendance": 53, "activities": []}',
            "weeks_in_attendance: The number",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_said_with_its_place(tmp_path: Path, content: str | bytes, says: str) -> None:
    found = refused(tmp_path, content)
    assert len(found) == 1
    assert found[0].startswith(says), found


def test_a_file_that_is_not_there_and_a_policy_that_is_not_known_are_said(tmp_path: Path) -> None:
    assert "There is no policy “atlantis” here. There are: blackpool," in refused(tmp_path, {}, "atlantis")[0]
    missing = CliRunner().invoke(
        commands.main, ["calculate", "timetable", str(tmp_path / "none.json"), "--policy", "blackpool"]
    )
    assert (missing.exit_code, "none.json: The file cannot be read." in missing.stderr) == (1, True)


def test_the_example_of_the_readme_comes_out(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    block = text[text.index("accord calculate timetable") :].partition("```json\n")[2].partition("```")[0]
    result = run(tmp_path, block)
    assert result.exit_code == 0, result.output
    assert Fraction(json.loads(result.output)["totals"]["overall"]["pas_a_week"]["exact"]) > 0
