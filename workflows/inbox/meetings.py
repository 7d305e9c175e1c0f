"""The meetings of a case: for its page, and as a file for a calendar."""

from collections.abc import Collection
from datetime import datetime

from workflows.domain.errors import NotFound
from workflows.domain.meetings import BOOKED, Meeting, booked_in, meeting_of
from workflows.inbox import Session, Viewer
from workflows.inbox.finding import find
from workflows.inbox.reach import reach, standings_in
from workflows.store import lists
from workflows.store import meetings as meeting_rows
from workflows.store.models import Case

CONCERNED = frozenset({"party", "amd", "directorate", "medical_director", "mediator"})
"""Standings of those who may know where and when the parties meet."""


class NoSuchMeeting(NotFound):
    """No such meeting is booked in this case."""


def of_case(session: Session, *, case: Case, standings: Collection[str]) -> tuple[Meeting, ...]:
    """What is booked in a case; nothing for whoever it does not concern."""
    if CONCERNED.isdisjoint(standings):
        return ()
    found = meeting_rows.bookings(session, case_id=case.id)
    booked = (
        meeting_of(
            key,
            found.facts,
            case=case.reference,
            about=case.title,
            people=(),
            number=found.times[f"{key}{BOOKED}"] - 1,
            said_at=found.written_at[f"{key}{BOOKED}"],
        )
        for key in booked_in(found.facts)
    )
    return tuple(meeting for meeting in booked if meeting is not None)


def meeting(session: Session, *, viewer: Viewer, reference: str, key: str, now: datetime) -> Meeting:
    """One meeting of a case that the viewer may see. Raises NoSuchCase, NotYourCase, NoSuchMeeting."""
    sees = reach(session, viewer=viewer, now=now)
    case = find(session, sees=sees, reference=reference)
    holders = lists.holders(session, step_ids=[step.id for step in lists.open_steps(session, case_ids=[case.id])])
    standings = standings_in(sees, case, [person for _, person, _ in holders])
    for one in of_case(session, case=case, standings=standings):
        if one.key == key:
            return one
    raise NoSuchMeeting
