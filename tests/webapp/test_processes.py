"""How processes go: cases at each step, how long steps take, where they wait, as heat and as a table."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.factories import NOW, House, add_account, add_person, add_post, open_case, open_step
from tests.factories.disputes import moved_to, other_team
from tests.webapp.apps import Store
from tests.webapp.page import Page
from tests.webapp.test_statements import counted
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
DAY = timedelta(days=1)
PAGE = "/processes/individual_planning"
EVERY = f"{PAGE}?period=90"


def wait(store: Store, house: House, element: str, *, opened: float, ended: float | None = None) -> None:
    """A case of the house that waited at a step, or waits there still."""
    with store() as session:
        step = open_step(session, open_case(session, house), element=element)
        step.opened_at = NOW - opened * DAY
        if ended is not None:
            step.status, step.ended_at = "done", NOW - ended * DAY


def table(page: Page) -> list[list[str]]:
    """The table of the steps that have a figure: the values of its lines."""
    [found] = [one for one in page.root.iter("table") if "Steps, where" in page.text_of(one.find("caption"))]
    return [
        [page.text_of(value) for value in line.iter("span") if value.get("class") == "app-table__value"]
        for line in list(found.iter("tr"))[1:]
    ]


def heat(page: Page) -> list[list[object]]:
    """What the picture is told to show."""
    [region] = [one for one in page.root.iter("div") if one.get("data-heat")]
    found: list[list[object]] = json.loads(region.get("data-heat") or "")
    return found


def test_the_table_and_the_picture_say_the_same(cpft: House, visit: Visit, store: Store) -> None:
    for days in (2, 4, 10):
        wait(store, cpft, "read_pack", opened=days + 1, ended=1)
    wait(store, cpft, "agree_plan", opened=4)
    page = visit(cpft.directorate).open(EVERY)
    rows = {line[0].split(",")[0]: line for line in table(page)}
    assert [line[1:] for line in rows.values()] == [
        ["–", "3 times", "4 days", "10 days", "80%"],
        ["1 case", "–", "–", "–", "20%"],
    ]
    assert heat(page) == [["read_pack", 5, "80%"], ["agree_plan", 2, "20%, 1 now"]]
    assert "80% of all the waiting" in page.text
    assert "No case came to these steps: Issue the preparation material; " in page.text


def test_a_process_without_cases_says_what_to_do(cpft: House, visit: Visit) -> None:
    page = visit(cpft.directorate).open("/processes/planning_round")
    assert "No case waited at a step of this process in this period." in page.text
    assert "Choose a longer period" in page.text
    assert "data-heat" not in page.html


def test_the_period_is_remembered_and_stands_in_the_address(cpft: House, visit: Visit, store: Store) -> None:
    wait(store, cpft, "sign_plan", opened=200, ended=100)
    at = visit(cpft.directorate)
    assert "No case waited" in at.open(f"{PAGE}?period=30").text
    assert at.client.get(PAGE).location == f"{PAGE}?period=30"
    assert "100%" in at.open(f"{PAGE}?period=all&release=1").text
    assert at.client.get("/processes/planning_round").location == "/processes/planning_round?period=all&release=1"
    assert at.client.get(f"{PAGE}?period=soon&release=77").status_code == 200


def test_an_amd_sees_the_figures_of_the_care_groups_alone(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        team = other_team(session, cpft, care_group="Elsewhere", name="Elsewhere’s team")
        open_step(session, moved_to(session, open_case(session, cpft), team)).opened_at = NOW - DAY
    at = visit(cpft.amd)
    assert "Processes" in at.open("/").text
    assert "No case waited" in at.open(EVERY).text
    wait(store, cpft, "sign_plan", opened=1)
    assert "Cases of your care groups waited longest" in at.open(EVERY).text


def test_who_looks_after_processes_comes_from_the_studio_and_others_are_told_whose_page_it_is(
    cpft: House, visit: Visit, store: Store
) -> None:
    with store() as session:
        owner = add_person(session, trust=cpft.trust, name="Olive Owner")
        add_post(session, person=owner, role="process_owner", care_group=cpft.care_group, team=cpft.team)
        add_account(session, person=owner, persona="Owner")
    at = visit(owner)
    assert 'href="/processes"' in at.open("/studio").html
    assert PAGE in at.open("/processes").html
    for somebody in (cpft.doctor, cpft.manager, cpft.hr):
        for address in ("/processes", EVERY, f"{PAGE}.bpmn"):
            assert visit(somebody).client.get(address).status_code == 403
    assert at.client.get("/processes/no_such").status_code == 404
    assert at.client.get(f"{PAGE}.bpmn").text.count('isExecutable="true"') == 1


def test_figures_take_as_many_statements_however_many_cases_there_are(cpft: House, visit: Visit, store: Store) -> None:
    at = visit(cpft.directorate)
    wait(store, cpft, "sign_plan", opened=3, ended=1)
    at.open(EVERY)
    with counted() as few:
        at.open(EVERY)
    for number in range(6):
        wait(store, cpft, f"step_{number}", opened=number + 1)
    with counted() as many:
        at.open(EVERY)
    assert len(many) == len(few)


def test_a_period_of_ones_own_counts_whole_days_and_stands_in_the_address(
    cpft: House, visit: Visit, store: Store
) -> None:
    wait(store, cpft, "sign_plan", opened=100, ended=50)
    wait(store, cpft, "agree_plan", opened=70)
    at, last = visit(cpft.directorate), (NOW - 60 * DAY).date()
    page = at.open(f"{PAGE}?period=dates&from=1+1+2020&to={last.day}/{last.month}/{last.year}")
    assert "Cases at its end" in page.text
    rows = {line[0].split(",")[0]: line[1:] for line in table(page)}
    assert sorted(rows.values()) == [["1 case", "–", "–", "–", "21%"], ["1 case", "–", "–", "–", "79%"]]
    kept = f"{PAGE}?from=2020-01-01&period=dates&to={last.isoformat()}"
    assert at.client.get(PAGE).location == kept
    assert "1 January 2020 to" in at.open(kept).text


NONSENSE = [
    ("from=soon&to=", "“soon” is no date."),
    ("from=31+2+2027", "“31 2 2027” is no date."),
    ("from=1+1+0001", "“1 1 0001” is no date."),
    ("from=1+1+9999", "The period begins after today."),
    ("from=2+1+2026&to=1+1+2026", "The period ends before it begins."),
    ("to=" + "9" * 5_000, "is no date."),
]


@pytest.mark.parametrize(("typed", "sentence"), NONSENSE)
def test_days_that_make_no_period_are_refused_with_a_sentence(
    cpft: House, visit: Visit, typed: str, sentence: str
) -> None:
    page = visit(cpft.directorate).open(f"{PAGE}?period=dates&{typed}", status=422)
    assert sentence in page.text
    assert "Period" in page.text, "the usual figures are there still"
