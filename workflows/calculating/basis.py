"""Under which terms a job plan is reckoned: those of its contract, on its first day."""

from dataclasses import dataclass
from datetime import date

from workflows.domain.arithmetic.terms import NoTerms, Terms, terms
from workflows.domain.plan import Plan
from workflows.domain.plan.working_out import Figures, figures, work_out
from workflows.domain.policy import Policy
from workflows.engine.bank_holidays import england


@dataclass(frozen=True)
class Basis:
    """The terms of a plan's contract, and the public holidays around its year."""

    terms: Terms
    holidays: frozenset[date]

    def work_out(self, plan: Plan) -> Plan:
        """The plan with those PAs worked out that follow from its times."""
        return work_out(plan, self.terms, self.holidays)

    def figures(self, plan: Plan) -> Figures:
        """Every figure of the plan with its working."""
        return figures(plan, self.terms, self.holidays)


def basis_of(policy: Policy, plan: Plan, *, contract: str, today: date) -> Basis | None:
    """By what a plan is reckoned. `contract` is the kind that payroll holds, where the plan itself names none.

    None under a policy without terms of that contract: releases from before there were any, and doctors without one.
    """
    on = plan.effective_from or today
    try:
        under = terms(policy.values, plan.contract or contract, on)
    except NoTerms:
        return None
    return Basis(under, england(on.year).bank_holidays)
