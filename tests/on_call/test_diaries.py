"""The on-call diary: opened for all doctors of a rota, kept by each of them, agreed by their clinical manager."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select

from tests.cases.conftest import SQLITE
from tests.cases.walk import PLAN, Walk
from tests.on_call.conftest import FIRST, Keeping
from workflows import clock, on_call
from workflows.domain.arithmetic.on_call import NoDoctors
from workflows.domain.arithmetic.on_call_diary import CapacityWorkOnCall
from workflows.domain.rotas import in_force
from workflows.on_call.agreeing import AppliesTooEarly, DiaryStillKept, MetTomorrow
from workflows.on_call.diaries import (
    AgreedAlready,
    DiaryOverlaps,
    EndsAsItStarts,
    InATimetabledPa,
    IsItThatLong,
    NotedTwice,
    NotOnTheRota,
    NotYours,
    OutsideTheDiary,
    WrongLength,
)
from workflows.on_call.keeping import NoSuchRota, NotYoursToAgree
from workflows.store import rotas as rota_rows
from workflows.store.models import Act, DiaryEntry, Person, PlanVersion, RotaDiary

pytestmark = SQLITE
A_DAY, LAST = timedelta(days=1), date(2027, 5, 9)
SATURDAY = date(2027, 3, 6)


def told(walk: Walk, person: Person) -> list[str]:
    return [notice.subject for notice in walk.notices(person) if notice.kind == "on_call_diary"]


def kept(rota: Keeping, diary: int) -> list[DiaryEntry]:
    with rota.walk.session() as session:
        return rota_rows.entries(session, diary_id=diary)


def agree(rota: Keeping, diary: int, **changed: Any) -> None:
    said = {"met_on": LAST + A_DAY, "applies_from": date(2027, 6, 1), "said": "Agreed by all."}
    rota.did(on_call.agree_average, diary_id=diary, **{**said, **changed})


@pytest.mark.clause("BTH-3.4.13.2-e", "BTH-3.4.13.2-d")
def test_a_diary_is_given_to_every_doctor_of_the_rota_for_ten_weeks_unless_the_specialty_agrees_otherwise(
    rota: Keeping,
) -> None:
    house = rota.walk.house
    rota.diary()
    [diary] = rota.rota().diaries
    assert (diary.starts_on, diary.ends_on) == (FIRST, LAST)
    for doctor in (house.doctor, house.colleague):
        assert told(rota.walk, doctor) == ["Keep the on-call diary of Physicians"]
    assert told(rota.walk, house.manager) == []
    with pytest.raises(DiaryOverlaps, match="from 1 March 2027 to 9 May 2027"):
        rota.diary(first=LAST)
    rota.diary(weeks=4, first=LAST + A_DAY)
    assert rota.rota().diaries[1].ends_on == date(2027, 6, 6)
    for weeks in (0, 53):
        with pytest.raises(WrongLength):
            rota.diary(weeks=weeks, first=date(2028, 1, 3))


def test_work_that_ends_as_it_starts_is_refused_and_more_than_13_hours_have_to_be_said_to_be_right(
    rota: Keeping,
) -> None:
    doctor, diary = rota.walk.house.doctor, rota.diary()
    rota.move_to(SATURDAY)
    with pytest.raises(EndsAsItStarts):
        rota.work(diary, doctor, FIRST, 20, 20, sure=True)
    rota.work(diary, doctor, FIRST, 8, 21)
    with pytest.raises(IsItThatLong, match="23 hours without a break"):
        rota.work(diary, doctor, FIRST + A_DAY, 8, 7)
    rota.work(diary, doctor, FIRST + A_DAY, 8, 7, sure=True)
    assert [entry.ends_at for entry in kept(rota, diary)] == ["21:00", "07:00"]


@pytest.mark.clause("BTH-3.4.13.2-d")
def test_each_doctor_enters_their_own_work_of_days_that_are_over_and_in_the_diary(rota: Keeping, cpft: Walk) -> None:
    house, diary = rota.walk.house, rota.diary()
    rota.move_to(SATURDAY)
    rota.work(diary, house.doctor, FIRST, 20, 22)
    for stranger in (house.manager, house.directorate, house.amd):
        with pytest.raises(NotOnTheRota):
            rota.work(diary, stranger, FIRST, 20, 22)
    with pytest.raises(NoSuchRota):
        rota.work(diary, cpft.house.doctor, FIRST, 20, 22)
    for day in (FIRST - A_DAY, SATURDAY + A_DAY):
        with pytest.raises(OutsideTheDiary):
            rota.work(diary, house.doctor, day, 20, 22)
    with pytest.raises(NotedTwice, match="20:00 to 22:00 on 1 March 2027"):
        rota.work(diary, house.doctor, FIRST, 21, 23)
    rota.work(diary, house.colleague, FIRST, 21, 23)
    [mine, theirs] = kept(rota, diary)
    with pytest.raises(NotYours):
        rota.did(on_call.remove_work, by=house.doctor, entry_id=theirs.id)
    with pytest.raises(NoSuchRota):
        rota.did(on_call.remove_work, by=cpft.house.doctor, entry_id=theirs.id)
    rota.did(on_call.remove_work, by=house.doctor, entry_id=mine.id)
    assert [row.person_id for row in kept(rota, diary)] == [house.colleague.id]


@pytest.mark.clause("BTH-3.4.17-a")
def test_capacity_work_is_refused_in_the_diary_whoever_asked_for_it(rota: Keeping) -> None:
    diary = rota.diary()
    for person in (rota.walk.house.doctor, rota.walk.house.colleague):
        with pytest.raises(CapacityWorkOnCall, match="There is no exception to this"):
            rota.work(diary, person, FIRST, 18, 20, kind=on_call.CAPACITY)
    assert kept(rota, diary) == []


@pytest.mark.clause("BTH-3.2.3-b")
def test_time_that_the_plan_in_force_counts_already_is_entered_only_as_such(rota: Keeping) -> None:
    house, diary = rota.walk.house, rota.diary()
    with rota.walk.session() as session:
        about = {"trust_id": house.trust.id, "person_id": house.doctor.id, "number": 1, "status": "in_force"}
        session.add(PlanVersion(**about, content=dict(PLAN), effective_from=FIRST, written_at=rota.walk.at))
        session.commit()
    with pytest.raises(InATimetabledPa, match="“Outpatient clinic” on Monday from 09:00 to 13:00"):
        rota.work(diary, house.doctor, FIRST, 12, 14)
    rota.work(diary, house.doctor, FIRST, 12, 13, in_pa=True)
    rota.work(diary, house.doctor, FIRST, 13, 14)
    rota.work(diary, house.colleague, FIRST, 12, 14)
    rota.move_to(LAST + A_DAY)
    agree(rota, diary)
    words = [line[0] for line in (rota.rota().diaries[0].working or [])]
    assert "Unpredictable work on weekdays: 3 h over 50 weekdays" in words
    assert "Left out, as it was inside a timetabled PA" in words


@pytest.mark.clause("BTH-3.4.13.2-b", "BTH-3.4.1.4-c", "BTH-App4-b")
def test_the_clinical_manager_agrees_one_average_for_everybody_on_the_rota(rota: Keeping, cpft: Walk) -> None:
    house, diary = rota.walk.house, rota.diary()
    rota.move_to(LAST)
    for week in range(10):
        rota.work(diary, house.doctor, FIRST + 7 * week * A_DAY, 19, 22)
        rota.work(diary, house.colleague, min(SATURDAY + 7 * week * A_DAY, LAST), 9, 12, kind="predictable")
    with pytest.raises(DiaryStillKept, match="until 9 May 2027"):
        agree(rota, diary)
    rota.move_to(LAST + A_DAY)
    for person in (house.directorate, house.doctor, house.amd, house.medical_director, house.service_manager):
        with pytest.raises(NotYoursToAgree):
            rota.did(on_call.agree_average, by=person, diary_id=diary, met_on=LAST, applies_from=LAST, said="")
    with pytest.raises(NoSuchRota):
        rota.did(on_call.agree_average, by=cpft.house.manager, diary_id=diary, met_on=LAST, applies_from=LAST, said="")
    for error, changed in [
        (MetTomorrow, {"met_on": LAST + 2 * A_DAY}),
        (MetTomorrow, {"met_on": FIRST - A_DAY}),
        (AppliesTooEarly, {"applies_from": FIRST}),
    ]:
        with pytest.raises(error):
            agree(rota, diary, **changed)
    agree(rota, diary)
    [agreed] = rota.rota().diaries
    assert Fraction(agreed.unpredictable_pas) == Fraction(30, 50) / 3 * 261 / 209 * 5 / 2
    assert Fraction(agreed.predictable_pas) == Fraction(30, 10) / 3 * 52 / 44 / 2
    assert (agreed.met_on, agreed.doctors, agreed.note) == (LAST + A_DAY, 2, "Agreed by all.")
    assert in_force([agreed], date(2027, 5, 31)) is None
    assert in_force([agreed], date(2027, 6, 1)) is agreed
    with rota.walk.session() as session:
        assert session.scalars(select(Act.kind).order_by(Act.number.desc())).first() == "on_call_agreed"
    assert told(rota.walk, house.colleague)[-1] == "On-call PAs of Physicians are agreed"


def test_what_was_agreed_stays_and_takes_no_more_work(rota: Keeping) -> None:
    house, diary = rota.walk.house, rota.diary()
    rota.work(diary, house.doctor, FIRST, 20, 22)
    rota.move_to(LAST + A_DAY)
    agree(rota, diary)
    with pytest.raises(AgreedAlready):
        agree(rota, diary)
    with pytest.raises(AgreedAlready):
        rota.work(diary, house.doctor, FIRST, 6, 7)
    with pytest.raises(AgreedAlready):
        rota.did(on_call.remove_work, by=house.doctor, entry_id=kept(rota, diary)[0].id)


def test_a_diary_that_nobody_was_there_to_keep_has_no_average(rota: Keeping) -> None:
    diary = rota.diary()
    for member in rota.rota().members:
        rota.did(on_call.end_member, rota_member_id=member.id, ends_on=FIRST)
    rota.move_to(LAST + A_DAY)
    with pytest.raises(NoDoctors):
        agree(rota, diary)
    with rota.walk.session() as session:
        assert session.get_one(RotaDiary, diary).agreed_at is None


@pytest.mark.clause("BTH-3.4.13.2-d")
def test_the_clinical_manager_is_told_once_that_a_diary_is_over(rota: Keeping) -> None:
    house, diary = rota.walk.house, rota.diary()
    rota.move_to(LAST)
    clock.begin_day(rota.walk.session, at=rota.walk.at)
    assert told(rota.walk, house.manager) == []
    for days in (1, 1, 2):
        rota.move_to(LAST + days * A_DAY)
        clock.begin_day(rota.walk.session, at=rota.walk.at)
    assert told(rota.walk, house.manager) == ["Agree the on-call average of Physicians"]
    assert told(rota.walk, house.directorate) == []
    agree(rota, diary)
