"""Taking a case: it is this transaction's alone from then on, and all that a move has to know comes with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Date, Integer, String, cast, exists, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from workflows.store import facts, posts
from workflows.store.asking import Found, Question, among, as_loaded, ask, by_column, foresee, given, next_ids
from workflows.store.facts import KnownFact
from workflows.store.models import Case, Deadline, DeadlineChange, Draft, Fact, Incident, Person, Post, Step, StepHolder
from workflows.store.posts import Held
from workflows.store.tables import table_of

_CASE, _STEP, _HOLDER, _PERSON, _FACT, _DEADLINE, _CHANGE, _DRAFT, _INCIDENT, _POST = (
    table_of(each) for each in (Case, Step, StepHolder, Person, Fact, Deadline, DeadlineChange, Draft, Incident, Post)
)


STEP_ID, TRUST_ID = given("step_id", Integer()), given("trust_id", Integer())
TODAY = given("today", Date())
_OPEN = _STEP.alias("open_step")


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
    next_step_ids: list[int]
    """Kept for the next steps that open."""
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


About = Callable[[ColumnElement[int]], ColumnElement[bool]]
"""Of the column that names a case: whether it is one of those that are taken."""


def questions(wanted: About, *asked_of_case: ColumnElement[bool]) -> tuple[Question, ...]:
    """What is asked, in this order: the cases, which are locked by that; their steps; their facts; their ledgers; who
    holds which role around them."""
    waits_for = or_(_OPEN.c.status == "open", _OPEN.c.id == STEP_ID)
    return (
        select(
            *_CASE.c,
            next_ids(Step.__tablename__),
            select(_PERSON.c.name).where(_PERSON.c.id == _CASE.c.subject_id).scalar_subquery(),
            exists().where(_INCIDENT.c.case_id == _CASE.c.id, _INCIDENT.c.status == "open"),
            exists().where(_DRAFT.c.step_id == STEP_ID),
        )
        .where(wanted(_CASE.c.id), *asked_of_case)
        .order_by(_CASE.c.id)
        .with_for_update(),
        select(_OPEN.c.case_id, *_OPEN.c, _HOLDER.c.person_id, _PERSON.c.name, entries_in_lines())
        .outerjoin(_HOLDER, _HOLDER.c.step_id == _OPEN.c.id)
        .outerjoin(_PERSON, _PERSON.c.id == _HOLDER.c.person_id)
        .where(wanted(_OPEN.c.case_id), waits_for)
        .order_by(_OPEN.c.case_id, _OPEN.c.id, _HOLDER.c.person_id),
        select(_FACT.c.case_id, *facts.COLUMNS)
        .select_from(_FACT.outerjoin(_STEP, _STEP.c.id == _FACT.c.step_id))
        .where(wanted(_FACT.c.case_id))
        .order_by(_FACT.c.case_id, _FACT.c.id),
        select(
            _DEADLINE.c.case_id,
            *_DEADLINE.c,
            exists().where(
                _CHANGE.c.deadline_id == _DEADLINE.c.id, _CHANGE.c.kind == "pause", _CHANGE.c.to_on.is_(None)
            ),
        )
        .where(wanted(_DEADLINE.c.case_id))
        .order_by(_DEADLINE.c.case_id, _DEADLINE.c.id),
        select(_CASE.c.id, *posts.COLUMNS)
        .select_from(_CASE.join(_POST, _POST.c.trust_id == _CASE.c.trust_id).join(_PERSON, posts.OF_A_PERSON))
        .where(wanted(_CASE.c.id), posts.around(_CASE), posts.held_on(TODAY))
        .order_by(_POST.c.starts_on, _POST.c.id),
    )


def entries_in_lines() -> ColumnElement[str]:
    """How often each element of a step's case has been entered, as one text, to come along with the steps: ids of
    diagrams have no spaces."""
    entries = (
        select(_STEP.c.process, _STEP.c.element, func.max(_STEP.c.occurrence).label("count"))
        .where(_STEP.c.case_id == _OPEN.c.case_id)
        .group_by(_STEP.c.process, _STEP.c.element)
        .correlate(_OPEN)
        .subquery()
    )
    line = entries.c.process + " " + entries.c.element + " " + cast(entries.c.count, String)
    return select(func.aggregate_strings(line, "\n")).scalar_subquery()


_BY_ID = questions(lambda column: among(column, "case_ids"))
_CASE_OF_STEP = select(_STEP.c.case_id).where(_STEP.c.id == STEP_ID).scalar_subquery()
_BY_STEP = questions(lambda column: column == _CASE_OF_STEP, _CASE.c.trust_id == TRUST_ID)
NO_STEP = -1


def take(session: Session, *, case_ids: Sequence[int], today: date) -> dict[int, Taken]:
    """Cases by their ids; the next comer waits here until this transaction has ended. On SQLite that has to be one that
    was opened to write."""
    found = ask(session, _BY_ID, {"case_ids": list(case_ids), "step_id": NO_STEP, "today": today})
    return {case_id: _taken(session, rows)[0] for case_id, rows in _by_case(found).items()}


def take_of_step(session: Session, *, trust_id: int, step_id: int, today: date) -> TakenStep | None:
    """The case of a step, with the step, whether it still waits or not; None if the trust has no such step."""
    found = ask(session, _BY_STEP, {"trust_id": trust_id, "step_id": step_id, "today": today})
    for rows in _by_case(found).values():
        taken, held = _taken(session, rows)
        step = next(one for one in held if one.id == step_id)
        return TakenStep(step=step, holders=held[step], drafted=rows[0][0][-1], taken=taken)
    return None


def foresee_taking(session: Session, *, trust_id: int, step_id: int, today: date) -> None:
    """The case of a step will be taken in this transaction: it may be as soon as anything else is asked."""
    foresee(session, _BY_STEP, {"trust_id": trust_id, "step_id": step_id, "today": today})


def _by_case(found: Found) -> dict[int, Found]:
    """What was asked, case by case: of each question the rows of that case, without its id in front."""
    cases, *others = found
    apart: dict[int, Found] = {row[0]: [[row], *([] for _ in others)] for row in cases}
    for place, rows in enumerate(others, start=1):
        for case_id, *row in rows:
            if case_id in apart:  # else it is another trust's
                apart[case_id][place].append(tuple(row))
    return apart


def _taken(session: Session, found: Found) -> tuple[Taken, dict[Step, list[int]]]:
    """A case as objects; and its steps that were read, open or not, with those who may act on each."""
    [(*of_case, next_step_ids, subject, failed, _)], steps, known, deadlines, held_posts = found
    case = as_loaded(session, Case, by_column(_CASE, of_case))
    names: dict[int, str] = {case.subject_id: subject} if case.subject_id else {}
    held: dict[Step, list[int]] = {}
    step = None
    for *of_step, person_id, name, _ in steps:
        if step is None or step.id != of_step[0]:
            step = as_loaded(session, Step, by_column(_STEP, of_step))
            set_committed_value(step, "case", case)
            held[step] = []
        if person_id is not None:
            held[step].append(person_id)
            names[person_id] = name
    rows = [
        as_loaded(session, Deadline, by_column(_DEADLINE, row[:-1]) | {"was_stopped": row[-1]}) for row in deadlines
    ]
    taken = Taken(
        case=case,
        waiting={one: people for one, people in held.items() if one.status == "open"},
        names=names,
        entered=_counts(steps[0][-1]) if steps else None,
        facts=facts.newest_of([KnownFact._make(row) for row in known]),
        deadlines=rows,
        posts=[Held._make(row) for row in held_posts],
        next_step_ids=[int(one) for one in next_step_ids.split()],
        failed=failed,
    )
    return taken, held


def _counts(lines: str) -> dict[tuple[str, str], int]:
    words = (line.split(" ") for line in lines.split("\n"))
    return {(process, element): int(count) for process, element, count in words}
