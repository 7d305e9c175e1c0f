"""Whose turn it is on the register for one appeal, as the rows tell."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, House, World, open_case, write_fact
from tests.store.test_panel_register import enter
from tests.store.test_parts_played import dispute_of
from workflows.store import panel_register as register
from workflows.store import panel_turns
from workflows.store.models import Case, PanelConflict, PanelMember

BODIES = ("NHS Employers", "BMA", "BDA")


def listed(session: Session, house: House, name: str) -> PanelMember:
    row = enter(session, house, name)
    register.approve(session, row=row, approvals=dict.fromkeys(BODIES, TODAY))
    return row


def turn(session: Session, case: Case, *around: int) -> str:
    found = panel_turns.following(session, case=case, bodies=BODIES, day=TODAY, around=around)
    return found.name if found else ""


@pytest.mark.clause("CPFT-7.8.10-c", "TCS-4-e")
def test_the_turn_passes_over_whoever_is_called_sits_had_a_part_or_a_conflict(session: Session, world: World) -> None:
    house = world.cpft
    plan, dispute = dispute_of(session, house)
    ada, bo, cy, di = (listed(session, house, f"Dr {name} Hope") for name in ("Ada", "Bo", "Cy", "Di"))
    enter(session, house, "Dr Aa Unapproved")
    listed(session, world.bth, "Dr Aa Elsewhere")
    assert turn(session, dispute) == "Dr Ada Hope"
    register.allocate(session, member_id=ada.id, case_id=dispute.id, status="objected", now=NOW)
    assert turn(session, dispute) == "Dr Bo Hope"
    assert turn(session, dispute, bo.person_id) == "Dr Cy Hope"
    write_fact(session, plan, "meeting_present", [bo.person_id])
    assert turn(session, dispute) == "Dr Cy Hope"
    conflict = PanelConflict(member_id=cy.id, care_group_id=house.care_group.id, words="Worked there.")
    register.add(session, row=conflict)
    session.expire_all()
    assert turn(session, dispute) == "Dr Di Hope"
    assert turn(session, dispute, di.person_id) == ""


@pytest.mark.clause("CPFT-7.8.11")
def test_whoever_was_called_to_another_appeal_comes_after_those_who_were_not(session: Session, world: World) -> None:
    house = world.cpft
    _, dispute = dispute_of(session, house)
    ada, bo = listed(session, house, "Dr Ada Hope"), listed(session, house, "Dr Bo Hope")
    first, second = (open_case(session, house, process="disagreement", subject=house.colleague) for _ in range(2))
    register.allocate(session, member_id=ada.id, case_id=first.id, status="proposed", now=NOW)
    assert turn(session, dispute) == "Dr Bo Hope"
    register.allocate(session, member_id=bo.id, case_id=second.id, status="sat", now=NOW + timedelta(days=1))
    assert turn(session, dispute) == "Dr Ada Hope"


def test_a_turn_takes_eight_statements_however_long_the_register_is(
    session: Session, world: World, engine: Engine
) -> None:
    house = world.cpft
    _, dispute = dispute_of(session, house)
    for name in ("Dr Ada Hope", "Dr Bo Hope", "Dr Cy Hope"):
        listed(session, house, name)
    session.flush()
    assert dispute.process == "disagreement"
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    assert turn(session, dispute) == "Dr Ada Hope"
    assert len(sent) == 8
