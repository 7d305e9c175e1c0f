"""On what the lines of a plan rest, and what Blackpool's policy finds where they do not."""

from fractions import Fraction
from typing import Any

import pytest

from tests.domain.factories import activity, plan, policy_files
from workflows.domain.plan import Activity, Plan, Share, findings_of, must_be_mended
from workflows.domain.plan.findings import RULES
from workflows.domain.policy import read_policy

FILES = policy_files()
WHOLE_POLICY = read_policy("blackpool", FILES).values["plan_rules"]
RESTS = ("evidence", "evidence_or_need", "spa_agreed", "spa_diary", "spa_split", "teaching", "local_teaching")
BLACKPOOL = {rule: WHOLE_POLICY[rule] for rule in RESTS}
"""What this policy asks about that on which lines rest."""
CLINIC = activity("clinic", evidence="Clinic list of May", need="Urgent referrals")
WHOLE: dict[str, Any] = {"details": "Two audits a year", "evidence": "Diary of May", "need": "Audit", "agreed": True}
SPA = activity("audit", "spa", pas="1.5", **WHOLE)


def keys(each: Plan, rules: Any = BLACKPOOL) -> dict[str, str]:
    return {found.key: found.rule for found in findings_of(each, rules)}


def without(line: Activity, *parts: str) -> Activity:
    return Activity(**{**vars(line), **dict.fromkeys(parts, ""), **({"agreed": False} if "agreed" in parts else {})})


def test_a_plan_that_rests_on_evidence_and_was_agreed_has_nothing_found() -> None:
    assert findings_of(plan(CLINIC, SPA), BLACKPOOL) == ()


def test_a_trust_without_rules_on_evidence_asks_for_none() -> None:
    rules = read_policy("cumbria", FILES).values["plan_rules"]
    bare = plan(activity("clinic"), activity("audit", "spa", day="friday"))
    assert not {each.rule for each in findings_of(bare, rules)} & set(RESTS)
    assert findings_of(bare, {}) == ()


@pytest.mark.parametrize("trust", ["blackpool", "cumbria"])
def test_every_rule_of_a_policy_is_known_and_names_clauses_of_the_list(trust: str) -> None:
    rules = read_policy(trust, FILES).values["plan_rules"]
    assert set(rules) <= set(RULES)
    listed = {line.partition(",")[0] for line in FILES["clauses.csv"].splitlines()}
    assert {clause for clauses in rules.values() for clause in clauses.split()} <= listed


def test_a_policy_may_mean_a_rule_more_sternly_than_it_is() -> None:
    bare = plan(activity("clinic"))
    assert must_be_mended(bare, {"evidence_or_need": "BTH-3.4.1.6"}) == {}
    stern = {"evidence_or_need": {"clauses": "BTH-3.4.1.6", "severity": "error"}}
    assert must_be_mended(bare, stern).keys() == {"activities.0.evidence"}
    assert findings_of(bare, stern)[0].clauses == ("BTH-3.4.1.6",)


def test_the_reason_why_a_warning_stays_follows_its_line_to_another_place() -> None:
    bare = activity("ward", need="Acute care")
    said = plan(bare, reasons={"evidence:ward": "The diary begins in May"})
    moved = plan(CLINIC, bare, reasons=said.reasons)
    for each, place in ((said, 0), (moved, 1)):
        (found,) = findings_of(each, BLACKPOOL)
        assert (found.key, found.reason) == (f"activities.{place}.evidence", "The diary begins in May")
        assert not found.open


def test_errors_stand_open_whatever_reason_is_given_and_come_first() -> None:
    each = plan(activity("ward"), activity("audit", "spa", day="friday"), reasons={"spa_agreed:audit": "Later"})
    found = findings_of(each, BLACKPOOL)
    assert [one.severity for one in found] == sorted((one.severity for one in found), key=["error", "warning"].index)
    assert all(one.open for one in found)
    assert {one.section for one in found} == {"dcc", "spa"}


def test_two_lines_at_one_time_are_left_alone_while_either_is_in_dispute() -> None:
    rules = {"clash": "BTH-3.2.2"}
    each = plan(activity("old"), activity("new"))
    assert must_be_mended(each, rules).keys() == {"activities.1.start"}
    assert must_be_mended(each, rules, disputed=["old"]) == {}
    assert must_be_mended(each, rules, disputed=["new"]) == {}


@pytest.mark.clause("BTH-3.4.1.6")
def test_a_line_with_neither_evidence_nor_need_is_listed_but_holds_nothing_up() -> None:
    each = plan(without(CLINIC, "evidence", "need"), without(activity("ward", **WHOLE), "evidence"), SPA)
    assert keys(each) == {"activities.0.evidence": "evidence_or_need", "activities.1.evidence": "evidence"}
    assert must_be_mended(each, BLACKPOOL) == {}


@pytest.mark.clause("BTH-3.4.5-a")
@pytest.mark.parametrize("part", ["details", "agreed"])
def test_supporting_activities_are_described_and_agreed_at_the_meeting(part: str) -> None:
    each = plan(CLINIC, without(SPA, part))
    assert keys(each) == {f"activities.1.{part}": "spa_agreed"}
    assert set(must_be_mended(each, BLACKPOOL)) == {f"activities.1.{part}"}


@pytest.mark.clause("BTH-3.4.5.2.1-c", "BTH-3.4.5.2.2-b")
def test_every_supporting_activity_carries_diary_evidence_whatever_its_share() -> None:
    more = activity("service", "spa", pas="0.5", **{**WHOLE, "evidence": ""})
    assert must_be_mended(plan(CLINIC, SPA, more), BLACKPOOL).keys() == {"activities.2.evidence"}
    clauses = {each.clauses for each in findings_of(plan(more), BLACKPOOL) if each.rule == "spa_diary"}
    assert clauses == {("BTH-3.4.5.2.1-c", "BTH-3.4.5.2.2-b")}, "for consultants and for SAS doctors"


