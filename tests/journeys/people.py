"""The worlds of the journeys: two trusts with a team each, the shipped diagrams, everybody a persona."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from tests.cases.disputing import list_member, outsider
from tests.cases.stages import BTH_GROUPS, plan_round, plan_team, refuse, with_extra
from tests.cases.walk import PLAN, Walk
from tests.factories import House, World, add_account, add_contract, add_person, add_post, build_world, shipped_files
from tests.factories.trusts import BTH, CPFT
from workflows.store import engines, migrating
from workflows.store.models import Person, PlanVersion

__all__ = [
    "BTH",
    "CHAIR",
    "CPFT",
    "DOCTORS",
    "NOMINEE",
    "NURSING",
    "STARTER",
    "THIRD",
    "build",
    "fill_disputed_world",
    "fill_planned_world",
    "fill_small_world",
    "join",
    "let_in",
    "open_engine",
]

CHAIR, NOMINEE, THIRD = "Marion Ewart", "Dr Idris Lomax", "Dr Petra Quaid"
"""Who can sit on Cumbria's appeal panels: the third is on its register."""

NURSING = "Steven Iqbal"
"""Penrith's nursing and quality manager."""
STARTER = "Dr Yasmin Dodd"
"""A doctor who joined Penrith a week ago."""
DOCTORS = (
    *("Dr Una Fell", "Dr Victor Gill", "Dr Willa Hart", "Dr Xavi Ings", "Dr Yara Jenks", "Dr Zoe Kirk", "Dr Adil Lunt"),
    *("Dr Bela Moss", "Dr Cora Nunn", "Dr Dina Orr", "Dr Elin Page"),
)
"""More doctors of Penrith, each with a case that has just begun: each for one journey alone."""
SETTLED = timedelta(days=9)
"""How long ago the teams' plans were approved where a journey begins after them."""


def fill_small_world(database: Path) -> None:
    """Migrate a new file and put both trusts into it. Nothing has been started."""
    build(database)


def fill_planned_world(database: Path) -> None:
    """The same, and nine days ago both trusts have planned their teams: every doctor's own case has begun.

    One site is shared by many journeys: each has people of its own, and none moves the clock.
    """
    world = build(database)
    engine = open_engine(database)
    began = datetime.now(UTC) - SETTLED
    cumbria = Walk(engine, world.cpft, at=began)
    plan_round(cumbria)
    plan_team(cumbria)
    blackpool = Walk(engine, world.bth, at=began)
    plan_round(blackpool)
    plan_team(blackpool, BTH_GROUPS)
    cumbria.at = datetime.now(UTC)
    for doctor in join(engine, world.cpft, DOCTORS):
        house = world.cpft
        cumbria.start(house.directorate, "individual_planning", kind="annual", subject=doctor.id, team=house.team.id)
    engine.dispose()


def fill_disputed_world(database: Path) -> None:
    """Both trusts; Dr Osei has met her manager today, and does not agree to an extra list on Fridays."""
    world = build(database)
    engine = open_engine(database)
    walk = Walk(engine, world.cpft, at=datetime.now(UTC))
    members = [outsider(walk, CHAIR), outsider(walk, NOMINEE), list_member(walk, THIRD)]
    refuse(walk, with_extra())
    with Session(engine) as session:
        engines.begin_write(session)
        for person in members:
            let_in(session, session.get_one(Person, person.id))
        session.commit()
    engine.dispose()


def build(database: Path) -> World:
    """A new file with both trusts, everybody a persona."""
    engine = open_engine(database)
    migrating.upgrade(engine)
    with Session(engine, expire_on_commit=False) as session:
        engines.begin_write(session)
        world = build_world(session, files=shipped_files())
        _complete_cumbria(session, world.cpft)
        for person in session.query(Person).order_by(Person.id):
            let_in(session, person)
        session.commit()
        session.expunge_all()
    engine.dispose()
    return world


def _complete_cumbria(session: Session, house: House) -> None:
    """Who else takes part in Penrith, and the plan that Dr Osei had before Accord came."""
    today = datetime.now(UTC).date()
    nursing = add_person(session, trust=house.trust, name=NURSING)
    post = add_post(
        session, person=nursing, role="nursing_quality_manager", care_group=house.care_group, team=house.team
    )
    post.care_group_id, post.team_id = house.care_group.id, house.team.id
    _engage(session, house, STARTER, today - timedelta(days=7))
    since = date(today.year - 1, 4, 1)
    session.add(
        PlanVersion(
            trust_id=house.trust.id,
            person_id=house.doctor.id,
            number=1,
            status="in_force",
            content={**PLAN, "effective_from": since.isoformat()},
            effective_from=since,
            written_at=datetime(since.year, 4, 1, 12, tzinfo=UTC),
        )
    )


def join(engine: Engine, house: House, names: tuple[str, ...]) -> list[Person]:
    """Doctors who join Penrith today."""
    with Session(engine, expire_on_commit=False) as session:
        engines.begin_write(session)
        doctors = [_engage(session, house, name, datetime.now(UTC).date()) for name in names]
        for doctor in doctors:
            let_in(session, doctor)
        session.commit()
        return doctors


def _engage(session: Session, house: House, name: str, since: date) -> Person:
    doctor = add_person(session, trust=house.trust, name=name)
    add_post(session, person=doctor, role="practitioner", care_group=house.care_group, team=house.team, starts_on=since)
    add_contract(session, person=doctor)
    return doctor


def let_in(session: Session, person: Person) -> None:
    """A persona on the sign-in page."""
    add_account(session, person=person, persona=f"Somebody of {person.trust.name}")


def open_engine(database: Path) -> Engine:
    """The database in a file."""
    url = f"sqlite:///{database}"
    return engines.prepare(create_engine(url, **engines.options(url)))
