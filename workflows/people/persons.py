"""Verbs on persons: add one, change what is recorded, when they leave; their contracts."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.particulars import Particulars, TakenAlready
from workflows.domain.people import NOWHERE, Area, area_of, check_period, covers, in_words
from workflows.engine import newcomers
from workflows.people.appointing import check_not_last
from workflows.people.keeping import Keeper, check_keeps, find_person, note
from workflows.store import Session, employment
from workflows.store.models import Contract, Person, Post


class NoSuchContract(NotFound):
    """There is no such contract in your trust."""


class LeavesBeforeTheyCame(NotAllowed):
    """{name} has a post or a contract that begins on {day}, after the leaving date. End or correct that one first."""


def add_person(session: Session, *, by: Keeper, said: Particulars, now: datetime) -> int:
    """Add somebody to the trust; returns their id. Raises NotYoursToKeep, NeedsAName, NotAnAddress, TakenAlready."""
    check_keeps(session, by, now)
    return newcomers.add(session, trust_id=by.trust_id, by_id=by.person_id, said=said, now=now).id


def change_person(session: Session, *, by: Keeper, person_id: int, said: Particulars, now: datetime) -> Area:
    """Change what is recorded; returns whose steps it may touch. Raises what `add_person` raises, NoSuchPerson."""
    check_keeps(session, by, now)
    person, said = find_person(session, by, person_id), said.cleaned()
    check_free(session, by, said, person)
    changed = {key: value for key, value in vars(said).items() if getattr(person, key) != value}
    for key, value in changed.items():
        setattr(person, key, value)
    if changed:
        note(session, by, "person_changed", now, person=person.id)
    return places_of(session, person, civil_day(now)) if "not_medical" in changed else NOWHERE


def check_free(session: Session, by: Keeper, said: Particulars, but: Person) -> None:
    """Raises TakenAlready."""
    others = employment.taken(
        session, trust_id=by.trust_id, email=said.email, employee_number=said.employee_number, but=but.id
    )
    if others:
        raise TakenAlready(name=others[0].name)


def set_leaving(session: Session, *, by: Keeper, person_id: int, last_day: date | None, now: datetime) -> Area:
    """Record the last day, or take it back; returns whose steps it may touch.

    Posts end with their holder. Raises NotYoursToKeep, NoSuchPerson, LeavesBeforeTheyCame, LastOfTheDirectorate.
    """
    check_keeps(session, by, now)
    person = find_person(session, by, person_id)
    before = places_of(session, person, civil_day(now))
    if last_day is not None:
        check_may_leave(session, person, last_day, civil_day(now))
    person.left_on = last_day
    note(session, by, "person_left" if last_day else "person_changed", now, person=person.id)
    return before


def check_may_leave(session: Session, person: Person, last_day: date, today: date) -> None:
    """Raises LeavesBeforeTheyCame, LastOfTheDirectorate."""
    begin = [post.starts_on for post in _posts(session, person)]
    begin += [contract.starts_on for contract in _contracts(session, person)]
    if any(first > last_day for first in begin):
        raise LeavesBeforeTheyCame(name=person.name, day=in_words(max(begin)))
    for post in _posts(session, person):
        check_not_last(session, post, last_day, today)


def places_of(session: Session, person: Person, day: date) -> Area:
    """Whose steps somebody's posts of a day touch."""
    area = NOWHERE
    for post in _posts(session, person):
        if covers(post.starts_on, post.ends_on, day):
            area |= area_of(post.role, post.team_id, post.care_group_id)
    return area


@dataclass(frozen=True)
class Terms:
    """A contract as payroll holds it."""

    kind: str
    grade: str
    pas: Decimal
    payroll_number: str
    starts_on: date
    ends_on: date | None = None


def record_contract(session: Session, *, by: Keeper, person_id: int, terms: Terms, now: datetime) -> int:
    """Record a contract; returns its id. Raises NotYoursToKeep, NoSuchPerson, EndsBeforeItBegins."""
    check_keeps(session, by, now)
    person = find_person(session, by, person_id)
    check_period(terms.starts_on, terms.ends_on)
    contract = Contract(
        person_id=person.id,
        kind=terms.kind,
        grade=terms.grade,
        programmed_activities=terms.pas,
        payroll_number=terms.payroll_number,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
    )
    employment.add(session, row=contract)
    note(session, by, "contract_recorded", now, person=person.id, contract=contract.id)
    return contract.id


def end_contract(session: Session, *, by: Keeper, contract_id: int, last_day: date, now: datetime) -> int:
    """Record the last day of a contract; returns whose it is. Raises NotYoursToKeep, NoSuchContract,
    EndsBeforeItBegins."""
    check_keeps(session, by, now)
    contract = employment.contract(session, trust_id=by.trust_id, contract_id=contract_id)
    if contract is None:
        raise NoSuchContract
    check_period(contract.starts_on, last_day)
    contract.ends_on = last_day
    note(session, by, "contract_ended", now, person=contract.person_id, contract=contract.id)
    return contract.person_id


def _posts(session: Session, person: Person) -> list[Post]:
    return employment.posts_of(session, person_id=person.id)


def _contracts(session: Session, person: Person) -> list[Contract]:
    return employment.contracts_of(session, person_id=person.id)
