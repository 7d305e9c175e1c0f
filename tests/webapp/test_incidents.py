"""What stopped a case, as the Medical Directorate sees it."""

from collections.abc import Callable
from typing import Any

from tests.cases.walk import Walk
from tests.factories import NOW, World
from tests.webapp.conftest import Store
from tests.webapp.visitor import Visitor
from workflows.store import incidents
from workflows.store.models import Case, Person

Visit = Callable[[Person], Visitor]


def test_the_directorate_sees_what_stopped_a_case_and_nobody_else_does(
    walk: Walk, visit: Visit, store: Store, world: World
) -> None:
    house = walk.house
    newcomer = {"subject": house.doctor.id, "team": house.team.id, "employment_start_date": walk.today}
    reference = walk.start(house.directorate, "individual_planning", kind="interim", **newcomer)
    with store() as session:
        case = session.query(Case).filter_by(reference=reference).one()
        about: dict[str, Any] = {"trust_id": case.trust_id, "case_id": case.id, "element": "draft_plan", "now": NOW}
        for key in ("step:1", "firing:1", "firing:1"):
            incidents.record(session, key=key, sentence="The table has no row for this.", **about)
    office = visit(walk.house.directorate)
    text = office.open("/").text
    assert f"{reference} Draft the plan What happened The table has no row for this." in text
    assert "The step waits to be completed again. Since Monday 1 March 2027 at 9:30am 1 time" in text
    assert "Accord tries again by itself. Since Monday 1 March 2027 at 9:30am 2 times" in text
    assert "The Medical Directorate sees this in its list of steps." in office.open(f"/cases/{reference}").text
    for other in (walk.house.doctor, walk.house.amd, world.bth.directorate):
        assert "Cases that could not move on" not in visit(other).open("/").text
