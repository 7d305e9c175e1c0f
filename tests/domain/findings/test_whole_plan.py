"""What the rules find of sections, objectives, totals and additional PAs, and what settles it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.factories import activity, plan
from tests.domain.findings.looking import around, check, found, line, rows, said
from workflows.domain.plan import CATEGORIES, Plan, Severity

NOTHING = dict.fromkeys(CATEGORIES, "None this year")
OBJECTIVE: dict[str, Any] = {
    "objective": "Urgent referrals seen in five days",
    "kind": "service",
    "specific": "Nine of ten",
    "measurable": "Referral list",
    "achievable": "One more clinic",
    "relevant": "Waiting times",
    "time_bound": "2027-12-31",
    "serves": "Trust objective 2",
    "basis": "Last year’s clinic",
    "career": "Settled",
    "written_for_plan": True,
}
YEAR = {"effective_from": date(2027, 4, 1), "effective_to": date(2028, 3, 31)}
EXTRA = line("list", title="Extra list", extra="additional", agreement="JP/PA/2027/0001", need="Waiting times")


@dataclass(frozen=True)
class Agreed:
    reference: str = "JP/PA/2027/0001"
    pas: Fraction = Fraction(1)
    ends_on: date = date(2027, 9, 30)


def but(row: Mapping[str, Any], *left_out: str, **changes: Any) -> dict[str, Any]:
    return {key: value for key, value in {**row, **changes}.items() if key not in left_out}


def objective(*left_out: str, **changes: Any) -> Plan:
    return rows("objectives", but(OBJECTIVE, *left_out, **changes), **YEAR)


def until(day: str, **changes: Any) -> Plan:
    return replace(plan(replace(EXTRA, more={"until": day}, **changes)), effective_from=date(2027, 4, 1))


SECTION_CASES = [
    pytest.param(
        "empty_section",
        plan(not_applicable={key: why for key, why in NOTHING.items() if key != "research"}),
        "not_applicable.research",
        plan(not_applicable=NOTHING),
        id="a kind of activity",
        marks=pytest.mark.clause("CPFT-7.2-a"),
    ),
    pytest.param(
        "place_of_work", plan(), "base", plan(base="Penrith"), id="place", marks=pytest.mark.clause("CPFT-7.2-b")
    ),
    pytest.param(
        "one_year",
        plan(effective_from=date(2027, 4, 1), effective_to=date(2029, 3, 31)),
        "effective_to",
        plan(**YEAR),
        id="two years",
        marks=pytest.mark.clause("CPFT-2.5"),
    ),
    pytest.param(
        "development",
        plan(),
        "statements.development",
        said(development="A course in leadership"),
        id="development",
        marks=pytest.mark.clause("CPFT-3-b"),
    ),
    pytest.param(
        "appraisal",
        plan(),
        "statements.appraised_on",
        said(appraised_on="2027-02-01"),
        id="appraisal",
        marks=pytest.mark.clause("CPFT-6.2"),
    ),
    pytest.param(
        "header",
        plan(),
        "payroll_number",
        plan(payroll_number="00000123", **YEAR),
        id="head",
        marks=pytest.mark.clause("BTH-App5-a"),
    ),
]
OBJECTIVE_CASES = [
    *(
        pytest.param(
            "smart",
            objective(part),
            f"objectives.0.{part}",
            objective(),
            id=f"not {part}",
            marks=[pytest.mark.clause("BTH-3.2.12"), pytest.mark.clause("CPFT-7.1-f")],
        )
        for part in ("specific", "measurable", "achievable", "relevant", "time_bound")
    ),
    pytest.param(
        "objective_linked",
        objective("serves"),
        "objectives.0.serves",
        objective(),
        id="no service objective",
        marks=[pytest.mark.clause("CPFT-6.3")],
    ),
    pytest.param(
        "objective_linked",
        objective("serves"),
        "objectives.0.serves",
        objective(works_by="The five-day protocol"),
        id="related to a service objective, and to protocols",
        marks=pytest.mark.clause("BTH-3.2.11-a"),
    ),
    pytest.param(
        "objective_own",
        objective("written_for_plan"),
        "objectives.0.written_for_plan",
        objective(),
        id="not confirmed as written for the plan",
        marks=pytest.mark.clause("CPFT-7.1-g"),
    ),
    pytest.param(
        "output_agreed",
        objective(by_output=True, doctor_agrees=True),
        "objectives.0.manager_agrees",
        objective(by_output=True, doctor_agrees=True, manager_agrees=True),
        id="a measure by output",
        marks=pytest.mark.clause("BTH-3.2.11-c"),
    ),
    pytest.param(
        "objective_kind",
        objective("kind"),
        "objectives.0.kind",
        objective(),
        id="no kind",
        marks=pytest.mark.clause("BTH-3.4.14"),
    ),
    pytest.param(
        "objective_year",
        objective(time_bound="2029-01-01"),
        "objectives.0.time_bound",
        objective(),
        id="beyond the year",
        marks=pytest.mark.clause("BTH-3.4.14"),
    ),
    pytest.param(
        "objective_basis",
        objective("basis"),
        "objectives.0.basis",
        objective(),
        id="past experience",
        marks=pytest.mark.clause("BTH-3.4.14"),
    ),
    pytest.param(
        "objective_sections",
        objective(),
        "plan",
        rows("objectives", OBJECTIVE, {**OBJECTIVE, "kind": "personal"}),
        id="no personal objective",
        marks=pytest.mark.clause("CPFT-7.2-b"),
    ),
    pytest.param(
        "lead_employer",
        objective(employer="Preston"),
        "statements.lead_employer",
        replace(objective(employer="Preston"), statements={"lead_employer": "Blackpool"}),
        id="which employer leads",
        marks=pytest.mark.clause("BTH-3.2.11-b"),
    ),
    pytest.param(
        "resource_tied",
        rows("resources", {"resource": "A secretary"}),
        "resources.0.serves",
        rows("resources", {"resource": "A secretary", "serves": "Letters in two days"}),
        id="a resource for nothing",
        marks=pytest.mark.clause("BTH-3.4.2-b"),
    ),
]
TOTAL_CASES = [
    pytest.param(
        "total",
        plan(activity("clinic", pas="7"), activity("audit", "spa", pas="2.5")),
        "plan",
        plan(activity("clinic", pas="7.5"), activity("audit", "spa", pas="2.5"), replace(EXTRA, pas=Fraction(1))),
        id="half a PA too few",
        marks=pytest.mark.clause("CPFT-7.1-d"),
    ),
    pytest.param(
        "made_up",
        plan(activity("clinic", pas="10")),
        "not_applicable.spa",
        plan(activity("clinic", pas="7.5"), activity("audit", "spa", pas="2.5")),
        id="no supporting activities",
        marks=pytest.mark.clause("BTH-3.2.9"),
    ),
    pytest.param(
        "over_full_time",
        plan(activity("clinic", pas="10"), line()),
        "plan",
        plan(activity("clinic", pas="10"), EXTRA),
        id="which session is additional",
        marks=pytest.mark.clause("BTH-3.2.10"),
    ),
    pytest.param(
        "extra_reason",
        plan(replace(EXTRA, need="")),
        "activities.0.more.extra_reason",
        plan(replace(EXTRA, need="", more={"extra_reason": "Twice as many referrals"})),
        id="the reason of an additional PA",
        marks=pytest.mark.clause("CPFT-App1-c"),
    ),
    pytest.param(
        "extra_agreed",
        plan(replace(EXTRA, agreement="")),
        "activities.0.agreement",
        plan(EXTRA),
        id="no agreement",
        marks=pytest.mark.clause("CPFT-7.2.2-b"),
    ),
    pytest.param(
        "extra_until",
        plan(EXTRA),
        "activities.0.more.until",
        until("2027-09-30"),
        id="open-ended",
        marks=pytest.mark.clause("CPFT-7.2.2-c"),
    ),
    pytest.param(
        "extra_until",
        until("2028-04-01"),
        "activities.0.more.until",
        until("2028-03-31"),
        id="a day more than twelve months",
        marks=pytest.mark.clause("CPFT-7.2.2-c"),
    ),
    pytest.param(
        "spare_capacity",
        plan(replace(EXTRA, extra="extra", pas=Fraction(3, 2))),
        "plan",
        plan(replace(EXTRA, extra="extra")),
        id="more than one PA of spare capacity",
        marks=pytest.mark.clause("BTH-App3.2-b"),
    ),
    pytest.param(
        "spare_named",
        plan(replace(EXTRA, extra="extra")),
        "activities.0.more.spare",
        plan(replace(EXTRA, extra="extra", more={"spare": "Tuesday afternoons"})),
        id="which spare capacity",
        marks=pytest.mark.clause("BTH-App3.2-a"),
    ),
]
REFUSED = {
    "smart", "objective_linked", "output_agreed", "over_full_time", "extra_reason", "extra_agreed", "extra_until",
    "spare_capacity",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "bad", "key", "good"),
    [*SECTION_CASES, *OBJECTIVE_CASES, *TOTAL_CASES],
)
def test_what_the_rules_find_in_a_plan_and_what_settles_it(
    request: pytest.FixtureRequest, rule: str, bad: Plan, key: str, good: Plan
) -> None:
    one = check(request, rule, bad, key, good)
    assert (one.severity is Severity.ERROR) is (rule in REFUSED)


@pytest.mark.clause("CPFT-7.1-d")
def test_a_part_time_plan_is_held_against_its_contract_and_not_against_ten() -> None:
    part_time = around("CPFT", contracted=Fraction(6))
    assert not found("total", plan(activity("clinic", pas="4.5"), activity("a", "spa", pas="1.5")), part_time)
    (one,) = found("total", plan(activity("clinic", pas="10")), part_time)
    assert "4 PA more than the contract" in one.sentence


@pytest.mark.clause("CPFT-7.1-g")
def test_an_objective_that_is_the_appraisals_word_for_word_is_rejected_or_confirmed_as_the_plans_own() -> None:
    known = around("CPFT", appraisal=("urgent referrals  seen in five days",))
    (one,) = found("objective_copied", objective("written_for_plan"), known)
    assert one.severity is Severity.ERROR
    assert not found("objective_copied", objective(), known), "the doctor confirmed it"
    assert not found("objective_copied", objective("written_for_plan", objective="Six days"), known)


@pytest.mark.clause("CPFT-7.2.2-b")
def test_additional_pas_name_an_agreement_that_counts() -> None:
    agreed = around("CPFT", extras=(Agreed(),))
    assert not found("extra_agreed", plan(EXTRA), agreed)
    (one,) = found("extra_agreed", plan(EXTRA), around("CPFT", extras=()))
    assert "no agreement JP/PA/2027/0001 that counts" in one.sentence


@pytest.mark.clause("CPFT-7.2.2-c")
def test_additional_pas_end_with_their_agreement() -> None:
    agreed = around("CPFT", extras=(Agreed(),))
    assert not found("extra_until", plan(EXTRA), agreed), "as the agreement does"
    (one,) = found("extra_until", until("2027-10-01"), agreed)
    assert "ends on 30 September 2027" in one.sentence


@pytest.mark.clause("CPFT-7.2-b", "CPFT-7.2-c", "CPFT-7.6.5-a")
def test_the_sections_that_the_policy_wants_are_filled_in_or_have_their_reason() -> None:
    wanted = around("CPFT", values={**around("CPFT").values, "plan_sections": ["objectives", "leave"]})
    bare = plan(not_applicable=NOTHING)
    assert [each.key for each in found("empty_section", bare, wanted)] == [
        "not_applicable.objectives",
        "not_applicable.leave",
    ]
    filled = rows("objectives", OBJECTIVE, not_applicable={**NOTHING, "leave": "A locum of three weeks"})
    assert not found("empty_section", filled, wanted)
    assert not found("empty_section", bare, around("CPFT", values={**wanted.values, "plan_sections": []}))
