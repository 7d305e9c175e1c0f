"""Cycles: how often a year something is done, and on which days."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.arithmetic.lines import BLACKPOOL, PATTERNS
from workflows.domain.arithmetic.patterns import occurrences, times_a_year
from workflows.domain.arithmetic.times import WEEK

STARTS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
IN_ATTENDANCE = BLACKPOOL.weeks_in_attendance / BLACKPOOL.weeks_in_year


@pytest.mark.clause("CPFT-7.4.2-a")
@pytest.mark.parametrize(
    ("pattern", "times"),
    [
        ({}, "42"),
        ({"every_weeks": 1}, "42"),
        ({"every_weeks": 2, "week": 1}, "21"),
        ({"every_weeks": 5}, "42/5"),
        ({"month_weeks": [1]}, "126/13"),  # 12 × 42/52
        ({"month_weeks": [1, 3]}, "252/13"),
        ({"per_year": 14}, "14"),
        ({"dates": ["2027-04-01", "2027-09-09"]}, "2"),
    ],
)
def test_weekly_monthly_and_other_cycles_become_a_years_number(pattern: dict[str, object], times: str) -> None:
    assert times_a_year(pattern, BLACKPOOL).value == Fraction(times)


def _cycle(pattern: dict[str, int], day: str, starts: date) -> int:
    """How many dates there are in 52 whole cycles of weeks from a day."""
    every = pattern.get("every_weeks", 1)
    number, ends = 0, starts + timedelta(weeks=52 * every)
    while starts < ends:
        # Whole cycles at a time fit in a year; the next year starts where they end.
        whole = every * (52 // every)
        until = min(starts + timedelta(weeks=whole), ends)
        number += sum(each < until for each in occurrences(pattern, day, starts))
        starts = until
    return number


@settings(max_examples=40)
@given(st.integers(1, 13), st.data(), st.sampled_from(WEEK), STARTS)
def test_over_whole_cycles_of_weeks_the_dates_are_the_annual_figure(
    every: int, data: st.DataObject, day: str, starts: date
) -> None:
    pattern = {"every_weeks": every, "week": data.draw(st.integers(1, every))}
    assert _cycle(pattern, day, starts) * IN_ATTENDANCE / every == times_a_year(pattern, BLACKPOOL).value


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4, unique=True), st.sampled_from(WEEK), STARTS)
def test_in_every_year_the_weekdays_of_its_months_are_the_annual_figure(
    weeks: list[int], day: str, starts: date
) -> None:
    first = starts.replace(day=1)
    pattern = {"month_weeks": weeks}
    assert len(occurrences(pattern, day, first)) * IN_ATTENDANCE == times_a_year(pattern, BLACKPOOL).value


@pytest.mark.slow
def test_over_the_whole_calendar_the_fifth_weekdays_of_months_are_the_annual_figure() -> None:
    pattern = {"month_weeks": [5]}
    found = sum(len(occurrences(pattern, day, date(year, 1, 1))) for year in range(2000, 2400) for day in WEEK)
    assert Fraction(found, 400 * 7) * IN_ATTENDANCE == times_a_year(pattern, BLACKPOOL).value


@given(st.integers(0, 400), st.sampled_from(WEEK), STARTS)
def test_a_number_a_year_has_that_very_number_of_dates(number: int, day: str, starts: date) -> None:
    pattern = {"per_year": number}
    assert len(occurrences(pattern, day, starts)) == number == times_a_year(pattern, BLACKPOOL).value


@given(st.lists(st.dates(date(2027, 4, 1), date(2028, 3, 31)), unique=True))
def test_agreed_dates_within_the_year_are_themselves(days: list[date]) -> None:
    pattern = {"dates": [day.isoformat() for day in days]}
    assert list(occurrences(pattern, "", date(2027, 4, 1))) == sorted(days)
    assert times_a_year(pattern, BLACKPOOL).value == len(days)


@given(PATTERNS, st.sampled_from(WEEK), STARTS)
def test_every_date_falls_on_the_lines_day_and_in_the_year(pattern: dict[str, object], day: str, starts: date) -> None:
    for each in occurrences(pattern, day, starts):
        assert WEEK[each.weekday()] == day
        assert starts <= each < starts + timedelta(days=366)


def test_the_weeks_of_a_cycle_are_counted_from_the_first_day_of_the_year() -> None:
    starts = date(2027, 4, 1)  # a Thursday: week 1 ends on Wednesday the 7th
    first, second = ({"every_weeks": 2, "week": week} for week in (1, 2))
    assert occurrences(first, "thursday", starts)[:2] == (date(2027, 4, 1), date(2027, 4, 15))
    assert occurrences(first, "wednesday", starts)[0] == date(2027, 4, 7)
    assert occurrences(second, "thursday", starts)[0] == date(2027, 4, 8)


def test_a_year_from_the_29th_of_february_ends_with_the_next_february() -> None:
    assert occurrences({}, "monday", date(2028, 2, 29))[-1] == date(2029, 2, 26)


def test_a_line_without_a_fixed_day_has_no_dates_unless_they_are_agreed() -> None:
    assert occurrences({}, "", date(2027, 4, 1)) == ()
