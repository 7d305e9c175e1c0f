"""The Medical Directorate is told in time that the register is to be reviewed, and again when it is overdue."""

from datetime import date, timedelta

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.walk import Walk
from workflows import clock, panel_register
from workflows.cases import Actor
from workflows.domain.particulars import Particulars
from workflows.panel_register import Entry
from workflows.store.models import Notice, Person

pytestmark = [SQLITE, pytest.mark.clause("CPFT-7.8.12-b")]


def begin(walk: Walk, entry: Entry, *, reviewed: date | None) -> None:
    """A register with one member, reviewed on that day."""
    by = Actor(walk.house.directorate.id, walk.house.trust.id)
    who = Particulars("Dr Ada Hope", "ada.hope@elsewhere.example")
    walk.perform(panel_register.add_member, by=by, who=who, said=entry, now=walk.at)
    if reviewed:
        walk.perform(panel_register.record_review, by=by, day=reviewed, said="All asked.", now=walk.at)


def morning(walk: Walk, day: date) -> None:
    """The work of that day, by two clocks."""
    walk.at = walk.at.replace(year=day.year, month=day.month, day=day.day)
    for _ in range(2):
        clock.begin_day(walk.session, at=walk.at)


def told(walk: Walk, person: Person) -> list[Notice]:
    return [notice for notice in walk.notices(person) if notice.kind == "panel_review"]


def test_the_office_is_told_once_thirty_days_before_and_once_when_it_is_overdue(cpft: Walk, entry: Entry) -> None:
    due = date(2027, 6, 1)
    begin(cpft, entry, reviewed=date(2026, 6, 1))
    house = cpft.house
    morning(cpft, due - timedelta(days=31))
    assert told(cpft, house.directorate) == []
    morning(cpft, due - timedelta(days=30))
    [notice] = told(cpft, house.directorate)
    assert notice.subject == "Review of the register of panel members is due"
    assert notice.words.startswith("It is due by 1 June 2027.")
    assert len(told(cpft, house.second_directorate)) == 1
    for person in (house.medical_director, house.chief_executive, house.amd, house.doctor):
        assert told(cpft, person) == []
    morning(cpft, due)
    assert len(told(cpft, house.directorate)) == 1
    for days in (1, 2, 40):
        morning(cpft, due + timedelta(days=days))
    subjects = sorted(notice.subject for notice in told(cpft, house.directorate))
    assert subjects == [f"Review of the register of panel members is {said}" for said in ("due", "overdue")]


def test_once_it_was_reviewed_the_office_is_left_in_peace_until_the_next(cpft: Walk, entry: Entry) -> None:
    begin(cpft, entry, reviewed=date(2027, 3, 1))
    morning(cpft, date(2027, 12, 1))
    assert told(cpft, cpft.house.directorate) == []
    morning(cpft, date(2028, 2, 1))
    assert len(told(cpft, cpft.house.directorate)) == 1


def test_a_register_that_was_never_reviewed_is_due_a_year_after_it_began(cpft: Walk, entry: Entry) -> None:
    begin(cpft, entry, reviewed=None)
    morning(cpft, date(2028, 1, 29))
    assert told(cpft, cpft.house.directorate) == []
    morning(cpft, date(2028, 1, 31))
    assert "1 March 2028" in told(cpft, cpft.house.directorate)[0].words


def test_a_trust_without_a_register_is_told_nothing(cpft: Walk, bth: Walk, entry: Entry) -> None:
    begin(cpft, entry, reviewed=date(2026, 3, 1))
    morning(cpft, date(2027, 5, 1))
    assert len(told(cpft, cpft.house.directorate)) == 1
    assert told(bth, bth.house.directorate) == []
