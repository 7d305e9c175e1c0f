"""Additional PAs and long weeks: what counts for the pension, what ends with them, 48 hours, work out of hours."""

from dataclasses import dataclass
from fractions import Fraction

from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.timetable import Valued
from workflows.domain.arithmetic.working import HOURS, PA, PER_CENT, Figure, Working, plainly

NONE = Fraction(0)
MONEY = "pounds"
AWAY = ("annual", "study", "sick")
"""Weeks away in which regular additional PAs are paid all the same (BTH-App3.3-d)."""


@dataclass(frozen=True)
class Payments:
    """Equal payments over a year, to the penny: `each`, and a `last` one that differs by what does not divide."""

    number: int
    each: Fraction
    last: Fraction


def over_full_time(total: Fraction, terms: Terms) -> Figure:
    """The PAs a week above a whole-time contract: temporary, and under an agreement of their own (BTH-3.2.10)."""
    value = max(total - terms.full_time_pas, NONE)
    return Figure(
        value, PA, (Working(f"{plainly(total)} PA, of which above {plainly(terms.full_time_pas)}", value, PA),)
    )


def pensionable(total: Fraction, terms: Terms) -> Figure:
    """The PAs a week that count for the pension: the total, to 10 at most, whole time or part-time (BTH-App3.3-f)."""
    value = min(total, terms.pensionable_pas)
    return Figure(
        value, PA, (Working(f"The lesser of {plainly(total)} and {plainly(terms.pensionable_pas)}", value, PA),)
    )


def pay_without(basic_salary: Fraction, total: Fraction, ending: Fraction, terms: Terms) -> Figure:
    """What a year's pay falls by when additional PAs end: each is a tenth of whole-time basic pay, stands outside basic
    pay and is not protected (BTH-App3.3-c). basic_salary: whole time, in pounds a year."""
    each = basic_salary / terms.full_time_pas
    lines = (
        Working(f"One PA is 1/{plainly(terms.full_time_pas)} of basic pay", each, MONEY),
        Working(f"{plainly(total)} PA before, {plainly(total - ending)} PA after", each * ending, MONEY),
    )
    return Figure(each * ending, MONEY, lines, "Pay for additional PAs is not protected.")


def pay_per_pa(basic_salary: Fraction, terms: Terms) -> Figure:
    """What one PA that is worked once is paid with: a week's pay for a PA a week. basic_salary: whole time, in pounds a
    year. The policy does not state it."""
    value = basic_salary / terms.full_time_pas / terms.weeks_in_year
    words = f"1/{plainly(terms.full_time_pas)} of basic pay over {plainly(terms.weeks_in_year)} weeks"
    return Figure(value, MONEY, (Working(words, value, MONEY),))


def payable_away(regular: bool, kind: str) -> bool:
    """Whether additional PAs are paid in a week of leave (one of AWAY): regular ones are (BTH-App3.3-d)."""
    return regular and kind in AWAY


def equal_payments(pas_a_year: Fraction, pay_per_pa: Fraction, number: int = 12) -> Payments:
    """Ad hoc additional PAs of a year, paid in equal parts (BTH-App3.3-e). pay_per_pa: in pounds, for one PA once. The
    policy does not state how many payments there are: 12, with the salary, unless it is agreed otherwise."""
    pence = round(pas_a_year * pay_per_pa * 100)
    each = pence // number
    return Payments(number, Fraction(each, 100), Fraction(pence - each * (number - 1), 100))


def hours_with_private_work(timetable: Fraction, outside: Fraction, terms: Terms) -> Figure:
    """Hours a week of the trust's work and private work together. The note asks the doctor to accept responsibility
    where private work takes them over 48 (BTH-3.4.16-e); it is empty otherwise."""
    total = timetable + outside
    lines = (
        Working("For the trust", timetable, HOURS),
        Working("Private work", outside, HOURS),
        Working(f"Together; the limit is {plainly(terms.hours_limit)}", total, HOURS),
    )
    over = outside > 0 and total > terms.hours_limit
    limit = plainly(terms.hours_limit)
    note = (
        f"With private work this is more than {limit} hours a week. That decision is the doctor’s own responsibility."
    )
    return Figure(total, HOURS, lines, note if over else "")


def long_week(timetable: Fraction, terms: Terms) -> str:
    """What to say where the trust's own hours a week are more than 48; "" otherwise. The policies name that figure for
    private work alone (BTH-3.4.16-e): for all work it is the law's, on average (Working Time Regulations 1998)."""
    if timetable <= terms.hours_limit:
        return ""
    limit, hours = plainly(terms.hours_limit), plainly(timetable)
    return (
        f"The plan has {hours} hours a week for the trust alone. The law lets a week average {limit} at most, unless"
        " the doctor agrees in writing to work longer."
    )


def out_of_hours(total: Valued, terms: Terms) -> Figure:
    """The part of a timetable's hours that lies in premium time, in per cent; the note says so where it is above what
    the contract allows (40 per cent under that of 2021 for SAS doctors)."""
    share = total.out_of_hours_a_week / total.hours_a_week if total.hours_a_week else NONE
    lines = (
        Working("Hours a week in premium time", total.out_of_hours_a_week, HOURS),
        Working("Of all hours a week", total.hours_a_week, HOURS),
    )
    limit = terms.out_of_hours_share
    over = limit is not None and share > limit
    note = f"More than {plainly(limit * 100)} per cent of the hours are out of hours." if over and limit else ""
    return Figure(share * 100, PER_CENT, lines, note)
