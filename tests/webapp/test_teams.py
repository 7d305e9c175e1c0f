"""Teams: everyone's state, and the plan that applies."""

import re

import pytest
from sqlalchemy import select

from tests.factories import NOW
from tests.webapp.demonstration_site import Site
from workflows.store.models import Person, PlanVersion, Rota, Team, TeamPlan

pytestmark = pytest.mark.usefixtures("standstill")

AMD = "Dr Margaret Jopson"
TEAM = "Penrith Community Team"


def team(site: Site) -> str:
    return f"/teams/{site.team(TEAM)}"


def test_the_amd_sees_where_everyone_in_the_team_is(site: Site) -> None:
    page = site.page(AMD, team(site))
    assert "4 of 6 doctors have a plan in force" in page.text
    assert re.search(
        r"Dr Colm Byrne .{0,60}Consultant, 10 PAs .*?Sign the plan .{0,60}Dr Robert Graham .*?days late", page.text
    )
    assert f"/cases/{site.case_of('Dr Colm Byrne')}" in page.links


@pytest.mark.clause("CPFT-7.4-a")
def test_a_practitioner_opens_their_own_plan_and_a_copy_of_the_team_plan(site: Site) -> None:
    page = site.page("Dr Sana Ahmed", team(site))
    plan, team_plan = site.plan_of("Dr Sana Ahmed", "in_force"), site.team_plan(TEAM)
    assert {f"/plans/{plan}", f"/team-plans/{team_plan}"} <= set(page.links)
    assert "Direct clinical care" in site.page("Dr Sana Ahmed", f"/plans/{plan}").text
    assert "See urgent referrals in five days" in site.page("Dr Sana Ahmed", f"/team-plans/{team_plan}").text


def test_a_practitioner_sees_their_own_line_only(site: Site) -> None:
    text = site.page("Dr Sana Ahmed", team(site)).text
    assert "You in this team" in text
    assert "Dr Colm Byrne" not in text


@pytest.mark.clause("CPFT-7.4.1-c")
def test_the_team_page_names_what_several_hold_and_what_nobody_does(site: Site) -> None:
    text = site.page(AMD, team(site)).text
    shared, nobody = text.split("Held by several")[1].split("Held by nobody")
    assert re.search(r"Outpatient clinic Direct clinical care .*?Dr Colm Byrne.*?Dr Ngozi Eze", shared)
    assert "Memory clinic" not in shared
    assert "Research" in nobody
    assert "Supporting professional activities" not in nobody


@pytest.mark.clause("CPFT-7.4.1-d")
def test_the_team_page_sets_out_everyones_pas_by_category(site: Site) -> None:
    text = site.page(AMD, team(site)).text.split("Programmed activities a week by category")[1]
    assert re.search(r"Dr Colm Byrne DCC 7\.5 SPA 2\.5 On-call – Total 10 Contracted 10", text)
    assert "On-call rota Community psychiatry, second on call: 1 in 5, category B" in text, "as the plan has it"


@pytest.mark.clause("CPFT-7.4.1-e")
@pytest.mark.parametrize("reader", ["Joanne Hewitt", AMD])
def test_capacity_by_service_comes_from_the_agreed_plans_with_the_effect_of_proposed_changes(
    site: Site, reader: str
) -> None:
    text = site.page(reader, team(site)).text.split("Capacity by service")[1].split("Held by several")[0]
    assert re.search(r"Memory clinic Who Dr Sana Ahmed Now 0\.5 As proposed 0\.5 Change no change", text)
    assert re.search(
        r"Urgent assessments Who Dr Colm Byrne, .*? and Dr Sana Ahmed Now 4 As proposed 6 Change 2 more", text
    ), "two drafts bring one PA each"
    assert re.search(r"All services Who – Now [\d.]+ As proposed [\d.]+ Change [\d.]+ more", text)


