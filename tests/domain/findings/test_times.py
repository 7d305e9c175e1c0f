"""Times of the week: nothing is paid twice, or in time that is not the trust's."""

from dataclasses import replace
from typing import Any

import pytest

from tests.domain.factories import activity, plan
from tests.domain.findings.looking import CLINIC, MEDICINE, SPA, around, check, found, line, rows
from workflows.domain.plan import Plan, Severity
from workflows.domain.plan.findings.slots import together

LIST = {"work": "Private clinic", "kind": "private", "day": "monday", "start": "12:00", "end": "14:00"}
FREE = {"work": "Free day", "kind": "not_working", "day": "monday", "start": "08:00", "end": "18:00"}
EXTRA_LIST = {"work": "Waiting list", "day": "friday", "start": "09:00", "end": "13:00"}
MADE_UP = {"instead_day": "saturday", "instead_start": "09:00", "instead_end": "13:00", "agreed_by": "Dr Morgan"}
ON_CALL = activity("nights", "on_call", day="friday", start="08:00", end="08:00")


def beside(part: str, row: dict[str, Any], *lines: Any) -> Plan:
    return replace(plan(*lines), rows={part: ({"id": "1", **row},)})


CASES = [
    pytest.param(
        "clash",
        plan(CLINIC, activity("round", start="12:00", end="14:00")),
        "activities.1.start",
        plan(CLINIC, activity("round", start="13:00", end="14:00")),
        id="two clinics at one time",
        marks=pytest.mark.clause("BTH-3.2.2"),
    ),
    pytest.param(
        "clash",
        plan(CLINIC, activity("round", pattern={"every_weeks": 2})),
        "activities.1.start",
        plan(
            activity("a", pattern={"every_weeks": 2, "week": 1}), activity("b", pattern={"every_weeks": 2, "week": 2})
        ),
        id="in the same week of the cycle",
        marks=pytest.mark.clause("CPFT-7.1-e"),
    ),
    pytest.param(
        "dcc_over_spa",
        plan(CLINIC, activity("audit", "spa")),
        "activities.0.start",
        plan(CLINIC, SPA),
        id="clinical care over supporting activities",
        marks=pytest.mark.clause("BTH-3.4.6-c"),
    ),
    pytest.param(
        "emergency_over_spa",
        plan(replace(CLINIC, subcategory="emergency"), activity("audit", "spa")),
        "activities.0.start",
        plan(replace(CLINIC, subcategory="emergency"), SPA),
        id="an emergency takes the place of supporting activities",
        marks=pytest.mark.clause("BTH-3.4.6-c"),
    ),
    pytest.param(
        "not_worked",
        beside("outside", FREE, CLINIC),
        "activities.0.start",
        beside("outside", {**FREE, "day": "tuesday"}, CLINIC),
        id="paid work in free time",
        marks=pytest.mark.clause("BTH-3.4.3-a"),
    ),
    pytest.param(
        "private_clash",
        beside("outside", LIST, CLINIC),
        "outside.0.start",
        beside("outside", {**LIST, "start": "13:00"}, CLINIC),
        id="private work gives way",
        marks=pytest.mark.clause("BTH-3.4.16-f"),
    ),
    pytest.param(
        "scheduled",
        plan(replace(CLINIC, place="")),
        "activities.0.place",
        plan(CLINIC),
        id="scheduled without a place",
        marks=pytest.mark.clause("CPFT-7.1-e"),
    ),
    pytest.param(
        "pas_by_hand",
        plan(replace(CLINIC, end="15:00")),
        "activities.0.pas",
        plan(CLINIC),
        id="six hours entered as one PA",
        marks=pytest.mark.clause("BTH-3.2.2"),
    ),
    pytest.param(
        "pas_by_hand",
        plan(replace(CLINIC, pattern={"month_weeks": [1]})),
        "activities.0.pas",
        plan(replace(CLINIC, pattern={"month_weeks": [1]}, by_times=True)),
        id="a monthly clinic entered as a weekly one",
        marks=pytest.mark.clause("CPFT-7.4.2-a"),
    ),
    pytest.param(
        "premium_agreed",
        plan(replace(CLINIC, start="17:00", end="21:00")),
        "activities.0.premium",
        plan(replace(CLINIC, start="17:00", end="21:00", premium="agreed")),
        id="an evening clinic that nobody agreed",
        marks=pytest.mark.clause("BTH-3.4.3-b"),
    ),
    pytest.param(
        "premium_own_choice",
        plan(replace(CLINIC, day="saturday", premium="own_choice")),
        "activities.0.premium",
        plan(replace(CLINIC, day="saturday", premium="agreed")),
        id="a Saturday by own choice",
        marks=pytest.mark.clause("BTH-3.4.3-c"),
    ),
    pytest.param(
        "emergency_timetabled",
        plan(line(subcategory="emergency")),
        "activities.0.start",
        plan(replace(CLINIC, subcategory="emergency")),
        id="a post-take round without its time",
        marks=pytest.mark.clause("BTH-3.2.3-a"),
    ),
    pytest.param(
        "typed",
        plan(CLINIC),
        "activities.0.subcategory",
        plan(replace(CLINIC, subcategory="outpatients")),
        id="no type of clinical care",
        marks=pytest.mark.clause("BTH-3.2.5"),
    ),
    pytest.param(
        "typed",
        plan(replace(SPA, subcategory="")),
        "activities.0.subcategory",
        plan(SPA),
        id="no type of supporting activity",
        marks=pytest.mark.clause("BTH-3.2.1"),
    ),
    pytest.param(
        "travel",
        plan(line(pas="1", subcategory="travel", more={"home_to_site": 90, "home_to_base": 30})),
        "activities.0.more.travel_agreed",
        plan(line(pas="0.5", subcategory="travel", more={"home_to_site": 90, "home_to_base": 30})),
        id="more than the excess there and back",
        marks=pytest.mark.clause("BTH-3.4.4-d"),
    ),
    pytest.param(
        "travel",
        plan(line(pas="1", subcategory="travel", more={"home_to_site": 90})),
        "activities.0.more.travel_agreed",
        plan(line(pas="1", subcategory="travel", more={"home_to_site": 90, "travel_agreed": "Three sites in one day"})),
        id="a complicated day",
        marks=pytest.mark.clause("BTH-3.4.4-f"),
    ),
    pytest.param(
        "own_way",
        plan(line(pas="0.25", subcategory="own_way")),
        "activities.0.pas",
        plan(line(pas="0", subcategory="own_way")),
        id="the way to work",
        marks=pytest.mark.clause("BTH-3.4.4-e"),
    ),
    pytest.param(
        "capacity_on_call",
        beside("capacity", EXTRA_LIST, ON_CALL),
        "capacity.0.start",
        beside("capacity", {**EXTRA_LIST, "day": "monday"}, ON_CALL),
        id="an extra list while on call",
        marks=pytest.mark.clause("BTH-3.4.17-a"),
    ),
    pytest.param(
        "capacity_in_spa",
        beside("capacity", EXTRA_LIST, SPA),
        "capacity.0.instead_day",
        beside("capacity", {**EXTRA_LIST, **MADE_UP}, SPA),
        id="supporting activities not made up",
        marks=pytest.mark.clause("BTH-3.4.17-b"),
    ),
    pytest.param(
        "capacity_in_spa",
        beside("capacity", {**EXTRA_LIST, **MADE_UP, "instead_day": "monday"}, SPA, CLINIC),
        "capacity.0.instead_start",
        beside("capacity", {**EXTRA_LIST, **MADE_UP}, SPA, CLINIC),
        id="made up in contracted time",
        marks=pytest.mark.clause("BTH-3.4.17-b"),
    ),
    pytest.param(
        "capacity_confirmed",
        beside("capacity", {**EXTRA_LIST, **MADE_UP}),
        "capacity.0.confirmed_on",
        beside("capacity", {**EXTRA_LIST, **MADE_UP, "confirmed_on": "2027-05-01"}),
        id="not confirmed as made up",
        marks=pytest.mark.clause("BTH-3.4.17-b"),
    ),
]
REFUSED = {"clash", "dcc_over_spa", "not_worked", "private_clash", "own_way", "capacity_on_call", "capacity_in_spa"}


