"""Civil days, months and the edges of summer time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.factories import CALENDAR
from workflows.domain.calendars import add_months, at_hour, civil_day, end_of_day, in_full, in_words

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def test_a_month_after_31_january_is_the_last_of_february() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2027, 12, 31), 2) == date(2028, 2, 29)


def test_a_year_after_29_february_is_28_february() -> None:
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)


@given(DAYS, st.integers(-600, 600))
def test_adding_months_lands_in_the_right_month_and_never_on_a_later_day_of_it(day: date, count: int) -> None:
    landed = add_months(day, count)
    assert (landed.year * 12 + landed.month) - (day.year * 12 + day.month) == count
    assert landed.day == day.day or (landed.day < day.day and (landed + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, st.integers(-60, 60))
def test_adding_months_never_swaps_two_days(first: date, second: date, count: int) -> None:
    assert (first <= second) <= (add_months(first, count) <= add_months(second, count))


def test_the_working_day_after_thursday_before_easter_is_tuesday() -> None:
    assert CALENDAR.add_working_days(date(2027, 3, 25), 1) == date(2027, 3, 30)
    assert CALENDAR.add_working_days(date(2027, 3, 30), -1) == date(2027, 3, 25)


def test_working_days_from_a_saturday_begin_on_monday() -> None:
    assert CALENDAR.add_working_days(date(2027, 3, 6), 1) == date(2027, 3, 8)


@given(DAYS, st.integers(1, 60))
def test_working_days_added_are_the_working_days_in_between(day: date, count: int) -> None:
    landed = CALENDAR.add_working_days(day, count)
    assert CALENDAR.is_working_day(landed)
    assert CALENDAR.working_days(day + timedelta(days=1), landed + timedelta(days=1)) == count


def test_a_day_ends_at_midnight_in_london_in_winter_and_in_summer() -> None:
    assert end_of_day(date(2027, 3, 1)) == datetime(2027, 3, 2, 0, tzinfo=UTC)
    assert end_of_day(date(2027, 7, 1)) == datetime(2027, 7, 1, 23, tzinfo=UTC)


def test_the_days_on_which_the_clocks_change_have_23_and_25_hours() -> None:
    spring, autumn = date(2027, 3, 28), date(2027, 10, 31)
    assert end_of_day(spring) - end_of_day(spring - timedelta(days=1)) == timedelta(hours=23)
    assert end_of_day(autumn) - end_of_day(autumn - timedelta(days=1)) == timedelta(hours=25)


@given(DAYS)
def test_the_last_instant_of_a_day_is_still_that_day(day: date) -> None:
    assert civil_day(end_of_day(day) - timedelta(microseconds=1)) == day
    assert civil_day(end_of_day(day)) == day + timedelta(days=1)
    assert civil_day(at_hour(day, 7)) == day


def test_half_past_midnight_in_summer_is_already_the_next_day() -> None:
    assert civil_day(datetime(2027, 6, 30, 23, 30, tzinfo=UTC)) == date(2027, 7, 1)


def test_an_instant_without_its_zone_is_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        civil_day(datetime(2027, 3, 1, 12))  # noqa: DTZ001 - that is the point


def test_dates_read_as_people_write_them() -> None:
    assert in_words(date(2027, 3, 3)) == "3 March 2027"
    assert in_full(date(2027, 3, 3)) == "Wednesday 3 March 2027"
