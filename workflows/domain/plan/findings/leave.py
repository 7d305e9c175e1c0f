"""Leave in days of the doctor's own week, and professional and study leave."""

from collections.abc import Iterator
from fractions import Fraction

from workflows.domain.arithmetic.leave import entitlement, normal_week
from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings.around import Around
from workflows.domain.plan.findings.finding import Found, Severity, number_of, rows, rule, shortly
from workflows.domain.plan.lines import DAYS
from workflows.domain.plan.parts import LEAVE_KINDS

PROFESSIONAL = tuple(kind for kind, _ in LEAVE_KINDS if kind != "annual")
TITLES = dict(LEAVE_KINDS)
DAYS_PER_YEAR = "days"


@rule("Leave on a day without work", Severity.ERROR, "a day on which work is scheduled")
def leave_on_free_day(plan: Plan, _: Around) -> Iterator[Found]:
    """Leave is not taken on a day with no scheduled work (BTH-3.4.12.1-b)."""
    working = normal_week(plan.activities)
    for place, row in rows(plan, "leave"):
        if row.get("day") and row["day"] not in working:
            words = f"Leave on {DAYS[row['day']]}s: no work is scheduled on that day, so it needs no leave."
            yield Found(f"{place}.day", row["id"], words)


@rule("Annual leave beside the entitlement", Severity.WARNING, "the days of the entitlement, or why there are more")
def leave_entitlement(plan: Plan, around: Around) -> Iterator[Found]:
    """Annual leave is the five-day entitlement times working days over five (BTH-3.4.12.1-c)."""
    working = len(normal_week(plan.activities))
    if around.terms is None or not working:
        return
    due = entitlement(working, around.terms).value
    found = [(place, row) for place, row in rows(plan, "leave", "annual") if DAYS_PER_YEAR in row]
    taken = sum((number_of(row[DAYS_PER_YEAR]) for _, row in found), Fraction(0))
    if taken > due:
        place, row = found[-1]
        words = f"Annual leave is {shortly(taken)} days, and the entitlement for {working} days a week {shortly(due)}."
        yield Found(f"{place}.{DAYS_PER_YEAR}", row["id"], words)


@rule("Leave in single days", Severity.WARNING, "leave in whole weeks, or why not")
def leave_single_days(plan: Plan, around: Around) -> Iterator[Found]:
    """Single days of a short week must not keep a doctor away for more weeks than the entitlement (BTH-3.4.12.1-d)."""
    working = len(normal_week(plan.activities))
    if around.terms is None or not 0 < working < around.terms.working_days_a_week:
        return
    weeks = around.terms.annual_leave_days / around.terms.working_days_a_week
    for place, row in rows(plan, "leave", "annual"):
        if row.get("day") and number_of(row.get(DAYS_PER_YEAR)) > weeks:
            away = shortly(number_of(row[DAYS_PER_YEAR]))
            words = (
                f"Taken on {DAYS[row['day']]}s alone it takes {away} weeks, and the entitlement is {shortly(weeks)}."
            )
            yield Found(f"{place}.{DAYS_PER_YEAR}", row["id"], words)


@rule("Professional and study leave over the quota", Severity.WARNING, "fewer days, or why there are more")
def professional_leave(plan: Plan, around: Around) -> Iterator[Found]:
    """More than 30 days in three years within the United Kingdom are over the recommended quota (BTH-3.4.12.2-a). Days
    of this plan and of the one before are known."""
    if around.terms is None:
        return
    plans = (plan, around.agreed) if around.agreed else (plan,)
    days = [number_of(row.get(DAYS_PER_YEAR)) for each in plans for _, row in rows(each, "leave", *PROFESSIONAL)]
    taken, limit = sum(days, Fraction(0)), around.terms.professional_leave_days
    own = list(rows(plan, "leave", *PROFESSIONAL))
    if own and taken > limit:
        place, row = own[-1]
        words = f"Professional and study leave is {shortly(taken)} days, over the {shortly(limit)} in three years."
        yield Found(f"{place}.{DAYS_PER_YEAR}", row["id"], words)


@rule("Professional and study leave not approved yet", Severity.NOTE, "its approval, on the needs of the service")
def leave_approved(plan: Plan, _: Around) -> Iterator[Found]:
    """It is granted once it is approved on the needs of the service, and not before (BTH-3.4.12.2-b)."""
    for place, row in rows(plan, "leave", *PROFESSIONAL):
        if not row.get("approved"):
            words = f"{TITLES[row['kind']]}: it does not count as granted until it is approved."
            yield Found(f"{place}.approved", row["id"], words)
