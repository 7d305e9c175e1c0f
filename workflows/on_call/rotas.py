"""Verbs on rotas: add one, change it, set its category, close it."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from workflows.domain.arithmetic.on_call_supplement import CATEGORIES
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.rotas import check_frequency
from workflows.on_call.keeping import Keeper, check_keeps, find, note, words
from workflows.store import Session
from workflows.store import people as people_rows
from workflows.store import rotas as rota_rows
from workflows.store.models import Rota

LONGEST_NAME = 120


class NoSuchTeam(NotFound):
    """There is no such team in your trust."""


class NeedsAName(NotAllowed):
    """Give the rota a name of at most 120 characters."""


class NameTaken(NotAllowed):
    """The team has a rota named “{name}” already."""


class NotACategory(NotAllowed):
    """A rota is of category A or of category B."""


@dataclass(frozen=True)
class About:
    """What is said of a rota. `frequency` is None where it goes by the number of doctors on it."""

    name: str
    frequency: Fraction | None = None
    routine_emergencies: bool = False


def add_rota(session: Session, *, by: Keeper, team_id: int, said: About, now: datetime) -> int:
    """A new rota of a team; returns its id. Raises NoSuchTeam, NotYourRota, NeedsAName, NameTaken, NotAFrequency."""
    team = people_rows.team(session, trust_id=by.trust_id, team_id=team_id)
    if team is None:
        raise NoSuchTeam
    check_keeps(session, by, team, now)
    people_rows.lock_team(session, team_id=team.id)
    row = Rota(
        trust_id=by.trust_id,
        team_id=team.id,
        name=_free(session, by, team.id, said.name),
        frequency=check_frequency(said.frequency),
        routine_emergencies=said.routine_emergencies,
        added_at=now,
        added_by_id=by.person_id,
    )
    rota_rows.add(session, row=row)
    note(session, by, "rota_added", now, rota=row.id)
    return row.id


def change_rota(session: Session, *, by: Keeper, rota_id: int, said: About, now: datetime) -> None:
    """Change what is said of a rota. Raises NoSuchRota, NotYourRota, RotaClosed, NeedsAName, NameTaken,
    NotAFrequency."""
    rota = find(session, by, rota_id, now)
    rota.name = _free(session, by, rota.team_id, said.name, but=rota.id)
    rota.frequency = check_frequency(said.frequency)
    rota.routine_emergencies = said.routine_emergencies
    note(session, by, "rota_changed", now, rota=rota.id)


def set_category(session: Session, *, by: Keeper, rota_id: int, category: str, reason: str, now: datetime) -> None:
    """Set a rota to A or B, with the reason (BTH-3.4.13.1-c). Raises NoSuchRota, NotYourRota, RotaClosed, NotACategory,
    WordsNeeded."""
    rota = find(session, by, rota_id, now)
    if category not in CATEGORIES:
        raise NotACategory
    rota.category_reason = words(reason)
    rota.category = category
    note(session, by, "rota_category_set", now, rota=rota.id, category=category)


def close_rota(session: Session, *, by: Keeper, rota_id: int, day: date, now: datetime) -> None:
    """There is no such rota from a day on: it counts for nobody then. Raises NoSuchRota, NotYourRota, RotaClosed."""
    rota = find(session, by, rota_id, now)
    rota.closed_on = day
    note(session, by, "rota_closed", now, rota=rota.id, day=day.isoformat())


def _free(session: Session, by: Keeper, team_id: int, typed: str, but: int | None = None) -> str:
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise NeedsAName
    others = rota_rows.of_teams(session, trust_id=by.trust_id, team_ids=[team_id], person_ids=())
    if any(one.name.casefold() == name.casefold() and one.id != but for one in others):
        raise NameTaken(name=name)
    return name
