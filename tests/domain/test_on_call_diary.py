"""The on-call diary: averages of the team, what is left out of them, and work that never counts."""

from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.arithmetic.on_call_diary import (
    CapacityWorkOnCall,
    DiaryTooShort,
    Entry,
    Slot,
    averages,
    hours_outside,
    last_day,
    overlap,
    refuse_capacity_work,
    regular,
)
from workflows.domain.arithmetic.times import WEEK

MONDAY = date(2027, 1, 4)
FRIDAY, SATURDAY, SUNDAY = date(2027, 1, 8), date(2027, 1, 9), date(2027, 1, 10)
TEN_WEEKS = (MONDAY, last_day(MONDAY))


def entry(day: date, start: int, end: int, *, predictable: bool = False, in_pa: bool = False) -> Entry:
    return Entry(day, time(start), time(end), predictable, in_pa)


@pytest.mark.clause("BTH-3.4.13.2-e")
def test_a_diary_is_kept_for_ten_weeks_where_nothing_else_was_agreed() -> None:
    assert last_day(MONDAY) == date(2027, 3, 14)
    assert last_day(MONDAY, 13) == date(2027, 4, 4)
    with pytest.raises(DiaryTooShort):
        last_day(MONDAY, 0)


@pytest.mark.clause("BTH-App4-a", "BTH-App4-b")
def test_the_work_of_the_whole_team_is_averaged_by_weekday_and_by_weekend_predictable_apart() -> None:
    kept = [
        entry(MONDAY, 20, 22),
        entry(FRIDAY, 19, 22),
        entry(SATURDAY, 9, 11, predictable=True),
        entry(SUNDAY, 9, 11, predictable=True),
        entry(SUNDAY, 13, 18),
    ]
    found = averages(kept, *TEN_WEEKS)
    assert (found.weekdays, found.weekends) == (50, Fraction(10))
    assert (found.unpredictable.weekday_hours, found.unpredictable.weekend_hours) == (Fraction(5, 50), Fraction(5, 10))
    assert (found.predictable.weekday_hours, found.predictable.weekend_hours) == (Fraction(0), Fraction(4, 10))
    assert found.together.weekend_hours == Fraction(9, 10)
    assert "Unpredictable work on weekdays: 5 h over 50 weekdays" in [line.words for line in found.working]


@pytest.mark.clause("BTH-App4-a")
def test_a_friday_night_counts_to_the_weekend_from_midnight_on() -> None:
    found = averages([entry(FRIDAY, 22, 3)], *TEN_WEEKS)
    assert found.unpredictable.weekday_hours * 50 == 2
    assert found.unpredictable.weekend_hours * 10 == 3


@pytest.mark.clause("BTH-3.2.3-b")
def test_work_inside_a_timetabled_pa_is_left_out_of_the_unpredictable_total() -> None:
    found = averages([entry(MONDAY, 9, 11, in_pa=True), entry(MONDAY, 20, 21)], *TEN_WEEKS)
    assert found.unpredictable.weekday_hours * 50 == 1
    assert found.in_pa == 2


@pytest.mark.clause("BTH-3.2.3-b")
def test_of_work_that_runs_over_the_end_of_a_timetabled_pa_the_rest_counts() -> None:
    clinic, night = Slot("monday", "09:00", "13:00"), Slot("sunday", "20:00", "02:00")
    assert hours_outside(entry(MONDAY, 12, 15), [clinic]) == 2
    assert hours_outside(entry(MONDAY, 10, 11), [clinic]) == 0
    assert hours_outside(entry(MONDAY, 1, 3), [night]) == 1
    assert hours_outside(entry(SUNDAY, 19, 4), [night, clinic]) == 3
    assert hours_outside(entry(date(2027, 1, 5), 10, 11), [clinic]) == 1


