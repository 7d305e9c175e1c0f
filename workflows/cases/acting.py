"""Who may act on a step, for whom, and who may not although they hold a post."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from workflows.domain.calendars import civil_day, in_full
from workflows.domain.errors import Broken, NotAllowed, NotFound
from workflows.domain.roles import Role
from workflows.engine.moves import Acting, in_the_name_of
from workflows.store import Session, step_pages, taking
from workflows.store import posts as post_rows
from workflows.store import steps as step_rows
from workflows.store.models import Step
from workflows.store.taking import TakenStep


@dataclass(frozen=True)
class Actor:
    """The person who asks. Their trust bounds all that they can reach."""

    person_id: int
    trust_id: int


class NoSuchStep(NotFound):
    """There is no such step, or it is not yours to see."""


class StepGone(Broken):
    """This step has already been {how}. Nothing of yours was needed or changed."""


class TimeWasUp(StepGone):
    """The time for this ended at the end of {day}, and the case has gone on. Where you can still ask for it late, a
    step for that is among yours."""


class NotYours(NotAllowed):
    """This step waits for somebody else. You can follow it on the case's page."""


class Claimed(NotAllowed):
    """A colleague has claimed this step. They can release it, and then it is free for you."""


class BothSides(NotAllowed):
    """Nobody acts for both sides of a job plan. Somebody else has to take this step."""


class NotTheDirectorate(NotAllowed):
    """Only the {medical_directorate} team may assign a step that nobody holds."""


def find_step(session: Session, *, actor: Actor, step_id: int) -> Step:
    """A step of the actor's own trust that still waits, with its case. Raises NoSuchStep, StepGone."""
    step = step_rows.get(session, trust_id=actor.trust_id, step_id=step_id)
    if step is None:
        raise NoSuchStep
    check_waits(step)
    return step


def take_step(session: Session, *, actor: Actor, step_id: int, today: date) -> TakenStep:
    """The same, with its case taken for this transaction and with all that the case waits for. Raises NoSuchStep,
    StepGone."""
    taken = taking.take_of_step(session, trust_id=actor.trust_id, step_id=step_id, today=today)
    if taken is None:
        raise NoSuchStep
    check_waits(taken.step, lapsed={row.name: row.due_on for row in taken.taken.deadlines if row.status == "lapsed"})
    return taken


def foresee_completing(session: Session, *, trust_id: int, step_id: int, today: date) -> None:
    """Somebody of that trust, as it seems, is about to complete a step: what will be asked for it comes along with the
    question who they are. If they turn out to be of another trust, it serves for nothing."""
    step_pages.foresee_asked(session, trust_id=trust_id, step_id=step_id)
    taking.foresee_taking(session, trust_id=trust_id, step_id=step_id, today=today)


def check_waits(step: Step, lapsed: Mapping[str, date] = MappingProxyType({})) -> None:
    """Whether there is still something to do. `lapsed`: rights of the case whose time is up, with their last days.
    Raises StepGone, TimeWasUp."""
    if step.status == "cancelled" and step.deadline in lapsed:
        raise TimeWasUp(day=in_full(lapsed[step.deadline]))
    if step.status != "open":
        raise StepGone(how="completed" if step.status == "done" else "withdrawn: the case has gone on without it")


def acting(
    session: Session,
    *,
    actor: Actor,
    step: Step,
    now: datetime,
    holders: Sequence[int] | None = None,
    whoever_claimed: bool = False,
) -> Acting:
    """For whom the actor takes the step: themselves first, else somebody whom they deputise for today.

    holders: those who may act on the step, where they are known already. whoever_claimed: a colleague's claim does not
    stand in the way. Raises: NotYours, Claimed, BothSides.
    """
    if holders is None:
        holders = step_rows.holders(session, step_ids=[step.id])[step.id]
    free = whoever_claimed or step.holder_id is None
    if actor.person_id in holders and (free or step.holder_id == actor.person_id):
        check_side(step, person=actor.person_id, acts_for=actor.person_id)
        return Acting(actor.person_id)
    on = civil_day(now)
    names = in_the_name_of(session, person_id=actor.person_id, on=on)
    for by in names[1:]:
        person = by.on_behalf_of_id or 0
        if person in holders and (free or step.holder_id == person):
            check_side(step, person=actor.person_id, acts_for=person)
            check_deputy(session, step=step, deputy=actor.person_id, acts_for=person, on=on)
            return by
    raise Claimed if {by.whose for by in names} & set(holders) else NotYours


def check_side(step: Step, *, person: int, acts_for: int) -> None:
    """The doctor of the plan acts only as that doctor, and never for those who agree it with them.

    As the doctor of the plan they hold no other role of the case, so what they hold they may take.
    """
    if person == step.case.subject_id != acts_for:
        raise BothSides


def check_deputy(session: Session, *, step: Step, deputy: int, acts_for: int, on: date) -> None:
    """Whoever agrees the plan for the trust does not stand in for the doctor, and nobody stands in for both."""
    subject = step.case.subject_id
    if subject is None:
        return
    for done in step_rows.of_case(session, case_id=step.case_id):
        before = done.on_behalf_of_id or done.done_by_id
        if done.done_by_id == deputy and (before == subject) != (acts_for == subject) and agrees(done) and agrees(step):
            raise BothSides
    if acts_for != subject:
        return
    posts = post_rows.posts_of(session, person_id=deputy, on=on)
    if any(covers(step, post.role, post.team_id, post.care_group_id) for post in posts):
        raise BothSides


def agrees(step: Step) -> bool:
    """Whether the step is one by which the plan is agreed, not one that only checks, books or figures."""
    return step.role in AGREEING


AGREEING: Collection[str] = frozenset(
    {Role.PRACTITIONER, Role.CLINICAL_MANAGER, Role.AMD, Role.MEDICAL_DIRECTOR, Role.CHIEF_EXECUTIVE}
)
TRUSTS_SIDE: Collection[str] = frozenset({Role.CLINICAL_MANAGER, Role.AMD, Role.MEDICAL_DIRECTOR})


def covers(step: Step, role: str, team_id: int | None, care_group_id: int | None) -> bool:
    """Whether a post is one that agrees plans of the step's case for the trust."""
    if role not in TRUSTS_SIDE:
        return False
    return team_id == step.case.team_id or (team_id is None and care_group_id in {None, step.case.care_group_id})
