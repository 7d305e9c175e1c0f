"""Disputes: what stands of each element in the end, what that changes in PAs, and from when."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from workflows.domain.disputes import (
    EMPTIED,
    check_outcomes,
    check_wanted,
    describe,
    effect,
    pay_effective,
    settle,
    total_effect,
    wanted,
)
from workflows.domain.errors import BadValues
from workflows.domain.plan import Plan

CLINIC = {"id": "clinic", "category": "dcc", "title": "Clinic", "day": "monday", "pas": "7.5"}
LIST = {"id": "list", "category": "dcc", "title": "Friday list", "day": "friday", "pas": "1.25"}
AUDIT = {"id": "audit", "category": "spa", "title": "Audit", "pas": "2.5"}


def plan(*lines: dict[str, Any], **parts: Any) -> Plan:
    return Plan.from_json({"activities": list(lines), **parts})


BEFORE = plan(CLINIC, AUDIT, base="Penrith")
PROPOSED = plan(CLINIC, LIST, {**AUDIT, "pas": "1.5"}, base="Kendal")


def point(element: str, **said: str) -> dict[str, Any]:
    blank = {"current": "", "practitioner": "", "practitioner_pas": "", "manager": "", "manager_pas": "", "reason": ""}
    return {"element": element, **blank, **said}


POINTS, LINES = describe(
    [
        point("list", practitioner="No list", practitioner_pas="0", manager="Every Friday"),
        point("audit", practitioner="As before", practitioner_pas="2.5", manager="Less", manager_pas="1.5"),
        point("base", current="Penrith", practitioner="Penrith", manager="Kendal"),
    ],
    PROPOSED,
    BEFORE,
)


def stands(**outcomes: str | dict[str, str]) -> list[dict[str, Any]]:
    """What is to stand, by element."""
    rows = [
        {"element": element, "outcome": said} if isinstance(said, str) else {"element": element, **said}
        for element, said in outcomes.items()
    ]
    return check_outcomes(rows, POINTS, needed=True)


def test_each_point_knows_its_value_of_today_and_what_each_side_wants_in_pas() -> None:
    by_element = {row["element"]: row for row in POINTS}
    assert (by_element["list"]["title"], by_element["list"]["current"]) == ("Friday list", "Not in the plan")
    assert [by_element["list"][key] for key in ("current_pas", "practitioner_pas", "manager_pas")] == ["0", "0", "1.25"]
    assert (by_element["audit"]["current_pas"], by_element["audit"]["manager_pas"]) == ("2.5", "1.5")
    assert by_element["base"]["current_pas"] == "", "a place of work has no PAs"
    assert LINES.keys() == {"list", "audit"}


def test_the_effect_of_each_side_is_counted_from_what_the_plan_is_today() -> None:
    by_element = {row["element"]: row for row in POINTS}
    assert effect(by_element["list"], "manager") == Fraction(5, 4)
    assert effect(by_element["audit"], "manager") == -1
    assert effect(by_element["base"], "manager") == 0
    assert total_effect(POINTS, stands(list="manager", audit="manager", base="current")) == Fraction(1, 4)


@pytest.mark.clause("TCS-4-n")
def test_only_what_is_settled_otherwise_changes_the_plan() -> None:
    kept = settle(BEFORE, LINES, stands(list="current", audit="current", base="current"), said_of="Settled")
    assert kept == BEFORE


def test_each_point_gets_the_value_that_is_to_stand() -> None:
    settled = settle(BEFORE, LINES, stands(list="manager", audit="practitioner", base="manager"), said_of="Settled")
    lines = {line.id: line for line in settled.activities}
    assert (lines["list"].pas, lines["list"].details) == (Fraction(5, 4), "Settled: Every Friday")
    assert (lines["audit"].pas, settled.base) == (Fraction(5, 2), "Kendal")


def test_a_line_that_is_settled_at_no_pas_goes_and_its_empty_category_says_why() -> None:
    outcome = stands(list="practitioner", audit={"outcome": "other", "value": "None", "pas": "0"}, base="current")
    settled = settle(BEFORE, LINES, outcome, said_of="Settled")
    assert [line.id for line in settled.activities] == ["clinic"]
    assert dict(settled.not_applicable) == {"spa": EMPTIED}


@pytest.mark.parametrize(
    ("said", "column", "words"),
    [
        ({"outcome": "other", "value": "", "pas": "1"}, "value", "Friday list: say in words what is to stand."),
        ({"outcome": "other", "value": "Half", "pas": "half"}, "pas", "Friday list: give the PAs a week"),
        ({"outcome": "whatever", "value": "", "pas": ""}, "outcome", "Friday list: choose what is to stand."),
    ],
)
def test_an_outcome_that_cannot_be_read_is_a_sentence_at_its_box(said: dict[str, str], column: str, words: str) -> None:
    with pytest.raises(BadValues) as refused:
        stands(list=said, audit="current", base="current")
    [(key, sentence)] = refused.value.problems.items()
    assert key == f"outcomes.0.{column}"
    assert sentence.startswith(words)


def test_no_point_is_left_out_and_none_is_added() -> None:
    with pytest.raises(BadValues) as refused:
        stands(list="current")
    assert list(refused.value.problems) == ["outcomes.1.outcome", "outcomes.2.outcome"]
    with pytest.raises(BadValues) as refused:
        stands(list="current", audit="current", base="current", notes="current")
    assert list(refused.value.problems) == ["outcomes"]
    assert check_outcomes([], POINTS, needed=False) == []
    with pytest.raises(BadValues):
        check_outcomes("hostile", POINTS, needed=True)


def test_pas_are_wanted_for_lines_alone_and_as_numbers() -> None:
    rows = [point("list", practitioner_pas="much"), point("base", manager_pas="1")]
    with pytest.raises(BadValues) as refused:
        check_wanted(rows, ["list"])
    assert list(refused.value.problems) == ["disputed.0.practitioner_pas", "disputed.1.manager_pas"]


@pytest.mark.clause("TCS-4-o")
@pytest.mark.parametrize(
    ("referred", "due", "since", "why"),
    [
        (date(2027, 3, 8), None, date(2027, 3, 8), "the dispute was referred to mediation on Monday 8 March 2027"),
        (date(2027, 3, 8), date(2027, 2, 1), date(2027, 2, 1), "the change was due on Monday 1 February 2027 anyway"),
        (date(2027, 3, 8), date(2027, 4, 1), date(2027, 3, 8), "the dispute was referred"),
        (None, date(2027, 4, 1), date(2027, 4, 1), "the change was due"),
        (None, None, None, ""),
    ],
)
def test_a_change_of_pay_counts_from_the_referral_or_from_the_earlier_day_on_which_it_was_due(
    referred: date | None, due: date | None, since: date | None, why: str
) -> None:
    day, because = pay_effective(referred, due)
    assert day == since
    assert because.startswith(why)


@pytest.mark.parametrize(("side", "pas"), [("practitioner", {"clinic": "15/2", "audit": "5/2"}),
                                           ("manager", {"clinic": "15/2", "audit": "3/2", "list": "5/4"})])  # fmt: skip
def test_a_sides_plan_has_every_point_as_that_side_wants_it(side: str, pas: dict[str, str]) -> None:
    found = wanted(BEFORE, LINES, POINTS, side)
    assert {line.id: line.pas for line in found.activities} == {key: Fraction(value) for key, value in pas.items()}
    assert found.totals().overall - BEFORE.totals().overall == sum(effect(each, side) for each in POINTS)
    assert found.base == {"practitioner": "Penrith", "manager": "Kendal"}[side]
    words = {line.id: line.details for line in found.activities}
    assert words.get("list", "Every Friday") == "Every Friday"


def test_a_side_that_wants_a_line_as_it_is_leaves_it_as_it_is() -> None:
    same = {**point("clinic"), "title": "Clinic", "current": "Monday (7.5 PA)", "practitioner": "Monday (7.5 PA)",
            "current_pas": "7.5", "practitioner_pas": "7.5", "manager_pas": "6"}  # fmt: skip
    assert wanted(BEFORE, {"clinic": CLINIC}, [same], "practitioner") == BEFORE
