"""Blackpool: evidence before the meeting, what the meeting shows, and what the agreement rests on."""

from copy import deepcopy
from datetime import date, timedelta

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.stages import agree, meet, moved, prepare, start_plan
from tests.cases.walk import PLAN, Walk
from workflows.domain.errors import BadValues
from workflows.domain.fields import Json
from workflows.inbox import Viewer, panels
from workflows.store.models import Person

pytestmark = SQLITE
BARE: Json = moved(moved(activity="clinic", evidence="", need=""), activity="audit", evidence="", agreed=False)


def booked(walk: Walk, *, days: int = 10, plan: Json = BARE) -> str:
    """A doctor's plan whose meeting is booked for so many days from now."""
    reference = start_plan(walk)
    prepare(walk, reference, plan=plan)
    walk.do(
        walk.house.manager,
        "book_meeting",
        reference,
        meeting_booked_for=(walk.at.date() + timedelta(days=days)).isoformat(),
        meeting_place="Office",
        service_manager_invited=False,
    )
    if "explain_date" in walk.waiting(reference):
        walk.do(walk.house.manager, "explain_date", reference, date_reason="The only day free")
    return reference


def panel(walk: Walk, who: Person, element: str, reference: str) -> panels.PlanPanel:
    with walk.session() as session:
        step = walk.step(who, element, reference)
        found = panels.panel_of(session, viewer=Viewer(who.id, who.trust_id), step_id=step, now=walk.at)
    assert isinstance(found, panels.PlanPanel)
    return found


def gaps(found: panels.PlanPanel) -> set[str]:
    return {each.line for each in found.findings if each.rule in {"evidence", "evidence_or_need"}}


def record(walk: Walk, reference: str) -> None:
    walk.do(
        walk.house.manager,
        "record_meeting",
        reference,
        meeting_date=walk.today,
        meeting_present=[walk.house.doctor.id, walk.house.manager.id],
        private_work_discussed=True,
    )


@pytest.mark.clause("BTH-3.3.2.5")
def test_missing_evidence_is_due_the_day_before_the_meeting(bth: Walk) -> None:
    reference = booked(bth)
    assert bth.waiting(reference) == ["supply_evidence"]
    due = bth.deadline(reference, "evidence")
    assert due.due_on == date.fromisoformat(bth.today) + timedelta(days=9)


@pytest.mark.clause("BTH-3.3.2.5")
def test_evidence_supplied_on_the_doctors_behalf_stands_in_the_plan(bth: Walk) -> None:
    reference = booked(bth)
    bth.do(bth.house.service_manager, "supply_evidence", reference, evidence_given={"clinic": "Clinic list of May"})
    assert bth.waiting(reference) == ["record_meeting"]
    assert bth.deadlines(reference)["evidence"] == "met"
    line = bth.plans(bth.house.doctor)[-1].content["activities"][0]
    assert line["evidence"] == "Clinic list of May"
    assert gaps(panel(bth, bth.house.manager, "record_meeting", reference)) == {"audit"}


@pytest.mark.clause("BTH-3.3.2.5")
def test_the_meeting_takes_place_without_evidence_and_shows_what_is_missing(bth: Walk) -> None:
    reference = booked(bth)
    bth.live_through(until=bth.at.date() + timedelta(days=10))
    assert bth.waiting(reference) == ["record_meeting"]
    assert bth.deadlines(reference)["evidence"] == "missed"
    assert gaps(panel(bth, bth.house.manager, "record_meeting", reference)) == {"clinic", "audit"}


@pytest.mark.parametrize("given", [{}, {"clinic": " "}, {"no such line": "x"}, ["clinic"]])
def test_evidence_belongs_to_a_line_of_the_plan(bth: Walk, given: Json) -> None:
    reference = booked(bth)
    with pytest.raises(BadValues):
        bth.do(bth.house.doctor, "supply_evidence", reference, evidence_given=given)


def test_nobody_is_asked_for_evidence_when_every_line_has_some(bth: Walk) -> None:
    assert bth.waiting(booked(bth, plan=PLAN)) == ["record_meeting"]


