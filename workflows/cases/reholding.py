"""When a post passes to somebody else, the open steps of its holder pass with it."""

from collections.abc import Iterable
from datetime import date, datetime

from workflows.domain.calendars import civil_day
from workflows.domain.people import Area
from workflows.domain.roles import Role
from workflows.engine import releases, runner, supporting
from workflows.engine.holders import Bench
from workflows.engine.moves import NOBODY
from workflows.engine.projection import roles_of_step
from workflows.store import Session, touched
from workflows.store import cases as case_rows
from workflows.store import events as event_rows
from workflows.store import posts as post_rows
from workflows.store import steps as step_rows
from workflows.store.models import Case, Json, Step


def cases_that_wait(session: Session) -> list[int]:
    """The cases whose steps wait for the holders of posts, by id."""
    return step_rows.cases_of_roles(session)


def cases_around(session: Session, *, trust_id: int, area: Area) -> list[int]:
    """The cases of a trust whose steps a change of posts may touch, by id."""
    return touched.cases_around(session, trust_id=trust_id, area=area)


def rehold(session: Session, *, case_id: int, now: datetime) -> int:
    """Give the open steps of a case to whoever holds their roles today. Returns how many have passed on.

    A step that is one person's own stays theirs; one that the directorate has assigned stays so while its holder holds
    a post. A vacant role's steps go to the directorate's queue, and leave it when the role is held again.
    """
    case = case_rows.by_id(session, case_id=case_id)
    if case is None or case.status != "open":
        return 0
    supporting.add_supporters(session, case=case, now=now)
    steps = of_roles(session, case, civil_day(now))
    held = step_rows.holders(session, step_ids=[step.id for step in steps])
    entitled = holders_today(session, case, steps, civil_day(now))
    passing = {step: people for step, people in entitled.items() if set(people) != set(held[step.id])}
    if not passing:
        return 0
    move = runner.open_move(session, case=case, now=now, by=NOBODY)
    step_rows.set_holders(session, held=passing)
    for step, people in passing.items():
        only = people[0] if len(people) == 1 else None
        step.holder_id = step.holder_id if step.holder_id in people else only
        step.queue = "" if people else Role.MEDICAL_DIRECTORATE.value
        between: dict[str, Json] = {"from": held[step.id] or Role.MEDICAL_DIRECTORATE.value, "to": people or step.queue}
        move.record("holder_changed", step=step.id, element=step.element, name=step.name, **between)
    runner.save(move)
    return len(passing)


def of_roles(session: Session, case: Case, on: date) -> list[Step]:
    """The open steps of a case that belong to a role, not to one person."""
    steps = [step for step in step_rows.open_of_case(session, case_id=case.id) if not step.item]
    assigned = event_rows.steps_assigned(session, case_id=case.id)
    return [step for step in steps if step.id not in assigned or not holds_a_post(session, [step.holder_id], on)]


def holders_today(session: Session, case: Case, steps: Iterable[Step], on: date) -> dict[Step, list[int]]:
    """Who holds the roles of each step on a day."""
    loaded = releases.of(session, release_id=case.release_id)
    bench = Bench(session, case=case, policy=loaded.policy, on=on)
    nodes = {step: loaded.diagrams.drawing(step.process).nodes[step.element] for step in steps}
    return {step: bench.any_of(roles_of_step(node, step.item)) for step, node in nodes.items()}


def holds_a_post(session: Session, people: Iterable[int | None], on: date) -> bool:
    """Whether one of these people holds any post on a day and has not left."""
    return any(person and post_rows.posts_of(session, person_id=person, on=on) for person in people)
