"""Who may keep the register, and what each of their acts leaves behind."""

from datetime import datetime
from typing import Protocol

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.roles import Role
from workflows.store import Session
from workflows.store import acts as act_rows
from workflows.store import panel_register as register_rows
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store.models import Json, PanelMember


class Keeper(Protocol):
    """Who asks: somebody of the trust."""

    @property
    def person_id(self) -> int:
        """Their id."""

    @property
    def trust_id(self) -> int:
        """Their trust, which bounds all that they can reach."""


class NotYourRegister(NotAllowed):
    """Only the {medical_directorate} team keeps the register of panel members."""


class NoSuchMember(NotFound):
    """There is no such member on the register of your trust."""


class OffTheRegister(NotAllowed):
    """{name} was taken off the register. Put them on it again first."""


class WordsNeeded(NotAllowed):
    """Say it in at most 1,000 characters, and leave nothing empty."""


LONGEST = 1000


def begin(session: Session, by: Keeper, now: datetime) -> None:
    """Nobody else writes in the trust's register until this transaction ends. Raises NotYourRegister."""
    posts = post_rows.posts_of(session, person_id=by.person_id, on=civil_day(now))
    if not any(post.role == Role.MEDICAL_DIRECTORATE and post.trust_id == by.trust_id for post in posts):
        raise NotYourRegister
    people_rows.lock_trust(session, trust_id=by.trust_id)


def find(session: Session, by: Keeper, member_id: int) -> PanelMember:
    """A member who is on the trust's register. Raises NoSuchMember, OffTheRegister."""
    member = register_rows.by_id(session, trust_id=by.trust_id, member_id=member_id)
    if member is None:
        raise NoSuchMember
    if member.taken_off_on is not None:
        raise OffTheRegister(name=member.person.name)
    return member


def note(session: Session, by: Keeper, kind: str, now: datetime, **details: Json) -> None:
    """A line among the trust's acts: ids and figures alone."""
    act_rows.record(session, trust_id=by.trust_id, who_id=by.person_id, kind=kind, details=details, now=now)


def note_changed(session: Session, by: Keeper, member: PanelMember, now: datetime) -> None:
    """That something is recorded otherwise of a member."""
    note(session, by, "panel_member_changed", now, person=member.person_id, member=member.id)


def words(typed: str, *, needed: bool = True) -> str:
    """What was typed, as it is kept. Raises WordsNeeded."""
    said = typed.strip()
    if len(said) > LONGEST or (needed and not said):
        raise WordsNeeded
    return said
