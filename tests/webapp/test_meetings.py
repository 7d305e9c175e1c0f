"""The calendar file of a meeting on the page of its case, for those whom it concerns."""

from collections.abc import Callable

import pytest
from icalendar import Calendar

from tests.cases.stages import plan_round, prepare, start_plan
from tests.cases.walk import Walk
from tests.factories import World
from tests.webapp.visitor import Visitor
from workflows.store.models import Person

SignIn = Callable[[Person], Visitor]


@pytest.fixture
def reference(walk: Walk) -> str:
    """The doctor's review, with the meeting booked."""
    made = start_plan(walk)
    prepare(walk, made)
    told = {"meeting_booked_for": "2027-03-29", "meeting_place": "Room 4", "service_manager_invited": False}
    walk.do(walk.house.manager, "book_meeting", made, **told, meeting_time="14:30")
    return made


def test_the_parties_find_the_meeting_on_the_case_with_a_file_for_their_calendars(
    reference: str, world: World, visit: SignIn
) -> None:
    for part in (world.cpft.doctor, world.cpft.manager, world.cpft.amd, world.cpft.directorate):
        visitor = visit(part)
        page = visitor.open(f"/cases/{reference}")
        assert "Meeting: Monday 29 March 2027 at 2:30pm, Room 4." in page.text
        [link] = [each for each in page.links if each.endswith(".ics")]
        answer = visitor.client.get(link)
        assert answer.status_code == 200
        assert answer.mimetype == "text/calendar"
        assert answer.headers["Content-Disposition"] == f"attachment; filename={reference}-meeting.ics"
        assert answer.headers["Cache-Control"] == "no-store"
        calendar = Calendar.from_ical(answer.data)
        assert calendar["method"] == "PUBLISH"
        [event] = calendar.walk("VEVENT")
        assert event["sequence"] == 0
        assert "attendee" not in event
        assert str(event["description"]).endswith(f"/cases/{reference}")


def test_every_doctor_of_a_team_finds_its_session_with_a_file_for_their_calendar(
    walk: Walk, world: World, visit: SignIn
) -> None:
    plan_round(walk)
    told = {"team_session_booked_for": "2027-03-29", "team_session_time": "13:00", "team_session_place": "Room 1"}
    walk.do(walk.house.manager, "prepare_session", session_requirements="Two more clinics", **told)
    team = walk.newest("team_planning")
    for part in (world.cpft.doctor, world.cpft.colleague, world.cpft.manager, world.cpft.amd):
        visitor = visit(part)
        page = visitor.open(f"/cases/{team}")
        assert "Team session: Monday 29 March 2027 at 1pm, Room 1." in page.text
        [link] = [each for each in page.links if each.endswith(".ics")]
        [event] = Calendar.from_ical(visitor.client.get(link).data).walk("VEVENT")
        assert str(event["summary"]).startswith("Team session: Penrith community team")
    first_page = visit(world.cpft.colleague).open("/").text
    assert "Team session on Monday 29 March 2027 at 1pm" in first_page


@pytest.mark.parametrize("part", ["colleague", "hr", "finance", "chief_executive"])
def test_nobody_else_has_the_file(reference: str, world: World, visit: SignIn, part: str) -> None:
    visitor = visit(getattr(world.cpft, part))
    assert visitor.client.get(f"/cases/{reference}/meetings/meeting.ics").status_code in {403, 404}


def test_the_file_is_not_there_for_another_trust_or_another_meeting(
    reference: str, world: World, visit: SignIn
) -> None:
    assert visit(world.bth.directorate).client.get(f"/cases/{reference}/meetings/meeting.ics").status_code == 404
    for key in ("hearing", "meeting%0d%0aX-Header: 1", "..%2f..%2fetc"):
        assert visit(world.cpft.doctor).client.get(f"/cases/{reference}/meetings/{key}.ics").status_code == 404
