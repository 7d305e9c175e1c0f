"""A job plan in the rows, the columns and the totals of the policy's own form (BTH Appendix 5)."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from workflows.domain.plan import Plan
from workflows.domain.plan.pro_forma import Entry, codes_of, rows_of, totals_of
from workflows.domain.policy import read_policy

POLICIES = Path(__file__).parents[2] / "bpmn" / "policies"
CODES = codes_of(read_policy("blackpool", {path.name: path.read_text() for path in POLICIES.glob("*.toml")}).values)


def line(identity: str, category: str = "dcc", **said: Any) -> dict[str, Any]:
    return {"id": identity, "category": category, "title": identity, "pas": "1", **said}


def plan(*lines: dict[str, Any], **more: Any) -> Plan:
    return Plan.from_json({"activities": list(lines), **more})


def row(of: Plan, title: str) -> list[Entry]:
    return next(list(row.entries) for row in rows_of(of, CODES) if row.title == title)


@pytest.mark.clause("BTH-App5-b")
def test_the_form_has_three_rows_a_weekday_and_one_for_saturday_and_sunday() -> None:
    titles = [row.title for row in rows_of(plan(), CODES)]
    assert len(titles) == 17
    assert titles[:3] == ["Monday am", "Monday pm", "Monday (7pm-7am)"]
    assert titles[-2:] == ["Saturday", "Sunday"]


@pytest.mark.clause("BTH-App5-b")
@pytest.mark.parametrize(
    ("start", "title"),
    [
        ("07:00", "Monday am"),
        ("11:59", "Monday am"),
        ("12:00", "Monday pm"),
        ("18:59", "Monday pm"),
        ("19:00", "Monday (7pm-7am)"),
        ("06:59", "Monday (7pm-7am)"),
    ],
)
def test_a_line_stands_in_the_part_of_the_day_in_which_it_begins(start: str, title: str) -> None:
    [entry] = row(plan(line("clinic", day="monday", start=start, end="23:00", place="Clifton")), title)
    assert (entry.title, entry.when, entry.place) == ("clinic", f"{start} to 23:00", "Clifton")
    assert entry.often == "every week"


def test_what_is_at_night_on_saturday_has_the_one_row_of_saturday_and_what_has_no_day_comes_last() -> None:
    found = rows_of(plan(line("nights", day="saturday", start="22:00", end="06:00"), line("reading", "spa")), CODES)
    assert [entry.title for entry in found[15].entries] == ["nights"]
    assert (found[-1].title, found[-1].entries[0].title) == ("No fixed day", "reading")


@pytest.mark.clause("BTH-App5-c")
def test_within_the_contract_clinical_care_stands_apart_from_the_other_codes() -> None:
    kinds = {"dcc": "", "on_call": "", "spa": "SPA", "external": "EPA", "academic": "EPA", "research": "RPA",
             "managerial": "MPA", "additional_nhs": "AR"}  # fmt: skip
    for kind, code in kinds.items():
        [entry] = row(plan(line("one", kind, day="monday", start="09:00", end="13:00")), "Monday am")
        assert (entry.dcc, entry.other) == (("", f"{code} 1") if code else ("1", ""))


@pytest.mark.clause("BTH-App5-c")
def test_a_code_that_the_policy_does_not_define_is_said_to_be_mapped_here() -> None:
    assert [code.code for code in CODES] == ["DCC", "SPA", "EPA", "RPA", "MPA", "AR"]
    assert [code.code for code in CODES if not code.defined] == ["EPA", "RPA", "MPA", "AR"]


@pytest.mark.clause("BTH-App5-d", "BTH-3.2.10")
def test_an_additional_pa_stands_in_its_own_column_with_its_time_limit_and_spare_capacity() -> None:
    more = {"until": "2028-03-31", "spare": "One list a month"}
    extra = line("list", day="friday", start="13:00", end="17:00", extra="additional", more=more)
    [entry] = row(plan(extra), "Friday pm")
    assert (entry.dcc, entry.additional, entry.spare) == ("", "1 until 31 March 2028", "One list a month")


@pytest.mark.clause("BTH-App5-e")
def test_the_form_adds_up_each_code_and_the_additional_pas_each_line_once() -> None:
    lines = [
        line("clinic", pas="7.5"),
        line("audit", "spa", pas="2"),
        line("rota", "on_call", pas="0.5"),
        line("list", pas="1", extra="additional"),
    ]
    totals = totals_of(plan(*lines), CODES)
    assert [totals.by_code["DCC"], totals.by_code["SPA"], totals.additional] == [8, 2, 1]
    assert totals.overall == sum(totals.by_code.values()) + totals.additional == 11
    assert totals.unpredictable == Fraction(1, 2)


@pytest.mark.clause("BTH-App5-e")
def test_unpredictable_on_call_work_is_what_was_agreed_for_the_rota() -> None:
    rota = {"id": "r", "rota": "Medical", "predictable": 0.25, "unpredictable": 0.75}
    assert totals_of(plan(line("rota", "on_call"), rotas=[rota]), CODES).unpredictable == Fraction(3, 4)
