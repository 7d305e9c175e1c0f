"""Questions of the board of disputes: which are open before somebody, in what order, and what is known of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal_column, nulls_last, or_, select, true
from sqlalchemy import case as when
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from workflows.domain.meetings import BOOKED
from workflows.domain.vocabulary import DISPUTE, DISPUTE_STAGES
from workflows.store.lists import containing, running
from workflows.store.models import CareGroup, Case, Deadline, DeadlineChange, Fact, Json, Person, Step, StepHolder, Team

CALLED = DISPUTE_STAGES[1:]
TIME = "_time"
CLOSED_AT_MOST = 5_000
"""Of how many limits that are over the newest are read."""


@dataclass(frozen=True)
class BoardSight:
    """Whose disputes somebody follows: the whole trust's, those of care groups that they lead, or only those in which
    they have a part. `people` are themselves and those for whom they stand in."""

    trust_id: int
    people: frozenset[int]
    whole_trust: bool
    led: frozenset[int]
    part_in: bool


@dataclass(frozen=True)
class BoardFilters:
    """What the board is narrowed to; an empty value narrows nothing. `mine`: a step there is the reader's."""

    words: str = ""
    stage: str = ""
    care_group_id: int | None = None
    late: bool = False
    mine: bool = False


class Total(NamedTuple):
    """How many disputes there are on all pages, how many of them are late, and in how many a step is the reader's."""

    all: int = 0
    late: int = 0
    mine: int = 0


class BoardRow(NamedTuple):
    """An open dispute. `waits_for` is what the drawing calls it; `mine` whether a step in it is the reader's."""

    id: int
    reference: str
    title: str
    waits_for: str
    parent_id: int | None
    doctor: str
    team: str
    care_group: str
    mine: bool


class Running(NamedTuple):
    """A limit that is still to be kept, passed or not; `stopped` while its clock stands still."""

    case_id: int
    name: str
    starts_on: date
    due_on: date
    stopped: bool


class Closed(NamedTuple):
    """A limit that was met, or done late, and the process in which its step is drawn."""

    name: str
    starts_on: date
    due_on: date
    ended_at: datetime
    process: str


def board(
    session: Session, *, sight: BoardSight, filters: BoardFilters, now: datetime, limit: int, offset: int
) -> tuple[list[BoardRow], Total]:
    """Some of the open disputes, and how many there are of each kind in all: what needs the reader first, then what is
    longest late, then what is due soonest. Past the end there are no rows, and all counts are 0."""
    found = _found(sight, filters, now).subquery()
    late = when((found.c.due_at <= now, 1), else_=0)
    ordered = (found.c.mine.desc(), nulls_last(found.c.due_at.asc()), found.c.id)
    counts = (func.count().over(), func.sum(late).over(), func.sum(found.c.mine).over())
    names = [f"of_{name}" for name in Total._fields]
    shown = select(found, *(one.label(name) for one, name in zip(counts, names, strict=True)))
    shown = shown.order_by(*ordered).limit(limit).offset(offset)
    page = shown.subquery()
    wanted = (
        select(
            Case.id,
            Case.reference,
            Case.title,
            Case.stage,
            Case.parent_id,
            func.coalesce(Person.name, ""),
            func.coalesce(Team.name, ""),
            func.coalesce(CareGroup.name, ""),
            page.c.mine,
            *(page.c[name] for name in names),
        )
        .join(page, page.c.id == Case.id)
        .outerjoin(Person, Person.id == Case.subject_id)
        .outerjoin(Team, Team.id == Case.team_id)
        .outerjoin(CareGroup, CareGroup.id == func.coalesce(Case.care_group_id, Team.care_group_id))
        .order_by(page.c.mine.desc(), nulls_last(page.c.due_at.asc()), Case.id)
    )
    rows = [tuple(row) for row in session.execute(wanted)]
    total = Total(*(int(each) for each in rows[0][-3:])) if rows else Total()
    return [BoardRow._make((*row[:8], bool(row[8]))) for row in rows], total


def by_stage(session: Session, *, sight: BoardSight) -> dict[str, int]:
    """How many disputes are open before somebody, by stage."""
    reached = (
        select(Step.case_id, func.min(Step.process).label("process"))  # by the alphabet the appeal is before mediation
        .where(Step.trust_id == sight.trust_id, Step.status == "open", Step.process.in_(CALLED))
        .group_by(Step.case_id)
        .subquery()
    )
    stage = func.coalesce(reached.c.process, DISPUTE)
    wanted = (
        select(stage, func.count(Case.id))
        .outerjoin(reached, reached.c.case_id == Case.id)
        .where(_open(), seen(sight))
        .group_by(stage)
    )
    return {row[0]: int(row[1]) for row in session.execute(wanted)}


def running_limits(session: Session, *, case_ids: Iterable[int]) -> list[Running]:
    """The limits of these disputes that are still to be kept, what is due first first."""
    wanted = (
        select(Deadline.case_id, Deadline.name, Deadline.starts_on, Deadline.due_on, _stopped())
        .where(Deadline.case_id.in_(case_ids), running())
        .order_by(Deadline.due_at, Deadline.id)
    )
    return [Running._make(row) for row in session.execute(wanted)]


