"""Extra programmed activities in pay and pension, in words."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from webapp.presenters import words
from webapp.presenters.extra_pas import amount
from workflows.domain.arithmetic.extra import MONEY
from workflows.domain.arithmetic.working import Figure
from workflows.inbox.extra_pay import Pay, PayPage, Week

LEAVE: Mapping[str, str] = MappingProxyType({"annual": "annual leave", "study": "study leave", "sick": "sick leave"})


def about(page: PayPage) -> str:
    """What was agreed, in brief."""
    return f"{amount(page.agreement)}, outside basic pay."


def away(page: PayPage) -> str:
    """Whether they are paid while the doctor is away (BTH Appendix 3)."""
    kinds = words.listed([LEAVE[kind] for kind, paid in page.away.items() if paid])
    if kinds:
        return f"Paid in weeks of {kinds} too, as they are regular."
    return "A number used as needed: paid for what is agreed in all, whenever the doctor is away."


def pension(week: Week) -> str:
    """How many PAs count for the pension with it and without it."""
    now, after = words.figure(week.pensionable.value), words.figure(week.pensionable_without.value)
    of = f"of {words.figure(week.total)} PAs a week"
    if now == after:
        return f"{now} {of}: ending this agreement changes nothing."
    return f"{now} {of}; {after} without this agreement."


def pounds(value: Fraction) -> str:
    """ "£1,234.50", "£12,000"."""
    return f"£{float(value):,.2f}".removesuffix(".00")


def working(figure: Figure) -> list[str]:
    """The lines of its working."""
    return [f"{line.words}: {pounds(line.value) if line.unit == MONEY else words.figure(line.value)}"
            for line in figure.working]  # fmt: skip


def payments(found: Pay) -> str:
    """The equal payments of a year in a sentence."""
    if found.payments is None:
        return ""
    said = f"{found.payments.number} equal payments of {pounds(found.payments.each)}"
    same = found.payments.each == found.payments.last
    return f"{said}." if same else f"{said}, the last of them {pounds(found.payments.last)}."
