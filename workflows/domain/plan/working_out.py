"""What a job plan comes to: the PAs that follow from times and hours, and every figure with its working."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from workflows.domain.arithmetic.contracted import with_prospective_cover
from workflows.domain.arithmetic.tariffs import Tariff
from workflows.domain.arithmetic.terms import Terms
from workflows.domain.arithmetic.timetable import Valued, value
from workflows.domain.arithmetic.travel import between_sites, excess, for_emergencies
from workflows.domain.arithmetic.working import PA, Figure, Working, plainly
from workflows.domain.plan.content import Plan
from workflows.domain.plan.lines import CATEGORIES, Activity
from workflows.domain.plan.on_call import OF_A_ROTA
from workflows.domain.plan.recorded import RECORDED, average

Holidays = Collection[date]
TariffOf = Callable[[Activity], Tariff | None]
"""What a role is worth, by the line that names it; None for a line that names none."""
THERE_AND_BACK = 2
ALL_COUNTS: Mapping[str, Callable[..., Figure]] = MappingProxyType(
    {"between_sites": between_sites, "emergency_travel": for_emergencies}
)
"""Journeys that are working time altogether, by their column of parts.MORE, which holds their minutes."""
JOURNEYS = ("home_to_site", "home_to_base", *ALL_COUNTS)
BY_NUMBER = frozenset({"per_year", "dates"})
"""Patterns that say how often something is done in the year: it is not done more often for anybody's leave."""


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
    """What a line comes to by what was recorded of it (BTH-3.4.4-b), by its times or hours, by its journeys
    (BTH-3.4.4-c, -d), or by the tariff of its role (CPFT-7.2.1-f to -h, BTH-3.4.8); None where it says none of these.
    """
    found = _worth(line, terms, holidays, tariff_of)
    if found is None or not line.more.get("covered") or not BY_NUMBER.isdisjoint(line.pattern):
        return found
    return _covered(found, terms)


def _worth(line: Activity, terms: Terms, holidays: Holidays, tariff_of: TariffOf) -> Valued | None:
    if RECORDED in line.more:
        mean = average(line.more, terms)
        return _typed(mean.value, terms, mean.working)
    if line.start or line.hours:
        return value(line, terms, holidays)
    if found := travelled(line, terms):
        return found
    role = tariff_of(line)
    return _typed(role.pas, terms, role.working) if role and role.pas is not None else None


def travelled(line: Activity, terms: Terms) -> Valued | None:
    """What the journeys of a line come to, whatever else it says: between two sites in a day and for NHS emergencies
    all of them, and excess travel there and back (BTH-3.4.4-c, -d). None for a line without journeys."""
    minutes = {key: Fraction(str(line.more[key])) for key in JOURNEYS if key in line.more}
    parts = []
    if "home_to_site" in minutes:
        excess_of = (minutes["home_to_site"], minutes.get("home_to_base", Fraction(0)))
        parts.append(excess(*excess_of, journeys=THERE_AND_BACK))
    parts += [count(minutes[key]) for key, count in ALL_COUNTS.items() if key in minutes]
    if not parts:
        return None
    hours = sum((part.value for part in parts), Fraction(0))
    found = value(replace(line, start="", end="", hours=str(hours)), terms)
    return replace(found, working=(*(step for part in parts for step in part.working), *found.working))


def _covered(found: Valued, terms: Terms) -> Valued:
    """The same with prospective cover: what goes on in weeks away is done in those of attendance."""
    cover = with_prospective_cover(found.pas_a_week, terms)
    times = terms.weeks_in_year / terms.weeks_in_attendance
    return Valued(
        found.hours_a_week * times,
        found.hours_a_year * times,
        cover.value,
        found.pas_a_year * times,
        found.out_of_hours_a_week * times,
        (*found.working, *cover.working),
    )


def figures(plan: Plan, terms: Terms, holidays: Holidays = (), tariff_of: TariffOf = no_tariff) -> Figures:
    """Every figure of the plan. The order of the lines makes no difference."""
    lines = {line.id: _valued(line, terms, holidays, tariff_of) for line in plan.activities}
    by_category = {
        category: Valued.together([lines[line.id] for line in plan.in_category(category)]) for category in CATEGORIES
    }
    extra = Valued.together([lines[line.id] for line in plan.activities if line.extra])
    overall = Valued.together(by_category.values())
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
    of_rota = line.id.startswith(OF_A_ROTA)
    words = "As agreed for everybody on the rota" if of_rota else "Entered by hand"
    said = (Working(f"{words}: {plainly(line.pas)} PA a week", line.pas, PA),)
    typed = _typed(line.pas, terms, said, terms.premium_hours_per_pa if of_rota else terms.plain_hours_per_pa)
    if not line.start and not line.hours:
        return typed
    lasts = value(line, terms, holidays)
    return replace(
        typed,
        hours_a_week=lasts.hours_a_week,
        hours_a_year=lasts.hours_a_year,
        out_of_hours_a_week=lasts.out_of_hours_a_week,
    )


def _typed(pas: Fraction, terms: Terms, working: tuple[Working, ...], hours_per_pa: Fraction | None = None) -> Valued:
    """PAs a week that do not come from hours; the hours are those of plain time, where nothing else is said."""
    hours, weeks = pas * (hours_per_pa or terms.plain_hours_per_pa), terms.weeks_in_attendance
    return Valued(hours, hours * weeks, pas, pas * weeks, working=working)


def _less(whole: Valued, part: Valued) -> Valued:
    return Valued(
        whole.hours_a_week - part.hours_a_week,
        whole.hours_a_year - part.hours_a_year,
        whole.pas_a_week - part.pas_a_week,
        whole.pas_a_year - part.pas_a_year,
        whole.out_of_hours_a_week - part.out_of_hours_a_week,
    )
