"""A dispute from the failure to agree to the board's decision and into the plan: fourteen weeks, by its seven roles."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.journeys import crafted, drawn
from tests.journeys.conftest import Person
from tests.journeys.live import Site
from tests.journeys.people import CHAIR, CPFT, NOMINEE, THIRD
from tests.journeys.visitor import Visitor

DOCTOR, MANAGER, AMD, DIRECTOR, CHIEF, BOARD, OFFICE, HR = (
    CPFT[part]
    for part in (
        *("doctor", "manager", "amd", "medical_director", "chief_executive", "board_secretary"),
        *("directorate", "hr"),
    )
)
PANEL = (CHAIR, NOMINEE, THIRD)
LIST = "Extra list"
MINE, THEIRS = "There is no time for the list.", "Sixty people wait too long."
LATER = "Nobody could come earlier."


@pytest.mark.slow
@pytest.mark.clause("CPFT-7.8.4-a", "CPFT-7.8.9-c", "TCS-4-h", "TCS-4-l", "TCS-4-m", "TCS-4-n", "TCS-4-o")
def test_a_dispute_from_the_failure_to_agree_to_the_boards_decision_and_into_the_plan(
    disputed: Site, somebody: Callable[[Site], Person]
) -> None:
    as_ = somebody(disputed)
    began = as_(DOCTOR).today()
    no_agreement(as_)
    sign_and_check(as_)
    as_(DOCTOR).do("choose_route", route="talk")
    later(as_, began, 7)
    talk_and_refer(as_)
    name_and_book(as_)
    later(as_, began, 40)
    mediated_late_and_decided(as_)
    later(as_, began, 52)
    appeal_and_form_the_panel(as_)
    book_and_state(as_)
    later(as_, began, 76)
    hear(as_)
    later(as_, began, 86)
    recommend(as_)
    later(as_, began, 98)
    the_board_decides(as_)
    sign_and_check(as_)
    in_the_plan(as_, since=began + timedelta(days=7))


def later(as_: Person, began: date, days: int) -> None:
    """The clock of the demonstration, moved by whoever looks after the disputes."""
    as_(OFFICE).open("/disputes").move_to(began + timedelta(days=days))


def no_agreement(as_: Person) -> None:
    as_(DOCTOR).do("state_position", position=MINE, tried_at_review="Other days")
    manager = as_(MANAGER)
    manager.do(
        "record_disagreement",
        also=lambda: crafted.dispute(manager, LIST, doctor=("None", "0"), manager=("Each week", "0.5"), reason=MINE),
        failure_to_agree_date=manager.today(),
        manager_tried="Every second Friday",
    )


def sign_and_check(as_: Person) -> None:
    """What is not in dispute goes on, and in the end what came of it."""
    for who in (DOCTOR, MANAGER):
        as_(who).do("sign_plan", sign_answer="sign")
    as_(OFFICE).do("check_plan", check_answer="accepted")
    as_(HR).do("compare_contract", hr_answer="matches", hr_note="Asked payroll")


def talk_and_refer(as_: Person) -> None:
    amd, doctor = as_(AMD), as_(DOCTOR)
    amd.do("informal_talk", talk_result="not_settled", talk_date=amd.today(), talk_note="Neither would move")
    doctor.take("refer")
    doctor.answer("refer", nature="The list on Fridays", position_reason=MINE, evidence_kinds=["diaries"])
    doctor.press("Complete this step")
    assert len(doctor.problems()) == 4, "evidence, consequences, ideas, and what was tried"
    words = {"evidence_words": "The diary", "consequences": "Longer weeks", "ideas": "Every other Friday"}
    doctor.answer("refer", **words, local_resolution="failed")
    doctor.complete("refer")
    as_(MANAGER).take("answer_referral").sees(MINE, "The diary")
    as_(MANAGER).answer("answer_referral", other_position=THEIRS)
    as_(MANAGER).complete("answer_referral")


def name_and_book(as_: Person) -> None:
    """The meeting is booked for later than it should be, which needs its reason (CPFT 7.8.4)."""
    director = as_(DIRECTOR)
    director.do("name_mediator", mediator_choice="self")
    director.take("book_mediation")
    on = director.today() + timedelta(days=33)
    director.answer("book_mediation", mediation_booked_for=on, mediation_time="10am", mediation_place="Voreda")
    director.press("Complete this step")
    assert "Say why it is later" in " ".join(director.problems())
    director.answer("book_mediation", mediation_late_reason=LATER)
    preview(director, "book_mediation", "this has not been sent", DOCTOR, MANAGER, "Voreda")
    director.complete("book_mediation")


def mediated_late_and_decided(as_: Person) -> None:
    amd, director, doctor = as_(AMD), as_(DIRECTOR), as_(DOCTOR)
    amd.open("/disputes").sees("Osei", "Mediation", re.compile("5 days (late|over)"))
    director.do(
        "record_mediation",
        mediation_meeting_date=director.today(),
        mediation_present=[DOCTOR, MANAGER],
        practitioner_heard=MINE,
        manager_heard=THEIRS,
        mediation_result="not_agreed",
    )
    director.do("decide", also=lambda: crafted.rule(director, LIST, "As the manager wants it"), decision_reasons=THEIRS)
    doctor.take("answer_decision").sees("As the manager wants it", THEIRS)
    case(doctor)
    assert "The decision after mediation" in letters_of(doctor)


def appeal_and_form_the_panel(as_: Person) -> None:
    chief, doctor = as_(CHIEF), as_(DOCTOR)
    grounds: dict[str, Any] = {"appeal_points": "The list", "appeal_reasons": MINE, "appeal_schedule": "schedule_4"}
    doctor.do("answer_decision", appeal_choice="appeal", **grounds)
    chief.do("name_chair", chair_person=CHAIR)
    doctor.do("name_nominee", nominee_person=NOMINEE, nominee_not_advocate="confirmed")
    for party in (DOCTOR, MANAGER):
        as_(party).take("answer_third").sees(THIRD)
        as_(party).answer("answer_third", third_answer="none")
        as_(party).complete("answer_third")
    for member in PANEL:
        as_(member).do("declare_interests", declared="fit")


def book_and_state(as_: Person) -> None:
    """Neither side reads the other's statement before both are in (TCS Schedule 4)."""
    chief, doctor, manager = as_(CHIEF), as_(DOCTOR), as_(MANAGER)
    on = chief.today() + timedelta(days=24)
    chief.do("book_hearing", hearing_booked_for=on, hearing_time="9:30", hearing_place="Room 2", hearing_days=1)
    doctor.do("practitioner_statement", practitioner_statement="The diary says it all.")
    case(manager)
    assert "The diary says it all." not in manager.shown()
    manager.do("management_statement", management_statement="The waiting list says more.")
    case(manager).sees("The diary says it all.")