@pytest.mark.clause("CPFT-7.4.1-e")
def test_a_draft_that_drops_a_clinic_shows_in_the_teams_capacity(site: Site) -> None:
    with site.session() as session:
        doctor = session.scalars(select(Person).where(Person.name == "Dr Finn Doyle")).one()
        draft = session.scalars(
            select(PlanVersion).where(PlanVersion.person_id == doctor.id, PlanVersion.status == "draft")
        ).one()
        lines = [line for line in draft.content["activities"] if line["title"] != "Ward round"]
        draft.content = {**draft.content, "activities": lines}
    capacity = site.page(AMD, team(site)).text.split("Capacity by service")[1].split("Held by several")[0]
    assert re.search(r"Ward round Who [^|]*? Now 7\.5 As proposed 9\.5 Change 2 more", capacity), "4 with it"


@pytest.mark.clause("CPFT-7.4.1-e")
def test_hr_sees_the_capacity_that_is_agreed_and_no_proposals(site: Site) -> None:
    text = site.page("Bhavna Naik", team(site)).text
    assert "Memory clinic Who Dr Sana Ahmed Now 0.5" in text
    assert "As proposed" not in text


@pytest.mark.clause("CPFT-7.6.7-c")
def test_who_reads_plans_only_is_not_told_that_a_team_has_no_plan_and_no_cases(site: Site) -> None:
    text = site.page("Keith Oddie", "/teams").text
    assert "4 of 6" in text
    assert "Team plan" not in text
    assert "None" not in text
    assert "Version 1" in site.page(AMD, "/teams").text


@pytest.mark.parametrize("reader", ["Bhavna Naik", "Keith Oddie"])
def test_hr_and_finance_read_plans_in_force_and_nothing_of_the_cases(site: Site, reader: str) -> None:
    page = site.page(reader, team(site))
    plan = f"/plans/{site.plan_of('Dr Sana Ahmed', 'in_force')}"
    assert plan in page.links
    assert site.page(reader, plan).status == 200
    assert "Sign the plan" not in page.text
    assert not any(link.startswith("/cases/") for link in page.links)


def test_a_service_manager_sees_sums_but_opens_no_plans(site: Site) -> None:
    page = site.page("Joanne Hewitt", team(site))
    assert "Total 10" in page.text
    assert not any(link.startswith("/plans/") for link in page.links)
    site.page("Joanne Hewitt", f"/plans/{site.plan_of('Dr Sana Ahmed', 'in_force')}", status=403)


def test_the_list_of_teams_counts_plans_and_late_cases(site: Site) -> None:
    text = site.page(AMD, "/teams").text
    assert re.search(r"Penrith Community Team .*?Version 1 .*?4 of 6 .*?late", text)
    assert "Acute Medicine" not in text


def test_somebody_in_no_team_is_told_what_to_do(site: Site) -> None:
    assert "No team yet" in site.page("Sarah Postlethwaite", "/teams").text
    site.page("Sarah Postlethwaite", team(site), status=403)


def test_a_team_plan_shows_what_was_agreed_and_who_took_part(site: Site) -> None:
    text = site.page(AMD, f"/team-plans/{site.team_plan(TEAM)}").text
    assert "In force since" in text
    assert "Dr Margaret Jopson" in text
    assert re.search(r"Steven Iveson .*?Absent: On leave", text)
    assert "Who holds each lead responsibility?" in text


def test_the_team_page_needs_few_statements(site: Site) -> None:
    site.page(AMD, team(site))
    with site.statements() as sent:
        site.page(AMD, team(site))
    assert len(sent) <= 23
    assert len(sent) == len(set(sent)) + repeated(sent), "a statement is sent for each row"


@pytest.mark.clause("CPFT-7.4.1-d")
def test_a_chart_shows_the_pas_of_each_doctor_that_the_table_has(site: Site) -> None:
    html = site.page(AMD, team(site)).html
    [chart] = re.findall(r'<svg class="app-chart".*?</svg>', html, re.DOTALL)
    assert "<title>Dr Colm Byrne, DCC: 7.5</title>" in chart
    assert "<title>Dr Sana Ahmed, SPA: 2.5</title>" in chart
    assert " style=" not in chart, "styles in the page would be refused by the browser"


