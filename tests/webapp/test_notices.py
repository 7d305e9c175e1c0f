"""What people are told on their first page: what is done is marked, what tells of a plan leads to the plan."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.cases.stages import accept, sign, start_plan, to_signatures
from tests.cases.walk import Walk
from tests.factories import NOW, World, open_case, open_deadline, open_step
from tests.webapp.apps import Store
from tests.webapp.page import Page
from tests.webapp.visitor import Visitor
from workflows.store import notices
from workflows.store.models import Case, Deadline, Mail, Notice, Person, PlanVersion, Step, StepHolder

SignIn = Callable[[Person], Visitor]


@pytest.fixture
def reminded(store: Store, world: World) -> int:
    """The doctor holds a step of a case and was reminded of it; the AMD was told that it is late. The deadline's id."""
    house = world.cpft
    with store() as session:
        case = open_case(session, house)
        open_step(session, case, held_by=[house.doctor])
        deadline = open_deadline(session, case)
        for person, kind in ((house.doctor, "reminder"), (house.amd, "escalation")):
            told = notices.NewNotice(
                house.trust.id, person.id, f"{kind}", kind, f"About the plan: {kind}", "It waits.", NOW, case.id
            )
            notices.add(session, notices=[told])
        session.query(Notice).update({"deadline_id": deadline.id})
        return deadline.id


def item(page: Page, subject: str) -> str:
    """What stands beside a notice."""
    items = [page.text_of(each) for each in page.with_class("app-notices__item")]
    return next(each for each in items if subject in each)


def test_a_reminder_is_marked_as_done_once_nothing_of_the_case_waits_for_its_person(
    reminded: int, store: Store, world: World, visit: SignIn
) -> None:
    doctor, amd = visit(world.cpft.doctor), visit(world.cpft.amd)
    assert "Done" not in item(doctor.open("/"), "reminder")
    with store() as session:
        session.query(Step).update({"status": "done"})
        session.query(StepHolder).update({"status": "done"})
    assert "Done" in item(doctor.open("/"), "reminder")
    assert "Done" not in item(amd.open("/"), "escalation"), "the deadline is still open"


@pytest.mark.parametrize("how", ["deadline", "case"])
def test_reminders_and_escalations_are_done_when_the_deadline_or_the_case_has_ended(
    reminded: int, store: Store, world: World, visit: SignIn, how: str
) -> None:
    with store() as session:
        if how == "deadline":
            session.get_one(Deadline, reminded).ended_at = NOW
        else:
            session.scalars(select(Case)).one().status = "closed"
    assert "Done" in item(visit(world.cpft.doctor).open("/"), "reminder")
    assert "Done" in item(visit(world.cpft.amd).open("/"), "escalation")


def test_what_is_done_stands_after_what_is_not(reminded: int, store: Store, world: World, visit: SignIn) -> None:
    with store() as session:
        session.get_one(Deadline, reminded).ended_at = NOW
        doctor = world.cpft.doctor
        told = notices.NewNotice(doctor.trust_id, doctor.id, "older", "notify", "An older thing", "words", NOW)
        notices.add(session, notices=[told])
        session.query(Notice).filter_by(key="older").update({"written_at": NOW.replace(year=2026)})
    page = visit(doctor).open("/")
    assert page.text.index("An older thing") < page.text.index("About the plan: reminder")


def test_a_ladders_reminder_knows_its_deadline_and_becomes_an_e_mail(walk: Walk, store: Store) -> None:
    reference = start_plan(walk, kind="interim", employment_start_date=walk.today)
    walk.pass_time(days=25)
    with store() as session:
        told = session.scalars(select(Notice).where(Notice.kind == "reminder")).all()
        assert told
        assert all(notice.deadline_id for notice in told)
        mails = {mail.key: mail for mail in session.scalars(select(Mail))}
    for notice in told:
        assert mails[f"notice:{notice.key}"].link == f"/cases/{reference}"


@pytest.mark.clause("CPFT-7.6.7-c")
def test_hr_and_finance_are_told_of_a_plan_in_force_with_a_link_to_the_plan(
    walk: Walk, world: World, visit: SignIn, store: Store
) -> None:
    reference = to_signatures(walk)
    sign(walk, reference, world.cpft.doctor, world.cpft.manager)
    accept(walk, reference)
    with store() as session:
        plan_id = session.scalars(select(PlanVersion.id).where(PlanVersion.status == "in_force")).one()
        links = {mail.person_id: mail.link for mail in session.scalars(select(Mail)) if "in force" in mail.subject}
    for person in (world.cpft.hr, world.cpft.finance):
        visitor = visit(person)
        assert f"/plans/{plan_id}" in visitor.open("/").links
        assert "Job plan of" in visitor.open(f"/plans/{plan_id}").heading
        assert links[person.id] == f"/plans/{plan_id}"
