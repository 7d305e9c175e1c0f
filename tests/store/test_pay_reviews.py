"""Results of pay progression, and the last full reviews, on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, House, World, open_case, write_fact
from workflows.store import cases, pay_reviews, reviews
from workflows.store.models import Case, PayReview, Person, PlanVersion


def result(session: Session, case: Case, year: str, *, met: bool = True, **more: object) -> PayReview:
    """A result of one year."""
    row = PayReview(
        trust_id=case.trust_id,
        person_id=case.subject_id,
        case_id=case.id,
        year=year,
        met=met,
        criteria={"appraisal": "met" if met else "not_met"},
        **{"source": "decided", "decided_at": NOW, **more},
    )
    return pay_reviews.add(session, row=row)


def plan(session: Session, house: House, person: Person, case: Case | None, **more: object) -> None:
    """A version of a plan."""
    values = {"number": 1, "status": "in_force", "content": {}, "effective_from": TODAY, "written_at": NOW, **more}
    session.add(PlanVersion(trust_id=house.trust.id, person_id=person.id, case_id=case.id if case else None, **values))
    session.flush()


def test_results_come_oldest_first_and_the_last_released_threshold_counts(session: Session, world: World) -> None:
    house = world.cpft
    case = open_case(session, house, process="pay_progression", subject=house.doctor)
    other = open_case(session, house, process="pay_progression", subject=house.colleague)
    result(session, case, "2023/24", threshold="released", threshold_on=date(2024, 4, 1))
    result(session, case, "2024/25", met=False)
    result(session, case, "2025/26", met=False, threshold="deferred", threshold_on=date(2026, 4, 1))
    result(session, other, "2024/25", threshold="released", threshold_on=date(2025, 4, 1))
    session.expire_all()
    rows = pay_reviews.of_person(session, person_id=house.doctor.id)
    assert [(row.year, row.met, row.criteria["appraisal"]) for row in rows] == [
        ("2023/24", True, "met"),
        ("2024/25", False, "not_met"),
        ("2025/26", False, "not_met"),
    ]
    assert pay_reviews.last_threshold(session, person_id=house.doctor.id) == date(2024, 4, 1)
    assert pay_reviews.last_threshold(session, person_id=house.manager.id) is None


@pytest.mark.parametrize("wrong", [{"source": "guessed"}, {"threshold": "lost"}])
def test_a_source_or_a_threshold_that_nobody_wrote_down_is_refused(
    session: Session, world: World, wrong: dict[str, Any]
) -> None:
    case = open_case(session, world.cpft, process="pay_progression", subject=world.cpft.doctor)
    with pytest.raises(IntegrityError):
        result(session, case, "2026/27", **wrong)


def test_whether_a_case_about_a_doctor_is_open(session: Session, world: World) -> None:
    house = world.cpft
    case = open_case(session, house, process="pay_progression", subject=house.doctor)
    assert cases.open_about(session, subject_id=house.doctor.id, process="pay_progression")
    assert not cases.open_about(session, subject_id=house.doctor.id, process="individual_planning")
    assert not cases.open_about(session, subject_id=house.colleague.id, process="pay_progression")
    case.status = "closed"
    session.flush()
    assert not cases.open_about(session, subject_id=house.doctor.id, process="pay_progression")


def test_the_last_full_review_is_the_newest_meeting_that_led_to_an_agreed_plan(session: Session, world: World) -> None:
    house = world.cpft
    met = {"annual": "2026-02-01", "in_year": "2026-09-01"}
    for number, (kind, day) in enumerate(met.items(), 1):
        case = open_case(session, house, subject=house.doctor)
        write_fact(session, case=case, key="kind", value=kind)
        write_fact(session, case=case, key="meeting_date", value=day)
        plan(session, house, house.doctor, case, number=number, status="superseded" if number == 1 else "in_force")
    unfinished = open_case(session, house, subject=house.colleague)
    write_fact(session, case=unfinished, key="kind", value="annual")
    write_fact(session, case=unfinished, key="meeting_date", value="2027-02-20")
    plan(session, house, house.colleague, unfinished, status="draft")
    plan(session, house, house.manager, None, effective_from=TODAY - timedelta(days=40))
    people = [house.doctor.id, house.colleague.id, house.manager.id]
    assert reviews.last_reviews(session, trust_id=house.trust.id, person_ids=people) == {
        house.doctor.id: date(2026, 2, 1),
        house.manager.id: TODAY - timedelta(days=40),
    }
    assert reviews.last_reviews(session, trust_id=world.bth.trust.id, person_ids=people) == {}


def test_members_are_the_doctors_of_a_trust_who_are_there_on_the_day(session: Session, world: World) -> None:
    house = world.cpft
    house.colleague.left_on = TODAY - timedelta(days=1)
    session.flush()
    found = reviews.members(session, trust_id=house.trust.id, day=TODAY)
    assert [(one.name, one.team, one.care_group) for one in found] == [
        (house.doctor.name, house.team.name, house.care_group.name)
    ]


def test_a_change_has_its_report_and_its_meeting(session: Session, world: World) -> None:
    house = world.cpft
    case = open_case(session, house, subject=house.doctor)
    assert reviews.change_of(session, case_id=case.id) == (None, None)
    write_fact(session, case=case, key="significant_change_date", value="2027-03-01")
    assert reviews.change_of(session, case_id=case.id) == (date(2027, 3, 1), None)
    write_fact(session, case=case, key="meeting_date", value="2027-03-16")
    assert reviews.change_of(session, case_id=case.id) == (date(2027, 3, 1), date(2027, 3, 16))