@pytest.mark.clause("CPFT-7.4.1-e")
def test_a_draft_of_one_member_is_shown_in_the_teams_figures_in_place_of_the_plan_in_force(site: Site) -> None:
    draft = site.plan_of("Dr Leah Frost", "draft")
    text = site.page(AMD, f"{team(site)}?with={draft}").text
    assert "As it would be with Dr Leah Frost: version 1, a draft" in text
    assert re.search(r"Dr Leah Frost Proposed DCC [\d.]+", text)
    [figures] = re.findall(r"Ward round Who .*? Now ([\d.]+) With it ([\d.]+)", text)
    now, then = map(float, figures)
    assert then > now
    assert "Dr Leah Frost" not in site.page(AMD, team(site)).text.split("Programmed activities a week by category")[1]


@pytest.mark.clause("CPFT-7.4.1-e")
def test_hr_is_shown_no_draft_whatever_the_address_asks_for(site: Site) -> None:
    draft = site.plan_of("Dr Leah Frost", "draft")
    text = site.page("Bhavna Naik", f"{team(site)}?with={draft}").text
    assert "As it would be" not in text
    assert "Show the team’s figures with" not in text
    assert site.page("Bhavna Naik", f"{team(site)}?with=x").text == text


@pytest.mark.clause("BTH-3.4.6-a", "BTH-3.4.6-d")
def test_a_part_timers_split_stands_beside_the_pro_rata_one_with_the_work_to_expect(site: Site) -> None:
    text = site.page(AMD, team(site)).text.split("Part-time, beside pro rata")[1]
    assert "Dr Ngozi Eze DCC 4.5 DCC pro rata 4.5 SPA 1.5 SPA pro rata 1.5" in text
    assert "60% How this is worked out for Dr Ngozi Eze" in text
    assert "100 per cent × 4.5 of 7.5 PA of clinical care: 60" in text


@pytest.mark.clause("CPFT-7.4.1-e")
def test_what_a_service_needs_stands_beside_its_capacity_and_what_is_short_is_a_finding(site: Site) -> None:
    with site.session() as session:
        for plan in session.scalars(select(TeamPlan).where(TeamPlan.id == site.team_plan(TEAM))):
            needs = [{"service": "memory clinic", "pas": "2"}, {"service": "Ward round", "pas": "1"}]
            plan.content = {**plan.content, "service_needs": needs}
    text = site.page(AMD, team(site)).text
    assert re.search(r"Memory clinic Who Dr Sana Ahmed Now 0\.5 .*? Needed 2 Enough\? 1\.5 short", text)
    assert re.search(r"Ward round Who .*? Needed 1 Enough\? enough", text)
    assert "Memory clinic: 0.5 of the 2 PAs a week that it needs" in text.split("What the team should look at")[1]
    assert "What each service needs Service PAs a week" in site.page(AMD, f"/team-plans/{site.team_plan(TEAM)}").text


@pytest.mark.clause("CPFT-7.4.1-c")
def test_a_lead_role_that_two_hold_and_a_rota_that_nobody_is_on_are_findings_of_the_team(site: Site) -> None:
    lead = {"id": "lead", "category": "managerial", "title": "Audit lead", "day": "", "start": "", "end": "",
            "place": "", "pas": "0.5"}  # fmt: skip
    with site.session() as session:
        in_force = PlanVersion.status == "in_force"
        for name in ("Dr Colm Byrne", "Dr Sana Ahmed"):
            plan = session.scalars(select(PlanVersion).where(PlanVersion.person_id == site.id_of(name), in_force)).one()
            reasons = {key: said for key, said in plan.content["not_applicable"].items() if key != "managerial"}
            lines = [*plan.content["activities"], lead]
            plan.content = {**plan.content, "activities": lines, "not_applicable": reasons}
        trust = session.scalars(select(Team.trust_id).where(Team.id == site.team(TEAM))).one()
        row = {"trust_id": trust, "team_id": site.team(TEAM), "name": "Night rota", "added_at": NOW}
        session.add(Rota(**row))
    look = site.page(AMD, team(site)).text.split("What the team should look at")[1]
    assert "Audit lead: held by Dr Colm Byrne and Dr Sana Ahmed" in look
    assert "Nobody is on the on-call rota “Night rota”" in look
    assert "Managerial work" not in look


def repeated(sent: list[str]) -> int:
    """The same question for the team's own case and for its members' is asked twice, never more often."""
    return sum(min(sent.count(one), 2) - 1 for one in set(sent))
