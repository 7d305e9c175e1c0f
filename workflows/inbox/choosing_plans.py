"""Whose plans somebody may lay side by side, and which versions there are of each."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.calendars import civil_day
from workflows.inbox import Session, Viewer
from workflows.inbox.case_pages import may_open
from workflows.inbox.plans import VersionLink, link
from workflows.inbox.reach import reach, readable
from workflows.store import plans as plan_rows
from workflows.store import team_pages

AT_LEAST = 2
"""Versions that can be compared."""


@dataclass(frozen=True)
class Comparable:
    """A doctor with the versions of their plan that the viewer may read, newest first."""

    id: int
    name: str
    versions: tuple[VersionLink, ...]


@dataclass(frozen=True)
class Choice:
    """All doctors of whom the viewer may read two versions or more, by name. `chosen` is the one that was asked for, or
    the only one."""

    doctors: tuple[Comparable, ...]
    chosen: Comparable | None


def choice(session: Session, *, viewer: Viewer, doctor: int, now: datetime) -> Choice:
    """What there is to compare for the viewer by their own plans and by their posts. What somebody reads for the sake
    of one dispute is reached from there. `doctor` is 0 for nobody yet."""
    sees, day = reach(session, viewer=viewer, now=now), civil_day(now)
    standings: defaultdict[int, frozenset[str]] = defaultdict(lambda: sees.standings)
    for person, team, group in team_pages.places(session, trust_id=viewer.trust_id, day=day):
        standings[person] |= sees.in_team(team, group)
    for person in sees.people:
        standings[person] |= {"party"}
    links: dict[tuple[str, int], list[VersionLink]] = defaultdict(list)
    for row, name in plan_rows.of_trust(session, trust_id=viewer.trust_id):
        if may_open(row, readable(standings[row.person_id])):
            links[name, row.person_id].append(link(row))
    doctors = tuple(
        Comparable(person, name, tuple(found))
        for (name, person), found in sorted(links.items())
        if len(found) >= AT_LEAST
    )
    asked = doctors if len(doctors) == 1 else (one for one in doctors if one.id == doctor)
    return Choice(doctors, next(iter(asked), None))
