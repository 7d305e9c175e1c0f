"""Every meeting goes into calendars: booked, moved, called off, as the calendar files say that people are sent."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.event import listen, remove

from tests.cases import sketches
from tests.cases.conftest import SQLITE
from tests.cases.stages import plan_round, prepare, session_booked, start_plan
from tests.cases.walk import Walk
from tests.factories import NOW, add_account, add_person, add_post
from workflows import cases
from workflows.domain.meetings import Meeting
from workflows.notices import invitations
from workflows.notices.letters import Site
from workflows.store import sign_ins
from workflows.store.models import Account, Mail, Person

SITE = Site("https://accord.cpft.example", "Accord <accord@cpft.example>")
LONDON = ZoneInfo("Europe/London")
HEARING = sketches.diagram(
    {"clinical_manager": ("book_hearing", "hold_hearing", "again")},
    sketches.plain("startEvent", "opened"),
    sketches.step("book_hearing", "hearing_booked_for date", "hearing_time time", "hearing_with people").replace(
        ' required="true"', ""
    ),
    sketches.step("hold_hearing", "outcome text"),
    sketches.plain("exclusiveGateway", "again", default="again_to_held"),
    sketches.plain("endEvent", "held"),
    sketches.flow("opened", "book_hearing"),
    sketches.flow("book_hearing", "hold_hearing"),
    sketches.flow("hold_hearing", "again"),
    sketches.flow("again", "held"),
    sketches.flow("again", "book_hearing", 'case.outcome == "book again"'),
)


@pytest.fixture(autouse=True)
def accounts(cpft: Walk) -> None:
    """Everybody of Cumbria has an account."""
    with cpft.session() as session:
        for person in session.scalars(select(Person).where(Person.trust_id == cpft.house.trust.id)):
            add_account(session, person=person)
        session.commit()


def booked(walk: Walk, on: str = "2027-03-29", at: str | None = "14:30", **more: Any) -> str:
    """The doctor's review, with the meeting booked."""
    reference = start_plan(walk)
    prepare(walk, reference)
    told = {"meeting_booked_for": on, "meeting_place": "Room 4, Carleton Clinic", "service_manager_invited": False}
    walk.do(walk.house.manager, "book_meeting", reference, **{**told, "meeting_time": at, **more})
    return reference


def invitations_of(walk: Walk) -> dict[str, list[Mail]]:
    """The e-mails about meetings, by the name of whom they go to."""
    with walk.session() as session:
        wanted = select(Mail, Person.name).join(Person).where(Mail.kind == "meeting").order_by(Mail.id)
        found: dict[str, list[Mail]] = {}
        for row in session.execute(wanted):
            found.setdefault(row.name, []).append(row.Mail)
        return found


def event_of(mail: Mail) -> Any:
    """What a calendar reads in the file that goes with an e-mail; `method` with it."""
    file, method = invitations.file_of(mail.calendar, site=SITE, now=NOW)
    calendar = Calendar.from_ical(file)
    assert calendar["method"] == method
    event: Any = calendar.walk("VEVENT")[0]
    event.method = method
    event.zones = [zone["tzid"] for zone in calendar.walk("VTIMEZONE")]
    return event


@pytest.mark.clause("CPFT-7.4.2-b")
def test_a_booked_meeting_is_in_the_e_mail_of_both_sides_as_a_calendar_file(cpft: Walk) -> None:
    reference = booked(cpft)
    sent = invitations_of(cpft)
    assert set(sent) == {cpft.house.doctor.name, cpft.house.manager.name}
    event = event_of(sent[cpft.house.doctor.name][0])
    assert event.method == "REQUEST"
    assert event["uid"] == f"meeting.{reference.lower()}@accord.cpft.example"
    assert event["sequence"] == 0
    assert event.decoded("dtstart") == datetime(2027, 3, 29, 14, 30, tzinfo=LONDON)
    assert event.decoded("dtstart").astimezone(UTC).hour == 13, "summer time has begun the day before"
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=1)
    assert event["dtstart"].params["tzid"] == "Europe/London"
    assert event.zones == ["Europe/London"]
    assert str(event["location"]) == "Room 4, Carleton Clinic"
    assert cpft.house.doctor.name in str(event["summary"])
    assert str(event["organizer"]) == "mailto:accord@cpft.example"
    assert {str(one) for one in event["attendee"]} == {
        f"mailto:{person.email}" for person in (cpft.house.doctor, cpft.house.manager)
    }
    assert [notice.kind for notice in cpft.notices(cpft.house.doctor)].count("meeting") == 1


