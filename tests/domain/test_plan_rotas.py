"""What a rota has agreed stands in the plan of everybody on it, and no plan changes it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.domain.factories import activity, plan, policy
from workflows.domain.arithmetic.terms import terms
from workflows.domain.plan import Plan
from workflows.domain.plan.on_call import with_rotas
from workflows.domain.plan.working_out import figures
from workflows.domain.rotas import RotaShare

MEDICINE = RotaShare(7, "Medicine", Fraction(5), "A", Fraction(0), Fraction(2049, 1540))


@pytest.mark.clause("BTH-3.4.13.2-b", "BTH-3.4.13.2-c")
def test_the_rotas_pas_stand_in_the_plan_and_count() -> None:
    each = with_rotas(plan(activity("clinic"), not_applicable={"on_call": "Not on call"}), [MEDICINE])
    assert [(line.id, line.pas) for line in each.in_category("on_call")] == [
        ("rota-7-unpredictable", Fraction(2049, 1540))
    ]
    assert each.entries("rotas")[0]["frequency"] == 5
    assert each.totals().overall == 1 + Fraction(2049, 1540)
    assert "on_call" not in each.not_applicable
    assert Plan.from_json(each.to_json()) == each


def test_what_somebody_changed_of_a_rota_is_put_back() -> None:
    each = with_rotas(plan(activity("clinic"), activity("rota-7-unpredictable", "on_call", "4")), [MEDICINE])
    assert each.in_category("on_call")[0].pas == Fraction(2049, 1540)


def test_a_rota_that_the_doctor_has_left_goes_and_what_was_entered_by_hand_stays() -> None:
    own = {"id": "own", "rota": "Locum rota elsewhere"}
    before = with_rotas(plan(activity("clinic"), rows={"rotas": (own,)}), [MEDICINE])
    after = with_rotas(before, [])
    assert after.entries("rotas") == (own,)
    assert not after.in_category("on_call")
    assert with_rotas(plan(activity("clinic")), []) == plan(activity("clinic"))


def test_work_of_a_rota_lasts_three_hours_a_pa_and_says_where_its_figure_is_from() -> None:
    under = terms(policy("blackpool").values, "consultant_2003", date(2027, 4, 1))
    found = figures(with_rotas(plan(), [replace(MEDICINE, unpredictable=Fraction(2))]), under)
    assert found.overall.hours_a_week == 6
    assert found.lines["rota-7-unpredictable"].working[0].words.startswith("As agreed for everybody on the rota")
