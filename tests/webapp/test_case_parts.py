"""The page of a case beyond where it is: on paper, for a deputy, withdrawn, and its drawing in the trust's words."""

import pytest
from sqlalchemy import select

from tests.factories import NOW
from tests.webapp.demonstration_site import Site
from workflows.store.models import Deputy, Person

pytestmark = pytest.mark.usefixtures("standstill")

AMD = "Dr Margaret Jopson"
LATE = "Dr Colm Byrne"
MANAGER = "Dr Robert Graham"
DOCTOR = "Dr Finn Doyle"
OFFICE = "Carol Lamb"


def deputise(site: Site, away: str, deputy: str) -> None:
    """The deputy stands in today."""
    with site.session() as session:
        ids = {person.name: person.id for person in session.scalars(select(Person))}
        day = NOW.date()
        session.add(
            Deputy(
                person_id=ids[away],
                deputy_id=ids[deputy],
                starts_on=day,
                ends_on=day,
                reason="Leave",
                recorded_at=NOW,
            )
        )


def test_on_paper_everything_is_open_that_the_reader_may_see(site: Site) -> None:
    reference = site.case_of(LATE)
    page = site.page(AMD, f"/cases/{reference}/print")
    screen = site.page(AMD, f"/cases/{reference}")
    assert not [
        each
        for each in page.root.iter("details")
        if each.get("open") is None and each.get("class") != "app-demonstration__more"
    ]
    assert not list(page.with_class("app-diagram"))
    for heading in ("Where it is", "Deadlines", "People", "Step by step", "Job plan", "Messages sent", "History"):
        assert heading in page.text
    told = [page.text_of(line) for line in page.with_class("app-timeline__words")]
    assert told == [screen.text_of(line) for line in screen.with_class("app-timeline__words")]
    assert "Signatures under the job plan" in page.text


def test_paper_shows_nobody_more_than_the_screen(site: Site) -> None:
    reference = site.case_of(LATE)
    site.page("Keith Oddie", f"/cases/{reference}/print", status=403)
    site.page("Denise Bury", f"/cases/{reference}/print", status=404)
    page = site.page(DOCTOR, f"/cases/{site.case_of(DOCTOR)}/print")
    assert "History" in page.text


def test_lanes_of_a_drawing_bear_the_titles_of_the_trust(site: Site) -> None:
    xml = site.client(AMD).get(f"/cases/{site.case_of(LATE)}/diagrams/sign_off.bpmn").text
    assert 'name="HR Workforce Team"' in xml
    assert 'name="hr_workforce"' not in xml


def test_a_deputy_sees_for_whom_they_would_act(site: Site) -> None:
    reference = site.case_of(LATE)
    deputise(site, MANAGER, DOCTOR)
    text = site.page(DOCTOR, f"/cases/{reference}").text
    assert f"Do this step for {MANAGER}" in text
    assert f"You are the deputy of {MANAGER}: the record names you both." in text
    assert f"for {MANAGER}" not in site.page(MANAGER, f"/cases/{reference}").text


def test_the_directorate_withdraws_a_case_after_reading_what_goes_with_it(site: Site) -> None:
    reference = site.case_of(DOCTOR)
    path = f"/cases/{reference}/withdraw"
    assert path in site.page(OFFICE, f"/cases/{reference}").links
    page = site.page(OFFICE, path)
    assert page.heading == "Withdraw this case?"
    assert "Record the meeting" in page.text
    assert "The case that it belongs to goes on without it." in page.text
    assert site.client(OFFICE).post(path, data={"reason": " "}).status_code == 422
    assert site.client(OFFICE).post(path, data={"reason": "Dr Doyle has left"}).status_code == 303
    text = site.page(OFFICE, f"/cases/{reference}").text
    assert "This case was withdrawn on" in text
    assert "The reason given: Dr Doyle has left" in text
    assert f"{OFFICE} withdrew the case, which had been started by mistake." in text
    assert "Do this step" not in text
    site.page(OFFICE, path, status=403)
    assert "Withdrawn" in site.page(AMD, f"/cases/{site.case_like('team_planning', 'CPFT')}").text


@pytest.mark.parametrize("who", [DOCTOR, MANAGER, AMD])
def test_nobody_else_is_offered_to_withdraw_it(site: Site, who: str) -> None:
    reference = site.case_of(DOCTOR)
    path = f"/cases/{reference}/withdraw"
    assert path not in site.page(who, f"/cases/{reference}").links
    site.page(who, path, status=403)
    assert site.client(who).post(path, data={"reason": "I do not like it"}).status_code == 403


def test_what_stands_in_the_way_of_withdrawing_is_said(site: Site) -> None:
    signed = f"/cases/{site.case_of(LATE)}/withdraw"
    assert "has been signed or approved" in site.page(OFFICE, signed).text
    assert site.client(OFFICE).post(signed, data={"reason": "Late"}).status_code == 403
    parent = f"/cases/{site.case_like('planning_round', 'CPFT')}/withdraw"
    page = site.page(OFFICE, parent)
    assert site.case_like("team_planning", "CPFT") in page.text
    assert site.client(OFFICE).post(parent, data={"reason": "Wrong year"}).status_code == 403
