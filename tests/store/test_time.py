"""The ledger, what time has to do, the outbox, incidents, notices and the clocks."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, House, World, open_case, open_deadline, plan_firing
from tests.store.claims import claim_first, deliver_first
from workflows.store import deadlines, demonstration, firings, heartbeats, incidents, messages, notices, taking
from workflows.store.incidents import IncidentFilters
from workflows.store.models import Deadline, DeadlineChange, Firing, Incident, Message, Notice

HOUR = timedelta(hours=1)

# ---------------------------------------------------------------------------------------------------------- the ledger


def test_a_missed_deadline_and_one_that_was_met_stay_in_the_ledger(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    later = open_deadline(session, case, name="sign_off")
    missed = open_deadline(session, case, name="individual_plan", due_at=NOW - HOUR)
    met = open_deadline(session, case, name="team_meeting")
    missed.status, met.status = "missed", "met"
    taken = taking.take(session, case_ids=[case.id], today=TODAY)[case.id]
    assert taken.deadlines == [later, missed, met]


def test_a_deadline_opened_again_is_the_next_occurrence(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    first, second = open_deadline(session, case), open_deadline(session, case)
    assert (first.occurrence, second.occurrence) == (1, 2)


def test_a_deadline_comes_with_its_changes_and_who_made_them(session: Session, world: World) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    for days in (7, 14):
        made = DeadlineChange(
            kind="extension",
            to_on=deadline.due_on + timedelta(days=days),
            reason="illness",
            by_id=world.cpft.amd.id,
            at=NOW,
        )
        deadlines.change(session, deadline=deadline, made=made)
    ours, theirs, deadline_id = deadline.trust_id, world.bth.trust.id, deadline.id
    session.expunge_all()
    found = deadlines.get(session, trust_id=ours, deadline_id=deadline_id)
    assert found is not None
    assert [change.to_on for change in found.changes] == [
        found.due_on + timedelta(days=7),
        found.due_on + timedelta(days=14),
    ]
    assert found.changes[0].by.name == "Dr Edmund Thwaite"
    assert deadlines.get(session, trust_id=theirs, deadline_id=deadline_id) is None


# ------------------------------------------------------------------------------------------------------------- firings


def planned_for(session: Session, deadline: Deadline) -> list[Firing]:
    return list(session.query(Firing).filter_by(deadline_id=deadline.id).order_by(Firing.at))


def test_planning_a_firing_twice_plans_it_once(session: Session, world: World) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    for at in (NOW, NOW + HOUR):
        plan_firing(session, deadline, at=at)
    [firing] = planned_for(session, deadline)
    assert (firing.at, firing.status) == (NOW, "waiting")


def test_a_firing_that_was_void_waits_again_when_its_date_comes_back(session: Session, world: World) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    plan_firing(session, deadline)
    firings.void(session, deadline_ids=[deadline.id])
    assert claim_first(session, now=NOW) is None
    plan_firing(session, deadline, at=NOW + HOUR)
    session.expire_all()
    [firing] = planned_for(session, deadline)
    assert (firing.status, firing.at) == ("waiting", NOW + HOUR)


def test_what_is_planned_and_made_void_in_one_transaction_does_not_happen(session: Session, world: World) -> None:
    before, after = (open_deadline(session, open_case(session, world.cpft)) for _ in range(2))
    firings.void(session, deadline_ids=[before.id])
    plan_firing(session, after)
    firings.void(session, deadline_ids=[after.id])
    session.commit()
    assert claim_first(session, now=NOW) is None


def test_what_has_fired_never_fires_again(session: Session, world: World) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    plan_firing(session, deadline)
    assert claim_first(session, now=NOW)
    firings.void(session, deadline_ids=[deadline.id])
    plan_firing(session, deadline)
    assert claim_first(session, now=NOW + HOUR) is None


def test_firings_are_claimed_in_order_of_time_and_not_before_it(session: Session, world: World) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    for rung, at in enumerate([NOW, NOW - HOUR, NOW + HOUR]):
        plan_firing(session, deadline, rung=rung, at=at)
    assert firings.next_due_at(session) == NOW - HOUR
    assert len(firings.due_ids(session, now=NOW, limit=10)) == 2
    claimed = [claim_first(session, now=NOW) for _ in range(3)]
    assert [firing.rung if firing else None for firing in claimed] == [1, 0, None]
    assert claimed[0] is not None
    fired = session.get_one(Firing, claimed[0].id)
    assert (fired.status, fired.fired_at) == ("fired", NOW)
    assert fired.deadline.case.reference == "CPFT-2027-0001"
    assert claimed[0].case_id == fired.deadline.case_id


def test_one_firing_may_be_claimed_by_name(session: Session, world: World) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    for rung in range(2):
        plan_firing(session, deadline, rung=rung)
    first, second = firings.due_ids(session, now=NOW, limit=10)
    assert firings.claim(session, firing_id=second, now=NOW) is not None
    assert firings.claim(session, firing_id=second, now=NOW) is None
    assert firings.due_ids(session, now=NOW, limit=10) == [first]


def overtaken(session: Session, firing_id: int, now: datetime) -> bool:
    """Whether a clock that claims it then finds that a later rung speaks for it. The claim is taken back."""
    with session.begin_nested() as attempt:
        claimed = firings.claim(session, firing_id=firing_id, now=now)
        attempt.rollback()
    assert claimed is not None
    return claimed.overtaken


def test_after_an_outage_the_last_rung_speaks_for_those_before_it(session: Session, world: World) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    for rung, hours in enumerate([3, 2, 1]):
        plan_firing(session, deadline, rung=rung, at=NOW - hours * HOUR)
    plan_firing(session, deadline, kind="due", at=NOW - 4 * HOUR)
    rungs = {row.rung: row.id for row in planned_for(session, deadline) if row.kind == "remind"}
    assert overtaken(session, rungs[0], now=NOW)
    assert not overtaken(session, rungs[2], now=NOW)
    assert not overtaken(session, rungs[0], now=NOW - 2 * HOUR - timedelta(minutes=1))
    firings.overtake(session, firing_ids=[rungs[0], rungs[1]])
    assert {row.rung for row in session.query(Firing).filter_by(status="overtaken")} == {0, 1}


def test_a_failed_firing_is_tried_again_later(session: Session, world: World) -> None:
    deadline = open_deadline(session, open_case(session, world.cpft))
    plan_firing(session, deadline)
    [firing_id] = firings.due_ids(session, now=NOW, limit=1)
    incidents.try_later(session, key=f"firing:{firing_id}", until=NOW + HOUR)
    assert claim_first(session, now=NOW) is None
    retried = claim_first(session, now=NOW + HOUR)
    assert retried is not None
    assert session.get_one(Firing, retried.id).attempts == 1


# ---------------------------------------------------------------------------------------------------------- the outbox


def letter(world: World, key: str, **about: object) -> messages.Letter:
    filled = {"kind": "start", "name": "individual_planning", "sent_at": NOW} | about
    return messages.Letter(trust_id=world.cpft.trust.id, key=key, **filled)  # type: ignore[arg-type]


def test_a_message_sent_twice_is_one_message(session: Session, world: World) -> None:
    messages.send(session, letters=[letter(world, "a", facts={"year": "2027/28"}), letter(world, "b")])
    messages.send(session, letters=[letter(world, "a")])
    first, second = session.query(Message).order_by(Message.id)
    assert (first.facts, second.facts) == ({"year": "2027/28"}, {})


def test_a_message_waits_for_its_receiver_and_is_taken_once(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    reply = letter(world, "reply", kind="tell", name="dispute_closed", receiver_id=case.id)
    messages.send(session, letters=[reply, letter(world, "start", receiver_id=case.id)])
    assert messages.waiting_for(session, receiver_id=case.id, names=["cases_closed"]) == []
    waiting = messages.waiting_for(session, receiver_id=case.id, names=["cases_closed", "dispute_closed"])
    assert [message.key for message in waiting] == ["reply"]
    messages.delivered(session, messages=waiting, now=NOW)
    assert messages.waiting_for(session, receiver_id=case.id, names=["dispute_closed"]) == []
    taken = deliver_first(session, now=NOW)
    assert taken is not None
    assert (taken.key, taken.status, taken.delivered_at) == ("start", "delivered", NOW)


def test_a_message_that_nobody_can_take_yet_goes_back_into_the_outbox(session: Session, world: World) -> None:
    messages.send(session, letters=[letter(world, "a")])
    taken = deliver_first(session, now=NOW)
    assert taken is not None
    messages.postpone(session, message_id=taken.id, until=NOW + HOUR)
    session.expire_all()
    assert (taken.status, taken.delivered_at, taken.attempts) == ("waiting", None, 1)
    assert messages.due_ids(session, now=NOW, limit=5) == []
    assert messages.claim(session, message_id=taken.id, now=NOW) is None
    assert messages.claim(session, message_id=taken.id, now=NOW + HOUR) is taken


# ------------------------------------------------------------------------------------------ incidents, notices, clocks


def unsettled(session: Session, house: House) -> list[Incident]:
    found = incidents.of_trust(session, trust_id=house.trust.id, filters=IncidentFilters(), limit=9, offset=0)
    return [one.incident for one in found]


def test_the_same_failure_is_one_incident_counted_and_opened_anew(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    failure = {"trust_id": case.trust_id, "case_id": case.id, "key": f"{case.id}:gate", "element": "gate"}
    first = incidents.record(session, **failure, sentence="No way out.", now=NOW)  # type: ignore[arg-type]
    assert incidents.settle(session, key=f"{case.id}:gate", now=NOW)
    assert not incidents.settle(session, key=f"{case.id}:gate", now=NOW)
    assert unsettled(session, world.cpft) == []
    again = incidents.record(session, **failure, sentence="Still none.", now=NOW + HOUR)  # type: ignore[arg-type]
    assert (first, again) == (1, 2)
    session.expire_all()
    [incident] = unsettled(session, world.cpft)
    assert (incident.sentence, incident.first_at, incident.last_at) == ("Still none.", NOW, NOW + HOUR)
    assert incidents.of_case(session, case_id=case.id) == [incident]
    assert unsettled(session, world.bth) == []


def notice(world: World, key: str, *, case_id: int | None = None) -> notices.NewNotice:
    return notices.NewNotice(
        trust_id=world.cpft.trust.id,
        person_id=world.cpft.doctor.id,
        key=key,
        kind="reminder",
        subject="Sign your plan",
        words="It is due on Monday 29 March 2027.",
        written_at=NOW,
        case_id=case_id,
    )


def test_a_notice_is_written_once_and_read_by_its_person_alone(session: Session, world: World) -> None:
    case = open_case(session, world.cpft)
    doctor, other = world.cpft.doctor.id, world.cpft.hr.id
    notices.add(session, notices=[notice(world, "a", case_id=case.id), notice(world, "b")])
    notices.add(session, notices=[notice(world, "a")])
    oldest, newest = session.query(Notice).order_by(Notice.id)
    assert [(row.key, row.case_id) for row in (oldest, newest)] == [("a", case.id), ("b", None)]
    notices.mark_read(session, person_id=other, notice_ids=[oldest.id], now=NOW)
    session.expire_all()
    assert [row.read_at for row in (oldest, newest)] == [None, None]
    notices.mark_read(session, person_id=doctor, notice_ids=[oldest.id], now=NOW)
    notices.mark_read(session, person_id=doctor, notice_ids=[oldest.id], now=NOW + HOUR)
    session.expire_all()
    assert [row.read_at for row in (oldest, newest)] == [NOW, None]


def test_the_newest_heartbeat_of_any_clock_counts(session: Session) -> None:
    assert heartbeats.latest(session) is None
    heartbeats.beat(session, clock="one", now=NOW, lateness_ms=5)
    heartbeats.beat(session, clock="two", now=NOW + HOUR, lateness_ms=7)
    heartbeats.beat(session, clock="one", now=NOW + 2 * HOUR, lateness_ms=9)
    latest = heartbeats.latest(session)
    assert latest is not None
    assert (latest.clock, latest.beaten_at, latest.lateness_ms) == ("one", NOW + 2 * HOUR, 9)


def test_the_demonstrations_clock_only_goes_forward_from_where_it_is(session: Session) -> None:
    assert demonstration.seconds_ahead(session) == 0
    assert demonstration.move_to(session, seconds_ahead=60) == 60
    assert demonstration.move_to(session, seconds_ahead=30) == 60
    assert demonstration.move_to(session, seconds_ahead=90) == 90
    assert demonstration.seconds_ahead(session) == 90
