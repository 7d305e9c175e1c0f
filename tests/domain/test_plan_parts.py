"""What a plan holds beside its activities: objectives, leave, work elsewhere, statements; and the shape of a line."""

import json
from datetime import date
from typing import Any

import pytest

from tests.domain.factories import activity, plan
from workflows.domain.errors import BadValues
from workflows.domain.plan import PARTS, SECTIONS, Plan, asked_of, compare, keep_old, missing_sections

OBJECTIVE = {"id": "o1", "objective": "Shorter waits", "kind": "service", "serves": "Two weeks to first visit"}
PRIVATE = {"id": "p1", "kind": "private", "work": "Consulting", "place": "Penrith", "day": "friday", "hours": 3}


def full() -> dict[str, Any]:
    return {
        "activities": [
            {
                "id": "theatre",
                "category": "dcc",
                "title": "Theatre",
                "day": "monday",
                "start": "18:00",
                "end": "22:00",
                "by_times": True,
                "subcategory": "theatre",
                "pattern": {"every_weeks": 2, "week": 1},
                "premium": "agreed",
                "more": {"spare": "One list a month"},
            }
        ],
        "not_applicable": {"leave": "Zero hours contract"},
        "effective_from": "2027-04-01",
        "effective_to": "2028-03-31",
        "payroll_number": "00012345",
        "contract": "consultant_2003",
        "objectives": [OBJECTIVE],
        "outside": [PRIVATE],
        "statements": {"private_work": "Fridays in Penrith", "code_of_practice": "yes"},
        "reasons": {"spa_norm": "Two audits this year"},
    }


def problems(**changes: Any) -> dict[str, str]:
    with pytest.raises(BadValues) as caught:
        Plan.from_json({**full(), **changes})
    return caught.value.problems


def line(**changes: Any) -> list[dict[str, Any]]:
    return [{**full()["activities"][0], **changes}]


@pytest.mark.clause("CPFT-2.5", "CPFT-7.2-b", "CPFT-7.2-c", "BTH-App5-a")
def test_a_plan_keeps_its_head_its_parts_and_its_statements() -> None:
    kept = Plan.from_json(full())
    assert Plan.from_json(json.loads(json.dumps(kept.to_json()))) == kept
    assert (kept.effective_to, kept.payroll_number) == (date(2028, 3, 31), "00012345")
    assert kept.entries("objectives")[0]["serves"] == "Two weeks to first visit"
    assert kept.said("code_of_practice") is True
    assert {"duties", "objectives", "resources", "leave", "outside"} < set(SECTIONS)


def test_what_was_stored_before_there_were_parts_reads_and_is_signed_as_ever() -> None:
    old = plan(activity("clinic"), base="Penrith")
    assert "objectives" not in old.to_json()
    assert "pattern" not in old.to_json()["activities"][0]
    before = plan(activity("clinic"), base="Penrith").section_hashes()
    after = plan(activity("clinic"), base="Penrith", payroll_number="1").section_hashes()
    assert {key for key in before if before[key] != after[key]} == {"period"}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"objectives": "many"}, "objectives"),
        ({"objectives": [{**OBJECTIVE, "id": ""}]}, "objectives.0.id"),
        ({"objectives": [OBJECTIVE, OBJECTIVE]}, "objectives.1.id"),
        ({"objectives": [{**OBJECTIVE, "kind": "tea"}]}, "objectives.0.kind"),
        ({"objectives": [{**OBJECTIVE, "colour": "red"}]}, "objectives.0"),
        ({"outside": [{**PRIVATE, "hours": -1}]}, "outside.0.hours"),
        ({"outside": [{**PRIVATE, "start": "9 o’clock"}]}, "outside.0.start"),
        ({"statements": {"code_of_practice": "maybe"}}, "statements.code_of_practice"),
        ({"statements": ["none"]}, "statements"),
        ({"reasons": ["none"]}, "reasons"),
        ({"effective_to": "2027-03-31"}, "effective_to"),
        ({"not_applicable": {"tea": "None"}}, "not_applicable.tea"),
        ({"activities": line(pattern={"every_weeks": 0})}, "activities.0.pattern"),
        ({"activities": line(pattern={"every_weeks": 2, "week": 3})}, "activities.0.pattern"),
        ({"activities": line(pattern={"every_weeks": 2, "per_year": 3})}, "activities.0.pattern"),
        ({"activities": line(pattern={"month_weeks": [6]})}, "activities.0.pattern"),
        ({"activities": line(pattern={"dates": ["2027-02-30"]})}, "activities.0.pattern"),
        ({"activities": line(premium="because")}, "activities.0.premium"),
        ({"activities": line(hours="169")}, "activities.0.hours"),
        ({"activities": line(more={"count": "lots"})}, "activities.0.more.count"),
        ({"activities": line(by_times=False)}, "activities.0.pas"),
    ],
)
def test_a_fault_is_named_where_it_stands(changes: dict[str, Any], key: str) -> None:
    assert key in problems(**changes)


def test_every_week_is_the_pattern_that_need_not_be_said() -> None:
    assert Plan.from_json({**full(), "activities": line(pattern={"every_weeks": 1})}).activities[0].pattern == {}


def test_rows_in_which_nothing_stands_are_left_out() -> None:
    assert Plan.from_json({**full(), "objectives": [{"id": "o2", "objective": " "}]}).entries("objectives") == ()


@pytest.mark.clause("BTH-App2-a")
def test_a_new_draft_declares_conflicts_of_interest_anew() -> None:
    said = {"conflict_of_interest": "None", "private_work": "None"}
    reopened = Plan.from_json({**full(), "statements": said}).reopened()
    assert dict(reopened.statements) == {"private_work": "None"}
    assert reopened.effective_to is None
    assert not reopened.reasons


def test_differences_in_parts_are_sentences() -> None:
    old = Plan.from_json(full())
    changed = {**OBJECTIVE, "serves": "One week to first visit", "by_output": True}
    new = Plan.from_json(
        {
            **full(),
            "objectives": [changed],
            "outside": [],
            "statements": {},
            "activities": line(pattern={"per_year": 14}),
        }
    )
    sentences = [difference.sentence for difference in compare(old, new)]
    assert any("“Two weeks to first visit” to “One week to first visit”; Is it" in one for one in sentences)
    assert any(one.endswith("measured by output or outcome: from nothing to “yes”.") for one in sentences)
    assert "“Consulting” was removed." in sentences
    assert "“Theatre” changed: how often from week 1 of 2 to 14 times a year." in sentences
    assert any(sentence.startswith("It follows the code of practice") for sentence in sentences)


def test_equal_plans_have_equal_hashes_and_no_difference() -> None:
    assert compare(Plan.from_json(full()), Plan.from_json(full())) == []
    assert Plan.from_json(full()).section_hashes() == Plan.from_json(full()).section_hashes()


def test_a_disputed_row_stays_as_it_was() -> None:
    old = Plan.from_json(full())
    new = Plan.from_json({**full(), "objectives": [{**OBJECTIVE, "serves": "Nothing"}], "outside": []})
    assert keep_old(new, old, ["o1", "p1"]).rows == old.rows


def test_a_part_without_rows_is_not_a_missing_category() -> None:
    assert not set(missing_sections(Plan.from_template())) & set(PARTS)


def test_each_kind_of_line_is_asked_what_belongs_to_it() -> None:
    asked = {column.key for column in asked_of("additional_nhs")}
    assert {"applied_on", "department_approved_on", "until"} <= asked
    assert "home_to_site" not in asked
