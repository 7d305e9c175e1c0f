"""What a plan comes to while it is being written: asked for with a form in any state, answered, and kept nowhere."""

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from xml.etree.ElementTree import Element

import pytest
from werkzeug.test import TestResponse

from tests.cases.walk import Walk
from tests.webapp.apps import Store
from tests.webapp.test_crafted import at, interim  # noqa: F401 - the fixture
from tests.webapp.visitor import Visitor
from workflows.store.models import Contract, Draft, Person, PlanVersion

Visit = Callable[[Person], Visitor]
CLINIC = {"dcc-0-title": "Clinic", "dcc-0-day": "monday", "dcc-0-start": "9am", "dcc-0-end": "1pm"}
EVENING = {"dcc-1-title": "Evening", "dcc-1-day": "friday", "dcc-1-start": "16:00", "dcc-1-end": "20:00"}


def ask(doctor: Visitor, **boxes: str) -> TestResponse:
    """Ask for the figures of the open step, with these boxes filled in besides."""
    form = next(each for each in doctor.page.root.iter("form") if each.get("id") == "step-form")
    typed = {name: values[0] for name, values in doctor.page.values().items()} | boxes
    return doctor.client.post(f"{form.get('action')}/figures", data=typed)


def words(answer: TestResponse) -> str:
    """The answer as somebody reads it."""
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)).strip()


@pytest.fixture
def doctor(walk: Walk, visit: Visit, interim: str) -> Visitor:  # noqa: F811 - the fixture
    """The doctor with an empty draft open."""
    return at(walk, visit, walk.house.doctor, "draft_plan", interim)


@pytest.mark.clause("BTH-3.2.2", "BTH-3.2.8", "CPFT-7.4.2-a")
def test_the_answer_has_pas_and_hours_a_week_and_a_year_with_their_working(doctor: Visitor) -> None:
    said = words(ask(doctor, **CLINIC, **EVENING))
    # The clinic is 4 h / 4; the evening 3 h / 4 until 19:00 and then 1 h / 3: 25/12 in all, 42 times a year 87.5.
    assert "Direct clinical care PAs a week 2.083 (25/12) Hours a week 8 PAs a year 87.5 Hours a year 336" in said
    assert "Friday 19:00 to 20:00: 1 h premium at 3 h a PA = 0.333 (1/3) PA" in said
    assert "Total: 2.083 PAs a week, contracted: 10 7.917 less than contracted" in said


def test_each_line_and_kind_gets_its_figure_for_its_own_boxes(doctor: Visitor) -> None:
    answer = ask(doctor, **CLINIC, **EVENING, **{"dcc-1-pas": "2"})
    assert re.search(r'<data data-kind="dcc" value="3">', answer.text)
    assert re.search(r'<data data-line="dcc-0"[^>]* value="1">[^<]*from its times', answer.text)
    assert re.search(r'<data data-line="dcc-1"[^>]* value="1.083">By its times it would be 1.083 PA', answer.text)


def test_a_plan_of_sixty_lines_is_worked_out_too_in_whichever_way_its_form_is_sent(doctor: Visitor) -> None:
    lines = {f"dcc-{line}-{box}": said for line in range(60) for box, said in (("title", "Clinic"), ("pas", "0.25"))}
    more = {
        f"dcc-{line}-{box}": "" for line in range(60) for box in ("place", "hours", "which", *"abcdefghijklmnopqrs")
    }
    form = next(each for each in doctor.page.root.iter("form") if each.get("id") == "step-form")
    typed = {name: values[0] for name, values in doctor.page.values().items()} | lines | more
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        answer = doctor.client.post(f"{form.get('action')}/figures", data=typed, content_type=kind)
        assert "Total: 15 PAs a week" in words(answer)


def test_what_cannot_be_read_is_said_and_the_rest_is_worked_out(doctor: Visitor) -> None:
    said = words(ask(doctor, **CLINIC, **{**EVENING, "dcc-1-end": "late"}, **{"plan-effective_from-day": "40"}))
    assert "Not reckoned with, because it cannot be read yet: Line 2, Evening: the time must be like 09:30." in said
    assert "Total: 1 PAs a week" in said


