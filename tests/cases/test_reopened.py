"""A deadline that was met and whose steps come back after its day: it is missed, and somebody hears of it."""

from datetime import date, datetime, timedelta

from tests.cases.conftest import SQLITE
from tests.cases.stages import changed, sign, to_signatures
from tests.cases.walk import Walk

pytestmark = SQLITE


def returned_after_its_day(walk: Walk) -> str:
    """A plan signed in time that the directorate returns, changed, five days after the day of the signatures."""
    house = walk.house
    own = to_signatures(walk)
    sign(walk, own, house.doctor, house.manager)
    assert walk.deadlines(own)["sign_off"] == "met"
    walk.live_through(until=walk.deadline(own, "sign_off").due_on + timedelta(days=5))
    assert walk.notices(house.amd) == []
    walk.do(house.directorate, "check_plan", own, check_answer="returned", return_reasons={"notes": "Say more"})
    walk.do(house.manager, "mend_plan", own, plan=changed(base="Carlisle"))
    return own


def test_signatures_asked_for_again_after_their_day_are_missed(cpft: Walk) -> None:
    own = returned_after_its_day(cpft)
    assert cpft.waiting(own) == ["sign_plan", "sign_plan"]
    row = cpft.deadline(own, "sign_off")
    assert (row.status, row.ended_at) == ("missed", None)
    kinds = [kind for kind in cpft.history(own) if kind in {"deadline_reopened", "deadline_missed"}]
    assert kinds == ["deadline_reopened", "deadline_missed"]


def test_a_deadline_reopened_after_its_day_is_escalated_the_next_morning_once(cpft: Walk) -> None:
    own = returned_after_its_day(cpft)
    the_day = cpft.at.date()
    cpft.live_through(until=date(2027, 6, 1))
    [escalated] = cpft.events(own, "escalated")
    morning = the_day + timedelta(days=1)
    assert escalated.at == datetime(morning.year, morning.month, morning.day, 6, tzinfo=escalated.at.tzinfo)
    assert [notice.kind for notice in cpft.notices(cpft.house.amd)] == ["escalation"]
