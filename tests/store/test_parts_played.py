"""Who had a part in a dispute before its panel is formed, as the rows tell."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.factories import NOW, House, World, add_person, open_case, open_step, write_fact
from tests.store.test_panel_register import enter
from workflows.domain.panels import Part
from workflows.store import case_roles, parts_played, steps
from workflows.store import panel_register as register
from workflows.store.models import Case, Person, PlanVersion, Signature


def of(session: Session, case: Case, person: Person) -> Part | None:
    return parts_played.of_dispute(session, case=case).get(person.id)


def dispute_of(session: Session, house: House) -> tuple[Case, Case]:
    """A plan's case and the dispute that came from it."""
    plan = open_case(session, house)
    return plan, open_case(session, house, process="disagreement", parent=plan)


def version(session: Session, case: Case, number: int = 1, **more: Any) -> PlanVersion:
    given = {"trust_id": case.trust_id, "person_id": case.subject_id, "case_id": case.id, "status": "draft"}
    row = PlanVersion(**{**given, "number": number, "content": {}, "written_at": NOW, **more})
    session.add(row)
    session.flush()
    return row


@pytest.mark.clause("TCS-4-e")
def test_whoever_signed_or_edited_any_version_had_a_part_in_whose_name_they_did_it_too(
    session: Session, world: World
) -> None:
    house = world.cpft
    plan, dispute = dispute_of(session, house)
    earlier = open_case(session, house, at=NOW - timedelta(days=700))
    old = version(session, earlier, 1, written_by_id=house.colleague.id)
    signed = {"case_id": earlier.id, "plan_version_id": old.id, "sections": {}, "signed_at": NOW, "role": "amd"}
    session.add(Signature(person_id=house.amd.id, on_behalf_of_id=house.manager.id, **signed))
    version(session, plan, 2, case_id=None, written_by_id=house.hr.id)
    session.flush()
    assert of(session, dispute, house.amd) == of(session, dispute, house.manager) == Part("signed")
    assert of(session, dispute, house.colleague) == of(session, dispute, house.hr) == Part("wrote")
    assert of(session, dispute, house.finance) is None


@pytest.mark.clause("TCS-4-e")
def test_whoever_was_at_a_meeting_or_took_a_step_of_it_had_a_part(session: Session, world: World) -> None:
    house = world.cpft
    plan, dispute = dispute_of(session, house)
    write_fact(session, plan, "meeting_present", [house.doctor.id, house.colleague.id])
    write_fact(session, dispute, "mediation_present", [house.service_manager.id])
    write_fact(session, dispute, "hearing_present", [house.second_directorate.id])
    done = open_step(session, plan, element="check_plan", held_by=[house.directorate])
    waiting = open_step(session, dispute, element="book", held_by=[house.finance])
    by: dict[str, Any] = {"done_by_id": house.directorate.id, "on_behalf_of_id": house.hr.id}
    steps.end(session, steps=[done], status="done", now=NOW, **by)
    assert of(session, dispute, house.colleague) == of(session, dispute, house.service_manager) == Part("attended")
    assert of(session, dispute, house.directorate) == of(session, dispute, house.hr) == Part("step", "Check plan")
    assert waiting.status == "open"
    assert of(session, dispute, house.finance) is None, "a step that only waits is no part"
    assert of(session, dispute, house.second_directorate) is None, "the hearing is the panel's own"


@pytest.mark.clause("TCS-4-e")
def test_whoever_mediated_or_sat_on_a_panel_for_that_doctor_had_a_part_and_others_disputes_count_for_nothing(
    session: Session, world: World
) -> None:
    house = world.cpft
    _, dispute = dispute_of(session, house)
    _, earlier = dispute_of(session, house)
    elsewhere = open_case(session, house, process="disagreement", subject=house.colleague)
    chair, other = (add_person(session, trust=house.trust, name=name) for name in ("Dr Chair Once", "Dr Other Panel"))
    seat: dict[str, Any] = {"now": NOW, "by_id": None}
    case_roles.seat(session, case_id=earlier.id, seat="mediator", people=[house.medical_director.id], **seat)
    case_roles.seat(session, case_id=earlier.id, seat="chair", people=[chair.id], **seat)
    case_roles.seat(session, case_id=dispute.id, seat="management", people=[house.manager.id], **seat)
    case_roles.seat(session, case_id=elsewhere.id, seat="chair", people=[other.id], **seat)
    assert of(session, dispute, house.medical_director) == Part("mediated")
    assert of(session, dispute, chair) == Part("panel")
    assert of(session, dispute, house.manager) == Part("party")
    assert of(session, dispute, other) is None


def test_the_parts_come_in_two_statements_however_many_cases_there_are(
    session: Session, world: World, engine: Engine
) -> None:
    house = world.cpft
    _, dispute = dispute_of(session, house)
    for _ in range(3):
        write_fact(session, open_case(session, house), "meeting_present", [house.colleague.id])
    session.flush()
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    assert of(session, dispute, house.colleague) == Part("attended")
    assert len(sent) == 2


def test_who_was_called_to_a_case_comes_with_what_became_of_it(session: Session, world: World) -> None:
    house = world.cpft
    _, dispute = dispute_of(session, house)
    ada, bo = enter(session, house), enter(session, house, "Dr Bo Hope")
    for row, status in ((ada, "proposed"), (bo, "proposed"), (ada, "objected")):
        register.allocate(session, member_id=row.id, case_id=dispute.id, status=status, now=NOW)
    called = register.called_to(session, case_id=dispute.id)
    assert [(one.person_id, one.status) for one in called] == [(ada.person_id, "objected"), (bo.person_id, "proposed")]
    assert register.called_to(session, case_id=dispute.id + 1) == []
