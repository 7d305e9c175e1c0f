"""Roles that people hold in one case alone: its parties, its mediator, its panel."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.roles import Role
from workflows.store.days import not_over
from workflows.store.models import Case, CaseRole, Person
from workflows.store.tables import run, table_of

ROLE_OF_SEAT = {
    "practitioner": Role.PRACTITIONER,
    "management": Role.CLINICAL_MANAGER,
    "mediator": Role.MEDIATOR,
    "chair": Role.PANEL_CHAIR,
    "nominee": Role.PANEL_MEMBER,
    "third": Role.PANEL_MEMBER,
}
"""In which role whoever has a seat takes steps."""
PARTIES = ("practitioner", "management")
PANEL = ("chair", "nominee", "third")


class Seated(NamedTuple):
    """Somebody with a role in the case. `here` is False once they have left the trust; `ended_at` once replaced."""

    seat: str
    role: str
    person_id: int
    name: str
    starts_at: datetime
    ended_at: datetime | None
    because: str
    here: bool

    @property
    def sits(self) -> bool:
        """Whether nobody has taken their place."""
        return self.ended_at is None


_ROLE, _PERSON = table_of(CaseRole).c, table_of(Person).c


def of_case(session: Session, *, case_id: int, on: date) -> list[Seated]:
    """Everybody who has or had a role in the case, oldest first."""
    wanted = (
        select(
            _ROLE.seat,
            _ROLE.role,
            _ROLE.person_id,
            _PERSON.name,
            _ROLE.starts_at,
            _ROLE.ended_at,
            _ROLE.because,
            not_over(_PERSON.left_on, on),
        )
        .join_from(table_of(CaseRole), table_of(Person), _PERSON.id == _ROLE.person_id)
        .where(_ROLE.case_id == case_id)
        .order_by(_ROLE.id)
    )
    return [Seated._make((*row[:-1], bool(row[-1]))) for row in run(session, wanted, {})]


def seat(
    session: Session,
    *,
    case_id: int,
    seat: str,
    people: Iterable[int],
    now: datetime,
    by_id: int | None,
    because: str = "",
) -> None:
    """Give people a seat in the case; whoever had it before and is not among them has had it until now."""
    wanted = set(people)
    rows = session.scalars(
        select(CaseRole).where(CaseRole.case_id == case_id, CaseRole.seat == seat, CaseRole.ended_at.is_(None))
    ).all()
    for row in rows:
        if row.person_id not in wanted:
            row.ended_at = now
    role = ROLE_OF_SEAT[seat].value
    session.add_all(
        CaseRole(case_id=case_id, seat=seat, role=role, person_id=person, starts_at=now, by_id=by_id, because=because)
        for person in sorted(wanted - {row.person_id for row in rows})
    )
    session.flush()


def managers(session: Session, *, case_id: int) -> list[int]:
    """The people on management's side of a dispute."""
    wanted = select(CaseRole.person_id).where(
        CaseRole.case_id == case_id, CaseRole.seat == "management", CaseRole.ended_at.is_(None)
    )
    return list(session.scalars(wanted))


def called_upon(session: Session, *, people: Iterable[int]) -> dict[int, list[str]]:
    """As what these people are called upon in disputes that are open: the roles of each, those of parties left out."""
    wanted = (
        select(CaseRole.person_id, CaseRole.role)
        .join(Case, Case.id == CaseRole.case_id)
        .where(
            CaseRole.person_id.in_(list(people)),
            CaseRole.seat.not_in(PARTIES),
            CaseRole.ended_at.is_(None),
            Case.status == "open",
        )
        .distinct()
        .order_by(CaseRole.role)
    )
    found: dict[int, list[str]] = {}
    for person, role in session.execute(wanted):
        found.setdefault(person, []).append(role)
    return found


def held_in(session: Session, *, case_id: int, person_id: int) -> frozenset[str]:
    """The roles that somebody holds in one case alone."""
    wanted = select(CaseRole.role).where(CaseRole.case_id == case_id, CaseRole.person_id == person_id)
    return frozenset(session.scalars(wanted.where(CaseRole.ended_at.is_(None))))
