"""Verbs on lists of people: check one, import it in one transaction, write one out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from workflows.domain import people_file
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.people import CONTRACT_KINDS, NOWHERE, Area, area_of, covers, in_words
from workflows.domain.people_file import Line, Problem
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.people import appointing
from workflows.people.appointing import LastOfTheDirectorate
from workflows.people.comparing import (
    TERMS,
    Comparison,
    Known,
    PersonAsListed,
    compare,
    contract_row,
    known,
    place_ids,
    post_row,
)
from workflows.people.keeping import EDITORS, IMPORTERS, Keeper, check_keeps, holds, note, policy_of
from workflows.store import Session, employment
from workflows.store import people as people_rows
from workflows.store import people_files as file_rows
from workflows.store.models import CareGroup, Contract, Json, PeopleFile, Person, Post, Team

KEPT_FOR = timedelta(days=1)
"""How long a checked file waits to be confirmed."""


class NoSuchFile(NotFound):
    """There is no such list of people to import. It is kept for a day after it was checked: check it again."""


class ImportedAlready(NotAllowed):
    """This list was imported on {day}. Importing it again would change nothing."""


class NotAsChecked(NotAllowed):
    """Something has changed since this list was checked, and now it cannot be imported: nothing was. Look at what is
    wrong with it."""


@dataclass(frozen=True)
class Checked:
    """A list beside what is recorded: what it would do, or why it cannot be imported. file_id: where it is kept."""

    comparison: Comparison
    file_id: int | None = None


def check_file(session: Session, *, by: Keeper, name: str, data: bytes, now: datetime) -> Checked:
    """Read an uploaded list and say what importing it would do. Without problems it is kept to be confirmed.

    Raises: NotYoursToKeep, Unreadable.
    """
    check_keeps(session, by, now, IMPORTERS)
    text = people_file.text_of(data)
    found, _ = looked_at(session, by, text, now)
    if found.problems or by.person_id is None:
        return Checked(found)
    row = PeopleFile(
        trust_id=by.trust_id,
        by_id=by.person_id,
        name="".join(sign for sign in name if sign.isprintable())[:100] or "list.csv",
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        status="checked",
        found=dict[str, Json](found.counts),
        at=now,
    )
    file_rows.add(session, row=row)
    # Not before: SQLite would give the new file the number of one that was taken away.
    file_rows.drop_unused(session, trust_id=by.trust_id, before=now - KEPT_FOR)
    return Checked(found, row.id)


def look_again(session: Session, *, by: Keeper, file_id: int, now: datetime) -> Checked:
    """The same of a file that was kept, beside what is recorded now. Raises NotYoursToKeep, NoSuchFile,
    ImportedAlready."""
    check_keeps(session, by, now, IMPORTERS)
    row = file_rows.by_id(session, trust_id=by.trust_id, file_id=file_id)
    found, _ = looked_at(session, by, waiting(row), now)
    return Checked(found, file_id)


def waiting(row: PeopleFile | None) -> str:
    """The text of a file that waits to be imported. Raises NoSuchFile, ImportedAlready."""
    if row is None:
        raise NoSuchFile
    if row.status == "imported":
        raise ImportedAlready(day=in_words(civil_day(row.imported_at or row.at)))
    return row.text


@dataclass(frozen=True)
class Imported:
    """What an import did, and whose steps it may touch."""

    counts: Mapping[str, int]
    area: Area


def import_file(session: Session, *, by: Keeper, file_id: int, now: datetime) -> Imported:
    """Import a checked file, all of it or nothing. Raises NotYoursToKeep, NoSuchFile, ImportedAlready, NotAsChecked,
    LastOfTheDirectorate."""
    check_keeps(session, by, now, IMPORTERS)
    row = file_rows.take(session, trust_id=by.trust_id, file_id=file_id)
    done = import_text(session, by=by, text=waiting(row), now=now)
    if row is not None:
        row.status, row.text, row.imported_at = "imported", "", now
        row.found = dict[str, Json](done.counts)
    return done


def import_text(session: Session, *, by: Keeper, text: str, now: datetime) -> Imported:
    """Import the text of a list, all of it or nothing. Raises NotYoursToKeep, NotAsChecked, LastOfTheDirectorate."""
    check_keeps(session, by, now, IMPORTERS)
    people_rows.lock_trust(session, trust_id=by.trust_id)
    found, before = looked_at(session, by, text, now)
    if found.problems:
        raise NotAsChecked
    had_directorate = directorate(session, by, now)
    area = do(session, by, found, before)
    if had_directorate and not directorate(session, by, now):
        raise LastOfTheDirectorate
    if found.items:
        note(session, by, "people_imported", now, **found.counts)
    return Imported(found.counts, area)


def looked_at(session: Session, by: Keeper, text: str, now: datetime) -> tuple[Comparison, Known]:
    """A text beside what is recorded."""
    policy = policy_of(session, by.trust_id)
    before = known(session, trust_id=by.trust_id, policy=policy)
    lines, problems = people_file.read(text, titles(policy))
    gives_all = by.person_id is None or holds(session, by, civil_day(now), EDITORS)
    found = compare(lines, before, gives_all=gives_all) if not problems else Comparison()
    found.problems = sorted([*problems, *found.problems])[: people_file.MOST_PROBLEMS]
    return found, before


def titles(policy: Policy) -> dict[str, str]:
    """What the trust calls each role, by key."""
    return {role.value: title for role, title in policy.titles.items()}


def directorate(session: Session, by: Keeper, now: datetime) -> bool:
    """Whether anybody is in the Medical Directorate team today."""
    today = civil_day(now)
    return any(
        post.role == Role.MEDICAL_DIRECTORATE
        and covers(post.starts_on, post.ends_on, today)
        and (post.person.left_on is None or post.person.left_on >= today)
        for post in employment.posts(session, trust_id=by.trust_id)
    )


def do(session: Session, by: Keeper, found: Comparison, before: Known) -> Area:
    """Write what the comparison found; returns whose steps it may touch."""
    add_places(session, by, found, before)
    area = NOWHERE
    for person in found.people:
        area |= write_person(person, by, before)
    employment.add_all(session, rows=[person.row for person in found.people if person.row is not None])
    rows: list[Contract | Post] = []
    for person in found.people:
        rows += [row for line in person.contracts if (row := write_contract(person, line, before)) is not None]
        for line in person.posts:
            post, changed = write_post(person, line, by, before)
            rows += [post] if changed else []
            area |= appointing.touched(session, post) if changed else NOWHERE
    employment.add_all(session, rows=rows)
    return area


def add_places(session: Session, by: Keeper, found: Comparison, before: Known) -> None:
    """Add the care groups and teams that the file names and nobody knew."""
    for line in (line for person in found.people for line in person.posts):
        name, team = line.get("care_group"), line.get("team")
        if name and name.casefold() not in before.groups:
            group = CareGroup(trust_id=by.trust_id, name=name)
            employment.add(session, row=group)
            before.groups[name.casefold()] = group
        if team and team.casefold() not in before.teams:
            row = Team(trust_id=by.trust_id, care_group_id=before.groups[name.casefold()].id, name=team)
            employment.add(session, row=row)
            before.teams[team.casefold()] = row


def write_person(person: PersonAsListed, by: Keeper, before: Known) -> Area:
    """Write somebody's own record; whoever leaves, or is no doctor after all, touches the steps of their posts."""
    if person.row is None:
        person.row = Person(trust_id=by.trust_id, **person.values)
        return NOWHERE
    changed = {key: value for key, value in person.values.items() if getattr(person.row, key) != value}
    for key, value in changed.items():
        setattr(person.row, key, value)
    area = NOWHERE
    for post in before.posts[person.row.id] if {"left_on", "not_medical"} & changed.keys() else ():
        area |= area_of(post.role, post.team_id, post.care_group_id)
    return area


