"""What stopped a case, as the Medical Directorate sees it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from tests.cases import sketches
from tests.cases.walk import Walk
from tests.factories import NOW, World
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.store import incidents
from workflows.store.models import Case, Incident, Person

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


def stop(walk: Walk, times: int = 1) -> tuple[str, int]:
    """A case that time cannot move on; returns its reference and the incident's id."""
    house = walk.house
    reference = sketches.run(walk, sketches.FAULTY, checked=False)
    walk.do(house.directorate, "record_outcome", reference)
    walk.set_day(date(2027, 3, 16))
    for _ in range(times):
        assert walk.tick().done["failed"] == 1
        walk.at += timedelta(hours=1)
    [incident] = walk.incidents()
    return reference, incident.id


def test_the_menu_counts_what_failed_for_the_directorate_alone(walk: Walk, visit: Visit) -> None:
    office = visit(walk.house.directorate)
    assert "Nothing has failed" in office.open("/incidents").text
    stop(walk)
    assert "Incidents (1)" in office.open("/cases").text
    assert "/incidents" not in visit(walk.house.amd).open("/cases").links


def test_an_incident_says_what_failed_where_and_why_and_is_retried(walk: Walk, visit: Visit) -> None:
    reference, incident_id = stop(walk, times=3)
    office = visit(walk.house.directorate)
    page = office.open("/incidents")
    assert f"Incident {incident_id}: {reference}" in page.text
    page = office.open(f"/incidents/{incident_id}")
    assert f"/cases/{reference}" in page.links
    for said in (
        "cannot be worked out",
        "What failed Something that time had to do",
        "at “Much”",
        "3 times in all",
        "Next try Tuesday 16 March 2027 at",
    ):
        assert said in page.text
    page = office.send(f"/incidents/{incident_id}/retry", {})
    assert "within a few seconds" in page.text
    assert f"{walk.house.directorate.name} had it tried again" in page.text
    assert "Next try In a moment" in page.text


def test_an_incident_is_given_up_with_a_reason_and_not_without(walk: Walk, visit: Visit) -> None:
    _, incident_id = stop(walk)
    office = visit(walk.house.directorate)
    office.open(f"/incidents/{incident_id}")
    page = office.send(f"/incidents/{incident_id}/give-up", {"reason": "  "}, status=422)
    assert page.problems == ["Say why it is given up: whoever looks at the case later has to know."]
    page = office.send(f"/incidents/{incident_id}/give-up", {"reason": "=1+1 <b>left</b>"})
    assert "gave it up =1+1 <b>left</b>" in page.text
    assert "Nothing has failed" in office.open("/incidents").text
    assert "Given up" in office.open("/incidents?status=any").text
    office.send(f"/incidents/{incident_id}/retry", {}, status=409)


def test_a_step_that_failed_names_whom_to_ask(walk: Walk, visit: Visit, store: Store) -> None:
    reference, _ = stop(walk)
    step = walk.step(walk.house.doctor, "look_at", reference)
    with store() as session:
        about: dict[str, Any] = {"trust_id": walk.house.trust.id, "case_id": None, "element": "", "now": NOW}
        incidents.record(session, key=f"step:{step}", sentence="No.", **about)
        newest = session.scalars(select(Incident.id).where(Incident.key == f"step:{step}")).one()
    page = visit(walk.house.directorate).open(f"/incidents/{newest}")
    assert f"The step still waits for {walk.house.doctor.name}" in page.text
    assert "Try again now" not in page.text


def test_incidents_are_for_the_trusts_own_directorate(walk: Walk, visit: Visit, world: World) -> None:
    _, incident_id = stop(walk)
    for part in ("doctor", "manager", "amd", "medical_director", "hr", "finance"):
        visit(getattr(walk.house, part)).open("/incidents", status=403)
        visit(getattr(walk.house, part)).open(f"/incidents/{incident_id}", status=403)
    elsewhere = visit(world.bth.directorate)
    elsewhere.open(f"/incidents/{incident_id}", status=404)
    elsewhere.open("/")
    elsewhere.send(f"/incidents/{incident_id}/retry", {}, status=404)
