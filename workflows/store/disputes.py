"""Questions about one dispute: what was settled or proposed of its points so far, and who of its panel comes whence."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflows.store.models import Fact, Json, PanelMember, Person, Step


class Settled(NamedTuple):
    """Rows of outcomes as somebody entered them; `screen` is that of the step, "" where it was none."""

    screen: str
    at: datetime
    rows: list[dict[str, Json]]


def settled(session: Session, *, case_id: int) -> list[Settled]:
    """Every outcome that was entered, point by point, the oldest first."""
    wanted = (
        select(Step.screen, Fact.written_at, Fact.value)
        .select_from(Fact)
        .outerjoin(Step, Step.id == Fact.step_id)
        .where(Fact.case_id == case_id, Fact.key == "outcomes")
        .order_by(Fact.id)
    )
    return [Settled(screen or "", at, rows) for screen, at, rows in session.execute(wanted) if rows]


class Written(NamedTuple):
    """What a completed step wrote under one key; `by` and `on_behalf_of` are names, "" for none."""

    step: Step
    key: str
    value: Json
    by: str
    on_behalf_of: str


def written(session: Session, *, case_id: int) -> list[Written]:
    """Everything that people entered in their steps, step by step in the order in which these were completed."""
    by, whose = aliased(Person), aliased(Person)
    wanted = (
        select(Step, Fact.key, Fact.value, by.name, whose.name)
        .select_from(Fact)
        .join(Step, Step.id == Fact.step_id)
        .outerjoin(by, by.id == Step.done_by_id)
        .outerjoin(whose, whose.id == Step.on_behalf_of_id)
        .where(Fact.case_id == case_id)
        .order_by(Fact.id)
    )
    found = session.execute(wanted)
    return [Written(step, key, value, who or "", of or "") for step, key, value, who, of in found]


def proposer(session: Session, *, case_id: int) -> int | None:
    """Who proposes the settlement that has not been answered yet: a person's id; None where there is none."""
    said = select(Fact.value).where(Fact.case_id == case_id, Fact.key == "settlement_proposed_by")
    found: int | None = session.scalar(said.order_by(Fact.id.desc()).limit(1))
    return found


def statement_steps(session: Session, *, case_id: int, deadline: str) -> list[Step]:
    """The steps, done or not, that are drawn with a deadline: those by which statements come in, oldest first."""
    wanted = select(Step).where(Step.case_id == case_id, Step.deadline == deadline)
    return list(session.scalars(wanted.order_by(Step.id)))


def organisations(session: Session, *, trust_id: int, person_ids: Collection[int]) -> dict[int, str]:
    """Where those of them who are on the trust's register of panel members work, by person."""
    wanted = select(PanelMember.person_id, PanelMember.organisation).where(
        PanelMember.trust_id == trust_id, PanelMember.person_id.in_(person_ids)
    )
    found = session.execute(wanted.order_by(PanelMember.id)) if person_ids else ()
    return {row.person_id: row.organisation for row in found}
