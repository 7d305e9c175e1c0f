"""The ledger: when a day ends, what is late and what has lapsed, what extensions, pauses and corrections move."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cases import sketches
from tests.cases.conftest import SQLITE
from tests.cases.stages import start_plan
from tests.cases.walk import Walk
from workflows import deadlines
from workflows.deadlines.changing import Ended, NotYoursToChange
from workflows.domain.deadlines import NotLater, PauseTooLate
from workflows.engine import ledger, runner
from workflows.engine.ledger import RightLapsed
from workflows.engine.moves import NOBODY
from workflows.store.models import Case, Firing

pytestmark = SQLITE


def chased(walk: Walk, meeting: date) -> str:
    """A case whose signature runs from that meeting."""
    reference = sketches.run(walk, sketches.CHASED)
    walk.do(walk.house.manager, "record_it", reference, meeting_date=meeting.isoformat())
    return reference


def appeal(walk: Walk) -> str:
    """A case whose appeal runs from today."""
    reference = sketches.run(walk, sketches.APPEAL)
    walk.do(walk.house.directorate, "record_outcome", reference)
    return reference


def change(walk: Walk, verb: str, reference: str, name: str, **words: object) -> None:
    """Extend, pause or resume as the directorate."""
    walk.perform(
        getattr(deadlines, verb),
        actor=walk.actor(walk.house.directorate),
        deadline_id=walk.deadline(reference, name).id,
        now=walk.at,
        **words,
    )


def waiting_firings(walk: Walk, reference: str, name: str) -> list[tuple[str, date]]:
    """What time has yet to do for a row."""
    with walk.session() as session:
        rows = session.query(Firing).where(Firing.deadline_id == walk.deadline(reference, name).id)
        return [(row.kind, row.at.date()) for row in rows.order_by(Firing.at) if row.status == "waiting"]


# ---------------------------------------------------------------------------------------------- the end of the day


@pytest.mark.parametrize(
    ("meeting", "end"),
    [
        (date(2027, 2, 27), datetime(2027, 3, 28, 0, 0, tzinfo=UTC)),
        (date(2027, 2, 28), datetime(2027, 3, 28, 23, 0, tzinfo=UTC)),
        (date(2027, 10, 2), datetime(2027, 10, 30, 23, 0, tzinfo=UTC)),
        (date(2027, 10, 3), datetime(2027, 11, 1, 0, 0, tzinfo=UTC)),
        (date(2027, 12, 3), datetime(2028, 1, 1, 0, 0, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_in_london_also_when_the_clocks_change(cpft: Walk, meeting: date, end: datetime) -> None:
    cpft.set_day(meeting)
    early, late = chased(cpft, meeting), chased_again(cpft, meeting)
    assert cpft.deadline(early, "sign_off").due_at == end
    step, other = (cpft.steps(one, "sign_it")[0].id for one in (early, late))
    cpft.at = end - timedelta(microseconds=1)
    cpft.complete(cpft.house.doctor, step, signed="x")
    cpft.at = end
    cpft.complete(cpft.house.colleague, other, signed="x")
    assert (cpft.deadlines(early)["sign_off"], cpft.deadlines(late)["sign_off"]) == ("met", "missed")
    assert cpft.history(late).count("deadline_met_late") == 1


def chased_again(walk: Walk, meeting: date) -> str:
    """The same about the colleague."""
    house = walk.house
    reference = walk.start(house.directorate, "disagreement", subject=house.colleague.id, team=house.team.id)
    walk.do(house.manager, "record_it", reference, meeting_date=meeting.isoformat())
    return reference


def test_an_appeal_sent_in_after_its_day_is_refused_before_any_clock_has_looked(cpft: Walk) -> None:
    own = appeal(cpft)
    assert cpft.deadline(own, "lodge_appeal").due_on == date(2027, 3, 15)
    cpft.at = cpft.deadline(own, "lodge_appeal").due_at
    step = cpft.step(cpft.house.doctor, "lodge_appeal", own)
    before = cpft.case(own)
    with pytest.raises(RightLapsed) as refused:
        cpft.complete(cpft.house.doctor, step, grounds="Too late")
    assert refused.value.sentence == (
        "The time for this ended at the end of Monday 15 March 2027. "
        "Appeal against the outcome of mediation can no longer be sent in from here."
    )
    assert cpft.case(own).version == before.version
    assert "grounds" not in cpft.facts(own)
    cpft.tick()
    assert cpft.waiting(own) == ["admit_late"]
    assert cpft.deadlines(own)["lodge_appeal"] == "lapsed"
    assert "deadline_met_late" not in cpft.history(own)
    [fired] = cpft.events(own, "timer_fired")
    assert fired.details["title"] == "Appeal against the outcome of mediation"
    assert fired.clause == "CPFT-7.8.8-a"


def test_an_appeal_on_its_last_day_counts_and_the_timer_never_fires(cpft: Walk) -> None:
    own = appeal(cpft)
    cpft.at = cpft.deadline(own, "lodge_appeal").due_at - timedelta(seconds=1)
    cpft.do(cpft.house.doctor, "lodge_appeal", own, grounds="In time")
    cpft.pass_time(days=30)
    assert cpft.case(own).status == "closed"
    assert "timer_fired" not in cpft.history(own)
    assert cpft.deadlines(own)["lodge_appeal"] == "met"


def test_late_work_stays_to_be_done_while_the_timer_asks_somebody_to_chase_it(cpft: Walk) -> None:
    own = chased(cpft, cpft.at.date())
    cpft.live_through(until=date(2027, 3, 31))
    assert cpft.waiting(own) == ["chase_it", "correct_it", "sign_it"]
    assert cpft.deadlines(own)["sign_off"] == "missed"
    cpft.do(cpft.house.doctor, "sign_it", own, signed="x")
    assert cpft.history(own).count("timer_fired") == 1
    assert cpft.history(own).count("deadline_missed") == 1
    assert cpft.history(own).count("deadline_met_late") == 1


def test_a_step_that_its_timer_takes_away_is_over_with_its_time_and_never_counts_as_done(cpft: Walk) -> None:
    own = sketches.run(cpft, sketches.TAKEN_AWAY)
    cpft.do(cpft.house.manager, "record_it", own, meeting_date=cpft.today)
    step = cpft.step(cpft.house.doctor, "sign_it", own)
    cpft.at = cpft.deadline(own, "sign_off").due_at
    with pytest.raises(RightLapsed):
        cpft.complete(cpft.house.doctor, step, signed="x")
    cpft.tick()
    assert cpft.waiting(own) == ["chase_it", "correct_it"]
    row = cpft.deadline(own, "sign_off")
    assert (row.status, row.ended_at) == ("missed", cpft.at)
    assert not {"deadline_met", "deadline_met_late"} & set(cpft.history(own))


# ------------------------------------------------------------------------------------ extensions, pauses, corrections


def test_an_extension_moves_the_date_its_reminders_and_its_drawn_timer(cpft: Walk) -> None:
    own = appeal(cpft)
    change(cpft, "extend", own, "lodge_appeal", to_on=date(2027, 3, 31), reason="The letter came late")
    row = cpft.deadline(own, "lodge_appeal")
    assert (row.due_on, row.due_at) == (date(2027, 3, 31), datetime(2027, 3, 31, 23, tzinfo=UTC))
    assert cpft.steps(own, "lodge_appeal")[0].due_at == row.due_at
    planned = [("remind", date(2027, 3, 24)), ("remind", date(2027, 3, 29)), ("due", date(2027, 3, 31))]
    assert waiting_firings(cpft, own, "lodge_appeal") == planned
    cpft.live_through(until=date(2027, 3, 31))
    assert cpft.waiting(own) == ["lodge_appeal"]
    cpft.live_through(until=date(2027, 4, 1))
    assert cpft.waiting(own) == ["admit_late"]
    with pytest.raises(Ended):
        change(cpft, "extend", own, "lodge_appeal", to_on=date(2027, 5, 1), reason="Again")


def test_a_stopped_clock_makes_nothing_late_and_gives_its_days_back(cpft: Walk) -> None:
    own = appeal(cpft)
    cpft.at += timedelta(days=4)
    change(cpft, "pause", own, "lodge_appeal", reason="The doctor is ill")
    assert waiting_firings(cpft, own, "lodge_appeal") == []
    assert cpft.steps(own, "lodge_appeal")[0].due_at is None, "nothing is due while the clock is stopped"
    cpft.live_through(until=date(2027, 3, 25))
    assert cpft.deadlines(own)["lodge_appeal"] == "open"
    change(cpft, "resume", own, "lodge_appeal")
    row = cpft.deadline(own, "lodge_appeal")
    assert row.due_on == date(2027, 4, 4), "twenty days were lost"
    assert cpft.steps(own, "lodge_appeal")[0].due_at == row.due_at
    assert ("due", date(2027, 4, 4)) in waiting_firings(cpft, own, "lodge_appeal")
    kinds = ["deadline_paused", "deadline_resumed"]
    assert [kind for kind in cpft.history(own) if kind in kinds] == kinds


def test_what_is_done_while_the_clock_is_stopped_is_not_late(cpft: Walk) -> None:
    own = chased(cpft, cpft.at.date())
    change(cpft, "pause", own, "sign_off", reason="The doctor is ill")
    cpft.at += timedelta(days=60)
    cpft.do(cpft.house.doctor, "sign_it", own, signed="x")
    assert cpft.deadlines(own)["sign_off"] == "met"
    assert "deadline_met_late" not in cpft.history(own)


def test_a_clock_is_not_stopped_once_its_day_has_passed(cpft: Walk) -> None:
    own = chased(cpft, cpft.at.date())
    due = cpft.deadline(own, "sign_off").due_on
    cpft.live_through(until=due + timedelta(days=1))
    with pytest.raises(PauseTooLate) as refused:
        change(cpft, "pause", own, "sign_off", reason="The doctor is ill")
    assert "29 March 2027" in refused.value.sentence
    with cpft.session() as session:
        [row] = cpft.rows(session, own, "sign_off")
        assert not row.is_stopped
    assert cpft.steps(own, "sign_it")[0].due_at is not None, "it still shows as late"


def test_a_clock_can_be_stopped_on_its_last_day(cpft: Walk) -> None:
    own = chased(cpft, cpft.at.date())
    cpft.live_through(until=cpft.deadline(own, "sign_off").due_on)
    change(cpft, "pause", own, "sign_off", reason="The doctor is ill")
    assert waiting_firings(cpft, own, "sign_off") == []


def test_the_date_of_the_whole_case_moves_on_its_steps_too(cpft: Walk) -> None:
    own = start_plan(cpft, kind="interim", employment_start_date=cpft.today)
    change(cpft, "extend", own, "interim_plan", to_on=date(2027, 5, 1), reason="Leave")
    row = cpft.deadline(own, "interim_plan")
    assert {step.due_at for step in cpft.steps(own, "draft_plan")} == {row.due_at}


def test_nobody_brings_a_date_forward_and_only_those_in_charge_move_it(cpft: Walk) -> None:
    own = chased(cpft, cpft.at.date())
    with pytest.raises(NotLater):
        change(cpft, "extend", own, "sign_off", to_on=date(2027, 3, 29), reason="Sooner")
    words = {"deadline_id": cpft.deadline(own, "sign_off").id, "now": cpft.at}
    for person in (cpft.house.doctor, cpft.house.manager, cpft.house.hr):
        with pytest.raises(NotYoursToChange):
            cpft.perform(deadlines.extend, actor=cpft.actor(person), to_on=date(2027, 5, 1), reason="Please", **words)
    cpft.perform(deadlines.extend, actor=cpft.actor(cpft.house.amd), to_on=date(2027, 5, 1), reason="Illness", **words)


def test_a_corrected_date_opens_the_deadline_anew_and_the_old_one_is_silent(cpft: Walk) -> None:
    own = chased(cpft, date(2027, 3, 1))
    cpft.at += timedelta(days=3)
    cpft.do(cpft.house.manager, "correct_it", own, meeting_date="2027-03-04")
    with cpft.session() as session:
        old, new = cpft.rows(session, own, "sign_off")
        assert (old.occurrence, old.status, new.occurrence, new.status) == (1, "cancelled", 2, "open")
        assert {firing.status for firing in session.query(Firing).where(Firing.deadline_id == old.id)} == {"void"}
    assert new.due_on == date(2027, 4, 1)
    assert cpft.steps(own, "sign_it")[0].due_at == new.due_at
    cpft.live_through(until=date(2027, 4, 1))
    assert "timer_fired" not in cpft.history(own)
    cpft.live_through(until=date(2027, 4, 3))
    assert cpft.history(own).count("timer_fired") == 1
    assert cpft.history(own).count("escalated") == 1


def test_a_missed_day_stays_missed_when_its_start_is_corrected(cpft: Walk) -> None:
    own = chased(cpft, date(2027, 3, 1))
    cpft.live_through(until=date(2027, 3, 31))
    cpft.do(cpft.house.manager, "correct_it", own, meeting_date="2027-03-30")
    with cpft.session() as session:
        old, new = cpft.rows(session, own, "sign_off")
        assert (old.status, old.ended_at, new.status) == ("missed", cpft.at, "open")


def test_a_missed_day_stays_missed_when_its_case_closes(cpft: Walk) -> None:
    own = sketches.run(cpft, sketches.TAKEN_AWAY)
    cpft.do(cpft.house.manager, "record_it", own, meeting_date=cpft.today)
    row = cpft.deadline(own, "sign_off")
    with cpft.session() as session:
        case = session.get_one(Case, row.case_id)
        move = runner.open_move(session, case=case, now=row.due_at, by=NOBODY)
        [kept] = move.deadlines
        ledger.miss(move, kept)
        ledger.cancel_open(move)
        assert (kept.status, kept.ended_at) == ("missed", row.due_at)


# ------------------------------------------------------------------------------------------------ reminders catch up


def test_a_date_close_at_hand_reminds_once_when_it_is_set_not_for_every_rung_gone_by(cpft: Walk) -> None:
    own = start_plan(cpft, individual_plans_due="2027-03-04")
    assert cpft.deadline(own, "individual_plan").due_on == date(2027, 3, 4)
    cpft.tick()
    kinds = [notice.kind for notice in cpft.notices(cpft.house.doctor)]
    assert kinds == ["reminder"]
    assert [event.at for event in cpft.events(own, "reminder_sent")] == [cpft.at]


def test_after_an_outage_one_reminder_speaks_for_all_that_were_missed(cpft: Walk) -> None:
    own = chased(cpft, cpft.at.date())
    cpft.at = datetime(2027, 3, 28, 12, tzinfo=UTC)
    tally = cpft.tick()
    assert tally.done == {"overtaken": 2, "remind": 1}
    assert [notice.kind for notice in cpft.notices(cpft.house.doctor)] == ["reminder"]
    assert "due in 1 day" in cpft.notices(cpft.house.doctor)[0].subject
    cpft.tick()
    assert len(cpft.notices(cpft.house.doctor)) == 1
    assert own


def test_after_an_outage_past_the_day_nobody_is_reminded_of_a_day_gone_by(cpft: Walk) -> None:
    chased(cpft, cpft.at.date())
    cpft.at = datetime(2027, 4, 10, 12, tzinfo=UTC)
    tally = cpft.tick()
    assert tally.done == {"overtaken": 3, "due": 1, "escalate": 1}
    assert [notice.kind for notice in cpft.notices(cpft.house.doctor)] == ["missed"]
    assert [notice.kind for notice in cpft.notices(cpft.house.amd)] == ["escalation"]
    assert tally.lateness_ms
