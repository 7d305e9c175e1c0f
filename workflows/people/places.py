"""Verbs on places: care groups and teams, added and renamed."""

from collections.abc import Iterable
from datetime import datetime

from workflows.domain.errors import NotAllowed
from workflows.people.appointing import NoSuchPlace
from workflows.people.keeping import Keeper, check_keeps, note
from workflows.store import Session, employment
from workflows.store import people as people_rows
from workflows.store.models import CareGroup, Team

LONGEST = 120


class NameTaken(NotAllowed):
    """There is already one named “{name}” in your trust."""


class NeedsAPlaceName(NotAllowed):
    """Give it a name of at most 120 characters."""


def add_care_group(session: Session, *, by: Keeper, name: str, now: datetime) -> int:
    """A new care group. Raises NotYoursToKeep, NeedsAPlaceName, NameTaken."""
    check_keeps(session, by, now)
    group = CareGroup(trust_id=by.trust_id, name=free(name, employment.care_groups(session, trust_id=by.trust_id)))
    employment.add(session, row=group)
    note(session, by, "care_group_added", now, care_group=group.id)
    return group.id


def add_team(session: Session, *, by: Keeper, care_group_id: int, name: str, now: datetime) -> int:
    """A new team of a care group. Raises NotYoursToKeep, NoSuchPlace, NeedsAPlaceName, NameTaken."""
    check_keeps(session, by, now)
    group = people_rows.care_group(session, trust_id=by.trust_id, care_group_id=care_group_id)
    if group is None:
        raise NoSuchPlace
    name = free(name, employment.teams(session, trust_id=by.trust_id))
    team = Team(trust_id=by.trust_id, care_group_id=group.id, name=name)
    employment.add(session, row=team)
    note(session, by, "team_added", now, team=team.id)
    return team.id


def rename_place(session: Session, *, by: Keeper, kind: str, place_id: int, name: str, now: datetime) -> None:
    """Another name for a place, whose `kind` is care_group or team; open cases show it too. Raises what `add_team`
    raises."""
    check_keeps(session, by, now)
    rows = employment.places(session, trust_id=by.trust_id, kind=kind)
    place = next((row for row in rows if row.id == place_id), None)
    if place is None:
        raise NoSuchPlace
    place.name = free(name, [row for row in rows if row is not place])
    note(session, by, f"{kind}_renamed", now, **{kind: place.id})


def free(name: str, others: Iterable[CareGroup | Team]) -> str:
    """The name as it is kept. Raises NeedsAPlaceName, NameTaken."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise NeedsAPlaceName
    if any(other.name.casefold() == name.casefold() for other in others):
        raise NameTaken(name=name)
    return name
