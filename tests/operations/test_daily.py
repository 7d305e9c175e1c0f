"""What operations keep is kept by the clock, once a day."""

from datetime import timedelta

from tests.cases.conftest import SQLITE
from tests.cases.stages import start_plan
from tests.cases.walk import Walk
from workflows import clock
from workflows.clock import daily, keeping
from workflows.store import anchors, timings


def test_the_clock_keeps_anchors_forgets_figures_and_erases() -> None:
    assert {keeping.keep_anchors, keeping.forget_timings, keeping.erase} <= set(daily.JOBS)


@SQLITE
def test_a_new_day_has_its_anchor_and_loses_figures_of_a_month_ago(cpft: Walk) -> None:
    start_plan(cpft)
    for _ in range(2):
        clock.begin_day(cpft.session, at=cpft.at)
    cpft.perform(timings.add, minute=cpft.at, server="a", counts={"10": 1})
    tomorrow = cpft.at + timedelta(days=1)
    tally = clock.begin_day(cpft.session, at=tomorrow)
    with cpft.session() as session:
        assert [row.day for row in anchors.chain(session, trust_id=cpft.house.trust.id)] == [
            cpft.at.date(),
            tomorrow.date(),
        ]
        assert timings.counted(session, since=cpft.at) == {"10": 1}
    assert tally.done["anchored"] == 0, "nothing has moved since"
    clock.begin_day(cpft.session, at=cpft.at + timedelta(days=40))
    with cpft.session() as session:
        assert timings.counted(session, since=cpft.at) == {}
