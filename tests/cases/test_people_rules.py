"""Who belongs to job planning, who leads it, who supports it, and where help and issues go."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from tests.cases import stages
from tests.cases.conftest import SQLITE
from tests.cases.stages import (
    accept,
    agree,
    approved_team_plan,
    meet,
    plan_round,
    prepare,
    sign,
    start_plan,
)
from tests.cases.test_both_sides import add_role
from tests.cases.walk import Walk
from workflows import cases, people
from workflows.cases.acting import NotYours
from workflows.cases.starting import NotYoursToStart
from workflows.domain.people import GradeWithoutPlan, NotEmployed, NotLicensed, WrongArea
from workflows.people import Place
from workflows.store.models import Contract, Person, Post, Step, Team

pytestmark = SQLITE


def employ(
    walk: Walk, person: Person, *, grade: str = "Consultant", kind: str = "consultant_2003", pas: str = "10"
) -> None:
    """A contract since last year, in place of any other."""
    with walk.session() as session:
        session.execute(update(Contract).where(Contract.person_id == person.id).values(ends_on=date(2025, 12, 31)))
        session.add(
            Contract(
                person_id=person.id,
                kind=kind,
                grade=grade,
                programmed_activities=Decimal(pas),
                payroll_number="1",
                starts_on=date(2026, 1, 1),
            )
        )
        session.commit()


def license_(walk: Walk, person: Person) -> None:
    """They have a GMC number."""
    with walk.session() as session:
        session.execute(update(Person).where(Person.id == person.id).values(registration="7012345"))
        session.commit()


def give_practitioner(walk: Walk, person: Person) -> None:
    """Put somebody into the census: the post of a practitioner."""
    walk.perform(
        people.give_post,
        by=walk.actor(walk.house.directorate),
        person_id=person.id,
        role="practitioner",
        place=Place(team_id=walk.house.team.id),
        starts_on=walk.at.date(),
        ends_on=None,
        now=walk.at,
    )


def not_medical(walk: Walk, person: Person, flag: bool = True) -> None:
    with walk.session() as session:
        session.execute(update(Person).where(Person.id == person.id).values(not_medical=flag))
        session.commit()


# ----------------------------------------------------------------------------------------------------------- the census


@pytest.mark.clause("CPFT-1")
def test_only_employed_and_licensed_doctors_on_terms_with_a_job_plan_join_the_census(cpft: Walk) -> None:
    somebody = cpft.house.finance
    with pytest.raises(NotEmployed):
        give_practitioner(cpft, somebody)
    employ(cpft, somebody)
    with pytest.raises(NotLicensed):
        give_practitioner(cpft, somebody)
    license_(cpft, somebody)
    employ(cpft, somebody, grade="Doctor in training")
    with pytest.raises(GradeWithoutPlan):
        give_practitioner(cpft, somebody)
    employ(cpft, somebody, grade="Specialty doctor")
    give_practitioner(cpft, somebody)
    with cpft.session() as session:
        held = session.scalars(select(Post.role).where(Post.person_id == somebody.id))
        assert "practitioner" in list(held)


def test_a_post_is_given_over_what_its_role_is_held_over(cpft: Walk) -> None:
    with pytest.raises(WrongArea, match=r"Clinical Manager is a post over a team\. Choose a team"):
        cpft.perform(
            people.give_post,
            by=cpft.actor(cpft.house.directorate),
            person_id=cpft.house.amd.id,
            role="clinical_manager",
            place=Place(care_group_id=cpft.house.care_group.id),
            starts_on=cpft.at.date(),
            ends_on=None,
            now=cpft.at,
        )


@pytest.mark.clause("CPFT-2.3")
def test_everyone_on_a_contract_that_needs_a_plan_is_in_the_yearly_round_and_the_plan_says_which(cpft: Walk) -> None:
    house = cpft.house
    employ(cpft, house.doctor, kind="consultant_2003")
    employ(cpft, house.colleague, kind="sas_2008", grade="Specialty doctor")
    license_(cpft, house.finance)
    employ(cpft, house.finance, kind="local", grade="Consultant dentist")
    give_practitioner(cpft, house.finance)
    plan_round(cpft)
    plan_team_with(cpft, house.doctor, house.colleague, house.finance)
    kinds = {person.name: [plan.contract_kind for plan in cpft.plans(person)] for person in
             (house.doctor, house.colleague, house.finance)}  # fmt: skip
    assert kinds == {
        house.doctor.name: ["consultant_2003"],
        house.colleague.name: ["sas_2008"],
        house.finance.name: ["local"],
    }


def plan_team_with(walk: Walk, *doctors: Person) -> None:
    """The team plans, with one more doctor than the other tests have."""
    stages.prepare_session(walk)
    for doctor in doctors[2:]:
        walk.do(doctor, "prepare_contribution", contribution="Dentistry")
    stages.hold_session(walk)
    for doctor in doctors:
        walk.do(doctor, "answer_team_plan", team_answer="agree")
    walk.do(walk.house.amd, "approve_team_plan", team_approval="approved")


@pytest.mark.clause("BTH-2-a")
@pytest.mark.parametrize(
    "grade",
    [
        "Consultant",
        "Locum consultant",
        "Associate specialist",
        "Specialty doctor",
        "Staff grade",
        "Trust doctor (ST3+)",
    ],
)
def test_these_grades_are_given_a_case_part_timers_too(bth: Walk, grade: str) -> None:
    employ(bth, bth.house.doctor, grade=grade, pas="4")
    assert start_plan(bth)


@pytest.mark.clause("BTH-2-a")
def test_foundation_doctors_are_refused_a_case_and_left_out_of_the_teams_round(bth: Walk) -> None:
    employ(bth, bth.house.doctor, grade="Foundation doctor")
    with pytest.raises(GradeWithoutPlan, match="Dr Marta Kowalska is employed as: Foundation doctor"):
        start_plan(bth)
    plan_round(bth)
    with bth.session() as session:
        asked = set(session.scalars(select(Step.item).where(Step.element == "prepare_contribution")))
    assert asked == {str(bth.house.colleague.id)}


@pytest.mark.clause("BTH-2-a")
def test_trust_doctors_are_a_setting_of_the_policy(bth: Walk, cpft: Walk) -> None:
    employ(bth, bth.house.doctor, grade="Trust doctor (ST3+)")
    assert start_plan(bth)
    employ(cpft, cpft.house.doctor, grade="Trust doctor (ST3+)")
    with pytest.raises(GradeWithoutPlan):
        start_plan(cpft)


@pytest.mark.clause("BTH-3.4.1.6.1-b")
def test_doctors_on_old_new_and_local_contracts_take_the_same_steps(bth: Walk) -> None:
    house, taken = bth.house, []
    approved_team_plan(bth)
    for kind in ("local", "consultant_before_2003", "consultant_2003", "local"):
        employ(bth, house.doctor, kind=kind)
        own = bth.start(
            house.directorate, "individual_planning", kind="annual", subject=house.doctor.id, team=house.team.id
        )
        before = len(bth.done)
        prepare(bth, own)
        meet(bth, own)
        agree(bth, own)
        sign(bth, own, house.doctor, house.manager, house.amd)
        accept(bth, own)
        taken.append(bth.done[before:])
        assert bth.case(own).status == "closed"
    assert taken[1] == taken[2] == taken[3], "each of them reviews the plan before; the first has none"


# ----------------------------------------------------------------------------------------------------------- who leads


@pytest.mark.clause("CPFT-5.4-a")
def test_only_the_manager_on_record_leads_a_doctors_planning(cpft: Walk) -> None:
    house = cpft.house
    with cpft.session() as session:
        other = Team(trust_id=house.trust.id, care_group_id=house.care_group.id, name="Kendal team")
        session.add(other)
        session.flush()
        session.add(
            Post(
                trust_id=house.trust.id,
                person_id=house.colleague.id,
                role="clinical_manager",
                team_id=other.id,
                care_group_id=house.care_group.id,
                starts_on=date(2020, 4, 1),
            )
        )
        session.commit()
    own = start_plan(cpft)
    prepare(cpft, own)
    step = cpft.step(house.manager, "book_meeting", own)
    with pytest.raises(NotYours):
        cpft.complete(
            house.colleague, step, meeting_booked_for=cpft.today, meeting_place="Online", service_manager_invited=False
        )
    with pytest.raises(NotYoursToStart):
        cpft.start(
            house.colleague,
            "individual_planning",
            kind="in_year",
            subject=house.doctor.id,
            team=house.team.id,
            change_reason="Another rota",
        )
    meet(cpft, own)


@pytest.mark.clause("CPFT-5.4-b")
def test_the_amd_supports_a_case_whose_manager_is_not_medically_qualified(cpft: Walk) -> None:
    house = cpft.house
    not_medical(cpft, house.manager)
    own = start_plan(cpft)
    assert cpft.facts(own)["supporters"] == [house.amd.id]
    [added] = cpft.events(own, "supporter_added")
    assert (added.clause, added.details["to"]) == ("CPFT-5.4-b", [house.amd.id])
    assert [notice.kind for notice in cpft.notices(house.amd)] == ["supporter"]
    assert cpft.step(house.manager, "read_pack", own), "the manager still leads"


@pytest.mark.clause("CPFT-5.4-b")
def test_the_amd_is_added_when_the_manager_is_flagged_later_and_once_only(cpft: Walk) -> None:
    house = cpft.house
    own = start_plan(cpft)
    assert "supporters" not in cpft.facts(own)
    said = people.Particulars(name=house.manager.name, email=house.manager.email, not_medical=True)
    office = cpft.actor(house.directorate)
    area = cpft.perform(people.change_person, by=office, person_id=house.manager.id, said=said, now=cpft.at)
    with cpft.session() as session:
        touched = cases.cases_around(session, trust_id=house.trust.id, area=area)
    for case_id in touched * 2:
        cpft.perform(cases.rehold, case_id=case_id, now=cpft.at)
    assert cpft.facts(own)["supporters"] == [house.amd.id]
    assert len(cpft.events(own, "supporter_added")) == 1


@pytest.mark.clause("BTH-3.4.1.3-b")
def test_a_head_of_departments_own_plan_goes_to_the_divisional_director(bth: Walk) -> None:
    house = bth.house
    add_role(bth, house.manager, "practitioner")
    own = start_plan(bth, house.manager)
    prepare(bth, own, house.manager)
    assert bth.step(house.amd, "book_meeting", own)
    meet(bth, own, house.manager)
    assert bth.step(house.amd, "agree_plan", own)
    with bth.session() as session:
        held = {step.holder_id for step in session.scalars(select(Step).where(Step.role == "clinical_manager"))}
    assert held == {house.amd.id}


# ------------------------------------------------------------------------------------------------------ help and issues


@pytest.mark.clause("CPFT-5.3")
def test_an_issue_stays_with_the_amd_of_its_care_group_until_they_record_how_it_was_dealt_with(cpft: Walk) -> None:
    house = cpft.house
    issue = cpft.start(house.directorate, "compliance_issue", kind="issue", care_group=house.care_group.id)
    cpft.do(
        house.directorate,
        "describe_issue",
        issue,
        issue_kind="compliance",
        issue_found_on=cpft.today,
        issue_words="No team session was held.",
    )
    step = cpft.step(house.amd, "deal_with_issue", issue)
    for other in (house.directorate, house.manager, house.medical_director):
        with pytest.raises(NotYours):
            cpft.complete(other, step, issue_state="dealt", issue_record="Done", issue_dealt_on=cpft.today)
    cpft.pass_time(days=60)
    cpft.do(house.amd, "deal_with_issue", issue, issue_state="open", issue_record="Spoke to the team")
    assert cpft.case(issue).status == "open"
    cpft.do(
        house.amd,
        "deal_with_issue",
        issue,
        issue_state="dealt",
        issue_record="The session was held",
        issue_dealt_on=cpft.today,
    )
    assert cpft.case(issue).status == "closed"
    assert [notice.kind for notice in cpft.notices(house.directorate)] == ["notify"]


@pytest.mark.clause("CPFT-5.6")
@pytest.mark.parametrize("part", ["doctor", "manager", "amd"])
def test_a_request_for_help_lands_with_the_directorate_and_ends_with_an_outcome(cpft: Walk, part: str) -> None:
    house, who = cpft.house, getattr(cpft.house, part)
    asked = cpft.start(who, "help_request", kind="help", subject=who.id)
    cpft.do(who, "ask_for_help", asked, help_about="rules", help_question="How many SPAs are core?")
    [step] = [row for row in cpft.steps(asked, "answer_request") if row.status == "open"]
    assert cpft.step(house.second_directorate, "answer_request", asked) == step.id
    cpft.do(house.directorate, "answer_request", asked, help_outcome="answered", help_answer="At least 1.5.")
    assert cpft.case(asked).status == "closed"
    assert cpft.facts(asked)["help_outcome"] == "answered"
    assert [notice.subject for notice in cpft.notices(who)] == [
        f"{who.name}: request for help 2027/28: Your request for help is answered"
    ]


@pytest.mark.clause("CPFT-5.6")
def test_nobody_asks_for_help_in_the_name_of_another_and_several_may_be_open(cpft: Walk) -> None:
    house = cpft.house
    for who in (house.finance, house.directorate):
        with pytest.raises(NotYoursToStart):
            cpft.start(who, "help_request", kind="help", subject=who.id)
    with pytest.raises(NotYoursToStart):
        cpft.start(house.doctor, "help_request", kind="help", subject=house.colleague.id)
    first, second = (cpft.start(house.doctor, "help_request", kind="help", subject=house.doctor.id) for _ in range(2))
    assert first != second
