"""The stretches of a dispute that several tests walk, each as the people of the trust would."""

from datetime import date

from tests.cases.keeping import walked_once
from tests.cases.stages import disagree, refuse, with_extra
from tests.cases.walk import Walk
from tests.factories import add_person
from workflows.domain.fields import Json
from workflows.engine import releases
from workflows.panel_register import Entry, add_member
from workflows.store.models import Person

REFERRAL: dict[str, Json] = {
    "nature": "The Friday list",
    "position_reason": "There is no time for it",
    "evidence_kinds": ["diaries"],
    "evidence_words": "The diary of October",
    "evidence_files": [],
    "consequences": "Longer waits, or longer weeks",
    "ideas": "Every other Friday",
    "local_resolution": "failed",
}
MEDIATED: dict[str, Json] = {"practitioner_heard": "No time", "manager_heard": "The list is needed"}
BODIES = ("CCG", "NHS Employers", "BMA", "BDA")


@walked_once
def begin(walk: Walk) -> str:
    """A plan whose Friday list is in dispute. Returns the reference of the dispute."""
    own = refuse(walk, with_extra())
    disagree(walk, own, "friday-list")
    return walk.newest("disagreement")


def refer(walk: Walk, reference: str, **changed: Json) -> str:
    """Straight to the referral, by the doctor; the manager states the other position."""
    walk.do(walk.house.doctor, "choose_route", reference, route="refer", talk_declined_reason="It was tried")
    walk.do(walk.house.doctor, "refer", reference, **{**REFERRAL, **changed})
    walk.do(walk.house.manager, "answer_referral", reference, other_position="The list is needed")
    return reference


def book(walk: Walk, reference: str, *, days: int = 7) -> None:
    """The Medical Director mediates, in some days from now."""
    director = walk.house.medical_director
    walk.do(director, "name_mediator", reference, mediator_choice="self")
    booked = date.fromordinal(walk.at.date().toordinal() + days).isoformat()
    where: dict[str, Json] = {"mediation_time": "10:00", "mediation_place": "Voreda"}
    walk.do(director, "book_mediation", reference, mediation_booked_for=booked, **where)


def mediate(walk: Walk, reference: str, result: str, *, stands: str = "") -> None:
    """The meeting takes place a week later."""
    book(walk, reference)
    walk.pass_time(days=7)
    record(walk, reference, result, stands=stands)


def record(walk: Walk, reference: str, result: str, *, stands: str = "") -> None:
    """The Medical Director records the meeting of today."""
    house = walk.house
    walk.do(
        house.medical_director,
        "record_mediation",
        reference,
        mediation_meeting_date=walk.today,
        mediation_present=[house.doctor.id, house.manager.id, house.medical_director.id],
        separate_notes="The doctor would take every other Friday",
        mediation_result=result,
        outcomes=outcome(stands) if stands else [],
        **MEDIATED,
    )


def outcome(stands: str, **said: Json) -> list[dict[str, Json]]:
    """What is to stand of the Friday list."""
    return [{"element": "friday-list", "outcome": stands, "value": "", "pas": "", "reason": "", **said}]


def decide(walk: Walk, reference: str, stands: str) -> None:
    """The Medical Director decides in writing."""
    director = walk.house.medical_director
    walk.do(director, "decide", reference, decision_reasons="The service needs it", outcomes=outcome(stands))


def appeal(walk: Walk, reference: str) -> None:
    """The doctor appeals against the decision."""
    words = {"appeal_points": "The Friday list", "appeal_reasons": "No time", "appeal_schedule": "schedule_4"}
    walk.do(walk.house.doctor, "answer_decision", reference, appeal_choice="appeal", **words)


@walked_once
def to_appeal(walk: Walk) -> str:
    """A dispute that the doctor has lost at mediation and appeals against."""
    reference = refer(walk, begin(walk))
    mediate(walk, reference, "not_agreed")
    decide(walk, reference, "manager")
    appeal(walk, reference)
    return reference


def outsider(walk: Walk, name: str) -> Person:
    """Somebody who had no part in anything so far."""
    with walk.session() as session:
        session.expire_on_commit = False
        person = add_person(session, trust=walk.house.trust, name=name)
        session.commit()
        return person


def list_member(walk: Walk, name: str) -> Person:
    """Somebody on the register of third members, approved by every body of the trust's policy."""
    person = outsider(walk, name)
    with walk.session() as session:
        bodies = releases.published(session, trust_id=walk.house.trust.id).policy.bodies["panel_list"]
    entry = Entry("Another trust", "", date(2026, 1, 1), None, dict.fromkeys(bodies, date(2026, 1, 1)))
    walk.perform(add_member, by=walk.actor(walk.house.directorate), who=person.id, said=entry, now=walk.at)
    return person


def form_panel(walk: Walk, reference: str) -> tuple[Person, Person, Person]:
    """Chair, nominee and third are named and declare that they can sit."""
    house = walk.house
    chair, nominee = outsider(walk, "Dr Chair Person"), outsider(walk, "Dr Second Member")
    walk.do(house.chief_executive, "name_chair", reference, chair_person=chair.id)
    walk.do(house.doctor, "name_nominee", reference, nominee_person=nominee.id, nominee_not_advocate="confirmed")
    for party in (house.doctor, house.manager):
        walk.do(party, "answer_third", reference, third_answer="none")
    third = walk.facts(reference)["third_member"]
    with walk.session() as session:
        session.expire_on_commit = False
        member = session.get_one(Person, third)
    for one in (chair, nominee, member):
        walk.do(one, "declare_interests", reference, declared="fit")
    return chair, nominee, member


def hear(walk: Walk, reference: str, chair: Person) -> None:
    """The hearing is booked in two weeks, both sides state their case in time, and it takes place."""
    house = walk.house
    booked = date.fromordinal(walk.at.date().toordinal() + 14).isoformat()
    where: dict[str, Json] = {"hearing_time": "10:00", "hearing_place": "Board room", "hearing_days": 1}
    walk.do(house.chief_executive, "book_hearing", reference, hearing_booked_for=booked, **where)
    walk.do(house.doctor, "practitioner_statement", reference, practitioner_statement="No time for it")
    walk.do(house.manager, "management_statement", reference, management_statement="Needed on Fridays")
    walk.pass_time(days=14)
    record_hearing(walk, reference, chair)


def record_hearing(walk: Walk, reference: str, chair: Person, **changed: Json) -> None:
    """What the chair records of the hearing."""
    said: dict[str, Json] = {
        "appeal_hearing_date": walk.today,
        "hearing_present": [walk.house.doctor.id, walk.house.manager.id, chair.id],
        "management_case": "The list is needed",
        "practitioner_case": "There is no time",
        "represented_by": "alone",
        "representative_as_lawyer": False,
        "hearing_adjourned": False,
    }
    walk.do(chair, "record_hearing", reference, **{**said, **changed})
