"""Holding a step: claim one of a group's, give it back, assign one that nobody holds."""

from datetime import datetime

from workflows.cases.acting import Actor, BothSides, NotTheDirectorate, acting, find_step
from workflows.cases.reholding import holds_a_post
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed
from workflows.domain.roles import Role
from workflows.engine import releases, runner
from workflows.engine.moves import Acting, Move
from workflows.engine.notices import tell
from workflows.store import Session
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store import steps as step_rows
from workflows.store.models import Step


class NotAGroups(NotAllowed):
    """Only you can take this step, so there is nobody to give it back to."""


class NotOfTheTrust(NotAllowed):
    """A step can only be assigned to somebody of this trust."""


class NotForTheDirectorate(NotAllowed):
    """The {medical_directorate} team finds somebody for this step; nobody of the team takes it."""


class HeldAlready(NotAllowed):
    """Somebody holds this step already. Only a step in the queue, or of somebody who holds no post any more, can be
    assigned."""


class HasLeft(NotAllowed):
    """{name} has left the trust. Choose somebody who works here."""


def claim_step(session: Session, *, actor: Actor, step_id: int, now: datetime) -> None:
    """Take a group's step, so that colleagues leave it to you. Raises what `acting` raises; StepGone."""
    step = find_step(session, actor=actor, step_id=step_id)
    by = acting(session, actor=actor, step=step, now=now)
    holder = by.whose
    if step.holder_id != holder:
        change_holder(session, step, holder, by, now, kind="step_claimed")


def release_step(session: Session, *, actor: Actor, step_id: int, now: datetime) -> None:
    """Give a claimed step back to its group. A colleague of the group may as well, for one who cannot do it: whoever
    had claimed it is told. Raises NotAGroups for a step that only its holder can take."""
    step = find_step(session, actor=actor, step_id=step_id)
    holders = step_rows.holders(session, step_ids=[step.id])[step.id]
    by = acting(session, actor=actor, step=step, now=now, holders=holders, whoever_claimed=True)
    if len(holders) < 2:
        raise NotAGroups
    had = step.holder_id
    if had is None:
        return
    move = change_holder(session, step, None, by, now, kind="step_released")
    if had not in {actor.person_id, by.on_behalf_of_id}:
        tell(
            move,
            [had],
            key=f"{move.case.id}:{move.case.version}:step_released",
            kind="step_released",
            subject=f"{step.name}: free for your team again",
            words=f"{move.names_of([actor.person_id])[actor.person_id]} has given back the step that you had claimed.",
        )
        runner.save(move)


def assign_step(session: Session, *, actor: Actor, step_id: int, person_id: int, now: datetime) -> None:
    """Give a step that nobody is eligible for, or whose holders hold no post any more, to a person, who then takes it.
    The directorate cannot complete it.

    Raises: NotTheDirectorate, HeldAlready, NotOfTheTrust, HasLeft, NotForTheDirectorate, BothSides, StepGone.
    """
    step, today = find_step(session, actor=actor, step_id=step_id), civil_day(now)
    posts = post_rows.posts_of(session, person_id=actor.person_id, on=today)
    if not any(post.role == Role.MEDICAL_DIRECTORATE for post in posts):
        raise NotTheDirectorate
    if not step.queue and holds_a_post(session, step_rows.holders(session, step_ids=[step.id])[step.id], today):
        raise HeldAlready
    person = people_rows.by_id(session, trust_id=actor.trust_id, person_id=person_id)
    if person is None:
        raise NotOfTheTrust
    if person.left_on is not None and person.left_on < today:
        raise HasLeft(name=person.name)
    check_assigned(session, step=step, person_id=person_id, now=now)
    step_rows.set_holders(session, held={step: [person_id]})
    step.queue = ""
    change_holder(session, step, person_id, Acting(actor.person_id), now, kind="step_assigned")


def check_assigned(session: Session, *, step: Step, person_id: int, now: datetime) -> None:
    """Whom a step may not be given to: the doctor of the plan, unless it is a doctor's step, whoever does the same step
    for themselves already, and the directorate, which assigns what others agree (CPFT 7.6.2)."""
    drawn = releases.of(session, release_id=step.case.release_id).diagrams.drawing(step.process).nodes[step.element]
    roles = (step.role,) if step.item else drawn.roles or (step.role,)
    if person_id == step.case.subject_id and Role.PRACTITIONER not in roles:
        raise BothSides
    alike = [other for other in step_rows.of_case(session, case_id=step.case_id) if other.element == step.element]
    if any(other.occurrence == step.occurrence and other.item == str(person_id) for other in alike):
        raise BothSides
    posts = post_rows.posts_of(session, person_id=person_id, on=civil_day(now))
    if Role.MEDICAL_DIRECTORATE not in roles and any(post.role == Role.MEDICAL_DIRECTORATE for post in posts):
        raise NotForTheDirectorate


def change_holder(session: Session, step: Step, holder: int | None, by: Acting, now: datetime, *, kind: str) -> Move:
    """Change who has a step, with a line of history."""
    move = runner.open_move(session, case=step.case, now=now, by=by)
    step.holder_id = holder
    move.record(kind, step=step.id, element=step.element, name=step.name, holder=holder)
    runner.save(move)
    return move
