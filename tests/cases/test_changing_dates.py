"""Extending, stopping and taking back: who may, in whose name, who is told, and what is undone."""

from datetime import date, timedelta

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.stages import to_signatures
from tests.cases.walk import Walk
from workflows import deadlines
from workflows.deadlines.changing import (
    NothingToTakeBack,
    NotYoursToChange,
    TooFar,
    TooLateToTakeBack,
    TooLong,
)
from workflows.domain.deadlines import NoReason
from workflows.store.models import Deputy, Person, Post


def change(walk: Walk, verb: str, who: Person, reference: str, **words: object) -> None:
    walk.perform(
        getattr(deadlines, verb),
        actor=walk.actor(who),
        deadline_id=walk.deadline(reference, "sign_off").id,
        now=walk.at,
        **words,
    )


def extend(walk: Walk, who: Person, reference: str, *, days: int = 7, reason: str = "The doctor is ill") -> date:
    later = walk.deadline(reference, "sign_off").due_on + timedelta(days=days)
    change(walk, "extend", who, reference, to_on=later, reason=reason)
    return later


def deputise(walk: Walk, away: Person, deputy: Person) -> None:
    with walk.session() as session:
        day = walk.at.date()
        session.add(
            Deputy(
                person_id=away.id, deputy_id=deputy.id, starts_on=day, ends_on=day, reason="Leave", recorded_at=walk.at
            )
        )
        session.commit()


def test_an_extension_is_taken_back_while_the_first_date_is_still_ahead(cpft: Walk) -> None:
    reference = to_signatures(cpft)
    before = cpft.deadline(reference, "sign_off")
    extend(cpft, cpft.house.directorate, reference)
    change(cpft, "take_back", cpft.house.amd, reference)
    after = cpft.deadline(reference, "sign_off")
    assert (after.due_on, after.due_at, after.status) == (before.due_on, before.due_at, "open")
    assert {step.due_at for step in cpft.steps(reference, "sign_plan")} == {before.due_at}
    assert cpft.history(reference)[-2:] == ["deadline_extended", "deadline_extension_withdrawn"]
    with pytest.raises(NothingToTakeBack):
        change(cpft, "take_back", cpft.house.directorate, reference)
    assert extend(cpft, cpft.house.directorate, reference, days=3) == cpft.deadline(reference, "sign_off").due_on


def test_an_extension_on_which_people_have_relied_stays(cpft: Walk) -> None:
    reference = to_signatures(cpft)
    later = extend(cpft, cpft.house.directorate, reference, days=14)
    cpft.set_day(later - timedelta(days=1))
    with pytest.raises(TooLateToTakeBack):
        change(cpft, "take_back", cpft.house.directorate, reference)
    assert cpft.deadline(reference, "sign_off").due_on == later


@SQLITE
def test_a_pause_is_not_taken_back_but_ended(cpft: Walk) -> None:
    reference = to_signatures(cpft)
    due = cpft.deadline(reference, "sign_off").due_on
    change(cpft, "pause", cpft.house.directorate, reference, reason="Ill")
    with pytest.raises(NothingToTakeBack):
        change(cpft, "take_back", cpft.house.directorate, reference)
    change(cpft, "resume", cpft.house.directorate, reference)
    assert cpft.deadline(reference, "sign_off").due_on == due, "ended on the same day it adds nothing"


@SQLITE
@pytest.mark.parametrize("part", ["directorate", "second_directorate", "amd", "medical_director"])
def test_those_who_watch_over_the_case_change_its_dates(cpft: Walk, part: str) -> None:
    reference = to_signatures(cpft)
    assert extend(cpft, getattr(cpft.house, part), reference) == cpft.deadline(reference, "sign_off").due_on


@SQLITE
@pytest.mark.parametrize("part", ["doctor", "manager", "colleague", "service_manager", "hr", "finance"])
def test_nobody_else_changes_them(cpft: Walk, part: str) -> None:
    reference = to_signatures(cpft)
    with pytest.raises(NotYoursToChange):
        extend(cpft, getattr(cpft.house, part), reference)


@SQLITE
def test_nobody_changes_a_date_of_their_own_plan_not_even_for_somebody_who_is_away(cpft: Walk) -> None:
    reference, house = to_signatures(cpft), cpft.house
    deputise(cpft, house.amd, house.doctor)
    with pytest.raises(NotYoursToChange):
        extend(cpft, house.doctor, reference)
    with cpft.session() as session:
        session.add(Post(trust_id=house.trust.id, person_id=house.doctor.id, role="medical_director",
                         starts_on=date(2020, 1, 1)))  # fmt: skip
        session.commit()
    with pytest.raises(NotYoursToChange):
        extend(cpft, house.doctor, reference)


@SQLITE
def test_a_deputy_changes_a_date_in_the_name_of_whoever_is_away(cpft: Walk) -> None:
    reference, house = to_signatures(cpft), cpft.house
    deputise(cpft, house.amd, house.service_manager)
    extend(cpft, house.service_manager, reference)
    event = cpft.events(reference, "deadline_extended")[0]
    assert (event.who_id, event.on_behalf_of_id) == (house.service_manager.id, house.amd.id)
    with cpft.session() as session:
        made = session.merge(cpft.deadline(reference, "sign_off")).changes[0]
        assert (made.by_id, made.on_behalf_of_id) == (house.service_manager.id, house.amd.id)


@SQLITE
def test_those_who_hold_its_steps_are_told_without_the_reason(cpft: Walk) -> None:
    reference, house = to_signatures(cpft), cpft.house
    extend(cpft, house.directorate, reference, reason="A burn-out")
    for person in (house.doctor, house.manager):
        told = [one for one in cpft.notices(person) if one.kind == "date_changed"]
        assert len(told) == 1
        assert "extended" in told[0].words
        assert "burn-out" not in told[0].words + told[0].subject
    assert not [one for one in cpft.notices(house.directorate) if one.kind == "date_changed"]


@SQLITE
def test_a_slip_of_the_date_and_a_missing_or_endless_reason_are_refused(cpft: Walk) -> None:
    reference, office = to_signatures(cpft), cpft.house.directorate
    with pytest.raises(TooFar):
        extend(cpft, office, reference, days=800)
    with pytest.raises(NoReason):
        extend(cpft, office, reference, reason="  ")
    with pytest.raises(TooLong):
        extend(cpft, office, reference, reason="x" * 30_000)
