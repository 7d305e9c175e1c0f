"""On-call rotas, their members, and the diaries of on-call work."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Date, Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from workflows.store.asking import among, ask, given
from workflows.store.days import on_day, still_here
from workflows.store.models import DiaryEntry, Person, Post, Rota, RotaDiary, RotaMember, Team
from workflows.store.tables import table_of

Row = Rota | RotaMember | RotaDiary | DiaryEntry


def add(session: Session, *, row: Row) -> None:
    """Write a new row; it has its id afterwards."""
    session.add(row)
    session.flush()


def remove(session: Session, *, row: DiaryEntry) -> None:
    """Take an entry of a diary away."""
    session.delete(row)
    session.flush()


def by_id(session: Session, *, trust_id: int, rota_id: int) -> Rota | None:
    """A rota of the trust with its members and diaries."""
    return session.scalar(_whole().where(Rota.id == rota_id, Rota.trust_id == trust_id))


def of_member(session: Session, *, trust_id: int, rota_member_id: int) -> Rota | None:
    """The rota that somebody's place is on."""
    there = select(RotaMember.rota_id).where(RotaMember.id == rota_member_id)
    return session.scalar(_whole().where(Rota.id.in_(there), Rota.trust_id == trust_id))


def of_diary(session: Session, *, trust_id: int, diary_id: int) -> Rota | None:
    """The rota that a diary is kept for."""
    there = select(RotaDiary.rota_id).where(RotaDiary.id == diary_id)
    return session.scalar(_whole().where(Rota.id.in_(there), Rota.trust_id == trust_id))


def of_entry(session: Session, *, trust_id: int, entry_id: int) -> tuple[Rota, DiaryEntry] | None:
    """An entry of a diary, and the rota that the diary is kept for."""
    entry = session.scalar(select(DiaryEntry).where(DiaryEntry.id == entry_id))
    rota = of_diary(session, trust_id=trust_id, diary_id=entry.diary_id) if entry else None
    return (rota, entry) if rota and entry else None


def of_teams(
    session: Session, *, trust_id: int, team_ids: Iterable[int] | None, person_ids: Iterable[int]
) -> list[Rota]:
    """The rotas of these teams, of all teams if that is None, and those on which one of these people is or was: by
    team and name, in three statements."""
    wanted = _whole().join(Team, Team.id == Rota.team_id).where(Rota.trust_id == trust_id)
    if team_ids is not None:
        theirs = select(RotaMember.rota_id).where(RotaMember.person_id.in_(list(person_ids)))
        wanted = wanted.where(or_(Rota.team_id.in_(list(team_ids)), Rota.id.in_(theirs)))
    return list(session.scalars(wanted.order_by(Team.name, Rota.name, Rota.id)))


def of_person(session: Session, *, person_id: int, on: date) -> list[Rota]:
    """The rotas that somebody is on that day, by name."""
    return of_people(session, person_ids=[person_id], on=on)


_ROTA, _MEMBER, _TODAY = table_of(Rota).c, table_of(RotaMember).c, given("today", Date())
_OF_PEOPLE = (
    select(_ROTA.id).where(
        _ROTA.id.in_(
            select(_MEMBER.rota_id).where(
                among(_MEMBER.person_id, "person_ids"), on_day(_MEMBER.starts_on, _MEMBER.ends_on, _TODAY)
            )
        ),
        or_(_ROTA.closed_on.is_(None), _ROTA.closed_on > _TODAY),
    ),
)


def of_people(session: Session, *, person_ids: Iterable[int], on: date) -> list[Rota]:
    """The rotas on which one of these people is that day, by name: four statements, or one where there is no
    rota."""
    [found] = ask(session, _OF_PEOPLE, {"person_ids": list(person_ids), "today": on})
    wanted = _whole().where(Rota.id.in_([rota_id for (rota_id,) in found]))
    return list(session.scalars(wanted.order_by(Rota.name, Rota.id))) if found else []


def entries(session: Session, *, diary_id: int) -> list[DiaryEntry]:
    """What was entered in a diary, in the order of time."""
    wanted = select(DiaryEntry).where(DiaryEntry.diary_id == diary_id)
    return list(session.scalars(wanted.order_by(DiaryEntry.day, DiaryEntry.starts_at, DiaryEntry.id)))


def diaries_over(session: Session, *, trust_id: int, before: date) -> Sequence[Rota]:
    """The rotas of a trust with a diary that ended before a day and from which nothing has been agreed yet."""
    waiting = select(RotaDiary.rota_id).where(RotaDiary.ends_on < before, RotaDiary.agreed_at.is_(None))
    return session.scalars(_whole().where(Rota.trust_id == trust_id, Rota.id.in_(waiting))).all()


def doctors(session: Session, *, trust_id: int, on: date) -> list[tuple[int, str]]:
    """Id and name of the trust's practitioners on a day, by name."""
    wanted = (
        select(Person.id, Person.name)
        .join(Post, Post.person_id == Person.id)
        .where(
            Post.trust_id == trust_id,
            Post.role == "practitioner",
            on_day(Post.starts_on, Post.ends_on, on),
            still_here(on),
        )
        .order_by(Person.name, Person.id)
        .distinct()
    )
    return [(row.id, row.name) for row in session.execute(wanted)]


def _whole() -> Select[Rota]:
    return select(Rota).options(
        joinedload(Rota.team, innerjoin=True).joinedload(Team.care_group, innerjoin=True),
        selectinload(Rota.members),
        selectinload(Rota.diaries),
    )
