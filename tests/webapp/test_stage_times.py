"""How long disputes take: the chart with its table, and what is likely to be missed."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from tests.factories import TODAY, House
from tests.factories.disputes import book, closed_limit, moved_to, open_dispute, open_in, open_limit, other_team
from tests.webapp.apps import Store
from tests.webapp.page import Page
from tests.webapp.test_statements import counted
from tests.webapp.visitor import Visitor
from workflows.store.models import Case, Person

Visit = Callable[[Person], Visitor]
TIMES = "/disputes/times"
LAST_YEAR = date(2026, 3, 2)


def over(session: Session, house: House, took: int, *, name: str = "mediation_meeting", promised: int = 28) -> Case:
    """A closed dispute whose limit was kept, or not, after so many days; it is drawn in the mediation."""
    case = open_dispute(session, house)
    case.status = "closed"
    step = open_in(session, case, "mediation", element=f"did_{name}")
    step.status, step.deadline = "done", name
    closed_limit(session, case, name, promised=promised, took=took, starts_on=LAST_YEAR)
    return case


def table(page: Page) -> list[list[str]]:
    """The table below the chart: the values of its lines."""
    [found] = [one for one in page.root.iter("table") if "The same as a table" in page.text_of(one.find("caption"))]
    return [
        [page.text_of(value) for value in line.iter("span") if value.get("class") == "app-table__value"]
        for line in list(found.iter("tr"))[1:]
    ]


def test_the_chart_holds_promised_against_actual_with_its_table(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        for took in (20, 40, 35):
            over(session, cpft, took)
        lapsed = over(session, cpft, 0, name="lodge_appeal", promised=14)
        closed_limit(session, lapsed, "referral", promised=14, took=14, status="lapsed")
        open_limit(session, open_dispute(session, cpft), "panel_meets", due=-90)
    page = visit(cpft.amd).open(TIMES)
    assert sorted(table(page)) == [
        ["Mediation", "Appeal against the outcome of mediation", "1", "14 days", "0 days", "0 of 1"],
        ["Mediation", "Mediation meeting", "3", "28 days", "35 days", "2 of 3"],
    ]
    assert "Promised 28 days, took 35 days" in page.text
    bars = {one.get("class"): one.get("width") for one in page.root.iter("{http://www.w3.org/2000/svg}rect")}
    assert bars["app-bars__over"] == "100.0"
    assert " style=" not in page.html


def test_what_is_likely_to_be_missed_says_from_what(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        for number in range(10):
            over(session, cpft, 30 + number)
        case = open_dispute(session, cpft)
        open_limit(session, case, "mediation_meeting", due=18, starts_on=TODAY - timedelta(days=10))
        reference = case.reference
        open_limit(session, open_dispute(session, cpft), "mediation_meeting", due=-1)
        generous = open_dispute(session, cpft)
        open_limit(session, generous, "mediation_meeting", due=60)
    page = visit(cpft.amd).open(TIMES)
    assert "Of 2 running limits, 1 is likely to be missed" in page.text
    [line] = [page.text_of(one) for one in page.root.iter("tr") if reference in page.text_of(one)]
    assert "Mediation meeting: 19 March 2027" in line
    assert "25 March 2027" in line
    assert "6 days over" in line
    said = "From 10 cases of “Mediation meeting” since 1 April 2026: half of them took 34.5 days or longer."
    assert said in line


def test_under_ten_cases_it_is_silent_and_says_why(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        for _ in range(9):
            over(session, cpft, 40)
        open_dispute(session, cpft, due=5)
        open_dispute(session, cpft, due=5, limit="recommendation")
    page = visit(cpft.amd).open(TIMES)
    assert "Of 2 running limits, none is likely to be missed by what is known so far." in page.text
    assert "it takes 10 cases in which one is over, and this trust has fewer" in page.text
    assert "Mediation meeting: 9 so far" in page.text
    assert "Recommendation of the appeal panel: none so far" in page.text


def test_a_meeting_that_is_booked_is_not_guessed(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        for _ in range(10):
            over(session, cpft, 90)
        in_time = open_dispute(session, cpft, due=20)
        book(session, in_time, "mediation", on=TODAY + timedelta(days=10))
        too_late = open_dispute(session, cpft, due=20)
        book(session, too_late, "mediation", on=TODAY + timedelta(days=23))
        good, bad = in_time.reference, too_late.reference
    page = visit(cpft.amd).open(TIMES)
    assert good not in page.text
    assert bad in page.text
    assert "That is the day for which it is booked." in page.text


def test_figures_are_those_of_ones_own_board_and_forecasts_of_the_whole_trust(
    cpft: House, visit: Visit, store: Store
) -> None:
    with store() as session:
        team = other_team(session, cpft, care_group="Children", name="Carlisle paediatrics")
        for _ in range(10):
            moved_to(session, over(session, cpft, 40), team)
        reference = open_dispute(session, cpft, due=28).reference
    page = visit(cpft.amd).open(TIMES)
    assert "No limit of a dispute is over yet." in page.text
    assert reference in page.text
    assert table(visit(cpft.directorate).open(TIMES))[0][2] == "10"


def test_a_stopped_clock_foretells_nothing_and_strangers_see_none(cpft: House, visit: Visit) -> None:
    assert "No limit is running at the moment." in visit(cpft.amd).open(TIMES).text
    visit(cpft.doctor).open(TIMES, status=403)


def test_it_asks_no_more_of_the_database_however_many_there_are(cpft: House, visit: Visit, store: Store) -> None:
    visitor = visit(cpft.amd)
    with store() as session:
        over(session, cpft, 20)
        open_dispute(session, cpft, due=5)
    visitor.open(TIMES)
    with counted() as one:
        visitor.open(TIMES)
    with store() as session:
        for _ in range(12):
            over(session, cpft, 40)
            open_dispute(session, cpft, due=5)
    with counted() as many:
        visitor.open(TIMES)
    assert len(many) == len(one)
