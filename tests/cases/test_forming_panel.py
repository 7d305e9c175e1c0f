"""Forming the panel of an appeal: a chair, the doctor's nominee, and a third member from the register."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.cases.conftest import SQLITE
from tests.cases.disputing import form_panel, hear, list_member, outsider, to_appeal
from tests.cases.walk import Walk
from workflows.domain.errors import BadValues
from workflows.domain.fields import Json
from workflows.domain.panel_register import Use
from workflows.domain.panels import SEATS
from workflows.store import panel_register as register
from workflows.store.case_roles import of_case
from workflows.store.models import Account, Deputy, Mail, Person

pytestmark = SQLITE
CONFIRMED: Mapping[str, Json] = {"nominee_not_advocate": "confirmed"}
OUTSIDE: Mapping[str, Json] = {
    "nominee_name": "Dr Una Foster",
    "nominee_email": "una@elsewhere.example",
    "nominee_organisation": "Tyne Moor Partnership",
}


def refused(walk: Walk, who: Person, element: str, reference: str, **values: Json) -> dict[str, str]:
    """What is wrong with these answers, by the key of the field."""
    with pytest.raises(BadValues) as raised:
        walk.do(who, element, reference, **values)
    return raised.value.problems


def sitting(walk: Walk, reference: str) -> dict[str, int]:
    """Who has which seat of the panel now."""
    with walk.session() as session:
        rows = of_case(session, case_id=walk.case(reference).id, on=walk.at.date())
    return {one.seat: one.person_id for one in rows if one.ended_at is None and one.seat in SEATS}


def use(walk: Walk, *people: Person) -> list[Use]:
    """How often each was called, as the fairness report counts it."""
    with walk.session() as session:
        used = register.use(session, trust_id=walk.house.trust.id)
    return [used.get(one.id, Use()) for one in people]


def person(walk: Walk, person_id: int) -> Person:
    with walk.session() as session:
        session.expire_on_commit = False
        return session.get_one(Person, person_id)


def third(walk: Walk, reference: str) -> Person:
    """Whom the register has proposed."""
    return person(walk, walk.facts(reference)["third_member"])


def answer(walk: Walk, reference: str, *, doctor: str = "none", manager: str = "none") -> None:
    """What both sides say of the proposed member."""
    said = {walk.house.doctor: doctor, walk.house.manager: manager}
    for who, what in said.items():
        reason = {"third_reason": "They are friends"} if what == "object" else {}
        walk.do(who, "answer_third", reference, third_answer=what, **reason)


@pytest.mark.clause("CPFT-7.8.10-a", "CPFT-7.8.10-b", "CPFT-7.8.10-c")
def test_the_panel_is_not_complete_without_a_chair_a_nominee_and_a_third_who_have_all_declared(cpft: Walk) -> None:
    house = cpft.house
    list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    assert cpft.waiting(reference) == ["answer_third", "answer_third", "name_chair", "name_nominee"]
    chair, nominee = outsider(cpft, "Dr Chair Person"), outsider(cpft, "Dr Second Member")
    answer(cpft, reference)
    assert "book_hearing" not in cpft.waiting(reference)
    cpft.do(house.chief_executive, "name_chair", reference, chair_person=chair.id)
    assert cpft.waiting(reference) == ["name_nominee"]
    cpft.do(house.doctor, "name_nominee", reference, nominee_person=nominee.id, **CONFIRMED)
    assert cpft.waiting(reference) == ["declare_interests"] * 3
    assert {step.role for step in cpft.steps(reference, "declare_interests")} == {"panel_chair", "panel_member"}
    members = [chair, nominee, third(cpft, reference)]
    for one in members[:2]:
        cpft.do(one, "declare_interests", reference, declared="fit")
    assert cpft.waiting(reference) == ["declare_interests"]
    cpft.do(members[2], "declare_interests", reference, declared="fit")
    assert cpft.waiting(reference) == ["book_hearing"]
    assert sitting(cpft, reference) == dict(zip(SEATS, [one.id for one in members], strict=True))


@pytest.mark.clause("TCS-4-e")
def test_nobody_with_an_earlier_part_is_named_and_the_reason_is_said(cpft: Walk) -> None:
    house = cpft.house
    list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    said = {
        house.manager: "is one of the two sides",
        house.doctor: "is one of the two sides",
        house.medical_director: "they mediated in it",
    }
    for who, words in said.items():
        problems = refused(cpft, house.chief_executive, "name_chair", reference, chair_person=who.id)
        assert words in problems["chair_person"]
        nominated = refused(cpft, house.doctor, "name_nominee", reference, nominee_person=who.id, **CONFIRMED)
        assert words in nominated["nominee_person"]
    proposed = third(cpft, reference)
    problems = refused(cpft, house.chief_executive, "name_chair", reference, chair_person=proposed.id)
    assert "sits on the panel already" in problems["chair_person"]
    yesterday = cpft.at.date() - timedelta(days=1)
    with cpft.session() as session:
        session.execute(update(Person).where(Person.id == house.finance.id).values(left_on=yesterday))
        session.commit()
    problems = refused(cpft, house.chief_executive, "name_chair", reference, chair_person=house.finance.id)
    assert problems["chair_person"] == "Liam Fearon has left. Choose somebody else."


def test_nobody_sits_twice(cpft: Walk) -> None:
    list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    chair = outsider(cpft, "Dr Chair Person")
    cpft.do(cpft.house.chief_executive, "name_chair", reference, chair_person=chair.id)
    problems = refused(cpft, cpft.house.doctor, "name_nominee", reference, nominee_person=chair.id, **CONFIRMED)
    assert "sits on the panel already" in problems["nominee_person"]


@pytest.mark.clause("TCS-4-g")
def test_a_nominee_sits_as_a_member_and_not_as_the_doctors_advocate(cpft: Walk) -> None:
    reference = to_appeal(cpft)
    nominee = outsider(cpft, "Dr Second Member")
    assert "nominee_not_advocate" in refused(
        cpft, cpft.house.doctor, "name_nominee", reference, nominee_person=nominee.id
    )
    assert "nominee" not in sitting(cpft, reference)


def test_a_nominee_from_outside_is_entered_invited_and_declares_like_the_others(cpft: Walk) -> None:
    house = cpft.house
    reference = to_appeal(cpft)
    both = {**OUTSIDE, **CONFIRMED, "nominee_person": house.colleague.id}
    assert "not both" in refused(cpft, house.doctor, "name_nominee", reference, **both)["nominee_person"]
    assert "nominee_person" in refused(cpft, house.doctor, "name_nominee", reference, **CONFIRMED)
    known = {**OUTSIDE, **CONFIRMED, "nominee_email": house.colleague.email}
    assert "is known here" in refused(cpft, house.doctor, "name_nominee", reference, **known)["nominee_email"]
    typo = {**OUTSIDE, **CONFIRMED, "nominee_email": "una at elsewhere"}
    assert "nominee_email" in refused(cpft, house.doctor, "name_nominee", reference, **typo)
    cpft.do(house.doctor, "name_nominee", reference, **OUTSIDE, **CONFIRMED)
    named = person(cpft, sitting(cpft, reference)["nominee"])
    assert (named.name, named.email) == ("Dr Una Foster", "una@elsewhere.example")
    assert cpft.facts(reference)["panel_seat_of"] == named.id
    with cpft.session() as session:
        assert session.scalars(select(Account.id).where(Account.person_id == named.id)).one()
        [link] = session.scalars(select(Mail).where(Mail.person_id == named.id, Mail.kind == "invitation"))
    assert "Choose a password" in link.words


@pytest.mark.clause("CPFT-7.8.10-c", "TCS-4-f")
def test_the_third_is_proposed_from_the_register_by_least_recent_use_and_is_not_seated_yet(cpft: Walk) -> None:
    first, second = list_member(cpft, "Dr Abel Used"), list_member(cpft, "Dr Zoe Unused")
    other, begun = cpft.start(cpft.house.colleague, "help_request", subject=cpft.house.colleague.id), cpft.at
    with cpft.session() as session:
        entry = register.on_it(session, trust_id=cpft.house.trust.id, person_id=first.id)
        assert entry
        register.allocate(session, member_id=entry.id, case_id=cpft.case(other).id, status="sat", now=begun)
        session.commit()
    reference = to_appeal(cpft)
    assert third(cpft, reference).id == second.id
    assert use(cpft, first, second) == [Use(sat=1, last=begun), Use(proposed=1, last=cpft.at)]
    assert "third" not in sitting(cpft, reference)
    assert cpft.facts(reference)["third_round"] == 1


@pytest.mark.clause("CPFT-7.8.12-a")
@pytest.mark.parametrize("side", ["doctor", "manager"])
def test_an_objection_by_either_side_brings_in_one_alternative_and_a_second_is_refused(cpft: Walk, side: str) -> None:
    first, second = list_member(cpft, "Dr Abel First"), list_member(cpft, "Dr Bea Second")
    reference = to_appeal(cpft)
    who = getattr(cpft.house, side)
    assert "third_reason" in refused(cpft, who, "answer_third", reference, third_answer="object")
    answer(cpft, reference, **{side: "object"})
    assert third(cpft, reference).id == second.id
    assert cpft.facts(reference)["third_round"] == 2
    problems = refused(cpft, who, "answer_third", reference, third_answer="object", third_reason="Nor them")
    assert problems["third_answer"] == "One alternative has been named already. A second objection is not possible."
    answer(cpft, reference)
    assert sitting(cpft, reference) == {"third": second.id}
    assert [(one.objected, one.proposed, one.times) for one in use(cpft, first, second)] == [(1, 0, 0), (0, 1, 1)]
    assert len(cpft.events(reference, "third_objected")) == 1
    assert [one.details["whose"] for one in cpft.events(reference, "role_taken")] == [second.id]
    assert second.id not in [one.details["whose"] for one in cpft.events(reference, "role_given")], (
        "no party named them"
    )


@pytest.mark.clause("CPFT-7.8.12-a")
def test_whoever_says_nothing_in_time_does_not_object_nor_again_to_the_alternative(cpft: Walk) -> None:
    list_member(cpft, "Dr Abel First")
    second = list_member(cpft, "Dr Bea Second")
    reference = to_appeal(cpft)
    cpft.do(cpft.house.doctor, "answer_third", reference, third_answer="object", third_reason="A friend of theirs")
    cpft.pass_time(days=8)
    assert third(cpft, reference).id == second.id, "one objection counts, whatever the other side leaves unsaid"
    cpft.pass_time(days=8)
    assert sitting(cpft, reference) == {"third": second.id}


def test_an_exhausted_register_is_said_to_the_directorate_which_finds_somebody(cpft: Walk) -> None:
    house = cpft.house
    reference = to_appeal(cpft)
    assert "extend_register" in cpft.waiting(reference)
    assert cpft.facts(reference)["third_vacant"] is True
    assert [one.subject for one in cpft.notices(house.directorate) if one.kind == "register_exhausted"] == [
        f"{cpft.case(reference).title}: nobody is left on the panel register"
    ]
    found = list_member(cpft, "Dr Third Member")
    cpft.do(house.directorate, "extend_register", reference, register_extended="Dr Third Member was put on it")
    assert third(cpft, reference).id == found.id
    assert "answer_third" in cpft.waiting(reference)


@pytest.mark.clause("TCS-4-e")
def test_a_third_who_declares_a_part_stands_down_and_the_next_of_the_same_round_takes_the_seat(cpft: Walk) -> None:
    house = cpft.house
    first, second = list_member(cpft, "Dr Abel First"), list_member(cpft, "Dr Bea Second")
    reference = to_appeal(cpft)
    chair, nominee = outsider(cpft, "Dr Chair Person"), outsider(cpft, "Dr Second Member")
    cpft.do(house.chief_executive, "name_chair", reference, chair_person=chair.id)
    cpft.do(house.doctor, "name_nominee", reference, nominee_person=nominee.id, **CONFIRMED)
    answer(cpft, reference)
    for one in (chair, nominee):
        cpft.do(one, "declare_interests", reference, declared="fit")
    assert "declared_reason" in refused(cpft, first, "declare_interests", reference, declared="not_fit")
    cpft.do(first, "declare_interests", reference, declared="not_fit", declared_reason="I taught the doctor")
    assert third(cpft, reference).id == second.id
    assert cpft.facts(reference)["third_round"] == 1, "nobody has objected, so that either side still may"
    assert cpft.waiting(reference) == ["answer_third", "answer_third"], "the other seats are taken"
    answer(cpft, reference)
    assert cpft.waiting(reference) == ["declare_interests"], "chair and nominee have declared"
    cpft.do(second, "declare_interests", reference, declared="fit")
    assert cpft.waiting(reference) == ["book_hearing"]
    assert [(one.stood_down, one.times) for one in use(cpft, first, second)] == [(1, 0), (0, 1)]


@pytest.mark.clause("TCS-4-e")
def test_a_chair_who_declares_a_part_is_named_anew_and_never_again(cpft: Walk) -> None:
    house = cpft.house
    member = list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    chair, nominee, other = (outsider(cpft, f"Dr {name}") for name in ("Chair Person", "Second Member", "Other Chair"))
    cpft.do(house.chief_executive, "name_chair", reference, chair_person=chair.id)
    cpft.do(house.doctor, "name_nominee", reference, nominee_person=nominee.id, **CONFIRMED)
    answer(cpft, reference)
    cpft.do(chair, "declare_interests", reference, declared="not_fit", declared_reason="I advised the team")
    for one in (nominee, member):
        cpft.do(one, "declare_interests", reference, declared="fit")
    assert cpft.waiting(reference) == ["name_chair"]
    problems = refused(cpft, house.chief_executive, "name_chair", reference, chair_person=chair.id)
    assert "they have been on its panel before" in problems["chair_person"]
    cpft.do(house.chief_executive, "name_chair", reference, chair_person=other.id)
    cpft.do(other, "declare_interests", reference, declared="fit")
    assert cpft.waiting(reference) == ["book_hearing"]


def test_nobody_declares_for_somebody_else(cpft: Walk) -> None:
    house = cpft.house
    list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    chair, nominee = outsider(cpft, "Dr Chair Person"), outsider(cpft, "Dr Second Member")
    cpft.do(house.chief_executive, "name_chair", reference, chair_person=chair.id)
    cpft.do(house.doctor, "name_nominee", reference, nominee_person=nominee.id, **CONFIRMED)
    answer(cpft, reference)
    step = cpft.step(chair, "declare_interests", reference)
    today = cpft.at.date()
    with cpft.session() as session:
        away = {"starts_on": today, "ends_on": today, "reason": "Leave", "recorded_at": cpft.at}
        session.add(Deputy(person_id=chair.id, deputy_id=house.finance.id, **away))
        session.commit()
    with pytest.raises(BadValues) as raised:
        cpft.complete(house.finance, step, declared="fit")
    assert raised.value.problems == {"declared": "Only whoever sits on the panel can say this of themselves."}


@pytest.mark.clause("CPFT-7.8.11")
def test_a_hearing_that_was_held_counts_as_use_of_the_third_member(cpft: Walk) -> None:
    list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    chair, _, member = form_panel(cpft, reference)
    assert [(one.proposed, one.sat) for one in use(cpft, member)] == [(1, 0)]
    hear(cpft, reference, chair)
    assert [(one.proposed, one.sat) for one in use(cpft, member)] == [(0, 1)]
