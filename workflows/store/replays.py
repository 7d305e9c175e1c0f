"""Closed cases with all that happened in them, for replaying. Only read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from workflows.store.facts import COLUMNS, KnownFact
from workflows.store.models import Case, Deadline, Event, Fact, Step

KINDS = ("case_opened", "step_completed", "message_received", "timer_fired", "case_closed", "deadline_opened")


class ClosedCase(NamedTuple):
    """A case that has ended: its id, reference, process, title and the release that it followed last."""

    id: int
    reference: str
    process: str
    title: str
    release_id: int


class Happened(NamedTuple):
    """A line of its history that moved it on, or opened it, closed it, or opened a deadline."""

    at: datetime
    kind: str
    details: dict[str, Any]


class TakenStep(NamedTuple):
    """A step that it had."""

    id: int
    process: str
    element: str
    name: str
    item: str


class Told(NamedTuple):
    """All that happened in a case: history, facts and deadlines, oldest first; steps by id."""

    case: ClosedCase
    happened: list[Happened]
    facts: list[KnownFact]
    steps: dict[int, TakenStep]
    deadlines: list[Deadline]


def _closed(trust_id: int, process: str) -> list[Any]:
    return [Case.trust_id == trust_id, Case.status == "closed", *([Case.process == process] if process else [])]


def count(session: Session, *, trust_id: int, process: str = "") -> int:
    """How many closed cases a trust has, of one process or of all."""
    return session.scalars(select(func.count()).select_from(Case).where(*_closed(trust_id, process))).one()


def closed_ids(session: Session, *, trust_id: int, process: str = "", most: int | None = None) -> list[int]:
    """The ids of a trust's closed cases, newest first: all, or so many."""
    wanted = select(Case.id).where(*_closed(trust_id, process)).order_by(Case.id.desc())
    return list(session.scalars(wanted.limit(most) if most else wanted))


def told(session: Session, *, case_ids: Sequence[int]) -> list[Told]:
    """All that happened in some cases, in the order of their ids: five questions for any number of them."""
    columns = (Case.id, Case.reference, Case.process, Case.title, Case.release_id)
    cases = session.execute(select(*columns).where(Case.id.in_(case_ids)).order_by(Case.id))
    found = {row.id: Told(ClosedCase(*row), [], [], {}, []) for row in cases}
    lines = select(Event.case_id, Event.at, Event.kind, Event.details)
    for case_id, *line in session.execute(
        lines.where(Event.case_id.in_(case_ids), Event.kind.in_(KINDS)).order_by(Event.case_id, Event.number)
    ):
        found[case_id].happened.append(Happened(*line))
    facts = select(Fact.case_id, *COLUMNS).outerjoin(Step, Step.id == Fact.step_id)
    for case_id, *fact in session.execute(facts.where(Fact.case_id.in_(case_ids)).order_by(Fact.id)):
        found[case_id].facts.append(KnownFact(*fact))
    steps = select(Step.case_id, Step.id, Step.process, Step.element, Step.name, Step.item)
    for row in session.execute(steps.where(Step.case_id.in_(case_ids)).order_by(Step.id)):
        step = TakenStep(*row[1:])
        found[row.case_id].steps[step.id] = step
    rows = select(Deadline).where(Deadline.case_id.in_(case_ids)).options(selectinload(Deadline.changes))
    for deadline in session.scalars(rows.order_by(Deadline.case_id, Deadline.id)):
        found[deadline.case_id].deadlines.append(deadline)
    return list(found.values())
