"""What a trust's policy finds in a job plan. Whatever the rest of the product knows of it, it knows through this door.

A policy names the rules that it has under `values.plan_rules`, each with the clauses that ask for it, or with a table
of clauses and severity where it means the rule more or less sternly: `rule = "BTH-3.2.9"` or
`rule = { clauses = "CPFT-7.2.1-c", severity = "error" }`.
"""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from workflows.domain.plan.content import Plan
from workflows.domain.plan.findings import (
    education,
    evidence,
    leave,
    objectives,
    on_call,
    outside,
    roles,
    sections,
    supporting,
    times,
    totals,
)
from workflows.domain.plan.findings.around import CONSULTANT, OTHER, SAS, Around, ExtraPas
from workflows.domain.plan.findings.finding import WHOLE, Finding, Found, Rule, Severity, stable
from workflows.domain.plan.findings.telling_apart import told_apart, with_names
from workflows.domain.plan.lines import SECTIONS

__all__ = [
    "CONSULTANT", "OTHER", "RULES", "SAS", "WHOLE", "Around", "ExtraPas", "Finding", "Severity", "findings_of",
    "must_be_mended", "open_findings",
]  # fmt: skip


def _rules(*nouns: ModuleType) -> Iterator[tuple[str, Rule]]:
    for noun in nouns:
        yield from ((key, value) for key, value in vars(noun).items() if isinstance(value, Rule))


RULES: Mapping[str, Rule] = MappingProxyType(
    dict(_rules(sections, times, totals, evidence, supporting, education, roles, on_call, objectives, leave, outside))
)
"""The rules that a policy may name, by key, in the order in which they are listed."""
ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
NOTHING_KNOWN = Around()


def findings_of(plan: Plan, rules: Mapping[str, Any], around: Around = NOTHING_KNOWN) -> tuple[Finding, ...]:
    """What the rules of a policy find: errors first, then rule by rule. A rule that is not known here finds nothing."""
    names = told_apart(plan)
    found = [
        _finding(key, rule, _said(rules[key]), with_names(each, names), plan)
        for key, rule in RULES.items()
        if key in rules
        for each in rule.find(plan, around)
    ]
    return tuple(sorted(found, key=lambda each: ORDER.index(each.severity)))


def _said(said: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"clauses": said} if isinstance(said, str) else said


def _finding(key: str, rule: Rule, said: Mapping[str, str], found: Found, plan: Plan) -> Finding:
    return Finding(
        rule=key,
        title=rule.title,
        severity=Severity(found.severity or said.get("severity") or rule.severity),
        clauses=found.clauses or tuple(said.get("clauses", "").split()),
        key=found.key,
        section=_section(found.key, rule.section, plan),
        line=found.about,
        other=found.other,
        sentence=found.sentence,
        settle=rule.settle,
        reason=plan.reasons.get(stable(key, found.about, found.key), ""),
    )


def _section(key: str, otherwise: str, plan: Plan) -> str:
    """The section of the plan in which a place is."""
    head, _, rest = key.partition(".")
    if head == "activities":
        return plan.activities[int(rest.partition(".")[0])].category
    if head == "not_applicable":
        return rest
    if head == "spa_split":
        return "spa"
    return head if head in SECTIONS else otherwise


def must_be_mended(
    plan: Plan,
    rules: Mapping[str, Any],
    around: Around = NOTHING_KNOWN,
    *,
    disputed: Collection[str] = (),
    sums: bool = True,
) -> dict[str, str]:
    """The findings that stand in the way of agreement: sentences for each box, as a form places them. Lines in dispute
    stay as they were. The plan as a whole is left out while there are any, for the dispute makes of it what it will,
    and without `sums`, for what only one side wants has to be put down before it can be disputed."""
    left_out = {WHOLE} if disputed or not sums else set()
    sentences: dict[str, str] = {}
    for each in findings_of(plan, rules, around):
        held_back = not {each.line, each.other}.isdisjoint(disputed) or each.key in left_out
        if each.severity is not Severity.ERROR or held_back:
            continue
        sentences[each.key] = f"{sentences[each.key]} {each.sentence}" if each.key in sentences else each.sentence
    return sentences


def open_findings(findings: Collection[Finding]) -> tuple[Finding, ...]:
    """Those about which something has to be done."""
    return tuple(each for each in findings if each.open)
