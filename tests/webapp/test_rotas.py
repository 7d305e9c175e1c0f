"""On-call rotas in the browser: who sees and keeps them, a doctor's diary, and the average that a manager agrees."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from tests.factories import NOW, TODAY, House, World
from tests.webapp.apps import Store
from tests.webapp.test_people import answers, day
from tests.webapp.visitor import Visitor
from workflows import on_call
from workflows.cases import Actor
from workflows.on_call import About, Done
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
READERS = ("doctor", "manager", "service_manager", "amd", "medical_director", "directorate", "hr", "finance")
STRANGERS = ("chief_executive", "board_secretary")
A_DAY, FIRST = timedelta(days=1), TODAY - timedelta(days=70)


@pytest.fixture
def house(world: World) -> House:
    """Blackpool."""
    return world.bth


@pytest.fixture
def kept(house: House, store: Store) -> dict[str, int]:
    """A rota with two doctors, whose diary of ten weeks ended yesterday; one of them has entered work."""
    about: dict[str, Any] = {"by": Actor(house.manager.id, house.trust.id), "now": NOW}
    with store() as session:
        rota = on_call.add_rota(session, team_id=house.team.id, said=About("Physicians"), **about)
        for doctor in (house.doctor, house.colleague):
            place: dict[str, Any] = {"person_id": doctor.id, "starts_on": FIRST, "equal_share": True}
            on_call.add_member(session, rota_id=rota, **place, **about)
        diary = on_call.open_diary(session, rota_id=rota, starts_on=FIRST, **about)
        doctor_now: dict[str, Any] = {"by": Actor(house.doctor.id, house.trust.id), "now": NOW}
        for week in range(10):
            round_ = Done(FIRST + (5 + 7 * week) * A_DAY, time(9), time(11), "predictable")
            call = Done(FIRST + 7 * week * A_DAY, time(20), time(22), "unpredictable")
            for done in (round_, call):
                on_call.record_work(session, diary_id=diary, done=done, **doctor_now)
    return {"rota": rota, "diary": diary}


def test_a_trust_is_shown_the_clauses_of_its_own_policy_alone(world: World, visit: Visit) -> None:
    assert "left out (BTH 3.4.13.1)." in visit(world.bth.manager).open("/rotas/new").text
    assert "left out. " in visit(world.cpft.manager).open("/rotas/new").text


@pytest.mark.parametrize("part", READERS)
def test_whoever_plans_or_reads_plans_finds_the_rotas_of_their_team(
    house: House, visit: Visit, kept: dict[str, int], part: str
) -> None:
    visitor = visit(getattr(house, part))
    assert "/rotas" in visitor.page.links
    assert "Physicians" in visitor.open("/rotas").text
    page = visitor.open(f"/rotas/{kept['rota']}")
    assert "1 in 2" in page.text
    assert "By the number of doctors on it" in page.text
    assert ("Add a doctor" in page.text) == (part in ("manager", "directorate"))
    page = visitor.open(f"/rotas/diaries/{kept['diary']}")
    assert "Averages of the whole team" in page.text
    assert ("Agree this average" in page.text) == (part == "manager")
    assert ("Dr Neil Ashworth has entered nothing" in page.text) == (part not in ("doctor", "hr", "finance"))


@pytest.mark.parametrize("part", STRANGERS)
def test_whoever_has_no_part_in_planning_sees_no_rota(
    house: House, visit: Visit, kept: dict[str, int], part: str
) -> None:
    visitor = visit(getattr(house, part))
    assert "/rotas" not in visitor.page.links
    assert "No rota yet" in visitor.open("/rotas").text
    for address in (f"/rotas/{kept['rota']}", f"/rotas/diaries/{kept['diary']}", "/rotas/new"):
        visitor.open(address, status=403)


def test_a_rota_of_another_trust_is_not_there(world: World, visit: Visit, kept: dict[str, int]) -> None:
    visitor = visit(world.cpft.directorate)
    for address in (f"/rotas/{kept['rota']}", f"/rotas/diaries/{kept['diary']}", f"/rotas/{kept['rota']}/change"):
        visitor.open(address, status=404)


@pytest.mark.parametrize("part", ["doctor", "service_manager", "amd", "medical_director", "hr", "finance"])
def test_nobody_else_opens_the_forms_of_a_rota(house: House, visit: Visit, kept: dict[str, int], part: str) -> None:
    visitor = visit(getattr(house, part))
    for address in ("change", "category", "doctors/new", "close", "diaries/new"):
        visitor.open(f"/rotas/{kept['rota']}/{address}", status=403)
    visitor.open(f"/rotas/diaries/{kept['diary']}/agree", status=403)
    if part != "doctor":
        visitor.open(f"/rotas/diaries/{kept['diary']}/work/new", status=403)


@pytest.mark.clause("BTH-3.4.13.1-c")
def test_a_manager_sets_up_a_rota_puts_a_doctor_on_it_and_sets_its_category_with_the_reason(
    house: House, visit: Visit
) -> None:
    visitor = visit(house.manager)
    assert "Add the first rota" in visitor.open("/rotas").text
    visitor.open("/rotas/new")
    page = visitor.send("/rotas/new", answers(team=str(house.team.id), name="", routine_emergencies="no"), status=422)
    assert any("Name of the rota" in problem for problem in page.problems)
    boxes = answers(team=str(house.team.id), name="Stroke", frequency="4.5", routine_emergencies="no")
    page = visitor.send("/rotas/new", boxes)
    assert page.heading == "Stroke"
    assert "1 in 4.5" in page.text
    rota = "/rotas/1"
    visitor.open(f"{rota}/doctors/new")
    boxes = {**answers(person=str(house.doctor.id), equal_share="yes"), **day("starts_on", TODAY)}
    page = visitor.send(f"{rota}/doctors/new", boxes)
    assert "The category of the rota, A or B, has not been set yet." in page.text
    visitor.open(f"{rota}/category")
    visitor.send(f"{rota}/category", answers(category="A", reason=""), status=422)
    page = visitor.send(f"{rota}/category", answers(category="A", reason="They return at once."))
    assert "A: typically returns at once" in page.text
    assert "They return at once." in page.text
    assert "1 in 4.5 lies between two bands of the policy" in page.text
    visitor.open(f"{rota}/change")
    page = visitor.send(f"{rota}/change", answers(name="Stroke", frequency="5", routine_emergencies="yes"))
    assert "5 % of full-time basic salary" in page.text
    assert "Deals with emergencies as a routine" in page.text


def test_a_manager_opens_a_diary_for_ten_weeks_unless_they_say_otherwise(
    house: House, visit: Visit, kept: dict[str, int]
) -> None:
    visitor = visit(house.manager)
    page = visitor.open(f"/rotas/{kept['rota']}/diaries/new")
    [weeks] = [box for box in page.root.iter("input") if box.get("name") == "answer-weeks"]
    assert weeks.get("value") == "10"
    boxes = {**answers(weeks="4"), **day("starts_on", FIRST)}
    assert (
        "has a diary in that time already" in visitor.send(f"/rotas/{kept['rota']}/diaries/new", boxes, status=409).text
    )
    page = visitor.send(f"/rotas/{kept['rota']}/diaries/new", {**boxes, **day("starts_on", TODAY)})
    assert "kept from 1 March 2027 to 28 March 2027" in page.text
    assert "Averages show here once the diary has been kept for a week" in page.text


@pytest.mark.clause("BTH-3.4.13.2-d", "BTH-App4-a")
def test_a_doctor_enters_work_sees_their_entries_alone_and_takes_one_out_again(
    house: House, visit: Visit, kept: dict[str, int]
) -> None:
    address = f"/rotas/diaries/{kept['diary']}"
    visitor = visit(house.colleague)
    page = visitor.open(address)
    assert "You have entered nothing yet" in page.text
    assert "Dr Marta Kowalska" not in page.text
    visitor.open(f"{address}/work/new")
    boxes = {**answers(start="10:30pm", end="1am", kind="unpredictable", in_pa="no"), **day("day", FIRST)}
    page = visitor.send(f"{address}/work/new", boxes)
    assert "2.5 hours on" in page.text
    assert "22:30 to 01:00" in page.text
    assert "at that time already" in visitor.send(f"{address}/work/new", boxes, status=409).text
    [taking_out] = [form.get("action") for form in page.root.iter("form") if "/remove" in form.get("action", "")]
    visitor.open(address)
    assert "You have entered nothing yet" in visitor.send(str(taking_out), {}).text


def test_work_of_more_than_13_hours_is_entered_once_somebody_says_that_it_is_right(
    house: House, visit: Visit, kept: dict[str, int]
) -> None:
    address = f"/rotas/diaries/{kept['diary']}/work/new"
    visitor = visit(house.colleague)
    assert "Is it right?" not in visitor.open(address).text
    boxes = {**answers(start="08:00", end="08:00", kind="unpredictable", in_pa="no"), **day("day", FIRST)}
    assert "ends at the time at which it starts" in visitor.send(address, boxes, status=409).text
    boxes |= answers(end="07:30")
    page = visitor.send(address, boxes, status=422)
    assert page.problems == ["“That is 23.5 hours without a break. Is it right?” needs an answer."]
    assert "This is right" in page.text
    assert "23.5 hours on" in visitor.send(address, {**boxes, **answers(sure="yes")}).text


@pytest.mark.clause("BTH-3.4.17-a")
def test_capacity_work_on_call_is_refused_on_the_page(house: House, visit: Visit, kept: dict[str, int]) -> None:
    address = f"/rotas/diaries/{kept['diary']}/work/new"
    visitor = visit(house.colleague)
    visitor.open(address)
    boxes = {**answers(start="18:00", end="20:00", kind="capacity", in_pa="no"), **day("day", FIRST)}
    page = visitor.send(address, boxes, status=409)
    assert "There is no exception to this" in page.text


@pytest.mark.clause("BTH-3.2.3-a")
def test_work_that_came_back_every_week_is_named_for_the_timetable(
    house: House, visit: Visit, kept: dict[str, int]
) -> None:
    page = visit(house.manager).open(f"/rotas/diaries/{kept['diary']}")
    assert "Belongs in the timetable" in page.text
    assert "Saturday 09:00 to 11:00, in 10 of 10 weeks" in page.text


@pytest.mark.clause("BTH-3.4.13.2-b", "BTH-3.4.1.4-c", "BTH-App4-e")
def test_the_manager_agrees_the_average_and_everybody_reads_it_with_its_working(
    house: House, visit: Visit, kept: dict[str, int]
) -> None:
    address = f"/rotas/diaries/{kept['diary']}"
    visitor = visit(house.manager)
    page = visitor.open(f"{address}/agree")
    assert "Each of the 2 doctors on Physicians then has" in page.text
    boxes = {**answers(note="All were there."), **day("met_on", TODAY), **day("applies_from", TODAY)}
    page = visitor.send(f"{address}/agree", boxes)
    assert "PA a week for each doctor" in page.heading or "Agreed:" in page.text
    assert "All were there." in page.text
    assert "at the specialty meeting on 1 March 2027, among 2 doctors" in page.text
    visitor.open(f"{address}/agree", status=403)
    page = visit(house.colleague).open(f"/rotas/{kept['rota']}")
    assert "for each doctor alike" in page.text
    for line in ("method 1: weekdays and weekends together", "method 2: weekdays and weekends together", "124.88 %"):
        assert line in page.text


def test_an_average_is_not_agreed_while_the_diary_is_kept(house: House, visit: Visit, kept: dict[str, int]) -> None:
    with time_machine.travel(datetime.combine(FIRST + 20 * A_DAY, time(9)), tick=False):
        visitor = visit(house.manager)
        page = visitor.open(f"/rotas/diaries/{kept['diary']}")
        assert "What it comes to so far" in page.text
        visitor.open(f"/rotas/diaries/{kept['diary']}/agree", status=403)


def test_a_doctor_leaves_and_a_rota_is_closed(house: House, visit: Visit, kept: dict[str, int]) -> None:
    visitor = visit(house.directorate)
    page = visitor.open(f"/rotas/{kept['rota']}")
    leaving = next(link for link in page.links if link.endswith("/end"))
    visitor.open(leaving)
    page = visitor.send(leaving, day("ends_on", TODAY - A_DAY))
    assert "1 in 1" in page.text
    visitor.open(f"/rotas/{kept['rota']}/close")
    page = visitor.send(f"/rotas/{kept['rota']}/close", day("day", date(2027, 3, 1)))
    assert "There is no such rota from 1 March 2027 on" in page.text
    assert "Add a doctor" not in page.text
