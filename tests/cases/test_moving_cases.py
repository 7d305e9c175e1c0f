"""Running cases moved to another release: what goes with them, what is undone, who may, and what a crash leaves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cases import sketches
from tests.cases.conftest import SQLITE
from tests.cases.moves import (
    NEW,
    RECORD,
    SIGN,
    begin,
    begun,
    clock_moves,
    drawn,
    items,
    longer,
    move,
    number_now,
    seen,
    signing,
    snapshot,
    status,
    undo,
)
from tests.cases.sketches import step
from tests.cases.walk import Walk
from tests.factories import add_person, add_post
from workflows import cases, clock, front_door
from workflows.cases import Actor
from workflows.domain.errors import Broken
from workflows.domain.studio import Permission
from workflows.engine.moving import carrying
from workflows.store import acts
from workflows.store.models import Draft, Firing, MoveBatch, MoveItem, Person, StepHolder
from workflows.studio import moving
from workflows.studio.impact import Filters
from workflows.studio.rights import MayNotMove, NotYourStudio


def test_a_moved_case_goes_on_with_the_new_steps_and_keeps_its_day_its_draft_and_its_holder(
    cpft: Walk, owner: Person
) -> None:
    house, own = cpft.house, signing(cpft)
    due = cpft.deadline(own, "sign_off")
    step_id = cpft.step(house.doctor, "sign_it", own)
    cpft.perform(
        cases.save_draft,
        actor=cpft.actor(house.doctor),
        step_id=step_id,
        values={"signed": "half"},
        version=0,
        now=cpft.at,
    )
    sketches.publish(cpft, NEW)
    assert cpft.case(own).stage == "Sign it"
    cpft.at += timedelta(days=2)
    batch = move(cpft, owner, own)
    assert status(cpft, batch) == "done"
    after = cpft.case(own)
    assert (after.stage, after.status) == ("Sign the plan", "open")
    assert cpft.step(house.doctor, "sign_it", own) == step_id
    assert cpft.deadline(own, "sign_off").due_at == due.due_at
    [event] = cpft.events(own, "case_moved")
    assert (event.who_id, event.release_id) == (owner.id, after.release_id)
    assert event.details["after"] == event.details["before"] + 1
    with cpft.session() as session:
        assert session.scalars(select(Draft.values)).one() == {"signed": "half"}
    cpft.do(house.doctor, "sign_it", own, signed="yes")
    assert cpft.waiting(own) == ["check_it"]
    cpft.do(house.manager, "check_it", own, checked="yes")
    assert cpft.case(own).status == "closed"
    assert cpft.deadlines(own)["sign_off"] == "met"


@SQLITE
def test_each_doctor_of_a_team_keeps_their_own_vote(cpft: Walk, owner: Person) -> None:
    own, house = sketches.run(cpft, sketches.VOTE), cpft.house
    before = {row.item: row.id for row in cpft.steps(own, "vote")}
    assert len(before) > 1
    cpft.do(house.doctor, "vote", own, ballot="yes")
    sketches.publish(cpft, sketches.VOTE.replace('name="Vote"', 'name="Cast your vote"'))
    batch = move(cpft, owner, own)
    assert items(cpft, batch) == {own: "moved"}
    rows = cpft.steps(own, "vote")
    assert {row.item: row.id for row in rows} == before
    assert {row.name for row in rows if row.status == "open"} == {"Cast your vote"}
    assert all(row.holder_id == int(row.item) for row in rows)
    cpft.do(house.colleague, "vote", own, ballot="no")
    assert cpft.ballots(own)[str(house.doctor.id)] == "yes"
    assert cpft.waiting(own) == ["vote"] * (len(before) - 2)


def test_whoever_the_new_diagram_draws_gets_the_step(cpft: Walk, owner: Person) -> None:
    own, house = signing(cpft), cpft.house
    swapped = {"clinical_manager": ("record_it", "check_it", "sign_it"), "practitioner": ("read_it",)}
    sketches.publish(cpft, drawn(RECORD, SIGN, step("read_it", "seen text"), lanes=swapped))
    move(cpft, owner, own)
    [row] = cpft.steps(own, "sign_it")
    assert (row.role, row.holder_id) == ("clinical_manager", house.manager.id)
    with cpft.session() as session:
        held = session.scalars(select(StepHolder.person_id).where(StepHolder.step_id == row.id)).all()
    assert held == [house.manager.id]
    [passed] = cpft.events(own, "holder_changed")
    assert (passed.details["from"], passed.details["to"]) == ([house.doctor.id], [house.manager.id])


def test_a_deadline_that_a_step_gains_runs_from_the_move_and_one_that_it_loses_is_withdrawn(
    cpft: Walk, owner: Person
) -> None:
    own = signing(cpft)
    other = SIGN.replace('deadline="sign_off"', 'deadline="referral"')
    sketches.publish(cpft, drawn(RECORD, other, step("read_it", "seen text")))
    cpft.at += timedelta(days=3)
    batch = move(cpft, owner, own)
    row = cpft.deadline(own, "referral")
    assert (row.starts_on, row.status) == (cpft.at.date(), "open")
    assert cpft.deadlines(own)["sign_off"] == "cancelled"
    assert [one.due_at for one in cpft.steps(own, "sign_it")] == [row.due_at]
    assert {"deadline_opened", "deadline_withdrawn", "case_moved"} <= set(cpft.history(own)[-3:])
    undo(cpft, owner, batch)
    assert cpft.deadlines(own) == {"sign_off": "open", "referral": "cancelled"}
    assert [one.due_at for one in cpft.steps(own, "sign_it")] == [cpft.deadline(own, "sign_off").due_at]
    with cpft.session() as session:
        line = cpft.deadline(own, "sign_off").id
        assert session.scalars(select(Firing.id).where(Firing.deadline_id == line, Firing.status == "waiting")).all()


def test_a_line_of_the_ledger_keeps_the_rule_under_which_it_was_opened(cpft: Walk, owner: Person) -> None:
    own, later = signing(cpft), begun(cpft)
    due = cpft.deadline(own, "sign_off").due_at
    longer(cpft)
    move(cpft, owner, own, later)
    assert cpft.deadline(own, "sign_off").due_at == due
    cpft.do(cpft.house.manager, "record_it", later, meeting_date=cpft.today)
    assert cpft.deadline(later, "sign_off").due_at > due + timedelta(days=30), "what opens now keeps the new rule"
    cpft.live_through(until=(due + timedelta(days=1)).date())
    assert (cpft.deadlines(own)["sign_off"], cpft.deadlines(later)["sign_off"]) == ("missed", "open")


def test_a_batch_is_undone_as_a_whole_and_every_case_is_as_it_was(cpft: Walk, owner: Person) -> None:
    first, second = signing(cpft), begun(cpft)
    swapped = {"clinical_manager": ("record_it", "check_it", "sign_it"), "practitioner": ("read_it",)}
    sketches.publish(cpft, drawn(RECORD, SIGN.replace("Sign it", "Sign"), step("check_it", "ok text"), lanes=swapped))
    before = snapshot(cpft, first), snapshot(cpft, second)
    batch = move(cpft, owner, first, second)
    assert snapshot(cpft, first)[0] != before[0][0]
    tally = undo(cpft, owner, batch)
    assert tally.done["cases put back"] == 2
    assert (snapshot(cpft, first), snapshot(cpft, second)) == before
    assert status(cpft, batch) == "undone"
    assert set(items(cpft, batch).values()) == {"undone"}
    assert [one.kind for one in cpft.events(first, "case_moved_back")] == ["case_moved_back"]
    cpft.do(cpft.house.doctor, "sign_it", first, signed="yes")
    assert cpft.waiting(first) == ["read_it"]
    with cpft.session() as session:
        kinds = {act.kind for act in acts.newest(session, trust_id=cpft.house.trust.id, limit=9)}
    assert {"moves_begun", "moves_undone"} <= kinds


def test_nothing_is_undone_once_one_case_has_moved_on_and_it_is_said_which(cpft: Walk, owner: Person) -> None:
    first, second = signing(cpft), signing(cpft)
    sketches.publish(cpft, NEW)
    batch = move(cpft, owner, first, second)
    cpft.do(cpft.house.doctor, "sign_it", second, signed="yes")
    with pytest.raises(moving.MovedOn, match=second):
        undo(cpft, owner, batch)
    assert status(cpft, batch) == "done"
    assert set(items(cpft, batch).values()) == {"moved"}


def test_a_case_that_moves_on_while_a_batch_is_to_be_undone_leaves_the_whole_batch(cpft: Walk, owner: Person) -> None:
    first, second = signing(cpft), signing(cpft)
    sketches.publish(cpft, NEW)
    batch = move(cpft, owner, first, second)
    before = snapshot(cpft, first)
    cpft.perform(moving.undo, by=cpft.actor(owner), batch_id=batch, now=cpft.at)
    cpft.do(cpft.house.doctor, "sign_it", second, signed="yes")
    assert not clock_moves(cpft).done
    assert snapshot(cpft, first) == before
    with cpft.session() as session:
        row = session.get_one(MoveBatch, batch)
        assert (row.status, second in row.note) == ("done", True)


def test_what_cannot_move_is_refused_with_its_reason_and_holds_up_nobody(cpft: Walk, owner: Person) -> None:
    stuck, free = signing(cpft), begun(cpft)
    sketches.publish(cpft, drawn(RECORD, step("check_it", "checked text")))
    batch = move(cpft, owner, stuck, free)
    assert items(cpft, batch) == {stuck: "refused", free: "moved"}
    with cpft.session() as session:
        reasons = session.scalars(select(MoveItem.reason).where(MoveItem.status == "refused")).all()
    (reason,) = reasons
    assert reason == (
        "The case waits at “Sign it”, which the new diagrams no longer draw, so nobody could finish it there. "
        "It can move once that is done."
    )
    page = seen(cpft)
    assert page.totals == {"stays": 1, "cannot": 1}
    assert [(row.reference, row.answer) for row in page.rows] == [(stuck, "cannot"), (free, "stays")]


def test_the_impact_is_counted_by_process_and_reason_and_narrowed(cpft: Walk, owner: Person) -> None:
    stuck, free = [signing(cpft) for _ in range(3)], begun(cpft)
    sketches.publish(cpft, drawn(RECORD, step("check_it", "checked text")))
    page = seen(cpft)
    assert [(one.process, one.answer, one.number) for one in page.counted] == [
        ("disagreement", "can", 1),
        ("disagreement", "cannot", 3),
    ]
    assert (page.can, page.total, page.may_move) == (1, 4, True)
    reason = next(one.reason for one in page.counted if one.because)
    narrowed = seen(cpft, Filters(reason=reason))
    assert [row.reference for row in narrowed.rows] == stuck
    assert seen(cpft, Filters(answer="can")).rows[0].reference == free
    assert not seen(cpft, number=1).may_move, "cases move to the release that new cases start on"
    batch = begin(cpft, owner)
    clock_moves(cpft)
    assert items(cpft, batch) == {free: "moved"}, "all that can, and no other"


def test_only_who_may_move_moves_and_only_in_their_own_trust(cpft: Walk, bth: Walk, owner: Person) -> None:
    own = signing(cpft)
    sketches.publish(cpft, NEW)
    with cpft.session() as session:
        approver = add_person(session, trust=cpft.house.trust, name="Zoe Catterall")
        add_post(
            session, person=approver, role="process_approver", care_group=cpft.house.care_group, team=cpft.house.team
        )
        session.commit()
        approver_id = approver.id
    words = {"number": number_now(cpft), "chosen": None, "filters": Filters(), "because": "Why", "now": cpft.at}
    refusals: list[tuple[Actor, type[Broken]]] = [
        (Actor(approver_id, cpft.house.trust.id), MayNotMove),
        (cpft.actor(cpft.house.directorate), NotYourStudio),
        (bth.actor(bth.house.directorate), NotYourStudio),
        (Actor(owner.id, bth.house.trust.id), NotYourStudio),
    ]
    for actor, fault in refusals:
        with pytest.raises(fault):
            cpft.perform(moving.begin, by=actor, **words)
    batch = begin(cpft, owner, [own])
    for verb in (moving.stop, moving.go_on, moving.undo):
        for actor, fault in refusals:
            with pytest.raises(fault):
                cpft.perform(verb, by=actor, batch_id=batch, now=cpft.at)
    with pytest.raises(moving.NothingChosen):
        cpft.perform(moving.begin, by=cpft.actor(owner), **{**words, "chosen": [987_654]})
    with pytest.raises(moving.ReasonNeeded):
        cpft.perform(moving.begin, by=cpft.actor(owner), **{**words, "because": "  "})
    with pytest.raises(moving.NotInForce):
        cpft.perform(moving.begin, by=cpft.actor(owner), **{**words, "number": 1})
    assert Permission.MOVE in seen(cpft).may


def test_a_batch_is_stopped_and_goes_on(cpft: Walk, owner: Person) -> None:
    own = signing(cpft)
    sketches.publish(cpft, NEW)
    batch = begin(cpft, owner, [own])
    cpft.perform(moving.stop, by=cpft.actor(owner), batch_id=batch, now=cpft.at)
    assert not clock_moves(cpft).done
    assert (items(cpft, batch), status(cpft, batch)) == ({own: "waiting"}, "stopped")
    cpft.perform(moving.go_on, by=cpft.actor(owner), batch_id=batch, now=cpft.at)
    clock_moves(cpft)
    assert (items(cpft, batch), status(cpft, batch)) == ({own: "moved"}, "done")
    with pytest.raises(moving.NotStopped):
        cpft.perform(moving.go_on, by=cpft.actor(owner), batch_id=batch, now=cpft.at)


def test_clocks_that_look_at_once_move_each_case_once(cpft: Walk, owner: Person) -> None:
    own = [signing(cpft) for _ in range(8)]
    sketches.publish(cpft, NEW)
    batch = begin(cpft, owner, own)
    gate = Barrier(2)

    def look(_number: int) -> clock.Tally:
        gate.wait(timeout=20)
        return clock_moves(cpft)

    with ThreadPoolExecutor(2) as pool:
        tallies = list(pool.map(look, range(2)))
    clock_moves(cpft)
    assert sum(tally.done["cases moved"] for tally in tallies) == len(own)
    assert [cpft.history(reference).count("case_moved") for reference in own] == [1] * len(own)
    assert status(cpft, batch) == "done"


@SQLITE
def test_what_fails_is_told_and_tried_again_and_the_others_go_on(
    cpft: Walk, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = signing(cpft), signing(cpft)
    sketches.publish(cpft, NEW)
    batch, wrong, carry = begin(cpft, owner, [bad, good]), cpft.case(bad).id, carrying.carry

    def failing(session: Session, **words: object) -> object:
        if words["taken"].case.id == wrong:  # type: ignore[attr-defined]
            raise ConnectionError("the database went away")
        return carry(session, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(moving, "carry", failing)
    before = cpft.case(bad)
    clock_moves(cpft)
    assert items(cpft, batch) == {bad: "failed", good: "moved"}
    assert (cpft.case(bad).state, cpft.case(bad).version) == (before.state, before.version)
    assert status(cpft, batch) == "running", "it is tried again"
    assert not clock_moves(cpft).done, "not before its time"
    monkeypatch.undo()
    cpft.at += timedelta(seconds=11)
    clock_moves(cpft)
    assert (items(cpft, batch), status(cpft, batch)) == ({bad: "moved", good: "moved"}, "done")


def test_a_clock_that_dies_half_way_leaves_each_case_moved_or_not_and_another_goes_on(
    cpft: Walk, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = [signing(cpft) for _ in range(4)]
    sketches.publish(cpft, NEW)
    batch = begin(cpft, owner, own)
    perform, calls = front_door.perform, []

    class Died(BaseException):
        """As when a process is killed: nothing catches it."""

    def dying(session: Session, verb: object, **words: object) -> object:
        calls.append(verb)
        if len(calls) == 3:
            verb(session, **words)  # type: ignore[operator]
            session.flush()
            raise Died  # all is written, nothing is committed
        return perform(session, verb, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(front_door, "perform", dying)
    with pytest.raises(Died):
        clock_moves(cpft)
    monkeypatch.undo()
    assert sorted(items(cpft, batch).values()) == ["moved", "moved", "waiting", "waiting"]
    clock_moves(cpft)
    assert set(items(cpft, batch).values()) == {"moved"}
    assert [cpft.history(reference).count("case_moved") for reference in own] == [1] * 4
