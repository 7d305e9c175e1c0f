"""Taking cases with all that belongs to them, and writing what nobody asks back together."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, World, open_case, open_deadline, open_step, plan_firing
from workflows.store import begin_write, deadlines, facts, firings, incidents, later, steps, taking
from workflows.store.facts import NewFact
from workflows.store.models import Case, Fact, Firing, Step

POSTGRES = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


def fact(case: Case, value: int) -> NewFact:
    return NewFact(case.id, "amount", 1, "", value, "number", None, None, NOW)


def test_cases_that_are_taken_together_each_have_their_own(session: Session, world: World) -> None:
    house = world.cpft
    one, other = open_case(session, house), open_case(session, house)
    open_step(session, one, held_by=[house.doctor, house.manager])
    open_step(session, one, task="another", held_by=[house.doctor])
    line = open_deadline(session, other)
    facts.add(session, rows=[fact(one, 1), fact(other, 2)])
    taken = taking.take(session, case_ids=[one.id, other.id], today=TODAY)
    assert set(taken) == {one.id, other.id}
    assert [len(people) for people in taken[one.id].waiting.values()] == [2, 1]
    assert taken[other.id].waiting == {}
    assert [row.value for row in taken[one.id].facts] == [1]
    assert [row.value for row in taken[other.id].facts] == [2]
    assert taken[one.id].deadlines == []
    assert taken[other.id].deadlines == [line]
    assert house.manager.id in {post.person_id for post in taken[one.id].posts}
    kept = taken[one.id].next_step_ids + taken[other.id].next_step_ids
    assert len(set(kept)) == len(kept)
    assert min(kept) > max(session.scalars(select(Step.id)))


def test_a_post_of_another_trust_counts_for_no_case(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    held = {post.person_id for post in taking.take(session, case_ids=[case.id], today=TODAY)[case.id].posts}
    assert held
    assert world.bth.manager.id not in held


def test_what_is_written_later_is_there_for_the_next_question(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    facts.add(session, rows=[fact(case, 1)])
    assert later.LATER in session.info
    assert session.scalar(select(func.count()).select_from(Fact)) == 1
    assert later.LATER not in session.info


def test_what_is_written_later_comes_with_the_commit_and_goes_with_a_rollback(
    session: Session, world: World, engine: Engine
) -> None:
    case = open_case(session, world.cpft)
    session.commit()
    begin_write(session)
    facts.add(session, rows=[fact(case, 1)])
    session.rollback()
    begin_write(session)
    facts.add(session, rows=[fact(case, 2)])
    session.commit()
    with Session(engine) as own:
        assert list(own.scalars(select(Fact.value))) == [2]


def test_a_line_that_a_move_has_changed_is_written_once_and_stays_as_it_is(session: Session, world: World) -> None:
    line = open_deadline(session, open_case(session, world.cpft))
    line.status, line.ended_at = "met", NOW
    deadlines.save(session, deadlines=[line])
    session.commit()
    session.expire_all()
    assert (line.status, line.ended_at) == ("met", NOW)


def test_due_things_are_taken_up_together_but_not_those_that_have_failed(session: Session, world: World) -> None:
    line = open_deadline(session, open_case(session, world.cpft))
    for rung in range(3):
        plan_firing(session, line, rung=rung, at=NOW - timedelta(hours=3 - rung))
    failed, *_ = firings.due_ids(session, now=NOW, limit=1)
    incidents.try_later(session, key=f"firing:{failed}", until=NOW - timedelta(hours=3))
    claimed = firings.claim_many(session, now=NOW, limit=10)
    assert [(one.rung, one.overtaken) for one in claimed] == [(1, True), (2, False)]
    assert firings.due_ids(session, now=NOW, limit=10) == [failed]


@POSTGRES
def test_a_case_on_which_somebody_is_working_is_left_for_the_next_look(
    session: Session, world: World, engine: Engine
) -> None:
    busy, free = open_case(session, world.cpft), open_case(session, world.cpft)
    for case in (busy, free):
        plan_firing(session, open_deadline(session, case))
    session.commit()
    with Session(engine) as clock:
        taking.take(session, case_ids=[busy.id], today=TODAY)
        assert [one.case_id for one in firings.claim_many(clock, now=NOW, limit=10)] == [free.id]
    session.rollback()
    with Session(engine) as clock:
        assert len(firings.claim_many(clock, now=NOW, limit=10)) == 2
        assert clock.scalar(select(func.count()).where(Firing.status == "waiting")) == 0


def test_steps_open_under_the_ids_that_were_kept_for_them(session: Session, world: World) -> None:
    house = world.cpft
    case = open_case(session, house)
    example = open_step(session, case, held_by=[house.doctor])
    kept = taking.take(session, case_ids=[case.id], today=TODAY)[case.id].next_step_ids
    fields = {key: getattr(example, key) for key in ("trust_id", "case_id", "process", "element", "name", "role")}
    for tasks in (["second", "third"], [f"step {number}" for number in range(len(kept) + 1)]):
        opened = {
            Step(**fields, task=task, caller="", item="", occurrence=2, screen="", deadline=""): [house.manager.id]
            for task in tasks
        }
        for step in opened:
            step.queue, step.status, step.opened_at = "", "open", NOW
        steps.add(session, opened=opened, kept_ids=kept)
        ids = [step.id for step in opened]
        assert (ids == kept[: len(ids)]) == (len(ids) <= len(kept))
        assert steps.holders(session, step_ids=ids) == {step_id: [house.manager.id] for step_id in ids}
