"""Cells of decision tables: each says what its column declares, and figures are ones that there can be."""

import pytest

from tests.engine.check.sound import BPMN, FILES, REVIEW, REVIEW_FILE, TABLE, TABLE_FILE, edited
from workflows.engine.cells import Column, fault
from workflows.engine.check import check
from workflows.engine.editing.rules import sheet

NUMBER, TEXT, FLAG, DAY = (Column("It", kind, answers=False) for kind in ("number", "string", "boolean", "date"))


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        (NUMBER, ["", "-", "5", ">= 10", "[1..4]", "(4..8]", "[5..5]", "1, 2", "null", "-3", "!= 2"]),
        (TEXT, ["", "-", '"a"', '"a", "b"', '!= "a"', "null", '""']),
        (FLAG, ["true", "false", "-", "!= true"]),
        (DAY, ['"2027-03-31"', '>= "2027-03-31"', '["2027-01-01".."2027-12-31"]', "-"]),
        (Column("It", "", answers=True), ["5", '"a"', "true", '"a", 5']),
        (Column("It", "Any", answers=True), ["5", '"a"', "true"]),
    ],
)
def test_what_a_column_declares_may_stand_in_it(column: Column, cells: list[str]) -> None:
    assert {cell: fault(column, cell) for cell in cells} == dict.fromkeys(cells, "")


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        (NUMBER, '"lots"', '“It” takes a number, and "lots" is none.'),
        (NUMBER, '>= "lots"', '“It” takes a number, and "lots" is none.'),
        (NUMBER, '5, "lots"', '“It” takes a number, and "lots" is none.'),
        (NUMBER, "true", "“It” takes a number, and true is none."),
        (NUMBER, "lots", "“It” takes a number: “lots” is no value, list, comparison or range."),
        (TEXT, "5", "“It” takes a text in quotation marks, and 5 is none."),
        (FLAG, '"true"', '“It” takes true or false, and "true" is none.'),
        (DAY, '"soon"', '“It” takes a day in quotation marks, such as "2027-03-31", and "soon" is none.'),
        (NUMBER, "[12..5]", "“It”: nothing lies in `[12..5]`. The lower end comes first, and must be below the other."),
        (NUMBER, "(5..5]", "“It”: nothing lies in `(5..5]`. The lower end comes first, and must be below the other."),
        (DAY, '["2027-12-31".."2027-01-01"]', "“It”: nothing lies in `"),
        (TEXT, 'The "Medical" Director', "“It”: a text cannot hold quotation marks or backslashes."),
        (NUMBER, "9" * 501, "“It”: A cell has at most 500 characters."),
    ],
)
def test_what_it_does_not_declare_is_refused(column: Column, cell: str, sentence: str) -> None:
    assert fault(column, cell).startswith(sentence.removesuffix("."))


def test_figures_of_the_arithmetic_are_ones_that_there_can_be() -> None:
    columns = {
        key: {one.label: one for one in (*found.asks, *found.answers)}
        for key in ("spa_tariff", "spa_minimum", "on_call_supplement")
        for found in [sheet((BPMN / "decisions" / f"{key}.dmn").read_text(encoding="utf-8"), key)]
    }
    tariff, supplement = columns["spa_tariff"], columns["on_call_supplement"]
    assert fault(tariff["PAs a week"], "-5000") == "“PAs a week” must be at least 0, and -5000 is not."
    assert fault(tariff["PAs a week"], "5000") == "“PAs a week” must be at most 42, and 5000 is more."
    assert fault(tariff["For each so many"], "0") == "“For each so many” must be more than 0, and 0 is not."
    assert fault(tariff["PAs a week"], "1, 2") == "“PAs a week” takes one value, and no list."
    assert fault(supplement["Per cent of basic salary"], "101").endswith("must be at most 100, and 101 is more.")
    assert fault(tariff["PAs a week"], "0.25") == ""


def test_every_cell_that_is_wrong_is_told_with_its_rule_whether_the_table_can_be_read_or_not() -> None:
    typed = ('<output id="out" name="size"/>', '<output id="out" name="size" label="Size" typeRef="string"/>')
    for first, words in (("5", ", and 5 is none."), ("large", ": “large” is no value, list, comparison or range.")):
        text = edited(TABLE, typed, ('"large"', first), ('"small"', "7"))
        found = check({**FILES, TABLE_FILE: text}, only=[TABLE_FILE])
        assert [(one.element, one.sentence.replace(" Texts stand in quotation marks.", "")) for one in found] == [
            ("size_of_team", f"Rule 1: “Size” takes a text in quotation marks{words}"),
            ("size_of_team", "Rule 2: “Size” takes a text in quotation marks, and 7 is none."),
        ]
        assert [text.splitlines()[one.line - 1].strip()[:16] for one in found] == [
            '<rule id="row_1"',
            '<rule id="row_2"',
        ]


OUTCOME = (
    ("<text>len(case.members)</text>", "<text>case.outcome</text>"),
    ("&gt;= 10", '"Badly"'),
)
NEVER = 'Rule 1: “case.outcome” is never "Badly". The answers to it are “Well” (`good`) and “Badly” (`bad`).'


def told(*edits: tuple[str, str], diagram: tuple[tuple[str, str], ...] = ()) -> list[str]:
    files = {**FILES, TABLE_FILE: edited(TABLE, *edits), REVIEW_FILE: edited(REVIEW, *diagram)}
    return [one.sentence for one in check(files, only=[TABLE_FILE])]


def test_a_cell_names_an_answer_to_the_question_that_it_looks_at_by_its_key() -> None:
    assert told(*OUTCOME) == [NEVER]
    assert told(OUTCOME[0], ("&gt;= 10", '"bad", "good"')) == []
    assert told(OUTCOME[0], ("&gt;= 10", '!= "awful"')) == [NEVER.replace('Badly"', 'awful"')]


def test_of_a_fact_that_is_supplied_in_another_way_too_any_value_may_be_meant() -> None:
    question = ('key="outcome" type="choice" label="How did it go?" options="good: Well; bad: Badly"',)
    assert told(*OUTCOME, diagram=((*question, 'key="outcome" type="text" label="How did it go?"'),)) == []
    kind = ("case.outcome", "case.kind")
    assert told((OUTCOME[0][0], OUTCOME[0][1].replace(*kind)), OUTCOME[1]) == []


def test_no_rule_stands_after_one_that_always_applies_where_the_first_counts() -> None:
    always = ("&gt;= 10", "-")
    sentence = (
        "Rule 1 always applies, and the first rule that applies counts, so no rule after it ever does. Put it last."
    )
    assert told(always) == [sentence]
    assert told(always, ('hitPolicy="FIRST"', 'hitPolicy="COLLECT"')) == []
