"""Whoever mediates or sits on a panel falls ill or leaves: somebody else comes in, and both stay on record."""

import pytest
from sqlalchemy import select

from tests.cases.conftest import SQLITE
from tests.cases.disputing import begin, book, form_panel, hear, list_member, outcome, outsider, refer, to_appeal
from tests.cases.test_forming_panel import sitting, use
from tests.cases.walk import Walk
from workflows import cases
from workflows.cases.acting import NotYours
from workflows.domain.errors import BadValues, NotFound
from workflows.domain.fields import Json
from workflows.domain.panels import NobodyToReplace, NotYoursToReplace
from workflows.store.case_roles import Seated, of_case
from workflows.store.models import Mail, Person

pytestmark = SQLITE


def replace(
    walk: Walk, reference: str, seat: str, new: Person | None = None, by: Person | None = None, **changed: Json
) -> str:
    """The directorate, or somebody else, replaces whoever has that part."""
    asked: dict[str, Json] = {"reason": "Fell ill", "can_sit": True, **changed}
    who = walk.actor(by or walk.house.directorate)
    called = {"actor": who, "reference": reference, "seat": seat, "person_id": new.id if new else None, "now": walk.at}
    name = walk.perform(cases.replace_panel_member, **called, **asked)
    walk.tick()
    return str(name)


def formed(walk: Walk) -> tuple[str, Person, Person, Person]:
    """An appeal whose panel is complete, and its members."""
    list_member(walk, "Dr Third Member")
    reference = to_appeal(walk)
    return reference, *form_panel(walk, reference)


def record(walk: Walk, reference: str, seat: str) -> list[Seated]:
    """Everybody who has or had that part, oldest first."""
    with walk.session() as session:
        rows = of_case(session, case_id=walk.case(reference).id, on=walk.at.date())
    return [one for one in rows if one.seat == seat]


@pytest.mark.clause("CPFT-7.8.10-a")
def test_a_chair_who_falls_ill_after_the_panel_sat_is_replaced_and_the_recommendation_passes_on(cpft: Walk) -> None:
    reference, chair, _, _ = formed(cpft)
    hear(cpft, reference, chair)
    step = cpft.step(chair, "recommend", reference)
    new = outsider(cpft, "Dr Other Chair")
    assert replace(cpft, reference, "chair", new, cpft.house.chief_executive) == "Dr Other Chair"
    before, after = record(cpft, reference, "chair")
    assert (before.person_id, before.ended_at) == (chair.id, cpft.at)
    assert (after.person_id, after.starts_at, after.because) == (new.id, cpft.at, "Fell ill")
    assert [one.details["whose"] for one in cpft.events(reference, "role_ended")] == [chair.id]
    assert cpft.events(reference, "role_given")[-1].details["whose"] == new.id
    said = {"recommendation": "Every other Friday", "outcomes": outcome("practitioner")}
    with pytest.raises(NotYours):
        cpft.complete(chair, step, **said)
    cpft.complete(new, step, **said)
    assert cpft.waiting(reference) == ["board_decision"]
    assert cpft.facts(reference)["panel"][0] == new.id


def test_a_third_who_leaves_is_replaced_by_the_next_of_the_register_and_only_by_them(cpft: Walk) -> None:
    reference, _, _, third = formed(cpft)
    with pytest.raises(BadValues) as nobody:
        replace(cpft, reference, "third")
    assert "panel register" in nobody.value.problems["seat"]
    assert sitting(cpft, reference)["third"] == third.id, "nothing has changed"
    following = list_member(cpft, "Dr Next Member")
    assert replace(cpft, reference, "third") == "Dr Next Member"
    assert sitting(cpft, reference)["third"] == following.id
    assert [(one.stood_down, one.proposed) for one in use(cpft, third, following)] == [(1, 0), (0, 1)]
    facts = cpft.facts(reference)
    assert (facts["panel_complete"], facts["to_declare"], facts["third_round"]) == (True, [], 1)


@pytest.mark.clause("CPFT-7.8.11")
def test_a_third_who_is_replaced_after_the_hearing_has_sat_and_so_has_whoever_comes_in(cpft: Walk) -> None:
    reference, chair, _, third = formed(cpft)
    hear(cpft, reference, chair)
    following = list_member(cpft, "Dr Next Member")
    replace(cpft, reference, "third")
    assert [(one.sat, one.stood_down) for one in use(cpft, third, following)] == [(1, 0), (1, 0)]


