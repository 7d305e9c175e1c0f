"""Blackpool: three signatories, and material that is issued before anybody prepares."""

from collections.abc import Callable

import pytest

from tests.journeys import crafted
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.people import BTH
from tests.journeys.visitor import Visitor

DOCTOR, MANAGER, SERVICE, DIVISION, OFFICE, HR = (
    BTH[part] for part in ("doctor", "manager", "service_manager", "amd", "directorate", "hr")
)
SURNAME = "Kowalska"
PLAN: crafted.Whole = {
    "dcc": {"title": "Acute take", "day": "Monday", "start": "08:00", "end": "18:00", "place": "Ward 2", "pas": "7.5"},
    "spa": {"title": "Audit", "day": "Friday", "start": "9am", "end": "1pm", "place": "Library", "pas": "2.5"},
    "research": "None this year",
    "additional_nhs": "None this year",
    "external": "None this year",
    "academic": "None this year",
    "managerial": "None this year",
    "on_call": "Not on a rota",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.clause("BTH-App5-f", "BTH-3.3.2.4-b", "BTH-3.4.5-a")
def test_a_plan_is_in_force_only_after_the_third_signature(planned: Site, somebody: Callable[[Site], Person]) -> None:
    as_ = somebody(planned)
    issue_the_material(as_)
    prepare_and_meet(as_)
    two_sign(as_)
    the_third_signs(as_)
    returned_for_a_note(as_)
    accepted_and_in_force(as_)


def issue_the_material(as_: Person) -> None:
    assert as_(DOCTOR).waiting() == [], "the doctor prepares with the material, not before it"
    service = as_(SERVICE)
    service.do(
        "issue_preparation",
        SURNAME,
        preparation_issued_on=service.today(),
        preparation_issued="Activity figures\nRota",
        preparation_gaps="Last year’s plan",
    )


def prepare_and_meet(as_: Person) -> None:
    doctor, manager = as_(DOCTOR), as_(MANAGER)
    doctor.do("prepare_review", effect_on_service="None", effect_on_team="None")
    doctor.do("draft_plan", also=lambda: say_on_what_it_rests(doctor))
    day = manager.today()
    manager.do("read_pack", SURNAME, pack_read="read")
    manager.do("book_meeting", SURNAME, meeting_booked_for=day, meeting_place="Office", service_manager_invited=False)
    manager.do(
        "record_meeting",
        SURNAME,
        meeting_date=day,
        meeting_present=[DOCTOR, MANAGER],
        private_work_discussed=True,
    )
    manager.do("update_plan", SURNAME, also=lambda: agree_what_supports(manager))
    manager.do("agree_plan", SURNAME, manager_answer="agree")
    doctor.do("answer_plan", practitioner_answer="agree")


def say_on_what_it_rests(doctor: Visitor) -> None:
    """A doctor of Blackpool shows evidence for each line."""
    crafted.fill_plan(doctor, PLAN)
    crafted.rest_line(crafted.lines(doctor, "dcc").first, evidence="Rota of May", need="Cover of the take")
    crafted.rest_line(crafted.lines(doctor, "spa").first, details="Two audits a year", evidence="Diary of May")


def agree_what_supports(manager: Visitor) -> None:
    """What they have discussed and agreed at the meeting."""
    crafted.rest_line(crafted.lines(manager, "spa").first, agreed=True)


def two_sign(as_: Person) -> None:
    as_(DOCTOR).do("sign_plan", sign_answer="sign")
    as_(MANAGER).do("sign_plan", SURNAME, sign_answer="sign")
    office = as_(OFFICE)
    assert not [step for step in office.waiting() if step == "Check that the plan is complete"]
    office.open("/cases").follow(SURNAME)
    office.sees("Sign the plan", DIVISION)
    office.follow("Version 1").sees("Draft")


def the_third_signs(as_: Person) -> None:
    division = as_(DIVISION).take("sign_plan", SURNAME)
    division.sees("Signed", DOCTOR, MANAGER, "Still to sign")
    division.answer("sign_plan", sign_answer="sign")
    division.complete("sign_plan")


def returned_for_a_note(as_: Person) -> None:
    """A note is not among what the third signature covers: it keeps its force."""
    office = as_(OFFICE)
    office.do(
        "check_plan",
        SURNAME,
        also=lambda: crafted.return_section(office, "Notes", "Say who covers the take in August."),
        check_answer="returned",
    )
    manager = as_(MANAGER).take("mend_plan", SURNAME)
    manager.main.get_by_role("textbox", name="Notes").fill("Dr Ashworth covers the take in August.")
    manager.complete("mend_plan")
    assert "Sign the plan" not in as_(DIVISION).waiting()
    as_(DOCTOR).do("sign_plan", sign_answer="sign")
    manager.do("sign_plan", SURNAME, sign_answer="sign")


def accepted_and_in_force(as_: Person) -> None:
    as_(OFFICE).do("check_plan", SURNAME, check_answer="accepted")
    as_(HR).do("compare_contract", SURNAME, hr_answer="matches")
    doctor = as_(DOCTOR).open("/cases?status=closed")
    doctor.follow(SURNAME, within=doctor.main).follow("Version 1")
    doctor.sees("In force", "Acute take", "Dr Ashworth covers the take", DIVISION)
