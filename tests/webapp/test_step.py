"""The page of a step, made from the fields of a drawing: every type of field, errors, drafts, claims."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from tests.cases.walk import Walk
from tests.factories import NOW, TODAY, House, World, shipped_files
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows import cases
from workflows.domain.events import EVENTS, details_of
from workflows.engine import runner
from workflows.inbox.history import PEOPLE
from workflows.store.models import Deputy, Draft, Event, Person, Step, StepHolder

Visit = Callable[[Person], Visitor]
ALL: dict[str, Any] = {
    "data": "A <b>line</b> & more",
    "errors": "One\n\nTwo",
    "when__day": "1",
    "when__month": "April",
    "when__year": "2027",
    "at": "9.30am",
    "number": "2.5",
    "yes": "no",
    "colour": "blue",
    "month": "feb",
    "some": ["a", "c"],
}


@pytest.fixture
def files() -> dict[str, str]:
    """A release in which one step asks with every type of field."""
    drawn = (Path(__file__).parent / "diagrams" / "every_field.bpmn").read_text(encoding="utf-8")
    return shipped_files() | {"processes/individual_planning.bpmn": drawn}


@pytest.fixture
def reference(walk: Walk) -> str:
    """A case that waits for the doctor's answers."""
    return start(walk, walk.house)


def start(walk: Walk, house: House) -> str:
    """A case about the doctor."""
    about = {"subject": house.doctor.id, "team": house.team.id, "employment_start_date": "2027-02-01"}
    return walk.start(house.directorate, "individual_planning", kind="interim", **about)


@pytest.fixture
def asked(walk: Walk, visit: Visit, reference: str) -> Visitor:
    """The doctor with the page open."""
    doctor = visit(walk.house.doctor)
    doctor.open(f"/steps/{walk.step(walk.house.doctor, 'answer', reference)}")
    return doctor


def test_every_type_of_field_comes_back_as_it_was_meant(walk: Walk, asked: Visitor, reference: str) -> None:
    people: dict[str, Any] = {
        "who": str(walk.house.amd.id),
        "them": [str(walk.house.manager.id), str(walk.house.doctor.id)],
    }
    page = asked.fill(**ALL, **people)
    assert page.heading == "My steps"
    assert "You have completed “Answer everything”" in page.text
    assert "What happens next: “Read the answers” with Imogen Bland or Jack Tyson" in page.text
    known = walk.facts(reference)
    assert {key: known[key] for key in ("data", "errors", "when", "at", "number", "yes")} == {
        "data": "A <b>line</b> & more",
        "errors": "One\n\nTwo",
        "when": "2027-04-01",
        "at": "09:30",
        "number": 2.5,
        "yes": False,
    }
    assert [known[key] for key in ("colour", "month", "some")] == ["blue", "feb", ["a", "c"]]
    assert (known["who"], sorted(known["them"])) == (
        walk.house.amd.id,
        sorted([walk.house.doctor.id, walk.house.manager.id]),
    )


def test_what_is_wrong_is_said_at_its_field_and_everything_typed_stays(asked: Visitor) -> None:
    wrong = {**ALL, "data": "", "when__day": "31", "when__month": "4", "at": "25:00", "number": "13", "yes": []}
    page = asked.fill(status=422, **wrong)
    assert page.problems == [
        "“A line” needs an answer.",
        "“A day” must be a real date.",
        "“A time” must be a time, such as 9:30am or 14:00.",
        "“A number” must be 12 or less.",
        "“Yes or no?” needs an answer.",
    ]
    assert [link for link in page.links if link.startswith("#answer")] == [
        "#answer-data", "#answer-when-day", "#answer-at", "#answer-number", "#answer-yes",
    ]  # fmt: skip
    sent = page.values()
    assert sent["answer-when-day"] == ["31"]
    assert sent["answer-at"] == ["25:00"]
    assert sent["answer-number"] == ["13"]
    assert sent["answer-some"] == ["a", "c"]
    assert sent["answer-errors"] == ["One\n\nTwo"]


def test_a_date_without_its_year_names_the_box_that_is_missing(asked: Visitor) -> None:
    page = asked.fill(status=422, **{**ALL, "when__year": ""})
    assert page.problems == ["“A day” must include a year."]
    assert "#answer-when-year" in page.links


@pytest.mark.parametrize("value", ["x", "nan", "inf", "1e999", "--1", "1 2"])
def test_what_is_no_number_is_refused(asked: Visitor, value: str) -> None:
    page = asked.fill(status=422, **{**ALL, "number": value})
    assert len(page.problems) == 1
    assert page.problems[0].startswith("“A number” must")
    assert page.values()["answer-number"] == [value]


