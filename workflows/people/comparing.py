"""A list of people beside what is recorded: what it adds, changes and ends, and where it cannot be right."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflows.domain import people as rules
from workflows.domain.errors import NotAllowed
from workflows.domain.particulars import Particulars
from workflows.domain.people import AREAS, CARE_GROUP, TEAM, TEAM_OR_CARE_GROUP, TRUST, in_words
from workflows.domain.people_file import BY_KEY, CONTRACT, POST, Line, Problem
from workflows.domain.policy import Policy
from workflows.domain.roles import Role
from workflows.store import Session, employment
from workflows.store.models import CareGroup, Contract, Person, Post, Team

OWN = ("name", "email", "employee_number", "registration", "not_medical", "left_on")
TERMS = {"kind": "kind", "grade": "grade", "pas": "programmed_activities", "contract_end": "ends_on"}
ADDED, CHANGED, ENDED = "added", "changed", "ended"


@dataclass(frozen=True)
class Item:
    """Something that the import does: on which line it stands, added, changed or ended, and what, in words."""

    line: int
    does: str
    of: str
    """person, contract, post or place."""
    words: str


@dataclass
class Known:
    """What is recorded of the trust before the import."""

    people: dict[str, Person]
    by_email: dict[str, Person]
    contracts: dict[int, list[Contract]]
    posts: dict[int, list[Post]]
    groups: dict[str, CareGroup]
    teams: dict[str, Team]
    policy: Policy


@dataclass
class PersonAsListed:
    """Somebody of the file: the row that there is already, if any, and all that their lines say."""

    line: Line
    row: Person | None
    values: dict[str, Any]
    contracts: list[Line] = field(default_factory=list)
    posts: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What they are called."""
        return str(self.values["name"])


