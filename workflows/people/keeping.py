"""Who may keep the records of people, and what each of their acts leaves behind."""

from datetime import date, datetime
from typing import Protocol

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.engine import releases
from workflows.store import Session
from workflows.store import acts as act_rows
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store.models import Json, Person

EDITORS = frozenset({Role.MEDICAL_DIRECTORATE})
IMPORTERS = frozenset({Role.MEDICAL_DIRECTORATE, Role.HR_WORKFORCE})


class Keeper(Protocol):
    """Who asks: somebody of the trust; nobody is a command on the server, which may do everything."""

    @property
    def person_id(self) -> int | None:
        """Their id."""

    @property
    def trust_id(self) -> int:
        """Their trust, which bounds all that they can reach."""


class NotYoursToKeep(NotAllowed):
    """Only the {medical_directorate} team keeps the records of people and posts. {hr_workforce} may read them and
    import a list."""


class NoSuchPerson(NotFound):
    """There is no such person in your trust."""


class HasLeft(NotAllowed):
    """{name} has left the trust by then. Choose somebody who works here, or change the leaving date first."""


def check_keeps(session: Session, by: Keeper, now: datetime, roles: frozenset[Role] = EDITORS) -> None:
    """Raises NotYoursToKeep."""
    if by.person_id is not None and not holds(session, by, civil_day(now), roles):
        raise NotYoursToKeep


def holds(session: Session, by: Keeper, today: date, roles: frozenset[Role]) -> bool:
    """Whether whoever asks holds one of these roles today."""
    if by.person_id is None:
        return False
    posts = post_rows.posts_of(session, person_id=by.person_id, on=today)
    return any(post.role in roles and post.trust_id == by.trust_id for post in posts)


def find_person(session: Session, by: Keeper, person_id: int) -> Person:
    """Somebody of the trust. Raises NoSuchPerson."""
    person = people_rows.by_id(session, trust_id=by.trust_id, person_id=person_id)
    if person is None or person.erased_at is not None:
        raise NoSuchPerson
    return person


def check_here(person: Person, day: date) -> None:
    """Raises HasLeft."""
    if person.left_on is not None and person.left_on < day:
        raise HasLeft(name=person.name)


def policy_of(session: Session, trust_id: int) -> Policy:
    """The policy that the trust follows now."""
    return releases.published(session, trust_id=trust_id).policy


def note(session: Session, by: Keeper, kind: str, now: datetime, **details: Json) -> None:
    """A line among the trust's acts: ids and figures alone."""
    act_rows.record(session, trust_id=by.trust_id, who_id=by.person_id, kind=kind, details=details, now=now)
