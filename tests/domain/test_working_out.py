"""What a plan comes to: PAs that follow from the times, PAs that were typed, and their sums."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.factories import activity, plan, policy
from workflows.domain.arithmetic.terms import Terms, terms
from workflows.domain.arithmetic.timetable import value
from workflows.domain.errors import BadValues
from workflows.domain.plan import Activity, Plan
from workflows.domain.plan.working_out import figures, work_out, worth


def under(contract: str = "consultant_2003") -> Terms:
    return terms(policy("blackpool").values, contract, date(2027, 4, 1))


NIGHT = activity(
    "night", pas="0", start="20:00", end="04:00", premium="agreed", by_times=True, pattern={"per_year": 14}
)
CLINIC = activity("clinic", pas="7", by_times=True)
AUDIT = activity("audit", "spa", "1.5", day="", start="", end="")
LINES = st.lists(
    st.builds(
        activity,
        st.sampled_from("abcdef"),
        st.sampled_from(["dcc", "spa", "external"]),
        start=st.sampled_from(["07:00", "18:30", "22:00"]),
        end=st.sampled_from(["09:15", "13:00", "19:40"]),
        day=st.sampled_from(["monday", "saturday"]),
        by_times=st.booleans(),
        extra=st.sampled_from(["", "additional"]),
    ),
    unique_by=lambda line: line.id,
)


@pytest.mark.clause("BTH-3.2.2", "CPFT-7.4.2-a")
def test_pas_follow_from_the_times_where_the_line_says_so() -> None:
    worked = work_out(plan(CLINIC, NIGHT, AUDIT), under())
    assert [line.pas for line in worked.activities] == [Fraction(1), Fraction(8, 9), Fraction(3, 2)]


def test_a_plan_comes_to_the_sum_of_its_lines_a_week_and_a_year() -> None:
    found = figures(plan(CLINIC, NIGHT, AUDIT), under())
    assert found.overall.pas_a_week == 1 + Fraction(8, 9) + Fraction(3, 2)
    assert found.by_category["dcc"].pas_a_year == 42 + Fraction(112, 3)
    assert found.lines["audit"].working[0].words == "Entered by hand: 1.5 PA a week"


@given(LINES)
def test_the_order_of_the_lines_makes_no_difference(lines: list[Activity]) -> None:
    one, other = (figures(plan(*order), under()) for order in (lines, lines[::-1]))
    assert one.overall == other.overall
    assert one.by_category == other.by_category


@given(LINES)
def test_standard_and_additional_pas_are_the_whole(lines: list[Activity]) -> None:
    found = figures(plan(*lines), under())
    assert found.standard.pas_a_week + found.additional.pas_a_week == found.overall.pas_a_week
    assert work_out(plan(*lines), under()).totals().overall == found.overall.pas_a_week


def test_a_typed_line_can_be_held_against_its_times() -> None:
    assert worth(activity("long", pas="7.5"), under()) == value(activity("long", pas="7.5"), under())
    assert worth(AUDIT, under()) is None


def test_work_elsewhere_counts_in_hours_and_free_time_does_not() -> None:
    rows = [{"id": "p", "kind": "private", "hours": 2.5}, {"id": "f", "kind": "not_working", "hours": 8}]
    each = Plan.from_json({"outside": rows})
    assert figures(each, under()).outside_hours == Fraction(5, 2)


def test_exact_pas_of_any_pattern_are_kept() -> None:
    fifths = activity("fifth", pas="0", by_times=True, pattern={"month_weeks": [5]}, start="18:10", end="20:37")
    worked = work_out(plan(fifths), under())
    assert Plan.from_json(worked.to_json()) == worked


@pytest.mark.clause("BTH-3.4.4-d")
def test_excess_travel_there_and_back_makes_the_pas_of_its_line() -> None:
    way = activity("way", pas="0", start="", end="", by_times=True, more={"home_to_site": 50, "home_to_base": 20})
    worked = work_out(plan(way, replace(way, id="short", more={"home_to_site": 10, "home_to_base": 20})), under())
    assert [line.pas for line in worked.activities] == [Fraction(1, 4), 0]


def without_times(name: str, **more: object) -> Activity:
    return activity(name, pas="0", start="", end="", by_times=True, more=more)


@pytest.mark.clause("BTH-3.4.4-c", "BTH-3.4.4-d")
def test_journeys_between_sites_and_for_emergencies_count_whole_beside_excess_travel() -> None:
    lines = [
        without_times("sites", between_sites=60),
        without_times("emergency", emergency_travel=90),
        without_times("all", between_sites=60, emergency_travel=90, home_to_site=50, home_to_base=20),
    ]
    worked = work_out(plan(*lines), under())
    assert [line.pas for line in worked.activities] == [Fraction(1, 4), Fraction(3, 8), Fraction(7, 8)]
    assert {line.category for line in lines} == {"dcc"}
    working = [step.words for step in figures(worked, under()).lines["all"].working]
    assert working[:2] == ["Home to the other site 50 minutes, less home to base 20", "2 journeys"]
    assert working[2:4] == ["Between two sites: 60 minutes", "For an emergency: 90 minutes"]


DIARY = {"recorded_from": "2027-03-01", "recorded_until": "2027-03-14", "recorded": "1/3/2027 5\n2027-03-09: 7"}


@pytest.mark.clause("BTH-3.4.4-b")
def test_administration_is_the_average_of_what_was_recorded_over_a_stated_period_and_keeps_it() -> None:
    row = {**activity("admin", pas="0").to_json(), "by_times": True, "more": DIARY}
    worked = work_out(Plan.from_json({"activities": [row]}), under())
    assert worked.activities[0].pas == Fraction(3, 2), "12 hours in two weeks, whatever its place in the week"
    assert worked.to_json()["activities"][0]["more"] == DIARY
    words = [step.words for step in figures(worked, under()).lines["admin"].working]
    assert words == ["2 entries in the diary", "From 1 March 2027 to 14 March 2027", "A week, at 4 h a PA"]


@pytest.mark.parametrize(
    ("change", "column", "sentence"),
    [
        ({"recorded": "1/3/2027 5\nsome time"}, "recorded", "“some time” cannot be read."),
        ({"recorded": "31/2/2027 5"}, "recorded", "“31/2/2027 5” cannot be read."),
        ({"recorded": "1/3/2027 25"}, "recorded", "cannot be read"),
        ({"recorded_until": ""}, "recorded_until", "say over which days the time was recorded."),
        ({"recorded": "1/4/2027 5"}, "recorded", "between these days there have to be entries"),
    ],
)
def test_what_was_recorded_has_to_be_days_with_hours_in_a_stated_period(
    change: dict[str, str], column: str, sentence: str
) -> None:
    row = {**activity("admin", pas="0").to_json(), "by_times": True, "more": {**DIARY, **change}}
    with pytest.raises(BadValues) as bad:
        Plan.from_json({"activities": [row]})
    assert list(bad.value.problems) == [f"activities.0.more.{column}"]
    assert sentence in bad.value.problems[f"activities.0.more.{column}"]


def test_work_that_colleagues_do_for_each_other_in_weeks_away_counts_in_those_of_attendance() -> None:
    covered = replace(CLINIC, more={"covered": True})
    found = figures(plan(covered), under()).lines["clinic"]
    assert found.pas_a_week == Fraction(52, 42)
    assert found.pas_a_year == 52
    assert found.hours_a_year == 208
    assert found.working[-1].words == "1 PA in each of 52 weeks, done in 42 weeks in attendance"
    by_number = replace(NIGHT, more={"covered": True})
    assert worth(by_number, under()) == worth(NIGHT, under()), "14 nights a year stay 14"