@pytest.mark.clause("BTH-3.2.3-c")
def test_programmed_work_of_a_specialty_that_routinely_handles_emergencies_is_no_emergency_work() -> None:
    kept = [entry(MONDAY, 9, 13, predictable=True), entry(MONDAY, 20, 22)]
    usual, emergency = averages(kept, *TEN_WEEKS), averages(kept, *TEN_WEEKS, routine_emergencies=True)
    assert (usual.predictable.weekday_hours * 50, usual.non_emergency) == (Fraction(4), Fraction(0))
    assert (emergency.predictable.weekday_hours, emergency.non_emergency) == (Fraction(0), Fraction(4))
    assert emergency.unpredictable == usual.unpredictable


@pytest.mark.clause("BTH-3.2.3-a")
def test_work_that_comes_back_at_the_same_time_is_named_for_the_timetable() -> None:
    rounds = [entry(date(2027, 1, 9 + 7 * week), 9, 11, predictable=True) for week in range(3)]
    twice_noted, once = entry(SATURDAY, 9, 11, predictable=True), entry(MONDAY, 8, 9, predictable=True)
    by_night = [entry(date(2027, 1, 5 + 7 * week), 21, 22) for week in range(3)]
    [found] = regular([*rounds, twice_noted, once, *by_night], MONDAY, last_day(MONDAY, 4))
    assert (found.slot, found.times, found.weeks) == (Slot("saturday", "09:00", "11:00"), 3, 4)
    assert regular(rounds[:2], MONDAY, last_day(MONDAY, 4))[0].times == 2
    assert regular(rounds[:2], MONDAY, last_day(MONDAY, 5)) == ()
    timetabled = [Entry(one.day, one.start, one.end, predictable=True, in_pa=True) for one in rounds]
    assert regular(timetabled, MONDAY, last_day(MONDAY, 4)) == ()


def test_a_diary_of_less_than_a_week_has_no_averages() -> None:
    with pytest.raises(DiaryTooShort):
        averages([], MONDAY, SATURDAY)


kept_entries = st.lists(
    st.builds(
        Entry, st.dates(MONDAY, TEN_WEEKS[1]), st.times(), st.times(), st.booleans(), st.booleans()
    ).map(lambda one: Entry(one.day, one.start.replace(second=0, microsecond=0),
                            one.end.replace(second=0, microsecond=0), one.predictable, one.in_pa)),
    max_size=8,
)  # fmt: skip


@given(kept_entries, st.booleans())
def test_every_hour_of_the_diary_is_in_exactly_one_place(kept: list[Entry], routine: bool) -> None:
    found = averages(kept, *TEN_WEEKS, routine_emergencies=routine)
    counted = found.together.weekday_hours * 50 + found.together.weekend_hours * 10
    assert counted + found.in_pa + found.non_emergency == sum(one.hours for one in kept)


@pytest.mark.clause("BTH-3.4.17-a")
def test_capacity_work_on_call_is_refused_whoever_asks_for_it() -> None:
    on_call = [Slot("monday", "17:00", "08:00", "On call"), Slot("sunday", "08:00", "08:00", "On call")]
    own = Slot("monday", "18:00", "21:00", "Capacity list")
    asked_for = Slot("monday", "07:00", "09:00", "Extra clinic")
    for work in (own, asked_for):
        with pytest.raises(CapacityWorkOnCall, match="There is no exception to this"):
            refuse_capacity_work([work], on_call)
    with pytest.raises(CapacityWorkOnCall, match="Capacity list, Monday 18:00 to 21:00 overlaps with on-call time"):
        refuse_capacity_work([own], on_call)
    refuse_capacity_work([Slot("monday", "08:00", "17:00", "Capacity list")], on_call)


slots = st.builds(Slot, st.sampled_from(WEEK), *[st.times().map(lambda at: f"{at:%H:%M}")] * 2)


@given(slots, slots)
@pytest.mark.clause("BTH-3.4.17-a")
def test_whatever_overlaps_is_refused_whichever_stands_first(one: Slot, other: Slot) -> None:
    assert overlap(one, one)
    assert overlap(one, other) == overlap(other, one)
    if overlap(one, other):
        with pytest.raises(CapacityWorkOnCall):
            refuse_capacity_work([one], [other])
    else:
        refuse_capacity_work([one], [other])