def session_of_team(walk: Walk) -> str:
    """A round has begun, and the team's manager has booked its session."""
    plan_round(walk)
    told = {"team_session_booked_for": "2027-03-29", "team_session_time": "13:00", "team_session_place": "Room 1"}
    walk.do(walk.house.manager, "prepare_session", session_requirements="Two more clinics", **told)
    return walk.newest("team_planning")


@pytest.mark.clause("CPFT-7.4.1-a")
def test_every_doctor_of_the_team_and_whoever_is_wanted_there_is_invited_to_its_session(cpft: Walk) -> None:
    house = cpft.house
    reference = session_of_team(cpft)
    sent = invitations_of(cpft)
    everybody = (house.doctor, house.colleague, house.manager, house.service_manager)
    assert set(sent) == {person.name for person in everybody}
    event = event_of(sent[house.colleague.name][0])
    assert (event.method, event["sequence"]) == ("REQUEST", 0)
    assert event["uid"] == f"team_session.{reference.lower()}@accord.cpft.example"
    assert event.decoded("dtstart") == datetime(2027, 3, 29, 13, tzinfo=LONDON)
    assert {str(one) for one in event["attendee"]} == {f"mailto:{person.email}" for person in everybody}
    assert str(event["summary"]).startswith("Team session: Penrith community team")
    assert [notice.kind for notice in cpft.notices(house.colleague)].count("meeting") == 1


@SQLITE
def test_a_team_whose_year_is_withdrawn_has_its_session_called_off(cpft: Walk) -> None:
    reference = session_of_team(cpft)
    actor = cpft.actor(cpft.house.directorate)
    cpft.perform(cases.withdraw_case, actor=actor, reference=reference, reason="Merged", now=cpft.at)
    for person in (cpft.house.doctor, cpft.house.colleague, cpft.house.manager):
        invited, off = (event_of(mail) for mail in invitations_of(cpft)[person.name])
        assert (off.method, off["status"], off["sequence"]) == ("CANCEL", "CANCELLED", 1)
        assert off["uid"] == invited["uid"]


def statements_of_booking(walk: Walk) -> int:
    """How many ways to the database it takes to book the team's session."""
    plan_round(walk)
    step = walk.step(walk.house.manager, "prepare_session")
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    listen(walk.engine, "before_cursor_execute", note)
    walk.complete(walk.house.manager, step, session_requirements="More clinics", **session_booked(walk))
    remove(walk.engine, "before_cursor_execute", note)
    return len(sent)


@SQLITE
def test_a_large_team_is_invited_with_as_many_questions_as_a_small_one(cpft: Walk, bth: Walk) -> None:
    with cpft.session() as session:
        for person in (bth.house.doctor, bth.house.colleague, bth.house.manager):
            add_account(session, person=person)
        for number in range(20):
            doctor = add_person(session, trust=cpft.house.trust, name=f"Dr Number {number}")
            group, team = cpft.house.care_group, cpft.house.team
            add_post(session, person=doctor, role="practitioner", care_group=group, team=team)
            add_account(session, person=doctor)
        session.commit()
    assert statements_of_booking(bth) == statements_of_booking(cpft)
    assert len(invitations_of(cpft)) == 24 + 3, "of both trusts"


@SQLITE
def test_a_meeting_without_a_time_is_a_whole_day(cpft: Walk) -> None:
    booked(cpft, at=None)
    event = event_of(invitations_of(cpft)[cpft.house.doctor.name][0])
    assert event.decoded("dtstart").isoformat() == "2027-03-29"
    assert event.decoded("dtend").isoformat() == "2027-03-30"


@SQLITE
def test_a_role_that_is_invited_is_invited(cpft: Walk) -> None:
    booked(cpft, service_manager_invited=True)
    assert cpft.house.service_manager.name in invitations_of(cpft)


@SQLITE
@pytest.mark.parametrize(("mail", "count"), [("daily", 1), ("never", 0)])
def test_an_invitation_does_not_wait_for_the_daily_e_mail_but_whoever_wants_none_gets_none(
    cpft: Walk, mail: str, count: int
) -> None:
    with cpft.session() as session:
        account = session.scalars(select(Account).where(Account.person_id == cpft.house.doctor.id)).one()
        sign_ins.set_mail(session, account_id=account.id, mail=mail)
        session.commit()
    booked(cpft)
    assert len(invitations_of(cpft).get(cpft.house.doctor.name, [])) == count
    assert [notice.kind for notice in cpft.notices(cpft.house.doctor)].count("meeting") == 1


