"""Why a deadline falls on its date."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import NOW, TODAY
from tests.webapp.demonstration_site import Site
from workflows import deadlines
from workflows.cases import Actor

pytestmark = pytest.mark.usefixtures("standstill")

AMD = "Dr Margaret Jopson"
LATE = "Dr Colm Byrne"


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


# ------------------------------------------------------------------------------------------------- changing the date
def running(site: Site) -> str:
    """A deadline that runs: that of a plan in work."""
    return address(site, "Dr Finn Doyle", "individual_plan")


def sent(site: Site, who: str, path: str, status: int = 303, **typed: Any) -> str:
    answer = site.client(who).post(path, data=typed)
    assert answer.status_code == status, answer.text[:2000]
    return answer.text


def day(of: date) -> dict[str, Any]:
    """A day as its three boxes are sent."""
    return {f"change-to_on-{part}": str(getattr(of, part)) for part in ("day", "month", "year")}


def test_an_extension_tells_what_it_changes_before_it_is_made_and_can_be_taken_back(site: Site) -> None:
    path = running(site)
    assert "Give more time" in site.page(AMD, path).text
    assert site.page(AMD, f"{path}/extend").heading == "Give more time"
    later = TODAY + timedelta(days=300)
    typed: dict[str, Any] = {**day(later), "change-reason": "The clinic moves in May"}
    before = site.page(AMD, path).text
    asked = sent(site, AMD, f"{path}/extend", 200, **typed)
    assert "What that changes" in asked
    assert re.search(r"would be due on \w+ \d+ December 2027, \d+ days later", asked)
    assert "Reminder to whoever has the step on" in asked
    assert site.page(AMD, path).text == before, "nothing is changed before it is confirmed"
    sent(site, AMD, f"{path}/extend", **typed, sure="yes")
    page = site.page(AMD, path)
    assert "by Dr Margaret Jopson on 1 March 2027: The clinic moves in May." in page.text
    case = site.page("Dr Finn Doyle", f"/cases/{site.case_of('Dr Finn Doyle')}").text
    assert "extended" in case
    assert "Dr Margaret Jopson extended" in site.page(AMD, f"/cases/{site.case_of('Dr Finn Doyle')}").text
    assert "would be due on" in site.page(AMD, f"{path}/take_back").text
    sent(site, AMD, f"{path}/take_back")
    assert "was taken back by Dr Margaret Jopson" in site.page(AMD, path).text
    site.page(AMD, f"{path}/take_back", status=403)


def test_a_date_that_is_not_later_or_no_date_is_said(site: Site) -> None:
    path = f"{running(site)}/extend"
    early = sent(site, AMD, path, 200, **day(TODAY), **{"change-reason": "Sooner"})
    assert "must be later than" in early
    assert "What that changes" not in early
    assert "needs an answer" in sent(site, AMD, path, 422, **day(TODAY))
    assert "must be a real date" in sent(
        site, AMD, path, 422, **{**day(TODAY), "change-to_on-day": "40", "change-reason": "x"}
    )
    far: dict[str, Any] = {**day(date(2150, 1, 1)), "change-reason": "x"}
    assert "more than two years" in sent(site, AMD, path, 409, **far, sure="yes")


def test_a_clock_is_stopped_with_a_reason_and_started_again(site: Site) -> None:
    path = running(site)
    assert "no reminder or escalation goes out" in site.page(AMD, f"{path}/pause").text
    sent(site, AMD, f"{path}/pause", 422)
    because: dict[str, Any] = {"change-reason": "Long leave"}
    sent(site, AMD, f"{path}/pause", **because)
    page = site.page(AMD, path)
    assert "Clock stopped" in page.text
    assert "The clock has been stopped since 1 March 2027 by Dr Margaret Jopson: Long leave." in page.text
    assert "clock stopped" in site.page(AMD, f"/cases/{site.case_of('Dr Finn Doyle')}").text
    site.page(AMD, f"{path}/pause", status=403)
    assert "stays due on" in site.page(AMD, f"{path}/resume").text
    sent(site, AMD, f"{path}/resume")
    assert "Clock stopped" not in site.page(AMD, path).text


@pytest.mark.parametrize("who", ["Dr Finn Doyle", "Dr Robert Graham"])
@pytest.mark.parametrize("verb", ["extend", "pause", "resume", "take_back"])
def test_the_parties_read_the_date_and_change_nothing(site: Site, who: str, verb: str) -> None:
    path = running(site)
    assert "Give more time" not in site.page(who, path).text
    site.page(who, f"{path}/{verb}", status=403)
    typed: dict[str, Any] = {**day(TODAY + timedelta(days=300)), "change-reason": "Please", "sure": "yes"}
    sent(site, who, f"{path}/{verb}", 403, **typed)


def test_there_is_no_other_way_to_change_a_date(site: Site) -> None:
    site.page(AMD, f"{running(site)}/shorten", status=404)
