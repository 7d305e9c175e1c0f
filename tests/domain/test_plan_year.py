"""The year of a plan, week by week: what the patterns put into each, and that it is the annual figure."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.arithmetic.lines import BLACKPOOL, PATTERNS
from tests.domain.factories import activity, plan
from workflows.domain.plan import Activity
from workflows.domain.plan.working_out import figures
from workflows.domain.plan.year import Year, year_of

APRIL = date(2027, 4, 1)
"""A Thursday."""
CLINIC = activity("clinic", by_times=True)
LIST = activity("list", by_times=True, day="tuesday", pattern={"every_weeks": 2, "week": 2})
CLINICS_A_YEAR = activity("extra", by_times=True, day="friday", pattern={"per_year": 14})
READING = activity("reading", "spa", by_times=True, day="", start="", end="", hours="2")
LINES = st.lists(
    st.builds(
        activity,
        st.uuids().map(str),
        st.sampled_from(["dcc", "spa"]),
        day=st.sampled_from(["monday", "sunday", ""]),
        pattern=PATTERNS,
        by_times=st.just(True),
    ),
    max_size=5,
)


def year(*lines: Activity, starts: date = APRIL) -> Year:
    written = plan(*lines)
    return year_of(written, figures(written, BLACKPOOL), BLACKPOOL, starts)


def test_each_week_has_what_its_patterns_put_there() -> None:
    found = year(CLINIC, LIST, READING)
    assert [week.pas for week in found.weeks[:4]] == [Fraction(pas) for pas in ("1.5", "2.5", "1.5", "2.5")]
    assert found.weeks[0].starts == APRIL
    assert len(found.weeks) == 53, "the last one has a day, the 31st of March"


def test_months_are_those_of_the_calendar_and_come_to_the_same() -> None:
    found = year(CLINIC, starts=date(2027, 4, 15))
    assert [month.starts for month in found.months][:2] == [date(2027, 4, 15), date(2027, 5, 1)]
    assert found.months[0].pas == 2, "the Mondays 19 and 26 April"
    assert found.months[-1].starts == date(2028, 4, 1)
    assert sum(month.pas for month in found.months) == found.planned


@pytest.mark.clause("CPFT-7.4.2-a")
def test_weekly_lines_count_for_the_weeks_in_attendance_and_those_of_a_number_a_year_as_often_as_agreed() -> None:
    weekly, agreed = year(CLINIC), year(CLINICS_A_YEAR)
    assert [weekly.planned, weekly.annual] == [Fraction(52), Fraction(42)]
    assert agreed.planned == agreed.annual == 14


def test_what_was_agreed_as_a_number_a_year_without_a_day_is_spread_over_its_weeks() -> None:
    found = year(activity("talks", by_times=True, day="", pattern={"per_year": 26}))
    assert {week.pas for week in found.weeks[:52]} == {Fraction(1, 2)}
    assert found.planned == found.annual == 26


@given(LINES, st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_weeks_and_months_come_to_the_same_year(lines: list[Activity], starts: date) -> None:
    found = year(*lines, starts=starts)
    assert sum(week.pas for week in found.weeks) == sum(month.pas for month in found.months) == found.planned
