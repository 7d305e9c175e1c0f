"""The basis of a plan: terms of its contract, holidays, and the time that the policy gives for roles."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.factories import activity, plan
from workflows.calculating.basis import Basis
from workflows.calculating.rules import shipped
from workflows.domain.arithmetic.terms import terms
from workflows.domain.plan import Activity


def basis(policy: str) -> Basis:
    rules = shipped(policy)
    under = terms(rules.values, "consultant_2003", date(2027, 4, 1))
    return Basis(under, frozenset(), rules.decide, rules.values)


def role(subcategory: str, **more: Any) -> Activity:
    return activity("role", "spa", "0", start="", end="", day="", by_times=True, subcategory=subcategory, more=more)


@pytest.mark.parametrize(
    ("policy", "line", "pas"),
    [
        pytest.param("cumbria", role("tutor"), 1, marks=pytest.mark.clause("CPFT-7.2.1-f")),
        pytest.param("cumbria", role("lead_clinician"), 1, marks=pytest.mark.clause("CPFT-7.2.1-g")),
        pytest.param("cumbria", role("appraiser", count=25), Fraction(5, 4), marks=pytest.mark.clause("CPFT-7.2.1-h")),
        pytest.param(
            "blackpool",
            role("educational_supervisor", count=3),
            Fraction(3, 4),
            marks=pytest.mark.clause("BTH-3.4.8.1-b"),
        ),
        pytest.param(
            "blackpool", role("training_lead", count=14, not_counted=3), 1, marks=pytest.mark.clause("BTH-3.4.8.3-a")
        ),
    ],
)
def test_a_role_has_the_time_that_the_policy_gives_it(policy: str, line: Activity, pas: Fraction) -> None:
    assert basis(policy).work_out(plan(line)).activities[0].pas == pas


def test_a_role_that_the_policy_does_not_know_has_no_worth_of_its_own() -> None:
    assert basis("cumbria").worth(role("undergraduate_supervisor")) is None
    assert basis("blackpool").worth(role("undergraduate_supervisor", count=2)) is None
