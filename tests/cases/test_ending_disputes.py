"""A dispute that ends before its way is gone: settled between the parties, withdrawn, or left behind."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.cases.conftest import SQLITE
from tests.cases.disputing import begin, book, decide, form_panel, hear, list_member, mediate, outcome, refer, to_appeal
from tests.cases.stages import accept, sign
from tests.cases.walk import Walk
from workflows import cases
from workflows.cases import ending
from workflows.domain.errors import BadValues
from workflows.domain.fields import Json
from workflows.store.models import Person


def withdraw(walk: Walk, who: Person, reference: str, reason: str = "We have talked") -> Json:
    return walk.perform(cases.withdraw_dispute, actor=walk.actor(who), reference=reference, reason=reason, now=walk.at)


def propose(walk: Walk, who: Person, reference: str, stands: str = "practitioner") -> None:
    words: dict[str, Json] = {"outcomes": outcome(stands), "now": walk.at}
    walk.perform(cases.propose_settlement, actor=walk.actor(who), reference=reference, **words)


def answer(walk: Walk, who: Person, reference: str, *, accepted: bool) -> None:
    walk.perform(cases.answer_settlement, actor=walk.actor(who), reference=reference, accept=accepted, now=walk.at)
    walk.tick()


def sign_the_rest(walk: Walk) -> str:
    """What is not in dispute is signed. Returns the reference of the plan's case."""
    own = walk.case_of(walk.house.doctor)
    sign(walk, own, walk.house.doctor, walk.house.manager)
    accept(walk, own)
    return own


def test_what_one_side_proposes_and_the_other_accepts_ends_the_dispute_and_goes_to_the_signatures(cpft: Walk) -> None:
    house = cpft.house
    reference = refer(cpft, begin(cpft))
    own = sign_the_rest(cpft)
    book(cpft, reference)
    propose(cpft, house.manager, reference)
    answer(cpft, house.doctor, reference, accepted=True)
    case = cpft.case(reference)
    assert (case.status, case.stage, cpft.waiting(reference)) == ("closed", "Settled", [])
    assert cpft.facts(own)["reply_outcome"] == "settled"
    assert cpft.waiting(own) == ["sign_plan", "sign_plan"]
    assert [line["id"] for line in cpft.plans(house.doctor)[-1].content["activities"]][-1] == "friday-list"
    off = [one for one in cpft.notices(house.doctor) if one.subject.startswith("Called off: Mediation")]
    assert off, "the meeting that was booked is off"


@SQLITE
def test_a_settlement_that_the_other_side_does_not_agree_to_changes_nothing(cpft: Walk) -> None:
    house = cpft.house
    reference = refer(cpft, begin(cpft))
    propose(cpft, house.doctor, reference)
    with pytest.raises(ending.NothingProposed):
        answer(cpft, house.doctor, reference, accepted=True)
    answer(cpft, house.manager, reference, accepted=False)
    assert cpft.waiting(reference) == ["name_mediator"]
    with pytest.raises(ending.NothingProposed):
        answer(cpft, house.manager, reference, accepted=True)
    assert cpft.history(reference)[-2:] == ["settlement_proposed", "settlement_refused"]
    assert "does not agree" in cpft.notices(house.doctor)[-1].words


@SQLITE
def test_a_settlement_says_what_is_to_stand_of_every_point_and_comes_from_a_party(cpft: Walk) -> None:
    house = cpft.house
    reference = begin(cpft)
    with pytest.raises(BadValues) as refused:
        propose(cpft, house.doctor, reference, stands="")
    assert list(refused.value.problems) == ["outcomes.0.outcome"]
    for stranger in (house.colleague, house.amd, house.directorate):
        with pytest.raises(ending.NotAParty):
            propose(cpft, stranger, reference)


@SQLITE
def test_a_dispute_that_the_doctor_withdraws_leaves_the_plan_as_it_was(cpft: Walk) -> None:
    house = cpft.house
    reference = begin(cpft)
    own = sign_the_rest(cpft)
    for other in (house.manager, house.directorate, house.colleague):
        with pytest.raises(ending.NotYoursToEnd):
            withdraw(cpft, other, reference)
    withdraw(cpft, house.doctor, reference)
    cpft.tick()
    assert (cpft.case(reference).stage, cpft.facts(own)["reply_outcome"]) == ("Withdrawn", "withdrawn")
    assert "friday-list" not in str(cpft.plans(house.doctor)[-1].content)
    with pytest.raises(ending.OverAlready):
        withdraw(cpft, house.doctor, reference)


@SQLITE
def test_an_appeal_that_is_withdrawn_leaves_the_decision_standing(cpft: Walk) -> None:
    house = cpft.house
    list_member(cpft, "Dr Third Member")
    reference = refer(cpft, begin(cpft))
    own = sign_the_rest(cpft)
    mediate(cpft, reference, "not_agreed")
    decide(cpft, reference, "practitioner")
    withdraw(cpft, house.doctor, reference)
    cpft.tick()
    assert cpft.facts(own)["reply"]["elements"][0]["outcome"] == "practitioner"


@SQLITE
def test_an_appeal_that_is_withdrawn_before_the_board_decides_brings_nothing_that_the_panel_recommended(
    cpft: Walk,
) -> None:
    house = cpft.house
    list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    [decided] = cpft.facts(reference)["outcomes"]
    chair, _, _ = form_panel(cpft, reference)
    hear(cpft, reference, chair)
    recommended = outcome("practitioner")
    cpft.do(chair, "recommend", reference, recommendation="As the doctor wants it", outcomes=recommended)
    withdraw(cpft, house.doctor, reference)
    [stands] = cpft.facts(reference)["dispute_outcome"]["elements"]
    assert stands == decided
    assert stands["outcome"] != "practitioner"


@SQLITE
def test_the_directorate_ends_the_dispute_of_a_doctor_who_has_left(cpft: Walk) -> None:
    house = cpft.house
    list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    form_panel(cpft, reference)
    with cpft.session() as session:
        left = (cpft.at - timedelta(days=1)).date()
        session.execute(update(Person).where(Person.id == house.doctor.id).values(left_on=left))
        session.commit()
    cpft.next_day()
    withdraw(cpft, house.directorate, reference, "The doctor has left the trust")
    assert cpft.case(reference).status == "closed"
