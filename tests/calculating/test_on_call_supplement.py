"""The on-call supplement by the shipped decision table: bands, categories, gaps, part-time doctors, several rotas."""

from fractions import Fraction
from typing import Any

import pytest

from workflows.calculating import rules
from workflows.domain.arithmetic.on_call import Availability, NoDoctors
from workflows.domain.arithmetic.on_call_supplement import (
    METHOD_NOT_STATED,
    Supplement,
    combined,
    frequency,
    grade_of,
    supplement,
    with_cover,
)

DECIDE = rules.shipped("blackpool").decide


def consultant(often: object, category: str = "A", **more: Any) -> Supplement:
    return supplement(DECIDE, grade="consultant", category=category, often=Fraction(str(often)), **more)


def sas(often: object) -> Supplement:
    return supplement(DECIDE, grade="sas", category="", often=Fraction(str(often)))


@pytest.mark.clause("BTH-3.4.13.1-a")
@pytest.mark.parametrize(("often", "in_a", "in_b"), [(1, 8, 3), (4, 8, 3), (5, 5, 2), (8, 5, 2), (9, 3, 1), (30, 3, 1)])
def test_a_consultant_gets_what_the_table_says_for_frequency_and_category(often: int, in_a: int, in_b: int) -> None:
    assert [consultant(often, category).percent for category in "AB"] == [in_a, in_b]
    assert consultant(often).basis == "full-time basic salary"
    assert consultant(often).clause == "BTH-3.4.13.1-a"


@pytest.mark.clause("BTH-3.4.13.1-a")
@pytest.mark.parametrize("often", ["4.5", "4.001", "8.5", "8.999", "0.5"])
def test_a_frequency_between_two_bands_is_flagged_and_not_rounded(often: str) -> None:
    found = consultant(often)
    assert found.percent is None
    assert "lies between two bands" in found.flag


@pytest.mark.clause("BTH-3.4.13.2-a")
@pytest.mark.parametrize(
    ("often", "percent"), [(1, 6), (4, 6), ("4.5", 4), (5, 4), (8, 4), ("8.5", 2), (9, 2), (40, 2)]
)
def test_an_sas_doctor_gets_six_four_or_two_per_cent_without_a_gap(often: object, percent: int) -> None:
    found = sas(often)
    assert found.percent == percent
    assert (found.basis, found.flag) == ("basic salary", "")


@pytest.mark.clause("BTH-3.4.13.1-b")
def test_a_part_time_consultant_with_an_equal_share_gets_the_full_percentage_of_full_time_salary() -> None:
    assert consultant(8, equal_share=True) == consultant(8)
    assert consultant(8).percent == 5
    other = consultant(8, equal_share=False)
    assert other.percent is None
    assert "share of the rota" in other.flag


@pytest.mark.clause("BTH-3.4.13.1-c")
def test_without_a_category_there_is_no_supplement_for_a_consultant() -> None:
    found = consultant(5, "")
    assert found.percent is None
    assert "A or B" in found.flag


@pytest.mark.clause("BTH-3.4.13.1-d")
def test_covering_each_others_leave_does_not_make_a_rota_more_frequent() -> None:
    often = frequency(9)
    available = Availability(extra_days=Fraction(2))
    assert often == 9
    assert 7 < with_cover(often, available) < 8
    assert consultant(often).percent == 3
    assert frequency(9, stated=Fraction("4.5")) == Fraction("4.5")
    with pytest.raises(NoDoctors):
        frequency(0)


@pytest.mark.clause("BTH-3.4.13.2-f")
def test_several_rotas_have_one_frequency_the_sum_of_the_shares_and_the_method_is_named_as_ours() -> None:
    assert combined([Fraction(8), Fraction(8)]) == 4
    assert combined([Fraction(5), Fraction(20)]) == 4
    assert combined([Fraction(6)]) == 6
    assert sas(combined([Fraction(10), Fraction(15)])).percent == 4
    assert "states no method" in METHOD_NOT_STATED
    with pytest.raises(NoDoctors):
        combined([])


def test_a_policy_without_the_table_says_so() -> None:
    found = supplement(lambda _table, _inputs: {}, grade="sas", category="", often=Fraction(8))
    assert found.percent is None
    assert "no table" in found.flag


@pytest.mark.parametrize(
    ("kind", "grade", "expected"),
    [
        ("consultant_2003", "Consultant", "consultant"),
        ("consultant_before_2003", "Consultant dentist", "consultant"),
        ("local", "Locum consultant", "consultant"),
        ("sas_2021", "Specialist", "sas"),
        ("local", "Trust doctor (ST3+)", "sas"),
    ],
)
def test_a_contract_comes_under_one_of_two_tables(kind: str, grade: str, expected: str) -> None:
    assert grade_of(kind, grade) == expected
