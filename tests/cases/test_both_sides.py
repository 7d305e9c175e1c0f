"""Nobody acts for both sides; who stands in; vacancies; deputies; other trusts; bad values."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from tests.cases.conftest import SQLITE
from tests.cases.stages import accept, book, end_posts, meet, prepare, sign, start_plan, to_signatures
from tests.cases.walk import PLAN, Walk
from tests.factories import World
from workflows import cases, deadlines
from workflows.cases import Actor, StepGone
from workflows.cases.acting import BothSides, Claimed, NoSuchStep, NotTheDirectorate, NotYours
from workflows.cases.holding import HeldAlready, NotForTheDirectorate, NotOfTheTrust
from workflows.cases.steps import DraftMoved
from workflows.deadlines.changing import NoSuchDeadline, NotYoursToChange
from workflows.domain.errors import BadValues, NotFound
from workflows.engine.openings import NotOfThisTrust
from workflows.plans import SignedAlready
from workflows.store import step_pages
from workflows.store.models import Case, Deputy, Fact, Person, Post, Step

pytestmark = SQLITE


def deputise(walk: Walk, deputy: Person, absent: Person) -> None:
    """The deputy acts for the absent person from yesterday on, for a month."""
    with walk.session() as session:
        day = walk.at.date()
        session.add(
            Deputy(
                person_id=absent.id,
                deputy_id=deputy.id,
                starts_on=day - timedelta(days=1),
                ends_on=day + timedelta(days=30),
                reason="On leave",
                recorded_at=walk.at,
            )
        )
        session.commit()


def add_role(walk: Walk, person: Person, role: str) -> None:
    """A second post."""
    house = walk.house
    with walk.session() as session:
        session.add(
            Post(
                trust_id=house.trust.id,
                person_id=person.id,
                role=role,
                care_group_id=house.care_group.id,
                team_id=house.team.id,
                starts_on=date(2020, 4, 1),
            )
        )
        session.commit()


# ------------------------------------------------------------------------------------------------------ who stands in


def test_the_amd_stands_in_where_the_clinical_manager_is_the_doctor(cpft: Walk) -> None:
    house = cpft.house
    add_role(cpft, house.manager, "practitioner")
    own = to_signatures(cpft, house.manager)
    assert {step.item for step in cpft.steps(own, "sign_plan")} == {str(house.manager.id), str(house.amd.id)}
    sign(cpft, own, house.manager, house.amd)
    accept(cpft, own)
    assert cpft.standing(own) == ["clinical_manager", "practitioner"]
    assert cpft.plans(house.manager)[0].status == "in_force"


def test_in_blackpool_the_medical_director_signs_third_where_the_amd_signs_as_manager(bth: Walk) -> None:
    house = bth.house
    add_role(bth, house.manager, "practitioner")
    own = to_signatures(bth, house.manager)
    signers = [int(step.item) for step in bth.steps(own, "sign_plan")]
    assert signers == [house.manager.id, house.amd.id, house.medical_director.id], "each person once"


def test_each_signs_in_a_role_of_their_own(bth: Walk) -> None:
    house = bth.house
    own = to_signatures(bth)
    roles = {int(step.item): step.role for step in bth.steps(own, "sign_plan")}
    assert roles == {house.doctor.id: "practitioner", house.manager.id: "clinical_manager", house.amd.id: "amd"}
    sign(bth, own, house.doctor, house.manager, house.amd)
    assert bth.standing(own) == ["amd", "clinical_manager", "practitioner"]


# -------------------------------------------------------------------------------------------------- nobody for both


def test_a_deputy_of_the_manager_who_is_the_doctor_does_not_take_the_managers_step(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    deputise(cpft, house.doctor, house.manager)
    with pytest.raises(BothSides):
        cpft.complete(house.doctor, cpft.step(house.manager, "read_pack", own), pack_read="read")


def test_the_manager_does_not_deputise_for_the_doctor(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    for deputy in (house.manager, house.amd, house.medical_director):
        deputise(cpft, deputy, house.doctor)
        step = cpft.step(house.doctor, "prepare_review", own)
        with pytest.raises(BothSides):
            cpft.complete(deputy, step, effect_on_service="None", effect_on_team="None")


def test_nobody_deputises_for_the_doctor_and_for_the_manager_in_one_case(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    deputise(cpft, house.colleague, house.doctor)
    deputise(cpft, house.colleague, house.manager)
    review = cpft.step(house.doctor, "prepare_review", own)
    cpft.complete(house.colleague, review, effect_on_service="None", effect_on_team="None")
    with pytest.raises(BothSides):
        cpft.complete(house.colleague, cpft.step(house.manager, "read_pack", own), pack_read="read")


def test_a_deputy_acts_on_behalf_and_everyone_can_see_for_whom(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    deputise(cpft, house.colleague, house.doctor)
    step = cpft.step(house.doctor, "prepare_review", own)
    cpft.complete(house.colleague, step, effect_on_service="None", effect_on_team="None")
    done = cpft.events(own, "step_completed")[0]
    assert (done.who_id, done.on_behalf_of_id) == (house.colleague.id, house.doctor.id)
    [row] = cpft.steps(own, "prepare_review")
    assert (row.done_by_id, row.on_behalf_of_id) == (house.colleague.id, house.doctor.id)


def test_the_deputy_of_the_manager_from_elsewhere_records_that_they_were_at_the_meeting(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    prepare(cpft, own)
    book(cpft, own)
    step = cpft.step(house.manager, "record_meeting", own)
    deputy = house.medical_director
    met = {"meeting_date": cpft.today, "private_work_discussed": False, "meeting_present": [house.doctor.id, deputy.id]}
    with pytest.raises(BadValues):
        cpft.complete(house.manager, step, **met)
    deputise(cpft, deputy, house.manager)
    cpft.complete(deputy, step, **met)
    assert cpft.facts(own)["meeting_present"] == [house.doctor.id, deputy.id]


def test_a_deputy_who_has_signed_for_somebody_does_not_sign_again_in_another_part(bth: Walk) -> None:
    house = bth.house
    own = to_signatures(bth)
    deputise(bth, house.manager, house.amd)
    sign(bth, own, house.manager)
    with pytest.raises(SignedAlready):
        bth.complete(house.manager, bth.step(house.amd, "sign_plan", own), sign_answer="sign")
    assert bth.standing(own) == ["clinical_manager"]


def test_the_doctor_can_take_what_either_side_may_take_and_keep_it_for_themselves(cpft: Walk) -> None:
    house = cpft.house
    own = to_signatures(cpft)
    cpft.do(house.manager, "sign_plan", own, sign_answer="change", sign_reason="The place")
    step = cpft.step(house.doctor, "change_plan", own)
    cpft.perform(cases.claim_step, actor=cpft.actor(house.doctor), step_id=step, now=cpft.at)
    with pytest.raises(Claimed):
        cpft.complete(house.manager, step, plan=PLAN)
    cpft.complete(house.doctor, step, plan=PLAN)
    assert cpft.waiting(own) == ["sign_plan", "sign_plan"]


def test_a_stranger_is_told_that_the_step_waits_for_somebody_else(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    step = cpft.step(house.doctor, "prepare_review", own)
    for person in (house.colleague, house.manager, house.directorate, house.chief_executive):
        with pytest.raises(NotYours):
            cpft.complete(person, step, effect_on_service="None", effect_on_team="None")


# --------------------------------------------------------------------------------------------------------- vacancies


def test_a_step_that_nobody_holds_waits_in_the_directorates_queue_to_be_assigned(cpft: Walk) -> None:
    house = cpft.house
    end_posts(cpft, house.manager)
    own = start_plan(cpft)
    [step] = cpft.steps(own, "read_pack")
    assert step.queue == "medical_directorate"
    with pytest.raises(NotYours):
        cpft.complete(house.directorate, step.id, pack_read="read")
    words = {"step_id": step.id, "now": cpft.at}
    with pytest.raises(NotTheDirectorate):
        cpft.perform(cases.assign_step, actor=cpft.actor(house.amd), person_id=house.amd.id, **words)
    directorate = cpft.actor(house.directorate)
    with pytest.raises(BothSides):
        cpft.perform(cases.assign_step, actor=directorate, person_id=house.doctor.id, **words)
    for member in (house.directorate, house.second_directorate):
        with pytest.raises(NotForTheDirectorate):
            cpft.perform(cases.assign_step, actor=directorate, person_id=member.id, **words)
    cpft.perform(cases.assign_step, actor=directorate, person_id=house.colleague.id, **words)
    with pytest.raises(HeldAlready):
        cpft.perform(cases.assign_step, actor=directorate, person_id=house.amd.id, **words)
    cpft.complete(house.colleague, step.id, pack_read="read")
    assigned = cpft.events(own, "step_assigned")[0]
    assert (assigned.who_id, assigned.details["holder"]) == (house.directorate.id, house.colleague.id)


def test_a_vacant_signature_is_waited_for_and_never_left_out(bth: Walk) -> None:
    house = bth.house
    end_posts(bth, house.amd)
    own = to_signatures(bth)
    sign(bth, own, house.doctor, house.manager)
    [step] = [one for one in bth.steps(own, "sign_plan") if one.status == "open"]
    assert (step.item, step.queue) == ("amd", "medical_directorate")
    words = {"actor": bth.actor(house.directorate), "step_id": step.id, "now": bth.at}
    for barred in (house.doctor, house.manager):
        with pytest.raises(BothSides):
            bth.perform(cases.assign_step, person_id=barred.id, **words)
    bth.perform(cases.assign_step, person_id=house.medical_director.id, **words)
    bth.complete(house.medical_director, step.id, sign_answer="sign")
    assert bth.standing(own) == ["amd", "clinical_manager", "practitioner"]


# ------------------------------------------------------------------------------------------------------ other trusts


def test_the_ids_of_another_trust_do_not_exist(cpft: Walk, trusts: World) -> None:
    house, other = cpft.house, trusts.bth
    own = to_signatures(cpft)
    stranger = Actor(other.doctor.id, other.trust.id)
    step = cpft.step(house.doctor, "sign_plan", own)
    for verb, more in (
        (cases.complete_step, {"values": {"sign_answer": "sign"}}),
        (cases.save_draft, {"values": {}, "version": 0}),
        (cases.claim_step, {}),
        (cases.release_step, {}),
        (cases.assign_step, {"person_id": other.doctor.id}),
    ):
        with pytest.raises(NoSuchStep):
            cpft.perform(verb, actor=stranger, step_id=step, now=cpft.at, **more)
    row = cpft.deadline(own, "sign_off")
    there = Actor(other.directorate.id, other.trust.id)
    with pytest.raises(NoSuchDeadline):
        cpft.perform(deadlines.extend, actor=there, deadline_id=row.id, to_on=date(2027, 5, 1), reason="x", now=cpft.at)
    assert issubclass(NoSuchStep, NotFound)
    assert issubclass(NoSuchDeadline, NotFound)


@pytest.mark.parametrize(
    ("process", "facts"),
    [
        ("planning_round", {"care_group": "care_group"}),
        ("team_planning", {"team": "team"}),
        ("individual_planning", {"kind": "in_year", "subject": "doctor", "team": "team"}),
    ],
)
def test_no_case_is_started_about_people_and_places_of_another_trust(
    cpft: Walk, trusts: World, process: str, facts: dict[str, str]
) -> None:
    there = {key: getattr(trusts.bth, name).id if key != "kind" else name for key, name in facts.items()}
    with pytest.raises(NotOfThisTrust):
        cpft.start(cpft.house.directorate, process, **there)
    if "subject" in there:
        with pytest.raises(NotOfThisTrust):
            cpft.start(cpft.house.directorate, process, **{**there, "team": cpft.house.team.id})


def test_nobody_of_another_trust_can_be_named_or_assigned(cpft: Walk, trusts: World) -> None:
    house = cpft.house
    end_posts(cpft, house.manager)
    own = start_plan(cpft)
    [step] = cpft.steps(own, "read_pack")
    with pytest.raises(NotOfTheTrust):
        cpft.perform(
            cases.assign_step,
            actor=cpft.actor(house.directorate),
            step_id=step.id,
            person_id=trusts.bth.manager.id,
            now=cpft.at,
        )


# ------------------------------------------------------------------------------------------- bad values, and twice


def test_bad_values_leave_nothing_behind(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    prepare(cpft, own)
    before = cpft.case(own)
    with cpft.session() as session:
        facts = session.query(Fact).count()
    bad = {"meeting_booked_for": "2027-02-30", "meeting_place": "x" * 301}
    with pytest.raises(BadValues) as refused:
        cpft.do(house.manager, "book_meeting", own, **bad)
    assert set(refused.value.problems) == {"meeting_booked_for", "meeting_place", "service_manager_invited"}
    good = {"meeting_booked_for": cpft.today, "meeting_place": "Here", "service_manager_invited": False}
    with pytest.raises(BadValues, match="not asked for"):
        cpft.do(house.manager, "book_meeting", own, **good, nonsense=1)
    after = cpft.case(own)
    assert (after.version, after.event_count, after.state) == (before.version, before.event_count, before.state)
    with cpft.session() as session:
        assert session.query(Fact).count() == facts


def test_a_step_completed_already_is_gone_and_the_first_answer_stands(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    step = cpft.step(house.doctor, "prepare_review", own)
    cpft.complete(house.doctor, step, effect_on_service="First", effect_on_team="First")
    with pytest.raises(StepGone) as gone:
        cpft.complete(house.doctor, step, effect_on_service="Second", effect_on_team="Second")
    assert gone.value.sentence == "This step has already been completed. Nothing of yours was needed or changed."
    assert cpft.facts(own)["effect_on_service"] == "First"


def test_a_draft_saved_in_another_window_is_not_overwritten(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    step = cpft.step(house.doctor, "prepare_review", own)
    words = {"actor": cpft.actor(house.doctor), "step_id": step, "now": cpft.at}
    first = cpft.perform(cases.save_draft, values={"effect_on_service": "A"}, version=0, **words)
    second = cpft.perform(cases.save_draft, values={"effect_on_service": "B"}, version=first, **words)
    for stale in (0, first):
        with pytest.raises(DraftMoved):
            cpft.perform(cases.save_draft, values={"effect_on_service": "C"}, version=stale, **words)
    with cpft.session() as session:
        kept = step_pages.draft(session, step_id=step, person_id=house.doctor.id)
        assert kept is not None
        assert (kept.values["effect_on_service"], kept.version) == ("B", second)
    cpft.complete(house.doctor, step, effect_on_service="D", effect_on_team="D")
    with cpft.session() as session:
        assert step_pages.draft(session, step_id=step, person_id=house.doctor.id) is None


def test_a_doctor_does_not_change_the_deadlines_of_their_own_plan(cpft: Walk) -> None:
    house = cpft.house
    add_role(cpft, house.amd, "practitioner")
    own = start_plan(cpft, house.amd)
    with cpft.session() as session:
        stored = session.get_one(Case, cpft.case(own).id)
        assert stored.subject_id == house.amd.id
    prepare(cpft, own, house.amd)
    meet(cpft, own, house.amd)
    row = cpft.deadline(own, "sign_off")
    with pytest.raises(NotYoursToChange):
        cpft.perform(
            deadlines.extend,
            actor=cpft.actor(house.amd),
            deadline_id=row.id,
            to_on=date(2027, 5, 1),
            reason="Busy",
            now=cpft.at,
        )


def test_somebody_who_has_left_is_asked_for_nothing(cpft: Walk) -> None:
    house = cpft.house
    with cpft.session() as session:
        session.execute(update(Person).where(Person.id == house.amd.id).values(left_on=date(2027, 2, 1)))
        session.commit()
    the_round = cpft.start(house.directorate, "planning_round", care_group=house.care_group.id)
    with cpft.session() as session:
        [step] = session.query(Step).all()
    assert step.queue == "medical_directorate"
    assert cpft.waiting(the_round) == ["record_objectives"]
