"""Steps: human tasks and the people who may do them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session, contains_eager

from workflows.store.models import Case, Step, StepHolder


def get(session: Session, *, trust_id: int, step_id: int) -> Step | None:
    """The step with its case and the case's stored state, in one statement: what a verb needs to move on."""
    return session.scalar(
        select(Step)
        .join(Step.case)
        .where(Step.id == step_id, Step.trust_id == trust_id)
        .options(contains_eager(Step.case).undefer(Case.state))
    )


def open_of_case(session: Session, *, case_id: int) -> list[Step]:
    """The steps that wait, oldest first."""
    return list(session.scalars(select(Step).where(Step.case_id == case_id, Step.status == "open").order_by(Step.id)))


def open_for(session: Session, *, person_id: int, element: str, reference: str = "") -> Step | None:
    """The oldest open step of an element that the person may act on, in one case or in any."""
    statement = (
        select(Step)
        .join(Step.case)
        .join(StepHolder, StepHolder.step_id == Step.id)
        .where(StepHolder.person_id == person_id, Step.element == element, Step.status == "open")
        .order_by(Step.id)
        .limit(1)
    )
    return session.scalar(statement.where(Case.reference == reference) if reference else statement)


def occurrences_of_case(session: Session, *, case_id: int) -> dict[tuple[str, str], int]:
    """How often each element has been entered, by (process, element); one that never was is missing.

    The steps of one for-each entry count once.
    """
    statement = (
        select(Step.process, Step.element, func.max(Step.occurrence))
        .where(Step.case_id == case_id)
        .group_by(Step.process, Step.element)
    )
    return {(process, element): count for process, element, count in session.execute(statement)}


def add(session: Session, *, opened: Mapping[Step, Iterable[int]]) -> None:
    """Open steps, each with the ids of the persons who may act on it: two statements for any number of steps."""
    session.add_all(opened)
    session.flush()
    _insert_holders(session, opened)


def holders(session: Session, *, step_ids: Iterable[int]) -> dict[int, list[int]]:
    """Who may act on each step, by step id; a step that nobody may act on has an empty list."""
    wanted: dict[int, list[int]] = {step_id: [] for step_id in step_ids}
    statement = (
        select(StepHolder.step_id, StepHolder.person_id)
        .where(StepHolder.step_id.in_(wanted))
        .order_by(StepHolder.person_id)
    )
    for step_id, person_id in session.execute(statement):
        wanted[step_id].append(person_id)
    return wanted


def set_holders(session: Session, *, held: Mapping[Step, Iterable[int]]) -> None:
    """Give steps other holders: those who are not named lose it."""
    session.execute(delete(StepHolder).where(StepHolder.step_id.in_([step.id for step in held])))
    _insert_holders(session, held)


def end(session: Session, *, steps: Sequence[Step], status: str, now: datetime) -> None:
    """End steps as done or cancelled; their holders' lists follow. Who did it is the caller's to set on the step."""
    if not steps:
        return
    for step in steps:
        step.status = status
        step.ended_at = now
    session.execute(update(StepHolder).where(StepHolder.step_id.in_([step.id for step in steps])).values(status=status))


def set_due(session: Session, *, case_id: int, deadline: str, due_at: datetime | None) -> None:
    """Copy the ledger's new date to the open steps drawn with this deadline, and to their holders' lists."""
    drawn = (Step.case_id == case_id, Step.deadline == deadline, Step.status == "open")
    session.execute(update(Step).where(*drawn).values(due_at=due_at))
    session.execute(
        update(StepHolder)
        .where(StepHolder.step_id.in_(select(Step.id).where(*drawn)))
        .values(due_at=due_at)
        .execution_options(synchronize_session="fetch")
    )


def _insert_holders(session: Session, held: Mapping[Step, Iterable[int]]) -> None:
    rows = [
        {"step_id": step.id, "person_id": person_id, "status": step.status or "open", "due_at": step.due_at}
        for step, person_ids in held.items()
        for person_id in sorted(set(person_ids))
    ]
    if rows:
        session.execute(insert(StepHolder), rows)