@pytest.mark.parametrize(("rule", "bad", "key", "good"), CASES)
def test_what_times_the_rules_find_and_what_settles_it(
    request: pytest.FixtureRequest, rule: str, bad: Plan, key: str, good: Plan
) -> None:
    one = check(request, rule, bad, key, good)
    assert (one.severity is Severity.ERROR) is (rule in REFUSED)


@pytest.mark.clause("BTH-3.2.3-c")
def test_programmed_work_of_a_specialty_of_emergencies_counts_as_none() -> None:
    acute = plan(replace(CLINIC, subcategory="emergency"))
    routine = around("BTH", rotas=(replace(MEDICINE, emergencies=True),))
    assert [each.severity for each in found("emergency_specialty", acute, routine)] == ["note"]
    assert not found("emergency_specialty", acute, around("BTH", rotas=(MEDICINE,)))


@pytest.mark.clause("BTH-3.4.6-c")
def test_a_displaced_supporting_activity_is_logged_as_an_exception_with_its_reason() -> None:
    each = plan(replace(CLINIC, subcategory="emergency"), activity("audit", "spa"))
    assert not found("dcc_over_spa", each, around("BTH")), "an emergency is no refused timetable"
    logged = replace(each, reasons={"emergency_over_spa:clinic": "Winter pressures until May"})
    (one,) = found("emergency_over_spa", logged, around("BTH"))
    assert (one.reason, one.open) == ("Winter pressures until May", False)