def hear(as_: Person) -> None:
    chair = as_(CHAIR)
    chair.take("record_hearing")
    case(chair)
    pages = pdf(chair, "Take out the bundle (PDF)").pages
    said = "\n".join(page.extract_text() for page in pages)
    assert {"The diary says it all.", "The waiting list says more."} <= set(said.splitlines())
    assert len(pages) > 5
    chair.do(
        "record_hearing",
        appeal_hearing_date=chair.today(),
        hearing_present=[DOCTOR, MANAGER],
        management_case=THEIRS,
        practitioner_case=MINE,
        represented_by="union",
        representative_name="Somebody of the BMA",
        representative_as_lawyer=False,
        hearing_adjourned=False,
    )


def recommend(as_: Person) -> None:
    chair = as_(CHAIR)
    middle = {"words": "Every other Friday", "pas": "0.25"}
    chair.do(
        "recommend",
        also=lambda: crafted.rule(chair, LIST, "Otherwise", **middle),
        recommendation="Each side has shown half of it.",
    )
    doctor = case(as_(DOCTOR))
    assert "The recommendation of the appeal panel" in letters_of(doctor), "the doctor gets a copy at once"


def the_board_decides(as_: Person) -> None:
    secretary = as_(BOARD).take("board_decision")
    secretary.sees("Every other Friday", "Each side has shown half of it.")
    secretary.answer("board_decision", board_decided_on=secretary.today(), board_answer="accept")
    preview(secretary, "board_decision", DOCTOR, "Every other Friday")
    secretary.complete("board_decision")
    for party in (DOCTOR, MANAGER):
        assert "The decision of the board" in letters_of(case(as_(party), closed=True))


def in_the_plan(as_: Person, since: date) -> None:
    """A change of pay counts from the referral (TCS Schedule 4), and the plan with it."""
    doctor = as_(DOCTOR)
    doctor.open("/cases?status=closed").follow(re.compile("annual|Annual|yearly"), within=doctor.main)
    doctor.follow("Version 3")
    doctor.sees("In force", f"{since.day} {since:%B %Y}", LIST, "0.25", "Every other Friday")


def case(at: Visitor, *, closed: bool = False) -> Visitor:
    """The page of the dispute."""
    at.open(f"/cases?status={'closed' if closed else 'open'}").follow(re.compile("disagreement"), within=at.main)
    return at


def letters_of(at: Visitor) -> str:
    """The words of all letters of the dispute that this person can take out."""
    names = at.main.locator("#letters").get_by_role("link").all()
    assert names, at.shown()
    return "\n".join(text_of(at, link.get_attribute("href") or "") for link in names)


def preview(at: Visitor, element: str, *words: str) -> None:
    """Look at the letter of a step before it is sent: nothing is sent by that."""
    with at.page.expect_download() as coming:
        at.main.get_by_role("button", name="Preview the letter").click()
    said = "\n".join(page.extract_text() for page in PdfReader(coming.value.path()).pages)
    assert all(word in said for word in words), said
    at.reads(drawn.name(element))


def pdf(at: Visitor, name: str) -> PdfReader:
    """What a link leads to."""
    return read(at, at.main.get_by_role("link", name=name).get_attribute("href") or "")


def text_of(at: Visitor, address: str) -> str:
    """All words of a PDF."""
    return "\n".join(page.extract_text() for page in read(at, address).pages)


def read(at: Visitor, address: str) -> PdfReader:
    answer = at.get(address)
    assert answer.headers["content-type"] == "application/pdf", address
    return PdfReader(BytesIO(answer.body()))