def test_options_and_people_that_are_not_offered_are_refused(asked: Visitor, world: World) -> None:
    forged = {"colour": "green", "some": ["a", "z"], "who": str(world.bth.doctor.id), "them": [str(world.bth.amd.id)]}
    page = asked.fill(status=422, **{**ALL, **forged})
    assert [problem.split("”")[0] for problem in page.problems] == [
        "“A colour", "“Some of these", "“A person", "“Some people",
    ]  # fmt: skip


def test_a_step_says_what_it_is_about_and_why_it_is_asked(asked: Visitor, reference: str) -> None:
    text = asked.page.text
    assert asked.page.heading == "Answer everything"
    assert "Dr Amina Osei: interim plan of a new starter 2027/28" in text
    assert f"/cases/{reference}" in asked.page.links
    assert "CPFT 7.5: Signatures of both" in text
    assert "BTH 2" not in text, "the other trust's policy is not this doctor's"
    assert "Step 1 of about 3" in text
    assert any(link.startswith("/deadlines/") for link in asked.page.links), "why this date?"


def test_a_half_filled_step_is_kept_as_it_was_typed(asked: Visitor) -> None:
    address = next(each.get("action", "") for each in asked.page.root.iter("form") if each.get("id") == "step-form")
    page = asked.fill("save", data="Half a", when__day="99", number="many")
    assert "What you entered in “Answer everything” is saved." in page.text
    assert "Draft saved" in page.text
    page = asked.open(address)
    assert not page.problems, "nobody is told off for what is only half done"
    assert page.values()["answer-data"] == ["Half a"]
    assert page.values()["answer-when-day"] == ["99"]
    assert page.values()["answer-number"] == ["many"]
    assert "You saved this on Monday 1 March 2027 at 9:30am" in page.text


def test_a_second_window_does_not_overwrite_what_the_first_has_saved(
    walk: Walk, visit: Visit, asked: Visitor, store: Store
) -> None:
    other = visit(walk.house.doctor)
    other.open(f"/steps/{walk.step(walk.house.doctor, 'answer')}")
    asked.fill("save", data="First")
    page = other.fill("save", status=409, data="Second")
    assert "You have this step open in another window" in page.text
    assert page.values()["answer-data"] == ["Second"], "what was typed is still there"
    assert draft(store) == ["First"]
    other.fill("save")
    assert draft(store) == ["Second"], "saved again, now knowingly"


def draft(store: Store) -> object:
    """What is kept of the first question."""
    with store() as session:
        return session.query(Draft).one().values["answer-data"]


def test_a_completed_step_leaves_no_draft(asked: Visitor, store: Store) -> None:
    asked.fill("save", data="Half")
    with store() as session:
        asked.open(f"/steps/{session.query(Step).one().id}")
    asked.fill(**ALL)
    with store() as session:
        assert not session.query(Draft).all()


def test_what_was_typed_is_shown_to_whoever_came_too_late(walk: Walk, asked: Visitor) -> None:
    values: dict[str, Any] = {"data": "x", "when": "2027-04-01", "yes": True}
    walk.do(walk.house.doctor, "answer", **values)
    page = asked.fill(status=409, **ALL)
    assert page.heading == "This step is no longer waiting"
    assert "A <b>line</b> & more" in page.text
    assert "2.5" in page.text


def test_a_step_that_is_done_says_so(walk: Walk, asked: Visitor) -> None:
    step = walk.step(walk.house.doctor, "answer")
    walk.do(walk.house.doctor, "answer", data="x", when="2027-04-01", yes=True)
    page = asked.open(f"/steps/{step}", status=409)
    assert "This step has already been completed by Dr Amina Osei." in page.text


def test_a_step_of_another_trust_does_not_exist(world: World, visit: Visit, walk: Walk, reference: str) -> None:
    step = walk.step(walk.house.doctor, "answer", reference)
    for stranger in (world.bth.doctor, world.bth.directorate, world.bth.medical_director):
        visitor = visit(stranger)
        here = visitor.open(f"/steps/{step}", status=404)
        nowhere = visitor.open("/steps/999999", status=404)
        assert here.text == nowhere.text
        for address in (f"/steps/{step}", f"/steps/{step}/claim", f"/steps/{step}/release"):
            visitor.send(address, {"answer-data": "x"}, status=404)