@pytest.mark.clause("BTH-3.4.5.2.1-c", "BTH-3.4.5.2.2-b")
def test_the_next_years_draft_has_supporting_activities_looked_at_again() -> None:
    again = plan(CLINIC, SPA).reopened()
    assert [line.agreed for line in again.activities] == [False, False]
    assert must_be_mended(again, BLACKPOOL).keys() == {"activities.1.agreed"}


@pytest.mark.clause("BTH-3.4.5-b")
@pytest.mark.parametrize(
    ("shares", "key"),
    [
        (
            (Share("This trust", Fraction(1), "Dr Morgan"), Share("Preston", Fraction(1, 2), "")),
            "spa_split.1.agreed_by",
        ),
        ((Share("This trust", Fraction(1), "Dr Morgan"), Share("Preston", Fraction(1), "Dr Lee")), "spa_split.0.pas"),
        ((Share("This trust", Fraction(3, 2), "Dr Morgan"),), "spa_split.0.holder"),
    ],
)
def test_a_split_between_contract_holders_needs_the_agreement_of_each(shares: tuple[Share, ...], key: str) -> None:
    assert must_be_mended(plan(CLINIC, SPA, spa_split=shares), BLACKPOOL).keys() == {key}


@pytest.mark.clause("BTH-3.4.5-b")
def test_a_split_that_each_contract_holder_agreed_is_kept_with_the_plan() -> None:
    shares = (Share("This trust", Fraction(1), "Dr Morgan"), Share("Preston", Fraction(1, 2), "Dr Lee"))
    each = plan(CLINIC, SPA, spa_split=shares)
    assert must_be_mended(each, BLACKPOOL) == {}
    assert Plan.from_json(each.to_json()) == each
    assert each.section_hashes()["spa"] != plan(CLINIC, SPA).section_hashes()["spa"], "signatures cover it"


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        pytest.param("postgraduate", "teaching", marks=pytest.mark.clause("BTH-3.4.8-b")),
        pytest.param("undergraduate", "teaching", marks=pytest.mark.clause("BTH-3.4.8-b")),
        pytest.param("local", "local_teaching", marks=pytest.mark.clause("BTH-3.4.8.6-a")),
    ],
)
def test_extra_teaching_has_time_only_with_evidence_the_division_and_hr(kind: str, rule: str) -> None:
    bare = activity("tutorials", "spa", **{**WHOLE, "teaching": kind})
    assert keys(plan(CLINIC, bare)) == {"activities.1.division": rule, "activities.1.hr": rule}
    no_evidence = without(bare, "evidence")
    assert "activities.1.evidence" in must_be_mended(plan(CLINIC, no_evidence), {rule: BLACKPOOL[rule]})
    settled = activity("tutorials", "spa", **{**WHOLE, "teaching": kind, "division": "Dr Yates", "hr": "I Chaudhry"})
    assert must_be_mended(plan(CLINIC, settled), BLACKPOOL) == {}


@pytest.mark.clause("BTH-3.4.8-b")
def test_extra_teaching_is_a_supporting_activity_not_a_clinic() -> None:
    named = {"division": "Dr Yates", "hr": "I Chaudhry"}
    each = plan(activity("clinic", **{**WHOLE, **named, "teaching": "postgraduate"}))
    assert must_be_mended(each, BLACKPOOL).keys() == {"activities.0.teaching"}


def test_lines_in_dispute_stay_as_they_were() -> None:
    assert must_be_mended(plan(CLINIC, activity("old", "spa")), BLACKPOOL, disputed=["old"]) == {}


def test_a_plan_stored_before_there_was_evidence_is_read_and_written_as_it_was() -> None:
    row = {"id": "c", "category": "spa", "title": "Audit", "day": "", "start": "", "end": "", "place": "", "pas": "1"}
    stored: dict[str, Any] = {
        "activities": [row],
        "not_applicable": {},
        "effective_from": None,
        "base": "",
        "notes": "",
    }
    assert Plan.from_json(stored).to_json() == stored


def test_what_a_line_rests_on_is_signed_with_it() -> None:
    assert plan(CLINIC).section_hashes()["dcc"] != plan(activity("clinic")).section_hashes()["dcc"]


def test_two_lines_of_one_name_are_told_apart_by_day_and_times_or_by_their_place() -> None:
    monday, friday = (activity(day, title="Clinic", day=day) for day in ("monday", "friday"))
    loose = [activity(each, title="clinic ", day="", start="", end="") for each in ("first", "second")]
    audit = activity("audit", title="Audit")
    said = [each.sentence for each in findings_of(plan(monday, friday, *loose, audit), {"evidence_or_need": ""})]
    assert [sentence.partition(": neither")[0] for sentence in said] == [
        "“Clinic” (Monday 09:00 to 13:00)",
        "“Clinic” (Friday 09:00 to 13:00)",
        "“clinic ” (line 3)",
        "“clinic ” (line 4)",
        "“Audit”",
    ]


def test_a_clash_of_two_lines_of_one_name_says_which_is_which() -> None:
    early, late = activity("a", title="Clinic"), activity("b", title="Clinic", start="12:00", end="14:00")
    [clash] = findings_of(plan(early, late), {"clash": ""})
    assert clash.sentence.startswith("“Clinic” (Monday 12:00 to 14:00) and “Clinic” (Monday 09:00 to 13:00) are")
