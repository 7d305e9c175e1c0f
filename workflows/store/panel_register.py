"""The register of third panel members, its reviews, and who was called to which appeal."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from workflows.domain.panel_register import Absence, Conflict, Member, Use
from workflows.store.days import still_here
from workflows.store.models import (
    PanelAbsence,
    PanelAllocation,
    PanelApproval,
    PanelConflict,
    PanelMember,
    PanelReview,
    Person,
)

USED = ("proposed", "sat")


class Called(NamedTuple):
    """Somebody of the register who was called to a case, and what became of it."""

    member_id: int
    person_id: int
    status: str


def add(session: Session, *, row: PanelMember | PanelReview | PanelAbsence | PanelConflict) -> None:
    """Write a new row; it has its id afterwards."""
    session.add(row)
    session.flush()


def remove(session: Session, *, row: PanelAbsence | PanelConflict) -> None:
    """Take a row away."""
    session.delete(row)
    session.flush()


def by_id(session: Session, *, trust_id: int, member_id: int) -> PanelMember | None:
    """A member of the trust's register with their person, to be changed."""
    return session.scalar(_of(trust_id).where(PanelMember.id == member_id))


def on_it(session: Session, *, trust_id: int, person_id: int) -> PanelMember | None:
    """Somebody's entry that was not taken off the register."""
    wanted = _of(trust_id).where(PanelMember.person_id == person_id, PanelMember.taken_off_on.is_(None))
    return session.scalar(wanted)


def approve(session: Session, *, row: PanelMember, approvals: Mapping[str, date | None]) -> bool:
    """Keep the days of these bodies' approvals, None taking one away; those of other bodies stay. Returns whether
    anything has changed."""
    before = {one.body: one.approved_on for one in row.approvals}
    kept = {one.body: one for one in row.approvals}
    for body, day in approvals.items():
        if day is None:
            if body in kept:
                row.approvals.remove(kept[body])
        elif body in kept:
            kept[body].approved_on = day
        else:
            row.approvals.append(PanelApproval(body=body, approved_on=day))
    session.flush()
    return before != {one.body: one.approved_on for one in row.approvals}


def absence(session: Session, *, trust_id: int, absence_id: int) -> PanelAbsence | None:
    """An absence of a member of the trust's register."""
    wanted = select(PanelAbsence).join(PanelMember, PanelMember.id == PanelAbsence.member_id)
    return session.scalar(wanted.where(PanelAbsence.id == absence_id, PanelMember.trust_id == trust_id))


def conflict(session: Session, *, trust_id: int, conflict_id: int) -> PanelConflict | None:
    """A conflict that a member of the trust's register has declared."""
    wanted = select(PanelConflict).join(PanelMember, PanelMember.id == PanelConflict.member_id)
    return session.scalar(wanted.where(PanelConflict.id == conflict_id, PanelMember.trust_id == trust_id))


def members(session: Session, *, trust_id: int) -> list[Member]:
    """Everybody who is or was on the trust's register, by name: four statements, however many they are."""
    return [_member(row) for row in session.scalars(_whole(trust_id).order_by(Person.name, PanelMember.id))]


def others_of(session: Session, *, trust_id: int, today: date) -> list[tuple[int, str]]:
    """Id and name of the trust's people of today who are not on the register, by name."""
    there = select(PanelMember.person_id).where(PanelMember.trust_id == trust_id, PanelMember.taken_off_on.is_(None))
    wanted = (
        select(Person.id, Person.name)
        .where(Person.trust_id == trust_id, Person.erased_at.is_(None), still_here(today), Person.id.not_in(there))
        .order_by(Person.name, Person.id)
    )
    return [(row.id, row.name) for row in session.execute(wanted)]


def begun_at(session: Session, *, trust_id: int) -> datetime | None:
    """When the first member was entered."""
    return session.scalar(select(func.min(PanelMember.added_at)).where(PanelMember.trust_id == trust_id))


