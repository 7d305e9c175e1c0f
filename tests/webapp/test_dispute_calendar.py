"""The dates of the board in one's own calendar, under a secret address."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask import Flask
from icalendar import Calendar
from sqlalchemy import select, update

from tests.factories import TODAY, House
from tests.factories.disputes import book, moved_to, open_dispute, open_limit, other_team, stop
from tests.webapp.apps import Store
from tests.webapp.visitor import Visitor
from workflows.domain.calendars import LONDON
from workflows.store.models import Act, Attempt, CalendarFeed, Person, Post

Visit = Callable[[Person], Visitor]


def make(visitor: Visitor) -> str:
    """Make an address; returns its path, as the page shows it this once."""
    visitor.open("/disputes/calendar")
    page = visitor.send("/disputes/calendar/new", {})
    [address] = [box.get("value", "") for box in page.root.iter("input") if box.get("id") == "feed"]
    assert address.count("/calendar/") == 1
    return f"/calendar/{address.rpartition('/')[2]}"


def read(app: Flask, path: str, status: int = 200) -> str:
    """What a calendar program gets, without signing in."""
    answer = app.test_client().get(path)
    assert answer.status_code == status
    return answer.text


def entries(app: Flask, path: str) -> dict[str, date | datetime]:
    """The calendar: what, and when it starts."""
    calendar = Calendar.from_ical(read(app, path))
    return {str(event["summary"]): event.decoded("dtstart") for event in calendar.walk("VEVENT")}


def test_a_calendar_reads_due_days_meetings_and_hearings_of_ones_own_board(
    app: Flask, cpft: House, visit: Visit, store: Store
) -> None:
    with store() as session:
        case = open_dispute(session, cpft, stage="appeal_panel", due=12, limit="panel_meets")
        book(session, case, "hearing", on=TODAY + timedelta(days=9), at="14:30", place="Room 4, Dr Osei's clinic")
        late = open_dispute(session, cpft, due=-2)
        stop(session, late, open_limit(session, late, "lodge_appeal", due=5), by=cpft.directorate)
        team = other_team(session, cpft, care_group="Children", name="Carlisle paediatrics")
        moved_to(session, open_dispute(session, cpft, due=3), team)
        first, second = case.reference, late.reference
    assert entries(app, make(visit(cpft.amd))) == {
        f"Due: Meeting of the appeal panel, {first}": TODAY + timedelta(days=12),
        f"Hearing, {first}": datetime(2027, 3, 10, 14, 30, tzinfo=LONDON),
        f"Due: Mediation meeting, {second}": TODAY - timedelta(days=2),
    }


def test_the_calendar_names_nobody_and_leads_to_the_case(app: Flask, cpft: House, visit: Visit, store: Store) -> None:
    with store() as session:
        case = open_dispute(session, cpft, due=12, held_by=[cpft.medical_director])
        book(session, case, "mediation", on=TODAY, place="Room of Dr Siddiqui")
        reference = case.reference
    text = read(app, make(visit(cpft.amd))).replace("\r\n ", "")
    for person in (cpft.doctor, cpft.manager, cpft.medical_director, cpft.amd):
        assert person.name.split()[-1] not in text
    assert "@cpft" not in text
    assert f"/cases/{reference}" in text


def test_the_address_is_shown_once_and_kept_as_a_hash(app: Flask, cpft: House, visit: Visit, store: Store) -> None:
    visitor = visit(cpft.amd)
    path = make(visitor)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert token in visitor.page.html
    page = visitor.open("/disputes/calendar")
    assert token not in page.html
    assert "You have an address since Monday 1 March 2027" in page.text
    with store() as session:
        row = session.scalars(select(CalendarFeed)).one()
        assert token not in row.token_hash
        assert len(row.token_hash) == 64


def test_an_address_ends_when_it_is_ended_or_another_is_made(
    app: Flask, cpft: House, visit: Visit, store: Store
) -> None:
    visitor = visit(cpft.amd)
    first = make(visitor)
    second = make(visitor)
    read(app, first, status=404)
    read(app, second)
    visitor.send("/disputes/calendar/end", {})
    assert "The address is ended." in visitor.page.text
    assert "There is none at the moment." in visitor.page.text
    read(app, second, status=404)
    with store() as session:
        assert [act.kind for act in session.scalars(select(Act).order_by(Act.number))][-3:] == [
            "calendar_made",
            "calendar_made",
            "calendar_ended",
        ]
    visitor.send("/disputes/calendar/end", {}, status=404)


def test_it_ends_with_the_post_and_when_its_person_leaves(app: Flask, cpft: House, visit: Visit, store: Store) -> None:
    paths = {part: make(visit(getattr(cpft, part))) for part in ("amd", "medical_director")}
    for path in paths.values():
        read(app, path)
    yesterday = TODAY - timedelta(days=1)
    with store() as session:
        session.execute(update(Post).where(Post.person_id == cpft.amd.id).values(ends_on=yesterday))
        session.execute(update(Person).where(Person.id == cpft.medical_director.id).values(left_on=yesterday))
    for path in paths.values():
        assert "no longer follows disputes" in read(app, path, status=404)


def test_it_changes_with_the_board_of_its_person(app: Flask, cpft: House, visit: Visit, store: Store) -> None:
    path = make(visit(cpft.amd))
    assert entries(app, path) == {}
    with store() as session:
        case = open_dispute(session, cpft, due=12)
        reference = case.reference
    assert list(entries(app, path)) == [f"Due: Mediation meeting, {reference}"]
    with store() as session:
        session.merge(case).status = "closed"
    assert entries(app, path) == {}


def test_whoever_tries_addresses_is_made_to_wait(app: Flask, cpft: House, visit: Visit, store: Store) -> None:
    path = make(visit(cpft.amd))
    for _ in range(20):
        read(app, path)
    read(app, path, status=429)
    with store() as session:
        assert all(path not in key for key in session.scalars(select(Attempt.key)))


def test_a_made_up_address_is_not_there(app: Flask, cpft: House) -> None:
    read(app, "/calendar/made-up.ics", status=404)
