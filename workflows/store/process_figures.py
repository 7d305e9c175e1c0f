"""How a process goes: how many cases wait at each step, how long its steps take, for how long cases waited there."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Float, and_, case, cast, extract, func, literal, or_, select
from sqlalchemy.orm import Session

from workflows.store.models import Case, Release, Step, Team
from workflows.store.models.base import Instant


class FigureSight(NamedTuple):
    """Whose cases count: those of the trust, or with `led` those of some care groups of it."""

    trust_id: int
    led: frozenset[int] | None = None


class Span(NamedTuple):
    """What is looked at: one process, from an instant on (None: ever since) until another, and the cases of one
    release (None: of all)."""

    process: str
    since: datetime | None
    until: datetime
    release_id: int | None = None


class Waited(NamedTuple):
    """A step, by its element: what it is called, how many cases wait there at the end of the span, and for how many
    seconds of it they waited in all."""

    element: str
    name: str
    cases: int
    seconds: float


class Took(NamedTuple):
    """A step, by its element: how often it was done, and the seconds within which half and 9 in 10 of them were."""

    element: str
    done: int
    half: float
    nine_in_ten: float


def waited(session: Session, *, sight: FigureSight, span: Span) -> list[Waited]:
    """Every step that was open at some time of the span."""
    begin: ColumnElement[Any] = Step.opened_at.expression
    if span.since is not None:
        begin = case((Step.opened_at < span.since, literal(span.since, Instant)), else_=Step.opened_at)
    later = or_(Step.ended_at.is_(None), Step.ended_at > span.until)
    end = case((later, literal(span.until, Instant)), else_=Step.ended_at)
    now = or_(Step.status == "open", Step.ended_at > span.until)
    found = _of(
        select(
            Step.element,
            func.max(Step.name),
            func.count(case((now, Step.case_id)).distinct()),
            func.sum(_seconds(session, end) - _seconds(session, begin)),
        ),
        sight,
        span,
    ).group_by(Step.element)
    return [
        Waited(element, name, cases, max(float(sum_ or 0), 0.0))
        for element, name, cases, sum_ in session.execute(found)
    ]


def took(session: Session, *, sight: FigureSight, span: Span) -> list[Took]:
    """Every step that was done in the span, with what is usual of it."""
    seconds = _seconds(session, Step.ended_at) - _seconds(session, Step.opened_at)
    ranked = (
        _of(
            select(
                Step.element.label("element"),
                seconds.label("seconds"),
                func.row_number().over(partition_by=Step.element, order_by=seconds).label("place"),
                func.count().over(partition_by=Step.element).label("done"),
            ),
            sight,
            span,
        )
        .where(Step.status == "done", Step.ended_at <= span.until)
        .subquery()
    )
    places = {"half": (ranked.c.done + 1) // 2, "nine": (ranked.c.done * 9 + 9) // 10}
    at = {key: func.max(case((ranked.c.place == place, ranked.c.seconds))) for key, place in places.items()}
    found = select(ranked.c.element, func.max(ranked.c.done), at["half"], at["nine"]).group_by(ranked.c.element)
    return [Took(element, done, float(half), float(nine)) for element, done, half, nine in session.execute(found)]


def running(session: Session, *, sight: FigureSight) -> dict[str, int]:
    """By process: how many cases wait at a step of it now."""
    cases = select(Step.process, func.count(Step.case_id.distinct())).where(Step.status == "open")
    found = session.execute(_sighted(cases, sight).group_by(Step.process))
    return {str(process): int(waiting) for process, waiting in found}


def releases(session: Session, *, trust_id: int) -> list[tuple[int, int]]:
    """Ids and numbers of the releases of a trust, the newest first."""
    found = select(Release.id, Release.number).where(Release.trust_id == trust_id).order_by(Release.number.desc())
    return [(release_id, number) for release_id, number in session.execute(found)]


def _of(found: Any, sight: FigureSight, span: Span) -> Any:
    found = _sighted(found, sight).where(Step.process == span.process, Step.opened_at <= span.until)
    if span.since is not None:
        found = found.where(or_(Step.ended_at.is_(None), Step.ended_at >= span.since))
    return found.where(Case.release_id == span.release_id) if span.release_id is not None else found


def _sighted(found: Any, sight: FigureSight) -> Any:
    found = found.join(Case, Case.id == Step.case_id).where(Step.trust_id == sight.trust_id)
    if sight.led is None:
        return found
    of_team = and_(Case.care_group_id.is_(None), Team.care_group_id.in_(sight.led))
    return found.outerjoin(Team, Team.id == Case.team_id).where(or_(Case.care_group_id.in_(sight.led), of_team))


def _seconds(session: Session, at: Any) -> ColumnElement[float]:
    if session.get_bind().dialect.name == "sqlite":
        return func.julianday(at) * 86400.0
    return cast(extract("epoch", at), Float)