def test_a_colleague_may_not_do_another_ones_step(world: World, visit: Visit, walk: Walk, reference: str) -> None:
    step = walk.step(walk.house.doctor, "answer", reference)
    visitor = visit(world.cpft.colleague)
    page = visitor.open(f"/steps/{step}", status=404)
    assert "Dr Amina Osei" not in page.text, "who counts ids learns nobody's name"
    answers = {"answer-data": "x", "answer-yes": "yes", "answer-when-day": "1", "answer-when-month": "4"}
    visitor.send(f"/steps/{step}", {**answers, "answer-when-year": "2027"}, status=404)
    assert "answer" in walk.waiting(reference)


def test_one_of_a_team_claims_a_step_and_gives_it_back(walk: Walk, visit: Visit, asked: Visitor) -> None:
    asked.fill(**ALL)
    first, second = visit(walk.house.directorate), visit(walk.house.second_directorate)
    step = walk.step(walk.house.directorate, "read")
    assert "Shared with others" in first.page.text or "Shared with others" in first.open("/").text
    assert "Any of Imogen Bland and Jack Tyson can do this step." in first.open(f"/steps/{step}").text
    page = first.send(f"/steps/{step}/claim", {})
    assert "You have claimed this step." in page.text
    assert f"/steps/{step}" not in second.open("/").links
    assert "Imogen Bland has claimed this step." in second.open(f"/steps/{step}", status=403).text
    second.send(f"/steps/{step}/claim", {}, status=403)
    first.open(f"/steps/{step}")
    first.send(f"/steps/{step}/release", {})
    assert f"/steps/{step}" in second.open("/").links


def test_a_step_that_nobody_can_do_is_assigned_but_not_done_by_the_directorate(
    walk: Walk, visit: Visit, asked: Visitor, world: World
) -> None:
    asked.fill(**ALL)
    walk.perform(
        cases.claim_step,
        actor=walk.actor(walk.house.directorate),
        step_id=walk.step(walk.house.directorate, "read"),
        now=walk.at,
    )
    office = visit(walk.house.directorate)
    office.open(f"/steps/{walk.step(walk.house.directorate, 'read')}")
    office.fill(note="Read.")
    assert "Steps that nobody can do" in office.page.text
    address = next(link for link in office.page.links if link.startswith("/steps/"))
    page = office.open(address)
    assert "You can assign the step, but not do it." in page.text
    assert world.bth.doctor.name not in page.text
    office.send(address, {"answer-outcome": "Done by the office"}, status=403)
    office.open(address)
    assert office.send(f"{address}/assign", {"person": ""}, status=422).problems == ["Choose a person."]
    assert (
        "The step is now with Dr Edmund Thwaite."
        in office.send(f"{address}/assign", {"person": str(walk.house.amd.id)}).text
    )
    case = office.open(f"/cases/{walk.newest('individual_planning')}").text
    assert re.search(r"assigned “[^”]+” to Dr Edmund Thwaite\.", case), "the history names people, not ids"
    with walk.session() as session:
        told = {key for event in session.query(Event) for key, value in event.details.items() if is_person(value)}
    assert told <= PEOPLE | {"step", "number", "plan", "team_plan", "case"}, told
    amd = visit(walk.house.amd)
    amd.open(address)
    assert "is complete" in amd.fill(outcome="Agreed.").text


def is_person(value: object) -> bool:
    """Whether a detail of an event may be the id of somebody, or several."""
    return any(
        isinstance(one, int) and not isinstance(one, bool) for one in (value if isinstance(value, list) else [value])
    )


def test_every_person_that_the_words_of_the_history_name_is_looked_up() -> None:
    people = {"who", "holder", "to", "from", "whose"}
    named = set().union(*(details_of(kind) for kind in EVENTS)) & people
    assert named - {"who"} <= PEOPLE
    assert named == people, "the kinds of events tell of nobody else"


def test_a_deputy_sees_for_whom_and_acts_in_both_names(walk: Walk, visit: Visit, store: Store, reference: str) -> None:
    be_deputy(store, walk.house.colleague, walk.house.doctor)
    deputy = visit(walk.house.colleague)
    page = deputy.open("/")
    assert "You are deputy for Dr Amina Osei today." in page.text
    assert "For Dr Amina Osei, as deputy" in page.text
    deputy.open(f"/steps/{walk.step(walk.house.doctor, 'answer', reference)}")
    assert "You do this for Dr Amina Osei, as deputy." in deputy.page.text
    deputy.fill(**ALL)
    with store() as session:
        step = session.query(Step).filter_by(element="answer").one()
    assert (step.done_by_id, step.on_behalf_of_id) == (walk.house.colleague.id, walk.house.doctor.id)


