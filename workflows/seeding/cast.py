"""The invented people of the demonstration."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from workflows import releases
from workflows.domain.plan import Plan
from workflows.domain.policy import read_policy
from workflows.domain.roles import Role
from workflows.seeding.plan_texts import plan_of
from workflows.store import Session
from workflows.store.models import Account, CareGroup, Contract, Person, PlanVersion, Post, Team, Trust

TEAM_ROLES = frozenset({"practitioner", "clinical_manager", "service_manager", "nursing_quality_manager"})


@dataclass(frozen=True)
class Part:
    """A person of the demonstration: key, name, role, what they can be seen doing; for doctors also their PAs."""

    key: str
    name: str
    role: str
    persona: str
    pas: str = ""
    had_plan: bool = False
    """Whether they had a job plan before this year."""
    new_starter: bool = False


@dataclass(frozen=True)
class Company:
    """A trust of the demonstration."""

    key: str
    name: str
    policy: str
    care_group: str
    team: str
    place: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Cast:
    """The people of a trust, in the store."""

    trust: Trust
    care_group: CareGroup
    team: Team
    place: str
    year: str
    titles: Mapping[Role, str]
    """What this trust calls its roles."""
    people: Mapping[str, Person] = field(default_factory=dict)

    def person(self, key: str) -> Person:
        """Somebody by their key in the story."""
        return self.people[key]


CUMBRIA = Company(
    key="CPFT",
    name="Cumbria Partnership",
    policy="cumbria",
    care_group="Mental Health",
    team="Penrith Community Team",
    place="Penrith",
    parts=(
        Part("ahmed", "Dr Sana Ahmed", "practitioner", "Her plan is in force", "10", had_plan=True),
        Part("byrne", "Dr Colm Byrne", "practitioner", "Has signed; his manager is late", "10", had_plan=True),
        Part("chandra", "Dr Priya Chandra", "practitioner", "Her plan was returned", "8"),
        Part("doyle", "Dr Finn Doyle", "practitioner", "His meeting is booked", "10", had_plan=True),
        Part("eze", "Dr Ngozi Eze", "practitioner", "Asked to prepare her review", "6", had_plan=True),
        Part("frost", "Dr Leah Frost", "practitioner", "New in post: interim plan", "10", new_starter=True),
        Part("manager", "Dr Robert Graham", "clinical_manager", "Has several steps waiting"),
        Part("service", "Joanne Hewitt", "service_manager", "Prepares the team session"),
        Part("nursing", "Steven Iveson", "nursing_quality_manager", "Takes part in the team session"),
        Part("amd", "Dr Margaret Jopson", "amd", "Follows the whole care group"),
        Part("md", "Dr Andrew Kirkby", "medical_director", "Follows every case of the trust"),
        Part("office", "Carol Lamb", "medical_directorate", "Checks signed plans, starts rounds"),
        Part("office2", "Tom Musgrave", "medical_directorate", "Checks signed plans"),
        Part("hr", "Bhavna Naik", "hr_workforce", "Compares plans with contracts"),
        Part("finance", "Keith Oddie", "finance", "Reads plans in force"),
        Part("ceo", "Sarah Postlethwaite", "chief_executive", "Comes in with an appeal; nothing waits"),
    ),
)  # fmt: skip

BLACKPOOL = Company(
    key="BTH",
    name="Blackpool Teaching Hospitals",
    policy="blackpool",
    care_group="Unscheduled Care",
    team="Acute Medicine",
    place="Blackpool Victoria",
    parts=(
        Part("quayle", "Dr Owen Quayle", "practitioner", "Waits for the third signature", "10", had_plan=True),
        Part("rashid", "Dr Yusuf Rashid", "practitioner", "HR is comparing his plan", "11", had_plan=True),
        Part("sharples", "Dr Emma Sharples", "practitioner", "No agreement; the rest is signed", "10", had_plan=True),
        Part("turner", "Dr Jack Turner", "practitioner", "Asked to draft his plan", "7", had_plan=True),
        Part("manager", "Dr Helen Unsworth", "clinical_manager", "Has several steps waiting"),
        Part("service", "Neil Valentine", "service_manager", "Issues the preparation material"),
        Part("nursing", "Mary Walmsley", "nursing_quality_manager", "Takes part in the team session"),
        Part("amd", "Dr Alan Yates", "amd", "The third signatory"),
        Part("md", "Dr Rachel Ashworth", "medical_director", "Follows every case of the trust"),
        Part("office", "Denise Bury", "medical_directorate", "Checks signed plans"),
        Part("hr", "Imran Chaudhry", "hr_workforce", "Compares plans with contracts"),
        Part("finance", "Gail Dewhurst", "finance", "Reads plans in force"),
        Part("ceo", "Mark Eastham", "chief_executive", "Comes in with an appeal; nothing waits"),
    ),
)  # fmt: skip


def engage(session: Session, *, company: Company, password_hash: str, on: date) -> Cast:
    """Put a trust and its people into the store, with posts, contracts, accounts and last year's plans."""
    trust = Trust(key=company.key, name=company.name, policy=company.policy)
    session.add(trust)
    session.flush()
    care_group = CareGroup(trust_id=trust.id, name=company.care_group)
    session.add(care_group)
    session.flush()
    team = Team(trust_id=trust.id, care_group_id=care_group.id, name=company.team)
    session.add(team)
    session.flush()
    people = {part.key: add_person(session, trust, part) for part in company.parts}
    titles = read_policy(company.policy, releases.shipped_files(company.policy)).titles
    cast = Cast(trust, care_group, team, company.place, planning_year(on), titles, people)
    for part in company.parts:
        add_post(session, cast, part, password_hash, on)
    session.flush()
    return cast


