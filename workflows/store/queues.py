"""Steps that nobody can take as things stand, and steps that several people share."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from workflows.store.days import on_day, still_here
from workflows.store.models import Case, Person, Post, Step, StepHolder


class QueuedStep(NamedTuple):
    """An open step with its case. `item` is not empty for one person's own step of a for-each."""

    id: int
    name: str
    role: str
    item: str
    holder_id: int | None
    due_at: datetime | None
    opened_at: datetime
    case_id: int
    reference: str
    title: str
    release_id: int


_COLUMNS = (
    Step.id, Step.name, Step.role, Step.item, Step.holder_id, Step.due_at, Step.opened_at,
    Case.id, Case.reference, Case.title, Case.release_id,
)  # fmt: skip


def stranded(session: Session, *, trust_id: int, today: date) -> list[QueuedStep]:
    """The open steps that nobody may take, or whose holders hold no post any more; what is due first first."""
    wanted = (
        select(*_COLUMNS)
        .join(Case, Case.id == Step.case_id)
        .where(Step.trust_id == trust_id, Step.status == "open", _nobody(today))
        .order_by(Step.due_at.is_(None), Step.due_at, Step.opened_at, Step.id)
    )
    return [QueuedStep._make(row) for row in session.execute(wanted)]


def is_stranded(session: Session, *, step_id: int, today: date) -> bool:
    """Whether this step is one of them."""
    wanted = select(Step.id).where(Step.id == step_id, Step.status == "open", _nobody(today))
    return session.scalar(wanted) is not None


def shared(session: Session, *, trust_id: int, people: Collection[int], roles: Collection[str]) -> list[QueuedStep]:
    """The open steps of group roles that these people may take together with others, claimed or not."""
    mine, other = aliased(StepHolder), aliased(StepHolder)
    wanted = (
        select(*_COLUMNS)
        .join(Case, Case.id == Step.case_id)
        .where(
            Step.trust_id == trust_id,
            Step.status == "open",
            Step.role.in_(roles),
            exists().where(mine.step_id == Step.id, mine.person_id.in_(people)),
            exists().where(other.step_id == Step.id, other.person_id.not_in(people)),
        )
        .order_by(Step.due_at.is_(None), Step.due_at, Step.opened_at, Step.id)
    )
    return [QueuedStep._make(row) for row in session.execute(wanted)]


def holders(session: Session, *, step_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Who may take each step, or could: id and name, by step."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    wanted = (
        select(StepHolder.step_id, Person.id, Person.name)
        .join(Person, Person.id == StepHolder.person_id)
        .where(StepHolder.step_id.in_(list(step_ids)))
        .order_by(Person.name, Person.id)
    )
    for step_id, person_id, name in session.execute(wanted):
        found[step_id].append((person_id, name))
    return found


def _nobody(today: date) -> ColumnElement[bool]:
    """None of a step's holders holds a post today: as the verb that assigns it asks."""
    return ~exists().where(
        StepHolder.step_id == Step.id,
        Person.id == StepHolder.person_id,
        still_here(today),
        Post.person_id == Person.id,
        on_day(Post.starts_on, Post.ends_on, today),
    )
