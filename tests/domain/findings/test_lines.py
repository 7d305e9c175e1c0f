"""Kinds of lines: supporting activities, education, roles beyond the department, and what each has to say."""

from dataclasses import replace
from typing import Any

import pytest

from tests.domain.factories import activity, plan
from tests.domain.findings.looking import CLINIC, SPA, around, check, found, line, rows, said
from workflows.domain.plan import Plan, Severity, asked_of

NON_CORE: dict[str, Any] = {"subcategory": "governance", "need": "Safe care", "evidence": "Diary", "details": "Panel"}
ROLE_MORE = {"applied_on": "2027-01-20", "department_approved_on": "2027-01-10", "division_approved_on": "2027-01-15"}
ROLE = line("lead", "additional_nhs", details="Leads the network", more=ROLE_MORE)
DUTY_MORE = {"department_approved_on": "2027-01-10", "division_approved_on": "2027-01-15", "benefit": "Guidelines"}
DUTY = line("college", "external", title="College examiner", details="Two days a year", agreed=True, more=DUTY_MORE)


def without(which: Any, *keys: str) -> Any:
    return replace(which, more={key: value for key, value in which.more.items() if key not in keys})


def spa(**changes: Any) -> Plan:
    return plan(line("spa", "spa", **changes))


def core(which: str, **changes: Any) -> Plan:
    return spa(subcategory=which, **changes)


