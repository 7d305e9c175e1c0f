"""The content of a job plan: sums, sections, differences, and what is held back."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.factories import activity, plan
from workflows.domain.errors import BadValues
from workflows.domain.plan import (
    CATEGORIES,
    SECTIONS,
    Activity,
    Plan,
    compare,
    keep_old,
    missing_sections,
    pas_as_text,
    section_title,
)

CLINIC, TEACHING, THEATRE = activity("clinic", pas="2.5"), activity("teaching", "spa", pas="1/3"), activity("theatre")

PAS = st.fractions(0, 20, max_denominator=12)
IDS = st.sampled_from("abcdef")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    ids = draw(st.lists(IDS, unique=True))
    lines = [activity(each, draw(st.sampled_from(sorted(CATEGORIES))), str(draw(PAS))) for each in ids]
    empty = sorted(set(CATEGORIES) - {line.category for line in lines})
    reasons = {category: draw(st.sampled_from(["None held", "Not in this post"])) for category in empty[::2]}
    effective = draw(st.none() | st.dates(date(2027, 1, 1), date(2027, 1, 3)))
    return plan(
        *lines, not_applicable=reasons, effective_from=effective, base=draw(IDS), notes=draw(st.sampled_from(["", "n"]))
    )


def problems(content: object) -> dict[str, str]:
    with pytest.raises(BadValues) as caught:
        Plan.from_json(content)
    return caught.value.problems


def row(**changes: Any) -> dict[str, Any]:
    return {"id": "clinic", "category": "dcc", "title": "Clinic", "day": "monday", "pas": "1"} | changes


def test_pas_are_added_exactly() -> None:
    totals = plan(CLINIC, TEACHING, activity("audit", "spa", "2/3")).totals()
    assert totals.by_category["spa"] == 1
    assert totals.by_category["research"] == 0
    assert totals.overall == Fraction(7, 2)


@given(plans())
def test_the_sum_of_the_categories_is_the_whole(each: Plan) -> None:
    totals = each.totals()
    assert sum(totals.by_category.values()) == totals.overall == sum(line.pas for line in each.activities)


@given(plans())
def test_a_plan_comes_back_from_json_as_it_went(each: Plan) -> None:
    assert Plan.from_json(json.loads(json.dumps(each.to_json()))) == each


@pytest.mark.parametrize(("pas", "text"), [("5/4", "1.25"), ("10", "10"), ("1/3", "1/3"), ("0", "0"), ("1/8", "0.125")])
def test_pas_read_as_decimals_where_they_are_exact(pas: str, text: str) -> None:
    assert pas_as_text(Fraction(pas)) == text


def test_a_doctor_without_a_plan_starts_from_the_empty_one() -> None:
    assert Plan.from_template() == Plan.from_json({})
    assert missing_sections(Plan.from_template()) == list(CATEGORIES)


@pytest.mark.clause("CPFT-7.2-a", "CPFT-7.6.5-a")
def test_a_category_is_filled_in_or_justified_or_missing() -> None:
    each = plan(CLINIC, TEACHING, not_applicable={"research": "No research in this post"})
    assert missing_sections(each) == ["additional_nhs", "external", "academic", "managerial", "on_call"]


def test_every_section_has_a_title() -> None:
    assert len({section_title(section) for section in SECTIONS}) == len(SECTIONS) == 19


@pytest.mark.parametrize(
    ("changes", "key", "sentence"),
    [
        ({"category": "tea"}, "category", "Line 1, Clinic: choose what kind of activity it is."),
        ({"title": " "}, "title", "Line 1: say what the activity is."),
        ({"day": "someday"}, "day", "Line 1, Clinic: choose a day of the week, or no fixed day."),
        ({"start": "9:00", "end": "13:00"}, "start", "Line 1, Clinic: the time must be like 09:30."),
        ({"start": "09:00"}, "end", "Line 1, Clinic: give both the start and the end, or neither."),
        ({"end": "09:00"}, "start", "Line 1, Clinic: give both the start and the end, or neither."),
        ({"start": "09:00", "end": "09:00"}, "end", "Line 1, Clinic: it ends at the time at which it starts."),
        ({"pas": "lots"}, "pas", "Line 1, Clinic: the PAs must be a number from 0 to 20, such as 1.25."),
        ({"pas": -1}, "pas", "Line 1, Clinic: the PAs must be a number from 0 to 20, such as 1.25."),
        ({"pas": 20.5}, "pas", "Line 1, Clinic: the PAs must be a number from 0 to 20, such as 1.25."),
        ({"pas": float("nan")}, "pas", "Line 1, Clinic: the PAs must be a number from 0 to 20, such as 1.25."),
        ({"pas": True}, "pas", "Line 1, Clinic: the PAs must be a number from 0 to 20, such as 1.25."),
        ({"pas": None}, "pas", "Line 1, Clinic: the PAs must be a number from 0 to 20, such as 1.25."),
        ({"pas": "1/0"}, "pas", "Line 1, Clinic: the PAs must be a number from 0 to 20, such as 1.25."),
        ({"id": ""}, "id", "Line 1, Clinic: it needs an id of 40 characters at most."),
        ({"place": "x" * 301}, "place", "Line 1, Clinic: the place must be 300 characters or fewer."),
        ({"place": 3}, "place", "Line 1, Clinic: the place must be text."),
    ],
)
def test_a_faulty_line_is_named_with_its_row(changes: dict[str, Any], key: str, sentence: str) -> None:
    assert problems({"activities": [row(**changes)]}) == {f"activities.0.{key}": sentence}


def test_pas_may_be_typed_or_counted() -> None:
    rows = [row(id=str(number), pas=pas) for number, pas in enumerate([1, 1.25, "1.25", "5/4"])]
    assert Plan.from_json({"activities": rows}).totals().overall == Fraction(19, 4)


def test_an_on_call_line_may_last_from_nine_to_nine() -> None:
    whole_day = row(category="on_call", start="09:00", end="09:00")
    assert Plan.from_json({"activities": [whole_day]}).activities[0].end == "09:00"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ([], "plan"),
        ({"salary": 1}, "salary"),
        ({"activities": "none"}, "activities"),
        ({"activities": [row(id=str(number)) for number in range(201)]}, "activities"),
        ({"activities": ["clinic"]}, "activities.0"),
        ({"activities": [row(colour="red")]}, "activities.0"),
        ({"activities": [row(), row()]}, "activities.1.id"),
        ({"not_applicable": ["dcc"]}, "not_applicable"),
        ({"not_applicable": {"tea": "None"}}, "not_applicable.tea"),
        ({"activities": [row()], "not_applicable": {"dcc": "None"}}, "not_applicable.dcc"),
        ({"effective_from": "soon"}, "effective_from"),
        ({"effective_from": "0027-04-01"}, "effective_from"),
        ({"base": "x" * 301}, "base"),
        ({"notes": "nul\0"}, "notes"),
    ],
)
def test_what_is_no_plan_is_refused(content: object, key: str) -> None:
    assert list(problems(content)) == [key]


@given(plans())
def test_hashes_do_not_depend_on_the_order_of_lines(each: Plan) -> None:
    turned = plan(
        *reversed(each.activities), **{name: value for name, value in vars(each).items() if name != "activities"}
    )
    assert turned.section_hashes() == each.section_hashes()


def test_hashes_stay_the_same_from_release_to_release() -> None:
    hashes = plan(CLINIC, notes="Reviewed").section_hashes()
    assert hashes["dcc"][:12] == "cdd284fb8e03"
    assert hashes["notes"][:12] == "976b03b2e815"


@given(plans(), plans())
def test_differences_are_told_for_exactly_the_sections_whose_hash_changed(old: Plan, new: Plan) -> None:
    before, after = old.section_hashes(), new.section_hashes()
    changed = {section for section in SECTIONS if before[section] != after[section]}
    assert {difference.section for difference in compare(old, new)} == changed


def test_what_changed_is_told_in_sentences() -> None:
    old = plan(CLINIC, TEACHING, base="Carlisle", not_applicable={"research": "None held"})
    new = plan(
        activity("clinic", pas="3", day="tuesday"),
        THEATRE,
        activity("teaching", "academic", pas="1/3"),
        effective_from=date(2027, 4, 1),
        base="Carlisle",
    )
    assert [(each.section, each.sentence) for each in compare(old, new)] == [
        ("period", "The start changed from no date to 1 April 2027."),
        ("dcc", "“Clinic clinic” changed: day from Monday to Tuesday, PAs from 2.5 to 3."),
        ("dcc", "“Clinic theatre” was added (1 PA)."),
        (
            "spa",
            "“Clinic teaching” changed: category from supporting professional activities to academic work.",
        ),
        ("research", "It is no longer said that research does not apply."),
        (
            "academic",
            "“Clinic teaching” changed: category from supporting professional activities to academic work.",
        ),
    ]


def line(each: Plan, id_: str) -> Activity | None:
    return next((activity for activity in each.activities if activity.id == id_), None)


@pytest.mark.clause("TCS-4-n")
def test_disputed_lines_keep_their_old_value_while_the_others_go_ahead() -> None:
    old = plan(CLINIC, TEACHING, THEATRE)
    new = plan(activity("clinic", pas="4"), activity("teaching", "spa", pas="1"), activity("ward"), activity("lab"))
    kept = keep_old(new, old, {"clinic", "theatre", "ward"})
    assert line(kept, "clinic") == CLINIC  # changed: as it was
    assert line(kept, "theatre") == THEATRE  # removed: still there
    assert line(kept, "ward") is None  # added: left out
    assert line(kept, "teaching") == line(new, "teaching")
    assert line(kept, "lab") == line(new, "lab")


@pytest.mark.clause("TCS-4-n")
@given(plans(), plans(), st.sets(IDS))
def test_keeping_the_old_leaves_undisputed_lines_as_new(new: Plan, old: Plan, disputed: set[str]) -> None:
    kept = keep_old(new, old, disputed)
    for id_ in "abcdef":
        assert line(kept, id_) == line(old if id_ in disputed else new, id_)
    assert (kept.effective_from, kept.base, kept.notes) == (new.effective_from, new.base, new.notes)


@given(plans(), plans(), st.sets(IDS))
def test_a_plan_with_held_back_lines_is_still_a_plan(new: Plan, old: Plan, disputed: set[str]) -> None:
    kept = keep_old(new, old, disputed)
    assert Plan.from_json(kept.to_json()) == kept


@given(plans(), plans())
def test_nothing_disputed_is_the_new_plan(new: Plan, old: Plan) -> None:
    assert keep_old(new, old, ()) == new


def test_the_start_and_the_base_can_be_in_dispute_too() -> None:
    old = plan(effective_from=date(2026, 4, 1), base="Carlisle", notes="old")
    new = plan(effective_from=date(2027, 4, 1), base="Barrow", notes="new")
    kept = keep_old(new, old, {"effective_from", "base"})
    assert (kept.effective_from, kept.base, kept.notes) == (date(2026, 4, 1), "Carlisle", "new")
