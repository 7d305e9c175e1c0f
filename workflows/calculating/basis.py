"""Under which terms a job plan is reckoned: those of its contract, on its first day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from workflows.domain.arithmetic.tariffs import Tariff, tariff
from workflows.domain.arithmetic.terms import NoTerms, Terms, terms
from workflows.domain.arithmetic.timetable import Valued
from workflows.domain.calculations import Decide
from workflows.domain.errors import NotAllowed
from workflows.domain.plan import Activity, Plan
from workflows.domain.plan.working_out import Figures, figures, work_out, worth
from workflows.engine.bank_holidays import england
from workflows.engine.calculations import of_release
from workflows.releases import Loaded


@dataclass(frozen=True)
class Basis:
    """The terms of a plan's contract, the public holidays around its year, and the policy's time for roles."""

    terms: Terms
    holidays: frozenset[date]
    decide: Decide
    values: Mapping[str, Any]

    def tariff_of(self, line: Activity) -> Tariff | None:
        """What the role of a line is worth; None where it names none that the policy knows, or needs training first."""
        number, not_counted = (int(Fraction(str(line.more.get(key, 0)))) for key in ("count", "not_counted"))
        try:
            return tariff(
                self.decide,
                self.values,
                role=line.subcategory,
                number=number,
                not_counted=not_counted,
                trained=bool(line.more.get("trained")),
            )
        except NotAllowed:
            return None

    def work_out(self, plan: Plan) -> Plan:
        """The plan with those PAs worked out that follow from what its lines say."""
        return work_out(plan, self.terms, self.holidays, self.tariff_of)

    def figures(self, plan: Plan) -> Figures:
        """Every figure of the plan with its working."""
        return figures(plan, self.terms, self.holidays, self.tariff_of)

    def worth(self, line: Activity) -> Valued | None:
        """What a line comes to by itself; None where its PAs have to be typed."""
        return worth(line, self.terms, self.holidays, self.tariff_of)


def basis_of(loaded: Loaded, plan: Plan, *, contract: str, today: date) -> Basis | None:
    """By what a plan is reckoned. `contract` is the kind that payroll holds, where the plan itself names none.

    None under a release without terms of that contract: those from before there were any, and doctors without one.
    """
    on, values = plan.effective_from or today, loaded.policy.values
    try:
        under = terms(values, plan.contract or contract, on)
    except NoTerms:
        return None
    return Basis(under, england(on.year).bank_holidays, of_release(loaded), values)
