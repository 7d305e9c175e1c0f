"""What a job plan comes to: the PAs that follow from times and hours, and every figure with its working."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.timetable import Valued, value
from workflows.domain.arithmetic.working import PA, Working, plainly
from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import CATEGORIES, Activity

Holidays = Collection[date]


@dataclass(frozen=True)
class Figures:
    """What a plan comes to under the terms of its contract, a week and a year."""

    lines: Mapping[str, Valued]
    """By the id of the activity."""
    by_category: Mapping[str, Valued]
    """Every category, those without lines as nothing."""
    overall: Valued
    standard: Valued
    """Without additional PAs: what the contract's clause 7.1 holds (BTH-App3.3-a)."""
    additional: Valued
    """The additional PAs alone, of either kind (BTH-App3.2-a)."""
    outside_hours: Fraction
    """Hours a week of work that is not the trust's (BTH-3.4.16-e)."""


def work_out(plan: Plan, terms: Terms, holidays: Holidays = ()) -> Plan:
    """The plan with the PAs of those lines worked out that follow from times or hours; others stay as typed."""
    lines = tuple(
        replace(line, pas=value(line, terms, holidays).pas_a_week) if line.by_times else line
        for line in plan.activities
    )
    return replace(plan, activities=lines)


def from_times(line: Activity, terms: Terms, holidays: Holidays = ()) -> Fraction | None:
    """The PAs a week that the line's times or hours come to; None where it has neither."""
    return value(line, terms, holidays).pas_a_week if line.start or line.hours else None


def figures(plan: Plan, terms: Terms, holidays: Holidays = ()) -> Figures:
    """Every figure of the plan. The order of the lines makes no difference."""
    lines = {line.id: _valued(line, terms, holidays) for line in plan.activities}
    by_category = dict.fromkeys(CATEGORIES, Valued())
    extra = Valued()
    for line in plan.activities:
        by_category[line.category] += lines[line.id]
        if line.extra:
            extra += lines[line.id]
    overall = sum(by_category.values(), Valued())
    return Figures(
        lines=MappingProxyType(lines),
        by_category=MappingProxyType(by_category),
        overall=overall,
        standard=_less(overall, extra),
        additional=extra,
        outside_hours=sum((Fraction(str(row.get("hours", 0))) for row in _outside(plan)), Fraction(0)),
    )


def _outside(plan: Plan) -> list[Mapping[str, object]]:
    return [row for row in plan.entries("outside") if row.get("kind") != "not_working"]


def _valued(line: Activity, terms: Terms, holidays: Holidays) -> Valued:
    """What a line comes to; one whose PAs were typed keeps them, and its times say only how long it lasts."""
    by_time = value(line, terms, holidays) if line.start or line.hours else Valued()
    if line.by_times:
        return by_time
    words = f"Entered by hand: {plainly(line.pas)} PA a week"
    hours = by_time.hours_a_week or line.pas * terms.plain_hours_per_pa
    return Valued(
        hours_a_week=hours,
        hours_a_year=hours * terms.weeks_in_attendance,
        pas_a_week=line.pas,
        pas_a_year=line.pas * terms.weeks_in_attendance,
        out_of_hours_a_week=by_time.out_of_hours_a_week,
        working=(Working(words, line.pas, PA),),
    )


def _less(whole: Valued, part: Valued) -> Valued:
    return Valued(
        whole.hours_a_week - part.hours_a_week,
        whole.hours_a_year - part.hours_a_year,
        whole.pas_a_week - part.pas_a_week,
        whole.pas_a_year - part.pas_a_year,
        whole.out_of_hours_a_week - part.out_of_hours_a_week,
    )
