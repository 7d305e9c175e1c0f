"""Where the disputes stand on one page, and as a letter to the Chief Executive."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from pypdf import PdfReader

from tests.factories import NOW, TODAY, House
from tests.factories.disputes import book, moved_to, open_dispute, other_team
from tests.webapp.apps import Store
from tests.webapp.page import Page
from tests.webapp.test_statements import counted
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

Visit = Callable[[Person], Visitor]
STATUS, LETTER = "/disputes/status", "/disputes/status.pdf"


def lines(page: Page, caption: str) -> list[str]:
    """The lines of a table as text."""
    [found] = [one for one in page.root.iter("table") if caption in page.text_of(one.find("caption"))]
    return [page.text_of(line) for line in list(found.iter("tr"))[1:]]


def letter(visitor: Visitor) -> str:
    """The words of the letter; it is one page."""
    answer = visitor.client.get(LETTER)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "attachment; filename=disputes-2027-03-01.pdf"
    [page] = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(page.extract_text().split())


@pytest.fixture
def late(cpft: House, store: Store) -> str:
    """The reference of the late one among four: one in each stage, and one without a date."""
    with store() as session:
        reference = open_dispute(session, cpft, stage="mediation", due=-2, held_by=[cpft.medical_director]).reference
        open_dispute(session, cpft, due=9, limit="referral")
        book(session, open_dispute(session, cpft, stage="appeal_panel"), "hearing", on=TODAY + timedelta(days=4))
        open_dispute(session, cpft)
        return reference


def test_it_counts_stages_names_late_ones_and_lists_the_next_dates(cpft: House, visit: Visit, late: str) -> None:
    page = visit(cpft.directorate).open(STATUS)
    counts = [line.split()[-1] for line in lines(page, "Open disputes by stage")]
    assert counts == ["2", "1", "1", "4"]
    [line] = lines(page, "Late, the longest first")
    assert late in line
    assert "Mediation meeting was due on 27 February 2027, 2 days ago" in line
    assert "Dr Farah Siddiqui" in line
    first, second = lines(page, "Next dates")
    assert "Friday 5 March 2027" in first
    assert "Hearing" in first
    assert "Referral to the Medical Director: due" in second
    assert LETTER in page.links


def test_the_letter_says_the_same_to_the_chief_executive_by_name(cpft: House, visit: Visit, late: str) -> None:
    said = letter(visit(cpft.directorate))
    for words in ("Gareth Lowther", "Imogen Bland", late, "Late: Mediation meeting was due on 27 February 2027"):
        assert words in said, words
    assert "Stage 3 of 3: appeal panel Hearing on 5 March 2027" in said
    assert "Referral to the Medical Director: due on 10 March 2027" in said
    assert "No date set" in said
    assert "(not recorded)" not in said


def test_the_letter_of_an_amd_says_that_it_is_about_their_care_group(
    cpft: House, visit: Visit, store: Store, late: str
) -> None:
    with store() as session:
        team = other_team(session, cpft, care_group="Children", name="Carlisle paediatrics")
        other = moved_to(session, open_dispute(session, cpft, due=3), team).reference
    said = letter(visit(cpft.amd))
    assert "(Mental health)" in said
    assert late in said
    assert other not in said


def test_many_disputes_leave_the_letter_one_page(cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        for day in range(30):
            open_dispute(session, cpft, due=day)
    assert "And 20 more" in letter(visit(cpft.directorate))


def test_a_letter_is_set_at_whatever_instant(cpft: House, visit: Visit) -> None:
    visitor = visit(cpft.directorate)
    with time_machine.travel(NOW.replace(microsecond=123_456), tick=False):
        assert "Dear Gareth Lowther" in letter(visitor)


def test_nothing_open_and_nothing_late_is_said(cpft: House, visit: Visit, store: Store) -> None:
    visitor = visit(cpft.directorate)
    assert "No dispute is open." in visitor.open(STATUS).text
    with store() as session:
        open_dispute(session, cpft, due=4)
    assert "Nothing is late." in visitor.open(STATUS).text


def test_whoever_follows_single_appeals_has_the_page_and_no_letter(cpft: House, visit: Visit) -> None:
    visitor = visit(cpft.chief_executive)
    page = visitor.open(STATUS)
    assert "The appeals in which you have a part" in page.text
    assert LETTER not in page.links
    visitor.open(LETTER, status=404)
    for address in (STATUS, LETTER):
        visit(cpft.doctor).open(address, status=403)


def test_it_asks_no_more_of_the_database_however_many_there_are(cpft: House, visit: Visit, store: Store) -> None:
    visitor = visit(cpft.amd)
    with store() as session:
        open_dispute(session, cpft, due=4)
    visitor.open(STATUS)
    with counted() as one:
        visitor.open(STATUS)
    with store() as session:
        for _ in range(12):
            open_dispute(session, cpft, due=4)
    with counted() as many:
        visitor.open(STATUS)
    assert len(many) == len(one)
