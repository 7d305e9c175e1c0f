"""A timetable's lines and totals, a week and a year."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.arithmetic.lines import BLACKPOOL, ENTRIES, Entry, pas
from workflows.domain.arithmetic.timetable import NO_PAS, Valued, total, value

FIGURES = ("hours_a_week", "hours_a_year", "pas_a_week", "pas_a_year", "out_of_hours_a_week")


def figures(found: Valued) -> list[Fraction]:
    return [getattr(found, name) for name in FIGURES]


@pytest.mark.clause("CPFT-7.4.2-a")
def test_a_weekly_line_becomes_a_years_figure_and_the_average_week() -> None:
    found = value(Entry(start="09:00", end="13:00"), BLACKPOOL)
    assert figures(found) == [4, 168, 1, 42, 0]
    alternate = value(Entry(start="09:00", end="13:00", pattern={"every_weeks": 2, "week": 1}), BLACKPOOL)
    assert figures(alternate) == [2, 84, pas("1/2"), 21, 0]


@pytest.mark.clause("CPFT-7.4.2-a")
def test_a_monthly_line_becomes_a_years_figure() -> None:
    found = value(Entry(start="09:00", end="13:00", pattern={"month_weeks": [2]}), BLACKPOOL)
    assert (found.pas_a_year, found.pas_a_week) == (pas("126/13"), pas("3/13"))


@pytest.mark.clause("BTH-3.2.17")
def test_pas_agreed_as_a_number_a_year_show_as_a_weekly_average() -> None:
    found = value(Entry(hours="8", pattern={"per_year": 21}), BLACKPOOL)
    assert (found.pas_a_year, found.pas_a_week) == (pas(42), pas(1))
    assert [line.words for line in found.working] == [
        "8 h without times at 4 h a PA",
        "A year: 21 times (21 times a year, as agreed)",
        "A week: over 42 weeks in attendance",
    ]


def test_weeks_in_attendance_are_a_number_of_their_own() -> None:
    held = replace(BLACKPOOL, weeks_in_attendance=Fraction(40))
    found = value(Entry(start="09:00", end="13:00", pattern={"per_year": 20}), held)
    assert (found.pas_a_year, found.pas_a_week) == (pas(20), pas("1/2"))


@pytest.mark.clause("BTH-3.2.8")
def test_agreed_dates_on_a_public_holiday_are_premium_time() -> None:
    line = Entry(day="", start="09:00", end="12:00", pattern={"dates": ["2028-12-25", "2029-01-08"]})
    found = value(line, BLACKPOOL, [date(2028, 12, 25)])
    assert (found.pas_a_year, found.hours_a_year) == (pas("7/4"), pas(6))


@pytest.mark.clause("BTH-3.4.4-e", "BTH-3.2.13", "BTH-3.2.14")
@pytest.mark.parametrize("category", ["travel", "private", "fee_paying"])
def test_the_way_to_work_private_practice_and_fee_paying_work_add_no_pas(category: str) -> None:
    clinic = Entry(start="09:00", end="13:00")
    found = total([clinic, Entry(category=category, start="13:00", end="17:00")], BLACKPOOL)
    assert figures(found.overall)[:3] == figures(value(clinic, BLACKPOOL))[:3]
    assert found.by_category[category].pas_a_year == 0


@pytest.mark.clause("CPFT-7.2.1-d")
def test_external_study_leave_adds_nothing_to_supporting_activities() -> None:
    found = total([Entry(category="spa", hours="6"), Entry(category="study_leave", hours="8")], BLACKPOOL)
    assert found.by_category["spa"].pas_a_week == found.overall.pas_a_week == pas("3/2")
    line = value(Entry(category="study_leave", hours="8"), BLACKPOOL).working[0]
    assert line.words == "No PAs: external study leave is leave, no supporting activity (CPFT-7.2.1-d)"


def test_a_whole_week_of_ten_pas_comes_out() -> None:
    days = ("monday", "tuesday", "wednesday")
    lines = [Entry(day=day, start="08:00", end="18:00") for day in days]
    lines += [Entry(category="spa", hours="10")]
    found = total(lines, BLACKPOOL)
    assert found.overall.pas_a_week == 10
    assert {key: each.pas_a_week for key, each in found.by_category.items()} == {"dcc": pas("7.5"), "spa": pas("2.5")}
    assert found.overall.working[-1].words == "A week: 7.5 PA + 2.5 PA"


def test_an_empty_timetable_comes_to_nothing() -> None:
    assert figures(total([], BLACKPOOL).overall) == [0, 0, 0, 0, 0]


@given(ENTRIES, st.randoms(use_true_random=False))
def test_totals_do_not_depend_on_the_order_of_the_lines(lines: list[Entry], chance: Random) -> None:
    mixed = list(lines)
    chance.shuffle(mixed)
    one, other = total(lines, BLACKPOOL), total(mixed, BLACKPOOL)
    assert figures(one.overall) == figures(other.overall)
    assert {key: figures(each) for key, each in one.by_category.items()} == {
        key: figures(each) for key, each in other.by_category.items()
    }


@given(ENTRIES)
def test_the_week_is_always_the_years_figure_over_the_weeks_in_attendance(lines: list[Entry]) -> None:
    found = total(lines, BLACKPOOL)
    weeks = BLACKPOOL.weeks_in_attendance
    assert found.overall.pas_a_week * weeks == found.overall.pas_a_year
    assert found.overall.hours_a_week * weeks == found.overall.hours_a_year
    assert found.overall.pas_a_year == sum(each.pas_a_year for each in found.by_category.values())
    assert found.overall.hours_a_year == sum(
        each.hours_a_year for category, each in found.by_category.items() if category not in NO_PAS
    )


@given(ENTRIES)
def test_every_lines_working_ends_in_its_figure(lines: list[Entry]) -> None:
    for line in lines:
        found = value(line, BLACKPOOL)
        assert found.working[-1].value == found.pas_a_week