def reviews(session: Session, *, trust_id: int) -> list[tuple[PanelReview, str | None]]:
    """The register's reviews, newest first, each with the name of whoever did it."""
    wanted = (
        select(PanelReview, Person.name)
        .outerjoin(Person, Person.id == PanelReview.by_id)
        .where(PanelReview.trust_id == trust_id)
        .order_by(PanelReview.day.desc(), PanelReview.id.desc())
    )
    return [(row.PanelReview, row.name) for row in session.execute(wanted)]


def reviewed_on(session: Session, *, trust_id: int) -> date | None:
    """The day of the newest review."""
    return session.scalar(select(func.max(PanelReview.day)).where(PanelReview.trust_id == trust_id))


def allocate(session: Session, *, member_id: int, case_id: int, status: str, now: datetime) -> None:
    """Keep what became of calling a member to an appeal: proposed, sat, objected or stood_down. The newest counts."""
    wanted = select(PanelAllocation).where(PanelAllocation.member_id == member_id, PanelAllocation.case_id == case_id)
    row = session.scalar(wanted)
    if row is None:
        session.add(PanelAllocation(member_id=member_id, case_id=case_id, status=status, at=now))
    else:
        row.status, row.at = status, now
    session.flush()


def called_to(session: Session, *, case_id: int) -> list[Called]:
    """Everybody of the register who was called to a case, first called first."""
    wanted = (
        select(PanelAllocation.member_id, PanelMember.person_id, PanelAllocation.status)
        .join(PanelMember, PanelMember.id == PanelAllocation.member_id)
        .where(PanelAllocation.case_id == case_id)
        .order_by(PanelAllocation.id)
    )
    return [Called._make(row) for row in session.execute(wanted)]


def use(session: Session, *, trust_id: int) -> dict[int, Use]:
    """How often everybody was called to appeals, by their person's id; who never was is not in it."""
    wanted = (
        select(
            PanelMember.person_id,
            PanelAllocation.status,
            func.count().label("times"),
            func.max(PanelAllocation.at).label("last"),
        )
        .join(PanelMember, PanelMember.id == PanelAllocation.member_id)
        .where(PanelMember.trust_id == trust_id)
        .group_by(PanelMember.person_id, PanelAllocation.status)
    )
    found: dict[int, list[tuple[str, int, datetime]]] = {}
    for row in session.execute(wanted):
        found.setdefault(row.person_id, []).append((row.status, row.times, row.last))
    return {person: _use(rows) for person, rows in found.items()}


def _use(rows: list[tuple[str, int, datetime]]) -> Use:
    times = {status: times for status, times, _ in rows}
    return Use(**times, last=max((last for status, _, last in rows if status in USED), default=None))


def _of(trust_id: int) -> Select[PanelMember]:
    return select(PanelMember).join(PanelMember.person).where(PanelMember.trust_id == trust_id)


def _whole(trust_id: int) -> Select[PanelMember]:
    with_conflicts = selectinload(PanelMember.conflicts).joinedload(PanelConflict.care_group)
    return _of(trust_id).options(
        joinedload(PanelMember.person),
        selectinload(PanelMember.approvals),
        selectinload(PanelMember.absences),
        with_conflicts,
    )


def _member(row: PanelMember) -> Member:
    return Member(
        id=row.id,
        person_id=row.person_id,
        name=row.person.name,
        organisation=row.organisation,
        specialties=row.specialties,
        approvals={one.body: one.approved_on for one in row.approvals},
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        taken_off_on=row.taken_off_on,
        taken_off_because=row.taken_off_because,
        left_on=row.person.left_on,
        absences=tuple(Absence(one.id, one.starts_on, one.ends_on) for one in row.absences),
        conflicts=tuple(
            Conflict(one.id, one.words, one.care_group_id, one.care_group.name if one.care_group else "")
            for one in row.conflicts
        ),
    )