def write_contract(person: PersonAsListed, line: Line, before: Known) -> Contract | None:
    """Write a contract; None for one that is there already: its row is changed in place."""
    assert person.row is not None  # noqa: S101 - everybody has been written
    said = {column: line.get(key) for key, column in TERMS.items() if key in line.values}
    row = contract_row(person, line, before)
    if row is None:
        number, first = line.get("payroll_number"), line.get("contract_start")
        row = Contract(person_id=person.row.id, payroll_number=number, starts_on=first, **said)
        before.contracts[person.row.id].append(row)
        return row
    for column, value in said.items():
        setattr(row, column, value)
    return None


def write_post(person: PersonAsListed, line: Line, by: Keeper, before: Known) -> tuple[Post, bool]:
    """Write a post; says whether it is new or changed."""
    assert person.row is not None  # noqa: S101 - everybody has been written
    row = post_row(person, line, before)
    if row is not None:
        changed = "post_end" in line.values and row.ends_on != line.get("post_end")
        row.ends_on = line.get("post_end") if changed else row.ends_on
        return row, changed
    team_id, group_id = place_ids(line, before)
    team = before.teams[line.get("team").casefold()] if team_id else None
    row = Post(
        trust_id=by.trust_id,
        person_id=person.row.id,
        role=line.get("role"),
        team_id=team_id,
        care_group_id=team.care_group_id if team else group_id,
        starts_on=line.get("post_start"),
        ends_on=line.get("post_end"),
    )
    before.posts[person.row.id].append(row)
    return row, True


def export(session: Session, *, by: Keeper, now: datetime) -> str:
    """Everybody of the trust as a file that imports again and changes nothing. Raises NotYoursToKeep."""
    check_keeps(session, by, now, IMPORTERS)
    policy = policy_of(session, by.trust_id)
    before = known(session, trust_id=by.trust_id, policy=policy)
    roles = people_file.unmistakable(titles(policy))
    people = sorted(before.by_email.values(), key=lambda row: (row.name, row.id))
    note(session, by, "people_exported", now, people=len(people))
    return people_file.write(line for person in people for line in lines_of(person, before, roles))


def lines_of(person: Person, before: Known, roles: Mapping[str, str]) -> Sequence[dict[str, object]]:
    """Somebody's lines: as many as they have contracts, or posts if those are more."""
    own: dict[str, object] = {
        "employee_number": person.employee_number,
        "name": person.name,
        "email": person.email,
        "registration": person.registration,
        "not_medical": person.not_medical or None,
        "left_on": person.left_on,
    }
    groups = {row.id: row.name for row in before.groups.values()}
    teams = {row.id: row.name for row in before.teams.values()}
    contracts: list[dict[str, object]] = [
        {
            "kind": CONTRACT_KINDS.get(row.kind, row.kind),
            "grade": row.grade,
            "pas": row.programmed_activities,
            "payroll_number": row.payroll_number,
            "contract_start": row.starts_on,
            "contract_end": row.ends_on,
        }
        for row in before.contracts[person.id]
    ]
    posts: list[dict[str, object]] = [
        {
            "care_group": groups.get(row.care_group_id or 0),
            "team": teams.get(row.team_id or 0),
            "role": roles.get(row.role, row.role),
            "post_start": row.starts_on,
            "post_end": row.ends_on,
        }
        for row in before.posts[person.id]
    ]
    pairs = zip_longest(contracts, posts)
    return [{**own, **(contract or {}), **(post or {})} for contract, post in pairs] or [own]


__all__ = ["Checked", "Imported", "Problem", "check_file", "export", "import_file", "import_text", "look_again"]
