"""Leave in the demonstration: of two doctors of each trust's first team, taken, booked and waiting for approval."""

from datetime import timedelta

from workflows import people
from workflows.domain.calendars import civil_day
from workflows.people import Leave
from workflows.seeding.driver import Driver, Scene

SHORTLY_BEFORE = 10
"""Days before the present on which the doctors enter their leave."""
LENGTHS = {"annual": 6, "conference": 3, "study": 1}
"""Days from the first to the last of each: a week of annual leave from Monday to Sunday."""
PLANNED = (("annual", -7), ("annual", 9), ("study", -4), ("conference", 4))
"""What each enters, in weeks from the present."""


def enter_leave(story: Driver) -> Scene:
    """Two doctors enter their leave; what is for the profession and begins first is approved at once."""
    first = civil_day(story.until)
    monday = first - timedelta(days=first.weekday())
    wait = (first - story.today).days - SHORTLY_BEFORE
    if wait > 0:
        yield wait
    for key in story.members()[:2]:
        for kind, weeks in PLANNED:
            begins = monday + timedelta(weeks=weeks)
            taken = _enter(story, key, Leave(kind, begins, begins + timedelta(days=LENGTHS[kind])))
            if kind == "study":
                people.approve_leave(story.session, by=story.actor("manager"), leave_id=taken, now=story.at)


def _enter(story: Driver, key: str, leave: Leave) -> int:
    person_id = story.cast.person(key).id
    return people.enter_leave(story.session, by=story.actor(key), person_id=person_id, leave=leave, now=story.at)
