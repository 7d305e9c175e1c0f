"""The page of a version of a job plan: everything that the plan holds, its form on paper, and what its words mean."""

from collections.abc import Callable

import pytest

from tests.factories import NOW, House, World
from tests.letters.test_plan_form import CONTENT
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.store.models import Person, PlanVersion

Visit = Callable[[Person], Visitor]
DUTY = {"id": "d", "kind": "responsibility", "duty": "Lead for falls", "service": "Older people"}


def in_force(store: Store, house: House) -> int:
    """The doctor's plan in force, full of everything."""
    with store() as session:
        row = PlanVersion(
            trust_id=house.trust.id, person_id=house.doctor.id, number=1, status="in_force",
            content={**CONTENT, "duties": [DUTY]}, effective_from=NOW.date(), written_at=NOW,
            written_by_id=house.doctor.id,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


@pytest.mark.clause("CPFT-3-c", "BTH-3.4.2-a", "BTH-App5-a")
def test_the_page_begins_with_the_pa_total_the_on_call_commitment_the_duties_and_the_head(
    store: Store, cpft: House, visit: Visit
) -> None:
    text = visit(cpft.doctor).open(f"/plans/{in_force(store, cpft)}").text
    assert "11 PAs a week, contracted 10: 1 more" in text
    head = text.partition("The week")[0]
    for said in (
        "Agreed PAs 11 a week", "On-call commitment Medical rota: 1 in 8, category A.",
        "Duties and responsibilities Responsibility: Lead for falls (Older people)",
        "Period 1 April 2027 to 31 March 2028", "Payroll number 4711",
    ):  # fmt: skip
        assert said in head


@pytest.mark.clause("BTH-3.2.10", "BTH-3.2.17")
def test_the_page_marks_additional_pas_and_says_how_often_a_line_happens(
    store: Store, cpft: House, visit: Visit
) -> None:
    text = visit(cpft.doctor).open(f"/plans/{in_force(store, cpft)}").text
    assert "Extra list Saturday, 09:00 to 13:00 · 1 PA Additional PA until 31 December 2027" in text
    assert "every 2 weeks" in text


@pytest.mark.clause("CPFT-7.2-b", "CPFT-2.5")
def test_the_page_shows_every_part_and_the_statements(store: Store, cpft: House, visit: Visit) -> None:
    text = visit(cpft.doctor).open(f"/plans/{in_force(store, cpft)}").text
    assert "Objectives Fewer falls Measurable: how will it be seen: A fifth fewer" in text
    assert "Statements Opportunities for personal and professional development A course" in text


def test_the_form_of_the_policy_is_a_pdf_to_be_saved_and_shown_to_nobody_else(
    store: Store, cpft: House, visit: Visit
) -> None:
    plan = in_force(store, cpft)
    doctor = visit(cpft.doctor)
    assert f"/plans/{plan}/plan.pdf" in doctor.open(f"/plans/{plan}").links
    answer = doctor.client.get(f"/plans/{plan}/plan.pdf")
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert 'filename="Job plan of Dr Amina Osei, version 1.pdf"' in answer.headers["Content-Disposition"]
    assert visit(cpft.colleague).client.get(f"/plans/{plan}/plan.pdf").status_code == 404


@pytest.mark.clause("CPFT-4")
def test_the_glossary_gives_each_abbreviation_and_both_expansions_of_dcc(cpft: House, visit: Visit) -> None:
    text = visit(cpft.doctor).open("/glossary").text
    assert "DCC Meaning Direct Clinical Contact (section 4) Direct Clinical Care (section 7.2)" in text
    for short in ("RO", "NHS E", "PA Meaning Programmed Activity", "SPA", "MDT", "CPFT"):
        assert short in text


@pytest.mark.clause("BTH-App5-c")
def test_the_glossary_says_of_a_code_of_the_form_that_the_policy_does_not_define_it(world: World, visit: Visit) -> None:
    text = visit(world.bth.doctor).open("/glossary").text
    assert "EPA Meaning External and academic activities, as this trust reads the code of the form; not defined" in text
    assert "SPA Meaning Supporting Professional Activities (section 10)" in text