def at_line(answer: TestResponse, name: str) -> str:
    """What is said at a line of what cannot be read in it."""
    [found] = re.findall(rf'<ul[^>]* id="{name}-unread"[^>]*>(.*?)</ul>', answer.text)
    return re.sub(r"<[^>]+>", " ", found).strip()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"start": "24:00"}, "Start: the time must be like 09:30; midnight is 00:00."),
        ({"start": "", "end": "", "hours": "1,5"}, "the hours must be a number from 0 to 168, such as 2.5."),
        ({"start": ""}, "Start: give both the start and the end, or neither."),
        ({"end": ""}, "End: give both the start and the end, or neither."),
        ({"pas": "1,5"}, "PAs a week: the PAs must be a number from 0 to 20, such as 1.25."),
    ],
)
def test_what_cannot_be_read_in_a_line_is_said_at_the_line_with_a_script_and_without(
    doctor: Visitor, typed: dict[str, str], said: str
) -> None:
    doctor.change("add-dcc", {})
    doctor.change("add-dcc", {})
    boxes = {**CLINIC, **EVENING, **{f"dcc-1-{part}": words for part, words in typed.items()}}
    answer = ask(doctor, **boxes)
    assert said in at_line(answer, "dcc-1")
    assert at_line(answer, "dcc-0") == ""
    assert re.search(r'<li><a href="#dcc-1-\w+">Line 2, Evening: ', answer.text), "beside the totals, and leads there"
    page = doctor.change("stay", boxes)
    assert f"{said} " in f"{page.text} ".partition("What the plan comes to")[0]
    assert page.problems == [], "nothing has been sent yet"


def test_what_cannot_be_read_in_a_row_of_a_part_is_said_at_the_row(doctor: Visitor) -> None:
    private = {"outside-0-work": "Clinic elsewhere", "outside-0-hours": "1,5"}
    assert at_line(ask(doctor, **private), "outside-0").startswith("Hours a week: ")


def asked_in(parts: Iterable[Element]) -> set[str | None]:
    """The names of the lists in parts of a page."""
    return {box.get("name") for part in parts for box in part.iter("select")}


@pytest.mark.clause("BTH-3.4.3-b", "BTH-3.4.3-c")
def test_a_line_in_premium_time_says_so_and_asks_why_among_its_main_boxes(doctor: Visitor) -> None:
    answer = ask(doctor, **CLINIC, **EVENING)
    assert re.search(r'data-line="dcc-1"[^>]*data-premium="Part of this is premium time: evening', answer.text)
    assert re.search(r'data-line="dcc-0"[^>]*data-premium=""', answer.text)
    doctor.change("add-dcc", {})
    doctor.change("add-dcc", {})
    page = doctor.change("stay", {**CLINIC, **EVENING, "dcc-1-day": "sunday"})
    [kind] = page.root.findall('.//*[@data-rows="dcc"]')
    clinic, evening = kind.findall("./*[@data-row]")
    assert "All of this is premium time" in "".join(evening.itertext())
    assert asked_in(evening.findall(".//*[@data-premium]")) == {"dcc-1-premium"}
    assert "dcc-1-premium" not in asked_in(evening.findall(".//details"))
    assert "dcc-0-premium" in asked_in(clinic.findall(".//details"))


def test_nothing_is_kept(doctor: Visitor, store: Store) -> None:
    ask(doctor, **CLINIC)
    with store() as session:
        assert session.query(PlanVersion).one().content["activities"] == []
        assert session.query(Draft).count() == 0


@pytest.mark.clause("CPFT-App1-c", "BTH-App3.3-a", "BTH-App3.3-f")
def test_additional_pas_stand_apart_and_those_above_ten_are_not_pensionable(doctor: Visitor) -> None:
    ten = {**CLINIC, "dcc-0-pas": "10"}
    assert "Above a whole-time contract 1.083 (13/12)" in words(ask(doctor, **ten, **EVENING))
    said = words(ask(doctor, **ten, **EVENING, **{"dcc-1-extra": "additional"}))
    assert "Standard PAs a week 10 " in said
    assert "Additional PAs a week 1.083 (13/12)" in said
    assert "Pensionable PAs a week 10 " in said


