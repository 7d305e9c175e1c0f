"""How long things took, on a scale."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.timings import SCALE, percentile, step_of


def test_each_step_of_the_scale_is_about_a_fifth_longer_than_the_one_below() -> None:
    assert SCALE[0] == 1
    assert all(below < above for below, above in pairwise(SCALE))
    assert all(above / below < 1.25 for below, above in pairwise(SCALE) if below > 10)


@given(st.floats(min_value=0, max_value=100_000))
def test_a_duration_falls_into_the_first_step_that_holds_it(milliseconds: float) -> None:
    step = int(step_of(milliseconds))
    assert milliseconds <= step
    assert all(below < milliseconds for below in SCALE if below < step)


def test_what_took_for_ever_counts_as_the_longest() -> None:
    assert step_of(10**9) == str(SCALE[-1])


@given(st.lists(st.floats(min_value=10, max_value=100_000), min_size=1), st.sampled_from([0.5, 0.95, 0.99]))
def test_a_percentile_is_at_most_a_fifth_too_high(durations: list[float], share: float) -> None:
    exact = sorted(durations)[max(0, -int(-share * len(durations) // 1) - 1)]
    found = percentile(Counter(step_of(one) for one in durations), share)
    assert found is not None
    assert exact <= found <= max(exact * 1.25, exact + 2)


def test_of_nothing_there_is_no_percentile() -> None:
    assert percentile({}, 0.95) is None


def test_nineteen_quick_ones_and_a_slow_one_are_quick_to_ninety_five_in_a_hundred() -> None:
    counts = {step_of(10): 19, step_of(5000): 1}
    assert percentile(counts, 0.95) == int(step_of(10))
    assert percentile(counts, 0.96) == int(step_of(5000))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_all_and_none_are_bounds_of_the_scale(share: float) -> None:
    assert percentile({step_of(100): 1}, share) in SCALE
