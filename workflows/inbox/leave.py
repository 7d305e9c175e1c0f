"""The leave of a doctor beside a version of their job plan: entitlement, what was taken, and what it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from workflows import releases
from workflows.calculating.basis import Basis, basis_of
from workflows.domain.arithmetic.leave import (
    YEARS_OF_QUOTA,
    Away,
    Loss,
    NotScheduled,
    cost,
    cost_of_week,
    entitlement,
    every_day,
    lost_to_leave,
    normal_week,
    on_no_fixed_day,
    professional_leave,
    weeks_away,
)
from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.working import Figure
from workflows.domain.calendars import civil_day
from workflows.domain.errors import NotAllowed
from workflows.domain.leave import ANNUAL, leave_year
from workflows.domain.plan import Plan
from workflows.inbox import Session, Viewer
from workflows.inbox.plans import Opened, opened, reads_leave
from workflows.store import case_pages, lists, team_pages
from workflows.store import leave as leave_rows
from workflows.store.models import LeaveTaken, Person

NONE = Fraction(0)


class NotYourLeave(NotAllowed):
    """Leave of {doctor} is open to themselves, to those who manage them and to the {medical_directorate} only."""


@dataclass(frozen=True)
class Entry:
    """Leave that was entered. `days` of annual leave are working days, of other leave all days, those off duty too."""

    id: int
    kind: str
    first: date
    last: date
    days: int
    in_uk: bool
    approved_by: str
    approved_on: date | None

    @property
    def counts(self) -> bool:
        """Annual leave does; professional and study leave once it is approved (BTH-3.4.12.2-b)."""
        return self.kind == ANNUAL or self.approved_on is not None


@dataclass(frozen=True)
class Reckoned:
    """The year of leave in figures, under the terms of the plan's contract."""

    terms: Terms
    entitlement: Figure
    away: Figure
    """Weeks that the annual leave of the year comes to, beside the entitlement in weeks."""
    losses: tuple[Loss, ...]
    """By category, those that the plan has."""
    professional: Figure


@dataclass(frozen=True)
class LeavePage:
    """A doctor's leave. `week` are the days of the normal working week; `planned` the days of annual leave that the
    plan names, None where it names none; `may` what the viewer is offered: "enter", "approve"."""

    plan_id: int
    person_id: int
    doctor: str
    number: int
    first: date
    last: date
    """The year of leave."""
    week: tuple[str, ...]
    week_costs: Figure
    planned: Fraction | None
    taken: Fraction
    """Days of annual leave that were entered for the year."""
    no_fixed_day: tuple[str, ...]
    """What of the plan is on no fixed day."""
    entries: tuple[Entry, ...]
    """Those of the year, and professional and study leave of the years before that its quota looks at."""
    reckoned: Reckoned | None
    """None where the policy says nothing of the contract, or the plan has no days."""
    holidays: frozenset[date]
    booking: str
    """Where the rules on booking leave are (BTH-3.4.12.1-f)."""
    may: frozenset[str]


def leave_page(session: Session, *, viewer: Viewer, plan_id: int, now: datetime) -> LeavePage:
    """The leave of the doctor of a version. Raises NoSuchPlan, NotYourPlan, NotYourLeave."""
    found, today = opened(session, viewer=viewer, plan_id=plan_id, now=now), civil_day(now)
    if not reads_leave(found.standings):
        raise NotYourLeave(doctor=found.doctor.name)
    row, plan = found.row, Plan.from_json(found.row.content)
    starts, ends = leave_year(row.effective_from or plan.effective_from or today, today)
    case = case_pages.by_id(session, case_id=row.case_id) if row.case_id else None
    if case:
        loaded = releases.of(session, release_id=case.release_id)
    else:
        loaded = releases.published(session, trust_id=viewer.trust_id)
    contracts = team_pages.contracts(session, person_ids=[found.doctor.id], day=starts)
    basis = basis_of(loaded, plan, contract=contracts[-1].kind if contracts else "", today=starts)
    year = _Year(starts, ends, normal_week(plan.activities), releases.bank_holidays(starts.year).bank_holidays)
    entries = _entries(session, found.doctor, year)
    annual = [each for each in entries if each.kind == ANNUAL]
    named = [
        Fraction(str(each["days"])) for each in plan.entries("leave") if each.get("kind") == ANNUAL and "days" in each
    ]
    return LeavePage(
        plan_id=row.id,
        person_id=found.doctor.id,
        doctor=found.doctor.name,
        number=row.number,
        first=starts,
        last=ends,
        week=year.week,
        week_costs=cost_of_week(year.week),
        planned=sum(named, NONE) if named else None,
        taken=Fraction(sum(each.days for each in annual)),
        no_fixed_day=tuple(dict.fromkeys(line.title for line in plan.activities if on_no_fixed_day(line))),
        entries=entries,
        reckoned=_reckoned(basis, plan, year, entries) if basis and year.week else None,
        holidays=year.holidays,
        booking=str(loaded.policy.values.get("leave_booking", "")),
        may=_may(viewer, found),
    )


