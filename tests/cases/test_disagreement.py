"""Where no agreement is reached: what is not in dispute is signed at once, the rest waits for the dispute's outcome."""

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.stages import (
    CPFT_GROUPS,
    accept,
    answer_team_plan,
    changed,
    disagree,
    draft_team_plan,
    hold_session,
    meet,
    moved,
    plan_round,
    prepare,
    prepare_session,
    record_points,
    refuse,
    reply,
    sign,
    to_signatures,
    with_extra,
)
from tests.cases.walk import PLAN, Walk
from workflows.domain.errors import BadValues


def lines(walk: Walk, number: int) -> dict[str, str]:
    """The activities of the doctor's plan with that number, by id, with their places."""
    content = walk.plans(walk.house.doctor)[number - 1].content
    return {line["id"]: line["place"] for line in content["activities"]}


@pytest.mark.clause("CPFT-7.5-b")
def test_what_is_not_in_dispute_comes_into_force_while_the_dispute_waits(cpft: Walk) -> None:
    house = cpft.house
    own = refuse(cpft, with_extra())
    assert cpft.waiting(own) == ["state_position"]
    disagree(cpft, own, "friday-list")
    facts = cpft.facts(own)
    assert facts["failure_to_agree_date"] == cpft.today
    assert (facts["disputed_elements"], facts["undisputed_elements"]) == (["friday-list"], ["clinic", "audit", "base"])
    assert "agreement_refused" in cpft.history(own)
    assert cpft.waiting(own) == ["sign_plan", "sign_plan"]
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    assert cpft.plans(house.doctor)[0].status == "in_force"
    assert lines(cpft, 1) == {"clinic": "Penrith", "audit": "Penrith"}
    assert cpft.case(own).stage == "Wait for the outcome"
    cpft.pass_time(days=30)
    [asked] = [message for message in cpft.outbox(own) if message.kind == "start"]
    assert (asked.name, asked.status) == ("disagreement", "delivered")
    assert asked.facts["subject"] == house.doctor.id


@pytest.mark.clause("CPFT-7.5-b")
def test_the_outcome_of_the_dispute_is_signed_and_closes_the_case(cpft: Walk) -> None:
    house = cpft.house
    own = refuse(cpft, with_extra())
    disagree(cpft, own, "friday-list")
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    reply(cpft, own, outcome="agreed_at_mediation", stands={"friday-list": "practitioner"})
    assert cpft.facts(own)["reply_outcome"] == "agreed_at_mediation"
    assert lines(cpft, 1) == {"clinic": "Penrith", "audit": "Penrith"}, "nothing changes before the signatures"
    sign(cpft, own, house.manager, house.doctor)
    accept(cpft, own)
    assert cpft.case(own).status == "closed"
    assert [plan.status for plan in cpft.plans(house.doctor)] == ["superseded", "in_force"]
    assert "friday-list" in lines(cpft, 2)


@SQLITE
def test_an_outcome_that_comes_before_the_rest_is_signed_waits_for_those_signatures(cpft: Walk) -> None:
    house = cpft.house
    own = refuse(cpft, with_extra())
    disagree(cpft, own, "friday-list")
    reply(cpft, own, outcome="decided")
    assert cpft.waiting(own) == ["sign_plan", "sign_plan"]
    assert len(cpft.plans(house.doctor)) == 1, "the outcome has not been put into a plan yet"
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    assert len(cpft.plans(house.doctor)) == 2
    assert lines(cpft, 2) == lines(cpft, 1)


@pytest.mark.clause("CPFT-7.5-b")
def test_either_party_can_say_at_the_signatures_that_there_is_no_agreement(cpft: Walk) -> None:
    house = cpft.house
    own = to_signatures(cpft, plan=moved(with_extra(), pas="7"))
    sign(cpft, own, house.doctor)
    cpft.do(house.manager, "sign_plan", own, sign_answer="not_agreed", sign_reason="Not enough clinics")
    assert cpft.waiting(own) == ["state_position"]
    assert cpft.deadlines(own)["sign_off"] == "cancelled", "not met: nobody waits for signatures in a disagreement"
    assert "deadline_met" not in cpft.history(own)[-4:]
    disagree(cpft, own, "friday-list")
    assert cpft.standing(own) == [], "the doctor had signed a plan with the Friday list"
    assert cpft.deadlines(own)["sign_off"] == "open"
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    assert lines(cpft, 1) == {"clinic": "Penrith", "audit": "Penrith"}


@SQLITE
def test_a_disputed_change_keeps_its_old_value_and_a_disputed_removal_its_line(cpft: Walk) -> None:
    house = cpft.house
    first = to_signatures(cpft)
    sign(cpft, first, house.doctor, house.manager)
    accept(cpft, first)
    with cpft.session() as session:
        session.get_one(type(cpft.case(first)), cpft.case(first).id).year = "2026/27"
        session.commit()
    proposed = moved(place="Carlisle")
    proposed["activities"] = [line for line in proposed["activities"] if line["id"] != "audit"]
    proposed["not_applicable"] = {**proposed["not_applicable"], "spa": "Not this year"}
    own = cpft.start(house.directorate, "individual_planning", subject=house.doctor.id, team=house.team.id)
    own = refuse_again(cpft, own, changed(proposed, base="Kendal"))
    disagree(cpft, own, "clinic", "audit")
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    assert lines(cpft, 2) == {"clinic": "Penrith", "audit": "Penrith"}
    assert cpft.plans(house.doctor)[1].content["base"] == "Kendal", "what nobody disputes is changed"


