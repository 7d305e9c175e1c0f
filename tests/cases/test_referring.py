"""From the failure to agree to the referral: the talk, the five parts, the two weeks, and what comes after them."""

from datetime import timedelta

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.disputing import REFERRAL, begin, outcome, refer
from tests.cases.stages import CPFT_GROUPS, disagree, hold_session, plan_round, prepare_session, refuse, with_extra
from tests.cases.test_disagreement import object_to_team_plan
from tests.cases.walk import Walk
from workflows.cases import withdraw_case
from workflows.cases.acting import NotYours
from workflows.domain.errors import BadValues
from workflows.domain.fields import Json
from workflows.engine.ledger import RightLapsed


def ask_late(walk: Walk, reference: str) -> None:
    """The doctor asks after the time is up."""
    walk.do(walk.house.doctor, "request_late_referral", reference, late_reason="I was ill", **REFERRAL)


@pytest.mark.clause("CPFT-7.8.1")
def test_a_dispute_knows_what_was_tried_and_who_stands_on_either_side(cpft: Walk) -> None:
    house = cpft.house
    reference = begin(cpft)
    facts = cpft.facts(reference)
    assert (facts["tried_at_review"], facts["manager_tried"]) == ("Other days", "Other days")
    assert facts["parties"] == [house.doctor.id, house.manager.id]
    assert cpft.case(reference).parent_id == cpft.case(cpft.case_of(house.doctor)).id
    [point] = facts["disputed"]
    assert (point["title"], point["current_pas"]) == ("Extra list", "0")


@SQLITE
@pytest.mark.clause("CPFT-7.8.2")
def test_a_talk_with_the_amd_is_offered_and_can_settle_the_dispute(cpft: Walk) -> None:
    house = cpft.house
    reference = begin(cpft)
    cpft.do(house.manager, "choose_route", reference, route="talk")
    words: dict[str, Json] = {"talk_result": "settled", "talk_date": cpft.today, "talk_note": "Every other week"}
    with pytest.raises(BadValues, match="another look"):
        cpft.do(house.amd, "informal_talk", reference, **words)
    for side in (house.doctor, house.manager):
        with pytest.raises(BadValues) as refused:
            cpft.do(side, "informal_talk", reference, outcomes=outcome("practitioner"), **words)
        assert "One side cannot record this for both" in refused.value.problems["talk_result"]
    cpft.do(house.amd, "informal_talk", reference, outcomes=outcome("other", value="Half", pas="0.5"), **words)
    assert cpft.case(reference).status == "closed"
    reply = cpft.facts(reference)["dispute_outcome"]
    assert (reply["outcome"], reply["elements"][0]["pas"]) == ("settled_informally", "0.5")


@SQLITE
@pytest.mark.clause("CPFT-7.8.2", "CPFT-5.2-a")
def test_a_talk_can_be_skipped_with_a_reason_or_left_out_without_blocking_the_referral(cpft: Walk) -> None:
    house = cpft.house
    reference = begin(cpft)
    with pytest.raises(BadValues) as refused:
        cpft.do(house.doctor, "choose_route", reference, route="refer")
    assert list(refused.value.problems) == ["talk_declined_reason"]
    cpft.do(house.doctor, "choose_route", reference, route="talk")
    cpft.do(house.doctor, "informal_talk", reference, talk_result="none")
    cpft.do(house.doctor, "refer", reference, **REFERRAL)
    cpft.do(house.manager, "answer_referral", reference, other_position="No")
    assert cpft.holders_by_element()["name_mediator"] == {house.medical_director.id}


@SQLITE
@pytest.mark.clause("CPFT-7.8.3-b", "CPFT-7.8.3-d")
@pytest.mark.parametrize("part", ["nature", "position_reason", "evidence_words", "consequences", "ideas"])
def test_a_referral_with_one_of_its_five_parts_empty_is_refused(cpft: Walk, part: str) -> None:
    reference = begin(cpft)
    cpft.do(cpft.house.doctor, "choose_route", reference, route="refer", talk_declined_reason="Tried")
    with pytest.raises(BadValues) as refused:
        cpft.do(cpft.house.doctor, "refer", reference, **{**REFERRAL, part: " "})
    assert list(refused.value.problems) == [part]
    with pytest.raises(BadValues) as refused:
        cpft.do(cpft.house.doctor, "refer", reference, **{**REFERRAL, "local_resolution": None})
    assert list(refused.value.problems) == ["local_resolution"]
    assert cpft.waiting(reference) == ["refer"]


