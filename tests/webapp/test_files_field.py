"""A question that is answered with documents of the case."""

from collections.abc import Callable

import pytest

from tests.cases.walk import Walk
from tests.factories import House, shipped_files
from tests.webapp.visitor import Visitor
from workflows import papers
from workflows.domain.documents import Limits
from workflows.domain.errors import BadValues
from workflows.papers import File
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]

DRAWN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:accord="https://accord.example/bpmn/1.0" id="d" targetNamespace="https://accord.example/bpmn/1.0">
  <bpmn:process id="individual_planning" name="Evidence" isExecutable="true">
    <bpmn:laneSet id="lanes">
      <bpmn:lane id="lane_practitioner" name="practitioner"><bpmn:flowNodeRef>begin</bpmn:flowNodeRef><bpmn:flowNodeRef>bring</bpmn:flowNodeRef></bpmn:lane>
      <bpmn:lane id="lane_manager" name="clinical_manager"><bpmn:flowNodeRef>look</bpmn:flowNodeRef><bpmn:flowNodeRef>end</bpmn:flowNodeRef></bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="begin"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="bring" name="Bring your evidence">
      <bpmn:documentation>Show what your plan rests on.</bpmn:documentation>
      <bpmn:extensionElements><accord:field key="proof" type="files" label="Which documents show it?" required="true"/></bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:userTask id="look" name="Look at the evidence">
      <bpmn:documentation>Say what you think.</bpmn:documentation>
      <bpmn:extensionElements><accord:field key="found" type="text" label="What do you find?"/></bpmn:extensionElements>
      <bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="end"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="bring"/>
    <bpmn:sequenceFlow id="f2" sourceRef="bring" targetRef="look"/>
    <bpmn:sequenceFlow id="f3" sourceRef="look" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>
"""  # noqa: E501 - a drawing


@pytest.fixture
def files() -> dict[str, str]:
    return shipped_files() | {"processes/individual_planning.bpmn": DRAWN}


def start(walk: Walk, doctor: Person) -> str:
    about = {"subject": doctor.id, "team": walk.house.team.id, "employment_start_date": "2027-02-01"}
    return walk.start(walk.house.directorate, "individual_planning", kind="interim", **about)


def add(walk: Walk, who: Person, reference: str, title: str = "Work diary") -> int:
    file = File("diary.txt", f"{reference} {title}".encode(), "clean")
    return int(
        walk.perform(
            papers.add_document,
            actor=walk.actor(who),
            reference=reference,
            title=title,
            file=file,
            limits=Limits(),
            now=walk.at,
        )
    )


def test_documents_of_the_case_are_chosen_and_named_to_whoever_comes_next(
    walk: Walk, cpft: House, visit: Visit
) -> None:
    reference = start(walk, cpft.doctor)
    doctor = visit(cpft.doctor)
    address = f"/steps/{walk.step(cpft.doctor, 'bring', reference)}"
    assert "There is no document at this stage of the case yet." in doctor.open(address).text
    number = add(walk, cpft.doctor, reference)
    page = doctor.open(address)
    assert "Work diary" in page.text
    assert "add_document" in page.buttons()
    assert "needs an answer" in doctor.fill(status=422).text
    doctor.fill(proof=[str(number)])
    assert walk.facts(reference)["proof"] == [number]
    manager = visit(cpft.manager)
    assert "Work diary" in manager.open(f"/steps/{walk.step(cpft.manager, 'look', reference)}").text
    assert "Which documents show it? Work diary" in manager.open(f"/cases/{reference}").text
    walk.perform(papers.remove_document, actor=walk.actor(cpft.doctor), document_id=number, now=walk.at)
    assert "Work diary (taken out)" in manager.open(f"/cases/{reference}").text


def test_only_documents_of_this_case_that_are_still_there_count(walk: Walk, cpft: House) -> None:
    reference, other = start(walk, cpft.doctor), start(walk, cpft.colleague)
    elsewhere = add(walk, cpft.colleague, other)
    gone = add(walk, cpft.doctor, reference)
    walk.perform(papers.remove_document, actor=walk.actor(cpft.doctor), document_id=gone, now=walk.at)
    step = walk.step(cpft.doctor, "bring", reference)
    for wrong in ([elsewhere], [gone], [999_999], ["1"], [True], "1", [0]):
        with pytest.raises(BadValues):
            walk.complete(cpft.doctor, step, proof=wrong)
    assert walk.waiting(reference) == ["bring"]
