"""Verbs on members of the register: put somebody on it, change what it says of them, take them off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.panel_register import bodies_of
from workflows.domain.particulars import Particulars
from workflows.domain.people import check_period
from workflows.engine import newcomers, releases
from workflows.panel_register.keeping import Keeper, begin, find, note, note_changed, words
from workflows.store import Session
from workflows.store import panel_register as register_rows
from workflows.store import people as people_rows
from workflows.store.models import PanelMember, Person


class NoSuchPerson(NotFound):
    """There is no such person in your trust."""


class HasLeft(NotAllowed):
    """{name} has left. Choose somebody else, or change the leaving date first."""


class OnItAlready(NotAllowed):
    """{name} is on the register already. Change that entry: a new term is a later last day."""


class NotABody(NotAllowed):
    """“{body}” approves no panel members under your trust’s policy."""


class NotYetApproved(NotAllowed):
    """The approval of {body} cannot lie in the future. Leave the day empty until it has been given."""


class TakenOffTooEarly(NotAllowed):
    """Somebody is taken off from a day in their term on, and not later than today. To end a term later, change its last
    day."""


@dataclass(frozen=True)
class Entry:
    """What the register says of a member. `approvals`: the day of each body's approval by its name, None where it is
    still wanting."""

    organisation: str
    specialties: str
    starts_on: date
    ends_on: date | None = None
    approvals: Mapping[str, date | None] = field(default_factory=dict)


def add_member(session: Session, *, by: Keeper, who: Particulars | int, said: Entry, now: datetime) -> int:
    """Put somebody on the register; returns the member's id.

    who: somebody new from outside, or the id of somebody whom the trust knows. Raises NotYourRegister, NeedsAName,
    NotAnAddress, TakenAlready, NoSuchPerson, HasLeft, OnItAlready, EndsBeforeItBegins, WordsNeeded, NotABody,
    NotYetApproved.
    """
    begin(session, by, now)
    organisation, specialties = checked(session, by, said, now)
    person = (
        newcomers.add(session, trust_id=by.trust_id, by_id=by.person_id, said=who, now=now)
        if isinstance(who, Particulars)
        else known(session, by, who, now)
    )
    row = PanelMember(
        trust_id=by.trust_id,
        person_id=person.id,
        organisation=organisation,
        specialties=specialties,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        added_at=now,
        added_by_id=by.person_id,
    )
    register_rows.add(session, row=row)
    register_rows.approve(session, row=row, approvals=said.approvals)
    note(session, by, "panel_member_listed", now, person=person.id, member=row.id)
    return row.id


def change_member(session: Session, *, by: Keeper, member_id: int, said: Entry, now: datetime) -> None:
    """Change what the register says of somebody. Raises NotYourRegister, NoSuchMember, OffTheRegister,
    EndsBeforeItBegins, WordsNeeded, NotABody, NotYetApproved."""
    begin(session, by, now)
    row = find(session, by, member_id)
    organisation, specialties = checked(session, by, said, now)
    new = {
        "organisation": organisation,
        "specialties": specialties,
        "starts_on": said.starts_on,
        "ends_on": said.ends_on,
    }
    changed = {key: value for key, value in new.items() if getattr(row, key) != value}
    for key, value in changed.items():
        setattr(row, key, value)
    if register_rows.approve(session, row=row, approvals=said.approvals) or changed:
        note_changed(session, by, row, now)


def take_off(session: Session, *, by: Keeper, member_id: int, day: date, reason: str, now: datetime) -> None:
    """Take somebody off the register from a day on: they are called to no more panels. What they were called to stays.

    Raises NotYourRegister, NoSuchMember, OffTheRegister, TakenOffTooEarly, WordsNeeded.
    """
    begin(session, by, now)
    row = find(session, by, member_id)
    if not row.starts_on <= day <= civil_day(now):
        raise TakenOffTooEarly
    row.taken_off_because = words(reason)
    row.taken_off_on = day
    note(session, by, "panel_member_taken_off", now, person=row.person_id, member=row.id)


def checked(session: Session, by: Keeper, said: Entry, now: datetime) -> tuple[str, str]:
    """Organisation and specialties as they are kept. Raises EndsBeforeItBegins, WordsNeeded, NotABody,
    NotYetApproved."""
    check_period(said.starts_on, said.ends_on)
    bodies = bodies_of(releases.published(session, trust_id=by.trust_id).policy.bodies)
    for body, day in said.approvals.items():
        if body not in bodies:
            raise NotABody(body=body[:80])
        if day is not None and day > civil_day(now):
            raise NotYetApproved(body=body)
    return words(said.organisation), words(said.specialties, needed=False)


def known(session: Session, by: Keeper, person_id: int, now: datetime) -> Person:
    """Somebody of the trust's people who is not on the register. Raises NoSuchPerson, HasLeft, OnItAlready."""
    person = people_rows.by_id(session, trust_id=by.trust_id, person_id=person_id)
    if person is None or person.erased_at is not None:
        raise NoSuchPerson
    if person.left_on is not None and person.left_on < civil_day(now):
        raise HasLeft(name=person.name)
    if register_rows.on_it(session, trust_id=by.trust_id, person_id=person.id):
        raise OnItAlready(name=person.name)
    return person
