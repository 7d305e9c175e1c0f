"""The plan as a whole: sections, objectives, totals and additional PAs, leave, on call, outside work, declarations."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.factories import activity, plan
from tests.domain.findings.looking import CLINIC, SPA, around, check, found, line, rows, said
from workflows.domain.plan import CATEGORIES, Plan, Severity
from workflows.domain.plan.findings import RotaPas

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
PRIVATE: dict[str, Any] = {
    "kind": "private",
    "work": "Private clinic",
    "place": "Spire",
    "day": "saturday",
    "start": "09:00",
    "end": "12:00",
    "conflict": False,
    "discussed_on": "2027-03-01",
    "agreed": "No change",
}
HOSPITAL: dict[str, Any] = {
    "organisation": "Spire",
    "contact": "1 High Street",
    "director": "Dr Lee",
    "role": "Consultant",
    "outpatients": True,
    "outpatients_since": "2020-01-01",
}
ROTA = {"rota": "Medicine", "frequency": 8, "category": "A", "predictable": 0.5, "unpredictable": 1}
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


def private(*left_out: str, **changes: Any) -> Plan:
    return rows("outside", but(PRIVATE, *left_out, **changes))


def leave(*kept: Mapping[str, Any], lines: Any = (CLINIC, SPA)) -> Plan:
    return rows("leave", *kept, activities=lines)


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
LEAVE_CASES = [
    pytest.param(
        "leave_on_free_day",
        leave({"kind": "annual", "days": 2, "day": "tuesday"}),
        "leave.0.day",
        leave({"kind": "annual", "days": 2, "day": "friday"}),
        id="leave on a free day",
        marks=pytest.mark.clause("BTH-3.4.12.1-b"),
    ),
    pytest.param(
        "leave_entitlement",
        leave({"kind": "annual", "days": 13}),
        "leave.0.days",
        leave({"kind": "annual", "days": 12}),
        id="two days a week have 12 of 30",
        marks=pytest.mark.clause("BTH-3.4.12.1-c"),
    ),
    pytest.param(
        "leave_single_days",
        leave({"kind": "annual", "days": 12, "day": "friday"}),
        "leave.0.days",
        leave({"kind": "annual", "days": 6, "day": "friday"}),
        id="twelve Fridays are twelve weeks",
        marks=pytest.mark.clause("BTH-3.4.12.1-d"),
    ),
    pytest.param(
        "professional_leave",
        leave({"kind": "study", "days": 20}, {"kind": "conference", "days": 11}),
        "leave.1.days",
        leave({"kind": "study", "days": 20}, {"kind": "conference", "days": 10}),
        id="over 30 days",
        marks=pytest.mark.clause("BTH-3.4.12.2-a"),
    ),
    pytest.param(
        "leave_approved",
        leave({"kind": "study", "days": 5}),
        "leave.0.approved",
        leave({"kind": "study", "days": 5, "approved": True}),
        id="not approved",
        marks=pytest.mark.clause("BTH-3.4.12.2-b"),
    ),
]
ON_CALL_CASES = [
    pytest.param(
        "rota_stated",
        plan(activity("nights", "on_call")),
        "plan",
        rows("rotas", ROTA, activities=(activity("nights", "on_call"),)),
        id="on call without a rota",
        marks=pytest.mark.clause("CPFT-3-c"),
    ),
    pytest.param(
        "unpredictable_limit",
        rows("rotas", {**ROTA, "unpredictable": 2.5}),
        "rotas.0.unpredictable",
        rows("rotas", {**ROTA, "unpredictable": 2}),
        id="over two PAs",
        marks=pytest.mark.clause("BTH-App4-g"),
    ),
]
OUTSIDE_CASES = [
    pytest.param(
        "private_statement",
        plan(),
        "statements.private_work",
        said(private_work="None"),
        id="no statement on private practice",
        marks=pytest.mark.clause("CPFT-7.1-h"),
    ),
    pytest.param(
        "declaration",
        said(conflict_of_interest="None").reopened(),
        "statements.conflict_of_interest",
        said(conflict_of_interest="None"),
        id="the declaration of last year",
        marks=pytest.mark.clause("BTH-App2-a"),
    ),
    pytest.param(
        "professional_work",
        plan(),
        "statements.professional_work",
        said(professional_work="None"),
        id="nil return",
        marks=pytest.mark.clause("CPFT-7.1-c"),
    ),
    pytest.param(
        "conflict_answered",
        private("conflict"),
        "outside.0.conflict",
        private(),
        id="conflict not answered",
        marks=pytest.mark.clause("CPFT-3-d"),
    ),
    pytest.param(
        "conflict_resolved",
        private(conflict=True),
        "outside.0.resolution",
        private(conflict=True, resolution="The clinic moves to Saturdays"),
        id="conflict not resolved",
        marks=pytest.mark.clause("CPFT-3-d"),
    ),
    *(
        pytest.param(
            "outside_discussed",
            private(key),
            f"outside.0.{key}",
            private(),
            id=f"outside work without {key}",
            marks=pytest.mark.clause("CPFT-3-e"),
        )
        for key in ("discussed_on", "agreed")
    ),
    *(
        pytest.param(
            "outside_described",
            private(key),
            f"outside.0.{key}",
            private(),
            id=f"private work without {key}",
            marks=pytest.mark.clause("BTH-3.4.16-d"),
        )
        for key in ("work", "place", "day")
    ),
    pytest.param(
        "private_typed",
        private(kind="fee_paying", work="Dental treatment"),
        "outside.0.kind",
        private(kind="private", work="Dental treatment"),
        id="treatment is private",
        marks=pytest.mark.clause("BTH-3.2.14"),
    ),
    pytest.param(
        "outside_has_no_pas",
        plan(line(title="Private clinic")),
        "activities.0.pas",
        plan(line(title="Urgent clinic")),
        id="private work with PAs",
        marks=pytest.mark.clause("BTH-3.2.13"),
    ),
    pytest.param(
        "extra_offered",
        said(intends_private=True),
        "statements.extra_offered_on",
        said(intends_private=True, extra_offered_on="2027-01-05"),
        id="no offer of an extra PA",
        marks=pytest.mark.clause("BTH-3.4.16-a"),
    ),
    pytest.param(
        "extra_answered",
        said(extra_offered_on="2027-01-05", extra_answer="open"),
        "statements.extra_answer",
        said(extra_offered_on="2027-01-05", extra_answer="declined"),
        id="the trust has not answered",
        marks=pytest.mark.clause("BTH-3.4.16-b"),
    ),
    pytest.param(
        "code_of_practice",
        private(),
        "statements.code_of_practice",
        replace(private(), statements={"code_of_practice": True}),
        id="code of practice",
        marks=pytest.mark.clause("BTH-3.4.16-c"),
    ),
    pytest.param(
        "hours_accepted",
        rows("outside", {**PRIVATE, "hours": 10}, activities=(activity("clinic", pas="10", start="", end="", day=""),)),
        "statements.hours_accepted",
        rows("outside", {**PRIVATE, "hours": 8}, activities=(activity("clinic", pas="10", start="", end="", day=""),)),
        id="50 hours a week",
        marks=pytest.mark.clause("BTH-3.4.16-e"),
    ),
    pytest.param(
        "court",
        private(work="Medico-legal reports"),
        "outside.0.court",
        private(work="Medico-legal reports", court="Two days a year, with notice"),
        id="court",
        marks=pytest.mark.clause("BTH-3.4.16-g"),
    ),
    *(
        pytest.param(
            "privileges_described",
            rows("privileges", but(HOSPITAL, key)),
            f"privileges.0.{key}",
            rows("privileges", HOSPITAL, statements={"specialty": "Psychiatry"}),
            id=f"privileges without {key}",
            marks=pytest.mark.clause("BTH-App2-b"),
        )
        for key in ("organisation", "contact", "director", "role", "outpatients_since")
    ),
    pytest.param(
        "privileges_unusual",
        rows("privileges", {**HOSPITAL, "unusual": True}),
        "privileges.0.unusual_details",
        rows("privileges", {**HOSPITAL, "unusual": True, "unusual_details": "Infusions"}),
        id="work not done in the NHS",
        marks=pytest.mark.clause("BTH-App2-c"),
    ),
    pytest.param(
        "privileges_declared",
        plan(),
        "statements.privileges_declared",
        rows("privileges", HOSPITAL, statements={"privileges_declared": True}),
        id="nothing declared",
        marks=pytest.mark.clause("BTH-App2-f"),
    ),
    pytest.param(
        "privileges_appraisal",
        rows("privileges", HOSPITAL),
        "privileges.0.organisation",
        plan(),
        id="reminder of the appraiser",
        marks=pytest.mark.clause("BTH-App2-e"),
    ),
]
REFUSED = {
    "smart", "objective_linked", "output_agreed", "over_full_time", "extra_reason", "extra_agreed", "extra_until",
    "spare_capacity", "leave_on_free_day", "conflict_resolved", "outside_described", "outside_has_no_pas",
    "privileges_unusual", "private_statement", "declaration",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "bad", "key", "good"),
    [*SECTION_CASES, *OBJECTIVE_CASES, *TOTAL_CASES, *LEAVE_CASES, *ON_CALL_CASES, *OUTSIDE_CASES],
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


@pytest.mark.clause("BTH-3.4.13.2-b")
def test_the_on_call_pas_of_a_rota_are_everybodys_and_no_plans_own() -> None:
    beside = around("BTH", rotas={"Medicine": RotaPas(Fraction(1, 2), Fraction(1))})
    assert not found("rota_pas", rows("rotas", ROTA), beside)
    (one,) = found("rota_pas", rows("rotas", {**ROTA, "unpredictable": 2}), beside)
    assert (one.key, one.severity) == ("rotas.0.unpredictable", "error")
    assert not found("rota_pas", rows("rotas", {**ROTA, "rota": "Surgery"}), beside), "nothing is agreed for it yet"


@pytest.mark.clause("BTH-3.4.16-a")
def test_a_part_timer_owes_no_offer_of_an_extra_pa() -> None:
    assert not found("extra_offered", said(intends_private=True), around("BTH", contracted=Fraction(6)))
    assert found("extra_offered", private(), around("BTH")), "whoever works privately already"


@pytest.mark.clause("BTH-3.4.12.2-a")
def test_the_days_of_the_plan_before_count_towards_the_quota() -> None:
    this = leave({"kind": "study", "days": 20})
    assert not found("professional_leave", this, around("BTH"))
    assert found("professional_leave", this, around("BTH", agreed=leave({"kind": "conference", "days": 11})))


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
