"""Leave that was taken or is booked, on both databases."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories import NOW, House, World
from workflows.store import leave
from workflows.store.models import LeaveTaken


def took(house: House, first: date, last: date, kind: str = "annual") -> LeaveTaken:
    who = {"trust_id": house.trust.id, "person_id": house.doctor.id}
    return LeaveTaken(**who, kind=kind, starts_on=first, ends_on=last, entered_at=NOW)


def test_leave_of_somebody_is_found_where_a_day_of_it_lies_in_the_period(session: Session, world: World) -> None:
    over_new_year, in_june = (date(2026, 12, 28), date(2027, 1, 3)), (date(2027, 6, 7), date(2027, 6, 11))
    for first, last in (in_june, over_new_year):
        leave.add(session, row=took(world.cpft, first, last))
    leave.add(session, row=took(world.bth, *in_june))
    found = leave.of_person(session, person_id=world.cpft.doctor.id, first=date(2027, 1, 3), last=date(2027, 6, 7))
    assert [(row.starts_on, row.in_uk, row.approved_at) for row in found] == [
        (over_new_year[0], True, None),
        (in_june[0], True, None),
    ]
    assert not leave.of_person(session, person_id=world.cpft.doctor.id, first=date(2027, 1, 4), last=date(2027, 6, 6))


def test_another_trusts_leave_is_not_there_and_a_removed_one_neither(session: Session, world: World) -> None:
    row = took(world.cpft, date(2027, 6, 7), date(2027, 6, 7))
    leave.add(session, row=row)
    assert leave.by_id(session, trust_id=world.cpft.trust.id, leave_id=row.id) is row
    assert leave.by_id(session, trust_id=world.bth.trust.id, leave_id=row.id) is None
    leave.remove(session, row=row)
    assert leave.by_id(session, trust_id=world.cpft.trust.id, leave_id=row.id) is None


def test_a_kind_of_leave_that_nobody_wrote_down_is_refused(session: Session, world: World) -> None:
    with pytest.raises(IntegrityError):
        leave.add(session, row=took(world.cpft, date(2027, 6, 7), date(2027, 6, 7), "sabbatical"))
