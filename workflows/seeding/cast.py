"""Putting the invented people of a trust into the store: places, posts, contracts, accounts and last year's plans."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from workflows import releases
from workflows.domain.calendars import add_months
from workflows.domain.plan import Plan
from workflows.domain.policy import read_policy
from workflows.domain.roles import Role
from workflows.seeding.blackpool import BLACKPOOL
from workflows.seeding.companies import MANAGERS, Company, Group, Part, Unit
from workflows.seeding.cumbria import CUMBRIA
from workflows.seeding.plan_texts import WORK, plan_of, within_a_year
from workflows.store import Session
from workflows.store.models import Account, CareGroup, Contract, Person, PlanVersion, Post, Team, Trust

__all__ = ["BLACKPOOL", "CUMBRIA", "Cast", "Company", "Part", "engage", "join"]

NAMED = "Named in cases"
"""What somebody is who has no post: a mediator, a member of panels."""
TEAM_ROLES = frozenset({"practitioner", "clinical_manager", "service_manager", "nursing_quality_manager"})


ON_NO_ROTA = "On no rota when this plan was agreed"
"""Of whoever has come to be on one since."""


@dataclass(frozen=True)
class Cast:
    """The people around one team of a trust, in the store."""

    trust: Trust
    care_group: CareGroup
    team: Team
    place: str
    year: str
    titles: Mapping[Role, str]
    """What this trust calls its roles."""
    people: Mapping[str, Person] = field(default_factory=dict)
    """By their key: those of the trust, and of this team; the team's managers by "manager", "service", "nursing"."""
    work: tuple[str, ...] = WORK
    """What the team's doctors do."""
    asks: bool = False
    """Whether the trust's policy asks on what the lines of a plan rest."""
    password_hash: str = ""
    arrival: date = date.min
    """The first day of new starters."""

    def person(self, key: str) -> Person:
        """Somebody by their key in the story."""
        return self.people[key]


def engage(session: Session, *, company: Company, password_hash: str, on: date) -> Cast:
    """Put a trust with its first team into the store."""
    trust = Trust(key=company.key, name=company.name, policy=company.policy)
    session.add(trust)
    session.flush()
    policy = read_policy(company.policy, releases.shipped_files(company.policy))
    care_group = add_group(session, trust, company.care_group)
    team = add_team(session, care_group, company.team)
    cast = Cast(
        trust,
        care_group,
        team,
        company.place,
        planning_year(on),
        policy.titles,
        asks="evidence" in policy.values.get("plan_rules", {}),
        password_hash=password_hash,
        arrival=on + timedelta(days=company.began - 16),
    )
    return add_people(session, cast, company.parts, on)


def join(session: Session, *, cast: Cast, company: Company, on: date) -> dict[str, Cast]:
    """Put the rest of the trust into the store: its other groups and teams. Returns the cast of each team by name;
    in it the people of all these teams are found by their names too."""
    cast = add_people(session, cast, company.staff, on)
    groups = {company.care_group: cast}
    for group in company.groups:
        groups[group.name] = add_leader(session, cast, group, on)
    units = {unit.name: add_unit(session, groups[unit.group], unit, on) for unit in company.units}
    by_name = {person.name: person for unit in units.values() for person in unit.people.values()}
    return {name: replace(unit, people={**by_name, **unit.people}) for name, unit in units.items()}


def add_leader(session: Session, cast: Cast, group: Group, on: date) -> Cast:
    """A care group with its AMD."""
    row = add_group(session, cast.trust, group.name)
    return add_people(session, replace(cast, care_group=row), (group.amd,), on)


def add_unit(session: Session, cast: Cast, unit: Unit, on: date) -> Cast:
    """A team with its managers and doctors."""
    team = add_team(session, cast.care_group, unit.name)
    people = {key: person for key, person in cast.people.items() if key not in dict(MANAGERS)}
    there = replace(cast, team=team, place=unit.place, work=unit.work, people=people)
    return add_people(session, there, unit.parts, on)


def add_people(session: Session, cast: Cast, parts: Iterable[Part], on: date) -> Cast:
    """People with their posts; whoever is there already by name is given a further post. Returns the cast with them."""
    people = dict(cast.people)
    known = {person.name: person for person in people.values()}
    for part in parts:
        person = people[part.key] = known[part.name] = known.get(part.name) or add_person(session, cast, part)
        add_post(session, cast, person, part, on)
    session.flush()
    return replace(cast, people=people)


def add_group(session: Session, trust: Trust, name: str) -> CareGroup:
    """A care group or division."""
    row = CareGroup(trust_id=trust.id, name=name)
    session.add(row)
    session.flush()
    return row


def add_team(session: Session, care_group: CareGroup, name: str) -> Team:
    """A team of it."""
    row = Team(trust_id=care_group.trust_id, care_group_id=care_group.id, name=name)
    session.add(row)
    session.flush()
    return row


def planning_year(on: date) -> str:
    """The planning year that follows a day: from 1 April, "2027/28"."""
    first = on.year + 1 if on.month >= 4 else on.year
    return f"{first}/{(first + 1) % 100:02d}"


def add_person(session: Session, cast: Cast, part: Part) -> Person:
    """A person with an address and a number of their own, who can sign in."""
    trust = cast.trust
    words = part.name.removeprefix("Dr ").lower().replace("’", "").split()
    person = Person(trust_id=trust.id, name=part.name, email=f"{'.'.join(words)}@{trust.key.lower()}.example")
    session.add(person)
    session.flush()
    person.employee_number = f"{20_000_000 + person.id}"
    person.registration = f"{7_000_000 + person.id}" if part.name.startswith("Dr ") else None
    session.add(
        Account(
            person_id=person.id,
            password_hash=cast.password_hash,
            session_key=secrets.token_urlsafe(32),
            persona=(cast.titles[Role(part.role)] if part.role else NAMED) if part.listed else None,
        )
    )
    return person


def add_post(session: Session, cast: Cast, person: Person, part: Part, on: date) -> None:
    """What somebody holds, and for a doctor the contract and last year's plan."""
    since = cast.arrival if part.new_starter else on.replace(year=on.year - 3, day=1)
    in_team = part.role in TEAM_ROLES
    if part.role:
        session.add(
            Post(
                trust_id=cast.trust.id,
                person_id=person.id,
                role=part.role,
                care_group_id=cast.care_group.id if in_team or part.role == "amd" else None,
                team_id=cast.team.id if in_team else None,
                starts_on=since,
            )
        )
    if part.pas:
        kind, _, grade = part.contract.partition(":")
        session.add(
            Contract(
                person_id=person.id,
                kind=kind,
                grade=grade,
                programmed_activities=Decimal(part.pas),
                payroll_number=f"{person.id:08d}",
                starts_on=since,
            )
        )
    if part.had_plan:
        session.add(last_plan(cast, person, part, on))


def last_plan(cast: Cast, person: Person, part: Part, on: date) -> PlanVersion:
    """The plan that was in force before Accord came: entered from paper."""
    april = on.replace(month=4, day=1) if on.month >= 4 else date(on.year - 1, 4, 1)
    since = add_months(on, -part.plan_months) if part.plan_months else april
    made = plan_of(cast.place, Decimal(part.pas), work=cast.work, effective_from=since)
    made["not_applicable"] |= dict.fromkeys(("on_call", "rotas"), ON_NO_ROTA)
    plan = Plan.from_json(within_a_year(made, since))
    return PlanVersion(
        trust_id=cast.trust.id,
        person_id=person.id,
        number=1,
        status="in_force",
        content=plan.to_json(),
        effective_from=since,
        written_at=datetime.combine(since, time(12), UTC),
    )
