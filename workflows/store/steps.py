"""Steps: human tasks and the people who may do them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import BindParameter, String, bindparam, cast, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session, contains_eager, make_transient_to_detached, undefer
from sqlalchemy.orm.attributes import set_committed_value

from workflows.store.later import later
from workflows.store.models import Case, Draft, Incident, Person, Step, StepHolder
from workflows.store.tables import run, table_of


@dataclass(frozen=True)
class Taken:
    """A step whose case belongs to this transaction alone, with all that the case waits for."""

    step: Step
    waiting: dict[Step, list[int]] = field(default_factory=dict)
    """The open steps of its case, oldest first, each with the ids of those who may act on it."""
    holders: list[int] = field(default_factory=list)
    """Those of the step itself."""
    names: dict[int, str] = field(default_factory=dict)
    """The names of all of them, and of the case's doctor."""
    drafted: bool = False
    """Whether somebody has left the step half filled."""
    entered: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often each element of the case has been entered, by (process, element); one that never was is missing."""
    failed: bool = False
    """Whether a move of the case has failed and not been settled."""


_STEP, _HOLDER = table_of(Step), table_of(StepHolder)
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_END_STEPS = (
    update(_STEP)
    .where(_STEP.c.id.in_(_IDS))
    .values({key: bindparam(f"new_{key}") for key in ("status", "ended_at", "done_by_id", "on_behalf_of_id")})
)
_END_HOLDERS = update(_HOLDER).where(_HOLDER.c.step_id.in_(_IDS)).values(status=bindparam("new_status"))
_OPEN_STEPS = insert(_STEP).returning(_STEP.c.id, sort_by_parameter_order=True)
_HOLD_STEPS = insert(_HOLDER).inline()
_ENTERED = (
    select(_STEP.c.process, _STEP.c.element, func.max(_STEP.c.occurrence).label("occurrence"))
    .where(_STEP.c.case_id == bindparam("case_id"))
    .group_by(_STEP.c.process, _STEP.c.element)
)
_EACH = _ENTERED.subquery()
_IN_A_LINE = select(
    func.aggregate_strings(_EACH.c.process + " " + _EACH.c.element + " " + cast(_EACH.c.occurrence, String), "\n")
)
"""The same as one text, to come along with another question: ids of diagrams have no spaces."""
_CASE_OF_STEP = (
    select(
        Case,
        select(Person.name).where(Person.id == Case.subject_id).scalar_subquery(),
        exists().where(Incident.case_id == Case.id, Incident.status == "open"),
    )
    .where(
        Case.id == select(Step.case_id).where(Step.id == bindparam("step_id")).scalar_subquery(),
        Case.trust_id == bindparam("trust_id"),
    )
    .options(undefer(Case.state))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_STEPS_OF_CASE = (
    select(
        Step,
        StepHolder.person_id,
        Person.name,
        exists().where(Draft.step_id == bindparam("step_id")).label("drafted"),
        _IN_A_LINE.scalar_subquery().label("entered"),
    )
    .outerjoin(StepHolder, StepHolder.step_id == Step.id)
    .outerjoin(Person, Person.id == StepHolder.person_id)
    .where(Step.case_id == bindparam("case_id"), or_(Step.status == "open", Step.id == bindparam("step_id")))
    .order_by(Step.id, StepHolder.person_id)
    .execution_options(populate_existing=True)
)


def get(session: Session, *, trust_id: int, step_id: int) -> Step | None:
    """The step with its case and the case's stored state, in one statement: what a verb needs to move on."""
    return session.scalar(
        select(Step)
        .join(Step.case)
        .where(Step.id == step_id, Step.trust_id == trust_id)
        .options(contains_eager(Step.case).undefer(Case.state))
    )


def take(session: Session, *, trust_id: int, step_id: int) -> Taken | None:
    """The step, once its case is this transaction's alone: the next comer waits here until it has ended.

    On SQLite the transaction has to be one that was opened to write. Two statements; None if the trust has no such
    step.
    """
    found = session.execute(_CASE_OF_STEP, {"trust_id": trust_id, "step_id": step_id}).one_or_none()
    if found is None:
        return None
    case, subject, failed = found
    held: dict[Step, list[int]] = {}
    names: dict[int, str] = {case.subject_id: subject} if case.subject_id else {}
    rows = session.execute(_STEPS_OF_CASE, {"case_id": case.id, "step_id": step_id}).all()
    for step, person_id, name, _, _ in rows:
        set_committed_value(step, "case", case)
        people = held.setdefault(step, [])
        if person_id is not None:
            people.append(person_id)
            names[person_id] = name
    step = next(one for one in held if one.id == step_id)
    waiting = {one: people for one, people in held.items() if one.status == "open"}
    entered = (line.split(" ") for line in rows[0].entered.split("\n"))
    occurrences = {(process, element): int(count) for process, element, count in entered}
    return Taken(
        step=step,
        waiting=waiting,
        holders=held[step],
        names=names,
        drafted=rows[0].drafted,
        failed=failed,
        entered=occurrences,
    )


def of_case(session: Session, *, case_id: int) -> list[Step]:
    """Every step that the case ever had, in the order in which they opened."""
    return list(session.scalars(select(Step).where(Step.case_id == case_id).order_by(Step.id)))


def open_of_case(session: Session, *, case_id: int) -> list[Step]:
    """The steps that wait, oldest first."""
    return list(session.scalars(select(Step).where(Step.case_id == case_id, Step.status == "open").order_by(Step.id)))


def cases_of_roles(session: Session) -> list[int]:
    """The cases with an open step that is drawn for a role, not for one person each; by id."""
    return list(
        session.scalars(
            select(Step.case_id).where(Step.status == "open", Step.item == "").distinct().order_by(Step.case_id)
        )
    )


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
    found = session.execute(_ENTERED, {"case_id": case_id})
    return {(process, element): count for process, element, count in found}


def add(session: Session, *, opened: Mapping[Step, Iterable[int]]) -> None:
    """Open steps, each with the ids of the persons who may act on it: two statements for any number of steps."""
    values = [{key: value for key, value in vars(step).items() if key in _STEP.c} for step in opened]
    ids = run(session, _OPEN_STEPS, values).scalars().all()
    for step, step_id in zip(opened, ids, strict=True):
        step.id = step_id
        # As if the session had written them itself, which takes it several times as long.
        make_transient_to_detached(step)
        session.add(step)
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


def end(
    session: Session,
    *,
    steps: Sequence[Step],
    status: str,
    now: datetime,
    done_by_id: int | None = None,
    on_behalf_of_id: int | None = None,
) -> None:
    """End steps as done, by whom and for whom, or as cancelled; their holders' lists follow."""
    if not steps:
        return
    ids = [step.id for step in steps]
    ended = {"status": status, "ended_at": now, "done_by_id": done_by_id, "on_behalf_of_id": on_behalf_of_id}
    later(session, _END_STEPS, {"ids": ids, **{f"new_{key}": value for key, value in ended.items()}})
    later(session, _END_HOLDERS, {"ids": ids, "new_status": status})
    for step in steps:
        for key, value in ended.items():
            set_committed_value(step, key, value)


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
        later(session, _HOLD_STEPS, rows)
