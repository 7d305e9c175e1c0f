"""Looking at a plan with one rule of a shipped policy. A case is a rule, a plan that it finds something in, where, and
a plan in which that is settled; the clause of its mark says whose policy it is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.factories import activity, policy
from workflows.domain.arithmetic.terms import terms
from workflows.domain.plan import Activity, Around, Finding, Plan, findings_of
from workflows.domain.rotas import RotaShare

POLICIES = {"BTH": policy("blackpool"), "CPFT": policy("cumbria")}
FIRST_DAY = date(2027, 4, 1)
CLINIC = activity("clinic", place="Ward 3")
MEDICINE = RotaShare(7, "Medicine", Fraction(5), "A", Fraction(1, 2), Fraction(1))
SPA = activity("audit", "spa", day="friday", core="core", subcategory="audit_own")


def around(trust: str, **changes: Any) -> Around:
    """A full-time consultant of the trust, before the plan begins."""
    values = POLICIES[trust].values
    known = Around(
        values=values,
        terms=terms(values, "consultant_2003", FIRST_DAY),
        contracted=Fraction(10),
        grade="Consultant",
        today=date(2027, 3, 1),
    )
    return replace(known, **changes)


def line(id: str = "line", category: str = "dcc", pas: str = "1", **changes: Any) -> Activity:  # noqa: A002 - it is one
    """A line without a time, or with what the changes say."""
    return activity(id, category, pas, **{"day": "", "start": "", "end": "", **changes})


def rows(part: str, *rows: Mapping[str, Any], **changes: Any) -> Plan:
    """A plan with these rows in a part, called 1, 2, ..."""
    named = tuple({"id": str(number), **row} for number, row in enumerate(rows, start=1))
    return Plan(rows={part: named}, **changes)


def said(**statements: Any) -> Plan:
    """A plan with these statements."""
    return Plan(statements=statements)


def clause_of(request: pytest.FixtureRequest) -> str:
    """The clause of the test's mark."""
    mark = request.node.get_closest_marker("clause")
    assert mark is not None
    return str(mark.args[0])


def found(rule: str, plan: Plan, beside: Around) -> list[Finding]:
    """What one rule finds, as the policy around it names the rule."""
    rules = beside.values["plan_rules"]
    return list(findings_of(plan, {rule: rules[rule]}, beside))


def check(request: pytest.FixtureRequest, rule: str, bad: Plan, key: str, good: Plan, **beside: Any) -> Finding:
    """The rule of the clause finds something at that place of the one plan, and nothing there in the other. Returns
    what it finds."""
    clause = clause_of(request)
    about = around(clause.partition("-")[0], **beside)
    there = [each for each in found(rule, bad, about) if each.key == key]
    assert len(there) == 1, [each.key for each in found(rule, bad, about)]
    assert clause in there[0].clauses
    assert there[0].title
    assert there[0].sentence.endswith((".", "?"))
    assert not [each for each in found(rule, good, about) if each.key == key]
    return there[0]
