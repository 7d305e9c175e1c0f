"""A dispute in plain words on its own page: where it is, what happens next, by when, what one can do."""

from collections.abc import Callable

import pytest

from tests.cases import disputing
from tests.cases.walk import Walk
from tests.webapp.page import Page
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
QUESTIONS = ["Where is it?", "Who has it now?", "By when?", "What comes next?", "What can you do?"]


def answers(page: Page) -> dict[str, str]:
    """The panel: questions with their answers."""
    panel = next(one for one in page.root.iter("section") if one.get("id") == "in-plain-words")
    said = [page.text_of(one) for one in panel.iter("dd")]
    return dict(zip([page.text_of(one) for one in panel.iter("dt")], said, strict=True))


@pytest.fixture
def reference(walk: Walk) -> str:
    """A dispute about an extra list that has just begun."""
    return disputing.begin(walk)


def test_a_doctor_reads_where_it_is_and_what_they_can_do_at_once(walk: Walk, visit: Visit, reference: str) -> None:
    page = visit(walk.house.doctor).open(f"/cases/{reference}")
    said = answers(page)
    assert list(said) == QUESTIONS
    assert said["Where is it?"].startswith(
        "Disagreement, the first of three stages: disagreement, mediation and, if it comes to that, appeal panel."
    )
    assert (
        "Until it ends this stays as it was: Extra list. All the rest of the job plan goes on." in said["Where is it?"]
    )
    assert "Referral to the Medical Director: by the end of Monday 15 March 2027 (in 14 days)." in said["By when?"]
    assert "The right to do it ends with that day." in said["What can you do?"]
    step = walk.step(walk.house.doctor, "choose_route", reference)
    assert f"/steps/{step}" in page.links


def test_while_others_are_at_work_a_doctor_reads_that_nothing_is_asked(
    walk: Walk, visit: Visit, reference: str
) -> None:
    disputing.refer(walk, reference)
    disputing.book(walk, reference)
    said = answers(visit(walk.house.doctor).open(f"/cases/{reference}"))
    assert said["Where is it?"].startswith("Mediation, the second of three stages")
    assert "Record the mediation: Dr Farah Siddiqui" in said["Who has it now?"]
    assert "Mediation: Monday 8 March 2027 at 10am, Voreda." in said["By when?"]
    assert said["What can you do?"].startswith("Nothing has to be done by you now.")


def test_with_the_decision_a_doctor_reads_until_when_they_can_appeal(walk: Walk, visit: Visit, reference: str) -> None:
    disputing.refer(walk, reference)
    disputing.mediate(walk, reference, "not_agreed")
    disputing.decide(walk, reference, "manager")
    can = answers(visit(walk.house.doctor).open(f"/cases/{reference}"))["What can you do?"]
    assert (
        "Accept the decision or appeal: by the end of Monday 22 March 2027. The right to do it ends with that day."
        in can
    )
    other = answers(visit(walk.house.manager).open(f"/cases/{reference}"))["What can you do?"]
    assert other.startswith("Nothing has to be done by you now.")


def test_in_the_end_a_doctor_reads_how_it_ended(walk: Walk, visit: Visit, reference: str) -> None:
    disputing.refer(walk, reference)
    disputing.mediate(walk, reference, "not_agreed")
    disputing.decide(walk, reference, "manager")
    walk.do(walk.house.doctor, "answer_decision", reference, appeal_choice="accept")
    said = answers(visit(walk.house.doctor).open(f"/cases/{reference}"))
    assert "decided after mediation, and accepted." in said["How did it end?"]


def test_a_case_that_is_no_dispute_has_no_such_panel(walk: Walk, visit: Visit, reference: str) -> None:
    own = walk.newest("individual_planning")
    page = visit(walk.house.doctor).open(f"/cases/{own}")
    assert "In plain words" not in page.text


def test_an_amd_finds_the_dispute_on_the_board_as_it_walks(walk: Walk, visit: Visit, reference: str) -> None:
    board = visit(walk.house.amd)
    assert "Extra list" in board.open("/disputes").text
    assert "Referral to the Medical Director: 15 March 2027" in board.page.text
    disputing.refer(walk, reference)
    disputing.book(walk, reference)
    text = board.open("/disputes?stage=mediation").text
    assert "Record the mediation" in text
    assert "Mediation on 8 March 2027 at 10am" in text
