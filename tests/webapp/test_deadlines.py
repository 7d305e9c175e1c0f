"""Why a deadline falls on its date."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories import NOW, TODAY
from tests.webapp.demonstration_site import Site
from workflows import deadlines
from workflows.cases import Actor

pytestmark = pytest.mark.usefixtures("standstill")

AMD = "Dr Margaret Jopson"
LATE = "Dr Colm Byrne"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def address(site: Site, doctor: str = LATE, name: str = "sign_off") -> str:
    return f"/deadlines/{site.deadline_of(site.case_of(doctor), name)}"


@pytest.mark.clause("CPFT-7.5-a")
def test_a_late_signature_is_explained_line_by_line_with_its_clause(site: Site) -> None:
    text = site.page(AMD, address(site)).text
    assert "7 days late" in text
    assert re.search(r"28 days from then is \d+ \w+ \d{4} \(CPFT-7\.5-a: must\)", text)
    assert re.search(r"That date comes from the step “Record the meeting”, completed by Dr Robert Graham", text)
    assert "Signatures of both practitioner and clinical manager are due 28 days after the meeting" in text


def test_the_ladder_says_what_went_and_to_whom(site: Site) -> None:
    page = site.page(AMD, address(site))
    assert re.search(r"Reminder to whoever has the step .{0,80}Sent", page.text)
    assert re.search(r"Escalation to Associate Medical Director .{0,80}Sent", page.text)


def test_the_ladder_of_a_deadline_ahead_says_what_will_go(site: Site) -> None:
    text = site.page(AMD, address(site, "Dr Finn Doyle", "individual_plan")).text
    assert re.search(r"Reminder to whoever has the step .{0,80}To come", text)
    assert "Sent" not in text.split("Reminders and escalations")[1]


def test_an_extension_shows_who_gave_it_and_why(site: Site) -> None:
    amd, deadline = site.id_of(AMD), site.deadline_of(site.case_of(LATE), "sign_off")
    with site.session() as session:
        deadlines.extend(
            session,
            actor=Actor(person_id=amd, trust_id=1),
            deadline_id=deadline,
            to_on=TODAY + timedelta(days=10),
            reason="The doctor is on leave",
            now=NOW,
        )
    text = site.page(AMD, address(site)).text
    assert "Extended to 11 March 2027 by Dr Margaret Jopson on 1 March 2027: The doctor is on leave." in text
    assert "10 days left" in text


def test_a_deadline_of_a_case_that_is_not_yours_is_not_there(site: Site) -> None:
    site.page("Dr Finn Doyle", address(site), status=404)
    site.page("Keith Oddie", address(site), status=404)
