"""The list of cases and the page of one."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.factories import NOW
from tests.webapp.demonstration_site import Site
from tests.webapp.page import Page
from workflows.store.models import Case, Deputy, Person, Step, StepHolder

pytestmark = pytest.mark.usefixtures("standstill")

AMD = "Dr Margaret Jopson"
LATE = "Dr Colm Byrne"
OFFICE = "Carol Lamb"


PATHS = (
    "/cases/{case}",
    "/cases/{case}/diagrams/individual_planning.bpmn",
    "/deadlines/{deadline}",
    "/plans/{plan}",
    "/teams/{team}",
    "/team-plans/{team_plan}",
)


def references(page: Page) -> list[str]:
    """The cases that a page leads to, in its order."""
    return cases_in(page.html)


def cases_in(html: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="/cases/([A-Z]+-\d+-\d+)"', html)))


def test_the_amd_sees_every_open_case_of_the_care_group_the_late_one_first(site: Site) -> None:
    found = references(site.page(AMD, "/cases"))
    assert found[0] == site.case_of(LATE)
    assert set(found) >= {site.case_like("planning_round", "CPFT"), site.case_like("team_planning", "CPFT")}
    assert all(reference.startswith("CPFT") for reference in found)


def test_a_doctor_sees_their_own_case_and_their_teams(site: Site) -> None:
    found = set(references(site.page(LATE, "/cases")))
    assert found == {site.case_of(LATE), site.case_like("team_planning", "CPFT")}
    assert "open to the doctor" in site.page(LATE, f"/cases/{site.case_of('Dr Finn Doyle')}", status=403).text


def test_the_clinical_manager_sees_the_teams_cases_but_not_the_round(site: Site) -> None:
    found = set(references(site.page("Dr Robert Graham", "/cases")))
    assert site.case_of(LATE) in found
    assert site.case_of("Dr Finn Doyle") in found
    assert site.case_like("planning_round", "CPFT") not in found


def test_a_deputy_sees_what_the_person_away_sees(site: Site) -> None:
    reference = site.case_of(LATE)
    deputy = "Dr Finn Doyle"
    site.page(deputy, f"/cases/{reference}", status=403)
    with site.session() as session:
        people = {person.name: person.id for person in session.scalars(select(Person))}
        day = NOW.date()
        session.add(
            Deputy(
                person_id=people[LATE], deputy_id=people[deputy], starts_on=day, ends_on=day, reason="Leave",
                recorded_at=NOW,
            )
        )  # fmt: skip
    site.page(deputy, f"/cases/{reference}")


def test_finance_has_no_cases_and_is_told_so(site: Site) -> None:
    page = site.page("Keith Oddie", "/cases")
    assert references(page) == []
    assert "No open cases yet" in page.text
    site.page("Keith Oddie", f"/cases/{site.case_of(LATE)}", status=403)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("stranger", ["Denise Bury", "Dr Rachel Ashworth", "Dr Alan Yates", "Gail Dewhurst"])
def test_nothing_of_another_trust_is_ever_there(site: Site, path: str, stranger: str) -> None:
    case = site.case_of(LATE)
    address = path.format(
        case=case,
        deadline=site.deadline_of(case, "sign_off"),
        plan=site.plan_of("Dr Sana Ahmed", "in_force"),
        team=site.team("Penrith Community Team"),
        team_plan=site.team_plan("Penrith Community Team"),
    )
    assert site.client(stranger).get(address).status_code == 404


@pytest.mark.parametrize("words", ["{reference}", "colm byrne", "Colm"])
def test_search_finds_a_case_by_reference_and_by_doctor(site: Site, words: str) -> None:
    reference = site.case_of(LATE)
    page = site.page(AMD, f"/cases?q={words.format(reference=reference.lower())}")
    assert references(page) == [reference]


def test_search_takes_signs_of_patterns_as_plain_text(site: Site) -> None:
    assert "No case fits" in site.page(AMD, "/cases?q=%25").text
    assert "No case fits" in site.page(AMD, "/cases?q=_").text


def test_search_by_team_finds_its_cases(site: Site) -> None:
    assert site.case_of(LATE) in references(site.page(OFFICE, "/cases?q=penrith"))


def test_late_only_leaves_what_is_late(site: Site) -> None:
    page = site.page(AMD, "/cases?late=yes")
    assert references(page)[0] == site.case_of(LATE)
    assert len(references(page)) < len(references(site.page(AMD, "/cases?status=open")))


def test_closed_cases_are_listed_when_asked_for(site: Site) -> None:
    page = site.page(AMD, "/cases?status=closed")
    assert references(page) == [site.case_of("Dr Sana Ahmed")]
    assert "Closed on" in page.text


def test_filters_are_remembered_until_they_are_cleared(site: Site) -> None:
    site.page(AMD, "/cases?late=yes")
    again = site.client(AMD).get("/cases")
    assert again.status_code == 302
    assert again.location == "/cases?late=yes"
    site.page(AMD, "/cases?status=open")
    assert site.client(AMD).get("/cases").status_code == 200


def test_a_filter_that_makes_no_sense_narrows_nothing(site: Site) -> None:
    everything = references(site.page(AMD, "/cases"))
    assert references(site.page(AMD, "/cases?page=x&care_group=-1&status=what&team=99999999999")) == everything


def test_the_page_says_who_has_the_step_since_when_and_how_late_it_is(site: Site) -> None:
    text = site.page(AMD, f"/cases/{site.case_of(LATE)}").text
    assert "Sign the plan 7 days late" in text
    assert re.search(r"Dr Robert Graham \(Clinical Manager\) ?, since \w+ \d+ \w+ \d{4}", text)
    assert re.search(r"Due by the end of \w+ \d+ \w+ \d{4}", text)
    assert "What may come next: “Change the plan” (Clinical Manager)" in text


def test_the_holder_goes_from_the_case_to_the_step_and_others_do_not(site: Site) -> None:
    address = f"/cases/{site.case_of(LATE)}"
    assert "Do this step" in site.page("Dr Robert Graham", address).text
    assert "Do this step" not in site.page(AMD, address).text


def items(page: Page) -> dict[str, str]:
    """The elements of the list with their states, those of stages too; the first of a name counts."""
    found = re.findall(
        r'app-steps__item--([a-z-]+)".*?(?:app-steps__name|summary-text)">([^<]+)</span>', page.html, re.DOTALL
    )
    return {name: state for state, name in reversed(found)}


def test_the_list_says_what_is_done_what_waits_and_what_is_still_to_come(site: Site) -> None:
    states = items(site.page(AMD, f"/cases/{site.case_of(LATE)}"))
    assert states["Record the meeting"] == "done"
    assert states["Find the team plan"] == states["Check the date"] == "done", "what was done by itself too"
    assert states["Sign off the plan"] == "current"
    assert states["Sign the plan"] == "current"
    assert states["Check that the plan is complete"] == "upcoming"
    assert states["Describe what has changed"] == "not-needed"


def test_after_a_disagreement_the_stage_that_runs_is_the_one_that_was_called(site: Site) -> None:
    states = items(site.page("Dr Helen Unsworth", f"/cases/{site.case_of('Dr Emma Sharples')}"))
    assert states["Sign off the rest"] == "current"
    assert states["Sign off the plan"] == "not-needed"
    assert states["Sign off the outcome"] == "upcoming"
    assert states["Wait for the outcome"] == "current"


def test_what_waits_is_marked_in_the_diagram_of_the_case_and_of_its_stage(site: Site) -> None:
    page = site.page(AMD, f"/cases/{site.case_of(LATE)}")
    marked = dict(re.findall(r'data-source="[^"]*/diagrams/(\w+)\.bpmn"\s+data-waiting="([^"]*)"', page.html))
    assert marked["sign_off"] == "sign_plan"
    assert marked["individual_planning"] == "sign_whole_plan"


def test_a_diagram_is_the_drawing_of_the_cases_own_release(site: Site) -> None:
    answer = site.client(AMD).get(f"/cases/{site.case_of(LATE)}/diagrams/sign_off.bpmn")
    assert answer.mimetype == "application/xml"
    assert 'id="sign_off"' in answer.text
    elsewhere = site.client(AMD).get(f"/cases/{site.case_of(LATE)}/diagrams/planning_round.bpmn")
    assert elsewhere.status_code == 404


def test_history_reads_newest_first_with_names_in_place_of_ids(site: Site) -> None:
    told = re.findall(r'timeline__words">(.*?)</p>', site.page(AMD, f"/cases/{site.case_of(LATE)}").html, re.DOTALL)
    assert "was escalated to Dr Margaret Jopson" in told[0]
    assert any("Dr Colm Byrne signed the job plan as Practitioner" in line for line in told)
    assert told[-1].startswith("The case was opened")
    assert not any("not recorded" in line for line in told)


def test_hr_sees_where_the_case_is_while_it_has_a_step_there_but_not_its_history(site: Site) -> None:
    page = site.page("Imran Chaudhry", f"/cases/{site.case_of('Dr Yusuf Rashid')}")
    assert "Compare with contract and pay" in page.text
    assert 'id="history"' not in page.html
    assert "Draft" not in page.html.split('id="plan"')[-1].split("</section>")[0]


def test_a_parent_says_how_many_of_its_cases_are_open(site: Site) -> None:
    page = site.page(AMD, f"/cases/{site.case_like('team_planning', 'CPFT')}")
    assert "Wait until every member has a plan" in page.text
    assert re.search(r"\d of \d cases that it started are still open", page.text)
    assert set(cases_in(page.html.split('id="cases"')[1])) >= {site.case_of(LATE), site.case_of("Dr Sana Ahmed")}


def test_a_closed_case_says_so(site: Site) -> None:
    text = site.page(AMD, f"/cases/{site.case_of('Dr Sana Ahmed')}").text
    assert "This case was closed on" in text
    assert "Do this step" not in text


def test_a_step_that_nobody_holds_is_said_to_lie_with_the_directorate(site: Site) -> None:
    reference = site.case_of("Dr Finn Doyle")
    with site.session() as session:
        case = session.scalars(select(Case).where(Case.reference == reference)).one()
        step = session.scalars(select(Step).where(Step.case_id == case.id, Step.status == "open")).one()
        session.execute(update(StepHolder).where(StepHolder.step_id == step.id).values(status="cancelled"))
        step.queue, step.holder_id = "medical_directorate", None
    text = site.page(AMD, f"/cases/{reference}").text
    assert "Nobody holds the role of Clinical Manager for this case: the step waits to be assigned" in text


def copies(site: Site, count: int) -> None:
    """So many more cases like the late one, each with a waiting step of its own."""
    reference = site.case_of(LATE)
    with site.session() as session:
        model = session.scalars(select(Case).where(Case.reference == reference)).one()
        held = session.scalars(select(Step).where(Step.case_id == model.id, Step.status == "open")).one()
        holder = held.holder_id
        assert holder
        for number in range(count):
            case = Case(
                trust_id=model.trust_id, reference=f"CPFT-2027-9{number:03}", process=model.process,
                title=f"Copy {number}", year=model.year, release_id=model.release_id, subject_id=model.subject_id,
                team_id=model.team_id, care_group_id=model.care_group_id, opened_at=NOW - timedelta(days=number),
            )  # fmt: skip
            session.add(case)
            session.flush()
            step = Step(
                trust_id=case.trust_id, case_id=case.id, task=f"t{number}", process="sign_off", element="sign_plan",
                name="Sign the plan", role="clinical_manager", holder_id=holder, opened_at=NOW,
            )  # fmt: skip
            session.add(step)
            session.flush()
            session.add(StepHolder(step_id=step.id, person_id=holder))


def test_a_list_of_fifty_cases_needs_no_more_statements_than_one_of_seven(site: Site) -> None:
    site.page(AMD, "/cases")
    with site.statements() as few:
        site.page(AMD, "/cases")
    copies(site, 50)
    with site.statements() as many:
        page = site.page(AMD, "/cases")
    assert len(references(page)) == 25
    assert len(many) == len(few) <= 14
    assert len(references(site.page(AMD, "/cases?page=3"))) == len(references(site.page(AMD, "/cases?page=99")))


def test_the_page_of_a_case_needs_few_statements_however_much_has_happened(site: Site) -> None:
    long_one, short_one = site.case_of(LATE), site.case_of("Dr Ngozi Eze")
    counts = []
    for reference in (long_one, short_one):
        site.page(AMD, f"/cases/{reference}")
        with site.statements() as sent:
            site.page(AMD, f"/cases/{reference}")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 28
