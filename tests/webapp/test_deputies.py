"""A deputy acts visibly: on the step, in the history, under the signature, on documents and comments, on dates."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cases.stages import accept, sign, to_signatures
from tests.cases.walk import Walk
from tests.factories import House
from tests.webapp.visitor import Visitor
from workflows import papers
from workflows.domain.documents import Limits
from workflows.papers import File
from workflows.store.models import Deputy, Person, PlanVersion

Visit = Callable[[Person], Visitor]
Store = Callable[[], AbstractContextManager[Session]]


@pytest.fixture
def reference(walk: Walk) -> str:
    return to_signatures(walk)


def deputise(store: Store, walk: Walk, away: Person, deputy: Person) -> None:
    """The deputy stands in today."""
    with store() as session:
        day = walk.at.date()
        session.add(
            Deputy(
                person_id=away.id, deputy_id=deputy.id, starts_on=day, ends_on=day, reason="Leave", recorded_at=walk.at
            )
        )


def test_a_signature_for_somebody_names_both_everywhere(
    walk: Walk, cpft: House, visit: Visit, store: Store, reference: str
) -> None:
    both = f"{cpft.colleague.name} for {cpft.manager.name}"
    deputise(store, walk, cpft.manager, cpft.colleague)
    deputy = visit(cpft.colleague)
    step = walk.step(cpft.manager, "sign_plan", reference)
    page = deputy.open(f"/steps/{step}")
    assert f"You act for {cpft.manager.name}" in page.text
    sign_it = {each.get("id", ""): each for each in page.root.iter("form")}
    assert "step-form" in sign_it
    deputy.fill(sign_answer="sign")
    case = deputy.open(f"/cases/{reference}").text
    assert f"{both} completed “Sign the plan”." in case
    assert f"{both} signed the job plan as" in case
    doctors = visit(cpft.doctor).open(f"/steps/{walk.step(cpft.doctor, 'sign_plan', reference)}")
    assert both in doctors.text
    sign(walk, reference, cpft.doctor)
    accept(walk, reference)
    with store() as session:
        plan = session.scalars(select(PlanVersion.id).where(PlanVersion.status == "in_force")).one()
    assert f"{both}, Clinical Manager" in visit(cpft.hr).open(f"/plans/{plan}").text


def test_a_document_a_comment_and_a_date_name_both(
    walk: Walk, cpft: House, visit: Visit, store: Store, reference: str
) -> None:
    deputise(store, walk, cpft.manager, cpft.colleague)
    deputise(store, walk, cpft.amd, cpft.service_manager)
    deputy = visit(cpft.colleague)
    assert f"You act for {cpft.manager.name}" in deputy.open(f"/cases/{reference}/comments/add").text
    deputy.send(f"/cases/{reference}/comments/add", {"words": "Agreed so far"})
    about = {"actor": walk.actor(cpft.colleague), "reference": reference, "now": walk.at}
    file = File("rota.txt", b"Monday: clinic", "clean")
    walk.perform(papers.add_document, title="Rota", file=file, limits=Limits(), **about)
    both = f"{cpft.colleague.name} for {cpft.manager.name}"
    page = visit(cpft.doctor).open(f"/cases/{reference}")
    assert page.text.count(both) >= 4, "the two papers, and their two lines of history"
    other = visit(cpft.service_manager)
    address = f"/deadlines/{walk.deadline(reference, 'sign_off').id}"
    later = walk.deadline(reference, "sign_off").due_on + timedelta(days=7)
    day = {f"change-to_on-{part}": str(getattr(later, part)) for part in ("day", "month", "year")}
    assert f"You act for {cpft.amd.name}" in other.open(f"{address}/extend").text
    other.send(f"{address}/extend", {**day, "change-reason": "Leave", "sure": "yes"})
    assert f"by {cpft.service_manager.name} for {cpft.amd.name} on" in other.open(address).text


def test_whoever_acts_in_their_own_name_is_not_asked_to_mind_another(
    walk: Walk, cpft: House, visit: Visit, store: Store, reference: str
) -> None:
    deputise(store, walk, cpft.colleague, cpft.manager)
    manager = visit(cpft.manager)
    assert "You act for" not in manager.open(f"/cases/{reference}/comments/add").text
    step = walk.step(cpft.manager, "sign_plan", reference)
    assert "You act for" not in manager.open(f"/steps/{step}").text
