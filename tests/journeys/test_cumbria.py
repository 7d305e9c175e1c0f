"""Cumbria: from a planning round to a job plan in force, signed late, returned and mended on the way."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.journeys import crafted
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.people import CPFT, NURSING, STARTER
from tests.journeys.visitor import Visitor

DOCTOR, COLLEAGUE, MANAGER, AMD = (CPFT[part] for part in ("doctor", "colleague", "manager", "amd"))
SERVICE, OFFICE, HR = (CPFT[part] for part in ("service_manager", "directorate", "hr"))
SURNAME = "Osei"
LATE = re.compile("[23] days late")
"""Three when the journey began shortly before midnight."""
REASON = "The teaching clinic has no place. Say where it is held."


@pytest.mark.slow
@pytest.mark.clause("CPFT-7.6.5-a", "CPFT-7.5-a")
def test_a_doctors_plan_from_the_round_to_in_force_signed_late_and_returned_on_the_way(
    small: Site, somebody: Callable[[Site], Person]
) -> None:
    as_ = somebody(small)
    start_the_round(as_)
    prepare_the_session(as_)
    hold_the_session_and_agree_the_team_plan(as_)
    prepare_for_the_meeting(as_)
    meet_and_agree(as_)
    sign_late(as_)
    directorate_returns_the_plan(as_)
    mended_and_signed_again(as_)
    accepted_and_in_force(as_)


def start_the_round(as_: Person) -> None:
    office, amd = as_(OFFICE), as_(AMD)
    office.follow("Start something new").follow("Planning round")
    office.choose("Which planning year?", "2027/28")
    office.press("Start")
    office.reads("Mental health: planning round")
    amd.do("record_objectives", objectives="Shorter waits\nSafe wards", objectives_set_on=amd.today())
    day = office.today()
    office.do(
        "propose_timetable",
        team_plans_due=day + timedelta(days=31),
        individual_plans_due=day + timedelta(days=120),
    )
    amd.do("agree_timetable", timetable_answer="agreed")
    office.do("issue_timetable", timetable_issued_on=day)


def prepare_the_session(as_: Person) -> None:
    manager = as_(MANAGER)
    manager.do(
        "prepare_session",
        session_requirements="Two more clinics a week",
        team_session_booked_for=manager.today() + timedelta(days=7),
        team_session_place="Room 1",
    )
    as_(SERVICE).do(
        "prepare_service_figures",
        capacity="42 clinics a month",
        service_activities="Clinics and ward rounds",
        developments="A second room from June",
    )
    for doctor in (DOCTOR, COLLEAGUE, STARTER):
        as_(doctor).do("prepare_contribution", contribution="Share the cover of the wards")


def hold_the_session_and_agree_the_team_plan(as_: Person) -> None:
    manager = as_(MANAGER)
    manager.do(
        "hold_session",
        also=lambda: crafted.note_who_took_part(manager, away={"Nursing and Quality Manager": "On leave"}),
        team_session_date=manager.today(),
    )
    manager.do(
        "draft_team_plan",
        also=lambda: crafted.note_needs(manager, ("Urgent referrals in five days", "Timely access", COLLEAGUE)),
        plans_match="Each plan keeps one ward round",
        lead_responsibilities="Audit: Dr Carver",
    )
    for doctor in (DOCTOR, COLLEAGUE, STARTER):
        at = as_(doctor).take("answer_team_plan")
        at.sees("Urgent referrals in five days")
        at.answer("answer_team_plan", team_answer="agree")
        at.complete("answer_team_plan")
    as_(AMD).do("approve_team_plan", team_approval="approved")
    team = as_(NURSING).open("/teams").follow("Penrith community team").follow("of the team plan")
    team.sees("Urgent referrals in five days", "On leave", NURSING)


def prepare_for_the_meeting(as_: Person) -> None:
    doctor = as_(DOCTOR)
    doctor.do("prepare_review", effect_on_service="One clinic more", effect_on_team="None")
    doctor.do("draft_plan", also=lambda: add_the_teaching_clinic(doctor))
    pack = as_(MANAGER).take("read_pack", SURNAME)
    pack.sees("Teaching clinic", "One clinic more", "Timely access")
    pack.answer("read_pack", pack_read="read", pack_note="The Thursday clinic")
    pack.complete("read_pack")


def add_the_teaching_clinic(doctor: Visitor) -> None:
    crafted.fill_line(crafted.lines(doctor, "dcc").first, pas="7")
    crafted.add_line(doctor, "dcc", **{**crafted.TEACHING, "place": ""})
    doctor.sees("As contracted")


def meet_and_agree(as_: Person) -> None:
    manager, doctor = as_(MANAGER), as_(DOCTOR)
    day = manager.today()
    manager.do(
        "book_meeting",
        SURNAME,
        meeting_booked_for=day,
        meeting_time="2pm",
        meeting_place="Online",
        service_manager_invited=False,
    )
    manager.do(
        "record_meeting",
        SURNAME,
        meeting_date=day,
        meeting_present=[DOCTOR, MANAGER],
        private_work_discussed=True,
        private_work_note="None",
    )
    manager.do("record_review", SURNAME, also=lambda: crafted.look_back(manager), **crafted.REVIEW)
    manager.do("update_plan", SURNAME)
    manager.do("agree_plan", SURNAME, manager_answer="agree")
    doctor.do("answer_plan", practitioner_answer="agree")


def sign_late(as_: Person) -> None:
    """CPFT 7.5: 28 days from the meeting. The manager lets them go by."""
    doctor, manager, amd = as_(DOCTOR), as_(MANAGER), as_(AMD)
    doctor.do("sign_plan", sign_answer="sign")
    met_on = doctor.today()
    amd.move_to(met_on + timedelta(days=30))
    amd.open("/")
    told = amd.page.get_by_role("region", name="What you should know")
    amd.follow("Osei", within=told)
    amd.sees("Sign the plan", LATE, MANAGER)
    manager.open("/")
    row = manager.main.get_by_role("row").filter(has_text="Sign the plan").filter(has_text=SURNAME)
    assert LATE.search(row.inner_text())
    manager.do("sign_plan", SURNAME, sign_answer="sign")


def directorate_returns_the_plan(as_: Person) -> None:
    office = as_(OFFICE)
    office.do(
        "check_plan",
        SURNAME,
        also=lambda: crafted.return_section(office, "Direct clinical care", REASON),
        check_answer="returned",
    )


def mended_and_signed_again(as_: Person) -> None:
    manager, doctor = as_(MANAGER), as_(DOCTOR)
    manager.take("mend_plan", SURNAME).sees(REASON)
    crafted.fill_line(crafted.lines(manager, "dcc").nth(1), place="Carlisle")
    manager.complete("mend_plan")
    for at in (doctor, manager):
        at.take("sign_plan", SURNAME).sees("No longer counts", "Carlisle")
        at.answer("sign_plan", sign_answer="sign")
        at.complete("sign_plan")


def accepted_and_in_force(as_: Person) -> None:
    as_(OFFICE).do("check_plan", SURNAME, check_answer="accepted")
    as_(HR).do("compare_contract", SURNAME, hr_answer="matches")
    doctor = as_(DOCTOR)
    assert doctor.waiting() == []
    doctor.open("/cases?status=closed").follow(SURNAME, within=doctor.main)
    doctor.sees("Closed", LATE)
    doctor.follow("Version 2")
    doctor.sees("In force", "Teaching clinic", "Carlisle")
    doctor.follow(re.compile("^(Open v|V)ersion 1$"))
    doctor.reads(f"Job plan of {DOCTOR}")
    doctor.sees("Outpatient clinic", "7.5")
    as_(CPFT["finance"]).open("/teams")
