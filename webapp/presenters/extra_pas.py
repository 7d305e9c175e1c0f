"""Extra programmed activities in words."""

from fractions import Fraction

from webapp.presenters import words
from webapp.presenters.dues import Tag
from workflows.domain.extra_pa import KINDS, NEEDS, STATES
from workflows.inbox.extra_forecast import Forecast
from workflows.inbox.extra_pa import AgreedExtra, Agreement, Ending
from workflows.inbox.extra_panels import ExtraPanel

TAGS = {"offered": "blue", "agreed": "green", "ended": "grey", "declined": "grey", "lapsed": "grey"}


def pas(number: Fraction, basis: str) -> str:
    """ "1.5 PAs a week", "20 PAs in all"."""
    return f"{words.figure(number)} {'PA' if number == 1 else 'PAs'} {'a week' if basis == 'regular' else 'in all'}"


def amount(one: Agreement | AgreedExtra | Ending) -> str:
    """How many there are today."""
    return pas(one.pas, one.basis)


def kind(key: str) -> str:
    """What kind of activities they are."""
    return KINDS[key]


def period(one: Agreement | AgreedExtra) -> str:
    """From when until when."""
    return f"{words.short_day(one.starts_on)} to {words.short_day(one.ends_on)}"


def state(one: Agreement) -> Tag:
    """Where the agreement is today."""
    if one.status != "agreed":
        return Tag(STATES[one.status], TAGS[one.status])
    if one.notice_on:
        return Tag("Under notice", "orange")
    return Tag("Agreed, not begun yet", "blue") if one.starts_on > one.today else Tag("In force", "green")


def notice(one: Agreement) -> str:
    """What notice was given, in a sentence; "" where none was."""
    if one.notice_on is None:
        return ""
    given = f"Notice was given on {words.short_day(one.notice_on)}"
    if one.next_pas is not None and one.next_from is not None:
        return f"{given}: {pas(one.next_pas, one.basis)} from {words.short_day(one.next_from)} on."
    if one.ends_on < one.starts_on:
        return f"{given}: it ends before its first day, and never begins."
    return f"{given}: the last day is {words.day(one.ends_on)}."


def lasting(panel: ExtraPanel) -> str:
    """How long an agreement lasts at most, and how often it is decided on anew."""
    longest = panel.longest
    most = (
        f"Extra activities are agreed for {longest} at most."
        if longest
        else "Your policy sets no longest time for extra activities."
    )
    every = panel.review_every
    if every is None:
        return most
    often = every.unit if every.count == 1 else str(every)
    clause = f" ({panel.review_clause})" if panel.review_clause else ""
    return f"{most} Whether to keep, reduce or end them is decided again every {often}{clause}."


def in_leave(one: Agreement) -> str:
    """How they are paid while the doctor is away (BTH Appendix 3)."""
    if one.in_leave:
        return "Paid in weeks of annual, study and sick leave too."
    return "Paid for what is agreed in all, in equal parts with the salary; leave makes no difference to the number."


def need(key: str) -> str:
    """For what PAs are foreseen."""
    return NEEDS[key]


def in_year(number: Fraction) -> str:
    """PAs of a whole year, to one place."""
    return words.figure(round(number, 1))


def result(found: Forecast) -> str:
    """How the year stands, in a sentence."""
    foreseen, agreed = in_year(found.foreseen), in_year(found.agreed)
    if not found.needs and not found.contracted:
        return "Nothing is foreseen for this year, and nothing is contracted."
    start = f"{foreseen} PAs are foreseen for the year and {agreed} are contracted"
    if found.lacking > 0:
        return f"{start}: {in_year(found.lacking)} are lacking."
    return f"{start}: {in_year(-found.lacking)} more than foreseen." if found.lacking else f"{start}: as many."
