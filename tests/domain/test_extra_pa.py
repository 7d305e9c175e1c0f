"""Rules of extra and additional programmed activities."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.factories import policy
from workflows.domain.errors import BadValues
from workflows.domain.extra_pa import (
    Balance,
    Reviewed,
    Wanted,
    check_advertised,
    check_change,
    check_request,
    check_worked,
    contract_lines,
    ends_after_notice,
    in_period,
    limits,
    over_full_time,
    pas_on,
    undecided,
    year_of,
)

TODAY = date(2027, 3, 1)
TEN = Fraction(10)
WANTED = Wanted(
    kind="additional",
    basis="regular",
    pas=Fraction(1),
    purpose="The waiting list",
    starts=date(2027, 6, 1),
    ends=date(2028, 5, 31),
    meeting=None,
    by_doctor=False,
    first_day=date(2027, 6, 1),
    shorter="",
)


def wrong(wanted: Wanted, trust: str = "cumbria") -> set[str]:
    """The answers that are refused."""
    try:
        check_request(wanted, limits(policy(trust).values), today=TODAY)
    except BadValues as bad:
        return set(bad.problems)
    return set()


@dataclass(frozen=True)
class Agreement:
    """One as the rules see it."""

    basis: str
    pas: Fraction
    starts_on: date = date(2027, 4, 1)
    ends_on: date = date(2028, 3, 31)
    next_pas: Fraction | None = None
    next_from: date | None = None


def test_a_request_that_says_everything_stands() -> None:
    assert wrong(WANTED) == set()


@pytest.mark.clause("CPFT-7.2.2-c")
def test_twelve_months_are_the_longest_in_cumbria_and_blackpool_names_no_longest_time() -> None:
    longer = replace(WANTED, ends=date(2028, 6, 1))
    assert wrong(longer) == {"extra_until"}
    assert wrong(longer, "blackpool") == set()


@pytest.mark.clause("CPFT-7.2.2-c", "CPFT-App1-a", "BTH-App3.3-b")
@pytest.mark.parametrize("trust", ["cumbria", "blackpool"])
def test_an_open_end_a_missing_start_or_no_purpose_is_refused(trust: str) -> None:
    assert wrong(replace(WANTED, ends=None), trust) == {"extra_until"}
    assert wrong(replace(WANTED, starts=None), trust) == {"extra_from"}
    assert wrong(replace(WANTED, purpose=" "), trust) == {"extra_purpose"}


@pytest.mark.clause("BTH-App3.2-b")
def test_spare_capacity_stops_at_one_pa_a_week_or_as_many_as_there_are_working_weeks() -> None:
    extra = replace(WANTED, kind="extra")
    assert wrong(extra, "blackpool") == set()
    assert wrong(replace(extra, pas=Fraction("1.001")), "blackpool") == {"extra_pas"}
    yearly = replace(extra, basis="yearly", pas=Fraction(42))
    assert wrong(yearly, "blackpool") == set()
    assert wrong(replace(yearly, pas=Fraction(43)), "blackpool") == {"extra_pas_yearly"}
    assert wrong(replace(WANTED, pas=Fraction(2)), "blackpool") == set(), "regular duties are not spare capacity"


@pytest.mark.clause("BTH-3.4.15-II-a")
def test_less_notice_needs_its_reason_and_what_the_doctor_asks_for_needs_no_notice() -> None:
    sooner = replace(WANTED, starts=date(2027, 5, 31))
    assert wrong(sooner, "blackpool") == {"shorter_notice_reason"}
    assert wrong(replace(sooner, shorter="Both want it"), "blackpool") == set()
    assert wrong(replace(sooner, by_doctor=True), "blackpool") == set()
    assert wrong(replace(sooner, by_doctor=True, starts=TODAY), "blackpool") == {"extra_from"}


@pytest.mark.parametrize("pas", [None, Fraction(0), Fraction(-1)])
def test_an_agreement_is_on_more_than_nothing(pas: Fraction | None) -> None:
    assert wrong(replace(WANTED, pas=pas)) == {"extra_pas"}


@pytest.mark.clause("BTH-App3.1-b")
def test_a_post_above_ten_pas_is_refused_for_advertisement() -> None:
    check_advertised(TEN, TEN, key="post_pas")
    for pas in (Fraction("10.25"), Fraction(0), None):
        with pytest.raises(BadValues, match="10 PAs a week at most"):
            check_advertised(pas, TEN, key="post_pas")


@pytest.mark.clause("BTH-App3.3-a")
def test_standard_pas_stand_under_clause_7_1_and_agreements_under_7_6_never_in_one_line() -> None:
    lines = contract_lines(Fraction(11), [("JP/PA/2027/0001", Fraction(1), "regular")], TEN)
    assert [(line.clause, line.pas) for line in lines] == [("7.1", TEN), ("7.6", Fraction(1))]
    [part_time] = contract_lines(Fraction(6), [], TEN)
    assert (part_time.clause, part_time.pas) == ("7.1", Fraction(6))


@pytest.mark.clause("BTH-App3.2-c")
def test_a_number_has_a_balance_and_nobody_works_more_than_is_left() -> None:
    balance = Balance(Fraction(10), Fraction("7.5"))
    assert balance.left == Fraction("2.5")
    day: dict[str, date] = {"starts": date(2027, 1, 1), "ends": date(2027, 12, 31), "today": TODAY}
    check_worked(balance, Fraction("2.5"), TODAY, **day)
    check_worked(balance, Fraction("-7.5"), TODAY, **day)
    for pas in ("2.75", "0", "-8"):
        with pytest.raises(BadValues):
            check_worked(balance, Fraction(pas), TODAY, **day)
    for when in (date(2026, 12, 31), TODAY + timedelta(days=1)):
        with pytest.raises(BadValues, match="give a day from then"):
            check_worked(balance, Fraction(1), when, **day)


@pytest.mark.clause("CPFT-App1-d", "BTH-3.4.15-II-c")
def test_notice_never_lengthens_an_agreement() -> None:
    assert ends_after_notice(date(2028, 3, 31), date(2027, 11, 2)) == date(2027, 11, 1)
    assert ends_after_notice(date(2027, 10, 1), date(2027, 11, 2)) == date(2027, 10, 1)


def test_a_reduction_names_fewer_than_there_are() -> None:
    check_change("reduce", Fraction("0.5"), Fraction(1), key="pas")
    check_change("end", None, Fraction(1), key="pas")
    for pas in (None, Fraction(0), Fraction(1)):
        with pytest.raises(BadValues):
            check_change("reduce", pas, Fraction(1), key="pas")


@pytest.mark.clause("BTH-App3.1-c")
def test_a_week_is_over_full_time_with_all_that_is_agreed() -> None:
    assert over_full_time(TEN, [], Fraction("0.25"), TEN)
    assert not over_full_time(Fraction(8), [Fraction(1)], Fraction(1), TEN)
    assert over_full_time(Fraction(8), [Fraction(1)], Fraction("1.5"), TEN)


@pytest.mark.clause("BTH-3.4.15-I")
def test_each_agreement_from_before_the_review_needs_a_decision_since() -> None:
    since = date(2027, 9, 1)
    agreements = [
        Reviewed("never", date(2027, 1, 1), None),
        Reviewed("before", date(2027, 1, 1), date(2027, 8, 31)),
        Reviewed("since", date(2027, 1, 1), date(2027, 9, 1)),
        Reviewed("new", date(2027, 9, 2), None),
    ]
    assert undecided(agreements, since=since) == ["never", "before"]


def test_a_planning_year_is_april_to_march() -> None:
    assert year_of("2027/28") == (date(2027, 4, 1), date(2028, 3, 31))


def test_pas_of_a_week_and_of_a_number_fall_into_a_year() -> None:
    year = (date(2027, 4, 1), date(2028, 3, 31))
    assert in_period(Agreement("regular", Fraction(1)), *year) == Fraction(366, 7)
    assert in_period(Agreement("yearly", Fraction(30)), *year) == 30
    half = Agreement("yearly", Fraction(30), starts_on=date(2027, 3, 2), ends_on=date(2027, 4, 30))
    assert in_period(half, *year) == Fraction(15)
    assert in_period(Agreement("regular", Fraction(1), ends_on=date(2027, 3, 31)), *year) == 0


DAYS = st.integers(0, 600).map(lambda days: date(2027, 1, 1) + timedelta(days=days))


@given(DAYS, st.integers(0, 500), st.integers(0, 500), st.sampled_from(["regular", "yearly"]))
def test_a_period_cut_in_two_holds_as_much_as_its_parts(begins: date, length: int, cut: int, basis: str) -> None:
    reduced = begins + timedelta(days=length // 2)
    one = Agreement(basis, Fraction(3, 2), begins, begins + timedelta(days=length))
    if basis == "regular":
        one = replace(one, next_pas=Fraction(1), next_from=reduced)
    middle = one.starts_on + timedelta(days=cut)
    first, last = one.starts_on - timedelta(days=10), one.ends_on + timedelta(days=510)
    halves = in_period(one, first, middle) + in_period(one, middle + timedelta(days=1), last)
    assert halves == in_period(one, first, last)
    if basis == "regular":
        days = (one.starts_on + timedelta(days=day) for day in range(length + 1))
        assert in_period(one, first, last) == sum(pas_on(one, day) for day in days) / 7
