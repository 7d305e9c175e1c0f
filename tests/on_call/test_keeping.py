"""Keeping rotas: who may, what is recorded, and what is refused with its reason."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select

from tests.cases.conftest import SQLITE
from tests.cases.walk import Walk
from tests.on_call.conftest import FIRST, Keeping
from workflows import on_call
from workflows.domain.people import EndsBeforeItBegins
from workflows.domain.rotas import NotAFrequency, in_force, often
from workflows.on_call import About
from workflows.on_call.keeping import NoSuchRota, NotYourRota, RotaClosed, WordsNeeded
from workflows.on_call.members import NoSuchDoctor, OnItAlready
from workflows.on_call.rotas import NameTaken, NeedsAName, NoSuchTeam, NotACategory
from workflows.store.models import Act, Deputy, Post

pytestmark = SQLITE
A_DAY = timedelta(days=1)


def acts(walk: Walk) -> list[str]:
    with walk.session() as session:
        return list(session.scalars(select(Act.kind).order_by(Act.trust_id, Act.number)))


def verbs(rota: Keeping) -> list[tuple[Callable[..., Any], dict[str, Any]]]:
    one, house = {"rota_id": rota.rota_id}, rota.walk.house
    place = rota.rota().members[0].id
    return [
        (on_call.change_rota, {**one, "said": About("Another")}),
        (on_call.set_category, {**one, "category": "A", "reason": "They return at once."}),
        (on_call.close_rota, {**one, "day": FIRST}),
        (on_call.add_member, {**one, "person_id": house.doctor.id, "starts_on": FIRST, "equal_share": True}),
        (on_call.end_member, {"rota_member_id": place, "ends_on": FIRST}),
        (on_call.open_diary, {**one, "starts_on": FIRST}),
    ]


def test_a_rota_is_kept_by_its_clinical_manager_and_the_directorate_and_nobody_else(rota: Keeping, cpft: Walk) -> None:
    house, before = rota.walk.house, acts(rota.walk)
    others = (house.doctor, house.service_manager, house.amd, house.medical_director, house.hr, house.finance)
    for verb, about in [*verbs(rota), (on_call.add_rota, {"team_id": house.team.id, "said": About("New")})]:
        for person in others:
            with pytest.raises(NotYourRota, match="are kept by its clinical manager"):
                rota.did(verb, by=person, **about)
        for stranger in (cpft.house.manager, cpft.house.directorate):
            with pytest.raises((NoSuchRota, NoSuchTeam)):
                rota.did(verb, by=stranger, **about)
    assert acts(rota.walk) == before
    rota.did(on_call.set_category, by=house.directorate, rota_id=rota.rota_id, category="B", reason="By telephone.")
    assert rota.rota().category == "B"


def test_a_manager_of_another_team_keeps_it_not_but_their_deputy_does(rota: Keeping) -> None:
    house = rota.walk.house
    about: dict[str, Any] = {"rota_id": rota.rota_id, "category": "A", "reason": "They return at once."}
    with rota.walk.session() as session:
        days = {"starts_on": FIRST - A_DAY, "ends_on": FIRST + A_DAY, "reason": "Leave", "recorded_at": rota.walk.at}
        session.add(Deputy(person_id=house.manager.id, deputy_id=house.colleague.id, **days))
        session.commit()
    rota.did(on_call.set_category, by=house.colleague, **about)
    rota.move_to(FIRST + 2 * A_DAY)
    with pytest.raises(NotYourRota):
        rota.did(on_call.set_category, by=house.colleague, **about)
    with rota.walk.session() as session:
        post = session.scalars(select(Post).where(Post.person_id == house.manager.id)).one()
        post.ends_on = FIRST
        session.commit()
    with pytest.raises(NotYourRota):
        rota.did(on_call.set_category, **about)


@pytest.mark.clause("BTH-3.4.13.1-c")
def test_a_rota_is_set_to_a_or_b_with_the_reason(rota: Keeping) -> None:
    with pytest.raises(NotACategory):
        rota.did(on_call.set_category, rota_id=rota.rota_id, category="C", reason="Why not?")
    with pytest.raises(WordsNeeded):
        rota.did(on_call.set_category, rota_id=rota.rota_id, category="A", reason=" ")
    rota.did(on_call.set_category, rota_id=rota.rota_id, category="A", reason=" They return at once. ")
    found = rota.rota()
    assert (found.category, found.category_reason) == ("A", "They return at once.")
    assert acts(rota.walk)[-1] == "rota_category_set"


def test_a_rota_has_a_name_of_its_own_in_its_team_and_a_frequency_that_can_be(rota: Keeping) -> None:
    house = rota.walk.house
    for error, said in [
        (NameTaken, About(" physicians ")),
        (NeedsAName, About("  ")),
        (NeedsAName, About("x" * 121)),
        (NotAFrequency, About("New", Fraction(1, 2))),
        (NotAFrequency, About("New", Fraction(1001))),
    ]:
        with pytest.raises(error):
            rota.did(on_call.add_rota, team_id=house.team.id, said=said)
    rota.did(on_call.change_rota, rota_id=rota.rota_id, said=About("Physicians", Fraction("4.5"), True))
    found = rota.rota()
    assert (found.frequency, found.routine_emergencies) == ("9/2", True)


@pytest.mark.clause("BTH-3.4.13.1-d")
def test_a_rota_is_as_frequent_as_it_has_doctors_unless_that_is_stated(rota: Keeping) -> None:
    members = rota.rota().members
    assert often(members, "") == 2
    assert often(members, "9/2") == Fraction("4.5")
    assert often([], "") is None


def test_a_doctor_is_on_a_rota_once_at_a_time(rota: Keeping) -> None:
    house = rota.walk.house
    about: dict[str, Any] = {"rota_id": rota.rota_id, "person_id": house.doctor.id, "equal_share": True}
    with pytest.raises(OnItAlready, match="Dr Marta Kowalska is on this rota already"):
        rota.did(on_call.add_member, **about, starts_on=FIRST)
    with pytest.raises(NoSuchDoctor):
        rota.did(on_call.add_member, **{**about, "person_id": house.hr.id}, starts_on=FIRST)
    place = rota.rota().members[0].id
    with pytest.raises(EndsBeforeItBegins):
        rota.did(on_call.end_member, rota_member_id=place, ends_on=date(2020, 1, 1))
    rota.did(on_call.end_member, rota_member_id=place, ends_on=FIRST)
    rota.did(on_call.add_member, **about, starts_on=FIRST + A_DAY)
    assert [member.person_id for member in rota.rota().members].count(house.doctor.id) == 2


def test_a_closed_rota_stays_as_it_is(rota: Keeping) -> None:
    changes = verbs(rota)
    rota.did(on_call.close_rota, rota_id=rota.rota_id, day=FIRST)
    for verb, about in changes:
        with pytest.raises(RotaClosed):
            rota.did(verb, **about)


def test_what_was_agreed_last_for_a_day_counts_on_it(rota: Keeping) -> None:
    assert in_force(rota.rota().diaries, FIRST) is None
