"""Decision tables and policies are checked too, and a whole set is judged at once."""

import pytest

from tests.engine.check.sound import FILES, REVIEW_FILE, TABLE, TABLE_FILE, edited, line_of, refused
from workflows.engine.check import Problem, check

CUMBRIA = "policies/cumbria.toml"


@pytest.mark.parametrize(
    ("edit", "at", "sentence"),
    [
        (
            ('hitPolicy="FIRST"', 'hitPolicy="ANY"'),
            "<decision ",
            "The decision table size_of_team cannot be used. Its hit policy must be one of UNIQUE, FIRST, COLLECT.",
        ),
        (
            ("<text>len(case.members)</text>", "<text>eval(case.members)</text>"),
            "<decision ",
            "“eval(case.members)” cannot be used.",
        ),
        (
            ("<text>&gt;= 10</text>", "<text>ten</text>"),
            '<rule id="row_1"',
            "Rule 1: “len(case.members)”: “ten” is no value, list, comparison or range. Texts stand",
        ),
        (
            ("<text>len(case.members)</text>", "<text>policy.no_such_value</text>"),
            "<decision ",
            "`policy.no_such_value` is used here, but the policy of",
        ),
    ],
)
def test_a_table_that_cannot_be_asked_is_refused(edit: tuple[str, str], at: str, sentence: str) -> None:
    text = edited(TABLE, edit)
    found = check({**FILES, TABLE_FILE: text}, only=[TABLE_FILE])
    assert [(each.file, each.line, each.element) for each in found] == [(TABLE_FILE, line_of(text, at), "size_of_team")]
    assert found[0].sentence.startswith(sentence)


def test_a_file_without_a_decision_is_refused() -> None:
    text = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'
    assert check({"x.dmn": text}) == [Problem("x.dmn", 0, "", "There is no decision table in this file.")]


def test_two_tables_of_one_name_are_refused() -> None:
    found = check({**FILES, "decisions/other.dmn": TABLE}, only=["decisions/other.dmn", TABLE_FILE])
    assert "“How large is the team?” is in another file too." in {each.sentence for each in found}


@pytest.mark.parametrize(
    ("old", "new", "at", "element"),
    [
        ('inherits = "national_england"', "inherits = ", "inherits = ", ""),
        ('clinical_manager = "all"', 'clinical_manger = "all"', "[covers]", "covers.clinical_manager"),
        ('strength = "must"\neffect = "late"', 'strength = "maybe"\neffect = "late"', 'strength = "maybe"', None),
    ],
)
def test_a_policy_that_cannot_be_read_is_refused_where_it_is_wrong(
    old: str, new: str, at: str, element: str | None
) -> None:
    text = FILES[CUMBRIA].replace(old, new, 1)
    found = check({**FILES, CUMBRIA: text}, only=[CUMBRIA])
    assert [each.file for each in found] == [CUMBRIA]
    if element is not None:
        assert found[0].element == element
    if at != "[covers]":
        assert found[0].line == line_of(text, at)


def test_problems_are_handed_back_for_the_files_asked_about_alone() -> None:
    files = {**FILES, REVIEW_FILE: "<broken", TABLE_FILE: "<broken"}
    assert {each.file for each in check(files, only=[TABLE_FILE])} == {TABLE_FILE}
    assert {each.file for each in check(files)} >= {TABLE_FILE, REVIEW_FILE}


def test_a_called_process_that_cannot_be_read_is_unknown_to_its_caller() -> None:
    found = check({**FILES, "processes/closer_look.bpmn": "<broken"}, only=[REVIEW_FILE])
    assert [each.sentence for each in found] == ["There is no process `closer_look` to call."]


def test_a_step_is_named_by_its_own_line_even_if_its_tag_fills_several() -> None:
    refused(
        ("""<userTask id="ask_members" name="Agree" """, """<userTask id="ask_members"\n name=""\n\n"""),
        at='<userTask id="ask_members"',
        element="ask_members",
        sentence="The step has no name.",
    )
