"""Letters as pages: the preview on the step, the list on the case, and who may take one out."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import undefer

from tests.cases.walk import Walk
from tests.factories import House, World, shipped_files
from tests.letters.conftest import FILES
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.store.models import Letter, Person

Visit = Callable[[Person], Visitor]
DECIDED = {
    "mediation_outcome_date__day": "1",
    "mediation_outcome_date__month": "3",
    "mediation_outcome_date__year": "2027",
    "reasons": "The clinic is needed.",
}


@pytest.fixture
def files() -> dict[str, str]:
    return shipped_files() | FILES


@pytest.fixture
def reference(walk: Walk) -> str:
    house = walk.house
    return walk.start(house.directorate, "disagreement", subject=house.doctor.id, team=house.team.id)


def decide(walk: Walk, reference: str) -> None:
    director = walk.house.medical_director
    walk.do(director, "decide", reference, mediation_outcome_date=walk.today, reasons="The clinic is needed.")


def letters(store: Store) -> list[Letter]:
    with store() as session:
        return list(session.scalars(select(Letter).options(undefer(Letter.content)).order_by(Letter.id)))


def test_a_letter_is_looked_at_before_it_is_sent(walk: Walk, reference: str, visit: Visit, store: Store) -> None:
    director = visit(walk.house.medical_director)
    address = f"/steps/{walk.step(walk.house.medical_director, 'decide', reference)}"
    assert "a letter goes out: “The decision”" in director.open(address).text
    boxes = {**director.page.values(), "press": "preview"}
    boxes |= {f"answer-{name.replace('__', '-')}": value for name, value in DECIDED.items()}
    answer = director.client.post(address, data=boxes)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    said = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert "Preview: this has not been sent" in said
    assert "The clinic is needed." in said
    assert letters(store) == []
    assert walk.waiting(reference) == ["decide"]


def test_a_preview_of_a_form_with_a_gap_says_what_is_missing(walk: Walk, reference: str, visit: Visit) -> None:
    director = visit(walk.house.medical_director)
    director.open(f"/steps/{walk.step(walk.house.medical_director, 'decide', reference)}")
    page = director.fill(press="preview", status=422, reasons="Typed and not lost")
    assert "needs an answer" in page.text
    assert "Typed and not lost" in page.html


def test_a_step_that_sends_nothing_offers_no_preview(walk: Walk, reference: str, visit: Visit) -> None:
    decide(walk, reference)
    page = visit(walk.house.doctor).open(f"/steps/{walk.step(walk.house.doctor, 'lodge_appeal', reference)}")
    assert "Preview the letter" not in page.text


def test_the_case_lists_its_letters_and_hands_them_out_as_they_were_sent(
    walk: Walk, reference: str, visit: Visit, store: Store
) -> None:
    decide(walk, reference)
    first = letters(store)[0]
    doctor = visit(walk.house.doctor)
    page = doctor.open(f"/cases/{reference}")
    assert "To Dr Amina Osei (Practitioner), " in page.text
    assert "Copy to Dr Farah Siddiqui (Medical Director), " in page.text
    assert f"/letters/{first.id}.pdf" in page.links
    answer = doctor.client.get(f"/letters/{first.id}.pdf")
    assert answer.data == first.content
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Letters" in doctor.open(f"/cases/{reference}/print").text


def test_that_a_letter_was_opened_is_a_line_of_the_history(
    walk: Walk, reference: str, visit: Visit, store: Store
) -> None:
    decide(walk, reference)
    doctor = visit(walk.house.doctor)
    doctor.client.get(f"/letters/{letters(store)[0].id}.pdf")
    assert "Dr Amina Osei opened a letter: The decision." in doctor.open(f"/cases/{reference}").text


def test_whoever_may_not_read_letters_finds_none(
    walk: Walk, reference: str, visit: Visit, store: Store, cpft: House, world: World
) -> None:
    decide(walk, reference)
    address = f"/letters/{letters(store)[0].id}.pdf"
    for who in (cpft.colleague, cpft.finance, cpft.hr, world.bth.doctor, world.bth.directorate):
        assert visit(who).client.get(address).status_code == 404, who.name
    for who in (cpft.manager, cpft.amd, cpft.medical_director, cpft.directorate):
        assert visit(who).client.get(address).status_code == 200, who.name
    assert len(walk.events(reference, "letter_opened")) == 4, "a refusal is no opening"


def test_a_letter_that_was_erased_leaves_its_line(walk: Walk, reference: str, visit: Visit, store: Store) -> None:
    decide(walk, reference)
    with store() as session:
        for row in session.scalars(select(Letter)):
            row.content, row.erased_at = b"", walk.at
    doctor = visit(walk.house.doctor)
    page = doctor.open(f"/cases/{reference}")
    assert "The decision: erased, its record stays" in page.text
    assert doctor.client.get(f"/letters/{letters(store)[0].id}.pdf").status_code == 404


def test_the_bundle_of_a_dispute_is_taken_out_in_one_click(
    walk: Walk, reference: str, visit: Visit, cpft: House, world: World
) -> None:
    decide(walk, reference)
    doctor = visit(cpft.doctor)
    assert f"/cases/{reference}/bundle.pdf" in doctor.open(f"/cases/{reference}").links
    answer = doctor.client.get(f"/cases/{reference}/bundle.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="Bundle {reference}.pdf"'
    pages = len(PdfReader(BytesIO(answer.data)).pages)
    assert f"had the bundle of the case made: {pages} pages." in doctor.open(f"/cases/{reference}").text
    for who in (cpft.colleague, cpft.finance, world.bth.directorate):
        assert visit(who).client.get(f"/cases/{reference}/bundle.pdf").status_code in {403, 404}, who.name


def test_letters_that_somebody_got_are_handed_over_with_what_is_held_about_them(
    walk: Walk, reference: str, visit: Visit, store: Store
) -> None:
    decide(walk, reference)
    office = visit(walk.house.directorate)
    office.open(f"/people/{walk.house.doctor.id}/held")
    answer = office.client.post(f"/people/{walk.house.doctor.id}/held", data={"csrf_token": office.page.token})
    first = letters(store)[0]
    with ZipFile(BytesIO(answer.data)) as archive:
        assert archive.read(f"documents/{first.id}-letter.pdf") == first.content
        assert first.sha256 in archive.read("data.json").decode()