def refuse_again(walk: Walk, own: str, plan: dict[str, object]) -> str:
    """The second year's plan, which the manager does not agree to."""
    prepare(walk, own)
    meet(walk, own, plan=plan)
    walk.do(walk.house.doctor, "answer_plan", own, practitioner_answer="agree")
    walk.do(walk.house.manager, "agree_plan", own, manager_answer="not_agreed", manager_view="No")
    return own


@SQLITE
def test_where_everything_is_in_dispute_nothing_is_signed_before_the_outcome(cpft: Walk) -> None:
    own = refuse(cpft, PLAN)
    disagree(cpft, own, "clinic", "audit")
    assert cpft.waiting(own) == []
    assert cpft.case(own).stage == "Wait for the outcome"
    assert cpft.deadlines(own)["sign_off"] == "cancelled"
    cpft.pass_time(days=40)
    assert [notice for notice in cpft.notices(cpft.house.amd) if notice.kind == "escalation"] == []


@SQLITE
def test_a_point_in_dispute_must_be_a_part_of_the_plan(cpft: Walk) -> None:
    house = cpft.house
    own = refuse(cpft, with_extra())
    cpft.do(house.doctor, "state_position", own, position="Too much", tried_at_review="Other days")
    with pytest.raises(BadValues) as refused:
        record_points(cpft, own, "friday-list", "saturday-list")
    assert refused.value.problems == {"disputed.1.element": "Row 2: the plan has no part “saturday-list”."}
    assert cpft.waiting(own) == ["record_disagreement"]


@SQLITE
def test_somebody_who_does_not_sign_the_outcome_is_talked_to_and_asked_again(cpft: Walk) -> None:
    house = cpft.house
    own = refuse(cpft, PLAN)
    disagree(cpft, own, "clinic", "audit")
    reply(cpft, own, outcome="decided", stands={"clinic": "practitioner", "audit": "manager"})
    for _ in range(2):
        cpft.do(house.doctor, "sign_plan", own, sign_answer="not_agreed", sign_reason="Still too much")
        cpft.do(house.manager, "talk_about_outcome", own, outcome_talk="The outcome stands")
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    assert cpft.case(own).status == "closed"


@SQLITE
def test_somebody_who_does_not_sign_the_rest_is_talked_to_and_nothing_of_it_is_lost(cpft: Walk) -> None:
    house = cpft.house
    own = refuse(cpft, with_extra())
    disagree(cpft, own, "friday-list")
    cpft.do(house.manager, "sign_plan", own, sign_answer="not_agreed", sign_reason="Not the clinic either")
    assert cpft.waiting(own) == ["talk_about_rest"]
    cpft.do(house.doctor, "talk_about_rest", own, rest_talk="The clinic stays as it is")
    assert cpft.waiting(own) == ["sign_plan", "sign_plan"]
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    assert lines(cpft, 1) == {"clinic": "Penrith", "audit": "Penrith"}
    assert cpft.case(own).stage == "Wait for the outcome"


@SQLITE
def test_an_objection_that_is_met_sends_the_draft_round_again(cpft: Walk) -> None:
    house = cpft.house
    plan_round(cpft)
    prepare_session(cpft)
    hold_session(cpft, CPFT_GROUPS)
    object_to_team_plan(cpft)
    cpft.do(house.manager, "answer_objections", objections_done="Talked", objections_answer="resolved")
    draft_team_plan(cpft)
    answer_team_plan(cpft)
    assert cpft.waiting() == ["approve_team_plan"]
    cpft.do(house.amd, "approve_team_plan", team_approval="approved")
    team = cpft.newest("team_planning")
    assert cpft.facts(team)["objectors"] == []
    assert [message.name for message in cpft.outbox(team)] == ["individual_planning", "individual_planning"]


def test_an_objection_that_cannot_be_met_becomes_a_dispute_of_its_own_and_holds_up_nobody_else(cpft: Walk) -> None:
    house = cpft.house
    plan_round(cpft)
    prepare_session(cpft)
    hold_session(cpft, CPFT_GROUPS)
    object_to_team_plan(cpft)
    cpft.do(house.manager, "answer_objections", objections_done="Talked", objections_answer="unresolved")
    cpft.do(house.amd, "approve_team_plan", team_approval="approved")
    team = cpft.newest("team_planning")
    assert cpft.facts(team)["objectors"] == [house.colleague.id]
    sent = [(message.name, message.status, message.facts["subject"]) for message in cpft.outbox(team)]
    assert sorted(sent) == sorted(
        [
            ("disagreement", "delivered", house.colleague.id),
            ("individual_planning", "delivered", house.doctor.id),
            ("individual_planning", "delivered", house.colleague.id),
        ]
    )
    assert cpft.case_of(house.doctor)


def object_to_team_plan(walk: Walk) -> None:
    """One doctor agrees and one objects."""
    walk.do(walk.house.doctor, "answer_team_plan", team_answer="agree")
    walk.do(walk.house.colleague, "answer_team_plan", team_answer="object", objection="Too few clinics")
