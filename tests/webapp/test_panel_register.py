"""The register of panel members, as the Medical Directorate keeps it and others read it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.factories import NOW, TODAY, House, World, open_case
from tests.webapp.apps import Store
from tests.webapp.test_people import answers, day
from tests.webapp.test_statements import counted
from tests.webapp.visitor import Visitor
from workflows.store import panel_register as register
from workflows.store.models import PanelMember, PanelReview, Person

Visit = Callable[[Person], Visitor]
READERS = ("directorate", "medical_director", "chief_executive", "amd")
STRANGERS = ("doctor", "manager", "service_manager", "hr", "finance", "board_secretary")
BODIES = ("NHS Employers", "BMA", "BDA")


@pytest.fixture
def office(cpft: House, visit: Visit) -> Visitor:
    """Somebody of the Medical Directorate."""
    return visit(cpft.directorate)


def enter(store: Store, house: House, name: str, *, calls: int = 0) -> int:
    """A listed member who sat on so many panels."""
    with store() as session:
        person = Person(trust_id=house.trust.id, name=name, email=f"{name.lower().replace(' ', '.')}@out.example")
        session.add(person)
        session.flush()
        about = {"organisation": "Elsewhere", "specialties": "", "starts_on": TODAY, "added_at": NOW}
        row = PanelMember(trust_id=house.trust.id, person_id=person.id, **about)
        register.add(session, row=row)
        register.approve(session, row=row, approvals=dict.fromkeys(BODIES, TODAY))
        for _ in range(calls):
            case = open_case(session, house)
            register.allocate(session, member_id=row.id, case_id=case.id, status="sat", now=NOW)
        return row.id


def typed(**more: str) -> dict[str, str]:
    """An entry that every body has approved."""
    approved = [day(f"approved_{place}", date(2027, 1, 10)) for place in range(len(BODIES))]
    boxes = {key: value for each in approved for key, value in each.items()}
    return {**answers(organisation="Tyne Moor", **more), **boxes, **day("starts_on", date(2027, 2, 1))}


@pytest.mark.parametrize("part", STRANGERS)
def test_the_register_is_closed_to_other_roles(cpft: House, visit: Visit, store: Store, part: str) -> None:
    member = enter(store, cpft, "Dr Ada Hope")
    visitor = visit(getattr(cpft, part))
    assert "/panel-register" not in visitor.page.links
    for address in ("", "/fairness", f"/{member}", "/new", f"/{member}/change", "/reviews/new"):
        visitor.open(f"/panel-register{address}", status=403)


@pytest.mark.parametrize("part", READERS)
def test_those_who_convene_or_follow_appeals_read_it_and_only_the_office_changes_it(
    cpft: House, visit: Visit, store: Store, part: str
) -> None:
    member = enter(store, cpft, "Dr Ada Hope")
    visitor = visit(getattr(cpft, part))
    assert "/panel-register" in visitor.page.links
    assert "Dr Ada Hope" in visitor.open("/panel-register").text
    assert "Dr Ada Hope" in visitor.open("/panel-register/fairness").text
    page = visitor.open(f"/panel-register/{member}")
    keeps = part == "directorate"
    assert (f"/panel-register/{member}/change" in page.links) is keeps
    visitor.open(f"/panel-register/{member}/change", status=200 if keeps else 403)
    visitor.open("/panel-register/new", status=200 if keeps else 403)
    if not keeps:
        visitor.open("/panel-register")
        visitor.send(f"/panel-register/{member}/take-off", {}, status=403)


def test_a_member_of_another_trust_is_not_there(world: World, office: Visitor, store: Store) -> None:
    other = enter(store, world.bth, "Dr Di Elsewhere")
    assert "Dr Di Elsewhere" not in office.open("/panel-register").text
    for address in ("", "/change", "/take-off", "/absences/new", "/conflicts/new"):
        office.open(f"/panel-register/{other}{address}", status=404)


def test_an_empty_register_says_what_to_do(cpft: House, office: Visitor, visit: Visit) -> None:
    page = office.open("/panel-register")
    assert "Nobody is on the register yet" in page.text
    assert "Ask NHS Employers, BMA and BDA for the list that they have approved" in page.text
    assert "/panel-register/new" in page.links
    assert "The Medical Directorate team adds its members." in visit(cpft.amd).open("/panel-register").text


def test_somebody_from_outside_is_entered_and_listed_once_every_body_has_approved_them(office: Visitor) -> None:
    office.open("/panel-register/new")
    office.send("/panel-register/new", answers(name="Dr Ada Hope"), status=422)
    assert "“Organisation” needs an answer." in office.page.problems
    wanting = {key: value for key, value in typed().items() if "approved_1" not in key}
    who = answers(name="Dr Ada Hope", email="ada@out.example")
    page = office.send("/panel-register/new", {**wanting, **who})
    assert page.heading == "Dr Ada Hope"
    assert "Not approved yet by BMA." in page.text
    change = next(link for link in page.links if link.endswith("/change"))
    office.open(change)
    page = office.send(change, typed(specialties="Psychotherapy"))
    assert "No last day is set." in page.text
    assert "They would be called next" in page.text


def test_a_refused_entry_says_why_and_keeps_what_was_typed(cpft: House, office: Visitor) -> None:
    office.open("/panel-register/new")
    who = answers(name="Dr Ada Hope", email=cpft.doctor.email)
    page = office.send("/panel-register/new", {**typed(), **who}, status=409)
    assert "Dr Amina Osei has this e-mail address" in page.text
    assert [box.get("value") for box in page.root.iter("input") if box.get("name") == "answer-name"] == ["Dr Ada Hope"]


def test_somebody_known_is_chosen_from_those_who_are_not_on_it(cpft: House, office: Visitor, store: Store) -> None:
    page = office.open("/panel-register/new/known")
    assert cpft.colleague.name in page.text
    page = office.send("/panel-register/new/known", typed(person=str(cpft.colleague.id)))
    assert page.heading == cpft.colleague.name
    assert cpft.colleague.name not in office.open("/panel-register/new/known").text


def test_the_list_is_narrowed_to_those_listed_or_no_longer(cpft: House, office: Visitor, store: Store) -> None:
    enter(store, cpft, "Dr Ada Hope")
    gone = enter(store, cpft, "Dr Bo Hope")
    address = f"/panel-register/{gone}/take-off"
    office.open(address)
    page = office.send(address, {**day("day", TODAY), **answers(reason="Moved away.")})
    assert "Taken off on 1 March 2027. Moved away." in page.text
    assert not any(link.endswith("/change") for link in page.links)
    for standing, names in (
        ("", {"Dr Ada Hope", "Dr Bo Hope"}),
        ("listed", {"Dr Ada Hope"}),
        ("no_longer", {"Dr Bo Hope"}),
        ("nonsense", {"Dr Ada Hope", "Dr Bo Hope"}),
    ):
        links = office.open(f"/panel-register?standing={standing}").root.iter("a")
        shown = {office.page.text_of(link) for link in links}
        assert shown & {"Dr Ada Hope", "Dr Bo Hope"} == names
    assert "Nobody fits" in office.open("/panel-register?standing=not_yet").text


def test_days_and_conflicts_show_on_the_members_page_and_go_again(cpft: House, office: Visitor, store: Store) -> None:
    member = enter(store, cpft, "Dr Ada Hope")
    base = f"/panel-register/{member}"
    office.open(f"{base}/absences/new")
    until = TODAY + timedelta(days=5)
    page = office.send(f"{base}/absences/new", {**day("starts_on", TODAY), **day("ends_on", until)})
    assert "1 March 2027 to 6 March 2027" in page.text
    assert "They cannot be called today" in page.text
    assert "Away until 6 March 2027" in office.open("/panel-register").text
    office.open(f"{base}/conflicts/new")
    said = answers(words="Worked there.", care_group=str(cpft.care_group.id))
    page = office.send(f"{base}/conflicts/new", said)
    assert "Worked there." in page.text
    assert cpft.care_group.name in page.text
    for kind in ("absences", "conflicts"):
        form = next(one for one in office.page.root.iter("form") if kind in one.get("action", ""))
        page = office.send(form.get("action", ""), {})
    assert "has declared none" in page.text
    assert "No days are recorded" in page.text


@pytest.mark.clause("CPFT-7.8.11")
def test_the_report_shows_each_members_panels_and_names_whoever_is_used_repeatedly(
    cpft: House, visit: Visit, store: Store
) -> None:
    for name, calls in (("Dr Ada Hope", 3), ("Dr Bo Hope", 1), ("Dr Cy Hope", 1)):
        enter(store, cpft, name, calls=calls)
    page = visit(cpft.chief_executive).open("/panel-register/fairness")
    sentence = "Dr Ada Hope was called 3 times, where 1 is usual among those listed at least as long."
    assert sentence in page.text
    assert "Dr Bo Hope was called" not in page.text
    assert page.text.count("Used repeatedly") == 3, "the heading, the tag of one, and what it means"


@pytest.mark.clause("CPFT-7.8.12-b")
@pytest.mark.parametrize(
    ("reviewed", "said"),
    [(date(2026, 4, 1), ""), (date(2026, 3, 20), "Review due soon"), (date(2026, 2, 1), "Review overdue")],
)
def test_the_page_says_when_it_was_reviewed_and_when_a_review_presses(
    cpft: House, office: Visitor, store: Store, reviewed: date, said: str
) -> None:
    enter(store, cpft, "Dr Ada Hope")
    assert "The register has not been reviewed yet." in office.open("/panel-register").text
    with store() as session:
        row = {"trust_id": cpft.trust.id, "by_id": cpft.directorate.id, "recorded_at": NOW}
        session.add(PanelReview(**row, day=reviewed, note="All asked."))
    text = office.open("/panel-register").text
    assert "The register was last reviewed on" in text
    assert "12 months is a default (not verified)" in text
    assert said in text
    assert said or ("due soon" not in text and "overdue" not in text)
    office.open("/panel-register/reviews/new")
    page = office.send("/panel-register/reviews/new", {**day("day", TODAY), **answers(note="Two to be asked.")})
    assert "last reviewed on 1 March 2027 by Imogen Bland. The next review is due by 1 March 2028." in page.text
    assert "due soon" not in page.text
    with store() as session:
        assert [row.note for row in session.scalars(select(PanelReview).order_by(PanelReview.id))][
            -1
        ] == "Two to be asked."


def test_the_list_asks_no_more_of_the_database_however_many_are_on_it(cpft: House, visit: Visit, store: Store) -> None:
    office = visit(cpft.directorate)
    office.open("/")

    def asked(address: str) -> int:
        with counted() as sent:
            office.open(address)
        return len(sent)

    enter(store, cpft, "Dr Ada Hope")
    addresses = ("/panel-register", "/panel-register/fairness")
    before = [asked(address) for address in addresses]
    for number in range(8):
        enter(store, cpft, f"Dr Number {number}", calls=1)
    assert [asked(address) for address in addresses] == before
