"""The steps of a dispute on the web: what stands beside the questions, and what is to stand of each point."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from tests.cases.disputing import REFERRAL, appeal, begin, book, decide, form_panel, hear, list_member, mediate, refer
from tests.cases.walk import Walk
from tests.webapp.apps import Store
from tests.webapp.test_crafted import at
from tests.webapp.visitor import Visitor
from workflows import cases, releases
from workflows.inbox import Viewer, readers
from workflows.store import step_pages
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]


def test_whoever_has_a_step_reads_what_each_side_wants_and_what_it_does_to_the_pas(walk: Walk, visit: Visit) -> None:
    reference = begin(walk)
    doctor = at(walk, visit, walk.house.doctor, "choose_route", reference)
    text = doctor.page.text
    assert "Extra list Workload As it is now - What the doctor wants no 0.5 PAs a week (+0.5)" in text
    assert "All points together, as the doctor wants them: +0.5 PAs a week" in text
    assert "Referral to the Medical Director: by the end of Monday 15 March 2027" in text
    assert "The doctor Dr Amina Osei" in text


def test_a_talk_that_settles_it_says_of_each_point_what_stands(walk: Walk, visit: Visit) -> None:
    reference = begin(walk)
    walk.do(walk.house.doctor, "choose_route", reference, route="talk")
    amd = at(walk, visit, walk.house.amd, "informal_talk", reference)
    talked = {"talk_date__day": "1", "talk_date__month": "3", "talk_date__year": "2027", "talk_note": "We met"}
    page = amd.fill(status=422, talk_result="settled", **talked)
    assert page.problems == ["Extra list: Say what is to stand."]
    assert "#outcomes-0-outcome" in page.links
    page = amd.change("complete", {"answer-talk_result": "settled", "outcomes-0-outcome": "other"}, status=422)
    assert page.problems == ["Extra list: Say in words what is to stand."]
    page = amd.change("complete", {"outcomes-0-value": "Every other Friday", "outcomes-0-pas": "0,25"}, status=422)
    assert page.problems == ["Extra list: Give the PAs a week as a number from 0 to 20, such as 1.25."]
    assert page.values()["outcomes-0-value"] == ["Every other Friday"]
    amd.change("complete", {"outcomes-0-pas": "0.25", "outcomes-0-reason": "Both can live with it"})
    assert walk.case(reference).status == "closed"
    [row] = walk.facts(reference)["dispute_outcome"]["elements"]
    assert (row["outcome"], row["value"], row["pas"]) == ("other", "Every other Friday", "0.25")


def test_words_about_a_point_without_what_is_to_stand_are_not_lost(walk: Walk, visit: Visit) -> None:
    reference = begin(walk)
    walk.do(walk.house.doctor, "choose_route", reference, route="talk")
    amd = at(walk, visit, walk.house.amd, "informal_talk", reference)
    page = amd.change("complete", {"answer-talk_result": "none", "outcomes-0-reason": "We nearly had it"}, status=422)
    assert page.problems == ["Extra list: Choose what is to stand."]
    assert page.values()["outcomes-0-reason"] == ["We nearly had it"]


@pytest.mark.clause("CPFT-7.8.3-b", "TCS-4-b")
def test_a_referral_with_a_part_left_out_is_refused_and_nothing_is_lost(walk: Walk, visit: Visit) -> None:
    reference = begin(walk)
    walk.do(walk.house.doctor, "choose_route", reference, route="refer", talk_declined_reason="It was tried")
    doctor = at(walk, visit, walk.house.doctor, "refer", reference)
    typed = {key: value for key, value in REFERRAL.items() if key not in {"ideas", "evidence_files"}}
    page = doctor.fill(status=422, **typed)
    assert page.problems == ["“What ideas do you have for a solution?” needs an answer."]
    assert page.values()["answer-nature"] == ["The Friday list"]
    doctor.fill(ideas="Every other Friday")
    manager = at(walk, visit, walk.house.manager, "answer_referral", reference)
    last = "What was said last Refer the dispute to mediation: Dr Amina Osei, 1 March 2027."
    assert f"{last} What is the disagreement about? The Friday list" in manager.page.text
    assert "What kinds of evidence do you give? Diaries" in manager.page.text


@pytest.mark.clause("CPFT-7.8.5-a")
def test_a_decision_is_on_every_point_and_the_doctor_reads_it_point_by_point(walk: Walk, visit: Visit) -> None:
    reference = refer(walk, begin(walk))
    mediate(walk, reference, "not_agreed")
    mediator = at(walk, visit, walk.house.medical_director, "decide", reference)
    assert "outcomes-0-outcome" not in mediator.page.values(), "nothing is decided beforehand"
    page = mediator.fill(status=422, decision_reasons="The service needs it")
    assert page.problems == ["Extra list: Say what is to stand."]
    mediator.change("complete", {"outcomes-0-outcome": "manager", "outcomes-0-reason": "Waits are long"})
    doctor = at(walk, visit, walk.house.doctor, "answer_decision", reference)
    assert "The decision after mediation Of Monday 1 March 2027." in doctor.page.text
    assert "If you do nothing in time, the decision stands." in doctor.page.text
    assert "Extra list What is to stand As the manager wants it yes 0.5 PAs a week (+0.5)" in doctor.page.text
    assert "Why Waits are long" in doctor.page.text


@pytest.mark.clause("CPFT-7.8.9-c")
def test_the_board_finds_the_panels_recommendation_filled_in(walk: Walk, visit: Visit) -> None:
    list_member(walk, "Dr Third Member")
    reference = refer(walk, begin(walk))
    mediate(walk, reference, "not_agreed")
    decide(walk, reference, "manager")
    appeal(walk, reference)
    chair, *_ = form_panel(walk, reference)
    to_recommendation(walk, reference, chair)
    visit(walk.house.board_secretary).send("/demonstration/forward", {"by": "date", "on": walk.today, "next": "/"})
    secretary = at(walk, visit, walk.house.board_secretary, "board_decision", reference)
    assert secretary.page.values()["outcomes-0-outcome"] == ["other"]
    assert secretary.page.values()["outcomes-0-value"] == ["Every other Friday"]
    assert "What the panel recommends" in secretary.page.text
    decided: dict[str, Any] = {
        "board_decided_on__day": str(walk.at.day),
        "board_decided_on__month": str(walk.at.month),
        "board_decided_on__year": "2027",
    }
    boxes = {"answer-board_answer": "accept", "outcomes-0-pas": "0.5"}
    page = secretary.change("complete", boxes, status=422)
    said = "Extra list: The panel recommends something else, but you say that it is accepted."
    assert said in page.text, "an edit is not lost unsaid"
    secretary.change("stay", {"outcomes-0-pas": "0.25"})
    secretary.fill(board_answer="accept", **decided)
    assert walk.case(reference).status == "closed"
    assert walk.facts(reference)["dispute_outcome"]["elements"][0]["pas"] == "0.25"
    text = visit(walk.house.doctor).open(f"/cases/{reference}").text
    assert "A change of pay counts from Monday 1 March 2027: the dispute was referred to mediation" in text


def to_recommendation(walk: Walk, reference: str, chair: Person) -> None:
    """The hearing was held and the panel recommends something of its own."""
    hear(walk, reference, chair)
    rows = [{"element": "friday-list", "outcome": "other", "value": "Every other Friday", "pas": "0.25", "reason": ""}]
    walk.do(chair, "recommend", reference, recommendation="Every other Friday", outcomes=rows)


def test_the_mediator_alone_reads_again_what_each_side_said_in_confidence(walk: Walk, visit: Visit) -> None:
    reference = refer(walk, begin(walk))
    book(walk, reference)
    walk.do(
        walk.house.medical_director, "record_mediation", reference, mediation_meeting_date=walk.today,
        mediation_present=[walk.house.doctor.id, walk.house.manager.id], separate_notes="Would take half",
        mediation_result="another_meeting", outcomes=[], practitioner_heard="No time", manager_heard="Needed",
    )  # fmt: skip
    mediator = at(walk, visit, walk.house.medical_director, "book_mediation", reference)
    assert "Would take half" in mediator.page.text
    walk.perform(
        cases.replace_panel_member, actor=walk.actor(walk.house.directorate), reference=reference, seat="mediator",
        person_id=walk.house.hr.id, reason="Ill", can_sit=True, now=walk.at,
    )  # fmt: skip
    after = at(walk, visit, walk.house.hr, "book_mediation", reference)
    assert "Would take half" not in after.page.text, "what was told in confidence stays with whoever heard it"
    assert "Would take half" not in after.open(f"/cases/{reference}").text


def test_a_missing_document_is_added_on_the_way_and_what_was_typed_is_still_there(walk: Walk, visit: Visit) -> None:
    reference = begin(walk)
    walk.do(walk.house.doctor, "choose_route", reference, route="refer", talk_declined_reason="It was tried")
    doctor = visit(walk.house.doctor)
    address = f"/steps/{walk.step(walk.house.doctor, 'refer', reference)}"
    doctor.open(address)
    page = doctor.fill("add_document", nature="The Friday list")
    assert page.heading == "Add a document"
    assert address in page.links
    step = address.rpartition("/")[2]
    boxes = {"csrf_token": page.token, "title": "Work diary", "file": (BytesIO(b"A diary"), "diary.txt")}
    sent = doctor.client.post(f"/cases/{reference}/documents/add?step={step}", data=boxes)
    assert sent.headers["Location"] == address
    page = doctor.open(address)
    assert page.values()["answer-nature"] == ["The Friday list"]
    assert "Which documents of this case do you rely on? (optional) Choose all that apply. Work diary" in page.text


@pytest.mark.clause("TCS-4-i")
def test_a_hearing_goes_in_the_policys_order_and_everybody_finds_who_sits(walk: Walk, visit: Visit) -> None:
    list_member(walk, "Dr Third Member")
    reference = refer(walk, begin(walk))
    mediate(walk, reference, "not_agreed")
    decide(walk, reference, "manager")
    appeal(walk, reference)
    doctor = at(walk, visit, walk.house.doctor, "answer_third", reference)
    assert "Who would be the third member Dr Third Member, Another trust: called least recently" in doctor.page.text
    form_panel(walk, reference)
    chief = at(walk, visit, walk.house.chief_executive, "book_hearing", reference)
    text = chief.page.text
    shared = at(walk, visit, walk.house.directorate, "book_hearing", reference).page.text
    assert "Chair of the panel Dr Chair Person" in shared, "before somebody takes it on, too"
    assert text.index("Management states its case") < text.index("states the case")
    assert "Third member of the panel, from the register Dr Third Member Another trust" in text
    assert "Chair of the panel Dr Chair Person" in text
    assert "Meeting of the appeal panel: by the end of Monday 5 April 2027" in text


def test_a_step_that_either_side_may_do_says_nothing_of_which_side_reads_it(walk: Walk, store: Store) -> None:
    reference = begin(walk)
    walk.do(walk.house.doctor, "choose_route", reference, route="talk")
    house = walk.house
    sides = {house.doctor: "practitioner", house.manager: "clinical_manager", house.amd: "amd"}
    assert {who: reads(walk, store, who, "informal_talk", reference) for who in sides} == {
        who: {role} for who, role in sides.items()
    }


def test_whoever_does_a_step_of_one_side_alone_reads_for_that_side(walk: Walk, store: Store) -> None:
    reference = begin(walk)
    house = walk.house
    walk.do(house.doctor, "choose_route", reference, route="refer", talk_declined_reason="It was tried")
    walk.do(house.doctor, "refer", reference, **REFERRAL)
    walk.do(house.manager, "answer_referral", reference, other_position="The list is needed")
    assert reads(walk, store, house.medical_director, "name_mediator", reference) == {"medical_director"}


def reads(walk: Walk, store: Store, who: Person, element: str, reference: str) -> frozenset[str]:
    """The roles in which somebody with a step reads."""
    with store() as session:
        row = step_pages.opened_step(session, trust_id=walk.house.trust.id, step_id=walk.step(who, element, reference))
        assert row is not None
        drawing = releases.of(session, release_id=row.case.release_id).diagrams.drawing(row.step.process)
        viewer, node = Viewer(who.id, walk.house.trust.id), drawing.nodes[element]
        return readers.on_step(session, viewer=viewer, case=row.case, step=row.step, node=node, now=walk.at).roles
