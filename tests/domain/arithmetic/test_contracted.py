"""A plan beside its contract: whole time, part-time, by the year, and averages of what was recorded."""

from datetime import date
from fractions import Fraction

import pytest

from tests.domain.arithmetic.lines import BLACKPOOL, Entry, pas, terms_of
from workflows.domain.arithmetic import contracted
from workflows.domain.arithmetic.supporting import expected_workload, part_time_split
from workflows.domain.arithmetic.timetable import total


@pytest.mark.clause("CPFT-7.1-d")
@pytest.mark.parametrize(("share", "expected"), [("1", 10), ("3/5", 6), ("1/2", 5), ("7/10", 7)])
def test_a_whole_time_contract_is_ten_pas_and_a_part_time_one_the_pro_rata_figure(share: str, expected: int) -> None:
    assert contracted.expected(pas(share), terms_of("cumbria")).value == expected


@pytest.mark.clause("CPFT-7.1-d")
def test_any_difference_from_the_contract_is_said() -> None:
    assert contracted.difference(pas("6.25"), Fraction(6)).note == "The plan has 0.25 PA more than the contract."
    assert contracted.difference(pas("17/3"), Fraction(6)).note == (
        "The plan has 0.333 (1/3) PA fewer than the contract."
    )
    assert contracted.difference(Fraction(6), Fraction(6)).note == ""


@pytest.mark.clause("BTH-3.2.9")
def test_a_whole_time_plan_is_clinical_care_and_supporting_activities_and_perhaps_more() -> None:
    days = ("monday", "tuesday", "wednesday")
    lines = [*(Entry(day=day, start="08:00", end="18:00") for day in days), Entry(category="external", hours="10")]
    found = {key: each.pas_a_week for key, each in total(lines, BLACKPOOL).by_category.items()}
    assert contracted.counting(found) == contracted.expected(Fraction(1), BLACKPOOL).value == 10
    assert contracted.lacking(found) == ("spa",)
    assert contracted.lacking({**found, "spa": Fraction(1)}) == ()
    assert contracted.counting({**found, "private": Fraction(3)}) == 10


@pytest.mark.clause("BTH-3.2.17")
def test_a_part_agreed_as_pas_a_year_is_shown_as_a_weekly_average() -> None:
    found = contracted.weekly(Fraction(63), BLACKPOOL)
    assert found.value == pas("1.5")
    assert found.working[0].words == "63 PA a year over 42 weeks in attendance"


def test_work_that_colleagues_cover_for_each_other_takes_more_of_each_week_in_attendance() -> None:
    found = contracted.with_prospective_cover(Fraction(1), BLACKPOOL)
    assert found.value == Fraction(52, 42)
    assert found.working[0].words == "1 PA in each of 52 weeks, done in 42 weeks in attendance"


@pytest.mark.clause("BTH-3.4.4-b")
def test_patient_administration_is_the_average_of_what_was_recorded_over_a_stated_period() -> None:
    diary = [(date(2027, 4, day), Fraction(3)) for day in (1, 5, 9, 12)] + [(date(2027, 4, 30), Fraction(8))]
    found = contracted.average_administration(diary, date(2027, 4, 1), date(2027, 4, 14), BLACKPOOL)
    assert found.value == Fraction(12, 2) / 4
    assert [line.words for line in found.working] == [
        "4 entries in the diary",
        "From 1 April 2027 to 14 April 2027",
        "A week, at 4 h a PA",
    ]


def test_there_is_no_average_of_nothing() -> None:
    with pytest.raises(contracted.NothingRecorded):
        contracted.average_administration([], date(2027, 4, 1), date(2027, 4, 14), BLACKPOOL)


@pytest.mark.clause("BTH-3.4.6-a")
def test_a_part_timers_clinical_care_is_shown_pro_rata_and_more_supporting_time_is_no_fault() -> None:
    found = part_time_split(Fraction(6), pas("2.5"), BLACKPOOL, dcc=pas("4.25"), spa=pas("1.75"))
    assert found.value == pas("4.5")
    assert [line.value for line in found.working] == [pas("4.5"), pas("4.25"), pas("1.5"), pas("1.75")]
    assert found.note == "Supporting activities are 0.25 PA above pro rata, as part-timers need."


@pytest.mark.clause("BTH-3.4.6-d")
def test_a_part_timers_workload_follows_the_agreed_clinical_care() -> None:
    found = expected_workload(Fraction(60), pas("4.5"), pas("7.5"), "patients a week")
    assert found.value == 36
    assert found.working[0].words == "60 patients a week × 4.5 of 7.5 PA of clinical care"
