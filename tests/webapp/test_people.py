"""People and posts, as the Medical Directorate keeps them and HR reads them."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import update

from tests.cases.stages import start_plan
from tests.cases.walk import Walk
from tests.factories import House, World, add_contract, add_person
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.store.models import Account, Contract, Person, Post

Visit = Callable[[Person], Visitor]
STRANGERS = ("doctor", "manager", "amd", "medical_director", "chief_executive", "finance", "service_manager")


def day(name: str, when: date) -> dict[str, str]:
    """A date as its three boxes send it."""
    return {f"answer-{name}-{part}": str(getattr(when, part)) for part in ("day", "month", "year")}


def answers(**typed: str) -> dict[str, str]:
    """Boxes as a form of questions names them."""
    return {f"answer-{name}": value for name, value in typed.items()}


@pytest.fixture
def office(cpft: House, visit: Visit) -> Visitor:
    """Somebody of the Medical Directorate."""
    return visit(cpft.directorate)


@pytest.mark.parametrize("part", STRANGERS)
def test_the_records_of_people_are_closed_to_other_roles(cpft: House, visit: Visit, part: str) -> None:
    visitor = visit(getattr(cpft, part))
    for address in ("/people", f"/people/{cpft.doctor.id}", "/people/places", "/people/new"):
        visitor.open(address, status=403)
    assert "/people" not in visitor.open("/").links


def test_hr_reads_the_records_and_changes_nothing(cpft: House, visit: Visit) -> None:
    hr = visit(cpft.hr)
    assert "Dr Amina Osei" in hr.open("/people").text
    page = hr.open(f"/people/{cpft.doctor.id}")
    assert "Consultant, 10 PAs" in page.text
    assert not any(link.endswith("/edit") for link in page.links)
    hr.open("/people/new", status=403)
    hr.open(f"/people/{cpft.doctor.id}/edit", status=403)
    hr.send("/deputies/for-others/new", {}, status=403)


def test_people_of_another_trust_are_not_there(world: World, office: Visitor) -> None:
    assert "Dr Marta Kowalska" not in office.open("/people").text
    other = world.bth.doctor.id
    for address in (f"/people/{other}", f"/people/{other}/edit", f"/people/{other}/leaving"):
        office.open(address, status=404)


def test_the_list_is_narrowed_and_remembers_how(office: Visitor) -> None:
    text = office.open("/people?q=osei").text
    assert "Dr Amina Osei" in text
    assert "Dr Ben Carver" not in text
    assert "Dr Ben Carver" not in office.open("/people").text, "the filter stays"
    assert "Dr Ben Carver" in office.open("/people?here=here").text
    text = office.open("/people?role=clinical_manager").text
    assert "Dr Carys Llewellyn" in text
    assert "1 person" in text


def test_the_list_finds_doctors_without_a_plan(office: Visitor, walk: Walk) -> None:
    start_plan(walk)
    text = office.open("/people?plan=none").text
    assert "Dr Ben Carver" in text
    assert "Dr Amina Osei" not in text
    assert "Dr Amina Osei" in office.open("/people?plan=under_way").text


def test_a_new_person_gets_a_contract_and_a_post(cpft: House, office: Visitor) -> None:
    office.open("/people/new")
    office.send("/people/new", answers(name="Dr Nia Rowe"), status=422)
    assert office.page.problems == [
        "“E-mail address” needs an answer.",
        "“Are they medically qualified?” needs an answer.",
    ]
    who = answers(name="Dr Nia Rowe", email="Nia.Rowe@cpft.example", medical="yes", registration="7012345")
    page = office.send("/people/new", who)
    assert page.heading == "Dr Nia Rowe"
    assert "nia.rowe@cpft.example" in page.text
    contracts = next(link for link in page.links if link.endswith("/contracts/new"))
    terms = answers(kind="sas_2021", grade="Specialty doctor", pas="8", payroll_number="123")
    office.open(contracts)
    page = office.send(contracts, {**terms, **day("starts_on", date(2027, 2, 15))})
    assert "Specialty doctor, 8 PAs" in page.text
    person = contracts.split("/")[2]
    post = answers(person=person, role="practitioner", place=f"team:{cpft.team.id}")
    page = office.send("/people/posts/new", {**post, **day("starts_on", date(2027, 2, 15))})
    assert "Practitioner, Penrith community team" in page.text
    assert "New starter without a job plan" in page.text


def test_an_address_is_recorded_once(cpft: House, office: Visitor) -> None:
    office.open("/people/new")
    page = office.send(
        "/people/new", answers(name="Somebody", email=cpft.doctor.email.upper(), medical="no"), status=409
    )
    assert "Dr Amina Osei has this e-mail address or this employee number already." in page.text


def test_a_post_handed_over_from_today_takes_its_waiting_steps_along(cpft: House, office: Visitor, walk: Walk) -> None:
    own = start_plan(walk)
    step = walk.step(cpft.manager, "read_pack", own)
    page = office.open(f"/people/{cpft.manager.id}")
    address = next(link for link in page.links if link.endswith("/hand-over"))
    office.open(address)
    page = office.send(address, {**answers(to=str(cpft.colleague.id)), **day("starts_on", date(2027, 3, 1))})
    assert "1 step passed on to whoever holds the role now." in page.text
    assert walk.step(cpft.colleague, "read_pack", own) == step
    [changed] = walk.events(own, "holder_changed")
    assert changed.details["to"] == [cpft.colleague.id]


def test_a_leaving_date_from_yesterday_puts_the_steps_into_the_queue(cpft: House, office: Visitor, walk: Walk) -> None:
    own = start_plan(walk)
    address = f"/people/{cpft.manager.id}/leaving"
    office.open(address)
    office.send(address, day("last_day", date(2027, 2, 28)))
    assert [step.queue for step in walk.steps(own, "read_pack")] == ["medical_directorate"]
    assert "Left on 28 February 2027" in office.open("/people?here=left").text


def test_a_post_that_ends_later_keeps_its_steps_until_then(cpft: House, office: Visitor, walk: Walk) -> None:
    own = start_plan(walk)
    page = office.open(f"/people/{cpft.manager.id}")
    address = next(link for link in page.links if link.endswith("/end") and "posts" in link)
    office.open(address)
    office.send(address, day("last_day", date(2027, 3, 31)))
    assert walk.step(cpft.manager, "read_pack", own)


def test_the_last_of_the_directorate_stays(world: World, visit: Visit) -> None:
    house = world.bth
    uma = visit(house.directorate)

    def end(person: Person, status: int) -> str:
        page = uma.open(f"/people/{person.id}")
        address = next(link for link in page.links if link.endswith("/end") and "posts" in link)
        uma.open(address)
        return uma.send(address, day("last_day", date(2027, 2, 28)), status=status).text

    end(house.second_directorate, 200)
    assert "This is the last post in the Medical Workforce team." in end(house.directorate, 409)


def test_a_vacant_role_is_named_with_the_way_to_fill_it(cpft: House, office: Visitor) -> None:
    page = office.open("/people/places")
    assert "Nursing and Quality Manager Vacant" in page.text
    assert any(f"place=team%3A{cpft.team.id}" in link or f"place=team:{cpft.team.id}" in link for link in page.links)


def test_care_groups_and_teams_are_added_and_renamed(cpft: House, office: Visitor) -> None:
    office.open("/people/places/care-groups/new")
    page = office.send("/people/places/care-groups/new", answers(name="Children’s services"))
    assert "Children’s services" in page.text
    office.open("/people/places/teams/new")
    page = office.send("/people/places/teams/new", answers(name="Kendal team", care_group=str(cpft.care_group.id)))
    assert "Kendal team" in page.text
    rename = f"/people/places/teams/{cpft.team.id}/rename"
    office.open(rename)
    assert "There is already one named" in office.send(rename, answers(name="kendal TEAM"), status=409).text
    page = office.send(rename, answers(name="Eden team"))
    assert "Eden team" in page.text
    office.open("/people/places/teams/999999/rename", status=404)


@pytest.mark.clause("CPFT-7.4.3")
def test_a_new_starter_is_listed_and_their_interim_plan_started_with_one_press(
    cpft: House, office: Visitor, walk: Walk, store: Store
) -> None:
    with store() as session:
        for row in (Contract, Post):
            session.execute(update(row).where(row.person_id == cpft.doctor.id).values(starts_on=date(2027, 2, 22)))
    text = office.open("/people").text
    assert "Who Dr Amina Osei Team Penrith community team First day Started on 22 February 2027" in text
    page = office.send(f"/people/{cpft.doctor.id}/interim-plan", {})
    assert "The interim plan of Dr Amina Osei is under way" in page.text
    own = walk.case_of(cpft.doctor)
    assert walk.facts(own)["employment_start_date"] == "2027-02-22"
    assert "New starters without a job plan" not in office.open("/people").text
    office.send(f"/people/{cpft.doctor.id}/interim-plan", {}, status=403)


def test_anybody_names_a_deputy_for_themselves_and_ends_it(cpft: House, visit: Visit, walk: Walk) -> None:
    own = start_plan(walk)
    manager = visit(cpft.manager)
    manager.open("/deputies/new")
    away = {**day("starts_on", date(2027, 3, 1)), **day("ends_on", date(2027, 3, 14))}
    page = manager.send("/deputies/new", {**answers(deputy=str(cpft.amd.id), reason="Annual leave"), **away})
    assert "Dr Edmund Thwaite" in page.text
    deputy = visit(cpft.amd)
    assert "For Dr Carys Llewellyn, as deputy" in deputy.open("/").text
    assert "Annual leave" in deputy.open("/deputies").text
    end = next(each.get("action", "") for each in page.root.iter("form") if "/end" in each.get("action", ""))
    deputy.send(end, {}, status=403)
    manager.send(end, {})
    assert "as deputy" not in deputy.open("/").text
    assert walk.step(cpft.manager, "read_pack", own)


def test_only_the_directorate_records_a_deputy_for_somebody_else(cpft: House, office: Visitor, visit: Visit) -> None:
    visit(cpft.doctor).open("/deputies/for-others/new", status=403)
    office.open("/deputies/for-others/new")
    away = {**day("starts_on", date(2027, 3, 2)), **day("ends_on", date(2027, 3, 1))}
    who = answers(person=str(cpft.amd.id), deputy=str(cpft.manager.id), reason="Sick leave")
    assert "before the first" in office.send("/deputies/for-others/new", {**who, **away}, status=409).text
    away |= day("ends_on", date(2027, 3, 9))
    page = office.send("/deputies/for-others/new", {**who, **away})
    assert "Recorded by Imogen Bland" in page.text
    assert "Dr Carys Llewellyn is your deputy from 2 March 2027 to 9 March 2027" in visit(cpft.amd).open("/").text


def test_somebody_with_a_contract_whom_no_team_plans_with_is_named(cpft: House, office: Visitor, store: Store) -> None:
    with store() as session:
        person = add_person(session, trust=cpft.trust, name="Dr Hugh Lost")
        person.registration = "7654321"
        add_contract(session, person=person)
    page = office.open("/people")
    assert "Doctors whom no team plans with" in page.text
    assert "Dr Hugh Lost, Consultant" in page.text


@pytest.mark.clause("CPFT-5.4-b")
def test_the_case_names_its_supporter_where_the_manager_is_not_medically_qualified(
    cpft: House, office: Visitor, walk: Walk
) -> None:
    own = start_plan(walk)
    assert "Supporter" not in office.open(f"/cases/{own}").text
    address = f"/people/{cpft.manager.id}/edit"
    office.open(address)
    said = answers(name=cpft.manager.name, email=cpft.manager.email, medical="no")
    assert "Not medically qualified" in office.send(address, said).text
    text = office.open(f"/cases/{own}").text
    assert "Supporter, as the manager is not medically qualified Dr Edmund Thwaite" in text
    assert "Dr Edmund Thwaite was added as supporter: the clinical manager is not medically qualified." in text


def test_the_directorate_invites_somebody_to_sign_in_from_their_page(
    cpft: House, store: Store, office: Visitor
) -> None:
    with store() as session:
        session.query(Account).filter_by(person_id=cpft.doctor.id).delete()
        session.query(Account).filter_by(person_id=cpft.manager.id).update({"persona": None})
    where = f"/people/{cpft.doctor.id}"
    page = office.open(where)
    assert "Dr Amina Osei has no account yet, and cannot sign in. Invite to sign in" in page.text
    page = office.send(f"{where}/account", {})
    assert "The account is open. A link to choose a password is on its way by e-mail." in page.text
    assert f"Dr Amina Osei can sign in with {cpft.doctor.email}. Send a new link to a password" in page.text
    assert "Send a new link to a password" in office.open(f"/people/{cpft.manager.id}").text
    assert "one of the demonstration’s people" in office.open(f"/people/{cpft.amd.id}").text


def test_hr_sees_who_can_sign_in_and_invites_nobody(cpft: House, store: Store, visit: Visit) -> None:
    with store() as session:
        session.query(Account).filter_by(person_id=cpft.doctor.id).delete()
    page = visit(cpft.hr).open(f"/people/{cpft.doctor.id}")
    assert "has no account yet, and cannot sign in." in page.text
    assert "Invite to sign in" not in page.text