def test_a_step_that_was_drawn_for_the_one_who_goes_is_the_others(cpft: Walk) -> None:
    house = cpft.house
    list_member(cpft, "Dr Third Member")
    reference = to_appeal(cpft)
    ill, new = outsider(cpft, "Dr Second Member"), outsider(cpft, "Dr Comes In")
    cpft.do(house.chief_executive, "name_chair", reference, chair_person=outsider(cpft, "Dr Chair Person").id)
    confirmed = {"nominee_person": ill.id, "nominee_not_advocate": "confirmed"}
    cpft.do(house.doctor, "name_nominee", reference, **confirmed)
    for party in (house.doctor, house.manager):
        cpft.do(party, "answer_third", reference, third_answer="none")
    step = cpft.step(ill, "declare_interests", reference)
    replace(cpft, reference, "nominee", new)
    with pytest.raises(NotYours):
        cpft.complete(ill, step, declared="fit")
    cpft.do(new, "declare_interests", reference, declared="not_fit", declared_reason="I taught the doctor")
    for name in ("chair", "third"):
        with cpft.session() as session:
            member = session.get_one(Person, sitting(cpft, reference)[name])
            session.expunge(member)
        cpft.do(member, "declare_interests", reference, declared="fit")
    assert cpft.waiting(reference) == ["name_nominee"], "who came in cannot sit either"
    assert "nominee" not in sitting(cpft, reference)


@pytest.mark.clause("TCS-4-e")
def test_whoever_comes_in_had_no_part_and_was_asked(cpft: Walk) -> None:
    house = cpft.house
    reference, chair, nominee, _ = formed(cpft)
    wrong = {
        house.medical_director: "they mediated in it",
        house.manager: "one of the two sides",
        nominee: "sits on the panel already",
        chair: "has this part now",
    }
    for who, words in wrong.items():
        with pytest.raises(BadValues) as refused:
            replace(cpft, reference, "chair", who)
        assert words in refused.value.problems["person"]
    new = outsider(cpft, "Dr Other Chair")
    with pytest.raises(BadValues) as refused:
        replace(cpft, reference, "chair", new, reason=" ")
    assert list(refused.value.problems) == ["reason"]
    with pytest.raises(BadValues) as refused:
        replace(cpft, reference, "chair", new, can_sit=False)
    assert list(refused.value.problems) == ["can_sit"]
    with pytest.raises(BadValues) as refused:
        replace(cpft, reference, "chair")
    assert list(refused.value.problems) == ["person"]
    assert sitting(cpft, reference)["chair"] == chair.id


@pytest.mark.parametrize("part", ["doctor", "manager", "amd", "medical_director", "hr"])
def test_only_the_directorate_and_the_chief_executive_replace_anybody(cpft: Walk, part: str) -> None:
    reference, *_ = formed(cpft)
    with pytest.raises(NotYoursToReplace):
        replace(cpft, reference, "chair", outsider(cpft, "Dr Other Chair"), getattr(cpft.house, part))


def test_there_must_be_somebody_to_replace(cpft: Walk) -> None:
    new = outsider(cpft, "Dr Other Chair")
    reference = to_appeal(cpft)
    for seat in ("chair", "third", "mediator", "practitioner", "anything"):
        with pytest.raises(NobodyToReplace):
            replace(cpft, reference, seat, new)
    with pytest.raises(NotFound):
        replace(cpft, "CPFT-1999-0001", "chair", new)


def test_a_mediator_is_replaced_with_the_meeting_that_is_booked(cpft: Walk) -> None:
    house = cpft.house
    reference = refer(cpft, begin(cpft))
    book(cpft, reference)
    step = cpft.step(house.medical_director, "record_mediation", reference)
    with pytest.raises(BadValues) as refused:
        replace(cpft, reference, "mediator", house.manager)
    assert "one of the two sides" in refused.value.problems["person"]
    replace(cpft, reference, "mediator", house.amd)
    assert [one.person_id for one in record(cpft, reference, "mediator")] == [house.medical_director.id, house.amd.id]
    assert cpft.step(house.amd, "record_mediation", reference) == step
    assert "You are invited" in cpft.notices(house.amd)[-1].words
    assert "It is off." in cpft.notices(house.medical_director)[-1].words
    assert [one.kind for one in cpft.notices(house.doctor)][-1] == "replaced"


def test_the_panel_is_invited_to_its_hearing_and_whoever_comes_in_too(cpft: Walk) -> None:
    reference, chair, nominee, third = formed(cpft)
    where = {"hearing_time": "10:00", "hearing_place": "Board room", "hearing_days": 1}
    day = (cpft.at.date()).replace(day=28).isoformat()
    cpft.do(cpft.house.chief_executive, "book_hearing", reference, hearing_booked_for=day, **where)
    for member in (chair, nominee, third):
        assert "You are invited" in [one for one in cpft.notices(member) if one.kind == "meeting"][-1].words
    new = outsider(cpft, "Dr Other Chair")
    replace(cpft, reference, "chair", new)
    with cpft.session() as session:
        mails = session.scalars(select(Mail).where(Mail.person_id == new.id, Mail.kind == "meeting")).all()
    assert len(mails) == 1
    assert '"Dr Other Chair"' in (mails[0].calendar or "")
    assert "Dr Chair Person" not in (mails[0].calendar or "")
    assert len([one for one in cpft.notices(nominee) if one.kind == "meeting"]) == 1
