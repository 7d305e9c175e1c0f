"""Who mediates and who sits on a panel, as the page of a dispute says it, and putting somebody else in their place."""

from collections.abc import Callable, Iterator

import pytest
import time_machine

from tests.cases.disputing import begin, book, form_panel, list_member, outsider, refer, to_appeal
from tests.cases.test_forming_panel import sitting
from tests.cases.walk import Walk
from tests.webapp.apps import Store
from tests.webapp.test_people import answers
from tests.webapp.visitor import Visitor
from workflows.store.models import Account, Person

Visit = Callable[[Person], Visitor]
THOSE_WHO_REPLACE = ("directorate", "chief_executive")
THOSE_WHO_READ = ("doctor", "manager", "amd", "medical_director")
ASKED = answers(reason="Fell ill on Monday", can_sit="yes")


@pytest.fixture
def appeal(walk: Walk) -> Iterator[str]:
    """An appeal whose panel is complete, on its day."""
    list_member(walk, "Dr Third Member")
    reference = to_appeal(walk)
    form_panel(walk, reference)
    with time_machine.travel(walk.at, tick=False):
        yield reference


def lines(visitor: Visitor) -> list[str]:
    """The lines of the tables as text, but for their headings."""
    texts = (visitor.page.text_of(line) for line in visitor.page.root.iter("tr"))
    return [text for text in texts if "Dr " in text]


@pytest.mark.parametrize("part", [*THOSE_WHO_REPLACE, *THOSE_WHO_READ])
def test_whoever_sees_the_dispute_reads_who_decides_and_few_may_replace_them(
    walk: Walk, appeal: str, visit: Visit, part: str
) -> None:
    visitor = visit(getattr(walk.house, part))
    page = visitor.open(f"/cases/{appeal}/panel")
    assert page.heading == "Mediator and panel"
    assert "Dr Farah Siddiqui" in lines(visitor)[0]
    for name in ("Dr Chair Person", "Dr Second Member", "Dr Third Member"):
        [line] = [line for line in lines(visitor) if name in line]
        assert "Had no earlier part" in line
    may = part in THOSE_WHO_REPLACE
    assert ("Replace somebody who is ill or leaves" in page.text) is may
    assert ("Panels so far: 1 panel" in page.text) is may
    if part != "chief_executive":
        visitor.open(f"/cases/{appeal}")
        assert f"/cases/{appeal}/panel" in visitor.page.links
    if not may:
        visitor.send(f"/cases/{appeal}/panel", {**ASKED, **answers(seat="chair")}, status=403)


def test_a_member_of_the_panel_reads_it_and_strangers_do_not(
    walk: Walk, appeal: str, visit: Visit, store: Store
) -> None:
    with store() as session:
        chair = session.get_one(Person, sitting(walk, appeal)["chair"])
        account = session.query(Account).filter_by(person_id=chair.id).one()
        account.persona = "Chairs the panel"
    assert "Dr Third Member" in visit(chair).open(f"/cases/{appeal}/panel").text
    for part in ("colleague", "hr", "board_secretary"):
        visit(getattr(walk.house, part)).open(f"/cases/{appeal}/panel", status=403)


def test_the_directorate_replaces_a_chair_and_only_those_who_replace_read_why(
    walk: Walk, appeal: str, visit: Visit
) -> None:
    new = outsider(walk, "Dr Other Chair")
    office = visit(walk.house.directorate)
    office.open(f"/cases/{appeal}/panel")
    address = f"/cases/{appeal}/panel"
    refused = office.send(address, {**ASKED, **answers(seat="chair", person=str(walk.house.chief_executive.id))}, 422)
    assert any("“Name the chair”" in problem for problem in refused.problems)
    assert len(office.send(address, {}, 422).problems) == 3
    page = office.send(address, {**ASKED, **answers(seat="chair", person=str(new.id))})
    assert "Dr Other Chair has come in." in page.text
    assert sitting(walk, appeal)["chair"] == new.id
    [before] = [line for line in lines(office) if "Dr Chair Person" in line]
    assert "Replaced: Fell ill on Monday" in before
    doctor = visit(walk.house.doctor)
    assert "Dr Chair Person" in doctor.open(address).text
    assert "Fell ill" not in doctor.page.text


def test_the_page_says_who_of_the_register_is_next_and_they_come_in(walk: Walk, appeal: str, visit: Visit) -> None:
    office, address = visit(walk.house.directorate), f"/cases/{appeal}/panel"
    assert "nobody is left on it." in office.open(address).text
    exhausted = office.send(address, {**ASKED, **answers(seat="third", person="")}, status=422)
    assert any("Nobody who is left on the panel register" in problem for problem in exhausted.problems)
    list_member(walk, "Dr Next Member")
    assert "Dr Next Member is next on it." in office.open(address).text
    assert "Dr Next Member has come in." in office.send(address, {**ASKED, **answers(seat="third", person="")}).text


@pytest.mark.clause("CPFT-7.8.11")
def test_the_fairness_report_counts_who_was_called(walk: Walk, appeal: str, visit: Visit) -> None:
    office = visit(walk.house.directorate)
    office.open("/panel-register/fairness")
    [line] = [line for line in lines(office) if "Dr Third Member" in line]
    assert "Panels 1" in line
    assert "To come 1" in line


def test_empty_seats_and_a_proposed_third_member_are_said(walk: Walk, visit: Visit) -> None:
    list_member(walk, "Dr Third Member")
    reference = to_appeal(walk)
    with time_machine.travel(walk.at, tick=False):
        page = visit(walk.house.doctor).open(f"/cases/{reference}/panel")
    assert page.text.count("Nobody yet") == 3
    assert "Dr Third Member is proposed as third member" in page.text


def test_before_an_appeal_the_mediator_alone_is_there_to_be_replaced(walk: Walk, visit: Visit) -> None:
    reference = refer(walk, begin(walk))
    address = f"/cases/{reference}/panel"
    assert "Nobody mediates yet." in visit(walk.house.doctor).open(address).text
    office = visit(walk.house.directorate)
    assert "Replace somebody" not in office.open(address).text
    office.send(address, ASKED, status=403)
    book(walk, reference)
    assert "Nobody yet" not in office.open(address).text
    page = office.send(address, {**ASKED, **answers(seat="mediator", person=str(walk.house.amd.id))})
    assert "Dr Edmund Thwaite has come in." in page.text


def test_a_case_that_is_no_dispute_has_no_panel(walk: Walk, appeal: str, visit: Visit) -> None:
    plan = walk.case_of(walk.house.doctor)
    for part in ("directorate", "doctor"):
        visit(getattr(walk.house, part)).open(f"/cases/{plan}/panel", status=404)
    visit(walk.house.chief_executive).open(f"/cases/{plan}/panel", status=403)
