"""What stands around a plan when it is looked at: the contract, the policy, the team's rotas, last year's plan."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol

from workflows.domain.arithmetic.terms import Terms
from workflows.domain.calculations import Decide
from workflows.domain.fields import Json
from workflows.domain.plan.catalogue import Kind, catalogue
from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import Activity
from workflows.domain.plan.working_out import TariffOf, no_tariff
from workflows.domain.rotas import RotaShare

CONSULTANT, SAS, OTHER = "consultant", "sas", "other"
SAS_GRADES = frozenset({"Associate specialist", "Specialist", "Specialty doctor", "Staff grade"})


class ExtraPas(Protocol):
    """An agreement on additional PAs that counts."""

    @property
    def reference(self) -> str:
        """As its letter gives it."""

    @property
    def pas(self) -> Fraction:
        """PAs a week, or for its whole time."""

    @property
    def ends_on(self) -> date:
        """Its last day."""


def no_tables(table: str, inputs: Mapping[str, Json]) -> Mapping[str, Json]:  # noqa: ARG001 - as Decide asks
    """Where there are no decision tables: no answers."""
    return {}


@dataclass(frozen=True)
class Around:
    """What rules on a plan look at beside the plan. What is not known has a default under which rules find nothing."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """Those of the policy."""
    terms: Terms | None = None
    holidays: Collection[date] = ()
    contracted: Fraction | None = None
    """PAs a week of the doctor's contract."""
    grade: str = ""
    """As the contract names it: "Consultant"."""
    today: date | None = None
    decide: Decide = no_tables
    tariff_of: TariffOf = no_tariff
    """What the role of a line is worth."""
    extras: tuple[ExtraPas, ...] | None = None
    """Agreements on additional PAs that count from the plan's first day or later; None where nobody knows."""
    rotas: tuple[RotaShare, ...] = ()
    """Those that the doctor is on."""
    agreed: Plan | None = None
    """The plan agreed last."""
    appraisal: Collection[str] = ()
    """What the appraisal's development plan says, objective by objective."""

    @property
    def full_time(self) -> Fraction:
        """PAs a week of a full-time contract (CPFT-7.1-d, BTH-3.2.9)."""
        return self.terms.full_time_pas if self.terms else Fraction(str(self.values.get("full_time_pas", 10)))

    @property
    def part_time(self) -> bool:
        """Whether the contract is for less than full time."""
        return self.contracted is not None and self.contracted < self.full_time

    @property
    def kind_of_grade(self) -> str:
        """Whether the doctor is a consultant or a SAS doctor; "" where the grade is not known."""
        if not self.grade:
            return ""
        if "consultant" in self.grade.lower():
            return CONSULTANT
        return SAS if self.grade in SAS_GRADES else OTHER

    @cached_property
    def kinds(self) -> Mapping[str, Mapping[str, Kind]]:
        """The policy's types of activity, by category."""
        return catalogue(self.values)

    def kind_of(self, line: Activity) -> Kind | None:
        """The type of a line; None where it has none that the policy knows."""
        return self.kinds[line.category].get(line.subcategory)

    @property
    def emergencies(self) -> bool:
        """Whether the specialty handles emergencies as a routine (BTH-3.2.3-c)."""
        return any(rota.emergencies for rota in self.rotas)

    @property
    def sections(self) -> tuple[str, ...]:
        """The parts of the plan that may not be empty without a reason, beside the categories."""
        return tuple(self.values.get("plan_sections", ()))
