"""Verbs on leave: enter it, approve professional and study leave, take an entry out again."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows.domain.arithmetic.leave import cost, normal_week
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.leave import ANNUAL, MAY_ENTER, MAY_GRANT
from workflows.domain.people import check_period, in_words
from workflows.domain.plan import Plan
from workflows.domain.roles import Role
from workflows.engine.bank_holidays import england
from workflows.people.keeping import Keeper, check_here, find_person
from workflows.store import Session, lists, team_pages
from workflows.store import leave as leave_rows
from workflows.store import notices as notice_rows
from workflows.store import people as people_rows
from workflows.store import plans as plan_rows
from workflows.store import posts as post_rows
from workflows.store.models import LeaveTaken, Person


class NoSuchLeave(NotFound):
    """There is no such leave any more."""


class NotYoursToEnter(NotAllowed):
    """Leave of {doctor} is entered by themselves, by their {clinical_manager} or by the {medical_directorate}."""


class NotYoursToApprove(NotAllowed):
    """Professional and study leave of {doctor} is approved by their {clinical_manager} or {amd}, on the needs of the
    service (BTH 3.4.12.2). Nobody approves their own."""


class NothingToApprove(NotAllowed):
    """Only professional and study leave that waits for it is approved."""


class AwayAlready(NotAllowed):
    """Leave has been entered for that time already: {first} to {last}."""


class TooLong(NotAllowed):
    """One entry of leave is a year long at most."""


LONGEST_DAYS = 366


@dataclass(frozen=True)
class Leave:
    """Leave as it is entered: a key of LEAVE_KINDS, its first and last day, and whether it is spent in the UK."""

    kind: str
    first: date
    last: date
    in_uk: bool = True


def enter_leave(session: Session, *, by: Keeper, person_id: int, leave: Leave, now: datetime) -> int:
    """Enter leave of a doctor; returns its id. Annual leave is refused where no work is scheduled (BTH-3.4.12.1-b);
    professional leave has days off duty within it (BTH-3.4.12.2-a).

    Raises NoSuchPerson, HasLeft, NotYoursToEnter, EndsBeforeItBegins, TooLong, AwayAlready, NotScheduled.
    """
    doctor = find_person(session, by, person_id)
    _check_enters(session, by, doctor, now)
    check_period(leave.first, leave.last)
    check_here(doctor, leave.last)
    if (leave.last - leave.first).days >= LONGEST_DAYS:
        raise TooLong
    people_rows.lock_person(session, person_id=doctor.id)
    for other in leave_rows.of_person(session, person_id=doctor.id, first=leave.first, last=leave.last):
        raise AwayAlready(first=in_words(other.starts_on), last=in_words(other.ends_on))
    version = plan_rows.agreed_last(session, person_id=doctor.id)
    if leave.kind == ANNUAL and version is not None:
        week = normal_week(Plan.from_json(version.content).activities)
        cost(leave.first, leave.last, week, england(leave.first.year).bank_holidays)
    row = LeaveTaken(
        trust_id=by.trust_id,
        person_id=doctor.id,
        kind=leave.kind,
        starts_on=leave.first,
        ends_on=leave.last,
        in_uk=leave.in_uk,
        entered_at=now,
        entered_by_id=by.person_id,
    )
    leave_rows.add(session, row=row)
    return row.id


def approve_leave(session: Session, *, by: Keeper, leave_id: int, now: datetime) -> None:
    """Approve professional or study leave on the needs of the service: from then on it counts (BTH-3.4.12.2-b). The
    doctor is told. Raises NoSuchLeave, NotYoursToApprove, NothingToApprove."""
    row, doctor = _find(session, by, leave_id)
    if not grants(session, by, doctor, now):
        raise NotYoursToApprove(doctor=doctor.name)
    if row.kind == ANNUAL or row.approved_at is not None:
        raise NothingToApprove
    row.approved_at, row.approved_by_id = now, by.person_id
    told = notice_rows.NewNotice(
        trust_id=by.trust_id,
        person_id=doctor.id,
        key=f"leave:{row.id}:approved",
        kind="leave_approved",
        subject="Your leave is approved",
        words=f"Professional or study leave from {in_words(row.starts_on)} to {in_words(row.ends_on)} is approved.",
        written_at=now,
    )
    notice_rows.add(session, notices=[told])


def take_out_leave(session: Session, *, by: Keeper, leave_id: int, now: datetime) -> None:
    """It has not been taken after all, or was entered wrongly. Raises NoSuchLeave, NotYoursToEnter."""
    row, doctor = _find(session, by, leave_id)
    _check_enters(session, by, doctor, now)
    leave_rows.remove(session, row=row)


def grants(session: Session, by: Keeper, doctor: Person, now: datetime) -> bool:
    """Whether somebody approves this doctor's professional leave."""
    return by.person_id != doctor.id and _over(session, by, doctor, MAY_GRANT, now)


def _find(session: Session, by: Keeper, leave_id: int) -> tuple[LeaveTaken, Person]:
    row = leave_rows.by_id(session, trust_id=by.trust_id, leave_id=leave_id)
    if row is None:
        raise NoSuchLeave
    people_rows.lock_person(session, person_id=row.person_id)
    return row, find_person(session, by, row.person_id)


def _check_enters(session: Session, by: Keeper, doctor: Person, now: datetime) -> None:
    """Raises NotYoursToEnter."""
    if by.person_id != doctor.id and not _over(session, by, doctor, MAY_ENTER, now):
        raise NotYoursToEnter(doctor=doctor.name)


def _over(session: Session, by: Keeper, doctor: Person, roles: frozenset[Role], now: datetime) -> bool:
    """Whether somebody holds one of these roles for a team of the doctor, or deputises for whoever does."""
    if by.person_id is None:
        return False
    today = civil_day(now)
    people = {by.person_id, *(one.id for one in post_rows.deputising_for(session, person_id=by.person_id, on=today))}
    held = lists.roles_of(session, trust_id=by.trust_id, person_ids=people - {doctor.id}, day=today)
    teams = team_pages.teams_of(session, trust_id=by.trust_id, person_id=doctor.id, day=today)
    return any(
        role in roles
        and (
            role == Role.MEDICAL_DIRECTORATE or any(_covers(team_id, group, one.id, one.care_group_id) for one in teams)
        )
        for role, group, team_id, _ in held
    )


def _covers(team_id: int | None, care_group_id: int | None, team: int, its_group: int) -> bool:
    """Whether a post is over this team, or over its whole care group."""
    return team_id == team if team_id else care_group_id == its_group
