"""Disputes from the failure to agree to their end, on the shipped diagrams."""

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.disputing import (
    appeal,
    begin,
    decide,
    form_panel,
    hear,
    list_member,
    mediate,
    outcome,
    refer,
    to_appeal,
)
from tests.cases.stages import accept, sign
from tests.cases.walk import Walk


def test_a_dispute_goes_from_the_failure_to_agree_to_the_boards_decision_and_into_the_plan(cpft: Walk) -> None:
    house = cpft.house
    list_member(cpft, "Dr Third Member")
    reference = refer(cpft, begin(cpft))
    own = cpft.case_of(house.doctor)
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    mediate(cpft, reference, "not_agreed")
    decide(cpft, reference, "manager")
    appeal(cpft, reference)
    chair, _, _ = form_panel(cpft, reference)
    hear(cpft, reference, chair)
    cpft.do(chair, "recommend", reference, recommendation="Every other Friday", outcomes=outcome("practitioner"))
    cpft.do(house.board_secretary, "board_decision", reference, board_decided_on=cpft.today, board_answer="accept")
    assert cpft.case(reference).status == "closed"
    assert cpft.facts(own)["reply_outcome"] == "decided_by_board"
    sign(cpft, own, house.manager, house.doctor)
    accept(cpft, own)
    assert cpft.case(own).status == "closed"


@SQLITE
@pytest.mark.clause("CPFT-7.8.6")
def test_agreement_at_mediation_goes_to_the_signatures_with_28_days_from_that_meeting(cpft: Walk) -> None:
    house = cpft.house
    reference = refer(cpft, begin(cpft))
    own = cpft.case_of(house.doctor)
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    mediate(cpft, reference, "agreed", stands="practitioner")
    met = cpft.at.date()
    assert cpft.case(reference).status == "closed"
    assert (cpft.deadline(own, "sign_off").due_on - met).days == 28
    assert cpft.waiting(own) == ["sign_plan", "sign_plan"]


@SQLITE
def test_to_appeal_smoke(cpft: Walk) -> None:
    reference = to_appeal(cpft)
    assert "name_chair" in cpft.waiting(reference)
