"""The demonstration's own clock."""

import re
from pathlib import Path

import pytest

from tests.webapp.demonstration_site import Site
from tests.webapp.page import Page

pytestmark = pytest.mark.usefixtures("standstill")

AMD = "Dr Margaret Jopson"


def forward(site: Site, who: str = AMD, **posted: str) -> Page:
    answer = site.client(who).post("/demonstration/forward", data={"next": "/cases", **posted})
    assert answer.status_code == 303
    assert answer.location == "/cases"
    return site.page(who, "/cases")


def test_each_page_shows_the_demonstrations_own_date(site: Site) -> None:
    assert "It is Monday 1 March 2027 at 9:30am." in site.page(AMD, "/cases").text


def test_a_week_forward_does_what_falls_due_on_the_way_and_tells_it(site: Site) -> None:
    text = forward(site, by="week").text
    assert "It is Monday 8 March 2027 at 9:30am." in text
    assert re.search(r"On the way, .*?\d+ reminders? (was|were) sent", text)


def test_a_day_in_which_nothing_is_due_says_so(site: Site) -> None:
    text = forward(site, by="day").text
    assert "It is now Tuesday 2 March 2027. " in text


def test_to_the_next_deadline_stops_when_its_day_has_ended(site: Site) -> None:
    text = forward(site, by="deadline").text
    assert re.search(r"It is now \w+ \d+ \w+ 2027\. On the way, .*?\d+ deadlines? came to (its|their) day", text)


def test_to_a_date_arrives_after_the_reminders_of_that_morning(site: Site) -> None:
    assert "It is Saturday 20 March 2027 at 8am." in forward(site, by="date", on="2027-03-20").text


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2027-02-01", "Time moves forward only: choose a later day."),
        ("2031-01-01", "That is too far at once"),
        ("tomorrow", "Choose the day to move to."),
        ("", "Choose the day to move to."),
    ],
)
def test_a_day_that_makes_no_sense_moves_nothing_and_says_why(site: Site, on: str, sentence: str) -> None:
    text = forward(site, by="date", on=on).text
    assert sentence in text
    assert "It is Monday 1 March 2027 at 9:30am." in text


def test_the_way_back_stays_on_this_site(site: Site) -> None:
    answer = site.client(AMD).post("/demonstration/forward", data={"by": "x", "next": "//elsewhere.example/"})
    assert answer.location == "/"


def test_the_page_of_what_was_sent_shows_ones_own_trust_alone(site: Site) -> None:
    page = site.page(AMD, "/demonstration/notices")
    assert "Dr Colm Byrne" in page.text
    other = site.page("Denise Bury", "/demonstration/notices")
    assert "Dr Colm Byrne" not in other.text
    assert not any("CPFT" in link for link in other.links)


def test_what_was_sent_is_narrowed_to_a_person_and_a_kind(site: Site) -> None:
    forward(site, by="week")
    everything = site.page(AMD, "/demonstration/notices")
    options = next(each for each in everything.root.iter("select") if each.get("name") == "person").iter("option")
    person, name = next((each.get("value"), everything.text_of(each)) for each in options if each.get("value"))
    to_one = site.page(AMD, f"/demonstration/notices?person={person}&kind=notice")
    told = [to_one.text_of(each) for each in to_one.with_class("nhsuk-details")]
    assert told
    assert len(told) < len(list(everything.with_class("nhsuk-details")))
    assert all(f"to {name}" in each for each in told)
    nothing = site.page(AMD, f"/demonstration/notices?person={person}&kind=password")
    assert "No e-mail fits." in nothing.text
    assert site.page(AMD, "/demonstration/notices?person=x&kind=y&page=999").heading == "What was sent"


def test_a_real_site_has_no_such_clock(small_demonstration: Path, place: Path) -> None:
    site = Site(small_demonstration, place, demonstration=False)
    assert "Move time forward" not in site.page(AMD, "/cases").html
    assert site.client(AMD).post("/demonstration/forward", data={"by": "day"}).status_code == 404
    assert site.client(AMD).get("/demonstration/notices").status_code == 404


def test_a_stranger_cannot_move_time(site: Site) -> None:
    answer = site.app.test_client().post("/demonstration/forward", data={"by": "day"})
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")
    assert "1 March 2027" in site.page(AMD, "/cases").text


@pytest.mark.parametrize(("who", "may"), [("Dr Sana Ahmed", True), ("Bhavna Naik", True), ("Joanne Hewitt", False)])
def test_what_was_sent_leads_to_a_plan_only_whoever_may_read_it(site: Site, who: str, may: bool) -> None:
    page = site.page(who, "/demonstration/notices?kind=notice")
    assert "Dr Sana Ahmed: annual job plan 2027/28: in force" in page.text
    plan = f"/plans/{site.plan_of('Dr Sana Ahmed', 'in_force')}"
    assert (plan in page.links) is may
    site.page(who, plan, status=200 if may else 403)
