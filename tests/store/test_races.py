"""Many at once, on both databases: nothing is lost, nothing happens twice, nothing is locked."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories import NOW, World, open_case, open_deadline, open_step, plan_firing
from tests.store.claims import claim_first, deliver_first
from tests.store.threads import at_once
from workflows.store import (
    begin_write,
    case_pages,
    cases,
    demonstration,
    events,
    firings,
    is_race,
    later,
    messages,
    steps,
    taking,
)
from workflows.store.models import Account, Case, Event, Firing, Message, Release, Trust

# --------------------------------------------------------------------------------------------------------- the version


def taken(session: Session, case_id: int) -> Case:
    """A case that is this transaction's alone from here on."""
    return taking.take(session, case_ids=[case_id], today=NOW.date())[case_id].case


def test_eight_threads_bump_one_case_forty_times_and_nothing_is_lost(
    session: Session, world: World, engine: Engine
) -> None:
    case_id = open_case(session, world.cpft).id
    session.commit()

    def bump(own: Session) -> int:
        case = taken(own, case_id)
        case.event_count += 1
        cases.save(own, case=case)
        return case.event_count

    counts = at_once(engine, bump, threads=8, times=40)

    assert sorted(counts) == list(range(1, 321))
    assert session.get_one(Case, case_id, populate_existing=True).event_count == 320


def test_one_of_eight_who_take_a_step_at_once_finds_it_open(session: Session, world: World, engine: Engine) -> None:
    step_id = open_step(session, open_case(session, world.cpft), held_by=[world.cpft.doctor, world.cpft.manager]).id
    trust_id, doctor, manager = world.cpft.trust.id, world.cpft.doctor, world.cpft.manager
    both = {doctor.id: doctor.name, manager.id: manager.name}
    session.commit()

    def finish(own: Session) -> bool:
        found = taking.take_of_step(own, trust_id=trust_id, step_id=step_id, today=NOW.date())
        assert found is not None
        assert set(found.holders) == both.keys()
        assert found.taken.names == both
        first = found.step.status == "open"
        assert list(found.taken.waiting) == ([found.step] if first else [])
        if first:
            steps.end(own, steps=[found.step], status="done", now=NOW)
        return first

    assert sorted(at_once(engine, finish, threads=8)) == [False] * 7 + [True]


def test_a_step_of_another_trust_cannot_be_taken(session: Session, world: World) -> None:
    step_id = open_step(session, open_case(session, world.cpft), held_by=[world.cpft.doctor]).id
    assert taking.take_of_step(session, trust_id=world.bth.trust.id, step_id=step_id, today=NOW.date()) is None


def test_saving_over_another_version_is_a_race(session: Session, world: World, engine: Engine) -> None:
    case_id = open_case(session, world.cpft).id
    session.commit()
    with Session(engine) as other:
        mine = other.get_one(Case, case_id)
        other.expunge(mine)
        other.rollback()
        begin_write(session)
        cases.save(session, case=taken(session, case_id))
        session.commit()
        begin_write(other)
        other.add(mine)
        mine.stage = "too late"
        with pytest.raises(Exception, match="expected to update") as lost:
            other.flush()
        assert is_race(lost.value)


# ------------------------------------------------------------------------------------------------- faults and races


def test_a_number_taken_twice_is_a_race(session: Session, world: World) -> None:
    session.add(Trust(key="CPFT", name="Another", policy="cumbria"))
    with pytest.raises(IntegrityError) as taken:
        session.flush()
    assert is_race(taken.value)


def test_a_row_that_points_nowhere_is_a_fault_not_a_race(session: Session, world: World) -> None:
    session.add(Account(person_id=999, password_hash="x", session_key="x"))
    with pytest.raises(IntegrityError) as fault:
        session.flush()
    assert not is_race(fault.value)


def test_a_status_nobody_wrote_down_is_a_fault_not_a_race(session: Session, world: World) -> None:
    world.cpft.release.status = "sleeping"
    with pytest.raises(IntegrityError) as fault:
        session.flush()
    assert not is_race(fault.value)


def test_a_trust_has_one_published_release(session: Session, world: World) -> None:
    trust_id = world.cpft.trust.id
    session.add(Release(trust_id=trust_id, number=2, status="published", content_hash="x", policy="cumbria"))
    with pytest.raises(IntegrityError) as second:
        session.flush()
    assert is_race(second.value)


# -------------------------------------------------------------------------------------------------------- the counters


def test_references_are_counted_without_gaps_or_twins(session: Session, world: World, engine: Engine) -> None:
    trust_id = world.cpft.trust.id
    given: list[str] = []

    def take(own: Session) -> int:
        given.append(cases.next_reference(own, trust=own.get_one(Trust, trust_id), year=2027))
        return 1

    at_once(engine, take, threads=6, times=10)

    assert sorted(given) == [f"CPFT-2027-{number:04d}" for number in range(1, 61)]