@dataclass
class Comparison:
    """What came of it. With problems, nothing of it may be done."""

    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    people: list[PersonAsListed] = field(default_factory=list)
    unchanged: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How much is added, changed and ended."""
        does = [item.does for item in self.items]
        return {word: does.count(word) for word in (ADDED, CHANGED, ENDED)}

    def problem(self, line: Line, key: str, sentence: str) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(Problem(line.number, BY_KEY[key].heading if key else "", sentence))


def known(session: Session, *, trust_id: int, policy: Policy) -> Known:
    """What is recorded: five statements, however long the list."""
    people = [row for row in employment.people(session, trust_id=trust_id) if row.erased_at is None]
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in employment.posts(session, trust_id=trust_id):
        posts[post.person_id].append(post)
    contracts: dict[int, list[Contract]] = defaultdict(list)
    for contract in employment.contracts(session, trust_id=trust_id):
        contracts[contract.person_id].append(contract)
    return Known(
        people={row.employee_number: row for row in people if row.employee_number},
        by_email={row.email: row for row in people},
        contracts=contracts,
        posts=posts,
        groups={row.name.casefold(): row for row in employment.care_groups(session, trust_id=trust_id)},
        teams={row.name.casefold(): row for row in employment.teams(session, trust_id=trust_id)},
        policy=policy,
    )


def compare(lines: Sequence[Line], before: Known, *, gives_all: bool) -> Comparison:
    """The lines beside what is recorded. gives_all: whether whoever imports may give posts over the whole trust."""
    found = Comparison()
    found.people = listed(lines, before, found)
    places = Places(before, found)
    for person in found.people:
        compare_person(person, before, found)
        for line in person.contracts:
            compare_contract(person, line, before, found)
        for line in person.posts:
            compare_post(person, line, before, found, places=places, gives_all=gives_all)
    found.problems.sort()
    return found


def listed(lines: Sequence[Line], before: Known, found: Comparison) -> list[PersonAsListed]:
    """The people of the file, each with all of their lines."""
    people: dict[str, PersonAsListed] = {}
    emails: dict[str, str] = {}
    for line in lines:
        said = particulars(line, found)
        if said is None:
            continue
        key = said["employee_number"] or said["email"]
        if emails.setdefault(said["email"], key) != key:
            found.problem(line, "email", "Another person of this list has the same address.")
            continue
        row = row_of(line, said, before, found)
        one = people.setdefault(key, PersonAsListed(line, row, said))
        if one.values != said:
            found.problem(
                line, "", f"Line {one.line.number} says something else of this person. Let both say the same."
            )
        if line.says(CONTRACT):
            one.contracts.append(line)
        if line.says(POST):
            one.posts.append(line)
    return list(people.values())


def particulars(line: Line, found: Comparison) -> dict[str, Any] | None:
    """What a line says of its person, of those columns that the file has; None where it cannot be right."""
    missing = [key for key in ("name", "email") if line.get(key) is None]
    for key in missing:
        if key in line.values:
            found.problem(line, key, "This cell must not be empty.")
    if missing:
        return None
    try:
        said = Particulars(line.get("name"), line.get("email"), line.get("employee_number")).cleaned()
    except NotAllowed as wrong:
        found.problem(line, "email" if "address" in wrong.sentence else "name", wrong.sentence)
        return None
    values = {key: line.get(key) for key in OWN if key in line.values}
    if "not_medical" in values:
        values["not_medical"] = bool(values["not_medical"])
    return {**values, "name": said.name, "email": said.email, "employee_number": said.employee_number}


def row_of(line: Line, said: Mapping[str, Any], before: Known, found: Comparison) -> Person | None:
    """Who of those recorded it is: by employee number, else by address."""
    number, by_email = said["employee_number"], before.by_email.get(said["email"])
    row = before.people.get(number) if number else None
    if row is None and by_email is not None and (not number or not by_email.employee_number):
        return by_email
    if by_email is not None and by_email is not row:
        theirs = by_email.employee_number or "none"
        found.problem(line, "email", f"{by_email.name} has this address already (employee number: {theirs}).")
    return row


def compare_person(person: PersonAsListed, before: Known, found: Comparison) -> None:
    """What becomes of somebody's own record."""
    line, row, name = person.line.number, person.row, person.name
    if row is None:
        found.items.append(Item(line, ADDED, "person", name))
        return
    if person.values["employee_number"] is None:
        person.values["employee_number"] = row.employee_number
    changed = {key: value for key, value in person.values.items() if getattr(row, key) != value}
    leaves = changed.pop("left_on", None)
    if leaves is not None:
        begin = [post.starts_on for post in before.posts[row.id]]
        begin += [contract.starts_on for contract in before.contracts[row.id]]
        if any(first > leaves for first in begin):
            said = f"{name} has a post or a contract that begins later, on {in_words(max(begin))}."
            found.problem(person.line, "left_on", said)
        found.items.append(Item(line, ENDED, "person", f"{name} leaves on {in_words(leaves)}"))
    elif "left_on" in person.values and person.values["left_on"] is None and row.left_on is not None:
        found.items.append(Item(line, CHANGED, "person", f"{name} does not leave after all"))
    if changed:
        what = " and ".join(BY_KEY[key].heading.lower() for key in changed)
        found.items.append(Item(line, CHANGED, "person", f"{name}: {what}"))
    if not changed and leaves is None:
        found.unchanged += 1


def compare_contract(person: PersonAsListed, line: Line, before: Known, found: Comparison) -> None:
    """What becomes of one contract."""
    missing = [key for key in ("kind", "grade", "pas", "payroll_number", "contract_start") if line.get(key) is None]
    for key in missing:
        found.problem(line, key, "A contract needs this too.")
    first, last = line.get("contract_start"), line.get("contract_end")
    if missing or ends_early(line, "contract_end", first, last, found):
        return
    what = f"{person.name}: contract from {in_words(first)} ({line.get('grade')}, {line.get('pas').normalize():f} PAs)"
    row = contract_row(person, line, before)
    if row is None:
        found.items.append(Item(line.number, ADDED, "contract", what))
        return
    changed = [key for key, column in TERMS.items() if key in line.values and getattr(row, column) != line.get(key)]
    say(found, line, "contract", what, changed, ends="contract_end", last=last)


