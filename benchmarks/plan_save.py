"""What a save of a large plan asks for, over reading the same plan from JSON: PAs worked out from times, the figures by
category and overall with their working, totals, and all findings of a policy. In one process, in turn."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from benchmarks.measuring import Figure, Pairs, seconds
from workflows.calculating import rules
from workflows.calculating.basis import Basis
from workflows.domain.arithmetic.terms import terms
from workflows.domain.plan import CATEGORIES, DAYS, Around, Finding, Plan, findings_of
from workflows.domain.plan.findings import RULES
from workflows.releases import bank_holidays

CONTRACT, BEGINS = "consultant_2003", date(2027, 4, 1)
EVERY_RULE = dict.fromkeys(RULES, "")
LINES, BAR = 60, 100.0
ROUNDS, WARM, PARSES = 200, 5, 60
PATTERNS: tuple[dict[str, Any], ...] = ({}, {"every_weeks": 2, "week": 1}, {"per_year": 14}, {"month_weeks": [1, 3]})
TIMES = (("08:00", "12:00"), ("13:00", "17:30"), ("18:00", "23:00"), ("21:00", "03:00"))


def figures() -> list[Figure]:
    """The figure: every rule that there is, by the figures of the trust that asks most of a plan."""
    text = json.dumps(large())
    plan, basis = Plan.from_json(json.loads(text)), by_policy("blackpool")
    around = Around(
        values=basis.values,
        terms=basis.terms,
        holidays=basis.holidays,
        contracted=Fraction(10),
        grade="Consultant",
        today=BEGINS,
        decide=basis.decide,
        extras=(),
        agreed=plan,
    )
    pairs = Pairs()
    for _ in range(WARM):
        saved(plan, basis, around)
    for turn in range(ROUNDS):
        pairs.ours.append(seconds(partial(saved, edited(plan, turn), basis, around)))
        pairs.floor.append(seconds(lambda: parsed(text)) / PARSES)
    note = f"{pairs.words()}: {LINES} lines, {len(saved(plan, basis, around))} findings of {len(RULES)} rules"
    return [Figure("plan_save_ms_ratio", pairs.ratio, BAR, note)]


def edited(plan: Plan, turn: int) -> Plan:
    """The plan with one line that no save before has seen: the length of the last one changes."""
    last = replace(plan.activities[-1], start="", end="", hours=f"{turn / 100 + 1:.2f}")
    return replace(plan, activities=(*plan.activities[:-1], last))


def parsed(text: str) -> None:
    """Read the plan so often that it takes about as long as a save: a busy machine then slows both down alike."""
    for _ in range(PARSES):
        json.loads(text)


def by_policy(key: str) -> Basis:
    """What the plan is reckoned by."""
    by = rules.shipped(key)
    return Basis(terms(by.values, CONTRACT, BEGINS), bank_holidays(BEGINS.year).bank_holidays, by.decide, by.values)


def saved(plan: Plan, basis: Basis, around: Around) -> tuple[Finding, ...]:
    """What a save works out; the findings."""
    worked_out = basis.work_out(plan)
    basis.figures(worked_out)
    worked_out.totals()
    return findings_of(worked_out, EVERY_RULE, around)


def large() -> dict[str, Any]:
    """A plan of so many lines on all days, in all categories, half of them with something said of what they rest on."""
    return {
        "activities": list(lines()),
        "effective_from": BEGINS.isoformat(),
        "base": "Main hospital",
        "contract": CONTRACT,
        "objectives": [{"id": f"o{number}", "objective": f"Objective {number}"} for number in range(6)],
    }


def lines() -> Iterator[dict[str, Any]]:
    """Every other line with evidence, every third without times."""
    days, categories = [day for day in DAYS if day], list(CATEGORIES)
    for number in range(LINES):
        start, end = ("", "") if number % 3 == 2 else TIMES[number % len(TIMES)]
        yield {
            "id": f"line-{number}",
            "category": categories[number % len(categories)],
            "title": f"Activity {number}",
            "day": days[number % len(days)] if start else "",
            "start": start,
            "end": end,
            "hours": "" if start else "3.5",
            "by_times": True,
            "place": "Main hospital",
            "pattern": PATTERNS[number % len(PATTERNS)],
            "evidence": "Diary of March" if number % 2 else "",
        }
