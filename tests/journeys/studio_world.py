"""The world of the studio's journeys: three disputes in mediation, an owner of the processes, an approver."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.cases.disputing import decide, mediate, refer
from tests.cases.stages import approved_team_plan, disagree, meet, prepare, with_extra
from tests.cases.walk import Walk
from tests.factories import House, add_person, add_post
from tests.journeys import people
from workflows.store import engines

OWNER, APPROVER = "Yvonne Sharples", "Edwin Appleby"
"""Who changes the processes of Cumbria, and who looks at what was changed."""
DOCTORS = ("Dr Nadia Flint", "Dr Owen Garth", "Dr Peggy Hale")
"""Before mediation begins; not agreed, so that a decision is waited for; decided, so that an answer is."""
BEFORE, BETWEEN, AFTER = DOCTORS
AGO = timedelta(days=12)


def fill_studio_world(database: Path) -> None:
    """Both trusts; three doctors of Penrith are in dispute about the same list, each at another step of mediation."""
    world = people.build(database)
    engine = people.open_engine(database)
    _open_the_studio(engine, world.cpft)
    approved_team_plan(Walk(engine, world.cpft, at=datetime.now(UTC) - AGO))
    for stage, doctor in enumerate(people.join(engine, world.cpft, DOCTORS)):
        _dispute(Walk(engine, replace(world.cpft, doctor=doctor), at=datetime.now(UTC) - AGO), stage)
    engine.dispose()


def _open_the_studio(engine: Engine, house: House) -> None:
    """An owner and an approver of the processes."""
    with Session(engine) as session:
        engines.begin_write(session)
        for name, role in ((OWNER, "process_owner"), (APPROVER, "process_approver")):
            person = add_person(session, trust=house.trust, name=name)
            add_post(session, person=person, role=role, care_group=house.care_group, team=house.team)
            people.let_in(session, person)
        session.commit()


def _dispute(walk: Walk, stage: int) -> None:
    """From the beginning of a doctor's yearly plan to where the mediation stands."""
    house = walk.house
    own = walk.start(
        house.directorate, "individual_planning", kind="annual", subject=house.doctor.id, team=house.team.id
    )
    prepare(walk, own)
    meet(walk, own, plan=with_extra())
    walk.do(house.manager, "agree_plan", own, manager_answer="agree")
    refused = {"practitioner_answer": "not_agreed", "practitioner_view": "Not the Friday list"}
    walk.do(house.doctor, "answer_plan", own, **refused)
    disagree(walk, own, "friday-list")
    reference = refer(walk, walk.newest("disagreement"))
    if stage > 0:
        mediate(walk, reference, "not_agreed")
    if stage > 1:
        decide(walk, reference, "manager")
