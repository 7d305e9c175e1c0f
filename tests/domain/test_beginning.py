"""When an agreed plan counts, and which of two takes the other's place."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.plan import Agreed, gives_way, successor, waits

TODAY = date(2027, 3, 1)
DAYS = st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3))


def test_a_plan_waits_for_a_later_day_and_for_no_other() -> None:
    starts = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]
    assert [waits(day, today=TODAY) for day in starts] == [False, False, True]


def test_a_waiting_plan_gives_way_to_one_that_starts_on_its_day_or_before() -> None:
    april = date(2027, 4, 1)
    assert gives_way(april, to=TODAY)
    assert gives_way(april, to=april)
    assert not gives_way(april, to=date(2027, 5, 1))


def test_the_next_plan_takes_the_place_of_one() -> None:
    versions = [Agreed(1, date(2026, 4, 1)), Agreed(2, date(2027, 4, 1)), Agreed(3, date(2028, 4, 1))]
    assert successor(1, versions) == versions[1]
    assert successor(2, versions) == versions[2]
    assert successor(3, versions) is None


def test_a_plan_that_gave_way_before_its_day_took_nobodys_place() -> None:
    versions = [Agreed(1, date(2026, 4, 1)), Agreed(2, date(2027, 4, 1)), Agreed(3, date(2027, 3, 15))]
    assert successor(1, versions) == versions[2]
    assert successor(2, versions) == versions[2]


@given(st.lists(DAYS, max_size=6))
def test_whatever_is_agreed_the_plans_that_last_follow_each_other_in_order(days: list[date]) -> None:
    versions = [Agreed(number, day) for number, day in enumerate(days, start=1)]
    chain, number = [], 0
    while (following := successor(number, versions)) is not None:
        chain.append(following)
        number = following.number
    assert [one.starts for one in chain] == sorted({one.starts for one in chain})
    assert not versions or chain[-1] == versions[-1], "what was agreed last is the last word"
