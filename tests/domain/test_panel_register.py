"""The register of third panel members: who is on it, who is called next or too often, when it is reviewed."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from workflows.domain.panel_register import (
    LISTED,
    NO_LONGER,
    NOT_YET,
    Absence,
    Member,
    ReviewRule,
    Use,
    bodies_of,
    fairness,
    listed,
    review_due,
    review_rule,
    to_propose,
)

DAY = date(2027, 3, 1)
A_DAY = timedelta(days=1)
BODIES = ("NHS Employers", "BMA", "BDA")
APPROVED: Mapping[str, date] = dict.fromkeys(BODIES, date(2026, 1, 10))


def member(number: int = 1, name: str = "Dr Ada Hope", **changed: Any) -> Member:
    given: dict[str, Any] = {
        "id": number,
        "person_id": 100 + number,
        "name": name,
        "organisation": "Elsewhere",
        "specialties": "",
        "approvals": APPROVED,
        "starts_on": date(2026, 2, 1),
        "ends_on": date(2028, 1, 31),
        "taken_off_on": None,
        "taken_off_because": "",
        "left_on": None,
    }
    return Member(**{**given, **changed})


def at(year: int, month: int) -> datetime:
    return datetime(year, month, 3, 9, tzinfo=UTC)


def used(**times: int) -> dict[int, Use]:
    """Members 1, 2 and so on by the letters a, b, ..., each with how many panels they sat on."""
    return {101 + ord(key) - ord("a"): Use(sat=count, last=at(2027, 1)) for key, count in times.items()}


@pytest.mark.parametrize("body", BODIES)
def test_nobody_is_listed_before_every_body_of_the_policy_has_approved_them(body: str) -> None:
    assert member().standing(BODIES, DAY) == LISTED
    wanting = member(approvals={one: day for one, day in APPROVED.items() if one != body})
    assert wanting.standing(BODIES, DAY) == NOT_YET
    assert wanting.lacks(BODIES, DAY) == [body]
    later = member(approvals={**APPROVED, body: DAY + A_DAY})
    assert [later.standing(BODIES, day) for day in (DAY, DAY + A_DAY)] == [NOT_YET, LISTED]


def test_which_bodies_approve_is_the_policys_to_say() -> None:
    only_bma = member(approvals={"BMA": date(2026, 1, 10)})
    assert only_bma.standing(bodies_of({"panel_list": ["BMA"]}), DAY) == LISTED
    assert only_bma.standing(bodies_of({"panel_list": ["CCG", "BMA", "BDA"]}), DAY) == NOT_YET
    assert only_bma.standing(bodies_of({}), DAY) == LISTED


@pytest.mark.parametrize(
    ("changed", "standing"),
    [
        ({"starts_on": DAY}, LISTED),
        ({"starts_on": DAY + A_DAY}, NOT_YET),
        ({"ends_on": DAY}, LISTED),
        ({"ends_on": None}, LISTED),
        ({"ends_on": DAY - A_DAY}, NO_LONGER),
        ({"taken_off_on": DAY + A_DAY}, LISTED),
        ({"taken_off_on": DAY}, NO_LONGER),
        ({"left_on": DAY}, LISTED),
        ({"left_on": DAY - A_DAY}, NO_LONGER),
        ({"ends_on": DAY - A_DAY, "approvals": {}}, NO_LONGER),
    ],
)
def test_a_member_is_listed_within_their_term_until_they_are_taken_off(changed: dict[str, Any], standing: str) -> None:
    assert member(**changed).standing(BODIES, DAY) == standing


def test_somebody_away_is_listed_but_not_called() -> None:
    away = member(absences=(Absence(1, DAY, DAY + A_DAY),))
    assert listed([away], BODIES, DAY) == [away]
    called = [bool(to_propose([away], {}, BODIES, DAY + days * A_DAY)) for days in (-1, 0, 1, 2)]
    assert called == [True, False, False, True]


def test_whoever_was_never_called_comes_first_then_whoever_was_called_longest_ago_then_by_name() -> None:
    people = [
        member(1, "Dr Zoe Lately"),
        member(2, "Dr Yan Longago"),
        member(3, "Dr Bea Never"),
        member(4, "dr Abe Never"),
        member(5, "Dr Not Listed", taken_off_on=DAY),
    ]
    use = {101: Use(sat=1, last=at(2027, 2)), 102: Use(sat=9, last=at(2025, 1)), 104: Use(objected=3)}
    names = ["dr Abe Never", "Dr Bea Never", "Dr Yan Longago", "Dr Zoe Lately"]
    assert [one.name for one in to_propose(people, use, BODIES, DAY)] == names
    assert [one.name for one in to_propose(people[::-1], use, BODIES, DAY)] == names


def test_use_goes_with_the_person_when_they_come_back_to_the_register() -> None:
    first = member(1, "Dr Ada Hope", taken_off_on=DAY - A_DAY)
    again = member(2, "Dr Ada Hope", person_id=first.person_id)
    fresh = member(3, "Dr Zoe New")
    use = {first.person_id: Use(sat=1, last=at(2027, 1))}
    assert to_propose([first, again, fresh], use, BODIES, DAY) == [fresh, again]


@pytest.mark.clause("CPFT-7.8.11")
def test_the_report_counts_the_panels_of_each_member_and_names_whoever_is_used_repeatedly() -> None:
    people = [member(number, f"Dr {letter}") for number, letter in enumerate("ABCD", 1)]
    lines = fairness(people, used(a=3, b=1, c=1), BODIES, DAY)
    assert [(line.member.name, line.use.times) for line in lines] == [
        ("Dr A", 3),
        ("Dr B", 1),
        ("Dr C", 1),
        ("Dr D", 0),
    ]
    assert [line.usual for line in lines] == [1, 1, 1, 1]
    assert [line.member.name for line in lines if line.repeatedly] == ["Dr A"]


@pytest.mark.parametrize(
    ("times", "repeatedly"),
    [
        ({"a": 2, "b": 1, "c": 1}, False),
        ({"a": 3, "b": 1, "c": 1}, True),
        ({"a": 1}, False),
        ({"a": 2}, True),
        ({"a": 3, "b": 1, "c": 2}, False),
        ({"a": 4, "b": 1, "c": 2}, True),
    ],
)
@pytest.mark.clause("CPFT-7.8.11")
def test_repeatedly_is_at_least_twice_and_more_than_twice_the_median_of_the_others(
    times: dict[str, int], repeatedly: bool
) -> None:
    people = [member(number, f"Dr {letter}") for number, letter in enumerate("ABC", 1)]
    assert fairness(people, used(**times), BODIES, DAY)[0].repeatedly is repeatedly


def test_nobody_is_compared_with_those_who_came_later_or_are_listed_no_longer() -> None:
    old = member(1, "Dr Old")
    late_term = member(2, "Dr Late", starts_on=date(2027, 2, 1))
    late_approval = member(3, "Dr Later", approvals={**APPROVED, "BMA": date(2027, 2, 10)})
    gone = member(4, "Dr Gone", taken_off_on=DAY)
    lines = {
        line.member.name: line for line in fairness([old, late_term, late_approval, gone], used(a=5, d=1), BODIES, DAY)
    }
    assert lines["Dr Old"].usual is None, "the others have not been listed as long"
    assert not lines["Dr Old"].repeatedly
    assert lines["Dr Late"].usual == 5
    assert lines["Dr Later"].usual == 2.5
    assert (lines["Dr Gone"].use.times, lines["Dr Gone"].usual) == (1, None)


def test_a_call_that_came_to_nothing_is_no_use() -> None:
    assert Use(proposed=1, sat=2, objected=4, stood_down=8).times == 3


@pytest.mark.clause("CPFT-7.8.12-b")
@pytest.mark.parametrize(
    ("reviewed", "begun", "due"),
    [
        (date(2026, 4, 1), date(2020, 1, 1), date(2027, 4, 1)),
        (None, date(2026, 6, 30), date(2027, 6, 30)),
        (date(2028, 2, 29), date(2020, 1, 1), date(2029, 2, 28)),
        (None, None, None),
    ],
)
def test_the_next_review_is_due_so_long_after_the_last_or_after_the_register_began(
    reviewed: date | None, begun: date | None, due: date | None
) -> None:
    assert review_due(ReviewRule(12, verified=False), reviewed_on=reviewed, begun_on=begun) == due
    assert review_due(None, reviewed_on=reviewed, begun_on=begun) is None


def test_the_interval_is_the_policys_and_marked_where_nobody_has_read_its_source() -> None:
    assert review_rule({}) is None
    assert review_rule({"panel_register": {"review_months": 24}}) == ReviewRule(24, verified=True)
    assert review_rule({"panel_register": {"review_months": 12, "verified": False}}) == ReviewRule(12, verified=False)


@pytest.mark.parametrize("wrong", [0, -3, 1.5, "12", True, None])
def test_an_interval_that_is_no_whole_number_of_months_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="whole number of months"):
        review_rule({"panel_register": {"review_months": wrong}})
