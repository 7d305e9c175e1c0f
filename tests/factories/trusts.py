"""Two trusts, a team each, and everybody who has a part in job planning: the personas of all tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from workflows.store import releases
from workflows.store.models import Account, CareGroup, Contract, Person, Post, Release, Team, Trust

BPMN = Path(__file__).resolve().parents[2] / "bpmn"

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
"""A Monday morning on which most tests take place."""

TODAY = NOW.date()
LONG_AGO = date(2020, 4, 1)

CPFT = {
    "doctor": "Dr Amina Osei",
    "colleague": "Dr Ben Carver",
    "manager": "Dr Carys Llewellyn",
    "service_manager": "Dawn Pickering",
    "amd": "Dr Edmund Thwaite",
    "medical_director": "Dr Farah Siddiqui",
    "chief_executive": "Gareth Lowther",
    "board_secretary": "Helen Routledge",
    "directorate": "Imogen Bland",
    "second_directorate": "Jack Tyson",
    "hr": "Kavita Nair",
    "finance": "Liam Fearon",
}
BTH = {
    "doctor": "Dr Marta Kowalska",
    "colleague": "Dr Neil Ashworth",
    "manager": "Dr Olu Adeyemi",
    "service_manager": "Pauline Rigby",
    "amd": "Dr Quentin Hargreaves",
    "medical_director": "Dr Ruth Bamber",
    "chief_executive": "Simon Entwistle",
    "board_secretary": "Tara Whiteside",
    "directorate": "Uma Patel",
    "second_directorate": "Vic Halliwell",
    "hr": "Wendy Singleton",
    "finance": "Xander Cope",
}
ROLES = {
    "doctor": "practitioner",
    "colleague": "practitioner",
    "manager": "clinical_manager",
    "service_manager": "service_manager",
    "amd": "amd",
    "medical_director": "medical_director",
    "chief_executive": "chief_executive",
    "board_secretary": "board_secretary",
    "directorate": "medical_directorate",
    "second_directorate": "medical_directorate",
    "hr": "hr_workforce",
    "finance": "finance",
}
OF_THE_TEAM = {"practitioner", "clinical_manager", "service_manager"}


@dataclass(frozen=True)
class House:
    """A trust with one care group and one team, and its people by their part."""

    trust: Trust
    care_group: CareGroup
    team: Team
    release: Release
    doctor: Person
    colleague: Person
    manager: Person
    service_manager: Person
    amd: Person
    medical_director: Person
    chief_executive: Person
    board_secretary: Person
    directorate: Person
    second_directorate: Person
    hr: Person
    finance: Person


@dataclass(frozen=True)
class World:
    """Cumbria (two signatories) and Blackpool (three), in one installation."""

    cpft: House
    bth: House


def build_world(session: Session, *, files: Mapping[str, str] | None = None) -> World:
    """Both trusts, flushed. `files` are those of their first release, none unless a test needs them."""
    return World(
        cpft=build_house(
            session,
            trust=Trust(key="CPFT", name="Cumbria Partnership", policy="cumbria"),
            places=("Mental health", "Penrith community team"),
            people=CPFT,
            files=files or {},
        ),
        bth=build_house(
            session,
            trust=Trust(key="BTH", name="Blackpool Teaching Hospitals", policy="blackpool"),
            places=("Unscheduled care", "Acute medicine"),
            people=BTH,
            files=files or {},
        ),
    )


def build_house(
    session: Session, *, trust: Trust, places: tuple[str, str], people: Mapping[str, str], files: Mapping[str, str]
) -> House:
    """One trust: `places` are the names of its care group and its team."""
    session.add(trust)
    session.flush()
    care_group = CareGroup(trust_id=trust.id, name=places[0])
    session.add(care_group)
    session.flush()
    team = Team(trust_id=trust.id, care_group_id=care_group.id, name=places[1])
    session.add(team)
    session.flush()
    cast = {part: new_person(trust, name) for part, name in people.items()}
    session.add_all(cast.values())
    session.flush()
    session.add_all(new_post(person, ROLES[part], care_group, team) for part, person in cast.items())
    add_contract(session, person=cast["doctor"])
    add_contract(session, person=cast["colleague"])
    return House(trust, care_group, team, add_release(session, trust=trust, files=own_files(files, trust)), **cast)


def add_person(session: Session, *, trust: Trust, name: str, left_on: date | None = None) -> Person:
    """Somebody of the trust, with an address made of their name."""
    person = new_person(trust, name)
    person.left_on = left_on
    session.add(person)
    session.flush()
    return person


def new_person(trust: Trust, name: str) -> Person:
    plain = name.removeprefix("Dr ").lower().replace(" ", ".")
    return Person(trust_id=trust.id, name=name, email=f"{plain}@{trust.key.lower()}.example")


def add_post(
    session: Session,
    *,
    person: Person,
    role: str,
    care_group: CareGroup,
    team: Team,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
) -> Post:
    """A post over the area that its role usually has: the team's, the care group's or the whole trust's."""
    post = new_post(person, role, care_group, team)
    post.starts_on, post.ends_on = starts_on, ends_on
    session.add(post)
    session.flush()
    return post


def new_post(person: Person, role: str, care_group: CareGroup, team: Team) -> Post:
    return Post(
        trust_id=person.trust_id,
        person_id=person.id,
        role=role,
        care_group_id=care_group.id if role in OF_THE_TEAM | {"amd"} else None,
        team_id=team.id if role in OF_THE_TEAM else None,
        starts_on=LONG_AGO,
    )


def add_contract(session: Session, *, person: Person, pas: str = "10") -> Contract:
    """A consultant's contract; `pas` are the programmed activities a week."""
    contract = Contract(
        person_id=person.id,
        kind="consultant_2003",
        grade="Consultant",
        programmed_activities=Decimal(pas),
        payroll_number=f"{person.id:08d}",
        starts_on=LONG_AGO,
    )
    session.add(contract)
    session.flush()
    return contract


def add_account(session: Session, *, person: Person, hashed: str = "unusable", persona: str | None = None) -> Account:
    """A way in; without a real hash nobody can sign in by it."""
    account = Account(person_id=person.id, password_hash=hashed, session_key=f"session-of-{person.id}", persona=persona)
    session.add(account)
    session.flush()
    return account


def add_release(session: Session, *, trust: Trust, files: Mapping[str, str]) -> Release:
    """The trust's next release, published."""
    release = Release(
        trust_id=trust.id,
        number=releases.next_number(session, trust_id=trust.id),
        content_hash=f"{hash(frozenset(files.items())):x}",
        policy=trust.policy,
    )
    releases.add(session, release=release, files=files)
    releases.publish(session, release=release, now=NOW)
    return release


def own_files(files: Mapping[str, str], trust: Trust) -> dict[str, str]:
    """A set of both trusts' files as one trust's release holds it: without the other trust's policy."""
    others = {f"policies/{policy}.toml" for policy in ("cumbria", "blackpool") if policy != trust.policy}
    return {path: text for path, text in files.items() if path not in others}


def shipped_files() -> dict[str, str]:
    """What bpmn/ holds, as the files of a release: for tests that walk the real diagrams."""
    endings = {".bpmn", ".dmn", ".toml"}
    return {
        file.relative_to(BPMN).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(BPMN.rglob("*"))
        if file.suffix in endings or file.parent.name == "letters"
    }