def hearing(walk: Walk, **told: Any) -> str:
    """A case of the trust's own process, with a hearing booked."""
    reference = sketches.run(walk, HEARING)
    walk.do(walk.house.manager, "book_hearing", reference, **told)
    return reference


def again(walk: Walk, reference: str, **told: Any) -> None:
    """The hearing is booked anew."""
    walk.do(walk.house.manager, "hold_hearing", reference, outcome="book again")
    walk.do(walk.house.manager, "book_hearing", reference, **told)


def test_a_meeting_that_moves_is_the_same_meeting_and_whoever_is_no_longer_needed_is_told_so(cpft: Walk) -> None:
    house = cpft.house
    first = {"hearing_booked_for": "2027-04-01", "hearing_time": "09:00", "hearing_with": [house.amd.id, house.hr.id]}
    reference = hearing(cpft, **first)
    again(cpft, reference, **{**first, "hearing_time": "11:15", "hearing_with": [house.amd.id]})
    sent = invitations_of(cpft)
    before, after = (event_of(mail) for mail in sent[house.amd.name])
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.method == "REQUEST"
    assert after.decoded("dtstart") == datetime(2027, 4, 1, 11, 15, tzinfo=LONDON)
    assert "Before, it was to be on Thursday 1 April 2027 at 9am." in sent[house.amd.name][1].words
    invited, dropped = (event_of(mail) for mail in sent[house.hr.name])
    assert (dropped.method, dropped["status"], dropped["sequence"]) == ("CANCEL", "CANCELLED", 1)
    assert dropped["uid"] == invited["uid"]


def test_a_meeting_that_is_booked_for_no_date_any_more_is_off(cpft: Walk) -> None:
    reference = hearing(cpft, hearing_booked_for="2027-04-01", hearing_time="09:00")
    again(cpft, reference, hearing_booked_for=None, hearing_time=None)
    [_, off] = invitations_of(cpft)[cpft.house.doctor.name]
    assert off.subject.startswith("Called off: ")
    event = event_of(off)
    assert (event.method, event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)
    assert event.decoded("dtstart") == datetime(2027, 4, 1, 9, tzinfo=LONDON)
    again(cpft, reference, hearing_booked_for="2027-04-08", hearing_time="10:00")
    [*_, anew] = invitations_of(cpft)[cpft.house.doctor.name]
    assert (event_of(anew).method, event_of(anew)["sequence"]) == ("REQUEST", 2)


@SQLITE
def test_the_same_said_again_tells_nobody(cpft: Walk) -> None:
    told = {"hearing_booked_for": "2027-04-01", "hearing_time": "09:00"}
    reference = hearing(cpft, **told)
    again(cpft, reference, **told)
    assert len(invitations_of(cpft)[cpft.house.doctor.name]) == 1
    again(cpft, reference, hearing_booked_for=None, hearing_time=None)
    assert len(invitations_of(cpft)[cpft.house.doctor.name]) == 2, "who was told long ago hears that it is off"


@SQLITE
def test_a_case_that_is_withdrawn_calls_its_meetings_off(cpft: Walk) -> None:
    reference = booked(cpft)
    actor = cpft.actor(cpft.house.directorate)
    cpft.perform(cases.withdraw_case, actor=actor, reference=reference, reason="Started twice", now=cpft.at)
    [_, off] = invitations_of(cpft)[cpft.house.doctor.name]
    assert event_of(off).method == "CANCEL"


def test_a_hostile_place_or_name_breaks_no_line_of_a_calendar_file() -> None:
    hostile = 'Room 4\r\nATTENDEE:mailto:x@y.example\r\nEND:VEVENT;,"'
    meeting = Meeting(
        case="CPFT-2027-0001",
        key="meeting",
        about=hostile,
        on=NOW.date(),
        at=None,
        place=hostile,
        people=((hostile, "a@b.example\r\nATTENDEE:mailto:x@y.example"),),
        number=0,
        said_at=NOW,
    )
    file, _ = invitations.file_of(meeting.as_json(), site=SITE, now=NOW)
    [event] = Calendar.from_ical(file).walk("VEVENT")
    assert not isinstance(event["attendee"], list), "one is invited"
    assert str(event["location"]).startswith("Room 4 ATTENDEE:mailto")
    assert Meeting.from_json(meeting.as_json()) == meeting