def test_cumbria_asks_for_no_evidence_line_by_line(cpft: Walk) -> None:
    reference = booked(cpft)
    assert cpft.waiting(reference) == ["record_meeting"]
    assert "evidence" not in cpft.deadlines(reference)


@pytest.mark.clause("BTH-3.3.2.6")
def test_a_doctor_is_asked_for_evidence_for_the_plan_and_for_a_change_in_the_year(bth: Walk) -> None:
    reference = start_plan(bth)
    bth.do(
        bth.house.service_manager,
        "issue_preparation",
        reference,
        preparation_issued_on=bth.today,
        preparation_issued="Rota",
    )
    assert "evidence" in bth.fields(reference, "prepare_review") & bth.fields(reference, "describe_change")
    bth.do(bth.house.doctor, "prepare_review", reference, effect_on_service="None", effect_on_team="None")
    bth.do(bth.house.doctor, "draft_plan", reference, plan=BARE)
    assert gaps(panel(bth, bth.house.manager, "read_pack", reference)) == {"clinic", "audit"}


@pytest.mark.clause("BTH-3.4.1.6")
def test_lines_with_neither_evidence_nor_need_are_listed_before_agreement(bth: Walk) -> None:
    reference = start_plan(bth)
    plan = moved(activity="clinic", evidence="", need="")
    prepare(bth, reference, plan=plan)
    meet(bth, reference, plan=plan)
    for who, element in ((bth.house.doctor, "answer_plan"), (bth.house.manager, "agree_plan")):
        found = panel(bth, who, element, reference).findings
        assert [(each.line, each.rule, each.clauses) for each in found if "evidence" in each.rule] == [
            ("clinic", "evidence_or_need", ("BTH-3.4.1.6",))
        ]
    agree(bth, reference)
    assert "sign_plan" in bth.waiting(reference)


@pytest.mark.clause("BTH-3.4.5-a", "BTH-3.4.5.2.1-c")
@pytest.mark.parametrize("part", [{"details": ""}, {"agreed": False}, {"evidence": ""}])
def test_supporting_activities_go_on_only_described_agreed_and_with_diary_evidence(bth: Walk, part: Json) -> None:
    reference = start_plan(bth)
    prepare(bth, reference)
    meet_without(bth, reference)
    with pytest.raises(BadValues) as refused:
        bth.do(bth.house.manager, "update_plan", reference, plan=moved(activity="audit", **part))
    assert set(refused.value.problems) == {f"activities.1.{next(iter(part))}"}
    bth.do(bth.house.manager, "update_plan", reference, plan=PLAN)


def meet_without(walk: Walk, reference: str) -> None:
    """The meeting, before the plan is brought up to date."""
    walk.do(
        walk.house.manager,
        "book_meeting",
        reference,
        meeting_booked_for=walk.today,
        meeting_place="Office",
        service_manager_invited=False,
    )
    if "explain_date" in walk.waiting(reference):
        walk.do(walk.house.manager, "explain_date", reference, date_reason="The only day free")
    record(walk, reference)


@pytest.mark.clause("BTH-3.4.8-b", "BTH-3.4.8.6-a")
@pytest.mark.parametrize("kind", ["postgraduate", "local"])
def test_extra_teaching_gets_time_only_with_the_division_and_hr(bth: Walk, kind: str) -> None:
    reference = start_plan(bth)
    prepare(bth, reference)
    meet_without(bth, reference)
    plan = deepcopy(dict(PLAN))
    tutorials = {**plan["activities"][1], "id": "tutorials", "title": "Tutorials", "pas": "0.25", "teaching": kind}
    tutorials |= {"start": "13:00", "end": "14:00"}
    plan["activities"].append(tutorials)
    with pytest.raises(BadValues) as refused:
        bth.do(bth.house.manager, "update_plan", reference, plan=plan)
    assert set(refused.value.problems) == {"activities.2.division", "activities.2.hr"}
    tutorials |= {"division": "Dr Yates", "hr": "I Chaudhry"}
    bth.do(bth.house.manager, "update_plan", reference, plan=plan)
    assert bth.plans(bth.house.doctor)[-1].content["activities"][2]["division"] == "Dr Yates"
