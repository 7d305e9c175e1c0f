"""A job plan as PDF on the policy's form: who may have it, and what stands on it."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import delete

from tests.cases.walk import PLAN, Walk
from tests.factories import NOW
from workflows import letters
from workflows.inbox import Viewer
from workflows.inbox.plans import NoSuchPlan
from workflows.store.models import Contract, Person, PlanVersion

ROTA = {"id": "r", "rota": "Medical rota", "frequency": 8, "category": "A", "unpredictable": 0.5}
CONTENT: Mapping[str, Any] = {
    **PLAN,
    "effective_from": "2027-04-01",
    "effective_to": "2028-03-31",
    "payroll_number": "4711",
    "activities": [
        PLAN["activities"][0],
        {**PLAN["activities"][1], "pattern": {"every_weeks": 2}},
        {
            **PLAN["activities"][0], "id": "list", "title": "Extra list", "day": "saturday", "pas": "1",
            "extra": "additional", "more": {"until": "2027-12-31"},
        },
    ],
    "rotas": [ROTA],
    "objectives": [{"id": "falls", "objective": "Fewer falls", "measurable": "A fifth fewer \U0001f600 #set page()"}],
    "statements": {"development": "A course"},
}  # fmt: skip


@pytest.fixture
def version(walk: Walk) -> int:
    """The doctor's plan in force."""
    house = walk.house
    with walk.session() as session:
        row = PlanVersion(
            trust_id=house.trust.id, person_id=house.doctor.id, number=1, status="in_force", content=dict(CONTENT),
            effective_from=NOW.date(), written_at=NOW, written_by_id=house.doctor.id,
        )  # fmt: skip
        session.add(row)
        session.commit()
        return row.id


def form(walk: Walk, who: Person, version: int) -> PdfReader:
    with walk.session() as session:
        viewer = Viewer(who.id, walk.house.trust.id)
        return PdfReader(
            BytesIO(letters.set_plan(letters.gather_plan(session, viewer=viewer, plan_id=version, now=NOW)).content)
        )


def words(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.mark.clause("BTH-App5-a", "BTH-App5-b", "BTH-App5-c", "BTH-App5-d", "BTH-App5-e")
def test_the_form_holds_head_timetable_totals_signatures_and_the_other_parts(walk: Walk, version: int) -> None:
    said = words(form(walk, walk.house.doctor, version))
    for part in (
        "Job plan effective period 1 April 2027 to 31 March 2028", "Payroll number 4711", "Dr Amina Osei",
        "Monday am 09:00 to 13:00 Outpatient clinic, Penrith every week 7.5", "Friday am", "every 2 weeks", "SPA 2.5",
        "Saturday", "1 until 31 December 2027", "10 PA contract activity", "SPA / EPA / RPA / MPA / AR",
        "Unpredictable on-call PA allocation, part of DCC 0.5", "Total DCC 7.5", "Total SPA 2.5",
        "Total additional PAs 1", "TOTAL 11", "EPA: External and academic activities (as this trust maps it",
        "not defined in the policy).", "Signatures Practitioner Clinical Manager Date: Date:", "Fewer falls",
        "A course", "On-call rotas Medical rota",
    ):  # fmt: skip
        assert part in said, part


@pytest.mark.clause("BTH-App5-a")
def test_what_an_older_plan_leaves_out_of_its_head_is_as_payroll_holds_it_or_said_to_be_missing(
    walk: Walk, version: int
) -> None:
    with walk.session() as session:
        row = session.get_one(PlanVersion, version)
        row.content = {key: value for key, value in CONTENT.items() if key not in ("payroll_number", "base")}
        session.commit()
    said = words(form(walk, walk.house.doctor, version))
    assert f"Payroll number {walk.house.doctor.id:08d}" in said
    assert "Contract Consultant contract (2003)" in said
    assert "Main place of work Not recorded" in said
    with walk.session() as session:
        session.execute(delete(Contract).where(Contract.person_id == walk.house.doctor.id))
        session.commit()
    assert "Payroll number Not recorded Contract Not recorded" in words(form(walk, walk.house.doctor, version))


def test_the_form_is_tagged_and_nothing_that_was_typed_runs(walk: Walk, version: int) -> None:
    pdf = form(walk, walk.house.doctor, version)
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "#set page()" in words(pdf)
    assert all(page.mediabox.width > page.mediabox.height for page in pdf.pages)


def test_whoever_may_not_read_the_plan_gets_no_form(walk: Walk, version: int) -> None:
    viewer = Viewer(walk.house.colleague.id, walk.house.trust.id)
    with walk.session() as session, pytest.raises(NoSuchPlan):
        letters.gather_plan(session, viewer=viewer, plan_id=version, now=NOW)