def test_visitors_who_move_the_clock_at_once_move_it_to_the_latest(
    session: Session, world: World, engine: Engine
) -> None:
    hours = iter(range(1, 21))
    at_once(engine, lambda own: demonstration.move_to(own, seconds_ahead=next(hours) * 3600), threads=4, times=5)
    assert demonstration.seconds_ahead(session) == 20 * 3600


# -------------------------------------------------------------------------------------------------------- the clocks


def test_two_clocks_never_claim_one_firing_twice(session: Session, world: World, engine: Engine) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    for rung in range(60):
        plan_firing(session, deadline, rung=rung, at=NOW - timedelta(minutes=rung))
    session.commit()

    def claim_until_empty(own: Session) -> int:
        taken = claim_first(own, now=NOW)
        return taken.id if taken else 0

    claimed = [taken for taken in at_once(engine, claim_until_empty, threads=6, times=15) if taken]

    assert Counter(claimed).most_common(1)[0][1] == 1
    assert len(claimed) == 60
    assert session.query(Firing).filter_by(status="waiting").count() == 0


def test_clocks_that_have_seen_the_same_list_do_each_firing_once(
    session: Session, world: World, engine: Engine
) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    for rung in range(20):
        plan_firing(session, deadline, rung=rung)
    seen = firings.due_ids(session, now=NOW, limit=100)
    session.commit()

    def work_through_the_list(own: Session) -> int:
        return sum(firings.claim(own, firing_id=firing_id, now=NOW) is not None for firing_id in seen)

    assert sum(at_once(engine, work_through_the_list, threads=4)) == 20


def test_a_clock_that_dies_leaves_its_firing_to_the_next(session: Session, world: World, engine: Engine) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    plan_firing(session, deadline)
    session.commit()
    with Session(engine) as dying:
        begin_write(dying)
        assert claim_first(dying, now=NOW)
        dying.rollback()
    begin_write(session)
    assert claim_first(session, now=NOW)


def test_a_message_is_delivered_once(session: Session, world: World, engine: Engine) -> None:
    letters = [
        messages.Letter(trust_id=world.cpft.trust.id, key=f"start-{n}", kind="start", name="team_planning", sent_at=NOW)
        for n in range(40)
    ]
    messages.send(session, letters=letters)
    session.commit()

    def deliver(own: Session) -> int:
        taken = deliver_first(own, now=NOW)
        return taken.id if taken else 0

    delivered = [taken for taken in at_once(engine, deliver, threads=5, times=10) if taken]

    assert sorted(delivered) == sorted(row.id for row in session.query(Message))


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_clock_does_not_wait_for_the_firing_that_another_one_holds(
    session: Session, world: World, engine: Engine
) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    plan_firing(session, deadline, kind="remind", at=NOW - timedelta(hours=1))
    plan_firing(session, deadline, kind="due")
    session.commit()
    with Session(engine) as first, Session(engine) as second:
        one, other = claim_first(first, now=NOW), claim_first(second, now=NOW)
        assert one is not None
        assert other is not None
        assert (one.kind, other.kind) == ("remind", "due")


# -------------------------------------------------------------------------------------------------------- writing


def test_histories_of_several_cases_grow_at_once(session: Session, world: World, engine: Engine) -> None:
    opened = [open_case(session, world.cpft).id for _ in range(4)]
    session.commit()
    turns = iter(range(10_000))
    lock = threading.Lock()

    def append(own: Session) -> int:
        with lock:
            turn = next(turns)
        case = taken(own, opened[turn % 4])
        rows = [new_event(case, number) for number in range(case.event_count + 1, case.event_count + 4)]
        events.append_many(own, rows=rows)
        case.event_count += 3
        cases.save(own, case=case)
        return case.id

    at_once(engine, append, threads=8, times=5)

    session.expire_all()
    for case_id in opened:
        history = reversed(case_pages.events(session, case_id=case_id))
        assert [event.number for event in history] == list(range(1, session.get_one(Case, case_id).event_count + 1))
    assert session.query(Event).count() == 8 * 5 * 3


def test_a_line_of_history_is_never_written_twice(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    events.append_many(session, rows=[new_event(case, 1)])
    later.send(session)
    events.append_many(session, rows=[new_event(case, 1)])
    with pytest.raises(IntegrityError) as taken:
        later.send(session)
    assert is_race(taken.value)


def new_event(case: Case, number: int) -> events.NewEvent:
    return {
        "case_id": case.id,
        "number": number,
        "at": NOW,
        "kind": "case_opened",
        "who_id": None,
        "on_behalf_of_id": None,
        "clause": "",
        "release_id": case.release_id,
        "details": {"number": number},
        "previous": "",
        "hash": f"{case.id}-{number}",
    }