@dataclass(frozen=True)
class Cost:
    """What leave would cost. `away` are the weeks that the year's annual leave would come to with it, None where the
    policy says nothing of the contract."""

    days: Figure
    away: Figure | None


def what_it_costs(page: LeavePage, first: date, last: date) -> Cost:
    """Days of annual leave from a day to a day: working days without public holidays (BTH-3.4.12.1-a, -b). Raises
    NotScheduled, EndsBeforeItBegins."""
    days = cost(first, last, page.week, page.holidays)
    if page.reckoned is None:
        return Cost(days, None)
    return Cost(days, weeks_away(int(page.taken + days.value), len(page.week), page.reckoned.terms))


def to_enter(session: Session, *, viewer: Viewer, plan_id: int, now: datetime) -> LeavePage:
    """The page for whoever may enter leave in it. Raises as leave_page does; NotYourLeave for those who only read."""
    page = leave_page(session, viewer=viewer, plan_id=plan_id, now=now)
    if "enter" not in page.may:
        raise NotYourLeave(doctor=page.doctor)
    return page


@dataclass(frozen=True)
class _Year:
    """A year of leave: its days, those of the normal working week, and the public holidays around it."""

    first: date
    last: date
    week: tuple[str, ...]
    holidays: frozenset[date]


def _may(viewer: Viewer, found: Opened) -> frozenset[str]:
    """What the viewer is offered; the verbs look again."""
    own = viewer.person_id == found.doctor.id
    manages = "party" in found.standings and found.doctor.id not in found.sees.people
    may = {"enter"} if own or manages or "directorate" in found.standings else set()
    return frozenset(may | ({"approve"} if not own and (manages or "amd" in found.standings) else set()))


def _entries(session: Session, doctor: Person, year: _Year) -> tuple[Entry, ...]:
    since = year.first.replace(year=year.first.year - YEARS_OF_QUOTA, day=min(year.first.day, 28))
    rows = leave_rows.of_person(session, person_id=doctor.id, first=since, last=year.last)
    who = [row.approved_by_id for row in rows if row.approved_by_id]
    names = lists.names(session, trust_id=doctor.trust_id, person_ids=who) if who else {}
    return tuple(
        Entry(
            id=row.id,
            kind=row.kind,
            first=row.starts_on,
            last=row.ends_on,
            days=_days(row, year),
            in_uk=row.in_uk,
            approved_by=names.get(row.approved_by_id or 0, ""),
            approved_on=civil_day(row.approved_at) if row.approved_at else None,
        )
        for row in rows
        if row.kind != ANNUAL or row.ends_on >= year.first
    )


def _days(row: LeaveTaken, year: _Year) -> int:
    """What it counts for: of annual leave the working days of this year of leave, of other leave every day."""
    if row.kind != ANNUAL:
        return (row.ends_on - row.starts_on).days + 1
    first, last = max(row.starts_on, year.first), min(row.ends_on, year.last)
    try:
        return int(cost(first, last, year.week, year.holidays).value)
    except NotScheduled:
        return 0  # It was entered by another plan than this one.


def _reckoned(basis: Basis, plan: Plan, year: _Year, entries: Iterable[Entry]) -> Reckoned:
    counting = [each for each in entries if each.counts]
    annual = sum(each.days for each in counting if each.kind == ANNUAL)
    away = [day for each in counting for day in every_day(each.first, each.last)]
    values = basis.figures(plan).lines
    worth = [values[line.id] for line in plan.activities]
    professional = [
        Away(each.first, each.last, each.in_uk, each.approved_by or "approved")
        for each in counting
        if each.kind != ANNUAL
    ]
    return Reckoned(
        terms=basis.terms,
        entitlement=entitlement(len(year.week), basis.terms),
        away=weeks_away(annual, len(year.week), basis.terms),
        losses=lost_to_leave(plan.activities, away, basis.terms, year.first, worth, holidays=year.holidays),
        professional=professional_leave(professional, basis.terms),
    )
