"""Queries on agreements on extra programmed activities, on what was worked of them, and on what teams foresee."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Date, func, select
from sqlalchemy.orm import Session, contains_eager

from workflows.domain.extra_pa import Reviewed, pas_on
from workflows.store.asking import among, as_loaded, ask, by_column, given
from workflows.store.models import Case, ExtraPa, ExtraPaNeed, ExtraPaUse, Fact, Person, Post
from workflows.store.tables import table_of

WORDS = ("extra_work", "extra_purpose", "extra_commissioner")
"""The facts of a case that say what its agreement is about."""


@dataclass(frozen=True)
class AgreedExtra:
    """An agreement that counts on a day, as a job plan and a person's page need it. `pas` are those of that day: a week
    if `basis` is regular, else for the whole time. `reason` and `commissioner` are "" where nothing is on record."""

    person_id: int
    name: str
    case: str
    """The reference of its case."""
    reference: str
    kind: str
    basis: str
    pas: Fraction
    starts_on: date
    ends_on: date
    next_pas: Fraction | None
    next_from: date | None
    notice_on: date | None
    work: str
    reason: str
    commissioner: str


def add(session: Session, *, row: ExtraPa) -> None:
    """Keep an agreement with the trust's next number. Whoever calls has locked the trust."""
    last = session.scalar(select(func.max(ExtraPa.number)).where(ExtraPa.trust_id == row.trust_id))
    row.number = (last or 0) + 1
    row.reference = f"{row.reference}/{row.number:04}"
    session.add(row)
    session.flush()


def of_case(session: Session, *, case_id: int) -> ExtraPa | None:
    """The agreement of a case; None before it is offered."""
    return session.scalar(select(ExtraPa).where(ExtraPa.case_id == case_id))


def agreed(session: Session, *, person_id: int, on: date) -> list[AgreedExtra]:
    """What somebody has agreed to and counts on a day, by its number."""
    return _read(session, [person_id], first=on, last=on)


def agreed_between(session: Session, *, person_ids: Collection[int], first: date, last: date) -> list[AgreedExtra]:
    """What these people have agreed to that counts on some day of a period; `pas` are those of its first day there."""
    return _read(session, person_ids, first=first, last=last)


_EXTRA, _CASE, _PERSON = (table_of(each) for each in (ExtraPa, Case, Person))
_AGREED = (
    select(*_EXTRA.c, _CASE.c.reference, _PERSON.c.name)
    .join(_CASE, _CASE.c.id == _EXTRA.c.case_id)
    .join(_PERSON, _PERSON.c.id == _EXTRA.c.person_id)
    .where(
        among(_EXTRA.c.person_id, "person_ids"),
        _EXTRA.c.status.in_(("agreed", "ended")),
        _EXTRA.c.starts_on <= given("last", Date()),
        _EXTRA.c.ends_on >= given("first", Date()),
    )
    .order_by(_EXTRA.c.number),
)


def _read(session: Session, person_ids: Collection[int], *, first: date, last: date) -> list[AgreedExtra]:
    [rows] = ask(session, _AGREED, {"person_ids": list(person_ids), "first": first, "last": last})
    found = [(as_loaded(session, ExtraPa, by_column(_EXTRA, row)), case, name) for *row, case, name in rows]
    said = _words(session, [row.case_id for row, _, _ in found])
    return [_agreed(row, case, name, said, first) for row, case, name in found]


def _agreed(row: ExtraPa, case: str, name: str, said: dict[tuple[int, str], str], day: date) -> AgreedExtra:
    one = AgreedExtra(
        person_id=row.person_id,
        name=name,
        case=case,
        reference=row.reference,
        kind=row.kind,
        basis=row.basis,
        pas=Fraction(row.pas),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        next_pas=exact(row.next_pas),
        next_from=row.next_from,
        notice_on=row.notice_on,
        work=said.get((row.case_id, "extra_work"), ""),
        reason=said.get((row.case_id, "extra_purpose"), ""),
        commissioner=said.get((row.case_id, "extra_commissioner"), ""),
    )
    return AgreedExtra(**{**vars(one), "pas": pas_on(one, max(day, row.starts_on))})


def exact(number: Decimal | None) -> Fraction | None:
    """A number of the database as an exact fraction."""
    return None if number is None else Fraction(number)


