"""Starting a case by hand."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.cases.walk import Walk
from tests.factories import World
from tests.webapp.visitor import Visitor
from workflows.inbox import starting
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
CHANGE = {"start-change_scope": "individual", "start-change_significant": "no"}


def test_each_is_offered_what_their_role_starts(world: World, visit: Visit) -> None:
    offered = {
        part: [each.rsplit("/", 1)[1] for each in visit(person).open("/cases/start").links if "/cases/start/" in each]
        for part, person in (
            ("directorate", world.cpft.directorate),
            ("doctor", world.cpft.doctor),
            ("manager", world.cpft.manager),
            ("finance", world.cpft.finance),
        )
    }
    assert offered == {
        "directorate": ["round", "interim", "review", "issue", "progression", "standards"],
        "doctor": ["review", "extra", "help", "report", "pay"],
        "manager": ["review", "progression", "extra", "help"],
        "finance": [],
    }


@pytest.mark.clause("CPFT-7.6.1")
def test_the_directorate_starts_a_round(world: World, visit: Visit, walk: Walk) -> None:
    office = visit(world.cpft.directorate)
    page = office.open("/cases/start/round")
    assert "Mental health" in page.text
    assert "Unscheduled care" not in page.text, "the other trust's care group"
    assert office.send("/cases/start/round", {}, status=422).problems == [
        "“Which care group?” needs an answer.",
        "“Which planning year?” needs an answer.",
    ]
    group = str(world.cpft.care_group.id)
    page = office.send("/cases/start/round", {"start-care_group": group, "start-year": "2027/28"})
    assert "Planning round is under way as CPFT-2027-0001." in page.text
    assert walk.waiting("CPFT-2027-0001")
    page = office.open("/cases/start/round")
    page = office.send("/cases/start/round", {"start-care_group": group, "start-year": "2027/28"}, status=409)
    assert "This is already under way as CPFT-2027-0001." in page.text


@pytest.mark.clause("CPFT-7.4.3")
def test_the_directorate_starts_an_interim_plan(world: World, visit: Visit, walk: Walk) -> None:
    office = visit(world.cpft.directorate)
    office.open("/cases/start/interim")
    who = f"{world.cpft.doctor.id}:{world.cpft.team.id}"
    day = {f"start-employment_start_date-{part}": value for part, value in (("day", "15"), ("month", "2"))}
    page = office.send("/cases/start/interim", {"start-subject": who, **day}, status=422)
    assert page.problems == ["“When do they start, or when did they?” must include a year."]
    year = {"start-employment_start_date-year": "2027"}
    office.send("/cases/start/interim", {"start-subject": who, **day, **year})
    facts = walk.facts("CPFT-2027-0001")
    assert (facts["kind"], facts["employment_start_date"]) == ("interim", "2027-02-15")


@pytest.mark.clause("CPFT-7.7.4-a", "CPFT-5.5-a")
def test_a_doctor_reports_a_change_for_themselves_only(world: World, visit: Visit, walk: Walk) -> None:
    doctor = visit(world.cpft.doctor)
    page = doctor.open("/cases/start/review")
    assert "Dr Amina Osei (you), Penrith community team" in page.text
    assert "Dr Ben Carver" not in page.text
    team = world.cpft.team.id
    colleague = {"start-subject": f"{world.cpft.colleague.id}:{team}", "start-change_reason": "New clinic", **CHANGE}
    assert doctor.send("/cases/start/review", colleague, status=422).problems
    doctor.send("/cases/start/review", {**colleague, "start-subject": f"{world.cpft.doctor.id}:{team}"})
    assert walk.facts("CPFT-2027-0001")["change_reason"] == "New clinic"


def test_a_manager_starts_reviews_of_their_own_team_only(world: World, visit: Visit) -> None:
    page = visit(world.cpft.manager).open("/cases/start/review")
    assert "Dr Amina Osei, Penrith community team" in page.text
    assert "Dr Ben Carver, Penrith community team" in page.text
    page = visit(world.bth.manager).open("/cases/start/review")
    assert "Penrith" not in page.text


def test_somebody_of_another_trust_cannot_be_slipped_in(world: World, visit: Visit) -> None:
    office = visit(world.cpft.directorate)
    office.open("/cases/start/review")
    forged = {"start-subject": f"{world.bth.doctor.id}:{world.bth.team.id}", "start-change_reason": "x", **CHANGE}
    page = office.send("/cases/start/review", forged, status=422)
    assert page.problems == ["“Who is it about?” must be one of the options."]


def test_there_is_no_other_kind_of_start(world: World, visit: Visit) -> None:
    visit(world.cpft.directorate).open("/cases/start/mischief", status=404)


@pytest.mark.parametrize(
    ("today", "offered"),
    [
        (date(2027, 4, 1), ("2028/29", "2027/28")),
        (date(2027, 9, 30), ("2028/29", "2027/28")),
        (date(2027, 10, 1), ("2028/29",)),
        (date(2028, 3, 31), ("2028/29",)),
    ],
)
def test_a_round_is_not_started_for_a_year_that_is_mostly_over(today: date, offered: tuple[str, ...]) -> None:
    assert starting.round_years(today) == offered


@pytest.mark.clause("CPFT-5.6")
def test_whoever_plans_asks_for_help_in_two_pages(world: World, visit: Visit) -> None:
    doctor = visit(world.cpft.doctor)
    doctor.open("/cases/start/help")
    page = doctor.send("/cases/start/help", {})
    assert page.heading == "Ask for help"
    page = doctor.fill(help_about="rules", help_question="How many SPAs are core?")
    assert "“Answer the request for help” with Imogen Bland or Jack Tyson" in page.text
    office = visit(world.cpft.directorate)
    page = office.open("/queue")
    assert "Dr Amina Osei: request for help" in page.text
    claim = next(each.get("action", "") for each in page.root.iter("form") if "/claim" in each.get("action", ""))
    page = office.send(claim, {})
    assert "How many SPAs are core?" in page.text
    office.fill(help_outcome="answered", help_answer="At least 1.5 a week.")
    page = doctor.open("/")
    assert "Your request for help is answered" in page.text
    case = next(link for link in page.links if link.startswith("/cases/CPFT"))
    assert "At least 1.5 a week." in doctor.open(case).text
    visit(world.cpft.finance).open("/cases/start/help", status=403)


@pytest.mark.clause("CPFT-5.3")
def test_the_directorate_gives_an_issue_to_an_amd(world: World, visit: Visit) -> None:
    office = visit(world.cpft.directorate)
    office.open("/cases/start/issue")
    page = office.send("/cases/start/issue", {"start-care_group": str(world.cpft.care_group.id)})
    assert page.heading == "Describe the issue"
    assert "You have claimed this step." in page.text
    page = office.fill(
        issue_kind="compliance",
        issue_words="No session was held.",
        issue_found_on__day="1",
        issue_found_on__month="3",
        issue_found_on__year="2027",
    )
    assert "“Deal with the issue” with Dr Edmund Thwaite" in page.text
    amd = visit(world.cpft.amd)
    address = next(link for link in amd.open("/").links if link.startswith("/steps/"))
    assert "No session was held." in amd.open(address).text
    page = amd.fill(issue_state="open", issue_record="Spoke to the team")
    assert "“Deal with the issue” with Dr Edmund Thwaite" in page.text
    visit(world.cpft.manager).open("/cases/start/issue", status=403)