SPA_CASES = [
    pytest.param(
        "spa_core",
        spa(),
        "activities.0.core",
        spa(core="non_core"),
        id="class",
        marks=pytest.mark.clause("BTH-3.4.5-c"),
    ),
    pytest.param(
        "spa_core_by_type",
        core("audit_wider", core="core"),
        "activities.0.core",
        core("audit_own", core="core"),
        id="departmental audit",
        marks=pytest.mark.clause("BTH-3.4.5.1-b"),
    ),
    pytest.param(
        "spa_core_by_type",
        core("training_for_trust", core="core"),
        "activities.0.core",
        core("mandatory_training", core="core"),
        id="training for the organisation",
        marks=pytest.mark.clause("BTH-3.4.5.1-c"),
    ),
    pytest.param(
        "spa_core_by_type",
        core("research", core="core"),
        "activities.0.core",
        core("research"),
        id="funded research is set to non-core",
        marks=pytest.mark.clause("BTH-3.4.5.2-c"),
    ),
    pytest.param(
        "spa_core_by_type",
        core("complaint_organisation", core="core"),
        "activities.0.core",
        core("complaint_organisation", core="non_core"),
        id="answering for the organisation",
        marks=pytest.mark.clause("BTH-3.4.5.2-d"),
    ),
    pytest.param(
        "counts_as_dcc",
        spa(title="Answering a complaint"),
        "activities.0.subcategory",
        plan(line("answer", title="Answering a complaint", subcategory="complaint_self")),
        id="a complaint about oneself",
        marks=pytest.mark.clause("BTH-3.4.5.2-d"),
    ),
    pytest.param(
        "counts_as_dcc",
        spa(title="Weekly MDT"),
        "activities.0.category",
        plan(line("mdt", title="Weekly MDT", subcategory="patient_meeting")),
        id="a meeting about patients",
        marks=pytest.mark.clause("BTH-3.4.4-a"),
    ),
    pytest.param(
        "non_core_justified",
        spa(subcategory="governance"),
        "activities.0.need",
        spa(**NON_CORE),
        id="non-core without a need",
        marks=pytest.mark.clause("BTH-3.4.5.2-a"),
    ),
    *(
        pytest.param(
            "non_core_described",
            spa(**NON_CORE),
            f"activities.0.more.{key}",
            spa(**NON_CORE, more={"level": "division", "benefits": "Patients", "measure": "Incidents"}),
            id=f"a further activity without its {key}",
            marks=pytest.mark.clause("BTH-3.4.5.2.2-c"),
        )
        for key in ("level", "benefits", "measure")
    ),
    pytest.param(
        "spa_flexible",
        core("cpd"),
        "activities.0.more.flexible",
        core("cpd", more={"flexible": "flexible"}),
        id="fixed or flexible",
        marks=pytest.mark.clause("BTH-3.4.5.2.1-d"),
    ),
    pytest.param(
        "management_post",
        spa(title="Clinical Director"),
        "activities.0.category",
        plan(line("post", "managerial", title="Clinical Director")),
        id="an appointed post",
        marks=pytest.mark.clause("BTH-3.2.4"),
    ),
    pytest.param(
        "study_leave",
        core("external_study_leave"),
        "activities.0.pas",
        core("external_study_leave", pas="0"),
        id="external study leave",
        marks=pytest.mark.clause("CPFT-7.2.1-d"),
    ),
    pytest.param(
        "administration",
        spa(subcategory="administration"),
        "activities.0.agreed",
        spa(subcategory="administration", agreed=True, evidence="Diary"),
        id="administration not agreed",
        marks=pytest.mark.clause("BTH-3.4.9"),
    ),
    pytest.param(
        "patient_administration",
        plan(line(subcategory="patient_administration")),
        "activities.0.more.averaged_over",
        plan(line(subcategory="patient_administration", evidence="Diary", more={"averaged_over": "Six weeks of May"})),
        id="administration about patients without its period",
        marks=pytest.mark.clause("BTH-3.4.4-b"),
    ),
    pytest.param(
        "annualised",
        plan(line(pattern={"per_year": 14})),
        "activities.0.pattern",
        plan(line(pattern={"per_year": 14}), statements={"annualised": "14 lists a year, agreed in May"}),
        id="so many a year without an agreement",
        marks=pytest.mark.clause("BTH-3.2.17"),
    ),
]
EDUCATION_CASES = [
    pytest.param(
        "education_answers",
        said(postgraduate="Two trainees"),
        "statements.undergraduate",
        said(postgraduate="Two trainees", undergraduate="None"),
        id="no answer on undergraduates",
        marks=pytest.mark.clause("BTH-3.4.8-c"),
    ),
    pytest.param(
        "clinical_teaching",
        plan(replace(CLINIC, title="Clinic"), activity("t", "spa", title="Teaching in clinic")),
        "activities.1.pas",
        plan(replace(CLINIC, title="Clinic"), activity("t", "spa", title="Teaching", day="friday")),
        id="teaching in a clinic",
        marks=pytest.mark.clause("BTH-3.4.8-a"),
    ),
    pytest.param(
        "supervisor_trained",
        core("undergraduate_supervisor"),
        "activities.0.more.trained",
        core("undergraduate_supervisor", more={"trained": True}),
        id="an untrained supervisor",
        marks=pytest.mark.clause("BTH-3.4.8.5"),
    ),
    pytest.param(
        "supervisor_trained",
        core("educational_supervisor"),
        "activities.0.more.trained",
        core("educational_supervisor", more={"trained": True}),
        id="an untrained educational supervisor",
        marks=pytest.mark.clause("BTH-3.4.8.1-a"),
    ),
    *(
        pytest.param(
            "education_lead",
            core("education_lead", core="core"),
            f"activities.0.{key}",
            core("education_lead", more={"payer": "Medical Education", "competition": "Advert of May"}),
            id=f"an education lead: {key}",
            marks=pytest.mark.clause("BTH-3.4.8.2-a"),
        )
        for key in ("more.payer", "more.competition", "core")
    ),
    pytest.param(
        "programme_director",
        plan(line("tpd", "academic", title="Regional programme director")),
        "activities.0.pas",
        plan(line("tpd", "academic", pas="0", title="Regional programme director")),
        id="a regional programme director",
        marks=pytest.mark.clause("BTH-3.4.8.3-c"),
    ),
]
ROLE_CASES = [
    pytest.param(
        "role_approved",
        plan(without(ROLE, "division_approved_on")),
        "activities.0.more.division_approved_on",
        plan(ROLE),
        id="one approval",
        marks=pytest.mark.clause("BTH-3.4.10-a"),
    ),
    pytest.param(
        "role_approved",
        plan(replace(ROLE, more={**ROLE_MORE, "applied_on": "2027-01-12"})),
        "activities.0.more.division_approved_on",
        plan(ROLE),
        id="approved after the application",
        marks=pytest.mark.clause("BTH-3.4.10-a"),
    ),
    pytest.param(
        "role_described",
        plan(replace(ROLE, details="")),
        "activities.0.details",
        plan(ROLE),
        id="its nature",
        marks=pytest.mark.clause("BTH-3.4.10-b"),
    ),
    pytest.param(
        "role_additional",
        plan(replace(ROLE, extra="")),
        "activities.0.extra",
        plan(replace(ROLE, extra="additional")),
        id="approved time that is not additional",
        marks=pytest.mark.clause("BTH-3.4.10-c"),
    ),
    pytest.param(
        "role_funded",
        plan(replace(ROLE, more={**ROLE_MORE, "payer": "The Deanery"})),
        "activities.0.more.payer",
        plan(ROLE),
        id="paid by others",
        marks=pytest.mark.clause("BTH-3.4.10-d"),
    ),
    pytest.param(
        "external_approved",
        plan(without(DUTY, "department_approved_on")),
        "activities.0.more.department_approved_on",
        plan(DUTY),
        id="both approve",
        marks=pytest.mark.clause("BTH-3.2.7-a"),
    ),
    pytest.param(
        "external_approved",
        plan(without(DUTY, "division_approved_on")),
        "activities.0.more.division_approved_on",
        plan(DUTY),
        id="the divisional director approves",
        marks=pytest.mark.clause("BTH-3.4.11-a"),
    ),
    pytest.param(
        "external_benefit",
        plan(without(DUTY, "benefit")),
        "activities.0.more.benefit",
        plan(DUTY),
        id="a stated benefit",
        marks=pytest.mark.clause("BTH-3.4.11-b"),
    ),
    pytest.param(
        "external_once",
        plan(DUTY, line("clinic", title="College examiner")),
        "activities.0.title",
        plan(DUTY),
        id="the same under another kind",
        marks=pytest.mark.clause("BTH-3.2.7-b"),
    ),
    pytest.param(
        "external_once",
        rows("outside", {"kind": "fee_paying", "work": "College examiner"}, activities=(DUTY,)),
        "activities.0.title",
        rows("outside", {"kind": "fee_paying", "work": "Insurance reports"}, activities=(DUTY,)),
        id="fee-paying as well",
        marks=pytest.mark.clause("BTH-3.2.7-b"),
    ),
]
REFUSED = {
    "non_core_justified", "management_post", "study_leave", "clinical_teaching", "supervisor_trained",
    "programme_director", "role_approved", "external_approved", "external_benefit", "external_once",
}  # fmt: skip