def planning_year(on: date) -> str:
    """The planning year that follows a day: from 1 April, "2027/28"."""
    first = on.year + 1 if on.month >= 4 else on.year
    return f"{first}/{(first + 1) % 100:02d}"


def add_person(session: Session, trust: Trust, part: Part) -> Person:
    """A person with an address of their own."""
    words = part.name.removeprefix("Dr ").lower().split()
    person = Person(trust_id=trust.id, name=part.name, email=f"{'.'.join(words)}@{trust.key.lower()}.example")
    session.add(person)
    session.flush()
    return person


def add_post(session: Session, cast: Cast, part: Part, password_hash: str, on: date) -> None:
    """What somebody holds, how they sign in, and for a doctor the contract and last year's plan."""
    person = cast.person(part.key)
    since = on + timedelta(days=31) if part.new_starter else on.replace(year=on.year - 3, day=1)
    in_team = part.role in TEAM_ROLES
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
    session.add(
        Account(
            person_id=person.id,
            password_hash=password_hash,
            session_key=secrets.token_urlsafe(32),
            persona=f"{cast.titles[Role(part.role)]}. {part.persona}.",
        )
    )
    if part.pas:
        session.add(
            Contract(
                person_id=person.id,
                kind="consultant_2003",
                grade="Consultant",
                programmed_activities=Decimal(part.pas),
                payroll_number=f"{person.id:08d}",
                starts_on=since,
            )
        )
    if part.had_plan:
        session.add(last_plan(cast, person, part, on))


def last_plan(cast: Cast, person: Person, part: Part, on: date) -> PlanVersion:
    """The plan that was in force before Accord came: entered from paper."""
    since = on.replace(month=4, day=1) if on.month >= 4 else date(on.year - 1, 4, 1)
    plan = Plan.from_json(plan_of(cast.place, Decimal(part.pas), effective_from=since))
    return PlanVersion(
        trust_id=cast.trust.id,
        person_id=person.id,
        number=1,
        status="in_force",
        content=plan.to_json(),
        effective_from=since,
        written_at=datetime.combine(since, time(12), UTC),
    )
