"""Steps: human tasks and the people who may do them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session, contains_eager, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from workflows.store.later import later
from workflows.store.models import Case, Json, Step, StepHolder
from workflows.store.tables import run, table_of

_STEP, _HOLDER = table_of(Step), table_of(StepHolder)
_END_STEPS = (
    update(_STEP)
    .where(_STEP.c.id == bindparam("step"))
    .values({key: bindparam(f"new_{key}") for key in ("status", "ended_at", "done_by_id", "on_behalf_of_id")})
)
_END_HOLDERS = update(_HOLDER).where(_HOLDER.c.step_id == bindparam("step")).values(status=bindparam("new_status"))
DRAWN = ("name", "role", "screen", "deadline", "holder_id", "queue")
"""What a diagram, and whoever holds its roles, make of an open step."""
_REDRAW = update(_STEP).where(_STEP.c.id == bindparam("step")).values({key: bindparam(f"new_{key}") for key in DRAWN})
_OPEN_STEPS = insert(_STEP).returning(_STEP.c.id, sort_by_parameter_order=True)
_OPEN_STEP = insert(_STEP).inline()
_HOLD_STEPS = insert(_HOLDER).inline()
_ENTERED = (
    select(_STEP.c.process, _STEP.c.element, func.max(_STEP.c.occurrence).label("occurrence"))
    .where(_STEP.c.case_id == bindparam("case_id"))
    .group_by(_STEP.c.process, _STEP.c.element)
)


def get(session: Session, *, trust_id: int, step_id: int) -> Step | None:
    """The step with its case and the case's stored state, in one statement: what a verb needs to move on."""
    return session.scalar(
        select(Step)
        .join(Step.case)
        .where(Step.id == step_id, Step.trust_id == trust_id)
        .options(contains_eager(Step.case).undefer(Case.state))
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


def open_in(session: Session, *, element: str, reference: str) -> list[Step]:
    """The open steps of an element in a case, oldest first."""
    wanted = select(Step).join(Step.case).where(Step.element == element, Step.status == "open")
    return list(session.scalars(wanted.where(Case.reference == reference).order_by(Step.id)))


def occurrences_of_case(session: Session, *, case_id: int) -> dict[tuple[str, str], int]:
    """How often each element has been entered, by (process, element); one that never was is missing.

    The steps of one for-each entry count once.
    """
    found = session.execute(_ENTERED, {"case_id": case_id})
    return {(process, element): count for process, element, count in found}


def add(session: Session, *, opened: Mapping[Step, Iterable[int]], kept_ids: Sequence[int] = ()) -> None:
    """Open steps, each with the ids of the persons who may act on it: two statements for any number of steps.

    kept_ids: ids that have been kept; where there are enough of them, the database is not asked for any.
    """
    values = [{key: value for key, value in vars(step).items() if key in _STEP.c} for step in opened]
    ids = kept_ids[: len(values)]
    if len(ids) == len(values):
        later(session, _OPEN_STEP, [{**one, "id": step_id} for one, step_id in zip(values, ids, strict=True)])
    else:
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
    ended = {"status": status, "ended_at": now, "done_by_id": done_by_id, "on_behalf_of_id": on_behalf_of_id}
    values = {f"new_{key}": value for key, value in ended.items()}
    later(session, _END_STEPS, [{"step": step.id, **values} for step in steps])
    later(session, _END_HOLDERS, [{"step": step.id, "new_status": status} for step in steps])
    for step in steps:
        for key, value in ended.items():
            set_committed_value(step, key, value)


def redraw(session: Session, *, step: Step, drawn: Mapping[str, Json]) -> None:
    """Let an open step be called, taken and held otherwise: its columns of DRAWN as they are to be. Nothing is written
    where they are so already."""
    if any(getattr(step, key) != value for key, value in drawn.items()):
        held = {**{key: getattr(step, key) for key in DRAWN}, **drawn}
        later(session, _REDRAW, [{"step": step.id, **{f"new_{key}": held[key] for key in DRAWN}}])
        for key, value in drawn.items():
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
