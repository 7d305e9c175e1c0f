"""Verbs on when a member cannot be called: days of absence, and standing conflicts of interest."""

from datetime import date, datetime

from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.people import check_period
from workflows.panel_register.keeping import Keeper, begin, find, note_changed, words
from workflows.store import Session
from workflows.store import panel_register as register_rows
from workflows.store import people as people_rows
from workflows.store.models import PanelAbsence, PanelConflict


class NoSuchAbsence(NotFound):
    """There is no such absence on the register of your trust."""


class NoSuchConflict(NotFound):
    """There is no such conflict on the register of your trust."""


class NoSuchCareGroup(NotAllowed):
    """There is no such care group in your trust."""


def add_absence(session: Session, *, by: Keeper, member_id: int, starts_on: date, ends_on: date, now: datetime) -> None:
    """Keep that a member cannot be called from a day to a day. Raises NotYourRegister, NoSuchMember, OffTheRegister,
    EndsBeforeItBegins."""
    begin(session, by, now)
    member = find(session, by, member_id)
    check_period(starts_on, ends_on)
    register_rows.add(session, row=PanelAbsence(member_id=member.id, starts_on=starts_on, ends_on=ends_on))
    note_changed(session, by, member, now)


def remove_absence(session: Session, *, by: Keeper, absence_id: int, now: datetime) -> int:
    """They can be called after all; returns the member's id. Raises NotYourRegister, NoSuchAbsence, OffTheRegister."""
    begin(session, by, now)
    row = register_rows.absence(session, trust_id=by.trust_id, absence_id=absence_id)
    if row is None:
        raise NoSuchAbsence
    member = find(session, by, row.member_id)
    register_rows.remove(session, row=row)
    note_changed(session, by, member, now)
    return member.id


def declare_conflict(
    session: Session, *, by: Keeper, member_id: int, said: str, care_group_id: int | None, now: datetime
) -> None:
    """Keep a standing conflict of interest that a member has declared: in words, and with which care group, if any.

    Raises NotYourRegister, NoSuchMember, OffTheRegister, WordsNeeded, NoSuchCareGroup.
    """
    begin(session, by, now)
    member, said = find(session, by, member_id), words(said)
    if care_group_id is not None:
        group = people_rows.care_group(session, trust_id=by.trust_id, care_group_id=care_group_id)
        if group is None:
            raise NoSuchCareGroup
    register_rows.add(session, row=PanelConflict(member_id=member.id, care_group_id=care_group_id, words=said))
    note_changed(session, by, member, now)


def withdraw_conflict(session: Session, *, by: Keeper, conflict_id: int, now: datetime) -> int:
    """The conflict is over; returns the member's id. Raises NotYourRegister, NoSuchConflict, OffTheRegister."""
    begin(session, by, now)
    row = register_rows.conflict(session, trust_id=by.trust_id, conflict_id=conflict_id)
    if row is None:
        raise NoSuchConflict
    member = find(session, by, row.member_id)
    register_rows.remove(session, row=row)
    note_changed(session, by, member, now)
    return member.id
