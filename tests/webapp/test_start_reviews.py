"""Starting reviews, pay progression, statements and reports by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cases.walk import Walk
from tests.factories import World
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]


def about(world: World, who: Person, **answers: str) -> dict[str, str]:
    """The answers of a start about a doctor of Penrith."""
    return {
        "start-subject": f"{who.id}:{world.cpft.team.id}",
        **{f"start-{key}": said for key, said in answers.items()},
    }


@pytest.mark.clause("CPFT-7.7.2", "BTH-2-c")
@pytest.mark.parametrize(
    ("scope", "opened"), [("individual", "individual_planning"), ("team", "change_request"), ("both", "change_request")]
)
def test_a_change_says_which_plan_it_alters_and_goes_there(
    world: World, visit: Visit, walk: Walk, scope: str, opened: str
) -> None:
    doctor = visit(world.cpft.doctor)
    doctor.open("/cases/start/review")
    said = about(world, world.cpft.doctor, change_reason="New clinic")
    assert len(doctor.send("/cases/start/review", said, status=422).problems) == 2
    doctor.send("/cases/start/review", {**said, "start-change_scope": scope, "start-change_significant": "yes"})
    case = walk.case("CPFT-2027-0001")
    assert case.process == opened
    assert walk.facts(case.reference)["significant_change_date"] == "2027-03-01", "the day of the report"


@pytest.mark.clause("BTH-3.4.18-a")
def test_a_manager_begins_pay_progression_for_doctors_of_the_team_and_reports(world: World, visit: Visit) -> None:
    manager = visit(world.cpft.manager)
    page = manager.open("/cases/start/progression")
    assert "Dr Amina Osei, Penrith community team" in page.text
    manager.send("/cases/start/progression", about(world, world.cpft.doctor))
    page = manager.open("/")
    assert "Report on the criteria" in page.text
    visit(world.cpft.doctor).open("/cases/start/progression", status=403)


@pytest.mark.clause("CPFT-8-a", "CPFT-8-b")
@pytest.mark.parametrize("purpose", ["pay_progression", "excellence_award"])
def test_the_directorate_issues_a_statement_of_standards(world: World, visit: Visit, walk: Walk, purpose: str) -> None:
    office = visit(world.cpft.directorate)
    office.open("/cases/start/standards")
    page = office.send("/cases/start/standards", about(world, world.cpft.doctor))
    assert page.heading == "Issue the statement"
    page = office.fill(statement_for=purpose, standards_met="not_met", standards_words="No plan is in force.")
    sent = {event.details["to"] for event in walk.events("CPFT-2027-0001", "letter_sent")}
    assert sent == {world.cpft.doctor.id, world.cpft.medical_director.id}
    kept = walk.facts("CPFT-2027-0001")
    assert kept["statement_for"] == purpose
    assert kept["standards_kept"][0] == {"standard": "A signed job plan is in force", "found": "No"}


@pytest.mark.clause("BTH-3.4.5.2.2-e")
def test_a_doctor_reports_missing_resources_with_the_objectives_at_risk(world: World, visit: Visit, walk: Walk) -> None:
    doctor = visit(world.cpft.doctor)
    doctor.open("/cases/start/report")
    page = doctor.send("/cases/start/report", about(world, world.cpft.doctor))
    assert page.heading == "Report about your job plan"
    page = doctor.fill(report_about="resources", resources_missing="The second nurse", status=422)
    assert len(page.problems) == 1, "the objectives at risk are not named"
    doctor.fill(report_about="resources", resources_missing="The second nurse", objectives_at_risk="Urgent referrals")
    manager = visit(world.cpft.manager)
    page = manager.open("/")
    assert "A doctor reports about their job plan" in page.text
    address = next(link for link in page.links if link.startswith("/steps/"))
    page = manager.open(address)
    assert "Urgent referrals" in page.text
    manager.fill(report_answer="provided", report_answer_words="From May on")
    assert "From May on" in doctor.open("/cases/CPFT-2027-0001").text
    visit(world.cpft.amd).open("/cases/start/report", status=403)


@pytest.mark.clause("BTH-3.4.5.2.2-f")
def test_a_doctor_reports_a_changed_spa_activity_and_the_manager_is_told(world: World, visit: Visit) -> None:
    doctor = visit(world.cpft.doctor)
    doctor.open("/cases/start/report")
    doctor.send("/cases/start/report", about(world, world.cpft.doctor))
    since: dict[str, Any] = {"spa_changed_on__day": "1", "spa_changed_on__month": "2", "spa_changed_on__year": "2027"}
    doctor.fill(report_about="spa", spa_changed="Audit has become teaching", **since)
    manager = visit(world.cpft.manager)
    assert "A doctor reports about their job plan" in manager.open("/").text
