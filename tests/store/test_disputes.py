"""What the rows of a dispute tell of it: what was entered step by step, what was settled, whose proposal waits."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, World, open_case, open_step, write_fact
from tests.store.test_panel_register import enter
from workflows.store import disputes
from workflows.store.models import Case, Step

ROWS = [{"element": "clinic", "outcome": "current", "value": "", "pas": "1", "reason": ""}]


@pytest.fixture
def case(session: Session, world: World) -> Case:
    return open_case(session, world.cpft, process="disagreement")


def done(session: Session, case: Case, world: World, element: str, **more: str) -> Step:
    """A step that the doctor has completed."""
    step = open_step(session, case, element=element, deadline=more.get("deadline", ""))
    step.status, step.done_by_id, step.ended_at = "done", world.cpft.doctor.id, NOW
    step.screen = more.get("screen", "")
    session.flush()
    return step


def test_what_was_entered_comes_step_by_step_with_whoever_entered_it(
    session: Session, world: World, case: Case
) -> None:
    referred, decided = (done(session, case, world, element) for element in ("refer", "decide"))
    write_fact(session, case, "parties", [1, 2])
    write_fact(session, case, "nature", "The list", step=referred)
    write_fact(session, case, "decision_reasons", "It is needed", step=decided)
    session.flush()
    found = [(one.step.element, one.key, one.value, one.by) for one in disputes.written(session, case_id=case.id)]
    doctor = world.cpft.doctor.name
    assert found == [
        ("refer", "nature", "The list", doctor),
        ("decide", "decision_reasons", "It is needed", doctor),
    ], "what the case wrote by itself nobody has entered"


def test_what_was_settled_comes_in_order_with_the_screen_and_without_empty_rows(
    session: Session, world: World, case: Case
) -> None:
    decision = done(session, case, world, "decide", screen="decision")
    write_fact(session, case, "outcomes", [], step=decision)
    write_fact(session, case, "outcomes", ROWS, step=decision)
    write_fact(session, case, "outcomes", ROWS, at=NOW + timedelta(days=1))
    session.flush()
    assert [(one.screen, one.rows) for one in disputes.settled(session, case_id=case.id)] == [
        ("decision", ROWS),
        ("", ROWS),
    ]


def test_the_newest_proposal_waits_until_it_is_answered(session: Session, world: World, case: Case) -> None:
    assert disputes.proposer(session, case_id=case.id) is None
    write_fact(session, case, "settlement_proposed_by", world.cpft.doctor.id)
    session.flush()
    assert disputes.proposer(session, case_id=case.id) == world.cpft.doctor.id
    write_fact(session, case, "settlement_proposed_by", None)
    session.flush()
    assert disputes.proposer(session, case_id=case.id) is None


def test_statements_are_the_steps_with_their_deadline(session: Session, world: World, case: Case) -> None:
    own = done(session, case, world, "practitioner_statement", deadline="statements")
    done(session, case, world, "refer", deadline="referral")
    assert disputes.statement_steps(session, case_id=case.id, deadline="statements") == [own]


def test_members_of_the_register_come_from_somewhere(session: Session, world: World) -> None:
    row, other = enter(session, world.cpft), world.cpft.doctor
    found = disputes.organisations(session, trust_id=world.cpft.trust.id, person_ids=[row.person_id, other.id])
    assert found == {row.person_id: "Elsewhere"}
    assert disputes.organisations(session, trust_id=world.bth.trust.id, person_ids=[row.person_id]) == {}
