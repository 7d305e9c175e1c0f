"""The letters of an agreement on extra programmed activities: what they say, to whom, and beforehand to whom."""

from typing import Any

import pytest

from tests.cases.extra import ADDRESS, ASKED, accepted, asked, day, offered
from tests.cases.walk import Walk
from tests.letters.test_of_a_dispute import letter, sent
from tests.letters.test_sending import words as words_of
from workflows import cases
from workflows.domain.errors import BadValues
from workflows.store.models import Letter

CONTRACT, NOTICE = "additional_pa_contract", "additional_pa_notice"


@pytest.mark.clause("CPFT-7.2.2-g", "CPFT-App1-a")
def test_the_agreement_has_a_reference_date_name_address_first_and_last_day_and_the_doctors_own_contract(
    shipped: Walk,
) -> None:
    reference = offered(shipped)
    said = letter(shipped, CONTRACT, shipped.house.doctor)
    for words in (
        "JP/PA/2027/0001",
        "1 March 2027",
        "Dr Amina Osei",
        "Carleton Clinic",
        "CA1 3SX",
        "from Monday 7 June 2027 to Friday 31 March 2028",
        "Consultant contract (2003)",
        ASKED["extra_work"],
        ASKED["extra_purpose"],
        ASKED["extra_expectations"],
        "by the end of Sunday 6 June 2027",
        f"open the case {reference}",
        "nothing follows from it",
    ):
        assert words in said, words


@pytest.mark.clause("CPFT-7.2.2-g")
def test_it_goes_to_the_doctor_with_a_copy_to_the_manager_once_it_is_issued(shipped: Walk) -> None:
    asked(shipped)
    assert sent(shipped, CONTRACT) == []
    offered(shipped)
    assert sent(shipped, CONTRACT) == [("practitioner", False), ("clinical_manager", True)]


@pytest.mark.clause("BTH-App3.3-a")
def test_standard_pas_stand_under_clause_7_1_and_these_under_7_6(shipped: Walk) -> None:
    offered(shipped, extra_pas=1.5)
    said = letter(shipped, CONTRACT, shipped.house.doctor)
    assert "written agreement under clause 7.6" in said
    assert "7.1 Standard programmed activities 10 a week" in said
    assert "7.6 Written agreement JP/PA/2027/0001 1.5 a week" in said
    assert "11.5" not in said, "the two are never added up"


@pytest.mark.clause("BTH-App3.3-d", "BTH-3.4.8.3-d")
def test_it_says_how_they_are_paid_in_leave_and_who_has_commissioned_them(shipped: Walk) -> None:
    offered(shipped, extra_commissioner="Health Education England")
    said = letter(shipped, CONTRACT, shipped.house.doctor)
    assert "paid in weeks of annual, study and sick leave too" in said
    assert "commissioned by Health Education England" in said
    offered(shipped, extra_basis="yearly", extra_pas=None, extra_pas_yearly=20)
    said = letter(shipped, CONTRACT, shipped.house.doctor)
    assert "paid in weeks of" not in said
    assert "You work 20 programmed activities in this time, as they are needed" in said
    assert "commissioned" not in said


@pytest.mark.clause("CPFT-App1-a")
def test_a_letter_without_a_first_or_last_day_is_refused(shipped: Walk) -> None:
    for lacking in ("extra_from", "extra_until"):
        with pytest.raises(BadValues):
            offered(shipped, **{lacking: None})
    assert sent(shipped, CONTRACT) == []


@pytest.mark.clause("CPFT-7.2.2-g")
def test_the_amd_sees_beforehand_what_goes_out(shipped: Walk) -> None:
    reference, house = asked(shipped), shipped.house
    shipped.do(house.amd, "decide_extra", reference, extra_decision="agree", extra_decision_reason="We need it")
    title, content = shipped.perform(
        cases.preview_letter,
        actor=shipped.actor(house.amd),
        step_id=shipped.step(house.amd, "issue_extra", reference),
        values={"extra_address": ADDRESS},
        now=shipped.at,
    )
    assert title == "Agreement on additional programmed activities"
    said = words_of(Letter(content=content))
    assert "JP/PA/2027/0001" in said
    assert "by the end of Sunday 6 June 2027" in said


@pytest.mark.clause("CPFT-App1-d")
def test_notice_is_given_in_writing_to_both_sides_with_its_day(shipped: Walk) -> None:
    reference, house = accepted(shipped), shipped.house
    shipped.live_through(until=day("2027-08-02"))
    values: dict[str, Any] = {"notice_change": "end", "notice_pas": None, "notice_reason": "The clinic has closed"}
    shipped.perform(
        cases.give_notice, actor=shipped.actor(house.manager), reference=reference, values=values, now=shipped.at
    )
    for who in (house.doctor, house.manager):
        said = letter(shipped, NOTICE, who)
        assert "Their last day is Monday 1 November 2027" in said
        assert "The clinic has closed" in said
