"""Keeping the register of panel members: what is recorded, on whose act, and what is refused with its reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.cases.conftest import SQLITE
from tests.cases.walk import Walk
from tests.factories import add_person
from workflows import panel_register
from workflows.cases import Actor
from workflows.domain.errors import Broken
from workflows.domain.panel_register import LISTED, Member
from workflows.domain.particulars import NeedsAName, NotAnAddress, Particulars, TakenAlready
from workflows.domain.people import EndsBeforeItBegins
from workflows.panel_register import Entry
from workflows.panel_register.absences import NoSuchAbsence, NoSuchCareGroup, NoSuchConflict
from workflows.panel_register.keeping import NoSuchMember, NotYourRegister, OffTheRegister, WordsNeeded
from workflows.panel_register.listing import (
    HasLeft,
    NoSuchPerson,
    NotABody,
    NotYetApproved,
    OnItAlready,
    TakenOffTooEarly,
)
from workflows.panel_register.reviewing import ReviewedTomorrow
from workflows.store import panel_register as rows
from workflows.store.models import Act, PanelMember, Person

pytestmark = SQLITE
A_DAY = timedelta(days=1)
WHO = Particulars("Dr Ada Hope", "Ada.Hope@elsewhere.example")


def office(walk: Walk) -> Actor:
    return Actor(walk.house.directorate.id, walk.house.trust.id)


def did(walk: Walk, verb: Callable[..., Any], **about: Any) -> Any:
    return walk.perform(verb, **{"by": office(walk), "now": walk.at, **about})


def added(walk: Walk, entry: Entry, who: Particulars | int = WHO) -> int:
    return int(did(walk, panel_register.add_member, who=who, said=entry))


def found(walk: Walk, member_id: int) -> Member:
    with walk.session() as session:
        return next(one for one in rows.members(session, trust_id=walk.house.trust.id) if one.id == member_id)


def acts(walk: Walk) -> list[tuple[str, int | None]]:
    with walk.session() as session:
        return [(act.kind, act.who_id) for act in session.scalars(select(Act).order_by(Act.number))]


def test_everything_is_for_the_directorate_of_that_trust_alone(cpft: Walk, bth: Walk, entry: Entry) -> None:
    member = added(cpft, entry)
    one = {"member_id": member}
    did(cpft, panel_register.add_absence, **one, starts_on=cpft.at.date(), ends_on=cpft.at.date())
    did(cpft, panel_register.declare_conflict, **one, said="The doctor is a friend.", care_group_id=None)
    away, conflict = found(cpft, member).absences[0].id, found(cpft, member).conflicts[0].id
    today = cpft.at.date()
    verbs: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (panel_register.add_member, {"who": cpft.house.doctor.id, "said": entry}),
        (panel_register.change_member, {**one, "said": entry}),
        (panel_register.take_off, {**one, "day": today, "reason": "Moved."}),
        (panel_register.add_absence, {**one, "starts_on": today, "ends_on": today}),
        (panel_register.remove_absence, {"absence_id": away}),
        (panel_register.declare_conflict, {**one, "said": "Friends.", "care_group_id": None}),
        (panel_register.withdraw_conflict, {"conflict_id": conflict}),
        (panel_register.record_review, {"day": today, "said": "Done."}),
    ]
    before = acts(cpft)
    house = cpft.house
    for verb, about in verbs:
        for person in (house.medical_director, house.chief_executive, house.amd, house.hr, house.doctor):
            with pytest.raises(NotYourRegister):
                did(cpft, verb, **about, by=Actor(person.id, house.trust.id))
        if verb is not panel_register.record_review:
            with pytest.raises((NoSuchMember, NoSuchPerson, NoSuchAbsence, NoSuchConflict)):
                did(bth, verb, **about)
    assert acts(cpft) == before


def test_somebody_from_outside_is_entered_with_their_approvals_as_a_person_without_a_post(
    cpft: Walk, entry: Entry
) -> None:
    member = found(cpft, added(cpft, entry))
    assert member.name == "Dr Ada Hope"
    assert member.standing(("NHS Employers", "BMA", "BDA"), cpft.at.date()) == LISTED
    with cpft.session() as session:
        person = session.get_one(Person, member.person_id)
        assert (person.email, person.trust_id) == ("ada.hope@elsewhere.example", cpft.house.trust.id)
        row = session.get_one(PanelMember, member.id)
        assert (row.added_at, row.added_by_id) == (cpft.at, cpft.house.directorate.id)
    who = cpft.house.directorate.id
    assert acts(cpft) == [("person_added", who), ("panel_member_listed", who)]


def test_somebody_whom_the_trust_knows_is_entered_as_who_they_are(cpft: Walk, entry: Entry) -> None:
    member = found(cpft, added(cpft, entry, cpft.house.colleague.id))
    assert member.person_id == cpft.house.colleague.id
    assert [kind for kind, _ in acts(cpft)] == ["panel_member_listed"]


def test_a_refused_entry_leaves_nothing_behind(cpft: Walk, entry: Entry) -> None:
    late = {"BMA": cpft.at.date() + A_DAY}
    refused: list[tuple[type[Broken], Particulars | int, Entry]] = [
        (NeedsAName, Particulars(" ", "a@b.example"), entry),
        (NotAnAddress, Particulars("Dr Ada Hope", "nowhere"), entry),
        (TakenAlready, Particulars("Dr Ada Hope", cpft.house.doctor.email), entry),
        (NoSuchPerson, 999_999, entry),
        (WordsNeeded, WHO, replace(entry, organisation=" ")),
        (WordsNeeded, WHO, replace(entry, specialties="x" * 1001)),
        (EndsBeforeItBegins, WHO, replace(entry, ends_on=entry.starts_on - A_DAY)),
        (NotABody, WHO, replace(entry, approvals={"Somebody else": cpft.at.date()})),
        (NotYetApproved, WHO, replace(entry, approvals=late)),
    ]
    for error, who, said in refused:
        with pytest.raises(error):
            added(cpft, said, who)
    with cpft.session() as session:
        assert rows.members(session, trust_id=cpft.house.trust.id) == []
        assert session.scalar(select(Person).where(Person.name == "Dr Ada Hope")) is None
    assert acts(cpft) == []


def test_whoever_has_left_or_is_on_the_register_is_not_entered(cpft: Walk, entry: Entry) -> None:
    with cpft.session() as session:
        gone = add_person(session, trust=cpft.house.trust, name="Dr Gone", left_on=cpft.at.date() - A_DAY).id
        session.commit()
    with pytest.raises(HasLeft, match="Dr Gone has left"):
        added(cpft, entry, gone)
    member = found(cpft, added(cpft, entry))
    with pytest.raises(OnItAlready, match="Dr Ada Hope is on the register already"):
        added(cpft, entry, member.person_id)


def test_a_change_is_one_act_and_no_change_is_none(cpft: Walk, entry: Entry) -> None:
    member = added(cpft, entry)
    did(cpft, panel_register.change_member, member_id=member, said=entry)
    assert [kind for kind, _ in acts(cpft)] == ["person_added", "panel_member_listed"]
    said = replace(entry, ends_on=date(2032, 1, 1), approvals={"BMA": None, "BDA": date(2027, 2, 1)})
    did(cpft, panel_register.change_member, member_id=member, said=said)
    changed = found(cpft, member)
    assert changed.ends_on == date(2032, 1, 1)
    assert changed.approvals == {"NHS Employers": date(2026, 12, 1), "BDA": date(2027, 2, 1)}
    assert [kind for kind, _ in acts(cpft)][2:] == ["panel_member_changed"]


def test_whoever_is_taken_off_is_listed_no_more_and_may_be_entered_again(cpft: Walk, entry: Entry) -> None:
    member, today = added(cpft, entry), cpft.at.date()
    for day in (entry.starts_on - A_DAY, today + A_DAY):
        with pytest.raises(TakenOffTooEarly):
            did(cpft, panel_register.take_off, member_id=member, day=day, reason="Moved.")
    with pytest.raises(WordsNeeded):
        did(cpft, panel_register.take_off, member_id=member, day=today, reason=" ")
    did(cpft, panel_register.take_off, member_id=member, day=today, reason=" Moved away. ")
    off = found(cpft, member)
    assert (off.taken_off_on, off.taken_off_because) == (today, "Moved away.")
    assert off.standing((), today) != LISTED
    with pytest.raises(OffTheRegister, match="Dr Ada Hope was taken off"):
        did(cpft, panel_register.change_member, member_id=member, said=entry)
    again = found(cpft, added(cpft, entry, off.person_id))
    assert again.standing((), today) == LISTED


def test_days_and_conflicts_are_recorded_and_taken_back(cpft: Walk, bth: Walk, entry: Entry) -> None:
    member, today = added(cpft, entry), cpft.at.date()
    one = {"member_id": member}
    with pytest.raises(EndsBeforeItBegins):
        did(cpft, panel_register.add_absence, **one, starts_on=today, ends_on=today - A_DAY)
    did(cpft, panel_register.add_absence, **one, starts_on=today, ends_on=today + A_DAY)
    group = cpft.house.care_group.id
    theirs = bth.house.care_group.id
    with pytest.raises(NoSuchCareGroup):
        did(cpft, panel_register.declare_conflict, **one, said="Worked there.", care_group_id=theirs)
    did(cpft, panel_register.declare_conflict, **one, said="Worked there.", care_group_id=group)
    [away], [conflict] = found(cpft, member).absences, found(cpft, member).conflicts
    assert (away.starts_on, away.ends_on) == (today, today + A_DAY)
    assert (conflict.words, conflict.care_group_id) == ("Worked there.", group)
    assert did(cpft, panel_register.remove_absence, absence_id=away.id) == member
    assert did(cpft, panel_register.withdraw_conflict, conflict_id=conflict.id) == member
    assert (found(cpft, member).absences, found(cpft, member).conflicts) == ((), ())
    assert [kind for kind, _ in acts(cpft)][2:] == ["panel_member_changed"] * 4


@pytest.mark.clause("CPFT-7.8.12-b")
def test_the_register_carries_the_day_of_its_last_review(cpft: Walk) -> None:
    with pytest.raises(ReviewedTomorrow):
        did(cpft, panel_register.record_review, day=cpft.at.date() + A_DAY, said="Done.")
    did(cpft, panel_register.record_review, day=cpft.at.date(), said="All asked.")
    with cpft.session() as session:
        [(review, name)] = rows.reviews(session, trust_id=cpft.house.trust.id)
    assert (review.day, review.note, name) == (cpft.at.date(), "All asked.", cpft.house.directorate.name)
    assert acts(cpft) == [("panel_register_reviewed", cpft.house.directorate.id)]
