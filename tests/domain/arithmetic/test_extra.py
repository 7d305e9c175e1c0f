"""Additional PAs in money and pension, weeks of more than 48 hours, work out of hours."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.arithmetic.lines import BLACKPOOL, Entry, pas, terms_of
from workflows.domain.arithmetic import extra
from workflows.domain.arithmetic.timetable import total

PAS = st.fractions(0, 20, max_denominator=100)


@pytest.mark.clause("BTH-App3.3-f")
@pytest.mark.parametrize(("total_pas", "counts"), [("6", "6"), ("9.5", "9.5"), ("10", "10"), ("11.25", "10")])
def test_up_to_ten_pas_a_week_are_pensionable_whole_time_or_part_time(total_pas: str, counts: str) -> None:
    assert extra.pensionable(pas(total_pas), BLACKPOOL).value == pas(counts)


@given(PAS)
def test_what_is_over_a_whole_time_contract_and_what_is_pensionable_are_the_whole_plan(total_pas: Fraction) -> None:
    over, counts = extra.over_full_time(total_pas, BLACKPOOL), extra.pensionable(total_pas, BLACKPOOL)
    assert over.value + counts.value == total_pas


@pytest.mark.clause("BTH-App3.3-c")
def test_from_eleven_pas_to_ten_pay_falls_by_a_tenth_of_basic_pay_without_protection() -> None:
    found = extra.pay_without(Fraction(100_000), Fraction(11), Fraction(1), BLACKPOOL)
    assert found.value == 10_000
    assert found.working[-1].words == "11 PA before, 10 PA after"
    assert found.note == "Pay for additional PAs is not protected."


@pytest.mark.clause("BTH-App3.3-d")
def test_regular_additional_pas_are_paid_in_weeks_of_leave_and_ad_hoc_ones_are_not() -> None:
    assert [extra.payable_away(True, kind) for kind in ("annual", "study", "sick")] == [True] * 3
    assert not extra.payable_away(False, "annual")


@pytest.mark.clause("BTH-App3.3-e")
def test_ad_hoc_additional_pas_of_a_year_are_paid_in_equal_parts() -> None:
    assert extra.equal_payments(Fraction(24), Fraction(250)) == extra.Payments(12, Fraction(500), Fraction(500))
    uneven = extra.equal_payments(Fraction(10), Fraction(100), number=3)
    assert (uneven.each, uneven.last) == (pas("333.33"), pas("333.34"))


@given(st.integers(0, 100), st.integers(1, 100_000), st.integers(1, 24))
def test_equal_payments_come_to_the_whole_to_the_penny(number: int, pence: int, payments: int) -> None:
    found = extra.equal_payments(Fraction(number), Fraction(pence, 100), payments)
    assert found.each * (found.number - 1) + found.last == Fraction(number * pence, 100)


@pytest.mark.clause("BTH-3.4.16-e")
def test_private_work_beyond_48_hours_is_the_doctors_own_responsibility() -> None:
    within = extra.hours_with_private_work(Fraction(40), Fraction(8), BLACKPOOL)
    over = extra.hours_with_private_work(Fraction(40), pas("8.5"), BLACKPOOL)
    assert (within.value, within.note, over.value) == (pas(48), "", pas("48.5"))
    assert over.note.startswith("With private work this is more than 48 hours a week.")
    assert "the doctor’s own" in over.note


def test_long_hours_for_the_trust_alone_ask_nothing_of_the_doctor_about_private_work() -> None:
    assert extra.hours_with_private_work(Fraction(50), Fraction(0), BLACKPOOL).note == ""


def test_more_than_two_fifths_out_of_hours_is_said_under_the_sas_contract_of_2021() -> None:
    held = terms_of(contract="sas_2021")
    day, evening = Entry(start="09:00", end="15:00"), Entry(day="saturday", start="09:00", end="13:00")
    within = extra.out_of_hours(total([day, evening], held).overall, held)
    over = extra.out_of_hours(total([day, evening, evening], held).overall, held)
    assert (within.value, within.note) == (pas(40), "")
    assert over.note == "More than 40 per cent of the hours are out of hours."
    assert extra.out_of_hours(total([evening], BLACKPOOL).overall, BLACKPOOL).note == ""
    assert extra.out_of_hours(total([], held).overall, held).value == 0
