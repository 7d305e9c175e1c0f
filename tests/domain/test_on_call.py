"""On-call work as PAs: the examples of Appendix 4, both methods, and how many days a doctor is there."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.arithmetic.on_call import (
    Availability,
    Figures,
    MethodsDisagree,
    NobodyAvailable,
    NoDoctors,
    Work,
    availability,
    beyond_limit,
    check,
    pas_a_week,
    percent,
    share,
)
from workflows.domain.arithmetic.terms import terms
from workflows.domain.policy import read_policy
from workflows.releases import shipped_files

TODAY = date(2027, 4, 1)
IN_2011 = Availability(extra_days=Fraction(1))
EXAMPLE_1 = Work(Fraction("1.5"), Fraction(9))
EXAMPLE_2 = Work(Fraction(6), Fraction(18))


def example(work: Work, doctors: int, hours_per_pa: int = 3) -> Any:
    return pas_a_week(work, doctors=doctors, hours_per_pa=Fraction(hours_per_pa), available=IN_2011)


@pytest.mark.clause("BTH-App4-d")
def test_five_doctors_with_half_a_pa_a_weekday_and_three_a_weekend_do_one_and_a_third() -> None:
    result = example(EXAMPLE_1, doctors=5)
    assert f"{float(result.method_1.total):.2f}" == "1.33"
    lines = [(line.words, line.value) for line in result.working if line.words.startswith("Method 1")]
    assert ("Method 1: 0.5 PA × 261 weekdays", Fraction("130.5")) in lines
    assert ("Method 1: 3 PA × 52 weekends", Fraction(156)) in lines
    assert lines[-1][1] == Fraction(261, 420) + Fraction(156, 220)


@pytest.mark.clause("BTH-App4-d")
def test_ten_doctors_with_two_pas_a_weekday_and_six_a_weekend_do_just_under_two() -> None:
    result = example(EXAMPLE_2, doctors=10)
    assert f"{float(result.pas):.2f}" == "1.95"
    assert result.pas < 2
    assert {522, 312} <= {line.value for line in result.working}


@pytest.mark.clause("BTH-App4-e")
@pytest.mark.parametrize(
    ("work", "doctors", "weekdays", "weekends"), [(EXAMPLE_1, 5, "0.62", "0.71"), (EXAMPLE_2, 10, "1.24", "0.71")]
)
def test_the_second_method_stands_beside_the_first_with_its_factors(
    work: Work, doctors: int, weekdays: str, weekends: str
) -> None:
    result = example(work, doctors)
    assert (f"{float(result.method_2.weekdays):.2f}", f"{float(result.method_2.weekends):.2f}") == (weekdays, weekends)
    assert (percent(IN_2011.weekday_factor), percent(IN_2011.weekend_factor)) == ("124.29 %", "118.18 %")
    words = " ".join(line.words for line in result.working)
    assert "× 124.29 % (261/210)" in words
    assert "× 118.18 % (52/44)" in words


@pytest.mark.clause("BTH-App4-e")
def test_methods_that_differ_by_the_least_are_an_error() -> None:
    figures = Figures(Fraction(1, 3), Fraction(2, 3))
    check(figures, Figures(Fraction(1, 3), Fraction(2, 3)))
    with pytest.raises(MethodsDisagree, match="Method 1 gives 1 PA a week"):
        check(figures, Figures(Fraction(1, 3), Fraction(2, 3) + Fraction(1, 10**9)))
    with pytest.raises(MethodsDisagree):
        check(figures, Figures(Fraction(2, 3), Fraction(1, 3)))


hours = st.fractions(min_value=0, max_value=200, max_denominator=60)
days = st.integers(min_value=0, max_value=60)


availabilities = st.builds(
    Availability, *[number.map(Fraction) for number in (
        st.integers(251, 262), days, st.integers(0, 9), days, days, st.integers(1, 60), st.integers(1, 60),
    )]
)  # fmt: skip


@given(
    st.builds(Work, hours, hours),
    st.integers(1, 40),
    st.fractions(min_value=1, max_value=5, max_denominator=12),
    availabilities,
)
@pytest.mark.clause("BTH-App4-e")
def test_both_methods_agree_whatever_the_diary_the_rota_and_the_leave(
    work: Work, doctors: int, hours_per_pa: Fraction, available: Availability
) -> None:
    result = pas_a_week(work, doctors=doctors, hours_per_pa=hours_per_pa, available=available)
    assert result.method_1 == result.method_2
    assert result.pas == result.method_1.weekdays + result.method_1.weekends


@given(hours, hours, hours, hours, st.integers(1, 40))
@pytest.mark.clause("BTH-App4-a")
def test_predictable_and_unpredictable_work_apart_come_to_what_they_come_to_together(
    a: Fraction, b: Fraction, c: Fraction, d: Fraction, doctors: int
) -> None:
    about: Mapping[str, Any] = {"doctors": doctors, "hours_per_pa": Fraction(3), "available": IN_2011}
    apart = share(Work(a, b), Work(c, d), **about)
    assert apart.pas == pas_a_week(Work(a, b) + Work(c, d), **about).pas


def under(policy: str, on: date) -> Availability:
    values = read_policy(policy, shipped_files(policy)).values
    return availability(values, terms(values, "consultant_2003", on), on)


@pytest.mark.clause("BTH-App4-c")
def test_a_doctor_is_there_on_211_weekdays_then_210_then_209_and_on_44_weekends() -> None:
    days = [date(2011, 3, 31), date(2011, 4, 1), date(2012, 3, 31), date(2012, 4, 1), date(2027, 4, 1)]
    assert [under("blackpool", day).weekdays for day in days] == [211, 210, 210, 209, 209]
    assert under("blackpool", date(2027, 4, 1)).weekends == 44


@pytest.mark.clause("BTH-App4-c")
def test_figures_that_were_agreed_locally_count_in_place_of_the_policys() -> None:
    values = read_policy("blackpool", shipped_files("blackpool")).values
    local = {**values, "on_call": {"annual_leave": 32, "bank_and_lieu": 8, "study": 6}}
    there = availability(local, terms({**values, "weekends_available": 45}, "consultant_2003", TODAY), TODAY)
    assert (there.weekdays, there.weekends, there.weekend_factor) == (Fraction(215), Fraction(45), Fraction(52, 45))


def test_annual_leave_is_one_figure_of_the_policy_on_call_too() -> None:
    values = read_policy("blackpool", shipped_files("blackpool")).values
    more = {**values, "annual_leave_days": 33}
    there = availability(more, terms(more, "consultant_2003", TODAY), TODAY)
    assert there.weekdays == under("blackpool", TODAY).weekdays - 3


def test_a_year_that_is_all_leave_and_a_rota_of_nobody_are_refused() -> None:
    with pytest.raises(NobodyAvailable):
        _ = Availability(annual_leave=Fraction(300)).weekdays
    with pytest.raises(NobodyAvailable):
        _ = Availability(weekends=Fraction(0)).weekend_factor
    with pytest.raises(NoDoctors):
        pas_a_week(EXAMPLE_1, doctors=0, hours_per_pa=Fraction(3), available=IN_2011)


@pytest.mark.clause("BTH-App4-f")
def test_on_call_hours_are_four_a_pa_until_the_end_of_march_2004_and_three_since() -> None:
    values = read_policy("blackpool", shipped_files("blackpool")).values
    rates = [
        terms(values, "consultant_2003", day).premium_hours_per_pa for day in (date(2004, 3, 31), date(2004, 4, 1))
    ]
    assert rates == [4, 3]
    before, since = (pas_a_week(EXAMPLE_1, doctors=5, hours_per_pa=rate, available=IN_2011).pas for rate in rates)
    assert before * 4 == since * 3


@pytest.mark.clause("BTH-App4-g")
def test_the_limit_is_one_pa_until_the_end_of_march_2005_and_two_since() -> None:
    values = read_policy("blackpool", shipped_files("blackpool")).values
    days = (date(2005, 3, 31), date(2005, 4, 1))
    first, since = (terms(values, "consultant_2003", day).unpredictable_limit for day in days)
    assert (first, since) == (Fraction(1), Fraction(2))
    assert beyond_limit(Fraction("1.5"), first)
    assert beyond_limit(Fraction("1.5"), since) == ""


@pytest.mark.clause("BTH-App4-g")
def test_more_unpredictable_work_than_the_limit_is_flagged_and_the_limit_itself_is_not() -> None:
    assert beyond_limit(Fraction(2), Fraction(2)) == ""
    assert "more than the 2 that may be allocated" in beyond_limit(Fraction("2.01"), Fraction(2))
    assert "more than the 1 that" in beyond_limit(Fraction(2), Fraction(1))
