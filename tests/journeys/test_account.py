"""Your account, and the way back in, in a real browser with a real clock that sends."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.live import Site
from tests.journeys.visitor import Visitor

DOCTOR = "Dr Amina Osei"
ADDRESS = "amina.osei@cpft.example"


@pytest.mark.slow
def test_a_link_to_a_new_password_comes_by_e_mail_and_leads_to_a_page_that_says_what_it_wants(
    planned: Site, browsers: Callable[..., Visitor]
) -> None:
    at = browsers(planned)
    at.open("/sign-in").follow("Forgotten your password?")
    at.main.get_by_role("textbox", name="E-mail address").fill(ADDRESS)
    at.press("Send the link")
    at.reads("Look into your e-mail")
    at.sign_in(DOCTOR).open("/demonstration/notices?kind=password")
    letter = at.main.get_by_text("Choose a new password for Accord").first
    letter.click()
    link = at.main.get_by_role("link", name="Open the page that it leads to")
    for _ in range(20):  # the clock sends every few seconds
        if link.count():
            break
        at.page.wait_for_timeout(500)
        at.open("/demonstration/notices?kind=password")
        letter.click()
    at.follow("Open the page that it leads to")
    at.reads("Choose your password")
    at.main.get_by_label("Your new password").fill("too short")
    at.press("Set this password")
    assert "at least 12 characters" in at.problems()[0]


@pytest.mark.slow
def test_somebody_finds_their_account_from_any_page_and_chooses_one_e_mail_a_day(
    planned: Site, browsers: Callable[..., Visitor]
) -> None:
    at = browsers(planned)
    at.sign_in(DOCTOR).open("/cases").follow(re.compile(f"^{DOCTOR}"))
    at.reads("Your account")
    at.sees(ADDRESS, "This browser")
    at.main.get_by_role("radio", name=re.compile("^Once a day")).check()
    at.press("Save")
    at.sees("Your choice is saved.")
    expect(at.main.get_by_role("radio", name=re.compile("^Once a day"))).to_be_checked()
