"""The leave of a doctor on the web: the year beside the plan, what leave costs, and what it takes from each part."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests.cases.walk import PLAN
from tests.factories import NOW, House, World
from tests.webapp.apps import Store
from tests.webapp.page import Page
from tests.webapp.visitor import Visitor
from workflows.store.models import LeaveTaken, Notice, Person, PlanVersion

Visit = Callable[[Person], Visitor]
LINES: tuple[tuple[str, str, str], ...] = (("dcc", "monday", "Clinic"), ("dcc", "tuesday", "Ward round"),
                                           ("spa", "thursday", "Audit"))  # fmt: skip
"""A plan of three days, a PA each."""


@pytest.fixture
def bth(world: World) -> House:
    return world.bth


@pytest.fixture
def plan(bth: House, store: Store) -> str:
    """The address of the leave of the doctor in Blackpool, whose plan has three days."""
    lines = [
        {"id": title, "category": category, "title": title, "day": day, "start": "09:00", "end": "13:00", "place": "",
         "pas": "1", "by_times": True}
        for category, day, title in LINES
    ]  # fmt: skip
    content = {**PLAN, "activities": lines, "contract": "consultant_2003", "effective_from": "2027-03-01"}
    return address_of(bth, store, content)


def address_of(house: House, store: Store, content: Any) -> str:
    with store() as session:
        row = PlanVersion(
            trust_id=house.trust.id, person_id=house.doctor.id, number=1, status="in_force", content=content,
            effective_from=date(2027, 3, 1), written_at=NOW,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return f"/plans/{row.id}/leave"


def period(first: str, last: str, **more: str) -> dict[str, str]:
    """A period as boxes."""
    boxes: dict[str, str] = {}
    for key, day in (("first", date.fromisoformat(first)), ("last", date.fromisoformat(last))):
        parts = {"day": day.day, "month": day.month, "year": day.year}
        boxes |= {f"answer-{key}-{part}": str(value) for part, value in parts.items()}
    return boxes | {f"answer-{key}": value for key, value in more.items()}


def enter(who: Visitor, plan: str, first: str, last: str, kind: str = "annual", in_uk: str = "yes", **more: Any) -> Any:
    return who.send(f"{plan}/new", period(first, last, kind=kind, in_uk=in_uk), **more)


def actions(page: Page, ending: str = "") -> list[str]:
    """Where its forms send."""
    found = [form.get("action", "") for form in page.root.iter("form")]
    return [action for action in found if action.endswith(ending)]


def asked(who: Visitor, plan: str, first: str, last: str) -> str:
    words = "&".join(f"{key}={value}" for key, value in period(first, last).items())
    return who.open(f"{plan}?{words}").text


@pytest.mark.clause("BTH-3.4.12.1-a", "BTH-3.4.12.1-c")
def test_a_doctor_of_three_days_has_three_fifths_of_the_days_and_a_week_costs_three(
    bth: House, visit: Visit, plan: str
) -> None:
    page = visit(bth.doctor).open(plan)
    assert page.heading == f"Leave of {bth.doctor.name}"
    assert "A week’s leave costs 3 days: Monday, Tuesday and Thursday." in page.text
    assert "Annual leave in the year 18 days" in page.text
    assert "3/5 × 30 days = 18 days" in page.text


@pytest.mark.clause("BTH-3.4.12.1-a", "BTH-3.4.12.1-b")
def test_leave_costs_its_working_days_without_public_holidays_and_is_refused_where_no_work_is(
    bth: House, visit: Visit, plan: str
) -> None:
    doctor = visit(bth.doctor)
    assert "This leave costs 3 days of annual leave. After it, 15 days are left." in asked(
        doctor, plan, "2027-05-10", "2027-05-16"
    )
    text = asked(doctor, plan, "2027-05-03", "2027-05-09")
    assert "This leave costs 2 days of annual leave." in text
    assert "Public holidays among them cost nothing: 3 May 2027" in text
    assert "No work is scheduled on 12 May 2027" in asked(doctor, plan, "2027-05-12", "2027-05-12")
    text = enter(doctor, plan, "2027-05-12", "2027-05-12", status=409).text
    assert "No work is scheduled on 12 May 2027, so no leave can be taken on it" in text


def test_a_day_that_cannot_be_read_is_said_at_the_form(bth: House, visit: Visit, plan: str) -> None:
    page = visit(bth.doctor).open(f"{plan}?answer-first-day=31&answer-first-month=2&answer-first-year=2027")
    assert any("must be a real date" in problem for problem in page.problems)
    assert "This leave costs" not in page.text


@pytest.mark.clause("BTH-3.4.12.1-d")
def test_single_days_that_come_to_more_weeks_than_the_entitlement_are_flagged(
    bth: House, visit: Visit, plan: str
) -> None:
    doctor = visit(bth.doctor)
    enter(doctor, plan, "2027-04-05", "2027-05-16")
    assert "Away too long" not in doctor.page.text
    assert "keeps the doctor away" not in asked(doctor, plan, "2027-05-17", "2027-05-17")
    flagged = "So much leave keeps the doctor away for 6.7 weeks, and the entitlement is 6."
    assert flagged in asked(doctor, plan, "2027-05-17", "2027-05-23")
    enter(doctor, plan, "2027-05-17", "2027-05-23")
    assert f"Away too long {flagged}" in doctor.page.text


@pytest.mark.clause("BTH-3.4.12.1-e")
def test_the_report_lays_what_leave_takes_beside_what_each_part_is_of_the_plan(
    bth: House, visit: Visit, plan: str
) -> None:
    doctor = visit(bth.doctor)
    assert "No leave is entered for this year" in doctor.open(plan).text
    for day in ("2027-06-07", "2027-06-08", "2027-06-14"):
        enter(doctor, plan, day, day)
    text = doctor.open(plan).text
    assert "Leave takes more than its share from direct clinical care." in text
    part = "Part Direct clinical care PAs lost 3 PA Of all that is lost 100 % Of the plan 67 %"
    assert f"{part} How it compares More than its share" in text
    assert "Part Supporting professional activities PAs lost 0 PA Of all that is lost 0 % Of the plan 33 %" in text


@pytest.mark.clause("BTH-3.4.12.1-e")
def test_the_report_says_that_work_on_no_fixed_day_counts_with_whole_weeks_only(
    bth: House, visit: Visit, plan: str, store: Store
) -> None:
    doctor = visit(bth.doctor)
    assert "whole weeks of leave" not in doctor.open(plan).text, "all of this plan is on fixed days"
    with store() as session:
        row = session.scalars(select(PlanVersion).where(PlanVersion.person_id == bth.doctor.id)).one()
        lines = row.content["activities"]
        letters = {**lines[0], "id": "letters", "title": "Letters", "day": "", "start": "", "end": ""}
        row.content = {**row.content, "activities": [*lines, letters]}
    said = "What is on no fixed day counts as lost with whole weeks of leave only, not with single days: “Letters”."
    assert said in doctor.open(plan).text


@pytest.mark.clause("BTH-3.4.12.1-f", "CPFT-7.2.1-d")
def test_the_page_points_to_the_trusts_rules_on_leave(
    bth: House, cpft: House, visit: Visit, plan: str, store: Store
) -> None:
    assert "Medical Workforce Absence Policy (CORP/PROC/602)" in visit(bth.doctor).open(plan).text
    assert "CPD Leave Guidance" in visit(cpft.doctor).open(address_of(cpft, store, dict(PLAN))).text


@pytest.mark.clause("BTH-3.4.12.2-b")
def test_professional_leave_counts_once_the_manager_or_amd_has_approved_it(
    bth: House, visit: Visit, plan: str, store: Store
) -> None:
    doctor = visit(bth.doctor)
    enter(doctor, plan, "2027-06-04", "2027-06-17", "conference")
    assert "Not granted until approved" in doctor.page.text
    assert "0 days in three years within the United Kingdom" in doctor.page.text
    with store() as session:
        row = session.scalars(select(LeaveTaken.id)).one()
    doctor.send(f"{plan}/{row}/approve", {}, status=403)
    for part in ("directorate", "hr", "service_manager", "colleague"):
        visit(getattr(bth, part)).send(f"{plan}/{row}/approve", {}, status=403)
    manager = visit(bth.manager)
    assert f"{plan}/{row}/approve" in actions(manager.open(plan))
    manager.send(f"{plan}/{row}/approve", {})
    assert f"Approved By {bth.manager.name} on 1 March 2027" in manager.page.text
    assert "14 days in three years within the United Kingdom" in manager.page.text
    with store() as session:
        told = session.scalars(select(Notice).where(Notice.kind == "leave_approved")).one()
    assert told.person_id == bth.doctor.id
    manager.send(f"{plan}/{row}/approve", {}, status=403)


@pytest.mark.clause("BTH-3.4.12.2-a")
def test_more_than_thirty_days_in_three_years_in_the_united_kingdom_are_flagged(
    bth: House, visit: Visit, plan: str
) -> None:
    manager = visit(bth.manager)
    for first, last, in_uk in (
        ("2025-06-02", "2025-06-22", "yes"),
        ("2026-06-01", "2026-06-07", "yes"),
        ("2026-09-01", "2026-09-30", "no"),
        ("2027-02-01", "2027-02-04", "yes"),
    ):
        enter(manager, plan, first, last, "study", in_uk)
        for form in actions(manager.open(plan), "/approve"):
            manager.send(form, {})
    assert "32 days in three years within the United Kingdom" in manager.page.text
    assert "This is over the recommended 30 days in three years. It is no entitlement." in manager.page.text


@pytest.mark.parametrize("part", ["hr", "finance", "service_manager", "board_secretary", "chief_executive"])
def test_leave_is_open_to_the_doctor_and_those_who_manage_them_alone(
    bth: House, visit: Visit, plan: str, part: str
) -> None:
    who = visit(getattr(bth, part))
    who.open(plan, status=403 if part in {"hr", "finance", "service_manager"} else 404)
    if part in {"hr", "finance"}:
        assert plan not in who.open(plan.removesuffix("/leave")).links


@pytest.mark.parametrize(("part", "enters", "approves"), [
    ("doctor", True, False), ("manager", True, True), ("amd", False, True), ("directorate", True, False),
    ("medical_director", False, False),
])  # fmt: skip
def test_each_of_them_is_offered_what_is_theirs(
    bth: House, visit: Visit, plan: str, part: str, enters: bool, approves: bool
) -> None:
    enter(visit(bth.doctor), plan, "2027-06-07", "2027-06-08", "study")
    who = visit(getattr(bth, part))
    assert plan in who.open(plan.removesuffix("/leave")).links
    page = who.open(plan)
    assert (f"{plan}/new" in page.links) == enters
    assert bool(actions(page, "/approve")) == approves
    enter(who, plan, "2027-06-14", "2027-06-14", status=200 if enters else 403)


def test_leave_is_not_entered_twice_and_an_entry_is_taken_out_again(bth: House, visit: Visit, plan: str) -> None:
    doctor = visit(bth.doctor)
    enter(doctor, plan, "2027-06-07", "2027-06-08")
    text = enter(doctor, plan, "2027-06-08", "2027-06-14", status=409).text
    assert "Leave has been entered for that time already: 7 June 2027 to 8 June 2027." in text
    assert (
        "The last day (1 June 2027) is before the first"
        in enter(doctor, plan, "2027-06-02", "2027-06-01", status=409).text
    )
    [form] = actions(doctor.open(plan), "/remove")
    doctor.send(form, {})
    assert "Nothing is entered for this year." in doctor.page.text


def test_leave_of_a_year_that_is_over_makes_room_for_the_next(bth: House, visit: Visit, plan: str) -> None:
    doctor = visit(bth.doctor)
    enter(doctor, plan, "2027-06-07", "2027-06-13")
    assert "Left 15 days" in doctor.page.text
    with time_machine.travel("2028-03-02 10:00:00+00:00", tick=False):
        later = visit(bth.doctor)
        assert "for the year 1 March 2028 to 28 February 2029" in later.open(plan).text
        assert "Left 18 days" in later.page.text
