"""Taking a case: it is this transaction's alone from then on, and all that a move has to know comes with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, String, Table, cast, exists, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from workflows.store import facts, posts
from workflows.store.asking import Found, as_loaded, ask, given, next_id
from workflows.store.facts import KnownFact
from workflows.store.models import Case, Deadline, DeadlineChange, Draft, Fact, Incident, Person, Post, Step, StepHolder
from workflows.store.posts import Held
from workflows.store.tables import table_of

Question = Select[*tuple[Any, ...]]
_CASE, _STEP, _HOLDER, _PERSON, _FACT, _DEADLINE, _CHANGE, _DRAFT, _INCIDENT, _POST = (
    table_of(each) for each in (Case, Step, StepHolder, Person, Fact, Deadline, DeadlineChange, Draft, Incident, Post)
)


CASE_ID, STEP_ID, TRUST_ID = (given(name, Integer()) for name in ("case_id", "step_id", "trust_id"))
TODAY = given("today", Date())


@dataclass(frozen=True)
class Taken:
    """A case that belongs to this transaction alone, with all that it knows and waits for."""

    case: Case
    waiting: dict[Step, list[int]]
    """Its open steps, oldest first, each with the ids of those who may act on it."""
    names: dict[int, str]
    """The names of all of them, and of the case's doctor."""
    entered: dict[tuple[str, str], int] | None
    """How often each element of the case has been entered, by (process, element); one that never was is missing. None
    where no step waits: then it has not been asked."""
    facts: list[KnownFact]
    """Of each fact the rows of its newest occurrence, oldest first."""
    deadlines: list[Deadline]
    """Every line of its ledger, in the order in which they opened."""
    posts: list[Held]
    """Who holds which role around it today."""
    next_step_id: int
    """Kept for the next step that opens."""
    failed: bool
    """Whether a move of the case has failed and not been settled."""


@dataclass(frozen=True)
class TakenStep:
    """A step whose case has been taken."""

    step: Step
    holders: list[int]
    drafted: bool
    """Whether somebody has left it half filled."""
    taken: Taken


def questions(case_id: ColumnElement[int], *asked_of_case: ColumnElement[bool]) -> tuple[Question, ...]:
    """What is asked, in this order: the case, which is locked by that; its steps; its facts; its ledger;
    who holds which role around it."""
    entries = (
        select(_STEP.c.process, _STEP.c.element, func.max(_STEP.c.occurrence).label("count"))
        .where(_STEP.c.case_id == case_id)
        .group_by(_STEP.c.process, _STEP.c.element)
        .subquery()
    )
    # As one text, to come along with the steps: ids of diagrams have no spaces.
    in_lines = select(
        func.aggregate_strings(entries.c.process + " " + entries.c.element + " " + cast(entries.c.count, String), "\n")
    )
    waits_for = or_(_STEP.c.status == "open", _STEP.c.id == STEP_ID)
    return (
        select(
            *_CASE.c,
            next_id(Step.__tablename__),
            select(_PERSON.c.name).where(_PERSON.c.id == _CASE.c.subject_id).scalar_subquery(),
            exists().where(_INCIDENT.c.case_id == _CASE.c.id, _INCIDENT.c.status == "open"),
            exists().where(_DRAFT.c.step_id == STEP_ID),
        )
        .where(_CASE.c.id == case_id, *asked_of_case)
        .with_for_update(),
        select(*_STEP.c, _HOLDER.c.person_id, _PERSON.c.name.label("person"), in_lines.scalar_subquery())
        .outerjoin(_HOLDER, _HOLDER.c.step_id == _STEP.c.id)
        .outerjoin(_PERSON, _PERSON.c.id == _HOLDER.c.person_id)
        .where(_STEP.c.case_id == case_id, waits_for)
        .order_by(_STEP.c.id, _HOLDER.c.person_id),
        select(*facts.COLUMNS)
        .select_from(_FACT.outerjoin(_STEP, _STEP.c.id == _FACT.c.step_id))
        .where(_FACT.c.case_id == case_id)
        .order_by(_FACT.c.id),
        select(
            *_DEADLINE.c,
            exists().where(
                _CHANGE.c.deadline_id == _DEADLINE.c.id, _CHANGE.c.kind == "pause", _CHANGE.c.to_on.is_(None)
            ),
        )
        .where(_DEADLINE.c.case_id == case_id)
        .order_by(_DEADLINE.c.id),
        select(*posts.COLUMNS)
        .select_from(_CASE.join(_POST, _POST.c.trust_id == _CASE.c.trust_id).join(_PERSON, posts.OF_A_PERSON))
        .where(_CASE.c.id == case_id, posts.around(_CASE), posts.held_on(TODAY))
        .order_by(_POST.c.starts_on, _POST.c.id),
    )


_BY_ID = questions(CASE_ID)
_BY_STEP = questions(
    select(_STEP.c.case_id).where(_STEP.c.id == STEP_ID).scalar_subquery(),
    _CASE.c.trust_id == TRUST_ID,
)
NO_STEP = -1


def take(session: Session, *, case_id: int, today: date) -> Taken:
    """The case; the next comer waits here until this transaction has ended. On SQLite that has to be one that was
    opened to write."""
    found = ask(session, _BY_ID, {"case_id": case_id, "step_id": NO_STEP, "today": today})
    return _taken(session, found)[0]


def take_of_step(session: Session, *, trust_id: int, step_id: int, today: date) -> TakenStep | None:
    """The case of a step, with the step, whether it still waits or not; None if the trust has no such step."""
    found = ask(session, _BY_STEP, {"trust_id": trust_id, "step_id": step_id, "today": today})
    if not found[0]:
        return None
    taken, held = _taken(session, found)
    step = next(one for one in held if one.id == step_id)
    return TakenStep(step=step, holders=held[step], drafted=found[0][0][-1], taken=taken)


def _taken(session: Session, found: Found) -> tuple[Taken, dict[Step, list[int]]]:
    """What was asked, as objects; and the steps that were read, open or not, with those who may act on each."""
    cases, steps, known, deadlines, held_posts = found
    *of_case, next_step_id, subject, failed, _ = cases[0]
    case = as_loaded(session, Case, _named(_CASE, of_case))
    names: dict[int, str] = {case.subject_id: subject} if case.subject_id else {}
    held: dict[Step, list[int]] = {}
    step = None
    for *of_step, person_id, name, _ in steps:
        if step is None or step.id != of_step[0]:
            step = as_loaded(session, Step, _named(_STEP, of_step))
            set_committed_value(step, "case", case)
            held[step] = []
        if person_id is not None:
            held[step].append(person_id)
            names[person_id] = name
    rows = [as_loaded(session, Deadline, _named(_DEADLINE, row[:-1]) | {"was_stopped": row[-1]}) for row in deadlines]
    taken = Taken(
        case=case,
        waiting={one: people for one, people in held.items() if one.status == "open"},
        names=names,
        entered=_counts(steps[0][-1]) if steps else None,
        facts=facts.newest_of([KnownFact._make(row) for row in known]),
        deadlines=rows,
        posts=[Held._make(row) for row in held_posts],
        next_step_id=next_step_id,
        failed=failed,
    )
    return taken, held


def _counts(lines: str) -> dict[tuple[str, str], int]:
    words = (line.split(" ") for line in lines.split("\n"))
    return {(process, element): int(count) for process, element, count in words}


def _named(table: Table, row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(table.c.keys(), row, strict=True))
