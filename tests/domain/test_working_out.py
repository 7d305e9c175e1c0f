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
