"""The page on which the sides of a dispute settle it, or the doctor withdraws it."""

from collections.abc import Callable

import pytest

from tests.cases.disputing import begin, refer
from tests.cases.walk import Walk
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
WANTED = {"outcomes-0-outcome": "other", "outcomes-0-value": "Every other Friday", "outcomes-0-pas": "0.25"}


def test_what_one_side_proposes_is_settled_once_the_other_agrees(walk: Walk, visit: Visit) -> None:
    reference = refer(walk, begin(walk))
    manager = visit(walk.house.manager)
    manager.open(f"/cases/{reference}")
    assert f"/cases/{reference}/end" in manager.page.links
    assert manager.open(f"/cases/{reference}/end").heading == "Settle this dispute", "a manager withdraws nothing"
    page = manager.send(f"/cases/{reference}/end/propose", {}, status=422)
    assert page.problems == ["Extra list: Say what is to stand."]
    page = manager.send(f"/cases/{reference}/end/propose", {**WANTED, "outcomes-0-pas": "a bit"}, status=422)
    assert page.problems == ["Extra list: Give the PAs a week as a number from 0 to 20, such as 1.25."]
    assert "Every other Friday" in page.text
    manager.send(f"/cases/{reference}/end/propose", WANTED)
    assert "It waits for the answer of Dr Amina Osei." in manager.open(f"/cases/{reference}/end").text
    assert "proposes how to settle this" not in manager.open(f"/cases/{reference}").text, "it is their own"
    doctor = visit(walk.house.doctor)
    assert "Dr Carys Llewellyn proposes how to settle this" in doctor.open(f"/cases/{reference}").text
    page = doctor.open(f"/cases/{reference}/end")
    assert "Dr Carys Llewellyn proposes this" in page.text
    assert "Otherwise Every other Friday 0.25 PAs a week (+0.25)" in page.text
    assert doctor.send(f"/cases/{reference}/end/answer", {}, status=422).problems == ["Say whether you agree."]
    page = doctor.send(f"/cases/{reference}/end/answer", {"accept": "yes"})
    assert "The dispute is settled." in page.text
    assert walk.case(reference).stage == "Settled"
    doctor.open(f"/cases/{reference}/end", status=404)


def test_a_settlement_that_is_not_agreed_leaves_the_dispute_where_it_is(walk: Walk, visit: Visit) -> None:
    reference = refer(walk, begin(walk))
    manager, doctor = visit(walk.house.manager), visit(walk.house.doctor)
    manager.open(f"/cases/{reference}/end")
    manager.send(f"/cases/{reference}/end/propose", WANTED)
    doctor.open(f"/cases/{reference}/end")
    doctor.send(f"/cases/{reference}/end/answer", {"accept": "no"})
    assert "proposes this" not in doctor.open(f"/cases/{reference}/end").text
    assert walk.case(reference).status == "open"


def test_the_doctor_withdraws_with_a_reason_and_reads_what_then_stands(walk: Walk, visit: Visit) -> None:
    reference = refer(walk, begin(walk))
    doctor = visit(walk.house.doctor)
    page = doctor.open(f"/cases/{reference}/end")
    assert "The job plan then stays as it was before on every point." in page.text
    page = doctor.send(f"/cases/{reference}/end/withdraw", {"reason": ""}, status=422)
    assert page.problems == ["Say why: the other side has to know."]
    page = doctor.send(f"/cases/{reference}/end/withdraw", {"reason": "We have talked"})
    assert "This dispute was withdrawn on Monday 1 March 2027. Nothing in it waits" in page.text
    assert "The reason given: We have talked" in page.text


@pytest.mark.parametrize("part", ["amd", "medical_director", "directorate", "service_manager"])
def test_whoever_is_no_side_of_it_ends_nothing(walk: Walk, visit: Visit, part: str) -> None:
    reference = refer(walk, begin(walk))
    other = visit(getattr(walk.house, part))
    assert f"/cases/{reference}/end" not in other.open(f"/cases/{reference}").links
    page = other.open(f"/cases/{reference}/end", status=403)
    assert "Only the two sides of a dispute can settle it" in page.text
    for deed in ("propose", "answer", "withdraw"):
        other.send(f"/cases/{reference}/end/{deed}", {**WANTED, "accept": "yes", "reason": "No"}, status=403)
    assert walk.case(reference).status == "open"


@pytest.mark.parametrize("part", ["colleague", "hr", "finance"])
def test_a_stranger_learns_nothing_of_it(walk: Walk, visit: Visit, part: str) -> None:
    reference = refer(walk, begin(walk))
    visit(getattr(walk.house, part)).open(f"/cases/{reference}/end", status=403)


def test_a_case_that_is_no_dispute_is_not_ended_here(walk: Walk, visit: Visit) -> None:
    begin(walk)
    visit(walk.house.doctor).open(f"/cases/{walk.case_of(walk.house.doctor)}/end", status=404)
