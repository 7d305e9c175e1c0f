"""HR compares a signed plan with what is on record: PAs, dates, and on-call rota by rota."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from tests.domain.factories import activity, plan
from webapp.presenters.hr_check import compared
from workflows.domain.arithmetic.on_call_supplement import Supplement
from workflows.domain.plan import Plan
from workflows.inbox.on_call_beside import OnCallBeside
from workflows.inbox.panels import ContractInBrief
from workflows.inbox.rota_figures import Part, RotaFigures

FIRST, LAST = date(2027, 4, 1), date(2028, 3, 31)
CONTRACT = ContractInBrief("consultant_2003", "Consultant", Decimal(10), date(2019, 9, 1), None)
FIVE, THREE = (Supplement(Fraction(percent), "full-time basic salary") for percent in (5, 3))
PART = Part(
    id=1, name="Physicians", team="Medicine", category="A", frequency=Fraction(8), predictable=Fraction(1, 2),
    unpredictable=Fraction(1, 2), equal_share=True, diary=None, applies_from=FIRST, working=(),
)  # fmt: skip
NO_ROTA = RotaFigures((), None, "", None, Fraction(0), Fraction(0), ())
ON_A_ROTA = RotaFigures((PART,), Fraction(8), "A", FIVE, Fraction(1, 2), Fraction(1, 2), ())
ROW = {"id": "r", "rota": "Physicians", "frequency": 8, "category": "A"}
WORK = plan(activity("clinic", pas="9"), activity("call", "on_call", pas="1"))
ALONE = OnCallBeside(NO_ROTA, (), Fraction(0), None)
SAME = OnCallBeside(ON_A_ROTA, (ROW,), Fraction(1), FIVE)


def lines(of: Plan = WORK, contract: ContractInBrief = CONTRACT, on_call: OnCallBeside = SAME) -> dict[str, Any]:
    panel = SimpleNamespace(contract=contract, draft=SimpleNamespace(plan=of), on_call=on_call)
    return {one.what: (one.record, one.plan, one.differs) for one in compared(panel)}  # type: ignore[arg-type]


@pytest.mark.clause("CPFT-7.6.13")
def test_a_plan_that_says_what_is_on_record_shows_no_difference() -> None:
    assert lines() == {
        "PAs a week": ("10", "10", False),
        "Period": (
            "From 1 September 2019, without a last day",
            "From the day on which it comes into force, without a last day",
            False,
        ),
        "On call: Physicians": ("1 in 8, category A", "1 in 8, category A", False),
        "Availability supplement": ("5 % of full-time basic salary", "5 % of full-time basic salary", False),
        "On-call PAs a week": ("1", "1", False),
    }


@pytest.mark.clause("CPFT-7.6.13")
@pytest.mark.parametrize(
    ("change", "said"), [({"frequency": 6}, "1 in 6, category A"), ({"category": "B"}, "1 in 8, category B")]
)
def test_another_frequency_or_category_than_the_rotas_is_a_difference(change: dict[str, Any], said: str) -> None:
    found = lines(on_call=replace(SAME, rows=({**ROW, **change},), supplement=THREE))
    assert found["On call: Physicians"] == ("1 in 8, category A", said, True)
    assert found["Availability supplement"] == ("5 % of full-time basic salary", "3 % of full-time basic salary", True)


@pytest.mark.clause("CPFT-7.6.13")
def test_a_rota_that_only_one_side_knows_is_a_difference() -> None:
    missing = lines(on_call=replace(SAME, rows=(), supplement=None, pas=Fraction(0)))
    assert missing["On call: Physicians"] == ("1 in 8, category A", "Not in the plan", True)
    assert missing["Availability supplement"] == ("5 % of full-time basic salary", "None", True)
    assert missing["On-call PAs a week"] == ("1", "0", True)
    claimed = lines(on_call=replace(SAME, recorded=NO_ROTA))
    assert claimed["On call: Physicians"] == ("Not on this rota", "1 in 8, category A", True)
    assert claimed["On-call PAs a week"] == ("0", "1", True)


def test_whoever_is_on_no_rota_is_compared_by_their_pas_alone() -> None:
    found = lines(on_call=ALONE)
    assert found["On-call PAs a week"] == ("0", "0", False)
    assert "Availability supplement" not in found


def test_what_a_rota_has_not_agreed_yet_is_not_compared() -> None:
    open_rota = replace(ON_A_ROTA, rotas=(replace(PART, predictable=None, unpredictable=None),))
    assert lines(on_call=replace(SAME, recorded=open_rota))["On-call PAs a week"][2] is None


@pytest.mark.clause("CPFT-7.6.13")
@pytest.mark.parametrize(("ends", "differs"), [(None, True), (date(2028, 4, 1), True), (LAST, False)])
def test_a_plan_that_runs_on_after_a_contract_has_ended_differs_from_it(ends: date | None, differs: bool) -> None:
    fixed_term = replace(CONTRACT, ends_on=LAST)
    assert lines(replace(WORK, effective_from=FIRST, effective_to=ends), fixed_term)["Period"][2] is differs
