"""Verbs on deputies: somebody who acts for another while they are away."""

from datetime import date, datetime, timedelta

from workflows.domain.calendars import ONE_DAY, civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.people import check_period, in_words
from workflows.people.keeping import EDITORS, Keeper, check_here, find_person, holds, note
from workflows.store import Session
from workflows.store import deputies as deputy_rows
from workflows.store import notices as notice_rows
from workflows.store.models import Deputy, Person

LONGEST = timedelta(days=366)
LONGEST_REASON = 300


class NotYourAbsence(NotAllowed):
    """You can record a deputy for yourself. For somebody else the {medical_directorate} team does it."""


class OwnDeputy(NotAllowed):
    """Nobody is their own deputy. Choose somebody else."""


class AwayTooLong(NotAllowed):
    """A deputy stands in for a year at most. For longer, hand the post over."""


class OverAlready(NotAllowed):
    """That absence is over already: its last day is before today."""


class DeputyAlready(NotAllowed):
    """{deputy} is deputy for {person} in that time already."""


class NeedsAReason(NotAllowed):
    """Give a reason in at most 300 characters, such as annual leave."""


class NoSuchDeputy(NotFound):
    """There is no such deputy in your trust."""


def record_deputy(
    session: Session,
    *,
    by: Keeper,
    person_id: int,
    deputy_id: int,
    starts_on: date,
    ends_on: date,
    reason: str,
    now: datetime,
) -> int:
    """Record that somebody stands in for another from a day to a day; returns its id. Both are told.

    Raises: NotYourAbsence, NoSuchPerson, OwnDeputy, HasLeft, EndsBeforeItBegins, AwayTooLong, OverAlready,
    DeputyAlready, NeedsAReason.
    """
    today, reason = civil_day(now), " ".join(reason.split())
    check_may(session, by, person_id, today)
    person, deputy = find_person(session, by, person_id), find_person(session, by, deputy_id)
    if person.id == deputy.id:
        raise OwnDeputy
    check_time(starts_on, ends_on, today)
    check_here(deputy, starts_on)
    if not reason or len(reason) > LONGEST_REASON:
        raise NeedsAReason
    if deputy_rows.overlapping(session, person_id=person.id, deputy_id=deputy.id, first=starts_on, last=ends_on):
        raise DeputyAlready(deputy=deputy.name, person=person.name)
    row = deputy_rows.add(
        session,
        row=Deputy(
            person_id=person.id,
            deputy_id=deputy.id,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason,
            recorded_at=now,
            recorded_by_id=by.person_id,
        ),
    )
    note(session, by, "deputy_recorded", now, person=person.id, deputy=deputy.id, row=row.id)
    tell(session, row, person=person, deputy=deputy, by=by)
    return row.id


def end_deputy(session: Session, *, by: Keeper, deputy_row_id: int, now: datetime) -> None:
    """End it before its time: from now on the deputy no longer acts. Raises NoSuchDeputy, NotYourAbsence,
    OverAlready."""
    today = civil_day(now)
    row = deputy_rows.by_id(session, trust_id=by.trust_id, deputy_row_id=deputy_row_id)
    if row is None:
        raise NoSuchDeputy
    check_may(session, by, row.person_id, today)
    if row.ends_on < today:
        raise OverAlready
    note(session, by, "deputy_ended", now, person=row.person_id, deputy=row.deputy_id, row=row.id)
    if row.starts_on >= today:
        deputy_rows.remove(session, row=row)
    else:
        row.ends_on = today - ONE_DAY


def check_may(session: Session, by: Keeper, person_id: int, today: date) -> None:
    """Anybody for themselves, the directorate for anyone. Raises NotYourAbsence."""
    if by.person_id != person_id and not holds(session, by, today, EDITORS):
        raise NotYourAbsence


def check_time(first: date, last: date, today: date) -> None:
    """Raises EndsBeforeItBegins, OverAlready, AwayTooLong."""
    check_period(first, last)
    if last < today:
        raise OverAlready
    if last - first > LONGEST:
        raise AwayTooLong


def tell(session: Session, row: Deputy, *, person: Person, deputy: Person, by: Keeper) -> None:
    """Word to the deputy, and to whoever is away unless they recorded it themselves."""
    when = f"from {in_words(row.starts_on)} to {in_words(row.ends_on)}"
    told = {deputy.id: f"You are deputy for {person.name} {when}. Their steps are in your list on these days."}
    if by.person_id != person.id:
        told[person.id] = f"{deputy.name} is your deputy {when}: they may take your steps on these days."
    notice_rows.add(
        session,
        notices=[
            notice_rows.NewNotice(
                trust_id=person.trust_id,
                person_id=person_id,
                key=f"deputy:{row.id}:{person_id}",
                kind="deputy",
                subject=f"{deputy.name} stands in for {person.name}",
                words=words,
                written_at=row.recorded_at,
            )
            for person_id, words in told.items()
        ],
    )
