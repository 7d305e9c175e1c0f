"""The register of panel members as it is kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, House, World, add_person, open_case
from workflows.domain.panel_register import Use
from workflows.store import panel_register as register
from workflows.store.models import PanelAbsence, PanelConflict, PanelMember, PanelReview

A_DAY = timedelta(days=1)


def enter(session: Session, house: House, name: str = "Dr Ada Hope", **changed: Any) -> PanelMember:
    person = changed.pop("person", None) or add_person(session, trust=house.trust, name=name)
    given = {"organisation": "Elsewhere", "specialties": "", "starts_on": TODAY, "ends_on": None, "added_at": NOW}
    row = PanelMember(trust_id=house.trust.id, person_id=person.id, **{**given, **changed})
    register.add(session, row=row)
    return row


def test_a_register_comes_whole_in_a_few_statements_however_long_it_is(
    session: Session, world: World, engine: Engine
) -> None:
    for name in ("Dr Ada Hope", "Dr Bo Hope", "Dr Cy Hope"):
        row = enter(session, world.cpft, name)
        register.approve(session, row=row, approvals={"BMA": TODAY, "BDA": None})
        register.add(session, row=PanelAbsence(member_id=row.id, starts_on=TODAY, ends_on=TODAY + A_DAY))
        group = world.cpft.care_group.id
        register.add(session, row=PanelConflict(member_id=row.id, care_group_id=group, words="Worked there."))
    enter(session, world.bth, "Dr Di Elsewhere")
    trust_id = world.cpft.trust.id
    session.expire_all()
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    found = register.members(session, trust_id=trust_id)
    assert [one.name for one in found] == ["Dr Ada Hope", "Dr Bo Hope", "Dr Cy Hope"]
    assert found[0].approvals == {"BMA": TODAY}
    assert [one.ends_on for one in found[0].absences] == [TODAY + A_DAY]
    assert [(one.words, one.care_group) for one in found[0].conflicts] == [("Worked there.", "Mental health")]
    assert len(sent) == 4


def test_approvals_are_given_changed_and_taken_back_and_those_of_other_bodies_stay(
    session: Session, world: World
) -> None:
    row = enter(session, world.cpft)
    assert register.approve(session, row=row, approvals={"BMA": TODAY, "CCG": TODAY})
    assert not register.approve(session, row=row, approvals={"BMA": TODAY})
    assert register.approve(session, row=row, approvals={"BMA": TODAY - A_DAY, "BDA": TODAY})
    assert register.approve(session, row=row, approvals={"BDA": None})
    [found] = register.members(session, trust_id=world.cpft.trust.id)
    assert found.approvals == {"BMA": TODAY - A_DAY, "CCG": TODAY}


def test_nobody_stands_twice_on_a_register_unless_they_were_taken_off_before(session: Session, world: World) -> None:
    row = enter(session, world.cpft)
    row.taken_off_on = TODAY
    enter(session, world.cpft, person=row.person)
    session.commit()
    with pytest.raises(IntegrityError):
        enter(session, world.cpft, person=row.person)


def test_those_who_are_on_it_are_not_offered_again(session: Session, world: World) -> None:
    trust_id = world.cpft.trust.id
    on_it = enter(session, world.cpft)
    off_it = enter(session, world.cpft, "Dr Bo Hope", taken_off_on=TODAY)
    add_person(session, trust=world.cpft.trust, name="Dr Gone", left_on=TODAY - A_DAY)
    names = [name for _, name in register.others_of(session, trust_id=trust_id, today=TODAY)]
    assert "Dr Amina Osei" in names
    assert "Dr Bo Hope" in names
    assert not {"Dr Ada Hope", "Dr Gone", "Dr Marta Kowalska"} & set(names)
    assert register.on_it(session, trust_id=trust_id, person_id=on_it.person_id) is on_it
    assert register.on_it(session, trust_id=trust_id, person_id=off_it.person_id) is None


def test_what_is_of_another_trust_is_not_found(session: Session, world: World) -> None:
    row = enter(session, world.bth)
    away = PanelAbsence(member_id=row.id, starts_on=TODAY, ends_on=TODAY)
    conflict = PanelConflict(member_id=row.id, words="Worked there.")
    register.add(session, row=away)
    register.add(session, row=conflict)
    own, other = world.bth.trust.id, world.cpft.trust.id
    assert register.by_id(session, trust_id=own, member_id=row.id) is row
    assert register.by_id(session, trust_id=other, member_id=row.id) is None
    assert register.absence(session, trust_id=own, absence_id=away.id) is away
    assert register.absence(session, trust_id=other, absence_id=away.id) is None
    assert register.conflict(session, trust_id=own, conflict_id=conflict.id) is conflict
    assert register.conflict(session, trust_id=other, conflict_id=conflict.id) is None
    assert register.begun_at(session, trust_id=own) == NOW
    assert register.begun_at(session, trust_id=other) is None


def test_use_is_counted_by_person_and_by_what_became_of_it(session: Session, world: World) -> None:
    house = world.cpft
    first = enter(session, house, taken_off_on=TODAY)
    again = enter(session, house, person=first.person)
    other = enter(session, house, "Dr Bo Hope")
    cases = [open_case(session, house).id for _ in range(3)]
    days = [NOW + number * A_DAY for number in range(5)]
    register.allocate(session, member_id=first.id, case_id=cases[0], status="proposed", now=days[0])
    register.allocate(session, member_id=first.id, case_id=cases[0], status="sat", now=days[1])
    register.allocate(session, member_id=again.id, case_id=cases[1], status="proposed", now=days[2])
    register.allocate(session, member_id=again.id, case_id=cases[2], status="stood_down", now=days[3])
    register.allocate(session, member_id=other.id, case_id=cases[0], status="objected", now=days[4])
    found = register.use(session, trust_id=house.trust.id)
    assert found[first.person_id] == Use(proposed=1, sat=1, stood_down=1, last=days[2])
    assert found[other.person_id] == Use(objected=1, last=None)
    assert register.use(session, trust_id=world.bth.trust.id) == {}


def test_the_newest_review_comes_first(session: Session, world: World) -> None:
    house = world.cpft
    for day in (date(2026, 3, 1), date(2027, 2, 1), date(2025, 3, 1)):
        row = PanelReview(trust_id=house.trust.id, day=day, by_id=house.directorate.id, note="Done", recorded_at=NOW)
        register.add(session, row=row)
    found = register.reviews(session, trust_id=house.trust.id)
    assert [(review.day.year, name) for review, name in found] == [
        (2027, "Imogen Bland"),
        (2026, "Imogen Bland"),
        (2025, "Imogen Bland"),
    ]
    assert register.reviewed_on(session, trust_id=house.trust.id) == date(2027, 2, 1)
    assert register.reviewed_on(session, trust_id=world.bth.trust.id) is None
