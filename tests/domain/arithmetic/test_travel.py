"""What of a doctor's travel is working time."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.arithmetic import travel

MINUTES = st.integers(0, 300).map(Fraction)


@pytest.mark.clause("BTH-3.4.4-c")
def test_travel_between_two_sites_of_one_day_counts_whole() -> None:
    found = travel.between_sites(Fraction(30), Fraction(45))
    assert found.value == Fraction(5, 4)
    assert found.working[0].words == "Between two sites: 30 minutes"


@pytest.mark.clause("BTH-3.4.4-d")
def test_excess_travel_is_what_the_other_site_is_farther_than_the_base() -> None:
    found = travel.excess(Fraction(50), Fraction(20), journeys=2)
    assert found.value == 1
    assert found.working[0].words == "Home to the other site 50 minutes, less home to base 20"


@pytest.mark.clause("BTH-3.4.4-d")
def test_a_site_that_is_nearer_than_the_base_takes_nothing_away() -> None:
    assert travel.excess(Fraction(10), Fraction(20), journeys=2).value == 0


@pytest.mark.clause("BTH-3.4.4-d")
def test_travel_for_emergencies_counts_whole() -> None:
    assert travel.for_emergencies(Fraction(20), Fraction(20)).value == Fraction(2, 3)


@pytest.mark.clause("BTH-3.4.4-e")
def test_the_way_between_base_and_home_or_private_premises_does_not_count() -> None:
    found = travel.own_way(Fraction(45), Fraction(45))
    assert found.value == 0
    assert len(found.working) == 2


@given(MINUTES, MINUTES)
def test_excess_travel_is_never_negative_and_never_more_than_the_way(site: Fraction, base: Fraction) -> None:
    assert 0 <= travel.excess(site, base).value <= site / 60