@SQLITE
@pytest.mark.clause("CPFT-7.8.3-c")
def test_evidence_is_of_the_kinds_that_the_policy_names(cpft: Walk) -> None:
    reference = begin(cpft)
    cpft.do(cpft.house.doctor, "choose_route", reference, route="refer", talk_declined_reason="Tried")
    kinds = ["diaries", "activity", "prescribing", "outside_letters", "specialty_advice", "cqc", "nice"]
    with pytest.raises(BadValues):
        cpft.do(cpft.house.doctor, "refer", reference, **{**REFERRAL, "evidence_kinds": ["hearsay"]})
    given = [*kinds, "comparable_plans"]
    cpft.do(cpft.house.doctor, "refer", reference, **{**REFERRAL, "evidence_kinds": given})
    assert cpft.facts(reference)["evidence_kinds"] == given


@SQLITE
@pytest.mark.clause("TCS-4-a", "TCS-4-b")
def test_either_side_may_refer_and_the_other_then_states_its_position(cpft: Walk) -> None:
    house = cpft.house
    reference = begin(cpft)
    cpft.do(house.manager, "choose_route", reference, route="refer", talk_declined_reason="Tried")
    cpft.do(house.manager, "refer", reference, **REFERRAL)
    assert cpft.facts(reference)["other_parties"] == [house.doctor.id]
    [step] = cpft.steps(reference, "answer_referral")
    assert (step.role, step.item) == ("practitioner", str(house.doctor.id))
    with pytest.raises(NotYours):
        cpft.complete(house.manager, step.id, other_position="Mine too")
    cpft.do(house.doctor, "answer_referral", reference, other_position="There is no time")
    assert cpft.waiting(reference) == ["name_mediator"]


@SQLITE
@pytest.mark.clause("TCS-4-b")
def test_mediation_does_not_wait_for_a_side_that_says_nothing(cpft: Walk) -> None:
    reference = begin(cpft)
    cpft.do(cpft.house.doctor, "choose_route", reference, route="refer", talk_declined_reason="Tried")
    cpft.do(cpft.house.doctor, "refer", reference, **REFERRAL)
    cpft.pass_time(days=15)
    assert cpft.waiting(reference) == ["name_mediator"]


@pytest.mark.clause("CPFT-7.8.3-a", "TCS-4-a")
def test_a_referral_on_the_last_day_counts_and_a_day_later_it_has_lapsed(cpft: Walk) -> None:
    house = cpft.house
    reference = begin(cpft)
    due = cpft.deadline(reference, "referral").due_on
    assert (due - cpft.at.date()).days == 14
    cpft.do(house.doctor, "choose_route", reference, route="refer", talk_declined_reason="Tried")
    step = cpft.step(house.doctor, "refer", reference)
    cpft.set_day(due + timedelta(days=1))
    with pytest.raises(RightLapsed):
        cpft.complete(house.doctor, step, **REFERRAL)
    cpft.tick()
    assert cpft.waiting(reference) == ["request_late_referral"]
    ask_late(cpft, reference)
    admit: dict[str, Json] = {"referral_admitted": "admit", "admission_reason": "Illness"}
    with pytest.raises(AssertionError, match="no step"):
        cpft.do(house.manager, "admit_late_referral", reference, **admit)
    cpft.do(house.medical_director, "admit_late_referral", reference, **admit)
    assert cpft.facts(reference)["other_parties"] == [house.manager.id]
    assert cpft.waiting(reference) == ["answer_referral"]


@SQLITE
@pytest.mark.parametrize("at", ["choose_route", "informal_talk"])
def test_the_right_lapses_wherever_the_dispute_stands_before_the_referral(cpft: Walk, at: str) -> None:
    reference = begin(cpft)
    if at == "informal_talk":
        cpft.do(cpft.house.doctor, "choose_route", reference, route="talk")
    assert cpft.waiting(reference) == [at]
    cpft.pass_time(days=15)
    assert cpft.waiting(reference) == ["request_late_referral"]


