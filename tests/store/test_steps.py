"""Steps, whose they are, and what is half filled in."""

from datetime import timedelta

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from tests.factories import NOW, World, open_case, open_step
from workflows.store import drafts, step_pages, steps
from workflows.store.models import StepHolder

LATER = NOW + timedelta(days=7)


def test_a_step_of_another_trust_is_not_found(session: Session, world: World) -> None:
    step = open_step(session, open_case(session, world.cpft))
    assert steps.get(session, trust_id=world.cpft.trust.id, step_id=step.id) is step
    assert steps.get(session, trust_id=world.bth.trust.id, step_id=step.id) is None


def test_a_step_comes_with_its_case_and_the_stored_state(session: Session, world: World) -> None:
    opened = open_step(session, open_case(session, world.cpft))
    wanted = {"trust_id": opened.trust_id, "step_id": opened.id}
    session.commit()
    session.expunge_all()
    step = steps.get(session, **wanted)
    assert step is not None
    assert "case" not in inspect(step).unloaded
    assert "state" not in inspect(step.case).unloaded


def test_the_steps_of_one_for_each_entry_count_once(session: Session, world: World) -> None:
    case = open_case(session, world.cpft, process="team_planning")
    for person in ("1", "2"):
        open_step(session, case, element="answer", item=person)
    assert steps.occurrences_of_case(session, case_id=case.id) == {("team_planning", "answer"): 1}
    open_step(session, case, element="answer", item="1", occurrence=2)
    assert steps.occurrences_of_case(session, case_id=case.id) == {("team_planning", "answer"): 2}


def test_ending_a_step_takes_it_off_its_holders_lists(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    done = open_step(session, case, element="done", held_by=[world.cpft.doctor])
    waiting = open_step(session, case, element="waiting", held_by=[world.cpft.doctor])
    steps.end(session, steps=[done], status="done", now=NOW)
    session.commit()
    assert {row.step_id: row.status for row in session.query(StepHolder)} == {done.id: "done", waiting.id: "open"}
    assert (done.status, done.ended_at) == ("done", NOW)
    assert steps.open_of_case(session, case_id=case.id) == [waiting]


def test_a_new_holder_replaces_the_old_one(session: Session, world: World) -> None:
    cpft = world.cpft
    case = open_case(session, cpft)
    step = open_step(session, case, held_by=[cpft.manager], due_at=LATER)
    untouched = open_step(session, case, element="other", held_by=[cpft.doctor])
    steps.set_holders(session, held={step: [cpft.amd.id, cpft.amd.id, cpft.colleague.id]})
    held = steps.holders(session, step_ids=[step.id, untouched.id])
    assert held == {step.id: sorted([cpft.amd.id, cpft.colleague.id]), untouched.id: [cpft.doctor.id]}
    assert {row.due_at for row in session.query(StepHolder).filter_by(step_id=step.id)} == {LATER}


def test_a_step_that_nobody_may_act_on_has_no_holders(session: Session, world: World) -> None:
    step = open_step(session, open_case(session, world.cpft))
    assert steps.holders(session, step_ids=[step.id]) == {step.id: []}


def test_a_new_date_reaches_the_open_steps_drawn_with_the_deadline(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    drawn = open_step(session, case, element="sign", deadline="sign_off", held_by=[world.cpft.doctor])
    ended = open_step(session, case, element="signed", deadline="sign_off", held_by=[world.cpft.doctor])
    other = open_step(session, case, element="check", held_by=[world.cpft.doctor])
    elsewhere = open_step(session, open_case(session, world.cpft), deadline="sign_off", held_by=[world.cpft.doctor])
    steps.end(session, steps=[ended], status="done", now=NOW)
    steps.set_due(session, case_id=case.id, deadline="sign_off", due_at=LATER)
    session.expire_all()
    assert [step.due_at for step in (drawn, ended, other, elsewhere)] == [LATER, None, None, None]
    assert {row.step_id for row in session.query(StepHolder).filter_by(due_at=LATER)} == {drawn.id}


# -------------------------------------------------------------------------------------------------------------- drafts


def test_a_draft_is_kept_for_its_person_alone(session: Session, world: World) -> None:
    step = open_step(session, open_case(session, world.cpft))
    mine = {"step_id": step.id, "person_id": world.cpft.directorate.id}
    assert drafts.save_draft(session, **mine, values={"reason": "a"}, version=0, now=NOW) == 1
    assert drafts.save_draft(session, **mine, values={"reason": "ab"}, version=1, now=LATER) == 2
    session.expire_all()
    draft = step_pages.draft(session, **mine)
    assert draft is not None
    assert (draft.values, draft.version, draft.saved_at) == ({"reason": "ab"}, 2, LATER)
    assert step_pages.draft(session, step_id=step.id, person_id=world.cpft.doctor.id) is None


def test_a_page_left_open_does_not_save_over_a_newer_draft(session: Session, world: World) -> None:
    step = open_step(session, open_case(session, world.cpft))
    mine = {"step_id": step.id, "person_id": world.cpft.doctor.id}
    drafts.save_draft(session, **mine, values={"reason": "first"}, version=0, now=NOW)
    drafts.save_draft(session, **mine, values={"reason": "newer"}, version=1, now=NOW)
    for old_page in (0, 1):
        assert drafts.save_draft(session, **mine, values={"reason": "old"}, version=old_page, now=LATER) is None
    draft = step_pages.draft(session, **mine)
    assert draft is not None
    assert draft.values == {"reason": "newer"}


def test_drafts_go_when_their_step_has_ended(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    ended, waiting = open_step(session, case, element="ended"), open_step(session, case, element="waiting")
    for step in (ended, waiting):
        drafts.save_draft(session, step_id=step.id, person_id=world.cpft.doctor.id, values={}, version=0, now=NOW)
    drafts.delete_drafts(session, step_ids=[ended.id])
    assert step_pages.draft(session, step_id=ended.id, person_id=world.cpft.doctor.id) is None
    assert step_pages.draft(session, step_id=waiting.id, person_id=world.cpft.doctor.id) is not None