def test_the_pas_of_a_part_time_contract_are_pro_rata(doctor: Visitor, store: Store) -> None:
    with store() as session:
        for contract in session.query(Contract):
            contract.programmed_activities = Fraction(6)  # type: ignore[assignment]  # exact in the column too
    said = words(ask(doctor, **CLINIC))
    assert "6 of 10 PA: part-time, pro rata" in said


@pytest.mark.clause("BTH-3.4.16-e")
def test_with_private_work_more_than_48_hours_are_the_doctors_own_responsibility(doctor: Visitor) -> None:
    private = {"outside-0-kind": "private", "outside-0-work": "Clinic elsewhere", "outside-0-hours": "45"}
    said = words(ask(doctor, **CLINIC, **private))
    assert "Hours a week, with private and other work 49 With private work this is more than 48 hours a week." in said


def test_a_finding_leads_to_its_box(doctor: Visitor) -> None:
    answer = ask(doctor, **CLINIC, **{**EVENING, "dcc-1-day": "monday", "dcc-1-start": "12:00"})
    assert re.search(r'<a href="#dcc-[01]-\w+">[^<]*“Clinic” and “Evening” are at the same time', answer.text)
    assert '<a href="#research-reason">' in answer.text


def test_findings_stand_under_their_rule_with_how_many_there_are_the_gravest_first(doctor: Visitor) -> None:
    second = {**EVENING, "dcc-1-title": "Clinic", "dcc-1-day": "monday", "dcc-1-start": "12:00"}
    answer = ask(doctor, **CLINIC, **second)
    said = words(answer)
    assert re.search(r"Two paid lines at the same time To settle it: another time for one of them, .*?\. CPFT-7", said)
    assert said.index("Has to be mended") < said.index("Two paid lines") < said.index("To be settled")
    scheduled = r"<strong>Scheduled, but not what, when and where</strong>: 2 (.*?)</ul>"
    [places] = re.findall(scheduled, answer.text, re.DOTALL)
    assert re.findall(r'<a href="#(dcc-\d-place)">“Clinic” \((.*?)\)', places) == [
        ("dcc-0-place", "Monday 09:00 to 13:00"),
        ("dcc-1-place", "Monday 12:00 to 20:00"),
    ]


def test_the_year_is_laid_out_by_its_weeks_and_months(doctor: Visitor) -> None:
    first = {f"plan-effective_from-{part}": said for part, said in (("day", "1"), ("month", "4"), ("year", "2027"))}
    twice = {"dcc-0-often": "weeks", "dcc-0-which": "1 of 2"}
    said = words(ask(doctor, **CLINIC, **first, **twice))
    assert "The lines put 26 PAs into the year. In 10 of 52 weeks the doctor is away" in said
    assert "21 PAs a year count" in said
    assert "April 2027 Weeks from 1 Apr: 1 8 Apr: 0 15 Apr: 1 22 Apr: 0 29 Apr: 1" in said


def test_the_year_of_a_plan_without_a_start_is_the_planning_year_of_its_case(doctor: Visitor) -> None:
    said = words(ask(doctor, **CLINIC))
    assert "The plan has no start yet: this is the year from 1 April 2027." in said
    assert "April 2027 Weeks from 1 Apr: 1" in said


def test_only_whoever_has_the_step_gets_an_answer(walk: Walk, visit: Visit, doctor: Visitor) -> None:
    form = next(each for each in doctor.page.root.iter("form") if each.get("id") == "step-form")
    stranger = visit(walk.house.manager)
    answer = stranger.client.post(f"{form.get('action')}/figures", data={"csrf_token": stranger.page.token})
    assert answer.status_code in {403, 404}
    assert doctor.client.post(f"{form.get('action')}/figures", data={}).status_code == 400, "without a token"
