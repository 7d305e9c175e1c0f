"""Sign-off: signatures in time and late, changes that void only what they touch, the checks, distribution."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from tests.cases.conftest import SQLITE
from tests.cases.stages import accept, agree, changed, meet, moved, sign, start_plan, to_signatures
from tests.cases.walk import PLAN, Walk
from workflows.domain.errors import BadValues
from workflows.plans import NotToBeSigned
from workflows.store.models import Contract, Json, Person, PlanVersion


@pytest.mark.slow
@pytest.mark.clause("CPFT-7.5-a")
def test_a_signature_on_day_28_is_in_time_and_on_day_29_it_is_late_and_goes_to_the_amd(cpft: Walk) -> None:
    house = cpft.house
    own = to_signatures(cpft)
    assert cpft.deadline(own, "sign_off").due_on == date(2027, 3, 29)
    sign(cpft, own, house.doctor)
    cpft.live_through(until=date(2027, 3, 29))
    assert cpft.deadlines(own)["sign_off"] == "open"
    assert "escalated" not in cpft.history(own)
    cpft.live_through(until=date(2027, 3, 30))
    assert cpft.deadlines(own)["sign_off"] == "missed"
    told = [(notice.kind, notice.written_at.date()) for notice in cpft.notices(house.amd)]
    assert told == [("escalation", date(2027, 3, 30))]
    assert house.manager.name in cpft.notices(house.amd)[0].words
    reminded = [notice.written_at.date() for notice in cpft.notices(house.manager) if notice.kind == "reminder"]
    assert reminded == [date(2027, 3, 15), date(2027, 3, 22), date(2027, 3, 28)]
    assert [notice for notice in cpft.notices(house.doctor) if notice.kind == "reminder"] == [], "the doctor has signed"
    sign(cpft, own, house.manager)
    assert cpft.waiting(own) == ["check_plan"], "a late plan is not lost: it can still be signed"
    assert cpft.history(own).count("deadline_met_late") == 1


@SQLITE
@pytest.mark.clause("CPFT-7.5-a")
def test_the_last_signature_in_the_last_minute_of_day_28_meets_the_deadline(cpft: Walk) -> None:
    own = to_signatures(cpft)
    sign(cpft, own, cpft.house.doctor)
    due = cpft.deadline(own, "sign_off").due_at
    cpft.at = due - timedelta(minutes=1)
    sign(cpft, own, cpft.house.manager)
    assert cpft.deadlines(own)["sign_off"] == "met"
    assert "deadline_met" in cpft.history(own)


@SQLITE
def test_a_plan_that_is_being_changed_before_its_signatures_still_runs_out_of_time(cpft: Walk) -> None:
    own = to_signatures(cpft)
    cpft.do(cpft.house.doctor, "sign_plan", own, sign_answer="change", sign_reason="The place is wrong")
    assert cpft.waiting(own) == ["change_plan"]
    assert cpft.deadlines(own)["sign_off"] == "open", "nobody has signed"
    cpft.live_through(until=date(2027, 3, 30))
    assert cpft.deadlines(own)["sign_off"] == "missed"
    assert [notice.kind for notice in cpft.notices(cpft.house.amd)] == ["escalation"]


def test_a_returned_plan_comes_back_with_a_reason_for_each_section_and_is_signed_again(cpft: Walk) -> None:
    house = cpft.house
    own = to_signatures(cpft)
    sign(cpft, own, house.doctor, house.manager)
    reasons = {"dcc": "Say where the clinic is.", "on_call": "Say which rota."}
    step = cpft.step(house.directorate, "check_plan", own)
    with pytest.raises(BadValues):
        cpft.complete(house.directorate, step, check_answer="returned", return_reasons={})
    cpft.complete(house.directorate, step, check_answer="returned", return_reasons=reasons)
    assert cpft.facts(own)["return_reasons"] == reasons
    assert cpft.waiting(own) == ["mend_plan"]
    for person in (house.doctor, house.manager):
        told = cpft.notices(person)[-1]
        assert told.kind == "plan_returned"
        assert "Say where the clinic is." in told.words
        assert "Say which rota." in told.words
    cpft.do(house.manager, "mend_plan", own, plan=moved(place="Kendal"))
    assert cpft.waiting(own) == ["sign_plan", "sign_plan"], "both are asked again at once"
    sign(cpft, own, house.manager, house.doctor)
    accept(cpft, own)
    assert cpft.case(own).status == "closed"


@SQLITE
def test_a_plan_that_says_nothing_about_a_category_cannot_be_accepted(cpft: Walk) -> None:
    house = cpft.house
    silent = changed(not_applicable={"on_call": "Not on a rota"})
    own = to_signatures(cpft, plan=silent)
    sign(cpft, own, house.doctor, house.manager)
    step = cpft.step(house.directorate, "check_plan", own)
    with pytest.raises(BadValues) as refused:
        cpft.complete(house.directorate, step, check_answer="accepted")
    assert "Research" in refused.value.problems["check_answer"]


def test_in_blackpool_a_change_of_the_notes_alone_leaves_the_directors_signature(bth: Walk) -> None:
    house = bth.house
    own = to_signatures(bth)
    sign(bth, own, house.amd, house.doctor)
    bth.do(house.manager, "sign_plan", own, sign_answer="change", sign_reason="Add a note")
    bth.do(house.doctor, "change_plan", own, plan=changed(notes="Reviewed in the autumn"))
    assert bth.standing(own) == ["amd"]
    voided = bth.events(own, "signature_voided")
    assert [(event.details["whose"], event.details["sections"]) for event in voided] == [(house.doctor.id, ["notes"])]
    told = bth.notices(house.doctor)[-1]
    assert told.kind == "signature_voided"
    assert "Notes" in told.words
    asked = {step.item for step in bth.steps(own, "sign_plan") if step.status == "open"}
    assert asked == {str(house.doctor.id), str(house.manager.id)}
    sign(bth, own, house.doctor, house.manager)
    accept(bth, own)
    assert bth.standing(own) == ["amd", "clinical_manager", "practitioner"]


@SQLITE
def test_in_blackpool_a_change_of_the_work_itself_voids_all_three_signatures(bth: Walk) -> None:
    house = bth.house
    own = to_signatures(bth)
    sign(bth, own, house.doctor, house.manager, house.amd)
    bth.do(house.directorate, "check_plan", own, check_answer="returned", return_reasons={"dcc": "Say where."})
    bth.do(house.manager, "mend_plan", own, plan=moved(place="Fleetwood"))
    assert bth.standing(own) == []
    assert len([step for step in bth.steps(own, "sign_plan") if step.status == "open"]) == 3


@SQLITE
def test_a_returned_plan_that_needs_no_change_goes_back_to_the_check_with_its_signatures(cpft: Walk) -> None:
    house = cpft.house
    own = to_signatures(cpft)
    sign(cpft, own, house.doctor, house.manager)
    cpft.do(house.directorate, "check_plan", own, check_answer="returned", return_reasons={"spa": "Is that right?"})
    cpft.do(house.manager, "mend_plan", own, plan=PLAN)
    assert cpft.waiting(own) == ["check_plan"]
    assert cpft.standing(own) == ["clinical_manager", "practitioner"]


def test_hr_finds_a_difference_and_the_directorate_settles_it_or_returns_the_plan(cpft: Walk) -> None:
    house = cpft.house
    own = to_signatures(cpft)
    sign(cpft, own, house.doctor, house.manager)
    for answer, waits in (("return", "mend_plan"), ("accept", "")):
        cpft.do(house.directorate, "check_plan", own, check_answer="accepted")
        cpft.do(house.hr, "compare_contract", own, hr_answer="differs", hr_note="Contract says 9 PAs")
        cpft.do(house.directorate, "settle_difference", own, difference_answer=answer, difference_note="Looked at it")
        if waits:
            assert cpft.waiting(own) == [waits]
            cpft.do(house.manager, waits, own, plan=PLAN)
    assert cpft.case(own).status == "closed"
    assert cpft.plans(house.doctor)[-1].status == "in_force"


def test_the_new_plan_supersedes_the_old_one_which_can_still_be_read(cpft: Walk) -> None:
    house = cpft.house
    first = to_signatures(cpft)
    sign(cpft, first, house.doctor, house.manager)
    accept(cpft, first)
    second = cpft.start(
        house.doctor,
        "individual_planning",
        kind="in_year",
        subject=house.doctor.id,
        team=house.team.id,
        change_reason="A new clinic",
    )
    cpft.do(
        house.doctor,
        "describe_change",
        second,
        changed_on=cpft.today,
        what_changed="A new clinic",
        effect_on_service="More",
        effect_on_team="Less",
    )
    cpft.do(house.doctor, "draft_plan", second, plan=moved(place="Kendal"))
    cpft.do(house.manager, "read_pack", second, pack_read="read")
    meet(cpft, second, plan=moved(place="Kendal"))
    agree(cpft, second)
    sign(cpft, second, house.doctor, house.manager)
    accept(cpft, second)
    old, new = cpft.plans(house.doctor)
    assert (old.status, new.status) == ("superseded", "in_force")
    assert old.content["activities"][0]["place"] == "Penrith"
    assert new.content["activities"][0]["place"] == "Kendal"
    assert new.effective_from == cpft.at.date()


def test_everyone_with_a_right_to_it_is_told_that_the_plan_is_in_force(cpft: Walk) -> None:
    house = cpft.house
    own = to_signatures(cpft)
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    for person in (house.doctor, house.manager, house.directorate, house.second_directorate, house.hr, house.finance):
        assert cpft.notices(person)[-1].subject.endswith("in force"), person.name
    assert not [notice for notice in cpft.notices(house.amd) if notice.subject.endswith("in force")]
    assert cpft.facts(own)["distributed_on"] == cpft.today


@SQLITE
def test_an_empty_plan_cannot_be_saved_and_so_never_signed(cpft: Walk) -> None:
    own = start_plan(cpft)
    prepare_step = cpft.step(cpft.house.doctor, "prepare_review", own)
    cpft.complete(cpft.house.doctor, prepare_step, effect_on_service="None", effect_on_team="None")
    with pytest.raises(BadValues) as refused:
        cpft.do(cpft.house.doctor, "draft_plan", own, plan={})
    assert "plan" in refused.value.problems


@SQLITE
@pytest.mark.clause("BTH-3.4.1.6.1-a")
@pytest.mark.parametrize(("decision", "days_back"), [("", 0), ("Divisional Director, 1 February", 40)])
def test_a_blackpool_plan_starts_before_it_is_agreed_only_by_a_decision_on_record(
    bth: Walk, decision: str, days_back: int
) -> None:
    house = bth.house
    own = to_signatures(bth, plan=changed(effective_from=(bth.at.date() - timedelta(days=40)).isoformat()))
    sign(bth, own, house.doctor, house.manager, house.amd)
    bth.do(house.directorate, "check_plan", own, check_answer="accepted", earlier_start_decision=decision)
    bth.do(house.hr, "compare_contract", own, hr_answer="matches")
    assert bth.plans(house.doctor)[-1].effective_from == bth.at.date() - timedelta(days=days_back)


@SQLITE
@pytest.mark.clause("BTH-3.4.3-d")
def test_a_doctor_on_an_old_contract_has_a_yearly_agreement_on_record_too(bth: Walk) -> None:
    house = bth.house
    with bth.session() as session:
        session.execute(update(Contract).where(Contract.person_id == house.doctor.id).values(kind="local"))
        session.commit()
    own = to_signatures(bth)
    sign(bth, own, house.doctor, house.manager, house.amd)
    accept(bth, own)
    assert [plan.status for plan in bth.plans(house.doctor)] == ["in_force"]
    assert bth.history(own)[-1] in {"case_closed", "message_sent"}


@SQLITE
@pytest.mark.clause("CPFT-7.6.5-b")
def test_a_returned_plan_does_not_go_on_with_the_section_still_empty_that_it_was_returned_for(cpft: Walk) -> None:
    house = cpft.house
    bare = changed(not_applicable={key: why for key, why in PLAN["not_applicable"].items() if key != "research"})
    own = to_signatures(cpft, plan=bare)
    sign(cpft, own, house.doctor, house.manager)
    reasons = {"research": "Nothing is said about research."}
    cpft.do(house.directorate, "check_plan", own, check_answer="returned", return_reasons=reasons)
    with pytest.raises(BadValues) as refused:
        cpft.do(house.manager, "mend_plan", own, plan=bare)
    assert list(refused.value.problems) == ["not_applicable.research"]
    cpft.do(house.manager, "mend_plan", own, plan=PLAN)
    assert "sign_plan" in cpft.waiting(own)


@SQLITE
@pytest.mark.clause("CPFT-App1-c")
def test_a_plan_over_full_time_can_be_put_down_and_is_signed_once_it_fits_or_is_marked(cpft: Walk) -> None:
    own = to_signatures(cpft, plan=moved(pas="8"))
    with pytest.raises(NotToBeSigned, match=r"0\.5 PA above the 10 of full time are not marked as additional"):
        sign(cpft, own, cpft.house.doctor)
    cpft.do(cpft.house.doctor, "sign_plan", own, sign_answer="change", sign_reason="Too many PAs")
    cpft.do(cpft.house.manager, "change_plan", own, plan=PLAN)
    sign(cpft, own, cpft.house.doctor)
    assert cpft.standing(own) == ["practitioner"]


@SQLITE
@pytest.mark.clause("CPFT-7.1-h")
def test_a_plan_without_a_statement_on_private_practice_is_neither_kept_signed_nor_accepted(cpft: Walk) -> None:
    house, silent = cpft.house, changed(statements={"conflict_of_interest": "None"})
    own = to_signatures(cpft)
    cpft.do(house.doctor, "sign_plan", own, sign_answer="change", sign_reason="I work privately now")
    with pytest.raises(BadValues) as kept:
        cpft.do(house.manager, "change_plan", own, plan=silent)
    assert kept.value.problems.keys() == {"statements.private_work"}
    cpft.do(house.manager, "change_plan", own, plan=PLAN)
    with_statement = silenced(cpft, house.doctor)
    with pytest.raises(NotToBeSigned, match="no statement on private practice"):
        sign(cpft, own, house.doctor)
    silenced(cpft, house.doctor, with_statement)
    sign(cpft, own, house.doctor, house.manager)
    silenced(cpft, house.doctor)
    with pytest.raises(BadValues, match="no statement on private practice"):
        cpft.do(house.directorate, "check_plan", own, check_answer="accepted")


def silenced(walk: Walk, doctor: Person, statements: Mapping[str, Json] | None = None) -> Mapping[str, Json]:
    """The draft as a release without the rule would have kept it, or as it was. Returns its statements before."""
    with walk.session() as session:
        draft = session.scalars(select(PlanVersion).where(PlanVersion.person_id == doctor.id)).all()[-1]
        before: Mapping[str, Json] = draft.content["statements"]
        draft.content = {**draft.content, "statements": statements or {}}
        session.commit()
    return before


@SQLITE
@pytest.mark.clause("CPFT-7.6.13")
def test_hr_says_why_a_plan_over_its_contract_matches_all_the_same(cpft: Walk) -> None:
    house = cpft.house
    with cpft.session() as session:
        session.execute(
            update(Contract).where(Contract.person_id == house.doctor.id).values(programmed_activities=Decimal(9))
        )
        session.commit()
    own = to_signatures(cpft)
    sign(cpft, own, house.doctor, house.manager)
    cpft.do(house.directorate, "check_plan", own, check_answer="accepted")
    with pytest.raises(BadValues) as refused:
        cpft.do(house.hr, "compare_contract", own, hr_answer="matches")
    assert "10 PAs and the contract to 9" in refused.value.problems["hr_note"]
    cpft.do(house.hr, "compare_contract", own, hr_answer="matches", hr_note="The contract changes with the plan")
    assert cpft.case(own).status == "closed"
