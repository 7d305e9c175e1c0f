"""When the yearly review of a job plan falls due, and who is asked beforehand."""

from datetime import date, timedelta

import pytest

from tests.domain.factories import policy
from workflows.domain import yearly_reviews as rules
from workflows.domain.yearly_reviews import State

LAST = date(2026, 3, 10)
DUE = date(2027, 3, 10)


@pytest.mark.clause("CPFT-7.7.1", "BTH-2-b")
@pytest.mark.parametrize("trust", ["national_england", "cumbria", "blackpool"])
@pytest.mark.parametrize(
    ("today", "state"),
    [
        (LAST, State.IN_TIME),
        (date(2027, 1, 9), State.IN_TIME),
        (date(2027, 1, 10), State.SOON),
        (DUE, State.SOON),
        (DUE + timedelta(days=1), State.OVERDUE),
    ],
)
def test_a_review_is_due_a_year_after_the_last_one(trust: str, today: date, state: State) -> None:
    review = rules.yearly(policy(trust).deadline(rules.RULE), LAST, today)
    assert (review.due_on, review.state, review.days) == (DUE, state, (DUE - today).days)
    assert any("10 March 2026" in line for line in review.lines)


def test_without_a_review_on_record_nothing_is_due() -> None:
    assert rules.yearly(policy("cumbria").deadline(rules.RULE), None, DUE) == rules.NEVER


def test_the_leap_day_is_due_on_the_last_of_february() -> None:
    assert rules.yearly(policy("cumbria").deadline(rules.RULE), date(2028, 2, 29), LAST).due_on == date(2029, 2, 28)


@pytest.mark.clause("BTH-2-b")
def test_the_newest_rung_alone_speaks_after_an_outage() -> None:
    rule = policy("blackpool").deadline(rules.RULE)
    told = {day: [rule.ladder[one.rung - 1].to for one in rules.rungs(rule, LAST, day)] for day in (LAST, DUE)}
    assert told == {LAST: [], DUE: [("clinical_manager",)]}
    [late] = rules.rungs(rule, LAST, DUE + timedelta(days=400))
    assert (late.kind, rule.ladder[late.rung - 1].to) == ("escalate", ("amd",))