def test_a_form_without_its_token_changes_nothing(walk: Walk, asked: Visitor, reference: str) -> None:
    step = walk.step(walk.house.doctor, "answer", reference)
    answer = asked.client.post(f"/steps/{step}", data={"answer-data": "x", "csrf_token": "forged"})
    assert answer.status_code == 400
    assert "answer" in walk.waiting(reference)


@pytest.mark.parametrize("token", ["forged", ""])
def test_what_was_typed_is_shown_when_the_page_was_open_for_too_long(asked: Visitor, token: str) -> None:
    form = next(each for each in asked.page.root.iter("form") if each.get("id") == "step-form")
    page = asked.send(form.get("action", ""), {"answer-data": "Hours of work", "csrf_token": token}, status=400)
    assert page.heading == "This page was open for too long"
    assert "Data Hours of work" in page.text


def test_what_was_typed_is_shown_when_a_colleague_has_claimed_the_step(
    walk: Walk, visit: Visit, asked: Visitor, reference: str
) -> None:
    asked.fill(**ALL)
    first, second = visit(walk.house.directorate), visit(walk.house.second_directorate)
    step = walk.step(walk.house.directorate, "read")
    second.open(f"/steps/{step}")
    first.open(f"/steps/{step}")
    first.send(f"/steps/{step}/claim", {})
    page = second.send(f"/steps/{step}", {"answer-note": "A long note", "press": "complete"}, status=403)
    assert page.heading == "This step was not sent"
    assert "A colleague has claimed this step." in page.text
    assert "A long note" in page.text
    assert f"/cases/{reference}" in page.links


def test_a_step_that_the_case_has_left_behind_still_shows_what_was_typed(
    asked: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone_on(*_: object, **__: object) -> None:
        raise runner.StepNotWaiting

    monkeypatch.setattr(cases, "complete_step", gone_on)
    page = asked.fill(status=409, **ALL)
    assert page.heading == "This step is no longer waiting"
    assert "A <b>line</b> & more" in page.text


def test_a_page_that_was_shown_again_still_belongs_to_the_draft_it_was_made_from(
    walk: Walk, visit: Visit, asked: Visitor, store: Store
) -> None:
    other = visit(walk.house.doctor)
    other.open(f"/steps/{walk.step(walk.house.doctor, 'answer')}")
    asked.fill("save", data="Newer")
    assert other.fill(status=422, data="Older").values()["draft_version"] == ["0"]
    assert "You have this step open in another window" in other.fill("save", status=409).text
    assert draft(store) == ["Newer"]


@pytest.mark.parametrize("version", ["abc", "9" * 30, "-1", "²"])
def test_a_draft_version_that_is_no_number_is_none(asked: Visitor, store: Store, version: str) -> None:
    asked.change("save", {"answer-data": "Kept", "draft_version": version})
    assert draft(store) == ["Kept"]


def test_words_of_people_never_become_markup(walk: Walk, asked: Visitor) -> None:
    page = asked.fill("save", data="<script>alert(1)</script>", errors="</textarea><script>")
    step = walk.step(walk.house.doctor, "answer")
    page = asked.open(f"/steps/{step}")
    assert "<script>alert" not in page.html
    assert page.values()["answer-data"] == ["<script>alert(1)</script>"]


def test_late_steps_come_first_and_filters_stay(walk: Walk, visit: Visit, store: Store, reference: str) -> None:
    second = start(walk, replace(walk.house, doctor=walk.house.colleague))
    late = walk.step(walk.house.colleague, "answer", second)
    be_deputy(store, walk.house.doctor, walk.house.colleague)
    with store() as session:
        for table, key in ((Step, Step.id), (StepHolder, StepHolder.step_id)):
            session.execute(update(table).where(key == late).values(due_at=NOW - timedelta(days=3)))
    doctor = visit(walk.house.doctor)
    page = doctor.open("/")
    assert next(link for link in page.links if link.startswith("/steps/")) == f"/steps/{late}"
    assert "2 steps wait for you. 1 of them is late." in page.text
    assert len([link for link in doctor.open("/?late=yes").links if link.startswith("/steps/")]) == 1
    assert "1 of 2 steps shown" in doctor.open("/").text, "the filter is remembered"
    assert "No step fits" in doctor.open("/?q=nonsense").text
    assert "2 steps wait for you." in doctor.open("/?q=").text


def be_deputy(store: Store, deputy: Person, absent: Person) -> None:
    """Somebody stands in for somebody else today."""
    with store() as session:
        away = {"starts_on": TODAY, "ends_on": TODAY, "reason": "Leave", "recorded_at": NOW}
        session.add(Deputy(person_id=absent.id, deputy_id=deputy.id, **away))
