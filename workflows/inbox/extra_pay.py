"""What an agreement on extra programmed activities is in pay and pension. A salary that is typed here is not kept."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from workflows import releases
from workflows.domain.arithmetic.extra import (
    AWAY,
    Payments,
    equal_payments,
    pay_per_pa,
    pay_without,
    payable_away,
    pensionable,
)
from workflows.domain.arithmetic.terms import NoTerms, Terms, terms
from workflows.domain.arithmetic.working import Figure
from workflows.domain.calendars import civil_day
from workflows.inbox import Session, Viewer
from workflows.inbox.extra_pa import Agreement, agreement_page
from workflows.inbox.finding import find
from workflows.inbox.reach import reach
from workflows.store import extra_pa as extra_rows
from workflows.store import posts as post_rows

NONE = Fraction(0)


@dataclass(frozen=True)
class Week:
    """PAs a week of the doctor with the agreement and without it, as far as pay goes by the week."""

    terms: Terms
    total: Fraction
    without: Fraction
    pensionable: Figure
    """Of the plan as it is with the agreement (BTH-App3.3-f)."""
    pensionable_without: Figure


@dataclass(frozen=True)
class PayPage:
    """An agreement in pay. `away`: whether its PAs are paid in weeks of annual, study and sick leave (BTH-App3.3-d)."""

    agreement: Agreement
    away: dict[str, bool]
    week: Week | None
    """None where payroll holds no contract, or the policy says nothing of it."""

    @property
    def regular(self) -> bool:
        """Whether it is so many PAs a week, rather than a number used as needed."""
        return self.agreement.basis == "regular"


@dataclass(frozen=True)
class Pay:
    """The same in pounds, by a salary: what a year's pay falls by when a regular agreement ends (BTH-App3.3-c), or the
    equal payments for a number used as needed (BTH-App3.3-e) with what one PA is paid."""

    falls: Figure | None
    payments: Payments | None
    each: Figure | None


def pay_page(session: Session, *, viewer: Viewer, reference: str, now: datetime) -> PayPage:
    """The agreement of a case in pay. Raises NoSuchCase, NotYourCase, NotYourAgreement, NoAgreement."""
    agreement = agreement_page(session, viewer=viewer, reference=reference, now=now)
    case = find(session, sees=reach(session, viewer=viewer, now=now), reference=reference)
    day = max(civil_day(now), agreement.starts_on)
    person_id = case.subject_id or 0
    contract = post_rows.contract_of(session, person_id=person_id, on=day)
    regular = agreement.basis == "regular"
    away = {kind: payable_away(regular, kind) for kind in AWAY}
    values = releases.of(session, release_id=case.release_id).policy.values
    try:
        under = terms(values, contract.kind if contract else "", day)
    except NoTerms:
        return PayPage(agreement, away, None)
    others = extra_rows.agreed(session, person_id=person_id, on=day)
    standing = Fraction(contract.programmed_activities) if contract else NONE
    without = standing + sum(
        (one.pas for one in others if one.basis == "regular" and one.reference != agreement.reference), NONE
    )
    total = without + (agreement.pas if regular else NONE)
    return PayPage(agreement, away, Week(under, total, without, pensionable(total, under), pensionable(without, under)))


def in_pounds(page: PayPage, salary: Fraction) -> Pay:
    """What the agreement is in pounds, by a whole-time basic salary a year."""
    if page.week is None:
        return Pay(None, None, None)
    if page.regular:
        return Pay(pay_without(salary, page.week.total, page.agreement.pas, page.week.terms), None, None)
    each = pay_per_pa(salary, page.week.terms)
    return Pay(None, equal_payments(page.agreement.balance.agreed, each.value), each)