def _words(session: Session, case_ids: Collection[int]) -> dict[tuple[int, str], str]:
    """What the newest answers say, by case and key."""
    if not case_ids:
        return {}
    wanted = select(Fact.case_id, Fact.key, Fact.value).where(Fact.case_id.in_(case_ids), Fact.key.in_(WORDS))
    return {(case, key): str(value or "") for case, key, value in session.execute(wanted.order_by(Fact.id))}


def running(session: Session, *, person_id: int, on: date) -> list[ExtraPa]:
    """Agreements of somebody that were accepted and are not over on a day, those that begin later among them."""
    wanted = select(ExtraPa).where(ExtraPa.person_id == person_id, ExtraPa.status == "agreed", ExtraPa.ends_on >= on)
    return list(session.scalars(wanted.order_by(ExtraPa.number)))


def to_review(session: Session, *, person_id: int, on: date) -> list[Reviewed]:
    """The same, as a yearly review of somebody's job plan has to find them."""
    return [
        Reviewed(row.reference, row.accepted_on or row.starts_on, max_day(row.reviewed_on, row.notice_on))
        for row in running(session, person_id=person_id, on=on)
    ]


def max_day(*days: date | None) -> date | None:
    """The latest of several days, None where there is none."""
    return max((day for day in days if day), default=None)


def add_use(session: Session, *, row: ExtraPaUse) -> None:
    """Keep what was worked."""
    session.add(row)
    session.flush()


def uses(session: Session, *, extra_pa_id: int) -> Sequence[ExtraPaUse]:
    """What was worked of an agreement, newest day first."""
    wanted = (
        select(ExtraPaUse)
        .join(ExtraPaUse.by)
        .options(contains_eager(ExtraPaUse.by))
        .where(ExtraPaUse.extra_pa_id == extra_pa_id)
        .order_by(ExtraPaUse.worked_on.desc(), ExtraPaUse.id.desc())
    )
    return list(session.scalars(wanted))


def worked(session: Session, *, extra_pa_id: int) -> Fraction:
    """How many PAs were worked of an agreement so far."""
    rows = session.scalars(select(ExtraPaUse.pas).where(ExtraPaUse.extra_pa_id == extra_pa_id))
    return sum((Fraction(pas) for pas in rows), Fraction(0))


def ending(
    session: Session, *, trust_id: int, care_group_ids: Collection[int] | None, first: date, last: date
) -> list[ExtraPa]:
    """Agreements whose last day lies in a period, first to end first; of some care groups only if they are named."""
    wanted = (
        select(ExtraPa)
        .join(ExtraPa.case)
        .join(ExtraPa.person)
        .options(contains_eager(ExtraPa.case), contains_eager(ExtraPa.person))
        .where(
            ExtraPa.trust_id == trust_id,
            ExtraPa.status == "agreed",
            ExtraPa.ends_on.between(first, last),
        )
        .order_by(ExtraPa.ends_on, ExtraPa.number)
    )
    if care_group_ids is not None:
        wanted = wanted.where(Case.care_group_id.in_(care_group_ids))
    return list(session.scalars(wanted))


def members(session: Session, *, team_id: int, first: date, last: date) -> list[int]:
    """Who belongs to a team as a practitioner on some day of a period, by id."""
    wanted = select(Post.person_id).where(
        Post.team_id == team_id,
        Post.role == "practitioner",
        Post.starts_on <= last,
        Post.ends_on.is_(None) | (Post.ends_on >= first),
    )
    return sorted(set(session.scalars(wanted)))


def add_need(session: Session, *, row: ExtraPaNeed) -> None:
    """Keep what a team foresees."""
    session.add(row)
    session.flush()


def needs(session: Session, *, team_id: int, year: str) -> list[ExtraPaNeed]:
    """What a team foresees for a planning year, as it was entered; what was taken out again is left out."""
    wanted = select(ExtraPaNeed).where(
        ExtraPaNeed.team_id == team_id, ExtraPaNeed.year == year, ExtraPaNeed.removed_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(ExtraPaNeed.id)))


def need(session: Session, *, trust_id: int, need_id: int) -> ExtraPaNeed | None:
    """One line of what is foreseen, within its trust, unless it was taken out."""
    return session.scalar(
        select(ExtraPaNeed).where(
            ExtraPaNeed.id == need_id, ExtraPaNeed.trust_id == trust_id, ExtraPaNeed.removed_at.is_(None)
        )
    )


def remove_need(session: Session, *, row: ExtraPaNeed, now: datetime) -> None:
    """Take a line out again."""
    row.removed_at = now
    session.flush()
