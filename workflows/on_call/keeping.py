"""Who may keep a rota, who may agree what it is worth, and what each of their acts leaves behind."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.people import covers
from workflows.domain.roles import Role
from workflows.store import Session, lists
from workflows.store import acts as act_rows
from workflows.store import people as people_rows
from workflows.store import posts as post_rows
from workflows.store import rotas as rota_rows
from workflows.store.models import Json, Rota, RotaDiary, Team

LONGEST = 1000
MAY_KEEP = frozenset({Role.CLINICAL_MANAGER, Role.MEDICAL_DIRECTORATE})
"""Who sets up rotas, their members and their diaries: the first of their own teams."""
MAY_AGREE = frozenset({Role.CLINICAL_MANAGER})
"""Who agrees the average of a rota: nobody else takes that step from them (BTH 3.4.13.2)."""


class Keeper(Protocol):
    """Who asks: somebody of the trust."""

    @property
    def person_id(self) -> int:
        """Their id."""

    @property
    def trust_id(self) -> int:
        """Their trust, which bounds all that they can reach."""


class NoSuchRota(NotFound):
    """There is no such rota in your trust."""


class NotYourRota(NotAllowed):
    """The rotas of {team} are kept by its {clinical_manager} and by the {medical_directorate} team."""


class NotYoursToAgree(NotAllowed):
    """What the on-call work of {team} comes to is agreed by its {clinical_manager} alone."""


class RotaClosed(NotAllowed):
    """This rota has been closed. Add a new one if the team is on call again."""


class WordsNeeded(NotAllowed):
    """Say it in at most 1,000 characters, and leave nothing empty."""


def find(session: Session, by: Keeper, rota_id: int, now: datetime) -> Rota:
    """A rota that whoever asks may keep; nobody else writes in it until this transaction ends.

    Raises NoSuchRota, NotYourRota, RotaClosed.
    """
    rota = rota_rows.by_id(session, trust_id=by.trust_id, rota_id=rota_id)
    return begin(session, by, rota, now)


def begin(session: Session, by: Keeper, rota: Rota | None, now: datetime) -> Rota:
    """The same of a rota that was found already."""
    if rota is None:
        raise NoSuchRota
    check_keeps(session, by, rota.team, now)
    return opened(session, rota, civil_day(now))


def opened(session: Session, rota: Rota, today: date) -> Rota:
    """A rota in which something may be written, locked. Raises RotaClosed."""
    people_rows.lock_team(session, team_id=rota.team_id)
    session.refresh(rota, ["closed_on", "members", "diaries"])
    if rota.closed_on is not None and rota.closed_on <= today:
        raise RotaClosed
    return rota


def check_keeps(session: Session, by: Keeper, team: Team, now: datetime) -> None:
    """Raises NotYourRota."""
    if not holds(session, by, team, MAY_KEEP, civil_day(now)):
        raise NotYourRota(team=team.name)


def check_agrees(session: Session, by: Keeper, team: Team, now: datetime) -> None:
    """Raises NotYoursToAgree."""
    if not holds(session, by, team, MAY_AGREE, civil_day(now)):
        raise NotYoursToAgree(team=team.name)


def holds(session: Session, by: Keeper, team: Team, roles: Collection[Role], today: date) -> bool:
    """Whether somebody holds one of these roles for a team that day, or deputises for whoever does."""
    people = {by.person_id, *(one.id for one in post_rows.deputising_for(session, person_id=by.person_id, on=today))}
    held = lists.roles_of(session, trust_id=by.trust_id, person_ids=people, day=today)
    return any(
        role in roles and (role == Role.MEDICAL_DIRECTORATE or _over(team, team_id, care_group_id))
        for role, care_group_id, team_id, _ in held
    )


def _over(team: Team, team_id: int | None, care_group_id: int | None) -> bool:
    """Whether a post is over this team, or over its whole care group."""
    return team_id == team.id if team_id else care_group_id == team.care_group_id


def diary_of(rota: Rota, diary_id: int) -> RotaDiary:
    """One of the rota's diaries. Raises NoSuchRota."""
    found = next((one for one in rota.diaries if one.id == diary_id), None)
    if found is None:
        raise NoSuchRota
    return found


def on_it(rota: Rota, person_id: int, day: date) -> bool:
    """Whether somebody is on the rota on a day."""
    return any(one.person_id == person_id and covers(one.starts_on, one.ends_on, day) for one in rota.members)


def note(session: Session, by: Keeper, kind: str, now: datetime, **details: Json) -> None:
    """A line among the trust's acts: ids and figures alone."""
    act_rows.record(session, trust_id=by.trust_id, who_id=by.person_id, kind=kind, details=details, now=now)


def words(typed: str, *, needed: bool = True) -> str:
    """What was typed, as it is kept. Raises WordsNeeded."""
    said = typed.strip()
    if len(said) > LONGEST or (needed and not said):
        raise WordsNeeded
    return said