def contract_row(person: PersonAsListed, line: Line, before: Known) -> Contract | None:
    """The contract that a line is about: of that person, with that number, from that day."""
    wanted = (line.get("payroll_number"), line.get("contract_start"))
    rows = before.contracts[person.row.id] if person.row is not None else []
    return next((row for row in rows if (row.payroll_number, row.starts_on) == wanted), None)


def say(
    found: Comparison, line: Line, of: str, what: str, changed: Sequence[str], *, ends: str, last: date | None
) -> None:
    """Note that something is changed, or ended."""
    others = [BY_KEY[key].heading.lower() for key in changed if key != ends]
    if others:
        found.items.append(Item(line.number, CHANGED, of, f"{what}: {' and '.join(others)}"))
    if ends in changed:
        said = f"{what} ends on {in_words(last)}" if last else f"{what} has no last day any more"
        found.items.append(Item(line.number, ENDED if last else CHANGED, of, said))
    if not changed:
        found.unchanged += 1


def ends_early(line: Line, key: str, first: date, last: date | None, found: Comparison) -> bool:
    """Whether a period ends before it begins; that is a problem of its last day."""
    if last is None or last >= first:
        return False
    found.problem(line, key, f"The last day ({in_words(last)}) is before the first ({in_words(first)}).")
    return True


class Places:
    """Care groups and teams by name: those that there are, and those that the file adds."""

    def __init__(self, before: Known, found: Comparison) -> None:
        self.before, self.found = before, found
        self.groups: dict[str, str] = {key: row.name for key, row in before.groups.items()}
        self.group_of: dict[str, str] = {key: row.care_group.name.casefold() for key, row in before.teams.items()}

    def check(self, line: Line, role: Role) -> bool:
        """Whether a post of that role is held over what the line names; what is new is noted as added."""
        area, team, group = AREAS.get(role, TRUST), line.get("team"), line.get("care_group")
        wanted = {
            TEAM: ("team", team is not None, "A post of this role needs a team."),
            CARE_GROUP: ("team", group is not None and team is None, "This role is over a care group alone."),
            TEAM_OR_CARE_GROUP: ("team", team or group, "A post of this role needs a team or a care group."),
            TRUST: (
                "team" if team else "care_group",
                not (team or group),
                "This role is over the whole trust.",
            ),
        }
        key, fits, sentence = wanted[area]
        if not fits:
            self.found.problem(line, key, sentence)
            return False
        return self._group(line, group) and self._team(line, team, group)

    def _group(self, line: Line, group: str | None) -> bool:
        if group is not None and group.casefold() not in self.groups:
            self.groups[group.casefold()] = group
            self.found.items.append(Item(line.number, ADDED, "place", f"Care group {group}"))
        return True

    def _team(self, line: Line, team: str | None, group: str | None) -> bool:
        if team is None:
            return True
        over = self.group_of.get(team.casefold())
        if over is None and group is None:
            self.found.problem(line, "care_group", f"There is no team {team} yet. Say which care group it belongs to.")
            return False
        if over is None:
            self.group_of[team.casefold()] = str(group).casefold()
            self.found.items.append(Item(line.number, ADDED, "place", f"Team {team}, {group}"))
        elif group is not None and over != group.casefold():
            self.found.problem(line, "care_group", f"The team {team} belongs to {self.groups[over]}.")
            return False
        return True