@pytest.mark.parametrize(("rule", "bad", "key", "good"), [*SPA_CASES, *EDUCATION_CASES, *ROLE_CASES])
def test_what_the_rules_find_in_lines_and_what_settles_it(
    request: pytest.FixtureRequest, rule: str, bad: Plan, key: str, good: Plan
) -> None:
    one = check(request, rule, bad, key, good)
    assert (one.severity is Severity.ERROR) is (rule in REFUSED)


@pytest.mark.clause("BTH-3.4.11-c")
def test_an_external_duty_held_already_comes_up_in_the_next_review() -> None:
    again = plan(DUTY).reopened()
    (one,) = found("external_reviewed", again, around("BTH", agreed=plan(DUTY)))
    assert one.key == "activities.0.agreed"
    assert not found("external_reviewed", plan(DUTY), around("BTH", agreed=plan(DUTY))), "discussed and agreed again"
    assert not found("external_reviewed", again, around("BTH", agreed=plan(CLINIC))), "it is new"


@pytest.mark.clause("BTH-3.4.5.1-a", "BTH-3.4.5.2-b")
def test_the_catalogue_of_supporting_activities_has_the_types_of_the_policy_and_their_class() -> None:
    spa_kinds = around("BTH").kinds["spa"]
    core_kinds = {
        "cpd", "audit_own", "colleague_feedback", "patient_feedback", "incident_review", "reflection",
        "mandatory_training",
    }  # fmt: skip
    non_core = {
        "teaching", "training", "research", "service_development", "governance", "management", "external_review",
        "accreditation", "national_audit",
    }  # fmt: skip
    assert {spa_kinds[key].core for key in core_kinds} == {"core"}
    assert {spa_kinds[key].core for key in non_core} == {"non_core"}
    assert "other" in spa_kinds, "the list stays open to additions"


@pytest.mark.clause("CPFT-7.2.1-e")
def test_cumbrias_catalogue_of_core_activities_has_its_seven_types() -> None:
    kinds = around("CPFT").kinds["spa"]
    seven = {key for key, kind in kinds.items() if kind.core == "core"}
    assert seven == {
        "peer_group", "journal_club", "case_conference", "audit", "consultant_meeting", "governance_meeting",
        "required_training",
    }  # fmt: skip


@pytest.mark.clause("BTH-3.2.5")
def test_the_catalogue_of_clinical_care_has_the_types_of_the_policy() -> None:
    kinds = set(around("BTH").kinds["dcc"])
    assert kinds >= {
        "emergency", "theatre", "ward_round", "outpatients", "diagnostics", "public_health", "patient_meeting",
        "patient_administration",
    }  # fmt: skip


def test_the_type_of_a_line_settles_its_class() -> None:
    assert not found("spa_core", plan(replace(SPA, core="")), around("BTH"))


@pytest.mark.clause("BTH-3.4.4-b")
def test_administration_that_holds_what_was_recorded_has_its_period_and_its_evidence() -> None:
    diary = {"recorded_from": "2027-03-01", "recorded_until": "2027-03-14", "recorded": "1/3/2027 5"}
    kept = plan(line(subcategory="patient_administration", evidence="", more=diary))
    assert not found("patient_administration", kept, around("BTH"))
    bare = plan(line(subcategory="patient_administration", evidence=""))
    assert len(found("patient_administration", bare, around("BTH"))) == 2


@pytest.mark.clause("BTH-3.4.7")
def test_a_clinical_session_with_teaching_holds_a_changed_volume_as_part_of_what_is_signed() -> None:
    taught = plan(replace(CLINIC, more={"volume": "Eight patients in place of twelve"}, agreed=True))
    assert "volume" in {column.key for column in asked_of("dcc")}
    assert Plan.from_json(taught.to_json()) == taught
    assert taught.section_hashes()["dcc"] != plan(CLINIC).section_hashes()["dcc"]
