"""What the rules find of leave, of on-call work, and of private practice and other work outside the trust."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.factories import activity, plan
from tests.domain.findings.looking import CLINIC, MEDICINE, SPA, around, check, found, line, rows, said
from workflows.domain.plan import Plan, Severity

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


def but(row: Mapping[str, Any], *left_out: str, **changes: Any) -> dict[str, Any]:
    return {key: value for key, value in {**row, **changes}.items() if key not in left_out}


def private(*left_out: str, **changes: Any) -> Plan:
    return rows("outside", but(PRIVATE, *left_out, **changes))


def leave(*kept: Mapping[str, Any], lines: Any = (CLINIC, SPA)) -> Plan:
    return rows("leave", *kept, activities=lines)


LONG_WEEK, WEEK = (plan(activity("clinic", pas=pas, start="", end="", day="")) for pas in ("12.25", "12"))
"""Of 49 and 48 hours."""
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
        "long_hours",
        LONG_WEEK,
        "statements.hours_accepted",
        WEEK,
        id="49 hours a week for the trust alone, in Blackpool",
        marks=pytest.mark.clause("BTH-3.4.16-e"),
    ),
    pytest.param(
        "long_hours",
        LONG_WEEK,
        "statements.hours_accepted",
        WEEK,
        id="49 hours a week for the trust alone, in Cumbria",
        marks=pytest.mark.clause("CPFT-7.1-d"),
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
    "leave_on_free_day", "conflict_resolved", "outside_described", "outside_has_no_pas", "privileges_unusual",
    "private_statement", "declaration",
}  # fmt: skip


@pytest.mark.parametrize(("rule", "bad", "key", "good"), [*LEAVE_CASES, *ON_CALL_CASES, *OUTSIDE_CASES])
def test_what_the_rules_find_and_what_settles_it(
    request: pytest.FixtureRequest, rule: str, bad: Plan, key: str, good: Plan
) -> None:
    one = check(request, rule, bad, key, good)
    assert (one.severity is Severity.ERROR) is (rule in REFUSED)


@pytest.mark.clause("BTH-3.4.13.2-b")
def test_the_on_call_pas_of_a_rota_are_everybodys_and_no_plans_own() -> None:
    beside = around("BTH", rotas=(MEDICINE,))
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
