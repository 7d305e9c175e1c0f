"""A draft begins with the rotas that its doctor is on, as they were agreed for everybody."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.cases.conftest import SQLITE
from tests.cases.stages import issue_preparation, start_plan
from tests.cases.walk import PLAN
from tests.on_call.conftest import FIRST, Keeping
from workflows import on_call
from workflows.domain.plan import Plan

pytestmark = SQLITE


@pytest.mark.clause("BTH-3.4.13.2-b")
def test_a_draft_holds_the_pas_that_were_agreed_for_the_whole_rota(rota: Keeping) -> None:
    diary = rota.diary(weeks=1)
    rota.move_to(FIRST + timedelta(days=7))
    rota.work(diary, rota.walk.house.doctor, FIRST, 19, 22)
    rota.did(on_call.agree_average, diary_id=diary, met_on=FIRST, applies_from=date(2027, 3, 8), said="")
    issue_preparation(rota.walk, start_plan(rota.walk))
    [draft] = [one for one in rota.walk.plans(rota.walk.house.doctor) if one.status == "draft"]
    held = Plan.from_json(draft.content)
    [line] = held.in_category("on_call")
    assert line.pas == Fraction(261, 209) / 2
    assert held.entries("rotas")[0]["rota"] == "Physicians"


def test_what_a_plan_says_of_an_agreed_rota_is_put_right_when_it_is_saved(rota: Keeping) -> None:
    diary = rota.diary(weeks=1)
    rota.move_to(FIRST + timedelta(days=7))
    rota.work(diary, rota.walk.house.doctor, FIRST, 19, 22)
    rota.did(on_call.agree_average, diary_id=diary, met_on=FIRST, applies_from=date(2027, 3, 8), said="")
    walk, doctor = rota.walk, rota.walk.house.doctor
    own = start_plan(walk)
    issue_preparation(walk, own)
    walk.do(doctor, "prepare_review", own, effect_on_service="None", effect_on_team="None")
    line = {"id": "rota-1-unpredictable", "category": "on_call", "title": "On call", "day": "", "pas": "5"}
    lines = [*PLAN["activities"], line]
    reasons = {part: why for part, why in PLAN["not_applicable"].items() if part != "on_call"}
    walk.do(doctor, "draft_plan", own, plan={**PLAN, "activities": lines, "not_applicable": reasons})
    [saved] = Plan.from_json(walk.plans(doctor)[-1].content).in_category("on_call")
    assert (saved.title, saved.pas) == ("Physicians: unpredictable work", Fraction(261, 209) / 2)


def test_a_rota_without_an_agreement_is_named_and_counts_nothing(rota: Keeping) -> None:
    issue_preparation(rota.walk, start_plan(rota.walk))
    held = Plan.from_json(rota.walk.plans(rota.walk.house.doctor)[-1].content)
    assert not held.in_category("on_call")
    assert held.entries("rotas")[0]["frequency"] == 2
