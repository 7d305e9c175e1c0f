"""Verbs on who is on a rota."""

from datetime import date, datetime

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.people import check_period
from workflows.on_call.keeping import Keeper, begin, find, note
from workflows.store import Session
from workflows.store import rotas as rota_rows
from workflows.store.models import RotaMember


class NoSuchDoctor(NotFound):
    """There is no such doctor in your trust."""


class OnItAlready(NotAllowed):
    """{name} is on this rota already in that time."""


def add_member(
    session: Session, *, by: Keeper, rota_id: int, person_id: int, starts_on: date, equal_share: bool, now: datetime
) -> None:
    """Put a doctor on a rota from a day on. Raises NoSuchRota, NotYourRota, RotaClosed, NoSuchDoctor, OnItAlready."""
    rota = find(session, by, rota_id, now)
    doctors = dict(rota_rows.doctors(session, trust_id=by.trust_id, on=civil_day(now)))
    if person_id not in doctors:
        raise NoSuchDoctor
    if any(one.person_id == person_id and (one.ends_on is None or one.ends_on >= starts_on) for one in rota.members):
        raise OnItAlready(name=doctors[person_id])
    row = RotaMember(rota_id=rota.id, person_id=person_id, starts_on=starts_on, equal_share=equal_share)
    rota_rows.add(session, row=row)
    note(session, by, "rota_member_added", now, rota=rota.id, person=person_id)


def end_member(session: Session, *, by: Keeper, rota_member_id: int, ends_on: date, now: datetime) -> int:
    """Record somebody's last day on a rota; returns the rota's id. Raises NoSuchRota, NotYourRota, RotaClosed,
    EndsBeforeItBegins."""
    rota = rota_rows.of_member(session, trust_id=by.trust_id, rota_member_id=rota_member_id)
    rota = begin(session, by, rota, now)
    row = next(one for one in rota.members if one.id == rota_member_id)
    check_period(row.starts_on, ends_on)
    row.ends_on = ends_on
    note(session, by, "rota_member_ended", now, rota=rota.id, person=row.person_id)
    return rota.id
