"""Practising privileges elsewhere: what a plan declares, and when a doctor is reminded."""

from datetime import date
from types import MappingProxyType

import pytest

from tests.domain.factories import plan
from workflows.domain.privileges import asked_in, privileges, reminder

ROW = {"id": "p1", "organisation": "Sea View Hospital", "outpatients": True, "outpatients_since": "2024-05-01",
       "inpatients": True, "unusual": True}  # fmt: skip


def test_a_privilege_says_since_when_and_what_is_unusual() -> None:
    [found] = privileges(plan(rows=MappingProxyType({"privileges": (ROW,)})))
    assert (found.outpatients, found.inpatients, found.unusual) == ("since 1 May 2024", "yes", "yes")
    assert "Sea View Hospital" in reminder(found)


@pytest.mark.clause("BTH-App2-e")
@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2027, 4, 1), date(2027, 4, 1)),
        (date(2028, 3, 31), date(2027, 4, 1)),
        (date(2028, 4, 1), date(2028, 4, 1)),
        (date(2030, 1, 1), date(2029, 4, 1)),
    ],
)
def test_information_for_the_appraiser_is_asked_for_on_the_plans_first_day_and_each_anniversary(
    today: date, since: date
) -> None:
    assert asked_in(date(2027, 4, 1), today) == since


def test_a_plan_of_the_29th_of_february_has_its_anniversary_in_every_year() -> None:
    assert asked_in(date(2028, 2, 29), date(2029, 3, 5)) == date(2029, 2, 28)