@pytest.mark.clause("BTH-3.2.3-b")
def test_being_on_call_beside_timetabled_work_is_no_clash() -> None:
    assert not found("clash", plan(activity("round", day="friday"), ON_CALL), around("BTH"))


def test_work_over_midnight_on_sunday_meets_work_on_monday_morning() -> None:
    night = activity("night", day="sunday", start="22:00", end="10:00")
    (one,) = found("clash", plan(night, CLINIC), around("BTH"))
    assert one.key == "activities.1.start"


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ({}, {"per_year": 4}, True),
        ({"every_weeks": 2}, {"every_weeks": 2}, False),
        ({"every_weeks": 2, "week": 1}, {"every_weeks": 4, "week": 3}, True),
        ({"every_weeks": 2, "week": 1}, {"every_weeks": 4, "week": 2}, False),
        ({"every_weeks": 2}, {"every_weeks": 3}, True),
        ({"month_weeks": [1, 3]}, {"month_weeks": [2]}, False),
        ({"month_weeks": [1, 3]}, {"every_weeks": 2, "week": 1}, True),
        ({"per_year": 4}, {"every_weeks": 2}, False),
        ({"dates": ["2027-04-05"]}, {"dates": ["2027-04-12"]}, False),
        ({"dates": ["2027-04-05"]}, {"month_weeks": [1]}, True),
        ({"dates": ["2027-04-12"]}, {"month_weeks": [1]}, False),
    ],
)
def test_patterns_meet_only_where_that_is_certain(one: Any, other: Any, meet: bool) -> None:
    assert together(one, other) is meet
    assert together(other, one) is meet


@pytest.mark.parametrize(("day", "clashes"), [("2027-03-22", True), ("2027-03-26", False)])
def test_of_work_on_certain_dates_the_dates_say_the_day(day: str, clashes: bool) -> None:
    """Monday 22 and Friday 26 March, both entered as of a Monday."""
    dated = activity("dated", day="monday", pattern={"dates": [day]})
    weekly = activity("weekly", day="monday")
    assert bool(found("clash", plan(dated, weekly), around("BTH"))) is clashes


def test_rows_without_times_clash_with_nothing() -> None:
    bare = {key: value for key, value in LIST.items() if key in {"work", "kind"}}
    assert not found("private_clash", rows("outside", bare), around("BTH"))


@pytest.mark.clause("BTH-3.4.4-c")
def test_more_than_the_journeys_between_sites_come_to_needs_what_was_agreed() -> None:
    journeys = plan(line(pas="0.5", subcategory="travel", more={"between_sites": 60}))
    assert [each.sentence for each in found("travel", journeys, around("BTH"))] == [
        "“Clinic line”: its journeys come to 0.25 PA, and the plan has 0.5."
    ]
