"""A doctor's own case: the gate, preparation and meeting, the interim plan, the review during the year."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from tests.cases.conftest import SQLITE
from tests.cases.stages import (
    CPFT_GROUPS,
    accept,
    agree,
    approved_team_plan,
    book,
    meet,
    plan_round,
    plan_team,
    prepare,
    sign,
    start_plan,
    with_extra,
)
from tests.cases.walk import PLAN, Walk
from workflows.cases.starting import AlreadyRunning, NotYoursToStart
from workflows.domain.errors import BadValues
from workflows.domain.plan import Plan
from workflows.inbox import Viewer, panels, steps
from workflows.store.models import Post


@pytest.mark.clause("CPFT-7.1-a")
@pytest.mark.clause("CPFT-7.4-b")
def test_a_plan_started_before_the_team_plan_waits_and_goes_on_when_that_is_approved(cpft: Walk) -> None:
    house = cpft.house
    early = cpft.start(
        house.directorate,
        "individual_planning",
        kind="interim",
        subject=house.colleague.id,
        team=house.team.id,
        employment_start_date=cpft.today,
    )
    assert cpft.waiting(early) == []
    assert cpft.case(early).stage == "Wait for the team plan"
    plan_round(cpft)
    plan_team(cpft, CPFT_GROUPS)
    assert cpft.waiting(early) == ["draft_plan", "read_pack"]
    version = cpft.plans(house.colleague)[0]
    assert version.team_plan_id == cpft.facts(early)["team_plan"] is not None


@SQLITE
@pytest.mark.clause("CPFT-7.1-a")
def test_last_years_team_plan_does_not_open_this_years_plan(cpft: Walk) -> None:
    house = cpft.house
    approved_team_plan(cpft, year="2026/27")
    own = cpft.start(house.directorate, "individual_planning", subject=house.doctor.id, team=house.team.id)
    assert cpft.case(own).stage == "Wait for the team plan"


@SQLITE
@pytest.mark.clause("CPFT-7.3-b")
@pytest.mark.clause("CPFT-7.1-i")
@pytest.mark.clause("CPFT-7.4-c")
def test_both_sides_prepare_and_the_manager_confirms_the_pack_before_a_meeting_can_be_booked(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    assert cpft.waiting(own) == ["prepare_review", "read_pack"]
    with pytest.raises(BadValues) as refused:
        cpft.do(house.doctor, "prepare_review", own, effect_on_service="More clinics")
    assert list(refused.value.problems) == ["effect_on_team"]
    cpft.do(house.doctor, "prepare_review", own, effect_on_service="More clinics", effect_on_team="Fewer lists")
    cpft.do(house.doctor, "draft_plan", own, plan=PLAN)
    assert cpft.waiting(own) == ["read_pack"]
    with pytest.raises(BadValues):
        cpft.do(house.manager, "read_pack", own)
    cpft.do(house.manager, "read_pack", own, pack_read="read")
    assert cpft.waiting(own) == ["book_meeting"]
    facts = cpft.facts(own)
    assert (facts["effect_on_service"], facts["effect_on_team"]) == ("More clinics", "Fewer lists")


@SQLITE
@pytest.mark.clause("CPFT-7.4.2-b")
@pytest.mark.clause("BTH-3.4.1.3-a")
def test_a_meeting_is_on_record_only_with_the_doctor_and_the_manager_or_director_present(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    prepare(cpft, own)
    book(cpft, own)
    held = {"meeting_date": cpft.today, "private_work_discussed": False}
    for present in ([house.doctor.id], [house.manager.id, house.service_manager.id]):
        with pytest.raises(BadValues) as refused:
            cpft.do(house.manager, "record_meeting", own, **held, meeting_present=present)
        assert list(refused.value.problems) == ["meeting_present"]
        assert f"(here {house.manager.name} or {house.amd.name}) must both have been" in refused.value.sentence
    cpft.do(house.manager, "record_meeting", own, **held, meeting_present=[house.doctor.id, house.amd.id])
    assert cpft.waiting(own) == ["update_plan"]


@SQLITE
def test_whoever_records_a_meeting_can_tick_themselves_also_as_a_deputy_from_elsewhere(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    prepare(cpft, own)
    book(cpft, own)
    step = cpft.step(house.manager, "record_meeting", own)
    with cpft.session() as session:
        session.execute(delete(Post).where(Post.person_id == house.colleague.id))
        for who, among in ((house.manager, False), (house.colleague, True)):
            viewer = Viewer(person_id=who.id, trust_id=house.trust.id)
            nearby = steps.step_to_fill(session, viewer=viewer, step_id=step, now=cpft.at).nearby
            assert (house.colleague.id in {person for person, _ in nearby}) is among


@SQLITE
@pytest.mark.clause("CPFT-7.2-d")
def test_the_record_of_a_meeting_says_whether_private_and_paid_for_work_was_discussed(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    prepare(cpft, own)
    book(cpft, own)
    held = {"meeting_date": cpft.today, "meeting_present": [house.doctor.id, house.manager.id]}
    with pytest.raises(BadValues) as refused:
        cpft.do(house.manager, "record_meeting", own, **held)
    assert list(refused.value.problems) == ["private_work_discussed"]
    noted = "Fridays in Penrith, as before"
    cpft.do(house.manager, "record_meeting", own, **held, private_work_discussed=True, private_work_note=noted)
    assert cpft.facts(own)["private_work_note"] == noted


@SQLITE
def test_a_meeting_with_a_wrong_year_is_not_taken(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    prepare(cpft, own)
    book(cpft, own)
    held = {"private_work_discussed": False, "meeting_present": [house.doctor.id, house.manager.id]}
    today = cpft.at.date()
    with pytest.raises(BadValues) as refused:
        cpft.do(house.manager, "record_meeting", own, **held, meeting_date=(today - timedelta(days=365)).isoformat())
    assert list(refused.value.problems) == ["meeting_date"]
    cpft.do(house.manager, "record_meeting", own, **held, meeting_date=(today - timedelta(days=60)).isoformat())
    assert cpft.waiting(own) == ["update_plan"]


@SQLITE
@pytest.mark.clause("CPFT-7.4.2-c")
def test_a_plan_over_the_contract_goes_on_only_with_a_note_of_what_will_be_done(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    prepare(cpft, own, plan=with_extra())
    book(cpft, own)
    held = {
        "meeting_date": cpft.today,
        "private_work_discussed": False,
        "meeting_present": [house.doctor.id, house.manager.id],
    }
    with pytest.raises(BadValues) as refused:
        cpft.do(house.manager, "record_meeting", own, **held)
    assert "10.5 PAs and the contract to 10" in refused.value.problems["overload_note"]
    cpft.do(house.manager, "record_meeting", own, **held, overload_note="One clinic goes in May")
    assert cpft.facts(own)["overload_note"] == "One clinic goes in May"


@pytest.mark.clause("CPFT-7.4.3")
def test_a_new_starters_interim_plan_is_due_in_a_month_and_met_when_it_is_in_force(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft, kind="interim", employment_start_date="2027-02-20")
    due = cpft.deadline(own, "interim_plan")
    assert (due.due_on, due.status) == (date(2027, 3, 20), "open")
    assert {step.due_at for step in cpft.steps(own, "draft_plan")} == {due.due_at}, "the case's own date is the step's"
    cpft.live_through(until=date(2027, 3, 14))
    reminders = [notice.written_at.date() for notice in cpft.notices(house.doctor) if notice.kind == "reminder"]
    assert reminders == [date(2027, 3, 6), date(2027, 3, 13)]
    cpft.do(house.doctor, "draft_plan", own, plan=PLAN)
    cpft.do(house.manager, "read_pack", own, pack_read="read")
    meet(cpft, own)
    agree(cpft, own)
    sign(cpft, own, house.doctor, house.manager)
    cpft.do(house.directorate, "check_plan", own, check_answer="accepted")
    assert cpft.deadlines(own)["interim_plan"] == "open", "signed is not yet in force"
    cpft.do(house.hr, "compare_contract", own, hr_answer="matches")
    assert cpft.deadlines(own)["interim_plan"] == "met"
    assert cpft.case(own).status == "closed"


@SQLITE
@pytest.mark.clause("CPFT-7.4.3")
def test_an_interim_plan_that_is_not_in_force_after_a_month_goes_to_the_amd(cpft: Walk) -> None:
    own = start_plan(cpft, kind="interim", employment_start_date="2027-02-20")
    cpft.live_through(until=date(2027, 3, 22))
    assert cpft.deadlines(own)["interim_plan"] == "missed"
    assert [notice.kind for notice in cpft.notices(cpft.house.amd)] == ["escalation"]
    assert cpft.waiting(own) == ["draft_plan", "read_pack"], "it still has to be done"


@SQLITE
@pytest.mark.clause("CPFT-5.5-a")
def test_either_side_starts_a_review_during_the_year_and_a_stranger_does_not(cpft: Walk) -> None:
    house = cpft.house
    approved_team_plan(cpft)
    about = {"kind": "in_year", "subject": house.doctor.id, "team": house.team.id, "change_reason": "New clinic"}
    with pytest.raises(NotYoursToStart):
        cpft.start(house.colleague, "individual_planning", **about)
    own = cpft.start(house.doctor, "individual_planning", **about)
    assert cpft.waiting(own) == ["describe_change", "read_pack"]
    with pytest.raises(AlreadyRunning) as refused:
        cpft.start(house.manager, "individual_planning", **about)
    assert own in refused.value.sentence


@SQLITE
def test_only_the_directorate_starts_a_round_or_an_interim_plan(cpft: Walk) -> None:
    house = cpft.house
    for person in (house.doctor, house.manager, house.amd, house.medical_director, house.hr):
        with pytest.raises(NotYoursToStart):
            cpft.start(person, "planning_round", care_group=house.care_group.id)
        with pytest.raises(NotYoursToStart):
            cpft.start(person, "individual_planning", kind="interim", subject=house.doctor.id, team=house.team.id)
    assert cpft.newest("planning_round") == ""


@SQLITE
def test_a_doctor_who_wants_a_change_is_asked_for_the_evidence(bth: Walk) -> None:
    own = start_plan(bth)
    bth.do(
        bth.house.service_manager,
        "issue_preparation",
        own,
        preparation_issued_on=bth.today,
        preparation_issued="Activity figures",
    )
    asked = bth.fields(own, "prepare_review")
    assert {"changes_wanted", "evidence"} <= asked


@SQLITE
def test_a_draft_begins_with_the_plan_in_force(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    prepare(cpft, own)
    meet(cpft, own)
    agree(cpft, own)
    sign(cpft, own, house.doctor, house.manager)
    accept(cpft, own)
    cpft.at += timedelta(days=60)
    cpft.start(
        house.manager,
        "individual_planning",
        kind="in_year",
        subject=house.doctor.id,
        team=house.team.id,
        change_reason="New clinic",
    )
    old, draft = cpft.plans(house.doctor)
    assert draft.status == "draft"
    assert draft.content["activities"] == Plan.from_json(old.content).reopened().to_json()["activities"]
    assert [line["id"] for line in draft.content["activities"]] == ["clinic", "audit"]
    assert draft.content["effective_from"] is None, "the new plan has a start of its own"


@SQLITE
def test_what_two_steps_may_ask_is_shown_once_in_the_words_of_the_one_that_asked(cpft: Walk) -> None:
    house = cpft.house
    approved_team_plan(cpft)
    about = {"kind": "in_year", "subject": house.doctor.id, "team": house.team.id, "change_reason": "New clinic"}
    reference = cpft.start(house.doctor, "individual_planning", **about)
    said = {"what_changed": "A clinic", "effect_on_service": "Two more", "effect_on_team": "None"}
    cpft.do(house.doctor, "describe_change", reference, changed_on=cpft.today, **said)
    with cpft.session() as session:
        viewer = Viewer(house.manager.id, house.manager.trust_id)
        step = cpft.step(house.manager, "read_pack", reference)
        pack = panels.panel_of(session, viewer=viewer, step_id=step, now=cpft.at)
    assert isinstance(pack, panels.PlanPanel)
    assert [one.label for one in pack.said if one.value == "Two more"] == ["How does it affect the service?"]
