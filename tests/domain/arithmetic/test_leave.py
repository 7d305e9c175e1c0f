"""Leave in days of the doctor's own working week."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.arithmetic.lines import BLACKPOOL, Entry, pas
from workflows.domain.arithmetic import leave
from workflows.domain.arithmetic.leave import Away, NotScheduled
from workflows.domain.people import EndsBeforeItBegins

THREE_DAYS = ("monday", "wednesday", "thursday")
MONDAY = date(2027, 5, 3)  # a bank holiday
YEAR = date(2027, 4, 1)


@pytest.mark.clause("BTH-3.4.12.1-c")
@pytest.mark.parametrize(("days", "expected"), [(2, 12), (3, 18), (4, 24), (5, 30)])
def test_entitlement_is_the_five_day_one_times_working_days_over_five(days: int, expected: int) -> None:
    found = leave.entitlement(days, BLACKPOOL)
    assert found.value == expected
    assert found.working[0].words == f"{days}/5 × 30 days"


@pytest.mark.clause("BTH-3.4.12.1-c")
def test_a_longer_entitlement_of_the_doctors_own_is_reckoned_the_same_way() -> None:
    assert leave.entitlement(3, BLACKPOOL, days=Fraction(32)).value == pas("19.2")


@pytest.mark.clause("BTH-3.4.12.1-a")
def test_a_weeks_leave_costs_as_many_days_as_the_working_week_has() -> None:
    assert leave.cost_of_week(THREE_DAYS).value == 3
    week = leave.cost(date(2027, 5, 10), date(2027, 5, 16), THREE_DAYS)
    assert week.value == 3
    assert leave.cost(MONDAY, MONDAY + timedelta(days=6), THREE_DAYS, [MONDAY]).value == 2


@pytest.mark.clause("BTH-3.4.12.1-b")
def test_leave_on_a_day_without_scheduled_work_is_refused() -> None:
    with pytest.raises(NotScheduled, match="No work is scheduled on 11 May 2027"):
        leave.cost(date(2027, 5, 11), date(2027, 5, 11), THREE_DAYS)
    with pytest.raises(NotScheduled, match="any day from 14 May 2027 to 16 May 2027"):
        leave.cost(date(2027, 5, 14), date(2027, 5, 16), THREE_DAYS)
    with pytest.raises(EndsBeforeItBegins):
        leave.cost(date(2027, 5, 14), date(2027, 5, 10), THREE_DAYS)


@given(st.sets(st.sampled_from(("monday", "tuesday", "wednesday", "thursday", "friday")), min_size=1), st.dates())
def test_any_seven_days_of_leave_cost_the_working_week(days: set[str], first: date) -> None:
    last = min(first, date(9999, 12, 25)) + timedelta(days=6)
    assert leave.cost(last - timedelta(days=6), last, days).value == leave.cost_of_week(days).value


@pytest.mark.clause("BTH-3.4.12.1-d")
def test_single_days_that_keep_a_doctor_of_a_short_week_away_for_months_are_flagged() -> None:
    fair, months = leave.weeks_away(12, 2, BLACKPOOL), leave.weeks_away(30, 2, BLACKPOOL)
    assert (fair.value, fair.note) == (pas(6), "")
    assert months.value == 15
    assert months.note == "Booked so, leave keeps the doctor away for 15 weeks instead of 6."
    assert leave.weeks_away(30, 5, BLACKPOOL).note == ""


@pytest.mark.clause("BTH-3.4.12.1-e")
def test_what_leave_takes_from_each_category_is_shown_beside_its_share_of_the_plan() -> None:
    lines = [
        Entry(day="monday", start="09:00", end="13:00"),
        Entry(day="tuesday", start="09:00", end="13:00"),
        Entry(category="spa", day="wednesday", start="09:00", end="13:00"),
        Entry(category="external", day="thursday", start="09:00", end="13:00", pattern={"every_weeks": 2, "week": 1}),
    ]
    mondays = [date(2027, 5, 10), date(2027, 5, 17), date(2027, 5, 24)]
    found = {each.category: each for each in leave.lost_to_leave(lines, [*mondays, date(2027, 5, 12)], BLACKPOOL, YEAR)}
    assert {key: each.lost for key, each in found.items()} == {"dcc": 3, "spa": 1, "external": 0}
    assert found["dcc"].share_lost == Fraction(3, 4)
    assert found["dcc"].share_of_plan == Fraction(4, 7)
    assert found["spa"].working.words == "spa: 25 per cent of what is lost, 28.571 (200/7) of the plan"


@pytest.mark.clause("BTH-3.4.12.1-e")
def test_a_day_of_leave_takes_only_what_comes_on_it() -> None:
    every_other = Entry(day="thursday", start="09:00", end="13:00", pattern={"every_weeks": 2, "week": 1})
    on, off = (leave.lost_to_leave([every_other], [day], BLACKPOOL, YEAR)[0].lost for day in (YEAR, date(2027, 4, 8)))
    assert (on, off) == (pas(1), pas(0))


@pytest.mark.clause("BTH-3.4.12.1-e")
def test_work_with_no_fixed_day_is_lost_with_a_whole_week_and_a_public_holiday_takes_nothing() -> None:
    lines = [
        Entry(day="monday", start="09:00", end="13:00"),
        Entry(day="tuesday", start="09:00", end="13:00"),
        Entry(category="spa", hours="4"),
    ]
    days = [MONDAY, *(date(2027, 5, day) for day in (4, 10, 11, 17))]
    dcc, spa = leave.lost_to_leave(lines, days, BLACKPOOL, YEAR, holidays=[MONDAY])
    assert (dcc.lost, spa.lost) == (pas(4), pas(2)), "one week of two days, and one of the day beside the holiday"
    assert (dcc.share_of_plan, dcc.share_lost) == (Fraction(2, 3), Fraction(2, 3))


def period(first: date, days: int, **more: object) -> Away:
    return Away(first, first + timedelta(days=days - 1), **{"approved_by": "Head of Department", **more})  # type: ignore[arg-type]


@pytest.mark.clause("BTH-3.4.12.2-a")
def test_more_than_thirty_days_of_professional_leave_in_any_three_years_are_flagged() -> None:
    ten = [period(date(year, 6, 1), 10) for year in (2025, 2026, 2027)]
    within = leave.professional_leave(ten, BLACKPOOL)
    assert (within.value, within.note) == (pas(30), "")
    over = leave.professional_leave([*ten, period(date(2028, 5, 31), 1)], BLACKPOOL)
    assert over.value == 31
    assert over.note.startswith("This is over the recommended 30 days in three years.")
    after = leave.professional_leave([*ten, period(date(2028, 6, 1), 1)], BLACKPOOL)
    assert after.value == 30  # the 1st of June 2025 is three years back, and out of it


@pytest.mark.clause("BTH-3.4.12.2-a")
def test_days_off_duty_within_it_count_and_leave_abroad_does_not() -> None:
    fortnight = period(date(2027, 6, 4), 14)
    assert leave.professional_leave([fortnight, fortnight], BLACKPOOL).value == 14
    assert leave.professional_leave([period(date(2027, 6, 4), 14, in_uk=False)], BLACKPOOL).value == 0


@pytest.mark.clause("BTH-3.4.12.2-b")
def test_professional_leave_is_not_granted_before_it_is_approved() -> None:
    asked = period(date(2027, 6, 4), 14, approved_by="")
    assert not asked.granted
    assert leave.professional_leave([asked], BLACKPOOL).value == 0
    assert period(date(2027, 6, 4), 14).granted