def compare_post(
    person: PersonAsListed, line: Line, before: Known, found: Comparison, *, places: Places, gives_all: bool
) -> None:
    """What becomes of one post."""
    missing = [key for key in ("role", "post_start") if line.get(key) is None]
    for key in missing:
        found.problem(line, key, "A post needs this too.")
    first, last = line.get("post_start"), line.get("post_end")
    if missing or ends_early(line, "post_end", first, last, found):
        return
    role = Role(line.get("role"))
    if not places.check(line, role):
        return
    place = line.get("team") or line.get("care_group")
    what = f"{person.name}: {before.policy.title(role)}{f', {place}' if place else ''} from {in_words(first)}"
    row = post_row(person, line, before)
    changed = ["post_end"] if row is not None and "post_end" in line.values and row.ends_on != last else []
    if (row is None or changed) and AREAS.get(role, TRUST) == TRUST and not gives_all:
        team = before.policy.title(Role.MEDICAL_DIRECTORATE)
        found.problem(line, "role", f"Posts over the whole trust are given by the {team} team alone.")
    if row is not None:
        say(found, line, "post", what, changed, ends="post_end", last=last)
        return
    check_new_post(person, line, before, found)
    found.items.append(Item(line.number, ADDED, "post", what))


def post_row(person: PersonAsListed, line: Line, before: Known) -> Post | None:
    """The post that a line is about: of that person, in that role, over that place, from that day."""
    wanted = (line.get("role"), line.get("post_start"), *place_ids(line, before))
    rows = before.posts[person.row.id] if person.row is not None else []
    return next((row for row in rows if (row.role, row.starts_on, *place_of(row)) == wanted), None)


def place_ids(line: Line, before: Known) -> tuple[int | None, int | None]:
    """The ids of the team and (without a team) the care group that a line names; 0 for one that is not there yet."""
    team, group = line.get("team"), line.get("care_group")
    if team is not None:
        row = before.teams.get(team.casefold())
        return (row.id if row else 0), None
    known_group = before.groups.get(group.casefold()) if group else None
    return None, (known_group.id if known_group else 0) if group else None


def place_of(row: Post) -> tuple[int | None, int | None]:
    """The same of a post."""
    return row.team_id, None if row.team_id else row.care_group_id


def check_new_post(person: PersonAsListed, line: Line, before: Known, found: Comparison) -> None:
    """A new post does not overlap the same post, is for somebody who is here, and a practitioner's is for those of
    the census (CPFT-1)."""
    first, last, place = line.get("post_start"), line.get("post_end"), place_ids(line, before)
    for row in before.posts[person.row.id] if person.row is not None else ():
        apart = (row.ends_on is not None and row.ends_on < first) or (last is not None and last < row.starts_on)
        if (row.role, place_of(row)) == (line.get("role"), place) and not apart:
            found.problem(line, "post_start", f"{person.name} holds this post already, from {in_words(row.starts_on)}.")
    left = person.values.get("left_on", person.row.left_on if person.row else None)
    if left is not None and left < first:
        found.problem(line, "post_start", f"{person.name} has left by then.")
    if line.get("role") == Role.PRACTITIONER:
        check_census_of(person, line, before, found)


@dataclass
class Listed:
    """A contract as the file says it."""

    grade: str
    starts_on: date
    ends_on: date | None


def check_census_of(person: PersonAsListed, line: Line, before: Known, found: Comparison) -> None:
    """Whether somebody belongs to the census on the first day of a practitioner's post."""
    day = line.get("post_start")
    said = [
        Listed(each.get("grade"), each.get("contract_start"), each.get("contract_end"))
        for each in person.contracts
        if each.get("grade") and each.get("contract_start")
    ]
    rows = [
        Listed(row.grade, row.starts_on, row.ends_on)
        for row in (before.contracts[person.row.id] if person.row is not None else ())
        if row.starts_on not in {one.starts_on for one in said}
    ]
    covering = [one for one in (*rows, *said) if rules.covers(one.starts_on, one.ends_on, day)]
    licence = person.values.get("registration", person.row.registration if person.row else None)
    try:
        newest = max(covering, key=lambda one: one.starts_on, default=None)
        rules.check_census(person.name, licence, newest, before.policy.values, day=day)
    except rules.AgainstTheCensus as against:
        found.problem(line, "role", against.sentence)
