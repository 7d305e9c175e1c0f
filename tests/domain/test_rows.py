"""Rows that people fill in: teams that meet together, and sessions with teaching in them."""

import pytest

from workflows.domain.errors import BadValues
from workflows.domain.rows import check_needs, check_teaching, meets_with

TAUGHT = {
    "session": "Tuesday clinic",
    "workload": "12",
    "share": "25",
    "funding": "Medical Education",
    "adjustment": "One clinic a month moves to the registrar",
}


def test_three_teams_hang_together_over_two_pairs() -> None:
    rows = [{"team": 1, "with_team": 2}, {"team": 3, "with_team": 2}, {"team": 8, "with_team": 9}]
    assert meets_with(rows, 1) == [2, 3]
    assert meets_with(rows, 9) == [8]
    assert meets_with(rows, 4) == []


@pytest.mark.clause("BTH-3.4.8.6-b")
def test_workload_is_weighted_by_what_teaching_takes() -> None:
    assert check_teaching([TAUGHT], 20)[0]["weighted"] == "9"
    assert check_teaching([{**TAUGHT, "share": "10", "funding": "", "adjustment": ""}], 20)[0]["weighted"] == "10.8"


@pytest.mark.clause("BTH-3.4.8.6-b")
@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"funding": ""}, "funding"),
        ({"adjustment": ""}, "adjustment"),
        ({"workload": "many"}, "workload"),
        ({"share": "101"}, "share"),
        ({"share": "-1"}, "share"),
    ],
)
def test_significant_teaching_names_its_funding_and_what_it_changes(change: dict[str, str], key: str) -> None:
    with pytest.raises(BadValues) as refused:
        check_teaching([{**TAUGHT, **change}], 20)
    assert list(refused.value.problems) == [f"teaching_sessions.0.{key}"]


@pytest.mark.clause("CPFT-7.4.1-e")
def test_each_service_of_a_team_says_once_how_many_pas_it_needs() -> None:
    assert check_needs([{"service": "Memory clinic", "pas": "12.5"}]) == [{"service": "Memory clinic", "pas": "12.5"}]
    with pytest.raises(BadValues) as refused:
        check_needs([{"service": "Ward", "pas": "many"}, {"service": " ward", "pas": "2"}])
    assert list(refused.value.problems) == ["service_needs.0.pas", "service_needs.1.service"]