@SQLITE
def test_a_late_referral_that_is_not_taken_leaves_the_plan_as_it_was(cpft: Walk) -> None:
    reference = begin(cpft)
    cpft.pass_time(days=15)
    ask_late(cpft, reference)
    words: dict[str, Json] = {"referral_admitted": "refuse", "admission_reason": "No reason"}
    cpft.do(cpft.house.medical_director, "admit_late_referral", reference, **words)
    reply = cpft.facts(reference)["dispute_outcome"]
    assert (reply["outcome"], reply["elements"], cpft.case(reference).status) == ("late_referral_refused", [], "closed")


@SQLITE
def test_a_dispute_that_nobody_refers_closes_by_itself(cpft: Walk) -> None:
    reference = begin(cpft)
    cpft.pass_time(days=15)
    cpft.pass_time(days=29)
    assert cpft.case(reference).status == "closed"
    assert cpft.facts(reference)["dispute_outcome"]["outcome"] == "right_lapsed"
    assert cpft.facts(cpft.case_of(cpft.house.doctor))["reply"]["outcome"] == "right_lapsed"


@pytest.mark.clause("CPFT-7.4-e")
def test_an_objection_to_the_team_plan_goes_the_same_way(cpft: Walk) -> None:
    house = cpft.house
    plan_round(cpft)
    prepare_session(cpft)
    hold_session(cpft, CPFT_GROUPS)
    object_to_team_plan(cpft)
    cpft.do(house.manager, "answer_objections", objections_done="Talked", objections_answer="unresolved")
    cpft.do(house.amd, "approve_team_plan", team_approval="approved")
    reference = cpft.newest("disagreement")
    [point] = cpft.facts(reference)["disputed"]
    assert (point["practitioner"], point["manager"]) == ("Too few clinics", "Talked")
    assert cpft.deadlines(reference)["referral"] == "open"
    cpft.do(house.colleague, "choose_route", reference, route="refer", talk_declined_reason="Tried")
    cpft.do(house.colleague, "refer", reference, **REFERRAL)
    assert cpft.facts(reference)["other_parties"] == [house.manager.id]


@SQLITE
@pytest.mark.clause("TCS-4-n")
def test_what_is_in_dispute_keeps_its_old_value_until_the_outcome(cpft: Walk) -> None:
    own = refuse(cpft, with_extra())
    disagree(cpft, own, "friday-list")
    draft = cpft.plans(cpft.house.doctor)[-1].content
    assert [line["id"] for line in draft["activities"]] == ["clinic", "audit"]
    refer(cpft, cpft.newest("disagreement"))
    assert cpft.case(own).status == "open"


@SQLITE
@pytest.mark.clause("CPFT-7.4-e")
@pytest.mark.parametrize(("stands", "changed"), [("other", True), ("current", False)])
def test_a_dispute_that_upholds_an_objection_brings_a_new_version_of_the_team_plan(
    cpft: Walk, stands: str, changed: bool
) -> None:
    house = cpft.house
    plan_round(cpft)
    prepare_session(cpft)
    hold_session(cpft, CPFT_GROUPS)
    object_to_team_plan(cpft)
    cpft.do(house.manager, "answer_objections", objections_done="Talked", objections_answer="unresolved")
    cpft.do(house.amd, "approve_team_plan", team_approval="approved")
    team, reference = cpft.newest("team_planning"), cpft.newest("disagreement")
    cpft.do(house.colleague, "choose_route", reference, route="talk")
    rows = [{"element": "team_plan", "outcome": stands, "value": "Two more clinics" if changed else ""}]
    settled: dict[str, Json] = {"talk_result": "settled", "talk_date": cpft.today, "talk_note": "Settled"}
    cpft.do(house.amd, "informal_talk", reference, outcomes=rows, **settled)
    for doctor in (house.doctor, house.colleague):
        own = cpft.case_of(doctor)
        cpft.perform(withdraw_case, actor=cpft.actor(house.directorate), reference=own, reason="Late", now=cpft.at)
        cpft.tick()
    assert cpft.waiting(team) == (["revise_team_plan"] if changed else [])
    if changed:
        needs = [{"requirement": "Two more clinics", "trust_objective": "Waiting times", "lead": ""}]
        cpft.do(house.manager, "revise_team_plan", team, requirements=needs, revised_because="The dispute")
        assert cpft.facts(team)["team_plan_number"] == 2
    assert cpft.case(team).status == "closed"
