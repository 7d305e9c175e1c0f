"""What the rules find in a plan by the shipped decision tables: time for supporting activities and for roles."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.factories import activity, plan
from tests.domain.findings.looking import around, found, line, rows
from workflows.calculating import rules
from workflows.domain.plan import Around, Finding, Plan

TABLES = {"BTH": rules.shipped("blackpool"), "CPFT": rules.shipped("cumbria")}


def beside(trust: str, **changes: Any) -> Around:
    return around(trust, decide=TABLES[trust].decide, **changes)


def one(rule: str, each: Plan, known: Around) -> Finding | None:
    there = found(rule, each, known)
    assert len(there) < 2
    return there[0] if there else None


def spa(pas: str, **changes: Any) -> Plan:
    return plan(activity("clinic", pas="7.5"), line("spa", "spa", pas, **changes))


def role(kind: str, pas: str, **more: Any) -> Plan:
    return plan(line("role", "spa", pas, subcategory=kind, more=more))


@pytest.mark.clause("CPFT-7.2.1-c")
@pytest.mark.parametrize("grade", ["Consultant", "Specialty doctor", "Trust doctor"])
def test_cumbria_blocks_a_plan_under_one_and_a_half_for_every_grade(grade: str) -> None:
    known = beside("CPFT", grade=grade)
    under = one("spa_minimum", spa("1.25"), known)
    assert under is not None
    assert (under.severity, under.clauses, under.section) == ("error", ("CPFT-7.2.1-c",), "spa")
    assert one("spa_minimum", spa("1.5"), known) is None


@pytest.mark.clause("CPFT-7.2.1-a", "CPFT-7.2.1-b")
def test_cumbria_asks_consultants_for_a_reason_and_compares_others() -> None:
    consultant = one("spa_norm", spa("2"), beside("CPFT"))
    other = one("spa_norm", spa("2"), beside("CPFT", grade="Specialty doctor"))
    assert consultant is not None
    assert other is not None
    assert (consultant.severity, consultant.clauses) == ("warning", ("CPFT-7.2.1-a",))
    assert (other.severity, other.clauses) == ("note", ("CPFT-7.2.1-b",))
    assert one("spa_norm", spa("2.5"), beside("CPFT")) is None
    explained = replace(spa("2"), reasons={consultant.stable: "A clinic more until May"})
    (again,) = found("spa_norm", explained, beside("CPFT"))
    assert not again.open


@pytest.mark.clause("BTH-3.4.5.2.1-a")
def test_blackpool_only_shows_the_average_of_consultants() -> None:
    shown = one("spa_norm", spa("2", core="core"), beside("BTH"))
    assert shown is not None
    assert shown.severity == "note"


@pytest.mark.clause("BTH-3.4.5.2.1-b", "BTH-3.4.5.2.1-e")
def test_blackpools_consultants_have_one_and_a_half_of_core_activities_part_time_too() -> None:
    for pas in (10, 6):
        known = beside("BTH", contracted=Fraction(pas))
        under = one("spa_minimum", spa("1.25", core="core"), known)
        assert under is not None
        assert under.severity == "warning"
        assert one("spa_minimum", spa("1.5", core="core"), known) is None
    not_core = one("spa_minimum", spa("2", core="non_core"), beside("BTH"))
    assert not_core is not None, "non-core activities come on top of the minimum"
    inactive = replace(spa("1", core="core"), statements={"core_active": False})
    assert one("spa_minimum", inactive, beside("BTH")) is None


@pytest.mark.clause("BTH-3.4.5.2.2-a")
def test_blackpools_sas_doctors_have_one_pa_of_core_activities() -> None:
    known = beside("BTH", grade="Specialty doctor")
    under = one("spa_minimum", spa("0.75", core="core"), known)
    assert under is not None
    assert under.clauses == ("BTH-3.4.5.2.2-a",)
    assert one("spa_minimum", spa("1", core="core"), known) is None


@pytest.mark.clause("BTH-3.4.6-b")
def test_a_part_time_sas_doctor_falls_under_two_minima_and_the_higher_one_applies() -> None:
    known = beside("BTH", grade="Specialty doctor", contracted=Fraction(6))
    under = one("spa_minimum", spa("1", core="core"), known)
    assert under is not None
    assert under.clauses == ("BTH-3.4.6-b",)
    shown = one("spa_minima_clash", spa("1.5", core="core"), known)
    assert shown is not None
    assert "two minima" in shown.sentence
    assert "The higher one applies" in shown.sentence


@pytest.mark.clause("BTH-3.4.6-a")
def test_a_part_time_plan_shows_clinical_care_beside_its_pro_rata_part() -> None:
    half = plan(activity("clinic", pas="3"), line("spa", "spa", "2"))
    shown = one("part_time_split", half, beside("BTH", contracted=Fraction(5)))
    assert shown is not None
    assert shown.severity == "note"
    assert "3 PA in the plan and 3.75 PA pro rata" in shown.sentence
    assert one("part_time_split", half, beside("BTH")) is None, "full time"


@pytest.mark.parametrize(
    ("kind", "right", "more", "wrong"),
    [
        pytest.param("educational_supervisor", "0.5", {}, "1", marks=pytest.mark.clause("CPFT-7.2.1-f")),
        pytest.param("tutor", "1", {}, "0.5", marks=pytest.mark.clause("CPFT-7.2.1-f")),
        pytest.param("lead_clinician", "1", {}, "2", marks=pytest.mark.clause("CPFT-7.2.1-g")),
        pytest.param("appraiser", "0.5", {"count": 10}, "1", marks=pytest.mark.clause("CPFT-7.2.1-h")),
        pytest.param("educational_supervisor", "0.5", {"count": 2}, "1", marks=pytest.mark.clause("BTH-3.4.8.1-b")),
        pytest.param("training_lead", "1", {"count": 11}, "0.5", marks=pytest.mark.clause("BTH-3.4.8.3-a")),
        pytest.param(
            "training_lead", "0.5", {"count": 12, "not_counted": 2}, "1", marks=pytest.mark.clause("BTH-3.4.8.3-a")
        ),
    ],
)
def test_a_role_has_the_time_of_its_tariff_or_a_reason(
    request: pytest.FixtureRequest, kind: str, right: str, more: Any, wrong: str
) -> None:
    clause = request.node.get_closest_marker("clause").args[0]
    known = beside(clause.partition("-")[0])
    assert one("tariff", role(kind, right, **more), known) is None
    away = one("tariff", role(kind, wrong, **more), known)
    assert away is not None
    assert (away.clauses, away.severity) == ((clause,), "warning")


@pytest.mark.clause("CPFT-7.2.1-h")
def test_an_appraiser_is_asked_for_the_number_of_appraisals() -> None:
    asked = one("tariff", role("appraiser", "0.5"), beside("CPFT"))
    assert asked is not None
    assert asked.key == "activities.0.more.count"


@pytest.mark.clause("BTH-3.4.8.1-d", "BTH-3.4.8.3-b")
@pytest.mark.parametrize("kind", ["educational_supervisor", "training_lead"])
def test_more_time_stands_with_its_reason_case_by_case(kind: str) -> None:
    more = role(kind, "1.5", count=2)
    away = one("tariff", more, beside("BTH"))
    assert away is not None
    (with_reason,) = found("tariff", replace(more, reasons={away.stable: "A trainee in difficulty"}), beside("BTH"))
    assert (with_reason.reason, with_reason.open) == ("A trainee in difficulty", False)
    assert beside("BTH").kinds["spa"][kind].core == "non_core", "and it stays non-core"


@pytest.mark.clause("BTH-3.4.8.1-c")
def test_a_supervisor_has_an_hour_a_week_for_each_trainee() -> None:
    short = one("supervision", role("educational_supervisor", "0.25", count=3), beside("BTH"))
    assert short is not None
    assert "2 h a week are missing" in short.sentence
    assert one("supervision", role("educational_supervisor", "0.75", count=3), beside("BTH")) is None


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("professional_management", marks=pytest.mark.clause("BTH-3.4.5.2-e")),
        pytest.param("undergraduate_supervisor", marks=pytest.mark.clause("BTH-3.4.8.5")),
    ],
)
def test_a_figure_that_the_policy_leaves_blank_shows_as_undecided_until_the_trust_fills_it_in(kind: str) -> None:
    known = beside("BTH")
    undecided = one("tariff_undecided", role(kind, "1"), known)
    assert undecided is not None
    assert "has not decided" in undecided.sentence
    decided = replace(known, values={**known.values, "spa_settings": {kind: "0.5"}})
    assert one("tariff_undecided", role(kind, "1"), decided) is None
    assert one("tariff", role(kind, "1"), decided) is not None, "and then it is the tariff"


@pytest.mark.clause("CPFT-7.2.1-i")
def test_training_for_a_role_draws_a_duplicate_warning() -> None:
    both = plan(
        line("role", "spa", "0.5", subcategory="educational_supervisor"),
        line("course", "spa", "0.25", subcategory="role_training"),
    )
    twice = one("tariff_duplicate", both, beside("CPFT"))
    assert twice is not None
    assert twice.key == "activities.1.more.duplicate_of"
    alone = plan(line("course", "spa", "0.25", subcategory="role_training"))
    assert one("tariff_duplicate", alone, beside("CPFT")) is None


@pytest.mark.clause("BTH-3.4.13.1-a")
def test_a_frequency_between_the_bands_is_flagged() -> None:
    rota = {"rota": "Medicine", "frequency": 4.5, "category": "A"}
    between = one("rota_frequency", rows("rotas", rota), beside("BTH"))
    assert between is not None
    assert between.severity == "warning"
    assert one("rota_frequency", rows("rotas", {**rota, "frequency": 5}), beside("BTH")) is None
