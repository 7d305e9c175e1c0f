"""Plans side by side: what changed between versions, or between what the doctor and the manager want."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.factories import activity, plan, policy
from workflows.domain.arithmetic.terms import terms
from workflows.domain.plan import CATEGORIES, Plan
from workflows.domain.plan.side_by_side import Amount, Column, SideBySide, side_by_side
from workflows.domain.plan.working_out import figures

CONSULTANT = terms(policy("national_england").values, "consultant_2003", date(2027, 4, 1))
NOW = plan(
    activity("clinic", pas="1"),
    activity("ward", title="Ward round", day="tuesday"),
    activity("audit", "spa", pas="1.5", day="", start="", end="", title="Audit"),
)


def beside(*plans: Plan) -> SideBySide:
    return side_by_side([Column(each, figures(each, CONSULTANT)) for each in plans])


def changed(of: Plan, line: str, **changes: Any) -> Plan:
    return replace(of, activities=tuple(replace(one, **changes) if one.id == line else one for one in of.activities))


@pytest.mark.clause("CPFT-7.7.4-a")
def test_a_longer_clinic_shows_its_pas_and_hours_in_both_plans_and_what_it_adds_to_its_category() -> None:
    found = beside(NOW, changed(NOW, "clinic", end="14:00", pas=Fraction(5, 4)))
    line = next(one for one in found.lines if one.id == "clinic")
    assert line.amounts == (Amount(Fraction(1), Fraction(4)), Amount(Fraction(5, 4), Fraction(5)))
    assert line.sentences == ("“Clinic clinic” changed: end from “13:00” to “14:00”, PAs from 1 to 1.25.",)
    before, after = found.by_category["dcc"]
    assert after - before == Amount(Fraction(1, 4), Fraction(1))
    assert [one.id for one in found.lines if one.differs] == ["clinic"]


def test_a_line_that_only_one_plan_has_comes_to_nothing_in_the_other() -> None:
    without = replace(NOW, activities=NOW.activities[:2])
    line = next(one for one in beside(NOW, without).lines if one.id == "audit")
    assert line.cells[1] is None
    assert line.amounts == (Amount(Fraction(3, 2), Fraction(6)), Amount(Fraction(0), Fraction(0)))
    assert line.sentences == ("“Audit” was removed (1.5 PA).",)


def test_a_line_that_became_supporting_stands_in_both_categories() -> None:
    found = beside(NOW, changed(NOW, "ward", category="spa"))
    both = [(one.category, [bool(cell) for cell in one.cells]) for one in found.lines if one.id == "ward"]
    assert both == [("dcc", [True, False]), ("spa", [False, True])]
    assert [after.pas - before.pas for before, after in found.by_category.values() if before != after] == [-1, 1]


def test_what_doctor_and_manager_want_stands_beside_the_plan_of_today() -> None:
    doctor, manager = changed(NOW, "clinic", pas=Fraction(2)), changed(NOW, "clinic", pas=Fraction(1, 2))
    found = beside(NOW, doctor, manager)
    assert [amount.pas for amount in found.overall] == [Fraction(7, 2), Fraction(9, 2), Fraction(3)]
    line = next(one for one in found.lines if one.id == "clinic")
    wanted = ("PAs from 1 to 2.", "PAs from 1 to 0.5.")
    assert all(said.endswith(end) for said, end in zip(line.sentences, wanted, strict=True))


def test_of_an_objective_only_what_differs_is_laid_side_by_side() -> None:
    objective = {"id": "o1", "objective": "Shorter waits", "measurable": "Six weeks", "kind": "service"}
    old, new = (
        replace(NOW, rows=MappingProxyType({"objectives": (MappingProxyType({**objective, "measurable": said}),)}))
        for said in ("Six weeks", "Four weeks")
    )
    entry = next(one for one in beside(old, new).entries if one.section == "objectives")
    assert entry.title == "Shorter waits"
    assert entry.cells == ((("Measurable: how will it be seen", "Six weeks"),),
                           (("Measurable: how will it be seen", "Four weeks"),))  # fmt: skip
    gone = next(one for one in beside(old, NOW).entries if one.section == "objectives")
    assert (len(gone.cells[0]), gone.cells[1]) == (3, ()), "what is gone is said in full"


def test_the_head_the_statements_and_the_reasons_are_compared_too() -> None:
    said = replace(
        NOW,
        base="Penrith",
        effective_from=date(2027, 4, 1),
        statements={"code_of_practice": True},
        not_applicable={"research": "None this year"},
    )
    found = {one.id: one for one in beside(NOW, said).entries}
    assert found.keys() == {"effective_from", "base", "code_of_practice", "research"}
    assert all(one.differs for one in found.values())
    assert found["effective_from"].cells == ((), (("", "1 April 2027"),))


def test_without_the_terms_of_the_contract_hours_are_not_guessed() -> None:
    found = side_by_side([Column(NOW), Column(NOW, figures(NOW, CONSULTANT))])
    assert [amount.hours for amount in found.overall] == [None, Fraction(14)]
    assert (found.overall[1] - found.overall[0]).hours is None


IDS = st.sampled_from("abcdef")
TIMES = st.sampled_from([("", ""), ("09:00", "13:00"), ("20:00", "02:00"), ("07:00", "08:30")])
LINES = st.builds(
    lambda identity, category, pas, day, times, by_times: activity(
        identity, category, pas, day=day, start=times[0], end=times[1], by_times=by_times
    ),
    IDS,
    st.sampled_from(list(CATEGORIES)),
    st.fractions(0, 20, max_denominator=12).map(str),
    st.sampled_from(["", "monday", "saturday"]),
    TIMES,
    st.booleans(),
)  # fmt: skip


PLANS = st.builds(
    lambda lines, base: plan(*lines, base=base),
    st.lists(LINES, max_size=6, unique_by=lambda line: line.id),
    st.sampled_from(["", "Penrith"]),
)


@given(st.lists(PLANS, min_size=2, max_size=3))
def test_each_column_adds_up_to_the_totals_of_its_plan(plans: list[Plan]) -> None:
    found = beside(*plans)
    for place, each in enumerate(plans):
        totals = each.totals()
        assert {key: amounts[place].pas for key, amounts in found.by_category.items()} == dict(totals.by_category)
        assert found.overall[place].pas == totals.overall
        assert sum((line.amounts[place].pas for line in found.lines), Fraction(0)) == totals.overall


@given(PLANS)
def test_a_plan_does_not_differ_from_itself(each: Plan) -> None:
    assert not beside(each, each).differs


@given(PLANS, PLANS)
def test_differences_by_category_add_up_to_the_overall_difference(old: Plan, new: Plan) -> None:
    found = beside(old, new)
    nothing = Amount(Fraction(0), Fraction(0))
    by_category = sum((after - before for before, after in found.by_category.values()), nothing)
    assert by_category == found.overall[1] - found.overall[0]


@given(PLANS, PLANS)
def test_two_plans_differ_where_their_lines_do_whichever_is_first(old: Plan, new: Plan) -> None:
    there, back = (
        {(one.category, one.id) for one in found.lines if one.differs} for found in (beside(old, new), beside(new, old))
    )
    assert there == back
