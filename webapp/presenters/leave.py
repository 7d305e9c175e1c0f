"""Leave in words."""

from fractions import Fraction
from typing import NamedTuple

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.arithmetic.working import Figure, plainly
from workflows.domain.leave import ANNUAL
from workflows.domain.plan import CATEGORIES, DAYS
from workflows.domain.plan.parts import LEAVE_KINDS
from workflows.inbox.leave import Cost, Entry, LeavePage

KINDS = dict(LEAVE_KINDS)


class Share(NamedTuple):
    """What leave takes of a category, beside its part of the plan."""

    title: str
    lost: str
    share_lost: str
    share_of_plan: str
    tag: Tag | None


def title(page: LeavePage) -> str:
    """The name of the page."""
    return f"Leave of {page.doctor}"


def unknown(page: LeavePage) -> str:
    """Why there are no figures."""
    if not page.week:
        return "Once the plan has work on days of the week, leave is worked out here."
    return "The trust’s policy says nothing of this contract, so no entitlement is worked out."


def week(page: LeavePage) -> str:
    """ "A week’s leave costs 3 days: Monday, Wednesday and Thursday."."""
    if not page.week:
        return "The plan has no work on fixed days, so it says nothing of what leave costs."
    named = words.listed([DAYS[day] for day in page.week])
    return f"A week’s leave costs {days(Fraction(len(page.week)))}: {named}."


def year(page: LeavePage) -> str:
    """ "1 April 2027 to 31 March 2028"."""
    return f"{words.short_day(page.first)} to {words.short_day(page.last)}"


def days(value: Fraction) -> str:
    """ "1 day", "19.2 days"."""
    return f"{words.figure(value)} {'day' if value == 1 else 'days'}"


def working(figure: Figure) -> list[str]:
    """The lines of a figure's working."""
    return [f"{line.words} = {plainly(line.value)} {line.unit}" for line in figure.working]


def left(page: LeavePage) -> str:
    """What is left of the entitlement."""
    if page.reckoned is None:
        return ""
    rest = page.reckoned.entitlement.value - page.taken
    return f"None: {days(-rest)} too many" if rest < 0 else days(rest)


def away(figure: Figure) -> str:
    """That annual leave keeps the doctor away longer than the entitlement in weeks; "" where it does not."""
    if not figure.note:
        return ""
    weeks, allowed = float(figure.value), words.figure(figure.working[-1].value)
    return f"So much leave keeps the doctor away for {weeks:.1f} weeks, and the entitlement is {allowed}."


def cost(page: LeavePage, found: Cost) -> str:
    """What leave that was asked about costs, and what it leaves."""
    said = f"This leave costs {days(found.days.value)} of annual leave."
    if page.reckoned is None:
        return said
    rest = page.reckoned.entitlement.value - page.taken - found.days.value
    return f"{said} After it, {days(rest)} are left." if rest >= 0 else f"{said} That is {days(-rest)} too many."


def kind(entry: Entry) -> str:
    """What it is for."""
    return KINDS[entry.kind] if entry.in_uk else f"{KINDS[entry.kind]}, abroad"


def period(entry: Entry) -> str:
    """ "3 May 2027", "3 May 2027 to 9 May 2027"."""
    first = words.short_day(entry.first)
    return first if entry.first == entry.last else f"{first} to {words.short_day(entry.last)}"


def state(entry: Entry) -> Tag:
    """Whether it counts."""
    if entry.kind == ANNUAL:
        return Tag("Counts", "green")
    return Tag("Approved", "green") if entry.approved_on else Tag("Not granted until approved", "orange")


def approved(entry: Entry) -> str:
    """Who approved it and when."""
    if entry.approved_on is None:
        return ""
    return f"By {entry.approved_by or 'somebody who has left'} on {words.short_day(entry.approved_on)}"


def shares(page: LeavePage) -> list[Share]:
    """What the leave of the year takes, by category (BTH-3.4.12.1-e)."""
    losses = page.reckoned.losses if page.reckoned else ()
    return [
        Share(
            CATEGORIES[loss.category],
            f"{words.figure(loss.lost)} PA",
            f"{float(loss.share_lost * 100):.0f} %",
            f"{float(loss.share_of_plan * 100):.0f} %",
            _more(loss.share_lost - loss.share_of_plan) if any(each.lost for each in losses) else None,
        )
        for loss in losses
    ]


def _more(gap: Fraction) -> Tag | None:
    """Leave takes more from it, or less, than its share; a percentage point or two is no matter."""
    if abs(gap) < Fraction(5, 100):
        return None
    return Tag("More than its share", "orange") if gap > 0 else Tag("Less than its share", "grey")


def balance(page: LeavePage) -> str:
    """The report in a sentence."""
    found = page.reckoned.losses if page.reckoned else ()
    if not any(loss.lost for loss in found):
        return "No leave is entered for this year, so there is nothing to weigh yet."
    more = [
        words.lower_first(CATEGORIES[loss.category])
        for loss in found
        if (tag := _more(loss.share_lost - loss.share_of_plan)) and tag.colour == "orange"
    ]
    if not more:
        return "Leave takes about as much from each part of the plan as the part is of the plan."
    fair = "Spread over the week, it would take from each part as much as the part is of the plan"
    return f"Leave takes more than its share from {words.listed(more)}. {fair} (BTH 3.4.12.1)."


def no_fixed_day(page: LeavePage) -> str:
    """How leave counts for what is on no fixed day; "" where there is no such work."""
    if not page.no_fixed_day:
        return ""
    named = words.listed([f"“{title}”" for title in page.no_fixed_day])
    return f"What is on no fixed day counts as lost with whole weeks of leave only, not with single days: {named}."