def closed_limits(session: Session, *, sight: BoardSight) -> list[Closed]:
    """The limits of disputes, open or closed, that were met or done late, the newest first. Those that lapsed, were not
    needed in the end, or were nobody's step say nothing on how long something takes."""
    drawn_in = (
        select(Step.process)
        .where(Step.case_id == Deadline.case_id, Step.deadline == Deadline.name)
        .order_by(Step.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    wanted = (
        select(Deadline.name, Deadline.starts_on, Deadline.due_on, Deadline.ended_at, drawn_in)
        .join(Case, Case.id == Deadline.case_id)
        .where(
            Case.process == DISPUTE,
            seen(sight),
            Deadline.trust_id == sight.trust_id,
            Deadline.status.in_(("met", "missed")),
            Deadline.ended_at.is_not(None),
            drawn_in.is_not(None),
        )
        .order_by(Deadline.ended_at.desc(), Deadline.id.desc())
        .limit(CLOSED_AT_MOST)
    )
    return [Closed._make(row) for row in session.execute(wanted)]


def told(session: Session, *, case_ids: Iterable[int]) -> list[tuple[int, str, Json]]:
    """(case id, key, value) of the facts that the board shows, each key's newest last: what is in dispute, what is
    booked, how it ended."""
    keys = or_(
        Fact.key.in_(("about", "disputed", "dispute_outcome")),
        Fact.key.endswith(BOOKED, autoescape=True),
        Fact.key.endswith(TIME, autoescape=True),
    )
    wanted = select(Fact.case_id, Fact.key, Fact.value).where(Fact.case_id.in_(case_ids), keys).order_by(Fact.id)
    return [(row.case_id, row.key, row.value) for row in session.execute(wanted)]


def _found(sight: BoardSight, filters: BoardFilters, now: datetime) -> Select[int, datetime, int]:
    """(case id, the earliest instant at which an open step is due, 1 or 0 for mine). A step whose clock is stopped is
    not due, and a limit of which nobody has a step is late for nobody."""
    mine, opened = Case.id.in_(_with_own_step(sight.people)), aliased(Step)
    earliest = func.min(opened.due_at)
    wanted = (
        select(Case.id, earliest.label("due_at"), when((mine, 1), else_=0).label("mine"))
        .outerjoin(
            opened,
            and_(opened.case_id == Case.id, opened.trust_id == sight.trust_id, opened.status == "open"),
        )
        .where(_open(), seen(sight), _narrowed(filters, sight.trust_id))
        .group_by(Case.id)
    )
    if filters.mine:
        wanted = wanted.where(mine)
    return wanted.having(earliest <= now) if filters.late else wanted


def _open() -> ColumnElement[bool]:
    """As the index of open disputes says it: word for word, for a database knows it by these words alone."""
    return and_(Case.process == literal_column(f"'{DISPUTE}'"), Case.status == literal_column("'open'"))


def seen(sight: BoardSight) -> ColumnElement[bool]:
    """The cases of the trust that somebody follows."""
    of_trust = Case.trust_id == sight.trust_id
    if sight.whole_trust:
        return of_trust
    part_in = (
        select(Step.case_id)
        .join(StepHolder, StepHolder.step_id == Step.id)
        .where(StepHolder.person_id.in_(sight.people))
        .where(or_(Step.status == "open", Step.done_by_id.in_(sight.people)))
    )
    return and_(
        of_trust,
        or_(
            in_care_groups(sight.led) if sight.led else false(),
            Case.id.in_(part_in) if sight.part_in else false(),
        ),
    )


def in_care_groups(ids: Iterable[int]) -> ColumnElement[bool]:
    """The cases of these care groups and of their teams."""
    wanted = list(ids)
    return or_(Case.care_group_id.in_(wanted), Case.team_id.in_(select(Team.id).where(Team.care_group_id.in_(wanted))))


def _with_own_step(people: Iterable[int]) -> Select[int]:
    """The cases in which one of these people may do a step: nobody else has claimed it."""
    return (
        select(Step.case_id)
        .join(StepHolder, StepHolder.step_id == Step.id)
        .where(
            StepHolder.person_id.in_(people),
            StepHolder.status == "open",
            or_(Step.holder_id.is_(None), Step.holder_id == StepHolder.person_id),
        )
    )


def _stopped() -> ColumnElement[bool]:
    return exists().where(
        DeadlineChange.deadline_id == Deadline.id,
        DeadlineChange.kind == "pause",
        DeadlineChange.to_on.is_(None),
        DeadlineChange.withdrawn_at.is_(None),
    )


def _narrowed(filters: BoardFilters, trust_id: int) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [true()]
    if filters.words:
        found.append(_named(containing(filters.words), trust_id))
    if filters.care_group_id:
        found.append(in_care_groups([filters.care_group_id]))
    if filters.stage in CALLED:
        found.append(_in_stage([filters.stage]))
    elif filters.stage:
        found.append(~_in_stage(CALLED))
    return and_(*found)


def _in_stage(processes: Sequence[str]) -> ColumnElement[bool]:
    return exists().where(Step.case_id == Case.id, Step.status == "open", Step.process.in_(processes))


def _named(pattern: str, trust_id: int) -> ColumnElement[bool]:
    def like(column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        return column.ilike(pattern, escape="\\")

    people = select(Person.id).where(Person.trust_id == trust_id, like(Person.name))
    groups = select(CareGroup.id).where(CareGroup.trust_id == trust_id, like(CareGroup.name))
    teams = select(Team.id).where(Team.trust_id == trust_id, or_(like(Team.name), Team.care_group_id.in_(groups)))
    return or_(
        like(Case.reference),
        like(Case.title),
        Case.subject_id.in_(people),
        Case.team_id.in_(teams),
        Case.care_group_id.in_(groups),
    )
