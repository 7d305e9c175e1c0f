"""What a job plan comes to: the PAs that follow from times and hours, and every figure with its working."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from workflows.domain.arithmetic.tariffs import Tariff
from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.timetable import Valued, value
from workflows.domain.arithmetic.travel import excess
from workflows.domain.arithmetic.working import PA, Figure, Working, plainly
from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import CATEGORIES, Activity

Holidays = Collection[date]
TariffOf = Callable[[Activity], Tariff | None]
"""What a role is worth, by the line that names it; None for a line that names none."""
THERE_AND_BACK = 2


def no_tariff(_line: Activity) -> Tariff | None:
    """Under a policy that gives no time for roles."""
    return None


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


def work_out(plan: Plan, terms: Terms, holidays: Holidays = (), tariff_of: TariffOf = no_tariff) -> Plan:
    """The plan with the PAs of those lines worked out that follow from what they say; others stay as typed."""
    lines = tuple(
        replace(line, pas=(worth(line, terms, holidays, tariff_of) or Valued()).pas_a_week) if line.by_times else line
        for line in plan.activities
    )
    return replace(plan, activities=lines)


def worth(line: Activity, terms: Terms, holidays: Holidays = (), tariff_of: TariffOf = no_tariff) -> Valued | None:
    """What a line comes to by its times or hours, by its excess travel (BTH-3.4.4-d), or by the tariff of its role
    (CPFT-7.2.1-f to -h, BTH-3.4.8); None where it says none of these."""
    if line.start or line.hours:
        return value(line, terms, holidays)
    if "home_to_site" in line.more:
        minutes = (Fraction(str(line.more.get(key, 0))) for key in ("home_to_site", "home_to_base"))
        return _travelled(line, excess(*minutes, journeys=THERE_AND_BACK), terms)
    found = tariff_of(line)
    return _typed(found.pas, terms, found.working) if found and found.pas is not None else None


def _travelled(line: Activity, travel: Figure, terms: Terms) -> Valued:
    found = value(replace(line, hours=str(travel.value)), terms)
    return replace(found, working=(*travel.working, *found.working))


def figures(plan: Plan, terms: Terms, holidays: Holidays = (), tariff_of: TariffOf = no_tariff) -> Figures:
    """Every figure of the plan. The order of the lines makes no difference."""
    lines = {line.id: _valued(line, terms, holidays, tariff_of) for line in plan.activities}
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


def _valued(line: Activity, terms: Terms, holidays: Holidays, tariff_of: TariffOf) -> Valued:
    """What a line comes to; one whose PAs were typed keeps them, and its times say only how long it lasts."""
    if line.by_times:
        return worth(line, terms, holidays, tariff_of) or Valued()
    words = f"Entered by hand: {plainly(line.pas)} PA a week"
    typed = _typed(line.pas, terms, (Working(words, line.pas, PA),))
    if not line.start and not line.hours:
        return typed
    lasts = value(line, terms, holidays)
    return replace(
        typed,
        hours_a_week=lasts.hours_a_week,
        hours_a_year=lasts.hours_a_year,
        out_of_hours_a_week=lasts.out_of_hours_a_week,
    )


def _typed(pas: Fraction, terms: Terms, working: tuple[Working, ...]) -> Valued:
    """PAs a week that do not come from hours; the hours are those of plain time."""
    hours, weeks = pas * terms.plain_hours_per_pa, terms.weeks_in_attendance
    return Valued(hours, hours * weeks, pas, pas * weeks, working=working)


def _less(whole: Valued, part: Valued) -> Valued:
    return Valued(
        whole.hours_a_week - part.hours_a_week,
        whole.hours_a_year - part.hours_a_year,
        whole.pas_a_week - part.pas_a_week,
        whole.pas_a_year - part.pas_a_year,
        whole.out_of_hours_a_week - part.out_of_hours_a_week,
    )
