"""Who may act on a step, for whom, and who may not although they hold a post."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.roles import Role
from workflows.engine.moves import Acting
from workflows.store import Session
from workflows.store import posts as post_rows
from workflows.store import steps as step_rows
from workflows.store.models import Step


@dataclass(frozen=True)
class Actor:
    """The person who asks. Their trust bounds all that they can reach."""

    person_id: int
    trust_id: int


class NoSuchStep(NotFound):
    """There is no such step, or it is not yours to see."""


class NotYours(NotAllowed):
    """This step waits for somebody else. You can follow it on the case's page."""


class Claimed(NotAllowed):
    """A colleague has claimed this step. They can release it, and then it is free for you."""


class BothSides(NotAllowed):
    """Nobody acts for both sides of a job plan. Somebody else has to take this step."""


class NotTheDirectorate(NotAllowed):
    """Only the Medical Directorate team may assign a step that nobody holds."""


def find_step(session: Session, *, actor: Actor, step_id: int) -> Step:
    """A step of the actor's own trust, with its case. Raises NoSuchStep."""
    step = step_rows.get(session, trust_id=actor.trust_id, step_id=step_id)
    if step is None:
        raise NoSuchStep
    return step


def acting(session: Session, *, actor: Actor, step: Step, now: datetime) -> Acting:
    """For whom the actor takes the step: themselves first, else somebody whom they deputise for today.

    Raises: NotYours, Claimed, BothSides.
    """
    holders = step_rows.holders(session, step_ids=[step.id])[step.id]
    if actor.person_id in holders and step.holder_id in {None, actor.person_id}:
        check_side(step, person=actor.person_id, acts_for=actor.person_id)
        return Acting(actor.person_id)
    on = civil_day(now)
    absent = [person.id for person in post_rows.deputising_for(session, person_id=actor.person_id, on=on)]
    for person in absent:
        if person in holders and step.holder_id in {None, person}:
            check_side(step, person=actor.person_id, acts_for=person)
            check_deputy(session, step=step, deputy=actor.person_id, acts_for=person, on=on)
            return Acting(actor.person_id, person)
    raise Claimed if {actor.person_id, *absent} & set(holders) else NotYours


def check_side(step: Step, *, person: int, acts_for: int) -> None:
    """The doctor of the plan acts only as that doctor: never as, or for, those who agree it with them."""
    subject = step.case.subject_id
    if subject is None:
        return
    own_side = acts_for == subject
    if person == subject and (not own_side or (not step.item and step.role != Role.PRACTITIONER and not shared(step))):
        raise BothSides


def shared(step: Step) -> bool:
    """Whether both sides may take the step: then the doctor takes it as the doctor."""
    return bool(step.holder_id is None and step.role in {Role.PRACTITIONER, Role.CLINICAL_MANAGER})


def check_deputy(session: Session, *, step: Step, deputy: int, acts_for: int, on: date) -> None:
    """Whoever agrees the plan for the trust does not stand in for the doctor."""
    if acts_for != step.case.subject_id:
        return
    posts = post_rows.posts_of(session, person_id=deputy, on=on)
    if any(covers(step, post.role, post.team_id, post.care_group_id) for post in posts):
        raise BothSides


TRUSTS_SIDE: Collection[str] = frozenset({Role.CLINICAL_MANAGER, Role.AMD, Role.MEDICAL_DIRECTOR})


def covers(step: Step, role: str, team_id: int | None, care_group_id: int | None) -> bool:
    """Whether a post is one that agrees plans of the step's case for the trust."""
    if role not in TRUSTS_SIDE:
        return False
    return team_id == step.case.team_id or (team_id is None and care_group_id in {None, step.case.care_group_id})
