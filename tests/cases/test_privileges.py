"""Doctors with practising privileges elsewhere are reminded once a year of what the appraiser has to know."""

from datetime import date
from typing import Any

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.walk import PLAN, Walk
from workflows import clock
from workflows.store.models import Notice, PlanVersion

pytestmark = [SQLITE, pytest.mark.clause("BTH-App2-e")]
FIRST = date(2027, 4, 1)
HELD = [{"id": "a", "organisation": "Sea View Hospital"}, {"id": "b", "organisation": "The Lakes Clinic"}]


def in_force(walk: Walk, number: int, since: date, **content: Any) -> None:
    with walk.session() as session:
        for row in session.query(PlanVersion).filter_by(person_id=walk.house.doctor.id):
            row.status = "superseded"
        session.flush()
        about = {"trust_id": walk.house.trust.id, "person_id": walk.house.doctor.id, "status": "in_force"}
        dates = {"effective_from": since, "written_at": walk.at}
        session.add(PlanVersion(**about, **dates, number=number, content={**PLAN, **content}))
        session.commit()


def morning(walk: Walk, day: date) -> None:
    """The work of that day, by two clocks."""
    walk.at = walk.at.replace(year=day.year, month=day.month, day=day.day)
    for _ in range(2):
        clock.begin_day(walk.session, at=walk.at)


def told(walk: Walk) -> list[Notice]:
    return [notice for notice in walk.notices(walk.house.doctor) if notice.kind == "privilege"]


def test_the_doctor_is_reminded_once_a_year_of_each_privilege(cpft: Walk) -> None:
    in_force(cpft, 1, FIRST, privileges=HELD)
    for day in (FIRST, date(2027, 4, 2), date(2028, 3, 31)):
        morning(cpft, day)
    assert sorted(notice.subject for notice in told(cpft)) == [
        "Tell your appraiser about your work at Sea View Hospital",
        "Tell your appraiser about your work at The Lakes Clinic",
    ]
    assert "bring your e-portfolio up to date" in told(cpft)[0].words
    morning(cpft, date(2028, 4, 1))
    assert len(told(cpft)) == 4, "again after a year"


def test_a_new_plan_in_the_same_year_does_not_remind_again_of_what_stays(cpft: Walk) -> None:
    in_force(cpft, 1, FIRST, privileges=HELD[:1])
    morning(cpft, FIRST)
    in_force(cpft, 2, date(2027, 9, 1), privileges=HELD)
    morning(cpft, date(2027, 9, 1))
    subjects = [notice.subject.partition(" at ")[2] for notice in told(cpft)]
    assert sorted(subjects) == ["Sea View Hospital", "The Lakes Clinic"]


def test_who_declares_none_is_left_in_peace(cpft: Walk) -> None:
    in_force(cpft, 1, FIRST)
    morning(cpft, FIRST)
    assert told(cpft) == []
