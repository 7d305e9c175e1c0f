"""The points in dispute, named on their screen: offered from what differs, and filled in by hand."""

from collections.abc import Callable

import pytest

from tests.cases.walk import PLAN, Walk
from tests.factories import NOW
from tests.webapp.apps import Store
from tests.webapp.test_crafted import at, interim  # noqa: F401 - the case of a new starter
from tests.webapp.visitor import Visitor
from workflows.store.models import Person, PlanVersion

Visit = Callable[[Person], Visitor]


@pytest.mark.clause("CPFT-7.5-b")
def test_the_points_in_dispute_are_recorded_one_by_one(walk: Walk, visit: Visit, interim: str) -> None:  # noqa: F811
    to_dispute(walk, interim)
    manager = at(walk, visit, walk.house.manager, "record_disagreement", interim)
    first = {
        "disputed-0-element": "clinic", "disputed-0-practitioner": "Two hours more", "disputed-0-practitioner_pas": "8",
        "disputed-0-manager": "Two hours less", "disputed-0-manager_pas": "seven", "disputed-0-reason": "",
        "answer-manager_tried": "We met twice.", "answer-failure_to_agree_date-day": "1",
        "answer-failure_to_agree_date-month": "3", "answer-failure_to_agree_date-year": "2027",
    }  # fmt: skip
    assert "As it is now" not in manager.page.text
    page = manager.change("stay", first)
    assert "As it is now: Not in the plan" in page.text, "said by us, for the part that was chosen"
    page = manager.change("complete", first, status=422)
    line = "Outpatient clinic: Monday 09:00 to 13:00, Penrith (7.5 PA)"
    assert page.problems == [f"{line}: Say why it is in dispute."]
    page = manager.change("complete", {**first, "disputed-0-reason": "The clinic has grown."}, status=422)
    assert page.problems == [
        f"{line}: Give the PAs as a number from 0 to 20, such as 1.25; 0 means that the line goes."
    ]
    assert page.values()["disputed-0-practitioner"] == ["Two hours more"]
    assert "“Put your view”" not in page.text
    manager.change("complete", {**first, "disputed-0-reason": "The clinic has grown.", "disputed-0-manager_pas": "7"})
    [point] = walk.facts(interim)["disputed"]
    assert (point["element"], point["current"], point["current_pas"]) == ("clinic", "Not in the plan", "0")
    assert (point["practitioner_pas"], point["manager_pas"]) == ("8", "7")


def test_what_differs_from_the_plan_agreed_last_is_offered_as_points(
    walk: Walk,
    visit: Visit,
    interim: str,  # noqa: F811
    store: Store,
) -> None:
    with store() as session:
        person = {"trust_id": walk.house.trust.id, "person_id": walk.house.doctor.id}
        lines = [{**PLAN["activities"][0], "pas": "7", "end": "12:00"}, *PLAN["activities"][1:]]
        content = {**PLAN, "activities": lines, "base": "Carlisle"}
        session.add(PlanVersion(**person, number=90, status="in_force", content=content, written_at=NOW))
    to_dispute(walk, interim)
    manager = at(walk, visit, walk.house.manager, "record_disagreement", interim)
    assert "Outpatient clinic Agreed last Monday 09:00 to 12:00, Penrith (7 PA) In the draft" in manager.page.text
    assert "offer-audit" not in manager.page.buttons(), "both plans say the same of it"
    page = manager.change("offer-clinic", {})
    values = page.values()
    assert values["disputed-0-element"] == ["clinic"]
    assert (values["disputed-0-practitioner_pas"], values["disputed-0-manager_pas"]) == (["7"], ["7.5"]), (
        "the manager wrote the draft last"
    )
    assert values["disputed-0-manager"] == ["Monday 09:00 to 13:00, Penrith (7.5 PA)"]
    assert "offer-clinic" not in page.buttons(), "it is named once"
    assert page.values()["disputed-0-practitioner"] == ["Monday 09:00 to 12:00, Penrith (7 PA)"]
    assert len([name for name in page.values() if name.endswith("-element")]) == 1, "no empty point is left"


def test_the_start_of_a_plan_is_in_dispute_as_a_date(walk: Walk, visit: Visit, interim: str) -> None:  # noqa: F811
    to_dispute(walk, interim)
    manager = at(walk, visit, walk.house.manager, "record_disagreement", interim)
    typed = {
        "disputed-0-element": "effective_from", "disputed-0-practitioner": "after Easter",
        "disputed-0-manager": "1 April 2027", "disputed-0-reason": "The clinic moves.",
        "answer-manager_tried": "We met twice.", "answer-failure_to_agree_date-day": "1",
        "answer-failure_to_agree_date-month": "3", "answer-failure_to_agree_date-year": "2027",
    }  # fmt: skip
    page = manager.change("complete", typed, status=422)
    assert page.problems == ["Start of the plan: Give the start of the plan as a date, such as 1 April 2027."]
    manager.change("complete", {**typed, "disputed-0-practitioner": "1/5/2027"})
    [point] = walk.facts(interim)["disputed"]
    assert (point["practitioner"], point["manager"]) == ("2027-05-01", "2027-04-01")


def to_dispute(walk: Walk, reference: str) -> None:
    """The two sides do not agree, and have put their views."""
    house = walk.house
    walk.do(house.doctor, "draft_plan", reference, plan=PLAN)
    walk.do(house.manager, "read_pack", reference, pack_read="read")
    booked = {"meeting_booked_for": walk.today, "meeting_place": "Online", "service_manager_invited": False}
    walk.do(house.manager, "book_meeting", reference, **booked)
    met = {"meeting_date": walk.today, "meeting_present": [house.doctor.id, house.manager.id]}
    walk.do(house.manager, "record_meeting", reference, **met, private_work_discussed=True)
    walk.do(house.manager, "update_plan", reference, plan=PLAN)
    walk.do(house.manager, "agree_plan", reference, manager_answer="not_agreed", manager_view="Too many PAs")
    walk.do(house.doctor, "answer_plan", reference, practitioner_answer="agree")
    walk.do(house.doctor, "state_position", reference, position="More clinics", tried_at_review="We talked")
